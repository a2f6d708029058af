// SPDX-License-Identifier: MIT
// Columns, constraints, functions and types in the catalog.
#include <algorithm>

#include "plugins/risk/catalog.hpp"

namespace plugins::risk {
namespace {

std::string text(const std::optional<std::string_view>& value) {
  return std::string(value.value_or(""));
}

bool truth(const std::optional<std::string_view>& value) {
  return value == "t";
}

bool any(const std::optional<Result>& found) {
  return found && !found->empty();
}

std::int64_t number(const std::string& digits) {
  return digits.empty() ? 0 : std::stoll(digits);
}

}  // namespace

std::optional<Column> Catalog::column(const Relation& relation, std::string_view name) {
  const auto found = rows(
      "SELECT coalesce(e.typname, b.typname, y.typname), pg_catalog.format_type(a.atttypid, "
      "a.atttypmod), a.atttypmod, coalesce(e.typtype, b.typtype, y.typtype) = 'e', "
      "y.typcategory = 'A', a.attnotnull, "
      "EXISTS (SELECT FROM pg_catalog.pg_index i WHERE i.indrelid = a.attrelid AND "
      "a.attnum = ANY (i.indkey)), "
      "EXISTS (SELECT FROM pg_catalog.pg_depend d JOIN pg_catalog.pg_rewrite w ON w.oid = d.objid "
      "WHERE d.classid = 'pg_rewrite'::regclass AND d.refclassid = 'pg_class'::regclass AND "
      "d.refobjid = a.attrelid AND d.refobjsubid = a.attnum), "
      "coalesce((SELECT c.collname FROM pg_catalog.pg_collation c WHERE c.oid = a.attcollation), "
      "'') FROM pg_catalog.pg_attribute a JOIN pg_catalog.pg_type y ON y.oid = a.atttypid "
      "LEFT JOIN pg_catalog.pg_type b ON b.oid = y.typbasetype AND y.typtype = 'd' "
      "LEFT JOIN pg_catalog.pg_type e ON e.oid = y.typelem AND y.typcategory = 'A' "
      "WHERE a.attrelid = $1::oid AND a.attname = $2 AND NOT a.attisdropped AND a.attnum > 0",
      {relation.oid, name});
  if (!any(found)) return std::nullopt;
  const auto row = (*found)[0];
  Column column;
  column.type_name = text(row[std::size_t{0}]);
  column.type_sql = text(row[1]);
  const std::int64_t modifier = number(text(row[2]));
  ColumnType& type = column.type;
  const bool text_like = column.type_name == "varchar" || column.type_name == "bpchar";
  if (modifier >= 0 && text_like) type.length = modifier - 4;
  if (modifier >= 0 && (column.type_name == "bit" || column.type_name == "varbit"))
    type.length = modifier;
  if (modifier >= 0 && column.type_name == "numeric") {
    type.has_precision = true;
    type.precision = (modifier - 4) >> 16;
    type.scale = (modifier - 4) & 0x7ff;
  } else if (modifier >= 0 && !text_like) {
    type.has_precision = true;
    type.precision = modifier & 0xffff;
  }
  type.enumeration = truth(row[3]);
  type.array = truth(row[4]);
  column.not_null = truth(row[5]);
  column.indexed = truth(row[6]);
  column.read_by_views = truth(row[7]);
  column.collation = text(row[8]);
  return column;
}

std::optional<Constraint> Catalog::constraint(const Relation& relation, std::string_view name) {
  const auto found = rows(
      "SELECT k.contype, n.nspname, c.relname FROM pg_catalog.pg_constraint k "
      "LEFT JOIN pg_catalog.pg_class c ON c.oid = k.confrelid "
      "LEFT JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace "
      "WHERE k.conrelid = $1::oid AND k.conname = $2",
      {relation.oid, name});
  if (!any(found)) return std::nullopt;
  const auto row = (*found)[0];
  Constraint constraint{text(row[std::size_t{0}])[0], {}};
  if (row[2]) constraint.referenced = Name{text(row[1]), text(row[2])};
  return constraint;
}

std::vector<Name> Catalog::foreign_keys_over(const Relation& relation, std::string_view column) {
  return names(
      "SELECT n.nspname, c.relname FROM pg_catalog.pg_constraint k "
      "JOIN pg_catalog.pg_class c ON c.oid = k.confrelid "
      "JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace "
      "JOIN pg_catalog.pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = ANY (k.conkey) "
      "WHERE k.contype = 'f' AND k.conrelid = $1::oid AND ($2 = '' OR a.attname = $2) "
      "GROUP BY 1, 2 ORDER BY 1, 2",
      {relation.oid, column});
}

bool Catalog::has_valid_not_null_check(const Relation& relation, std::string_view column) {
  // pg_get_constraintdef() takes no lock on the table.
  const auto found = rows(
      "SELECT FROM pg_catalog.pg_constraint k JOIN pg_catalog.pg_attribute a ON a.attrelid = "
      "k.conrelid AND a.attname = $2 WHERE k.conrelid = $1::oid AND k.contype = 'c' AND "
      "k.convalidated AND pg_catalog.pg_get_constraintdef(k.oid) = "
      "pg_catalog.format('CHECK ((%I IS NOT NULL))', a.attname)",
      {relation.oid, column});
  return any(found);
}

bool Catalog::deletes_cascade(const Relation& relation) {
  return any(rows("SELECT FROM pg_catalog.pg_constraint WHERE contype = 'f' AND confrelid = "
                  "$1::oid AND confdeltype IN ('c', 'n', 'd')",
                  {relation.oid}));
}

bool Catalog::references_column(const Relation& relation,
                                const std::vector<std::string>& columns) {
  return std::any_of(columns.begin(), columns.end(), [&](const std::string& column) {
    return !foreign_keys_over(relation, column).empty();
  });
}

bool Catalog::is_constraint_index(const Relation& index) {
  return any(rows("SELECT FROM pg_catalog.pg_constraint WHERE conindid = $1::oid AND contype IN "
                  "('p', 'u', 'x')",
                  {index.oid}));
}

std::optional<Name> Catalog::table_of_index(const Name& name) {
  const Relation* index = relation(name);
  if (index == nullptr) return std::nullopt;
  const std::vector<Name> tables = names(
      "SELECT n.nspname, c.relname FROM pg_catalog.pg_index i JOIN pg_catalog.pg_class c ON c.oid "
      "= i.indrelid JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE i.indexrelid = "
      "$1::oid",
      {index->oid});
  if (tables.empty()) return std::nullopt;
  return tables.front();
}

bool Catalog::has_checks(const Relation& relation) {
  return any(rows("SELECT FROM pg_catalog.pg_constraint WHERE conrelid = $1::oid AND contype = 'c' "
                  "AND convalidated",
                  {relation.oid}));
}

#define TABLES                                                                                  \
  "SELECT DISTINCT n.nspname, c.relname FROM pg_catalog.pg_class c JOIN "                       \
  "pg_catalog.pg_namespace n ON n.oid = c.relnamespace LEFT JOIN pg_catalog.pg_attribute a ON " \
  "a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped LEFT JOIN pg_catalog.pg_type y ON " \
  "y.oid = a.atttypid WHERE c.relkind IN ('r', 'p', 'm') AND "

std::vector<Name> Catalog::tables_of_type(const Name& type) {
  return names(TABLES
               "($1 = '' OR $1 = (SELECT nspname FROM pg_catalog.pg_namespace WHERE oid = "
               "y.typnamespace)) AND y.typname = $2 OR c.reloftype IN (SELECT oid FROM "
               "pg_catalog.pg_type WHERE typname = $2) ORDER BY 1, 2",
               {type.schema, type.name});
}

std::vector<Name> Catalog::tables_of_owner(std::string_view role) {
  return names(TABLES
               "c.relowner = (SELECT oid FROM pg_catalog.pg_roles WHERE rolname = $1) ORDER BY "
               "1, 2",
               {role});
}

std::vector<Name> Catalog::tables_in(std::string_view schema) {
  return names(TABLES "n.nspname = $1 ORDER BY 1, 2", {schema});
}

std::vector<Name> Catalog::tables_of_extension(std::string_view extension) {
  return names(TABLES
               "EXISTS (SELECT FROM pg_catalog.pg_depend d JOIN pg_catalog.pg_extension e ON e.oid "
               "= d.refobjid WHERE d.deptype = 'e' AND d.objid IN (y.oid, y.typelem) AND e.extname "
               "= $1) ORDER BY 1, 2",
               {extension});
}

std::optional<bool> Catalog::index_is_nullable(const Name& name) {
  const Relation* index = relation(name);
  if (index == nullptr) return std::nullopt;
  const auto found = rows(
      "SELECT bool_or(NOT a.attnotnull) FROM pg_catalog.pg_index i JOIN pg_catalog.pg_attribute a "
      "ON a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey) WHERE i.indexrelid = $1::oid",
      {index->oid});
  if (!any(found)) return std::nullopt;
  return truth((*found)[0][std::size_t{0}]);
}

std::optional<char> Catalog::volatility(const Name& function, bool& own) {
  own = false;
  if (!online()) return std::nullopt;
  const auto found = rows(
      "SELECT max(CASE p.provolatile WHEN 'v' THEN 'z' ELSE p.provolatile END), "
      "bool_or(n.nspname NOT IN ('pg_catalog', 'information_schema')) "
      "FROM pg_catalog.pg_proc p JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace "
      "WHERE p.proname = $2 AND (n.nspname = $1 OR $1 = '') HAVING count(*) > 0",
      {function.schema, function.name});
  if (!any(found)) return std::nullopt;
  const char worst = text((*found)[0][std::size_t{0}])[0];
  own = truth((*found)[0][1]);
  return worst == 'z' ? 'v' : worst;
}

bool Catalog::function_exists(const Name& function) {
  return online() && any(rows("SELECT FROM pg_catalog.pg_proc p JOIN pg_catalog.pg_namespace n ON "
                              "n.oid = p.pronamespace WHERE p.proname = $2 AND (n.nspname = $1 OR "
                              "$1 = '' AND n.nspname = ANY (pg_catalog.current_schemas(true)))",
                              {function.schema, function.name}));
}

std::optional<bool> Catalog::domain_constrained(const Name& type) {
  const auto found = rows(
      "WITH RECURSIVE d AS (SELECT t.oid, t.typbasetype, t.typnotnull FROM pg_catalog.pg_type t "
      "JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace WHERE t.typname = $2 AND "
      "t.typtype = 'd' AND (n.nspname = $1 OR $1 = '' AND n.nspname = ANY "
      "(pg_catalog.current_schemas(true))) UNION ALL SELECT t.oid, t.typbasetype, t.typnotnull "
      "FROM pg_catalog.pg_type t JOIN d ON t.oid = d.typbasetype AND t.typtype = 'd') "
      "SELECT bool_or(typnotnull OR EXISTS (SELECT FROM pg_catalog.pg_constraint k WHERE "
      "k.contypid = d.oid)) FROM d HAVING count(*) > 0",
      {type.schema, type.name});
  if (!any(found)) return std::nullopt;
  return truth((*found)[0][std::size_t{0}]);
}

bool Catalog::type_exists(const Name& type) {
  return online() && any(rows("SELECT FROM pg_catalog.pg_type t JOIN pg_catalog.pg_namespace n ON "
                              "n.oid = t.typnamespace WHERE t.typname = $2 AND (n.nspname = $1 OR "
                              "$1 = '' AND n.nspname = ANY (pg_catalog.current_schemas(true)))",
                              {type.schema, type.name}));
}

bool Catalog::schema_exists(std::string_view name) {
  return online() &&
         any(rows("SELECT FROM pg_catalog.pg_namespace WHERE nspname = $1", {name}));
}

}  // namespace plugins::risk
