// SPDX-License-Identifier: MIT
// The PLAN of approve, reject and their kin: a file, or the beginning of a hash, of a plan that was
// asked about in the database or of what is pending now.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "host/cli/command.hpp"
#include "host/cli/context.hpp"
#include "host/review/plan_document.hpp"

namespace host::cli {

struct NamedPlan {
  review::PlanDocument document;
  // To the database, where it was asked; null for a plan from a file.
  std::unique_ptr<postgres::Connection> connection;
  bool over = false;  // it was asked about, and something else is pending now
  // What the environment that it has to be applied in before has yet to prove: a line a migration.
  std::vector<std::string> unproven;
};

// Of the environment of -e; one that the database knows is held anew against what another
// environment has to prove. Throws approval.no_plan, approval.bad_plan.
NamedPlan find_plan(Context& context, const Arguments& arguments, const std::string& name);

// What would run, in full: migrations with their risk, its reasons and their SQL.
void show_document(Output& output, const review::PlanDocument& document);

}  // namespace host::cli
