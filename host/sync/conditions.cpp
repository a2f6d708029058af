// SPDX-License-Identifier: MIT
#include "host/sync/conditions.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "host/foundation/text.hpp"
#include "host/sync/decisions.hpp"
#include "host/sync/errors.hpp"
#include "host/sync/left_behind.hpp"

namespace host::sync {
namespace {

struct Condition {
  const Table* table;
  std::string sql;
};

Condition parse(const Catalog& catalog, const std::string& text) {
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '"') quoted = !quoted;
    if (text[i] != '=' || quoted) continue;
    const std::string sql(trim(std::string_view(text).substr(i + 1)));
    if (sql.empty()) break;
    return {&require_table(catalog, trim(std::string_view(text).substr(0, i)), {}), sql};
  }
  throw Error(errors::not_sql, fmt::format("'--where {}' is not TABLE=SQL", printable(text)),
              "write --where \"public.orders=placed_at > '2026-01-01'\"");
}

void try_condition(postgres::Connection& source, const Condition& condition) {
  source.execute("SAVEPOINT condition");
  try {
    source.query(fmt::format("SELECT FROM {}{} LIMIT 0", condition.table->name.sql(),
                             where_clause(condition.sql)));
  } catch (const postgres::SqlError& error) {
    source.execute("ROLLBACK TO condition");
    throw Error(errors::not_sql,
                fmt::format("the condition of table {} is no SQL that the source understands: {}",
                            printable(condition.table->name.sql()), error.message()),
                error.hint());
  }
  source.execute("RELEASE condition");
}

}  // namespace

void add_conditions(const std::vector<std::string>& conditions, const Catalog& catalog,
                    postgres::Connection& source, Plan& plan) {
  if (conditions.empty()) return;
  for (const std::string& text : conditions) {
    const Condition condition = parse(catalog, text);
    try_condition(source, condition);
    bool copied = false;
    for (TablePlan& table : plan.tables) {
      const auto family = catalog.with_ancestors(*catalog.find(table.name));
      const bool part = std::any_of(family.begin(), family.end(), [&](const Table* member) {
        return member == condition.table && (member->partitioned || member->name == table.name);
      });
      if (!part) continue;
      copied = true;
      table.where += table.where.empty() ? condition.sql : "\n) AND (\n" + condition.sql;
    }
    if (!copied)
      throw Error(errors::nothing_selected,
                  fmt::format("table {} has a condition and is not copied",
                              printable(condition.table->name.sql())),
                  "see --tables and --exclude");
  }
  refuse_orphans(plan, catalog, source);
}

}  // namespace host::sync
