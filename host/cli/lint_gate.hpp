// SPDX-License-Identifier: MIT
// The linter as hooks ask for it (confiture.linter/1): the migrations of the run's plan, judged by
// the rules as the project configures them.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "host/extensions/instance.hpp"
#include "host/lint/linter.hpp"
#include "host/migrations/plan.hpp"

namespace host::cli {

class Context;

// [main]
class LintGate {
 public:
  // Loads plugins only once there is something to judge. The context outlives it.
  explicit LintGate(Context& context) : context_(context) {}

  // The plan that nodes are of from now on, and the one that they were of; nullptr: none. It
  // outlives its use here.
  const migrations::Plan* show(const migrations::Plan* plan) { return std::exchange(plan_, plan); }
  // Throws config.unknown_rule for a choice that there is not, and what a rule throws.
  std::vector<extensions::LintFinding> judge(const extensions::LintQuery& query);

 private:
  using Words = std::vector<std::string>;

  Context& context_;
  const migrations::Plan* plan_ = nullptr;
  std::map<std::pair<Words, Words>, std::unique_ptr<lint::Linter>> linters_;  // by choice
};

}  // namespace host::cli
