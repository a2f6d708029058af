// SPDX-License-Identifier: MIT
#include "host/sync/catalog.hpp"

#include <algorithm>
#include <map>

namespace host::sync {
namespace {

// The oids of the tables that a copy is about, as the CTE that the other queries begin with. The
// ledger of migrations belongs to the database that it is in.
constexpr std::string_view relevant =
    "relevant AS ("
    " SELECT c.oid, n.nspname, c.relname, c.relkind, c.reltuples,"
    "  c.relam FROM pg_class c"
    " JOIN pg_namespace n ON n.oid = c.relnamespace"
    " WHERE c.relkind IN ('r', 'p') AND c.relpersistence <> 't'"
    " AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast', 'confiture')"
    " AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass"
    "  AND d.objid = c.oid AND d.deptype = 'e'))";

constexpr std::string_view tables_sql =
    " SELECT oid, nspname, relname, relkind = 'p', reltuples::int8,"
    "  greatest(pg_relation_size(oid), 0),"
    "  coalesce((SELECT amname = 'heap' FROM pg_am WHERE pg_am.oid = relam), false) FROM relevant"
    " ORDER BY nspname COLLATE \"C\", relname COLLATE \"C\"";

constexpr std::string_view parents_sql =
    " SELECT inhrelid, inhparent FROM pg_inherits JOIN relevant ON oid = inhrelid"
    " ORDER BY inhrelid, inhseqno";

// Domains are resolved to the type below, those of an array's elements too; the nearest length
// counts.
constexpr std::string_view columns_sql =
    " SELECT a.attrelid, a.attname,"
    "  coalesce(e.typname || '[]', t.typname),"
    "  format_type(a.atttypid, a.atttypmod),"
    "  CASE WHEN t.oid < 16384 THEN t.oid ELSE 0 END,"
    "  CASE WHEN (t.oid IN (1042, 1043, 1014, 1015) OR e.oid IN (1042, 1043))"
    "    AND greatest(a.atttypmod, b.typmod, eb.typmod) > 4"
    "   THEN greatest(a.atttypmod, b.typmod, eb.typmod) - 4 ELSE 0 END,"
    "  a.attnotnull OR coalesce(b.not_null, false), a.attgenerated <> '',"
    "  a.atthasdef OR a.attidentity <> '' OR coalesce(b.has_default, false),"
    "  t.typcategory = 'A' AND t.typelem <> 0, t.typtype = 'e',"
    "  EXISTS (SELECT FROM pg_collation WHERE oid = a.attcollation AND NOT collisdeterministic),"
    "  coalesce(nullif(t.typrelid, 0), e.typrelid, 0)::int8"
    " FROM pg_attribute a JOIN relevant ON relevant.oid = a.attrelid"
    " LEFT JOIN base b ON b.domain = a.atttypid"
    " JOIN pg_type t ON t.oid = coalesce(b.type, a.atttypid)"
    " LEFT JOIN elements eb ON eb.domain = t.typelem"
    " LEFT JOIN pg_type e ON e.oid = coalesce(eb.type, nullif(t.typelem, 0))"
    "  AND t.typcategory = 'A'"
    " WHERE a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attrelid, a.attnum";

constexpr std::string_view domains_cte =
    "steps(domain, type, typmod, not_null, has_default) AS ("
    "  SELECT oid, typbasetype, typtypmod, typnotnull, typdefault IS NOT NULL FROM pg_type"
    "  WHERE typtype = 'd'"
    "  UNION ALL SELECT s.domain, t.typbasetype, greatest(s.typmod, t.typtypmod),"
    "  s.not_null OR t.typnotnull, s.has_default OR t.typdefault IS NOT NULL"
    "  FROM steps s JOIN pg_type t ON t.oid = s.type AND t.typtype = 'd'),"
    " base AS (SELECT s.* FROM steps s JOIN pg_type t ON t.oid = s.type AND t.typtype <> 'd'),"
    " elements AS (SELECT base.* FROM base JOIN pg_type t ON t.oid = base.type"
    "  AND t.typcategory <> 'A')";

constexpr std::string_view primary_keys_sql =
    " SELECT i.indrelid, a.attname FROM pg_index i JOIN relevant ON relevant.oid = i.indrelid,"
    " unnest(i.indkey::int2[]) WITH ORDINALITY AS k(number, position)"
    " JOIN pg_attribute a ON a.attnum = k.number"
    " WHERE i.indisprimary AND a.attrelid = i.indrelid AND k.position <= i.indnkeyatts"
    " ORDER BY i.indrelid, k.position";

constexpr std::string_view foreign_keys_sql =
    " SELECT c.oid, c.conname, pg_get_constraintdef(c.oid), obj_description(c.oid, "
    "'pg_constraint'), c.convalidated,"
    "  tn.nspname, t.relname, rn.nspname, r.relname, a.attname, f.attname"
    " FROM pg_constraint c JOIN relevant ON relevant.oid = c.conrelid"
    " JOIN pg_class t ON t.oid = c.conrelid JOIN pg_namespace tn ON tn.oid = t.relnamespace"
    " JOIN pg_class r ON r.oid = c.confrelid JOIN pg_namespace rn ON rn.oid = r.relnamespace,"
    " unnest(c.conkey, c.confkey) WITH ORDINALITY AS k(own, other, position)"
    " JOIN pg_attribute a ON a.attnum = k.own JOIN pg_attribute f ON f.attnum = k.other"
    " WHERE c.contype = 'f' AND c.conparentid = 0"
    " AND a.attrelid = c.conrelid AND f.attrelid = c.confrelid ORDER BY c.oid, k.position";

// An expression's and a predicate's columns are known to pg_depend only.
constexpr std::string_view unique_indexes_sql =
    " SELECT i.indexrelid, ic.relname, relevant.nspname, relevant.relname, a.attname"
    " FROM pg_index i JOIN relevant ON relevant.oid = i.indrelid"
    " JOIN pg_class ic ON ic.oid = i.indexrelid"
    " JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum > 0"
    " WHERE (i.indisunique OR i.indisexclusion) AND (a.attnum = ANY "
    "((i.indkey::int2[])[0:i.indnkeyatts - 1])"
    "  OR ((i.indexprs IS NOT NULL OR i.indpred IS NOT NULL) AND EXISTS (SELECT FROM pg_depend d"
    "   WHERE d.classid = 'pg_class'::regclass AND d.objid = i.indexrelid"
    "   AND d.refclassid = 'pg_class'::regclass AND d.refobjid = i.indrelid"
    "   AND d.refobjsubid = a.attnum)))"
    " ORDER BY i.indexrelid, a.attnum";

std::string with_relevant(std::string_view sql) {
  return "WITH " + std::string(relevant) + std::string(sql);
}

std::uint32_t oid_at(const postgres::Result& rows, std::size_t row, std::size_t column) {
  return static_cast<std::uint32_t>(rows.integer(row, column));
}

using Columns = std::map<std::uint32_t, std::vector<Column>>;  // by relation

// Of the relations that the CTE `relevant` holds.
Columns read_columns(postgres::Connection& connection, std::string_view relations) {
  const postgres::Result rows =
      connection.query("WITH RECURSIVE " + std::string(domains_cte) + ", " +
                       std::string(relations) + std::string(columns_sql));
  Columns columns;
  for (std::size_t row = 0; row < rows.row_count(); ++row) {
    Column column;
    column.name = rows.text(row, 1);
    column.type_name = rows.text(row, 2);
    column.sql_type = rows.text(row, 3);
    column.type_oid = oid_at(rows, row, 4);
    column.max_length = static_cast<int>(rows.integer(row, 5));
    column.not_null = rows.boolean(row, 6);
    column.generated = rows.boolean(row, 7);
    column.has_default = rows.boolean(row, 8);
    column.array = rows.boolean(row, 9);
    column.enumerated = rows.boolean(row, 10);
    column.folds_texts = rows.boolean(row, 11);
    column.relation = oid_at(rows, row, 12);
    columns[oid_at(rows, row, 0)].push_back(std::move(column));
  }
  return columns;
}

// A type cannot hold itself, so this ends.
void add_attributes(std::vector<Column>& columns, const Columns& composites) {
  for (Column& column : columns)
    if (const auto found = composites.find(column.relation); found != composites.end()) {
      column.attributes = found->second;
      add_attributes(column.attributes, composites);
    }
}

void read_tables(postgres::Connection& connection, Catalog& catalog) {
  const postgres::Result rows = connection.query(with_relevant(tables_sql));
  for (std::size_t row = 0; row < rows.row_count(); ++row) {
    Table table;
    table.oid = oid_at(rows, row, 0);
    table.name = {rows.text(row, 1), rows.text(row, 2)};
    table.partitioned = rows.boolean(row, 3);
    table.estimated_rows = rows.integer(row, 4);
    table.bytes = rows.integer(row, 5);
    table.heap = rows.boolean(row, 6);
    catalog.tables.push_back(std::move(table));
  }
  std::map<std::uint32_t, Table*> by_oid;
  for (Table& table : catalog.tables) by_oid[table.oid] = &table;
  const Columns composites = read_columns(
      connection, "relevant AS (SELECT oid FROM pg_class WHERE relkind = 'c' AND oid >= 16384)");
  Columns own = read_columns(connection, relevant);
  for (auto& [oid, columns] : own) {
    add_attributes(columns, composites);
    by_oid.at(oid)->columns = std::move(columns);
  }
  const postgres::Result keys = connection.query(with_relevant(primary_keys_sql));
  for (std::size_t row = 0; row < keys.row_count(); ++row)
    by_oid.at(oid_at(keys, row, 0))->primary_key.push_back(keys.text(row, 1));
  const postgres::Result parents = connection.query(with_relevant(parents_sql));
  for (std::size_t row = 0; row < parents.row_count(); ++row)
    by_oid.at(oid_at(parents, row, 0))->parents.push_back(oid_at(parents, row, 1));
}

void read_foreign_keys(postgres::Connection& connection, Catalog& catalog) {
  const postgres::Result rows = connection.query(with_relevant(foreign_keys_sql));
  for (std::size_t row = 0; row < rows.row_count(); ++row) {
    if (row == 0 || rows.integer(row, 0) != rows.integer(row - 1, 0))
      catalog.foreign_keys.push_back({rows.text(row, 1),
                                      rows.text(row, 2),
                                      rows.text(row, 3),
                                      rows.boolean(row, 4),
                                      {rows.text(row, 5), rows.text(row, 6)},
                                      {rows.text(row, 7), rows.text(row, 8)},
                                      {},
                                      {}});
    catalog.foreign_keys.back().columns.push_back(rows.text(row, 9));
    catalog.foreign_keys.back().referenced_columns.push_back(rows.text(row, 10));
  }
}

void read_unique_indexes(postgres::Connection& connection, Catalog& catalog) {
  const postgres::Result rows = connection.query(with_relevant(unique_indexes_sql));
  for (std::size_t row = 0; row < rows.row_count(); ++row) {
    if (row == 0 || rows.integer(row, 0) != rows.integer(row - 1, 0))
      catalog.unique_indexes.push_back(
          {rows.text(row, 1), {rows.text(row, 2), rows.text(row, 3)}, {}});
    catalog.unique_indexes.back().columns.push_back(rows.text(row, 4));
  }
}

}  // namespace

std::string cast_type(const Column& column) {
  if (column.type_oid == 0) return column.sql_type;
  std::string_view type = column.type_name;
  if (column.array) type.remove_suffix(2);
  return "pg_catalog." + postgres::quote_identifier(type) + (column.array ? "[]" : "");
}

const Column* Table::find(std::string_view column) const {
  const auto found = std::find_if(columns.begin(), columns.end(),
                                  [&](const Column& c) { return c.name == column; });
  return found == columns.end() ? nullptr : &*found;
}

const Table* Catalog::find(const TableName& name) const {
  const auto found =
      std::lower_bound(tables.begin(), tables.end(), name,
                       [](const Table& table, const TableName& n) { return table.name < n; });
  return found == tables.end() || found->name != name ? nullptr : &*found;
}

const Table* Catalog::find(std::uint32_t oid) const {
  const auto found =
      std::find_if(tables.begin(), tables.end(), [&](const Table& t) { return t.oid == oid; });
  return found == tables.end() ? nullptr : &*found;
}

std::vector<const Table*> Catalog::with_ancestors(const Table& table) const {
  std::vector<const Table*> found{&table};
  for (std::size_t i = 0; i < found.size(); ++i)
    for (const std::uint32_t parent : found[i]->parents) {
      const Table* ancestor = find(parent);
      if (ancestor != nullptr && std::find(found.begin(), found.end(), ancestor) == found.end())
        found.push_back(ancestor);
    }
  return found;
}

std::vector<std::string> Catalog::table_names() const {
  std::vector<std::string> names;
  for (const Table& table : tables) names.push_back(table.name.sql());
  return names;
}

Catalog read_catalog(postgres::Connection& connection) {
  Catalog catalog;
  read_tables(connection, catalog);
  read_foreign_keys(connection, catalog);
  read_unique_indexes(connection, catalog);
  return catalog;
}

}  // namespace host::sync
