// SPDX-License-Identifier: MIT
// How risky a migration is: what the classifiers say of its statements, what the safety rules find
// in them, and what its author declared.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <vector>

#include "host/cli/context.hpp"
#include "host/lint/assess.hpp"
#include "host/lint/linter.hpp"
#include "host/migrations/plan.hpp"
#include "host/review/classifiers.hpp"
#include "host/review/judgement.hpp"

namespace host::cli {

// [main]
class MigrationRisk {
 public:
  // Loads plugins, and looks at the environment's database, only once there is something to judge.
  // Migrations are judged once each, in the order in which they are first asked for: that of the
  // plan.
  explicit MigrationRisk(Context& context) : context_(context) {}
  const review::Judgement& judge(const migrations::Step& step);
  // What the rules found in it.
  const lint::Assessment& assess(const migrations::Step& step);
  // What each of its statements does.
  const std::vector<review::Effect>& effects(const migrations::Step& step);
  review::WayBack way_back(const migrations::Step& step);

 private:
  struct Known {
    lint::Assessment assessment;
    std::vector<review::Effect> effects;
    review::WayBack way_back;
    review::Judgement judgement;
  };
  const Known& known(const migrations::Step& step);
  void prepare();
  review::WayBack find_way_back(const migrations::Step& step, const sql::MigrationFacts& facts);

  Context& context_;
  std::optional<lint::Linter> linter_;
  std::unique_ptr<postgres::Connection> facts_;
  std::optional<review::Classifiers> classifiers_;
  std::map<std::shared_ptr<const sql::Source>, Known> known_;
};

}  // namespace host::cli
