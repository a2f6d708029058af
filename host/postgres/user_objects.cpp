// SPDX-License-Identifier: MIT
#include "host/postgres/user_objects.hpp"

#include <fmt/format.h>

#include "host/postgres/quote.hpp"

namespace host::postgres {
namespace {

// Schemas of people, and whether one can go as a whole.
constexpr std::string_view schemas_sql = R"sql(
WITH member AS (
  SELECT classid, objid FROM pg_catalog.pg_depend WHERE deptype = 'e'
), schema AS (
  SELECT n.oid, n.nspname AS name, n.nspname <> 'public' AND NOT EXISTS (
    SELECT FROM pg_catalog.pg_extension e WHERE e.extnamespace = n.oid
  ) AND NOT EXISTS (
    SELECT FROM pg_catalog.pg_depend d JOIN member USING (classid, objid)
    WHERE d.refclassid = 'pg_catalog.pg_namespace'::pg_catalog.regclass AND d.refobjid = n.oid
  ) AS whole
  FROM pg_catalog.pg_namespace n
  WHERE n.nspname NOT LIKE 'pg\_%' AND n.nspname NOT IN ('information_schema', $1)
    AND NOT EXISTS (
      SELECT FROM member m
      WHERE m.classid = 'pg_catalog.pg_namespace'::pg_catalog.regclass AND m.objid = n.oid)
))sql";

// Every object of a schema depends on it; what depends internally on something goes with that
// (and a partitioned table so depends on its own columns).
constexpr std::string_view objects_sql = R"sql(, object AS (
  SELECT s.name AS schema, s.whole, o.type, o.identity
  FROM schema s
  JOIN pg_catalog.pg_depend d ON d.refclassid = 'pg_catalog.pg_namespace'::pg_catalog.regclass
    AND d.refobjid = s.oid AND d.deptype = 'n'
  CROSS JOIN LATERAL pg_catalog.pg_identify_object(d.classid, d.objid, 0) o
  WHERE d.classid IN (
      'pg_catalog.pg_class'::pg_catalog.regclass, 'pg_catalog.pg_type'::pg_catalog.regclass,
      'pg_catalog.pg_proc'::pg_catalog.regclass, 'pg_catalog.pg_collation'::pg_catalog.regclass,
      'pg_catalog.pg_conversion'::pg_catalog.regclass,
      'pg_catalog.pg_operator'::pg_catalog.regclass,
      'pg_catalog.pg_opclass'::pg_catalog.regclass, 'pg_catalog.pg_opfamily'::pg_catalog.regclass,
      'pg_catalog.pg_statistic_ext'::pg_catalog.regclass,
      'pg_catalog.pg_ts_parser'::pg_catalog.regclass, 'pg_catalog.pg_ts_dict'::pg_catalog.regclass,
      'pg_catalog.pg_ts_template'::pg_catalog.regclass,
      'pg_catalog.pg_ts_config'::pg_catalog.regclass)
    AND NOT EXISTS (
      SELECT FROM pg_catalog.pg_depend i
      WHERE i.classid = d.classid AND i.objid = d.objid AND i.deptype IN ('i', 'e')
        AND (i.refclassid, i.refobjid) <> (d.classid, d.objid))
))sql";

constexpr std::string_view list_sql = "SELECT type || ' ' || identity FROM object ORDER BY 1";

// Routines by one word, since an aggregate without arguments has no identity that DROP AGGREGATE
// would read. IF EXISTS: another one's CASCADE may have been there first.
constexpr std::string_view drop_sql = R"sql(
SELECT pg_catalog.format('DROP SCHEMA %I CASCADE', name) FROM schema WHERE whole
UNION ALL
SELECT pg_catalog.format('DROP %s IF EXISTS %s CASCADE', CASE
    WHEN type IN ('function', 'procedure', 'aggregate') THEN 'routine'
    WHEN type = 'statistics object' THEN 'statistics'
    ELSE type END, identity)
FROM object WHERE NOT whole)sql";

std::vector<std::string> first_column(Connection& connection, std::string_view query) {
  const std::string sql = fmt::format("{}{}{}", schemas_sql, objects_sql, query);
  const Result rows = connection.query(sql, std::vector<Parameter>{std::string(own_schema)});
  std::vector<std::string> texts;
  for (std::size_t row = 0; row < rows.row_count(); ++row) texts.push_back(rows.text(row, 0));
  return texts;
}

}  // namespace

std::vector<std::string> user_objects(Connection& connection) {
  return first_column(connection, list_sql);
}

void drop_user_objects(Connection& connection, std::span<const std::string> extensions) {
  for (const std::string& extension : extensions)
    connection.execute(
        fmt::format("DROP EXTENSION IF EXISTS {} CASCADE", quote_identifier(extension)));
  for (const std::string& sql : first_column(connection, drop_sql)) connection.execute(sql);
}

}  // namespace host::postgres
