// SPDX-License-Identifier: MIT
#include "host/cli/plan_to_review.hpp"

#include <fmt/format.h>

#include <boost/json.hpp>

#include "host/cli/plan_view.hpp"
#include "host/foundation/json.hpp"
#include "host/migrations/plan_hash.hpp"
#include "host/review/approval_store.hpp"
#include "host/review/authors.hpp"
#include "host/review/errors.hpp"
#include "host/review/ownership.hpp"
#include "host/review/standing.hpp"

namespace host::cli {

namespace json = boost::json;

namespace {

// Where encode_plan() puts the server and the database's name.
constexpr std::size_t server_field = 2, database_field = 4;

review::Footprint touched_by(Context& context, MigrationRun& migration_run) {
  review::Footprint touched;
  for (const migrations::Step& step : migration_run.run().plan().steps) {
    review::add_touched(step.script, touched);
    touched.files.push_back(step.script.source().name());
  }
  // A name without a schema is one of `public` only where the session looks there first.
  if (!context.project().review.teams.empty() &&
      context.connect(migration_run.environment())
              ->query("SELECT coalesce(current_schema(), '')")
              .text(0, 0) != "public")
    touched.unknown = true;
  return touched;
}

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
  plan.touched = touched_by(context, migration_run);
  plan.authors = review::authors_of(run.plan(), context.project().root);
  return plan;
}

json::object reviewed_plan_fields(Context& context, MigrationRun& migration_run,
                                  const json::array& evidence) {
  json::object fields = plan_fields(migration_run);
  fields["review"] =
      review::review_field(plan_to_decide(context, migration_run), migration_run.run().plan(),
                           migration_run.run().encoding());
  if (!evidence.empty()) fields.at("review").as_object()["evidence"] = evidence;
  return fields;
}

review::PlanDocument plan_document(Context& context, MigrationRun& migration_run,
                                   const json::array& evidence) {
  review::PlanDocument document = review::read_plan_document(
      to_json(reviewed_plan_fields(context, migration_run, evidence)), "the plan");
  document.plan.touched = touched_by(context, migration_run);
  return document;
}

review::Decision decide_now(Context& context, postgres::Connection& connection,
                            const review::PlanToDecide& plan,
                            const config::EnvironmentPolicy& policy,
                            const std::vector<std::string>& unproven) {
  const config::Review& review = context.project().review;
  review::ApprovalStore store(connection);
  if (!store.exists())
    return decide(plan, policy, {}, review, review::now_in_milliseconds(), {true, {}, unproven});
  review::Verifier verifier(review);
  return stand(store, verifier, plan, policy, review, true, {}, unproven).decision;
}

const config::EnvironmentPolicy& required_policy(Context& context, const std::string& environment) {
  if (const auto* policy = context.project().review.policy_of(environment)) return *policy;
  throw Error(
      review::errors::no_policy,
      fmt::format("environment '{}' has no policy: nothing there needs an approval", environment),
      "name another one with --env, or add it to review in db/confiture.yaml");
}

}  // namespace host::cli
