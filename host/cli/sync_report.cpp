// SPDX-License-Identifier: MIT
#include "host/cli/sync_report.hpp"

#include <fmt/format.h>

#include <boost/json.hpp>

#include "host/cli/sync_progress.hpp"
#include "host/foundation/text.hpp"

namespace host::cli {
namespace {

namespace json = boost::json;

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

json::value to_json_value(const std::optional<std::string>& value) {
  return value ? json::value(*value) : json::value(nullptr);
}

void show_sample(Output& output, const sync::Sample& sample, bool originals, json::array& list) {
  output.line(fmt::format("\n{}.{} by {}:", sample.table.sql(),
                          postgres::quote_identifier(sample.column), sample.strategy));
  const auto shown = [](const std::optional<std::string>& value) {
    return value ? printable(*value) : "NULL";
  };
  json::array before, after;
  for (std::size_t row = 0; row < sample.after.size(); ++row) {
    output.line(fmt::format("  {} -> {}", originals ? shown(sample.before[row]) : "(hidden)",
                            shown(sample.after[row])));
    before.push_back(to_json_value(sample.before[row]));
    after.push_back(to_json_value(sample.after[row]));
  }
  json::object told{{"table", sample.table.sql()},
                    {"column", sample.column},
                    {"strategy", sample.strategy},
                    {"replaced", std::move(after)}};
  if (originals) told["originals"] = std::move(before);
  list.push_back(std::move(told));
}

}  // namespace

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
  output.line("published " + report.published);
  if (!report.manifest.empty()) output.line("manifest: written to the audit");
  output.document(true, {{"tables", std::move(tables)},
                         {"rows", report.rows},
                         {"rows_per_second", rows_per_second(report)},
                         {"checks", std::move(checks)},
                         {"hooks", std::move(hook_list)},
                         {"published", report.published},
                         {"load_ms", report.load_ms},
                         {"checks_ms", report.checks_ms},
                         {"duration_ms", report.duration_ms}});
}

void show_plan(Output& output, const sync::Plan& plan, const std::vector<sync::Sample>& samples,
               bool originals) {
  std::vector<std::vector<std::string>> rows{{"table", "rows (estimate)", "column", "becomes"}};
  json::array tables, sample_list;
  for (const sync::TablePlan& table : plan.tables) {
    const bool known = table.estimated_rows >= 0;
    rows.push_back({printable(table.name.sql()),
                    known ? with_thousands(static_cast<std::uint64_t>(table.estimated_rows)) : "?",
                    "", ""});
    json::array masked;
    for (const sync::MaskedColumn& column : table.masked) {
      rows.push_back({"", "", printable(column.name), column.strategy.name});
      masked.push_back(json::object{{"column", column.name}, {"strategy", column.strategy.name}});
    }
    json::array dropped;
    for (const sync::Column& column : table.dropped) {
      rows.push_back({"", "", printable(column.name), "dropped"});
      dropped.emplace_back(column.name);
    }
    tables.push_back(json::object{
        {"table", table.name.sql()},
        {"estimated_rows", known ? json::value(table.estimated_rows) : json::value(nullptr)},
        {"masked_columns", std::move(masked)},
        {"dropped_columns", std::move(dropped)}});
  }
  output.text(format_table(rows));
  for (const sync::Sample& sample : samples) show_sample(output, sample, originals, sample_list);
  output.line("\nnothing was written");
  output.document(
      true,
      {{"dry_run", true}, {"tables", std::move(tables)}, {"samples", std::move(sample_list)}});
}

}  // namespace host::cli
