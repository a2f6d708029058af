// SPDX-License-Identifier: MIT
#include "host/sync/target_indexes.hpp"

#include <fmt/format.h>

#include "host/foundation/text.hpp"
#include "host/sync/errors.hpp"

namespace host::sync {
namespace {

using postgres::quote_identifier;
using postgres::quote_literal;

// Below that, the two statements cost more than they save.
constexpr std::int64_t worth_it = 1024 * 1024;

constexpr std::string_view indexes_sql =
    "SELECT n.nspname, t.relname, x.relname, pg_get_indexdef(i.indexrelid), con.conname,"
    "  pg_get_constraintdef(con.oid), obj_description(i.indexrelid, 'pg_class'),"
    "  obj_description(con.oid, 'pg_constraint')"
    " FROM pg_index i JOIN pg_class x ON x.oid = i.indexrelid JOIN pg_class t ON t.oid = i.indrelid"
    " JOIN pg_namespace n ON n.oid = t.relnamespace"
    " LEFT JOIN pg_constraint con ON con.conindid = i.indexrelid AND con.contype IN ('p', 'u', 'x')"
    " WHERE t.relkind = 'r' AND i.indisvalid AND NOT i.indisreplident AND NOT i.indisclustered"
    " AND x.reltablespace = 0 AND (con.oid IS NULL OR x.reloptions IS NULL)"
    " AND NOT EXISTS (SELECT FROM pg_inherits h WHERE h.inhrelid = i.indexrelid)"
    " AND NOT EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = i.indexrelid"
    "  AND a.attstattarget >= 0 AND a.attnum > 0)"
    " AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass"
    "  AND d.objid = i.indexrelid AND d.deptype = 'e')"
    " AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.refclassid = 'pg_class'::regclass"
    "  AND d.refobjid = i.indexrelid AND NOT EXISTS (SELECT FROM pg_constraint f"
    "   WHERE d.classid = 'pg_constraint'::regclass AND f.oid = d.objid AND f.contype = 'f'))"
    " AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.refclassid = 'pg_constraint'::regclass"
    "  AND d.refobjid = con.oid"
    "  AND (d.classid, d.objid) <> ('pg_class'::regclass, i.indexrelid)"
    "  AND NOT EXISTS (SELECT FROM pg_constraint f WHERE d.classid = 'pg_constraint'::regclass"
    "   AND f.oid = d.objid AND f.contype = 'f'))"
    " ORDER BY n.nspname, t.relname, con.oid IS NULL, x.relname";

}  // namespace

TargetIndexes::TargetIndexes(postgres::Connection& connection, const Plan& plan) {
  const postgres::Result rows = connection.query(indexes_sql);
  for (std::size_t row = 0; row < rows.row_count(); ++row) {
    const TableName table{rows.text(row, 0), rows.text(row, 1)};
    const TablePlan* planned = plan.find(table);
    if (planned == nullptr || planned->bytes < worth_it) continue;
    Index index{table, rows.text(row, 2), {}, {}};
    const std::string name = TableName{table.schema, index.name}.sql();
    if (rows.value(row, 4)) {
      const std::string constraint = quote_identifier(rows.text(row, 4));
      index.drop =
          fmt::format("ALTER TABLE {} DROP CONSTRAINT IF EXISTS {}", table.sql(), constraint);
      index.statements.push_back(fmt::format("ALTER TABLE {} ADD CONSTRAINT {} {}", table.sql(),
                                             constraint, rows.text(row, 5)));
      if (rows.value(row, 7))
        index.statements.push_back(fmt::format("COMMENT ON CONSTRAINT {} ON {} IS {}", constraint,
                                               table.sql(), quote_literal(rows.text(row, 7))));
    } else {
      index.drop = "DROP INDEX IF EXISTS " + name;
      index.statements.push_back(rows.text(row, 3));
    }
    if (rows.value(row, 6))
      index.statements.push_back(
          fmt::format("COMMENT ON INDEX {} IS {}", name, quote_literal(rows.text(row, 6))));
    indexes_.push_back(std::move(index));
  }
}

void TargetIndexes::drop(postgres::Connection& connection) const {
  for (const Index& index : indexes_) connection.execute(index.drop);
}

void TargetIndexes::make(std::size_t number, postgres::Connection& connection) const {
  const Index& index = indexes_[number];
  try {
    for (const std::string& statement : index.statements) connection.execute(statement);
  } catch (const postgres::SqlError& error) {
    if (!error.sqlstate().starts_with("23")) throw;
    throw Error(errors::check_failed,
                fmt::format("index '{}' of table {} does not hold any more: {}",
                            printable(index.name), printable(index.table.sql()),
                            error.sqlstate() == "23505" ? "two rows have the same values"
                                                        : "two rows conflict"),
                "give the columns of the index strategies that keep values unique");
  }
}

}  // namespace host::sync
