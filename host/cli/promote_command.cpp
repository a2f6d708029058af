// SPDX-License-Identifier: MIT
// confiture promote: to one environment what another has proven. The same files, applied there for
// long enough, whose checks hold there; linted and planned for the target, approved for the target,
// and then applied to it, on the rows that the target's policy wants it tried on.
#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>

#include "host/cli/command.hpp"
#include "host/cli/confirm.hpp"
#include "host/cli/context.hpp"
#include "host/cli/migration_run.hpp"
#include "host/cli/phrases.hpp"
#include "host/cli/plan_to_review.hpp"
#include "host/cli/plan_view.hpp"
#include "host/cli/promotion_proof.hpp"
#include "host/cli/stage_rows.hpp"
#include "host/foundation/errors.hpp"
#include "host/foundation/file.hpp"
#include "host/foundation/text.hpp"
#include "host/foundation/time.hpp"
#include "host/review/errors.hpp"

namespace host::cli {
namespace {

namespace json = boost::json;
using Mode = MigrationRun::Mode;

struct Route {
  std::string from, to;
  std::chrono::milliseconds soak{};
  StageRows rows;
};

Route read_route(Context& context, const Arguments& arguments) {
  const auto from = arguments.text("from"), to = arguments.text("to");
  if (!from || !to || *from == *to)
    throw Error(host::errors::usage, "promote takes two environments",
                "--from ENV --to ENV: what the first has proven is applied to the second");
  if (context.globals().database_url)
    throw Error(host::errors::usage, "--database-url names one database, and promote needs two",
                "write both environments into db/environments");
  Route route{*from, *to, {}, {{}, *to}};
  context.use_environment(*to);
  for (const std::string& name : {*from, *to}) context.environment(name);  // says which is none
  const config::EnvironmentPolicy* policy = context.project().review.policy_of(*to);
  if (policy != nullptr && !policy->applied_in.empty() && policy->applied_in != *from)
    throw Error(review::errors::unproven,
                fmt::format("'{}' takes what is proven in '{}', not in '{}'", *to,
                            policy->applied_in, *from),
                fmt::format("--from {}", policy->applied_in));
  if (policy != nullptr) route.soak = policy->min_soak;
  if (policy != nullptr) route.rows.from = policy->rows_from;
  return route;
}

void prove(Context& context, const Route& route, const PromotionProof& proof) {
  for (const review::Evidence& evidence : proof.evidence)
    context.output().line("  " + review::describe(evidence));
  if (!proof.rows.empty()) context.output().line("  " + proof.rows);
  if (proof.lacking.empty()) return;
  for (const std::string& line : proof.lacking) context.output().message(line);
  context.output().add_to_error({{"lacking", json::value_from(proof.lacking)}});
  throw Error(review::errors::unproven,
              fmt::format("'{}' does not prove what is pending in '{}': {}", route.from, route.to,
                          first_few(proof.lacking)),
              fmt::format("it has to be so in '{}' first; then promote again", route.from));
}

// What the linter says of the pending migrations, as errors, with the target's server in mind.
void lint(MigrationRun& migration_run) {
  std::vector<std::string> found;
  for (const migrations::Step& step : migration_run.run().plan().steps)
    for (const lint::Finding& finding : migration_run.risk().assess(step).findings)
      if (finding.severity >= lint::Severity::error && finding.accepted.empty())
        found.push_back(fmt::format("{}:{}: {}", finding.file(), finding.line, finding.message));
  if (found.empty()) return;
  throw Error(review::errors::unproven, fmt::format("the linter objects: {}", first_few(found)),
              "see all of it: confiture lint; what is right and wanted says so: -- confiture: "
              "ignore RULE reason");
}

void confirm(Context& context, MigrationRun& migration_run, const Route& route,
             const Arguments& arguments) {
  const std::string rows =
      route.rows.from.empty()
          ? std::string()
          : fmt::format("replace its rows by those of '{}' and ", route.rows.from);
  confirm_protected(
      context, migration_run.environment(),
      fmt::format("{}promote {} to '{}'", rows,
                  counted(migration_run.run().plan().steps.size(), "migration"), route.to),
      arguments.text("confirm"));
}

void write_evidence(const std::string& file, const PromotionProof& proof) {
  if (proof.excerpt.empty())
    throw Error(
        review::errors::unproven,
        fmt::format("'{}' has no audit that says so, and none is written to a file", proof.from),
        "leave --evidence out: what its ledger says is enough to go on");
  write_file(file, proof.excerpt);
}

json::object fields(const Route& route, const PromotionProof& proof) {
  return {{"from", route.from},
          {"to", route.to},
          {"rows", proof.rows},
          {"evidence", evidence_document(proof)}};
}

// Writes nothing and asks the hooks that only look, or executes it all and rolls it back.
Exit try_it(Context& context, MigrationRun& migration_run, const Route& route,
            const PromotionProof& proof, Mode mode) {
  json::object document{{"dry_run", true}};
  if (mode == Mode::rehearse) {
    const migrations::Rehearsal rehearsal = migration_run.run().rehearse();
    show_plan(context.output(), migration_run, &rehearsal);
    context.output().line(fmt::format("{} executed on '{}' and rolled back",
                                      counted(migration_run.run().plan().steps.size(), "migration"),
                                      route.to));
    warn_of_untried(context.output(), rehearsal);
    document["executed"] = true;
    document["not_executed"] = rehearsal.not_executed();
    for (auto& [key, value] : plan_fields(migration_run, &rehearsal)) document[key] = value;
  } else {
    show_plan(context.output(), migration_run);
  }
  for (auto& [key, value] : fields(route, proof)) document[key] = value;
  context.output().document(true, std::move(document));
  return Exit::done;
}

// Where the target's policy asks for the proof itself, it is noted with each migration.
void note_proof(Context& context, MigrationRun& migration_run, const Route& route,
                const PromotionProof& proof) {
  const config::EnvironmentPolicy* policy = context.project().review.policy_of(route.to);
  if (policy != nullptr && !policy->applied_in.empty()) return;
  const auto connection = context.connect(migration_run.environment());
  for (const review::Evidence& evidence : proof.evidence)
    connection->query(proof_entry(proof, evidence.migration, migration_run.run().trail()));
}

// It was not permitted a moment ago, so that the rows were left alone.
void refuse_without_rows(const Route& route, const Arguments& arguments) {
  if (route.rows.from.empty() || arguments.flag("break-glass")) return;
  throw Error(review::errors::unproven,
              fmt::format("'{}' has not been given the rows of '{}': what was missing has come "
                          "meanwhile",
                          route.to, route.rows.from),
              "promote again");
}

// Whether nothing but the rows is missing, so that none are replaced in vain.
bool is_permitted(Context& context, MigrationRun& look, const PromotionProof& proof) {
  const auto connection = context.connect(look.environment());
  const std::string& environment = look.environment().name;
  return decide_now(context, *connection, plan_to_decide(context, look),
                    required_policy(context, environment), proof.lacking)
      .allowed;
}

// `filled`: what the target's rows were replaced by; empty: they were not.
Exit promote(Context& context, const Arguments& arguments, const Route& route,
             const PromotionProof& proof, const json::object& filled) {
  MigrationRun migration_run(context, arguments, {"promote"});
  migrations::Run& work = migration_run.run();
  const std::string note = fmt::format("promoted from '{}'", route.from);
  try {
    work.prepare_up({});
    if (filled.empty()) {
      refuse_without_rows(route, arguments);
      confirm(context, migration_run, route, arguments);
    }
    note_proof(context, migration_run, route, proof);
    for (std::size_t index = 0; index < work.plan().steps.size(); ++index)
      migration_run.execute(index, note);
    json::object document = fields(route, proof);
    if (!filled.empty()) document["filled"] = filled;
    migration_run.finish({"applied"}, document);
  } catch (const Error&) {
    migration_run.note_in_error({"applied"});
    throw;
  }
  return Exit::done;
}

Exit run(Context& context, const Arguments& arguments) {
  const Route route = read_route(context, arguments);
  const Mode mode = read_dry_run(arguments);
  if (mode == Mode::rehearse)
    require_rehearsal_consent(context.environment(), arguments.text("confirm"));
  PromotionProof proof;
  bool fill = false;
  {
    MigrationRun look(context, arguments,
                      {"promote", mode == Mode::rehearse ? Mode::rehearse : Mode::look});
    look.run().prepare_up({});
    if (look.run().plan().steps.empty()) {
      context.output().line(fmt::format("nothing is pending in '{}'", route.to));
      look.finish({"applied"}, fields(route, proof));
      return Exit::done;
    }
    proof = find_proof(context, route.from, route.soak, look.run().plan());
    context.output().line(fmt::format("{} from '{}' to '{}'",
                                      counted(look.run().plan().steps.size(), "migration"),
                                      route.from, route.to));
    prove(context, route, proof);
    lint(look);
    if (const auto file = arguments.text("evidence")) write_evidence(*file, proof);
    if (!route.rows.from.empty() && mode != Mode::apply) route.rows.plan(context);
    if (mode != Mode::apply) return try_it(context, look, route, proof, mode);
    show_plan(context.output(), look);
    fill = !route.rows.from.empty() && is_permitted(context, look, proof);
    if (fill) confirm(context, look, route, arguments);
  }
  json::object filled;
  if (fill) {
    filled = route.rows.replace(context);
    context.output().add_to_error({{"filled", filled}});
  }
  return promote(context, arguments, route, proof, filled);
}

}  // namespace

extern const Command promote_command;
const Command promote_command{
    "promote",
    "",
    "apply to one environment what another has proven",
    {{"from", "ENV", "where it is applied and checked"},
     {"to", "ENV", "where it is pending"},
     {"dry-run", "", "prove, lint and plan it, and write nothing"},
     {"dry-run-execute", "", "the same, and run it, to be rolled back"},
     {"evidence", "FILE", "write what proves it, out of the audit of --from"},
     confirm_option,
     break_glass_option,
     reason_option,
     as_option,
     key_option,
     lock_wait_option},
    0,
    0,
    run};

}  // namespace host::cli
