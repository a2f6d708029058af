// SPDX-License-Identifier: MIT
#include "host/sync/sequences.hpp"

#include <fmt/format.h>

#include <map>
#include <set>

namespace host::sync {
namespace {

struct Sequence {
  TableName name;
  std::string start, least, most;
  std::int64_t increment = 1;
  std::vector<std::string> maxima;  // one query a column that it counts for
  bool wanted = false;
};

// By ownership (serial, identity) and by use in a default.
constexpr std::string_view uses_sql =
    "WITH uses AS ("
    " SELECT d.objid AS sequence, d.refobjid AS tab, d.refobjsubid AS col FROM pg_depend d"
    " WHERE d.classid = 'pg_class'::regclass AND d.refclassid = 'pg_class'::regclass"
    " AND d.refobjsubid > 0 AND d.deptype IN ('a', 'i')"
    " UNION SELECT d.refobjid, a.adrelid, a.adnum FROM pg_depend d"
    " JOIN pg_attrdef a ON a.oid = d.objid"
    " WHERE d.classid = 'pg_attrdef'::regclass AND d.refclassid = 'pg_class'::regclass)"
    " SELECT sn.nspname, sc.relname, s.seqstart, s.seqmin, s.seqmax, s.seqincrement,"
    "  tn.nspname, t.relname, a.attname"
    " FROM uses u JOIN pg_sequence s ON s.seqrelid = u.sequence"
    " JOIN pg_class sc ON sc.oid = s.seqrelid JOIN pg_namespace sn ON sn.oid = sc.relnamespace"
    " JOIN pg_class t ON t.oid = u.tab JOIN pg_namespace tn ON tn.oid = t.relnamespace"
    " JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = u.col"
    " WHERE t.relkind IN ('r', 'p') AND a.atttypid IN ('int2'::regtype, 'int4'::regtype,"
    "  'int8'::regtype) ORDER BY 1, 2, 7, 8, 9";

std::set<TableName> filled_tables(const Plan& plan) {
  std::set<TableName> filled;
  for (const TablePlan& table : plan.tables)
    for (const Table* member : plan.target.with_ancestors(*plan.target.find(table.name)))
      filled.insert(member->name);
  return filled;
}

std::map<TableName, Sequence> read_sequences(postgres::Connection& connection, const Plan& plan) {
  const std::set<TableName> filled = filled_tables(plan);
  const postgres::Result rows = connection.query(uses_sql);
  std::map<TableName, Sequence> sequences;
  for (std::size_t row = 0; row < rows.row_count(); ++row) {
    Sequence& sequence = sequences[{rows.text(row, 0), rows.text(row, 1)}];
    sequence.name = {rows.text(row, 0), rows.text(row, 1)};
    sequence.start = rows.text(row, 2);
    sequence.least = rows.text(row, 3);
    sequence.most = rows.text(row, 4);
    sequence.increment = rows.integer(row, 5);
    const TableName table{rows.text(row, 6), rows.text(row, 7)};
    sequence.wanted = sequence.wanted || filled.count(table) > 0;
    sequence.maxima.push_back(
        fmt::format("SELECT {}({}) AS value FROM {}", sequence.increment > 0 ? "max" : "min",
                    postgres::quote_identifier(rows.text(row, 8)), table.sql()));
  }
  return sequences;
}

}  // namespace

std::size_t reset_sequences(postgres::Connection& connection, const Plan& plan) {
  std::size_t count = 0;
  for (const auto& [name, sequence] : read_sequences(connection, plan)) {
    if (!sequence.wanted) continue;
    std::string values;
    for (const std::string& maximum : sequence.maxima)
      values += (values.empty() ? "" : " UNION ALL ") + maximum;
    // Numeric, since the next value may lie beyond bigint; then it stays at the sequence's end.
    const postgres::Result next = connection.query(fmt::format(
        "SELECT coalesce(least(greatest({}(value)::numeric + {}, {}), {}), {}) FROM ({}) AS v",
        sequence.increment > 0 ? "max" : "min", sequence.increment, sequence.least, sequence.most,
        sequence.start, values));
    connection.execute(
        fmt::format("ALTER SEQUENCE {} RESTART WITH {}", name.sql(), next.text(0, 0)));
    ++count;
  }
  return count;
}

}  // namespace host::sync
