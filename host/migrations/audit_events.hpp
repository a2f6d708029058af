// SPDX-License-Identifier: MIT
// What the audit is told of a run and its migrations: see host/audit.
#pragma once

#include <boost/json.hpp>
#include <cstddef>
#include <string>

#include "host/foundation/error.hpp"
#include "host/hooks/runner.hpp"
#include "host/migrations/execution.hpp"
#include "host/migrations/plan.hpp"

namespace host::migrations {

// Which of a runner's outcomes the audit has been told with its migrations; the others come with
// the end of the run. [serial]
class ToldHooks {
 public:
  explicit ToldHooks(const hooks::Runner& hooks) : hooks_(hooks) {}

  // What ran since begin().
  void begin() { begin_ = hooks_.outcomes().size(); }
  boost::json::array current() const { return since(begin_, hooks_.outcomes().size()); }
  void tell() { told_.emplace_back(begin_, hooks_.outcomes().size()); }
  // What was not told yet, which it is now.
  boost::json::array rest();

 private:
  boost::json::array since(std::size_t from, std::size_t to) const;

  const hooks::Runner& hooks_;
  std::size_t begin_ = 0;
  std::vector<std::pair<std::size_t, std::size_t>> told_;
};

boost::json::object migration_facts(const Step& step, Direction direction);
// The statements that note a step of the plan as done, and end the run with its last one.
std::string done_entry(const Execution& run, std::size_t index, double duration_ms);
boost::json::object error_facts(const Error& error);

}  // namespace host::migrations
