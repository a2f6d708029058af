// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>
#include <thread>

#include "host/cli/command.hpp"
#include "host/cli/confirm.hpp"
#include "host/cli/context.hpp"
#include "host/cli/sync_progress.hpp"
#include "host/cli/sync_report.hpp"
#include "host/foundation/errors.hpp"
#include "host/foundation/text.hpp"
#include "host/hooks/runner.hpp"
#include "host/postgres/other_database.hpp"
#include "host/sync/compliance.hpp"
#include "host/sync/sync.hpp"

namespace host::cli {
namespace {

config::Environment require_environment(Context& context, const Arguments& arguments,
                                        std::string_view option) {
  const auto name = arguments.text(option);
  if (!name)
    throw Error(host::errors::usage, fmt::format("'--{}' is missing", option),
                "confiture sync --from production --to staging --anonymize");
  return context.environment(*name);
}

std::vector<std::string> table_list(const Arguments& arguments, std::string_view option) {
  // Commas inside quotes belong to a name.
  std::vector<std::string> names;
  const std::string text = arguments.text(option).value_or("");
  std::string name;
  bool quoted = false;
  for (const char c : text + ',') {
    if (c == '"') quoted = !quoted;
    if (c != ',' || quoted) {
      name += c;
      continue;
    }
    if (!trim(name).empty()) names.emplace_back(trim(name));
    name.clear();
  }
  if (quoted)
    throw Error(host::errors::usage,
                fmt::format("'--{} {}' has a quote without its end", option, printable(text)));
  return names;
}

std::optional<sync::Verify> read_verify(const Arguments& arguments) {
  const auto text = arguments.text("verify");
  if (!text) return std::nullopt;
  if (*text == "counts") return sync::Verify::counts;
  if (*text == "full") return sync::Verify::full;
  throw Error(host::errors::usage,
              fmt::format("'--verify {}' is neither counts nor full", printable(*text)));
}

sync::Publish read_publish(const Arguments& arguments) {
  const std::string text = arguments.text("publish").value_or("auto");
  if (text == "auto") return sync::Publish::automatic;
  if (text == "rename") return sync::Publish::rename;
  if (text == "transaction") return sync::Publish::transaction;
  throw Error(host::errors::usage,
              fmt::format("'--publish {}' is not auto, rename or transaction", printable(text)));
}

// The decisions that the configuration lacks, as YAML to put there.
Exit suggest(Context& context, const Arguments& arguments) {
  const config::Environment from = require_environment(context, arguments, "from");
  const auto source = context.connect(from);
  const std::string yaml =
      sync::suggest_for({table_list(arguments, "tables"), table_list(arguments, "exclude"), {}},
                        context.project().anonymization, context.registry(), *source);
  if (yaml.empty()) context.output().message("every column has a decision");
  context.output().text(yaml);
  context.output().document(true, {{"suggestion", yaml}});
  return Exit::done;
}

sync::Request read_request(const Arguments& arguments, const config::Environment& from,
                           const config::Environment& to) {
  sync::Request request;
  request.selection.tables = table_list(arguments, "tables");
  request.selection.exclude = table_list(arguments, "exclude");
  request.anonymize = arguments.flag("anonymize");
  for (const std::string& option : arguments.texts("strategy"))
    request.strategies.push_back(sync::parse_strategy_option(option));
  request.selection.where = arguments.texts("where");
  request.strict = arguments.flag("strict-compliance");
  request.anonymize = request.anonymize || request.strict;
  request.verify = read_verify(arguments);
  // Beyond that, the servers at both ends are what is waited for.
  const auto cores = static_cast<long>(std::clamp(std::thread::hardware_concurrency(), 1u, 8u));
  request.jobs = static_cast<std::size_t>(arguments.number("jobs", 1).value_or(cores));
  request.publish = read_publish(arguments);
  request.resume = arguments.flag("resume");
  request.source_name = from.name;
  request.target_name = to.name;
  request.source_protected = from.protected_;
  request.lock_timeout = to.lock_timeout;
  return request;
}

Exit run(Context& context, const Arguments& arguments) {
  if (arguments.flag("suggest")) return suggest(context, arguments);
  const config::Environment from = require_environment(context, arguments, "from");
  const config::Environment to = require_environment(context, arguments, "to");
  const bool dry_run = arguments.flag("dry-run");
  const auto sample_rows = arguments.number("rows", 1);
  if (sample_rows && !dry_run) throw Error(host::errors::usage, "'--rows' needs '--dry-run'");
  const bool originals = arguments.flag("show-originals");
  if (originals && !sample_rows)
    throw Error(host::errors::usage, "'--show-originals' needs '--dry-run --rows N'");
  sync::Request request = read_request(arguments, from, to);
  const extensions::Registry& registry = context.registry();
  std::vector<hooks::Hook> bound = hooks::bind_hooks(context.project(), registry, to.name);
  // Asked before the source's snapshot is open, which a person's pause should not keep.
  if (!dry_run)
    confirm_protected(context, to, fmt::format("replace its rows by those of '{}'", from.name),
                      arguments.text("confirm"));
  const auto source = context.connect(from);
  auto target = context.connect(to);
  request.person = audit::person_of(context.project().review, *target);
  Output& output = context.output();
  SyncProgress progress(output);
  const auto warn = [&](std::string_view text) {
    progress.clear();
    output.warning(text);
  };
  hooks::Runner hooks(std::move(bound), context.session(),
                      {to.name, postgres::identify(*target).database, warn});
  sync::Sync sync(
      std::move(request),
      {*source, target, context.project().anonymization, registry, context.session(),
       context.cancellation(), &hooks, [&](const sync::Progress& state) { progress.update(state); },
       warn, [&] { return context.connect(from); },
       [&](const std::string& database) {
         return context.connect(postgres::with_database(to, context.project(), database));
       }});
  if (dry_run) {
    show_plan(output, sync.plan(),
              sample_rows ? sync.sample(static_cast<std::size_t>(*sample_rows))
                          : std::vector<sync::Sample>(),
              originals);
    return Exit::done;
  }
  const sync::Report report = sync.run();
  progress.clear();
  show_report(output, report, hooks);
  return Exit::done;
}

}  // namespace

extern const Command sync_command{
    .name = "sync",
    .arguments = "",
    .summary = "replace a database's rows by another's, columns anonymized on the way",
    .options =
        {{"from", "ENV", "the environment to copy from"},
         {"to", "ENV", "the environment whose rows are replaced"},
         {"anonymize", "", "obey anonymization.tables of the configuration"},
         {"strategy", "TABLE.COLUMN=NAME", "replace a column by a strategy as it comes", true},
         {"tables", "T,...", "only these tables, as SQL writes them"},
         {"exclude", "T,...", "all but these tables"},
         {"dry-run", "", "show what would be done and write nothing"},
         {"rows", "N", "with --dry-run: show N replaced values of each column"},
         {"show-originals", "", "with --rows: show what they replace, too"},
         {"where", "TABLE=SQL", "only the rows of a table for which the condition holds", true},
         {"strict-compliance", "",
          "refuse to copy a column that nobody decided about; implies --anonymize"},
         {"verify", "counts|full",
          "what must hold before the target is published; full is the default of a strict "
          "run"},
         {"suggest", "", "write a first decision for each column of --from that has none"},
         {"jobs", "N", "workers that replace values, one a core where not given"},
         {"publish", "auto|rename|transaction",
          "fill a staging database and rename it, or fill the target in one transaction; auto "
          "renames where that is possible and worth it"},
         {"resume", "",
          "after an interrupted run: go on with the tables that a staging database lacks, "
          "once the servers are free of that run"},
         {"confirm", "ENV", "the name of a protected target, as the answer"}},
    .run = run};

}  // namespace host::cli
