// SPDX-License-Identifier: MIT
#include "plugins/backup/touched.hpp"

#include <set>
#include <utility>

namespace backup {
namespace {

// Every table of a statement's parse tree: what has a relname, and the names of a DROP TABLE. The
// server reads the JSON, finds the tables, and leaves out what is not there yet.
constexpr const char* tables_of_tree = R"(
WITH named AS (
  SELECT node->>'schemaname' AS schema, node->>'relname' AS name
  FROM pg_catalog.jsonb_path_query($1::pg_catalog.jsonb, '$.** ? (exists(@.relname))') AS r (node)
  UNION
  SELECT items->-2->'String'->>'sval', items->-1->'String'->>'sval'
  FROM pg_catalog.jsonb_path_query($1::pg_catalog.jsonb,
    '$.**.DropStmt ? (@.removeType == "OBJECT_TABLE").objects[*].List.items') AS d (items)
)
SELECT pg_catalog.to_regclass(pg_catalog.concat(
  CASE WHEN schema IS NOT NULL THEN pg_catalog.quote_ident(schema) || '.' END,
  pg_catalog.quote_ident(name)))::pg_catalog.oid
FROM named WHERE name IS NOT NULL)";

// Whether a statement may touch tables that it does not name.
constexpr const char* names_no_tables = R"(
SELECT pg_catalog.jsonb_path_exists($1::pg_catalog.jsonb, '$.** ? (exists(@.DoStmt)
  || exists(@.CallStmt) || exists(@.DropOwnedStmt)
  || (@.DropStmt.removeType != "OBJECT_TABLE" && @.DropStmt.behavior == "DROP_CASCADE"))'))";

constexpr const char* names_of_oids = R"(
WITH RECURSIVE found AS (
  SELECT pg_catalog.unnest($1::pg_catalog.oid[]) AS oid
  UNION
  SELECT i.inhrelid FROM found JOIN pg_catalog.pg_inherits i ON i.inhparent = found.oid
)
SELECT pg_catalog.format('%I.%I', n.nspname, c.relname)
FROM found JOIN pg_catalog.pg_class c USING (oid)
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 'p') AND c.relpersistence <> 't'
AND n.nspname NOT IN ('pg_catalog', 'information_schema') ORDER BY 1)";

std::vector<std::string> names(const std::set<std::string>& oids, confiture::Context& context) {
  std::string list;
  for (const std::string& oid : oids) list += (list.empty() ? "" : ",") + oid;
  const confiture::Result found = context.query(names_of_oids, {"{" + list + "}"});
  std::vector<std::string> tables;
  for (std::size_t row = 0; row < found.size(); ++row)
    tables.emplace_back(found.at(row, 0).value_or(""));
  return tables;
}

[[noreturn]] void refuse(const confiture::Node& statement, const std::string& why) {
  const confiture_location place = statement.location();
  throw confiture::Error("which tables are touched is not known: the statement at " +
                             std::string(confiture::to_view(place.file)) + ":" +
                             std::to_string(place.line) + " " + why,
                         "save everything: with: { scope: all }");
}

void add_tables(const confiture::Node& migration, std::set<std::string>& oids,
                confiture::Context& context) {
  for (const confiture::Node statement : migration.statements()) {
    const std::string_view tree = statement.parse_tree_json();
    if (tree.empty()) refuse(statement, "has no parse tree");
    if (context.query(names_no_tables, {tree}).at(0, 0) == "t")
      refuse(statement, "(" + std::string(statement.statement_tag()) + ") does not name them");
    const confiture::Result found = context.query(tables_of_tree, {tree});
    for (std::size_t row = 0; row < found.size(); ++row)
      if (const auto oid = found.at(row, 0)) oids.emplace(*oid);
  }
}

}  // namespace

std::vector<std::string> touched_tables(const confiture::Event& event,
                                        confiture::Context& context) {
  std::set<std::string> oids;
  if (event.migration()) {
    add_tables(event.migration(), oids, context);
  } else {
    for (const confiture::Node migration : event.plan().children())
      add_tables(migration, oids, context);
  }
  return names(oids, context);
}

std::vector<std::string> listed_tables(const std::vector<std::string>& listed,
                                       confiture::Context& context) {
  std::set<std::string> oids;
  for (const std::string& each : listed) {
    const confiture::Result found =
        context.query("SELECT pg_catalog.to_regclass($1)::pg_catalog.oid", {each});
    const auto oid = found.at(0, 0);
    if (!oid) throw confiture::Error("there is no table '" + each + "'");
    oids.emplace(*oid);
  }
  return names(oids, context);
}

}  // namespace backup
