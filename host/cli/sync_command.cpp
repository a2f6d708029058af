// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <boost/json.hpp>

#include "host/cli/command.hpp"
#include "host/cli/confirm.hpp"
#include "host/cli/context.hpp"
#include "host/cli/sync_progress.hpp"
#include "host/foundation/errors.hpp"
#include "host/foundation/text.hpp"
#include "host/hooks/runner.hpp"
#include "host/sync/sync.hpp"

namespace host::cli {
namespace {

namespace json = boost::json;

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

sync::Request read_request(const Arguments& arguments, const config::Environment& from,
                           const config::Environment& to) {
  sync::Request request;
  request.selection.tables = table_list(arguments, "tables");
  request.selection.exclude = table_list(arguments, "exclude");
  request.anonymize = arguments.flag("anonymize");
  for (const std::string& option : arguments.texts("strategy"))
    request.strategies.push_back(sync::parse_strategy_option(option));
  request.source_protected = from.protected_;
  request.lock_timeout = to.lock_timeout;
  return request;
}

json::array to_array(const std::vector<std::string>& texts) {
  json::array array;
  for (const std::string& text : texts) array.emplace_back(text);
  return array;
}

std::uint64_t rows_per_second(const sync::Report& report) {
  return report.duration_ms <= 0 ? 0
                                 : static_cast<std::uint64_t>(static_cast<double>(report.rows) *
                                                              1000 / report.duration_ms);
}

void show_report(Output& output, const sync::Report& report, const hooks::Runner& hooks) {
  std::vector<std::vector<std::string>> rows{{"table", "rows", "replaced", "unchanged", "ms"}};
  json::array tables, checks, hook_list;
  for (const sync::TableReport& table : report.tables) {
    rows.push_back({printable(table.table.sql()), with_thousands(table.rows),
                    printable(join_words(table.masked_columns)),
                    table.masked_columns.empty() ? "" : with_thousands(table.unchanged_cells),
                    fmt::format("{:.0f}", table.duration_ms)});
    tables.push_back(json::object{{"table", table.table.sql()},
                                  {"rows", table.rows},
                                  {"masked_columns", to_array(table.masked_columns)},
                                  {"unchanged_cells", table.unchanged_cells},
                                  {"duration_ms", table.duration_ms}});
  }
  output.text(format_table(rows));
  for (const sync::Check& check : report.checks) {
    output.line(fmt::format("{}: {}, {}", check.name, check.status, check.detail));
    checks.push_back(
        json::object{{"name", check.name}, {"status", check.status}, {"detail", check.detail}});
  }
  for (const hooks::Outcome& hook : hooks.outcomes())
    hook_list.push_back(json::object{{"phase", hooks::phase_name(hook.phase)},
                                     {"action", hook.action},
                                     {"name", hook.name},
                                     {"status", hooks::to_string(hook.status)},
                                     {"duration_ms", hook.duration_ms}});
  output.line(fmt::format("{} rows in {:.1f} s, {} a second", with_thousands(report.rows),
                          report.duration_ms / 1000, with_thousands(rows_per_second(report))));
  output.document(true, {{"tables", std::move(tables)},
                         {"rows", report.rows},
                         {"rows_per_second", rows_per_second(report)},
                         {"checks", std::move(checks)},
                         {"hooks", std::move(hook_list)},
                         {"duration_ms", report.duration_ms}});
}

void show_plan(Output& output, const sync::Plan& plan, const std::vector<sync::Sample>& samples) {
  std::vector<std::vector<std::string>> rows{{"table", "rows (estimate)", "column", "becomes"}};
  json::array tables, sample_list;
  for (const sync::TablePlan& table : plan.tables) {
    const bool known = table.estimated_rows >= 0;
    rows.push_back({printable(table.name.sql()),
                    known ? with_thousands(static_cast<std::uint64_t>(table.estimated_rows)) : "?",
                    "", ""});
    json::array masked;
    for (const sync::MaskedColumn& column : table.masked) {
      rows.push_back({"", "", printable(column.name), column.strategy->id});
      masked.push_back(json::object{{"column", column.name}, {"strategy", column.strategy->id}});
    }
    for (const std::string& column : table.dropped)
      rows.push_back({"", "", printable(column), "dropped"});
    tables.push_back(json::object{
        {"table", table.name.sql()},
        {"estimated_rows", known ? json::value(table.estimated_rows) : json::value(nullptr)},
        {"masked_columns", std::move(masked)},
        {"dropped_columns", to_array(table.dropped)}});
  }
  output.text(format_table(rows));
  for (const sync::Sample& sample : samples) {
    output.line(fmt::format("\n{}.{} by {}:", sample.table.sql(),
                            postgres::quote_identifier(sample.column), sample.strategy));
    json::array values;
    for (const auto& value : sample.values) {
      output.line("  (hidden) -> " + (value ? printable(*value) : "NULL"));
      values.push_back(value ? json::value(*value) : json::value(nullptr));
    }
    sample_list.push_back(json::object{{"table", sample.table.sql()},
                                       {"column", sample.column},
                                       {"strategy", sample.strategy},
                                       {"replaced", std::move(values)}});
  }
  output.line("\nnothing was written");
  output.document(
      true,
      {{"dry_run", true}, {"tables", std::move(tables)}, {"samples", std::move(sample_list)}});
}

Exit run(Context& context, const Arguments& arguments) {
  const config::Environment from = require_environment(context, arguments, "from");
  const config::Environment to = require_environment(context, arguments, "to");
  const bool dry_run = arguments.flag("dry-run");
  const auto sample_rows = arguments.number("rows", 1);
  if (sample_rows && !dry_run) throw Error(host::errors::usage, "'--rows' needs '--dry-run'");
  sync::Request request = read_request(arguments, from, to);
  const extensions::Registry& registry = context.registry();
  std::vector<hooks::Hook> bound = hooks::bind_hooks(context.project(), registry, to.name);
  // Asked before the source's snapshot is open, which a person's pause should not keep.
  if (!dry_run)
    confirm_protected(context, to, fmt::format("replace its rows by those of '{}'", from.name),
                      arguments.text("confirm"));
  const auto source = context.connect(from);
  const auto target = context.connect(to);
  Output& output = context.output();
  SyncProgress progress(output);
  const auto warn = [&](std::string_view text) {
    progress.clear();
    output.warning(text);
  };
  hooks::Runner hooks(std::move(bound), context.session(),
                      {to.name, postgres::identify(*target).database, warn});
  sync::Sync sync(std::move(request),
                  {*source, *target, context.project().anonymization, registry, context.session(),
                   context.cancellation(), &hooks,
                   [&](const sync::Progress& state) { progress.update(state); }, warn});
  if (dry_run) {
    show_plan(output, sync.plan(),
              sample_rows ? sync.sample(static_cast<std::size_t>(*sample_rows))
                          : std::vector<sync::Sample>());
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
    .options = {{"from", "ENV", "the environment to copy from"},
                {"to", "ENV", "the environment whose rows are replaced"},
                {"anonymize", "", "obey anonymization.tables of the configuration"},
                {"strategy", "TABLE.COLUMN=NAME", "replace a column by a strategy as it comes",
                 true},
                {"tables", "T,...", "only these tables, as SQL writes them"},
                {"exclude", "T,...", "all but these tables"},
                {"dry-run", "", "show what would be done and write nothing"},
                {"rows", "N", "with --dry-run: show N replaced values of each column"},
                {"confirm", "ENV", "the name of a protected target, as the answer"}},
    .run = run};

}  // namespace host::cli
