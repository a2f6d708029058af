// SPDX-License-Identifier: MIT
// A plan as the nodes that hooks see: one PLAN, its children the MIGRATIONs with their statements.
#pragma once

#include <vector>

#include "host/migrations/plan.hpp"
#include "host/sql/lazy_tree.hpp"
#include "host/sql/node.hpp"

namespace host::migrations {

// The plan outlives it.
class PlanNodes {
 public:
  explicit PlanNodes(const Plan& plan);
  const sql::Node& plan() const { return *plan_; }
  const sql::Node& migration(std::size_t step) const { return *migrations_[step]; }

 private:
  void add_statements(const Step& step, sql::Node& migration);

  sql::Arena arena_;
  sql::LazyTrees trees_;
  sql::Node* plan_;
  std::vector<const sql::Node*> migrations_;
};

}  // namespace host::migrations
