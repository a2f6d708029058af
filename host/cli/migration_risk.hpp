// SPDX-License-Identifier: MIT
// How risky a migration is: what the safety rules find in its statements, and what its author
// declared.
#pragma once

#include <memory>

#include "host/cli/context.hpp"
#include "host/migrations/plan.hpp"
#include "host/review/wizard.hpp"

namespace host::cli {

// [main]
class MigrationRisk {
 public:
  explicit MigrationRisk(Context& context);
  ~MigrationRisk();
  // The higher of the two.
  review::Judgement judge(const migrations::Step& step);

 private:
  struct State;
  Context& context_;
  std::unique_ptr<State> state_;
};

}  // namespace host::cli
