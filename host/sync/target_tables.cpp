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

std::string table_list(const Plan& plan, std::string_view before_each) {
  std::string list;
  for (const TablePlan& table : plan.tables) {
    if (!list.empty()) list += ", ";
    list += before_each;
    list += table.name.sql();
  }
  return list;
}

// The replaced tables and the partitioned ones above them, whose foreign keys are theirs too.
std::set<TableName> touched_tables(const Plan& plan) {
  std::set<TableName> touched;
  for (const TablePlan& table : plan.tables)
    for (const Table* member : plan.target.with_ancestors(*plan.target.find(table.name)))
      if (member->name == table.name || member->partitioned) touched.insert(member->name);
  return touched;
}

}  // namespace

TargetTables::TargetTables(postgres::Connection& connection, const Plan& plan)
    : connection_(connection), plan_(plan), indexes_(connection, plan) {
  const std::set<TableName> touched = touched_tables(plan);
  for (const ForeignKey& key : plan.target.foreign_keys)
    if (touched.count(key.table) > 0 || touched.count(key.referenced) > 0)
      foreign_keys_.push_back(&key);
}

void TargetTables::prepare() {
  lock();
  for (const ForeignKey* key : foreign_keys_)
    connection_.execute(fmt::format("ALTER TABLE {} DROP CONSTRAINT {}", key->table.sql(),
                                    quote_identifier(key->name)));
  switch_triggers_off();
  connection_.execute("TRUNCATE " + table_list(plan_, "ONLY "));
  indexes_.drop();
}

void TargetTables::lock() {
  connection_.execute(
      fmt::format("LOCK TABLE {} IN ACCESS EXCLUSIVE MODE", table_list(plan_, "ONLY ")));
}

void TargetTables::switch_triggers_off() {
  const postgres::Result rows = connection_.query(
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
    connection_.execute(
        fmt::format("ALTER TABLE ONLY {} DISABLE TRIGGER {}", table.sql(), trigger));
  }
}

void TargetTables::restore() {
  indexes_.make();
  for (const std::string& statement : enable_triggers_) connection_.execute(statement);
  for (const ForeignKey* key : foreign_keys_) add(*key);
}

void TargetTables::add(const ForeignKey& key) {
  try {
    connection_.execute(fmt::format("ALTER TABLE {} ADD CONSTRAINT {} {}", key.table.sql(),
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
    connection_.execute(fmt::format("COMMENT ON CONSTRAINT {} ON {} IS {}",
                                    quote_identifier(key.name), key.table.sql(),
                                    quote_literal(key.comment)));
}

}  // namespace host::sync
