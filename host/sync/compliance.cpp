// SPDX-License-Identifier: MIT
#include "host/sync/compliance.hpp"

#include <fmt/format.h>

#include <chrono>

#include "host/foundation/text.hpp"
#include "host/foundation/time.hpp"
#include "host/sync/errors.hpp"
#include "host/sync/personal.hpp"
#include "host/sync/yaml.hpp"

namespace host::sync {
namespace {

using Kind = Decision::Kind;

// In place of the type of a column that its table did not have at the last run.
constexpr std::string_view unknown = "-";

// By its name first, which is the surer guide to a strategy.
Suspicion judge(const Table& table, const Column& column,
                const std::map<std::string, Suspicion>& by_values) {
  if (Suspicion suspicion = judge_name(table, column)) return suspicion;
  const auto found = by_values.find(column.name);
  return found == by_values.end() ? Suspicion() : found->second;
}

// Why the column stops the run, or "".
std::string objection(const Column& column, const Decision* decision, const Suspicion& suspicion,
                      const std::string& last_type) {
  if (decision == nullptr) return last_type == unknown ? "new, no decision" : "no decision";
  if (decision->type && *decision->type != column.sql_type)
    return fmt::format("was {} when it was decided, is {}", printable(*decision->type),
                       printable(column.sql_type));
  if (!decision->type && !last_type.empty() && last_type != unknown && last_type != column.sql_type)
    return fmt::format("was {} at the last run, is {}", printable(last_type),
                       printable(column.sql_type));
  if (decision->kind != Kind::keep || !suspicion || is_waived(*decision)) return {};
  if (decision->waived_until)
    return fmt::format("kept, the waiver ended on {}", *decision->waived_until);
  return fmt::format("kept, but {} looks personal", suspicion.reason);
}

// Nothing for a table that the last run did not copy.
std::string last_type_of(const ColumnTypes& types, const Table& table, const Column& column) {
  const auto known = types.find(table.name);
  if (known == types.end()) return {};
  const auto found = known->second.find(column.name);
  return found == known->second.end() ? std::string(unknown) : found->second;
}

std::string today() {
  return format_utc(std::chrono::system_clock::now()).substr(0, 10);
}

}  // namespace

bool is_waived(const Decision& decision) {
  return decision.waived_until && *decision.waived_until >= today();
}

void require_decisions(const Catalog& catalog, const std::vector<const Table*>& tables,
                       const Decisions& decisions, const extensions::Registry& registry,
                       postgres::Connection& source, const ColumnTypes& last_types) {
  std::string lines;
  std::size_t count = 0;
  for (const Table* table : tables) {
    const std::map<std::string, Suspicion> by_values = judge_values(*table, source);
    for (const Column& column : table->columns) {
      if (column.generated) continue;
      const Suspicion suspicion = judge(*table, column, by_values);
      const std::string why = objection(column, decisions.find(table->name, column.name), suspicion,
                                        last_type_of(last_types, *table, column));
      if (why.empty()) continue;
      const std::string strategy =
          suspicion ? suggest_strategy(suspicion, *table, column, catalog, registry) : "";
      lines += fmt::format("\n  {}.{}: {}; suggested: {}", printable(table->name.sql()),
                           printable(postgres::quote_identifier(column.name)), why,
                           strategy.empty() ? "{ keep: \"REASON\" }" : strategy);
      ++count;
    }
  }
  if (count > 0)
    throw Error(errors::undecided,
                fmt::format("{} of the columns to copy {} a decision:{}", count,
                            count == 1 ? "needs" : "need", lines),
                "decide under anonymization.tables; confiture sync --suggest writes a first file");
}

std::string suggest_decisions(const Catalog& catalog, const std::vector<const Table*>& tables,
                              const Decisions& decisions, const extensions::Registry& registry,
                              postgres::Connection& source) {
  std::string yaml;
  for (const Table* table : tables) {
    const std::map<std::string, Suspicion> by_values = judge_values(*table, source);
    std::string columns;
    for (const Column& column : table->columns) {
      if (column.generated || decisions.find(table->name, column.name) != nullptr) continue;
      const Suspicion suspicion = judge(*table, column, by_values);
      const std::string strategy =
          suspicion ? suggest_strategy(suspicion, *table, column, catalog, registry) : "";
      const std::string type = quoted_yaml(column.sql_type);
      columns += fmt::format("      {}: ", yaml_key(column.name));
      if (strategy == "drop") {
        columns += "drop";
      } else if (strategy.starts_with('{')) {
        columns += fmt::format("{}, type: {} }}", strategy.substr(0, strategy.size() - 2), type);
      } else if (!strategy.empty()) {
        columns += fmt::format("{{ use: {}, type: {} }}", strategy, type);
      } else {
        columns += fmt::format("{{ keep: \"not personal by name and values, {}\", type: {} }}",
                               today(), type);
      }
      if (suspicion) columns += fmt::format("  # {}", suspicion.reason);
      columns += "\n";
    }
    if (!columns.empty()) yaml += fmt::format("    {}:\n{}", yaml_key(table->name.sql()), columns);
  }
  return yaml.empty() ? "" : "anonymization:\n  tables:\n" + yaml;
}

}  // namespace host::sync
