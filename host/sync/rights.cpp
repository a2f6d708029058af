// SPDX-License-Identifier: MIT
#include "host/sync/rights.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "host/foundation/text.hpp"
#include "host/sync/errors.hpp"

namespace host::sync {
namespace {

std::vector<std::string> column_of(const postgres::Result& rows, std::size_t column) {
  std::vector<std::string> texts;
  for (std::size_t row = 0; row < rows.row_count(); ++row) texts.push_back(rows.text(row, column));
  return texts;
}

std::string role_of(postgres::Connection& connection) {
  return printable(connection.query("SELECT current_user").text(0, 0));
}

// "{16402,16405}"
std::string oids(const std::vector<const Table*>& tables) {
  std::string list;
  for (const Table* table : tables)
    list += (list.empty() ? "{" : ",") + std::to_string(table->oid);
  return list.empty() ? "{}" : list + "}";
}

// Those that are filled, their partitioned ancestors, and those whose foreign keys are dropped and
// made anew.
std::vector<const Table*> altered_tables(const Plan& plan) {
  std::vector<const Table*> altered;
  const auto add = [&](const Table* table) {
    if (table != nullptr && std::find(altered.begin(), altered.end(), table) == altered.end())
      altered.push_back(table);
  };
  for (const TablePlan& table : plan.tables) add(plan.target.find(table.name));
  const std::size_t filled = altered.size();
  for (const ForeignKey& key : plan.target.foreign_keys)
    for (std::size_t i = 0; i < filled; ++i)
      for (const Table* member : plan.target.with_ancestors(*altered[i]))
        if ((member == altered[i] || member->partitioned) &&
            (member->name == key.table || member->name == key.referenced))
          add(plan.target.find(key.table));
  return altered;
}

// A right on tables and views that a role may have without owning them, since PostgreSQL 17.
std::string maintains(const postgres::Connection& connection) {
  return connection.server_version() >= 170000
             ? " AND NOT pg_catalog.has_table_privilege(c.oid, 'MAINTAIN')"
             : "";
}

}  // namespace

void require_reading(postgres::Connection& source, const std::vector<const Table*>& tables) {
  const std::vector<postgres::Parameter> those{oids(tables)};
  const postgres::Result hidden = source.query(
      "SELECT DISTINCT quote_ident(n.nspname) FROM pg_catalog.pg_class c"
      " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE c.oid = ANY ($1::oid[])"
      " AND NOT pg_catalog.has_schema_privilege(n.oid, 'USAGE') ORDER BY 1",
      those);
  const postgres::Result unread = source.query(
      "SELECT quote_ident(n.nspname) || '.' || quote_ident(c.relname) FROM pg_catalog.pg_class c"
      " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE c.oid = ANY ($1::oid[])"
      " AND NOT pg_catalog.has_table_privilege(c.oid, 'SELECT') ORDER BY n.nspname, c.relname",
      those);
  std::vector<std::string> missing, grants;
  const auto add = [&](const postgres::Result& rows, const char* what, const char* right) {
    const std::vector<std::string> names = column_of(rows, 0);
    if (names.empty()) return;
    missing.push_back(printable(fmt::format("{} {}", what, join_words(names))));
    grants.push_back(printable(fmt::format("GRANT {} {} TO {}", right, fmt::join(names, ", "),
                                           postgres::quote_identifier(role_of(source)))));
  };
  add(hidden, "schema", "USAGE ON SCHEMA");
  add(unread, "table", "SELECT ON");
  if (missing.empty()) return;
  throw Error(errors::missing_right,
              fmt::format("role '{}' may not read the source's {}", role_of(source),
                          join_words(missing)),
              fmt::format("{}; or leave tables out with --exclude", fmt::join(grants, "; ")));
}

void require_filling(postgres::Connection& target, const Plan& plan) {
  const std::vector<postgres::Parameter> those{oids(altered_tables(plan))};
  const postgres::Result owned = target.query(
      "SELECT k.kind || ' ' || quote_ident(n.nspname) || '.' || quote_ident(c.relname),"
      " quote_ident(pg_catalog.pg_get_userbyid(c.relowner)) FROM ("
      " SELECT 'table' AS kind, unnest($1::oid[]) AS oid"
      " UNION SELECT 'sequence', s.oid FROM pg_catalog.pg_attrdef a JOIN pg_catalog.pg_depend d"
      "  ON d.classid = 'pg_catalog.pg_attrdef'::regclass AND d.objid = a.oid"
      "  AND d.refclassid = 'pg_catalog.pg_class'::regclass"
      "  JOIN pg_catalog.pg_class s ON s.oid = d.refobjid AND s.relkind = 'S'"
      "  WHERE a.adrelid = ANY ($1::oid[])"
      " UNION SELECT 'materialized view', c.oid FROM pg_catalog.pg_class c WHERE c.relkind = 'm'" +
          maintains(target) +
          "  AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend d WHERE d.deptype = 'e'"
          "   AND d.classid = 'pg_catalog.pg_class'::regclass AND d.objid = c.oid)) k"
          " JOIN pg_catalog.pg_class c ON c.oid = k.oid"
          " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
          " WHERE NOT pg_catalog.pg_has_role(c.relowner, 'USAGE')"
          " ORDER BY k.kind <> 'table', k.kind, n.nspname, c.relname",
      those);
  std::vector<std::string> owners = column_of(owned, 1);
  std::sort(owners.begin(), owners.end());
  owners.erase(std::unique(owners.begin(), owners.end()), owners.end());
  const std::string role = role_of(target);
  if (!owners.empty())
    throw Error(
        errors::missing_right,
        fmt::format("role '{}' does not own the target's {}, whose rows, keys and triggers are "
                    "replaced",
                    role, printable(join_words(column_of(owned, 0)))),
        printable(fmt::format("connect as a member of role {}", join_words(owners))));
  const bool tries = std::any_of(plan.tables.begin(), plan.tables.end(),
                                 [](const TablePlan& table) { return !table.masked.empty(); });
  const postgres::Result temporary = target.query(
      "SELECT pg_catalog.has_database_privilege(current_database(), 'TEMPORARY'),"
      " quote_ident(current_database())");
  if (tries && !temporary.boolean(0, 0))
    throw Error(errors::missing_right,
                fmt::format("role '{}' may not make temporary tables in the target, where replaced "
                            "rows are tried",
                            role),
                printable(fmt::format("GRANT TEMPORARY ON DATABASE {} TO {}", temporary.text(0, 1),
                                      postgres::quote_identifier(role))));
}

std::string renaming_obstacle(postgres::Connection& target) {
  const std::string role = role_of(target);
  const postgres::Result rights = target.query(
      "SELECT r.rolsuper OR r.rolcreatedb, pg_catalog.pg_has_role(d.datdba, 'USAGE'),"
      " pg_catalog.pg_get_userbyid(d.datdba), r.rolsuper OR NOT EXISTS"
      "  (SELECT FROM pg_catalog.pg_db_role_setting WHERE setdatabase = d.oid)"
      " FROM pg_catalog.pg_database d, pg_catalog.pg_roles r"
      " WHERE d.datname = current_database() AND r.rolname = current_user");
  if (!rights.boolean(0, 0)) return fmt::format("role '{}' lacks CREATEDB", role);
  if (!rights.boolean(0, 1))
    return fmt::format("role '{}' does not own the database, role '{}' does", role,
                       printable(rights.text(0, 2)));
  if (!rights.boolean(0, 3)) return "the target has settings that only a superuser can copy";
  // All that the copy holds is kept from changes meanwhile, and compared at the end.
  const postgres::Result others = target.query(
      "SELECT quote_ident(n.nspname) || '.' || quote_ident(c.relname) FROM pg_catalog.pg_class c"
      " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind IN ('r', 'p')"
      " AND c.relpersistence <> 't' AND n.nspname NOT IN"
      "  ('pg_catalog', 'information_schema', 'pg_toast')"
      " AND NOT (pg_catalog.has_schema_privilege(n.oid, 'USAGE')"
      "  AND pg_catalog.has_table_privilege(c.oid, 'SELECT')"
      "  AND pg_catalog.has_table_privilege(c.oid, 'UPDATE, DELETE, TRUNCATE')"
      "  AND (n.nspname <> 'confiture' OR c.relname NOT IN ('audit', 'audit_head')"
      "   OR pg_catalog.pg_has_role(c.relowner, 'USAGE'))) ORDER BY n.nspname, c.relname");
  if (others.row_count() == 0) return {};
  return fmt::format("role '{}' may not read and lock table {}", role,
                     printable(join_words(column_of(others, 0))));
}

}  // namespace host::sync
