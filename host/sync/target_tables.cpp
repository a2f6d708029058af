// SPDX-License-Identifier: MIT
#include "host/sync/target_tables.hpp"

#include <fmt/format.h>

#include <set>

#include "host/foundation/text.hpp"
#include "host/sync/errors.hpp"

namespace host::sync {
namespace {

using postgres::quote_identifier;
using postgres::quote_literal;

// The replaced tables and the partitioned ones above them, whose foreign keys are theirs too.
std::set<TableName> touched_tables(const Plan& plan) {
  std::set<TableName> touched;
  for (const TablePlan& table : plan.tables)
    for (const Table* member : plan.target.with_ancestors(*plan.target.find(table.name)))
      if (member->name == table.name || member->partitioned) touched.insert(member->name);
  return touched;
}

}  // namespace

void lock_tables(postgres::Connection& connection, const Plan& plan) {
  std::string list;
  for (const TablePlan& table : plan.tables)
    list += (list.empty() ? "ONLY " : ", ONLY ") + table.name.sql();
  connection.execute(fmt::format("LOCK TABLE {} IN ACCESS EXCLUSIVE MODE", list));
}

TargetTables::TargetTables(postgres::Connection& connection, const Plan& plan)
    : plan_(plan), indexes_(connection, plan) {
  const std::set<TableName> touched = touched_tables(plan);
  for (const ForeignKey& key : plan.target.foreign_keys)
    if (touched.count(key.table) > 0 || touched.count(key.referenced) > 0)
      foreign_keys_.push_back(&key);
  read_triggers(connection);
}

void TargetTables::read_triggers(postgres::Connection& connection) {
  const postgres::Result rows = connection.query(
      "SELECT n.nspname, c.relname, t.tgname, t.tgenabled FROM pg_trigger t"
      " JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_namespace n ON n.oid = c.relnamespace"
      " WHERE NOT t.tgisinternal AND t.tgenabled <> 'D' ORDER BY 1, 2, 3");
  for (std::size_t row = 0; row < rows.row_count(); ++row) {
    const TableName table{rows.text(row, 0), rows.text(row, 1)};
    if (plan_.find(table) == nullptr) continue;
    const std::string trigger = quote_identifier(rows.text(row, 2));
    const std::string state = rows.text(row, 3);
    const char* enable = state == "A"   ? "ENABLE ALWAYS"
                         : state == "R" ? "ENABLE REPLICA"
                                        : "ENABLE";
    enable_triggers_.push_back(
        fmt::format("ALTER TABLE ONLY {} {} TRIGGER {}", table.sql(), enable, trigger));
    disable_triggers_.push_back(
        fmt::format("ALTER TABLE ONLY {} DISABLE TRIGGER {}", table.sql(), trigger));
  }
}

void TargetTables::prepare(postgres::Connection& connection, const std::vector<bool>& done) const {
  for (const ForeignKey* key : foreign_keys_)
    connection.execute(fmt::format("ALTER TABLE {} DROP CONSTRAINT IF EXISTS {}", key->table.sql(),
                                   quote_identifier(key->name)));
  for (const std::string& statement : disable_triggers_) connection.execute(statement);
  std::string list;
  for (std::size_t table = 0; table < plan_.tables.size(); ++table)
    if (done.empty() || !done[table])
      list += (list.empty() ? "ONLY " : ", ONLY ") + plan_.tables[table].name.sql();
  if (!list.empty()) connection.execute("TRUNCATE " + list);
  indexes_.drop(connection);
}

void TargetTables::restore(postgres::Connection& connection) const {
  for (const std::string& statement : enable_triggers_) connection.execute(statement);
  for (const ForeignKey* key : foreign_keys_) add(connection, *key);
}

void TargetTables::add(postgres::Connection& connection, const ForeignKey& key) const {
  try {
    connection.execute(fmt::format("ALTER TABLE {} ADD CONSTRAINT {} {}", key.table.sql(),
                                   quote_identifier(key.name), key.definition));
  } catch (const postgres::SqlError& error) {
    if (error.sqlstate() != "23503") throw;
    const bool copied = plan_.find(key.table) != nullptr;
    throw Error(
        errors::check_failed,
        fmt::format("foreign key '{}' does not hold any more: rows of table {} point at "
                    "rows that table {} does not have",
                    printable(key.name), printable(key.table.sql()),
                    printable(key.referenced.sql())),
        copied ? "copy both tables together, and replace their columns alike"
               : fmt::format("table {} was not copied: select it too", printable(key.table.sql())));
  }
  if (!key.comment.empty())
    connection.execute(fmt::format("COMMENT ON CONSTRAINT {} ON {} IS {}",
                                   quote_identifier(key.name), key.table.sql(),
                                   quote_literal(key.comment)));
}

}  // namespace host::sync
