// SPDX-License-Identifier: MIT
#include "host/cli/plan_to_review.hpp"

#include <fmt/format.h>

#include <boost/json.hpp>

#include "host/cli/plan_view.hpp"
#include "host/foundation/json.hpp"
#include "host/migrations/plan_hash.hpp"
#include "host/review/authors.hpp"
#include "host/review/errors.hpp"

namespace host::cli {

namespace json = boost::json;

namespace {

// Where encode_plan() puts the server and the database's name.
constexpr std::size_t server_field = 2, database_field = 4;

}  // namespace

review::PlanToDecide plan_to_decide(Context& context, MigrationRun& migration_run) {
  migrations::Run& run = migration_run.run();
  const std::vector<std::string> fields = *migrations::decode_fields(run.encoding());
  review::PlanToDecide plan;
  plan.hash = run.hash();
  plan.environment = migration_run.environment().name;
  plan.database = fields.at(server_field) + "/" + fields.at(database_field);
  plan.risk = std::string(plan_fields(migration_run).at("risk").as_string());
  for (const migrations::Step& step : run.plan().steps)
    if (step.risk == plan.risk) {
      const std::vector<std::string>& reasons = migration_run.risk().judge(step).reasons;
      plan.risk_reasons.insert(plan.risk_reasons.end(), reasons.begin(), reasons.end());
    }
  plan.authors = review::authors_of(run.plan(), context.project().root);
  return plan;
}

json::object reviewed_plan_fields(Context& context, MigrationRun& migration_run) {
  json::object fields = plan_fields(migration_run);
  fields["review"] =
      review::review_field(plan_to_decide(context, migration_run), migration_run.run().plan(),
                           migration_run.run().encoding());
  return fields;
}

review::PlanDocument plan_document(Context& context, MigrationRun& migration_run) {
  return review::read_plan_document(to_json(reviewed_plan_fields(context, migration_run)),
                                    "the plan");
}

const config::EnvironmentPolicy& required_policy(Context& context, const std::string& environment) {
  if (const auto* policy = context.project().review.policy_of(environment)) return *policy;
  throw Error(
      review::errors::no_policy,
      fmt::format("environment '{}' has no policy: nothing there needs an approval", environment),
      "name another one with --env, or add it to review in db/confiture.yaml");
}

}  // namespace host::cli
