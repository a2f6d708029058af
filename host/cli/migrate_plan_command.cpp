// SPDX-License-Identifier: MIT
// confiture migrate plan: what `migrate up` would do. Writes nothing, and fires no hook.
#include <fmt/format.h>

#include <boost/json.hpp>

#include "host/cli/command.hpp"
#include "host/cli/phrases.hpp"
#include "host/cli/plan_page_facts.hpp"
#include "host/cli/plan_to_review.hpp"
#include "host/cli/plan_view.hpp"
#include "host/cli/promotion_proof.hpp"

namespace host::cli {
namespace {

boost::json::array find_evidence(Context& context, MigrationRun& migration_run) {
  return evidence_document(find_wanted_proof(context, migration_run.environment().name,
                                             migration_run.run().plan()));
}

Exit run(Context& context, const Arguments& arguments) {
  std::optional<migrations::Version> to;
  if (const auto text = arguments.text("to")) to = parse_version("to", *text);
  MigrationRun migration_run(
      context, arguments,
      {"migrate plan", MigrationRun::Mode::plan, {}, arguments.flag("allow-out-of-order")});
  migrations::Run& work = migration_run.run();
  work.prepare_up(to);
  Output& output = context.output();
  if (output.format() == "html") {
    output.text(to_html(plan_page(context, migration_run)));
    return Exit::done;
  }
  const bool reviewed =
      context.project().review.policy_of(migration_run.environment().name) != nullptr;
  const boost::json::object fields =
      reviewed ? reviewed_plan_fields(context, migration_run, find_evidence(context, migration_run))
               : plan_fields(migration_run);
  if (work.plan().steps.empty()) {
    output.line("nothing is pending");
  } else {
    output.line(fmt::format(
        "{} for '{}' (risk: {})", counted(work.plan().steps.size(), "migration"),
        migration_run.environment().name, std::string_view(fields.at("risk").as_string())));
    show_plan(output, migration_run);
    output.line("plan " + work.hash());
  }
  output.document(true, fields);
  return Exit::done;
}

}  // namespace

extern const Command migrate_plan_command;
const Command migrate_plan_command{
    "migrate plan",
    "",
    "show what would be done, statement by statement",
    {{"to", "VERSION", "no further than this one"}, out_of_order_option},
    0,
    0,
    run,
    {"html"}};

}  // namespace host::cli
