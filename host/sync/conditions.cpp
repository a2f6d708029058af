// SPDX-License-Identifier: MIT
#include "host/sync/conditions.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "host/foundation/text.hpp"
#include "host/sync/decisions.hpp"
#include "host/sync/errors.hpp"

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

// The copied rows of a table, partitions included, as a subquery.
std::string copied_rows(const Catalog& catalog, const Plan& plan, const Table& table,
                        const std::vector<std::string>& columns) {
  std::string list;
  for (const std::string& column : columns)
    list += (list.empty() ? "" : ", ") + postgres::quote_identifier(column);
  std::string rows;
  for (const TablePlan& copied : plan.tables) {
    const auto family = catalog.with_ancestors(*catalog.find(copied.name));
    const bool part = std::any_of(family.begin(), family.end(), [&](const Table* member) {
      return member == &table && (member->partitioned || member->name == copied.name);
    });
    if (part)
      rows += fmt::format("{}SELECT {} FROM ONLY {}{}", rows.empty() ? "" : " UNION ALL ", list,
                          copied.name.sql(), where_clause(copied.where));
  }
  return rows;
}

std::string orphans_sql(const ForeignKey& key, const std::string& children,
                        const std::string& parents) {
  std::string joined, present;
  for (std::size_t i = 0; i < key.columns.size(); ++i) {
    const std::string own = "c." + postgres::quote_identifier(key.columns[i]);
    joined += fmt::format("{}p.{} = {}", i == 0 ? "" : " AND ",
                          postgres::quote_identifier(key.referenced_columns[i]), own);
    present += fmt::format(" AND {} IS NOT NULL", own);
  }
  return fmt::format("SELECT count(*) FROM ({}) c WHERE NOT EXISTS (SELECT FROM ({}) p WHERE {}){}",
                     children, parents, joined, present);
}

void refuse_orphans(const Catalog& catalog, postgres::Connection& source, const Plan& plan) {
  std::string found;
  for (const ForeignKey& key : catalog.foreign_keys) {
    const Table* child = catalog.find(key.table);
    const Table* parent = catalog.find(key.referenced);
    if (child == nullptr || parent == nullptr) continue;
    const std::string children = copied_rows(catalog, plan, *child, key.columns);
    const std::string parents = copied_rows(catalog, plan, *parent, key.referenced_columns);
    if (children.empty() || parents.empty()) continue;
    const std::string orphans = source.query(orphans_sql(key, children, parents)).text(0, 0);
    if (orphans == "0") continue;
    found += fmt::format("{}{} rows of table {} by foreign key '{}' to table {}",
                         found.empty() ? "" : ", ", orphans, printable(key.table.sql()),
                         printable(key.name), printable(key.referenced.sql()));
  }
  if (!found.empty())
    throw Error(errors::rows_left_behind, "rows would be copied without their parents: " + found,
                "narrow these tables too with --where, or widen the condition of the others");
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
  refuse_orphans(catalog, source, plan);
}

}  // namespace host::sync
