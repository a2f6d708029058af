// SPDX-License-Identifier: MIT
// How risky a migration is: what the safety rules find in its statements, and what its author
// declared.
#pragma once

#include <map>
#include <memory>
#include <optional>

#include "host/cli/context.hpp"
#include "host/lint/assess.hpp"
#include "host/lint/linter.hpp"
#include "host/migrations/plan.hpp"
#include "host/review/judgement.hpp"

namespace host::cli {

// [main]
class MigrationRisk {
 public:
  // Loads plugins only once there is something to judge.
  explicit MigrationRisk(Context& context) : context_(context) {}
  const review::Judgement& judge(const migrations::Step& step);
  // What the rules found in it.
  const lint::Assessment& assess(const migrations::Step& step);

 private:
  struct Known {
    lint::Assessment assessment;
    review::Judgement judgement;
  };
  const Known& known(const migrations::Step& step);

  Context& context_;
  std::optional<lint::Linter> linter_;
  std::map<std::shared_ptr<const sql::Source>, Known> known_;
};

}  // namespace host::cli
