// SPDX-License-Identifier: MIT
// A prepared run as what people decide about: where its approvals are asked for, given and checked.
#pragma once

#include <boost/json.hpp>

#include "host/cli/migration_run.hpp"
#include "host/review/decide.hpp"
#include "host/review/plan_document.hpp"

namespace host::cli {

// Hash, risk as it is now, authors. Runs git where the project is in a repository.
review::PlanToDecide plan_to_decide(Context& context, MigrationRun& migration_run);

// What `migrate plan --format json` writes for an environment with a policy: plan_fields() and
// "review", with what evidence_document() made where there is some.
boost::json::object reviewed_plan_fields(Context& context, MigrationRun& migration_run,
                                         const boost::json::array& evidence = {});

// The same as a document that read_plan_document() takes.
review::PlanDocument plan_document(Context& context, MigrationRun& migration_run,
                                   const boost::json::array& evidence = {});

// What is decided of a plan by what is recorded of it, where a hook of the run makes the backup
// that it may need; writes nothing. `unproven`: what another environment has yet to prove.
review::Decision decide_now(Context& context, postgres::Connection& connection,
                            const review::PlanToDecide& plan,
                            const config::EnvironmentPolicy& policy,
                            const std::vector<std::string>& unproven);

// The policy of an environment; throws approval.no_policy where it has none.
const config::EnvironmentPolicy& required_policy(Context& context, const std::string& environment);

}  // namespace host::cli
