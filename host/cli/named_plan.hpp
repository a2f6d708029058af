// SPDX-License-Identifier: MIT
// The PLAN of approve, reject and their kin: a file, or the beginning of a hash, of a plan that was
// asked about in the database or of what is pending now.
#pragma once

#include <memory>
#include <string>

#include "host/cli/command.hpp"
#include "host/cli/context.hpp"
#include "host/review/plan_document.hpp"

namespace host::cli {

struct NamedPlan {
  review::PlanDocument document;
  // To the database, where it was asked; null for a plan from a file.
  std::unique_ptr<postgres::Connection> connection;
};

// Of the environment of -e. Throws approval.no_plan, approval.bad_plan.
NamedPlan find_plan(Context& context, const Arguments& arguments, const std::string& name);

// What would run, in full: migrations with their risk, its reasons and their SQL.
void show_document(Output& output, const review::PlanDocument& document);

}  // namespace host::cli
