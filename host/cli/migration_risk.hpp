// SPDX-License-Identifier: MIT
// How risky a migration is: what the safety rules find in its statements, and what its author
// declared.
#pragma once

#include <optional>

#include "host/cli/context.hpp"
#include "host/lint/linter.hpp"
#include "host/migrations/plan.hpp"
#include "host/review/judgement.hpp"

namespace host::cli {

// [main]
class MigrationRisk {
 public:
  // Loads plugins only once there is something to judge.
  explicit MigrationRisk(Context& context) : context_(context) {}
  review::Judgement judge(const migrations::Step& step);

 private:
  Context& context_;
  std::optional<lint::Linter> linter_;
};

}  // namespace host::cli
