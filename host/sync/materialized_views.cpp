// SPDX-License-Identifier: MIT
#include "host/sync/materialized_views.hpp"

#include "host/postgres/quote.hpp"

namespace host::sync {
namespace {

// A view's depth is the length of the longest way down through other views.
constexpr std::string_view views_sql =
    "WITH RECURSIVE reads AS ("
    " SELECT DISTINCT r.ev_class AS view, d.refobjid AS source FROM pg_rewrite r"
    " JOIN pg_depend d ON d.classid = 'pg_rewrite'::regclass AND d.objid = r.oid"
    "  AND d.refclassid = 'pg_class'::regclass AND d.refobjid <> r.ev_class"
    " JOIN pg_class c ON c.oid = r.ev_class AND c.relkind IN ('v', 'm')"
    " JOIN pg_class s ON s.oid = d.refobjid AND s.relkind IN ('v', 'm')),"
    " depths(view, depth) AS ("
    " SELECT oid, 0 FROM pg_class WHERE relkind IN ('v', 'm')"
    " UNION SELECT reads.view, depths.depth + 1 FROM depths JOIN reads ON reads.source = "
    "depths.view)"
    " SELECT n.nspname, c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
    " WHERE c.relkind = 'm' AND NOT EXISTS (SELECT FROM pg_depend d"
    "  WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')"
    " ORDER BY (SELECT max(depth) FROM depths WHERE view = c.oid), 1, 2";

}  // namespace

std::size_t refresh_materialized_views(postgres::Connection& connection) {
  const postgres::Result views = connection.query(views_sql);
  for (std::size_t row = 0; row < views.row_count(); ++row)
    connection.execute("REFRESH MATERIALIZED VIEW " +
                       postgres::TableName{views.text(row, 0), views.text(row, 1)}.sql());
  return views.row_count();
}

}  // namespace host::sync
