// SPDX-License-Identifier: MIT
#include "host/sync/left_behind.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "host/foundation/text.hpp"
#include "host/postgres/copy_stream.hpp"
#include "host/postgres/transaction.hpp"
#include "host/sync/errors.hpp"
#include "host/sync/session_settings.hpp"

namespace host::sync {
namespace {

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

std::string column_list(const std::vector<std::string>& columns) {
  std::string list;
  for (const std::string& column : columns)
    list += (list.empty() ? "" : ", ") + postgres::quote_identifier(column);
  return list;
}

// Whether the table's rows are replaced: all of them, none, or those of some partitions.
enum class Copied { all, none, some };

Copied how_copied(const Plan& plan, const TableName& name) {
  std::size_t copied = 0, parts = 0;
  for (const Table& table : plan.target.tables) {
    if (table.partitioned) continue;
    const auto family = plan.target.with_ancestors(table);
    if (std::none_of(family.begin(), family.end(), [&](const Table* member) {
          return member->name == name && (member->partitioned || member->name == table.name);
        }))
      continue;
    ++parts;
    copied += plan.find(table.name) != nullptr;
  }
  return copied == 0 ? Copied::none : copied == parts ? Copied::all : Copied::some;
}

// Whether these columns arrive as they are, in every part of the table that is copied.
bool arrive(const Plan& plan, const Table& table, const std::vector<std::string>& columns,
            const Catalog& catalog) {
  for (const TablePlan& copied : plan.tables) {
    const auto family = catalog.with_ancestors(*catalog.find(copied.name));
    if (std::find(family.begin(), family.end(), &table) == family.end()) continue;
    for (const std::string& column : columns)
      if (copied.find_masked(column) != nullptr ||
          std::any_of(copied.dropped.begin(), copied.dropped.end(),
                      [&](const Column& dropped) { return dropped.name == column; }))
        return false;
  }
  return true;
}

bool may_read(postgres::Connection& target, const ForeignKey& key) {
  return target
      .query(
          "SELECT has_database_privilege(current_database(), 'TEMPORARY')"
          " AND has_table_privilege($1, 'SELECT') AND has_table_privilege($2, 'SELECT')",
          std::vector<postgres::Parameter>{key.table.sql(), key.referenced.sql()})
      .boolean(0, 0);
}

// Brings the key's values from the source into a temporary table of the target, named as the
// parent's columns are.
void bring_keys(const ForeignKey& key, const std::string& rows, postgres::Connection& source,
                postgres::Connection& target) {
  target.execute(
      fmt::format("CREATE TEMPORARY TABLE confiture_keys AS SELECT {} FROM {} WITH NO DATA",
                  column_list(key.referenced_columns), key.referenced.sql()));
  postgres::CopyReader reader(source,
                              fmt::format("COPY (SELECT DISTINCT * FROM ({}) r) TO STDOUT", rows));
  postgres::CopyWriter writer(target, "COPY pg_temp.confiture_keys FROM STDIN");
  for (std::string some; reader.read(some, 256 * 1024) > 0; some.clear()) writer.write(some);
  writer.finish();
  target.execute("ANALYZE pg_temp.confiture_keys");
}

// Of the rows of `children` with a whole key, those without a row in `parents`.
std::int64_t count_strays(const ForeignKey& key, const std::vector<std::string>& own,
                          const std::string& children, const std::string& parents,
                          postgres::Connection& target) {
  std::string conditions, joined;
  for (std::size_t i = 0; i < own.size(); ++i) {
    const std::string column = "c." + postgres::quote_identifier(own[i]);
    conditions += fmt::format("{} IS NOT NULL AND ", column);
    joined += fmt::format("{}p.{} = {}", i == 0 ? "" : " AND ",
                          postgres::quote_identifier(key.referenced_columns[i]), column);
  }
  return target
      .query(fmt::format("SELECT count(*) FROM {} c WHERE {}NOT EXISTS (SELECT FROM {} p WHERE {})",
                         children, conditions, parents, joined))
      .integer(0, 0);
}

// What is wrong with the key between both databases, or "".
std::string stray(const Plan& plan, const ForeignKey& key, const Catalog& catalog,
                  postgres::Connection& source, postgres::Connection& target,
                  std::chrono::milliseconds lock_timeout) {
  const Copied child = how_copied(plan, key.table), parent = how_copied(plan, key.referenced);
  const bool comes = child == Copied::all && parent == Copied::none;
  const bool goes = child == Copied::none && parent == Copied::all;
  if (!key.validated || !(comes || goes)) return {};
  const TableName& name = comes ? key.table : key.referenced;
  const std::vector<std::string>& columns = comes ? key.columns : key.referenced_columns;
  const Table* table = catalog.find(name);
  if (table == nullptr || !arrive(plan, *table, columns, catalog)) return {};
  postgres::Transaction undone(target);
  pin_settings(target, lock_timeout);
  if (!may_read(target, key)) return {};
  bring_keys(key, copied_rows(catalog, plan, *table, columns), source, target);
  const std::string what =
      fmt::format("table {} by foreign key '{}' to table {}", printable(key.table.sql()),
                  printable(key.name), printable(key.referenced.sql()));
  const std::int64_t count =
      comes ? count_strays(key, key.referenced_columns, "pg_temp.confiture_keys",
                           key.referenced.sql(), target)
            : count_strays(key, key.columns, key.table.sql(), "pg_temp.confiture_keys", target);
  if (count == 0) return {};
  return comes ? fmt::format("{} values of {}, which is not copied", count, what)
               : fmt::format("{} rows of {}, of which only the latter is copied", count, what);
}

}  // namespace

void refuse_orphans(const Plan& plan, const Catalog& catalog, postgres::Connection& source) {
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

void refuse_strays(const Plan& plan, const Catalog& catalog, postgres::Connection& source,
                   postgres::Connection& target, std::chrono::milliseconds lock_timeout) {
  std::string found;
  for (const ForeignKey& key : plan.target.foreign_keys) {
    const std::string what = stray(plan, key, catalog, source, target, lock_timeout);
    if (!what.empty()) found += (found.empty() ? "" : ", ") + what;
  }
  if (!found.empty())
    throw Error(errors::rows_left_behind,
                "rows of the target would be without their parents: " + found,
                "copy both tables together, or bring the other one up to date first");
}

}  // namespace host::sync
