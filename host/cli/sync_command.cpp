// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <boost/json.hpp>
#include <utility>

#include "host/cli/command.hpp"
#include "host/cli/confirm.hpp"
#include "host/cli/context.hpp"
#include "host/cli/sync_report.hpp"
#include "host/cli/sync_run.hpp"
#include "host/foundation/errors.hpp"
#include "host/foundation/text.hpp"
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
  sync::Request request = make_sync_request(from, to);
  request.selection.tables = table_list(arguments, "tables");
  request.selection.exclude = table_list(arguments, "exclude");
  request.anonymize = arguments.flag("anonymize");
  for (const std::string& option : arguments.texts("strategy"))
    request.strategies.push_back(sync::parse_strategy_option(option));
  request.selection.where = arguments.texts("where");
  request.strict = arguments.flag("strict-compliance");
  request.anonymize = request.anonymize || request.strict;
  request.verify = read_verify(arguments);
  if (const auto jobs = arguments.number("jobs", 1)) request.jobs = static_cast<std::size_t>(*jobs);
  request.publish = read_publish(arguments);
  request.resume = arguments.flag("resume");
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
  // Asked before the source's snapshot is open, which a person's pause should not keep.
  if (!dry_run)
    confirm_protected(context, to, fmt::format("replace its rows by those of '{}'", from.name),
                      arguments.text("confirm"));
  SyncRun sync_run(context, std::move(request), from, to);
  Output& output = context.output();
  if (dry_run) {
    show_plan(output, sync_run.sync().plan(),
              sample_rows ? sync_run.sync().sample(static_cast<std::size_t>(*sample_rows))
                          : std::vector<sync::Sample>(),
              originals);
    return Exit::done;
  }
  const sync::Report report = sync_run.run();
  show_report(output, report, sync_run.hooks());
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
