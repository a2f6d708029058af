// SPDX-License-Identifier: MIT
#include "host/migrations/old_transactions.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <boost/json.hpp>

#include "host/migrations/probe_index.hpp"
#include "host/sql/tree.hpp"

namespace host::migrations {
namespace {

namespace tree = sql::tree;

// Statements that change what they name, rather than rows.
constexpr std::array<std::string_view, 14> changing{"AlterTableStmt",   "AlterObjectSchemaStmt",
                                                    "AlterPolicyStmt",  "ClusterStmt",
                                                    "CreatePolicyStmt", "CreateStmt",
                                                    "CreateTrigStmt",   "IndexStmt",
                                                    "LockStmt",         "RefreshMatViewStmt",
                                                    "ReindexStmt",      "RenameStmt",
                                                    "RuleStmt",         "TruncateStmt"};

void add_relations(const tree::Value& node, std::vector<std::string>& found) {
  if (const auto* list = node.if_array()) {
    for (const tree::Value& each : *list) add_relations(each, found);
  } else if (const auto* fields = node.if_object()) {
    if (!tree::text(*fields, "relname").empty()) found.push_back(relation_name(*fields));
    for (const auto& field : *fields) add_relations(field.value(), found);
  }
}

// DROP names what goes by lists of words; of a trigger and its kin the table comes before the name.
void add_dropped(const tree::Object& drop, std::vector<std::string>& found) {
  const std::string_view kind = tree::text(drop, "removeType");
  const auto is_one_of = [&](std::initializer_list<std::string_view> kinds) {
    return std::find(kinds.begin(), kinds.end(), kind) != kinds.end();
  };
  const bool of_table = is_one_of({"OBJECT_TRIGGER", "OBJECT_POLICY", "OBJECT_RULE"});
  if (!of_table && !is_one_of({"OBJECT_TABLE", "OBJECT_VIEW", "OBJECT_MATVIEW", "OBJECT_INDEX",
                               "OBJECT_SEQUENCE", "OBJECT_FOREIGN_TABLE"}))
    return;
  for (const tree::Value& object : tree::array(drop, "objects")) {
    const auto& words = tree::array(tree::body(object, "List"), "items");
    const std::size_t size = words.size() - (of_table && !words.empty() ? 1 : 0);
    if (size == 0) continue;
    const std::string_view schema = size > 1 ? tree::string_value(words[size - 2]) : "";
    found.push_back(qualified(schema, tree::string_value(words[size - 1])));
  }
}

}  // namespace

std::vector<std::string> locked_relations(const sql::Statement& statement) {
  std::vector<std::string> found;
  if (statement.tree == nullptr) return found;
  const std::string_view type = tree::type(*statement.tree);
  if (type == "DropStmt") {
    add_dropped(tree::body(*statement.tree), found);
  } else if (std::find(changing.begin(), changing.end(), type) != changing.end()) {
    for (const auto& field : tree::body(*statement.tree))
      // What CREATE TABLE makes is nobody's yet.
      if (type != "CreateStmt" || field.key() != "relation") add_relations(field.value(), found);
  }
  return found;
}

void show_old_transactions(const Execution& run, const Step& step) {
  const auto age = run.environment.old_transaction;
  if (age.count() == 0 || !run.message) return;
  boost::json::array names;
  for (const sql::Statement& statement : step.script.statements())
    for (const std::string& name : locked_relations(statement)) names.emplace_back(name);
  if (names.empty()) return;
  const std::vector<postgres::Parameter> parameters{boost::json::serialize(names),
                                                    fmt::format("{} ms", age.count()),
                                                    std::to_string(run.connection.backend_pid())};
  // An autovacuum gives way, but for one that prevents wraparound. An index is locked with its
  // table.
  const postgres::Result rows = run.side.query(
      fmt::format(
          "WITH named AS (SELECT pg_catalog.to_regclass(name) AS oid "
          "FROM pg_catalog.json_array_elements_text($1::json) AS name), "
          "wanted AS (SELECT oid FROM named UNION SELECT i.indrelid FROM named n "
          "JOIN pg_catalog.pg_index i ON i.indexrelid = n.oid) "
          "SELECT a.pid, {}, pg_catalog.string_agg(DISTINCT l.relation::regclass::text, ', ') "
          "FROM pg_catalog.pg_locks l JOIN wanted w ON w.oid = l.relation "
          "JOIN pg_catalog.pg_stat_activity a ON a.pid = l.pid "
          "WHERE l.locktype = 'relation' AND l.granted AND l.database = "
          "(SELECT oid FROM pg_catalog.pg_database WHERE datname = "
          "pg_catalog.current_database()) AND l.pid <> $3::int "
          "AND a.xact_start < pg_catalog.clock_timestamp() - $2::interval "
          "AND (a.backend_type <> 'autovacuum worker' "
          "OR a.query LIKE '%(to prevent wraparound)%') "
          "GROUP BY 1, 2, 3, 4, 5, 6, 7 ORDER BY 1",
          session_columns),
      parameters);
  for (std::size_t row = 0; row < rows.row_count(); ++row)
    run.message(
        fmt::format("migration '{}' may have to wait for an old transaction, which has a "
                    "lock on {}: {}",
                    step.migration->key(), rows.text(row, 7), describe_session(rows, row)));
}

}  // namespace host::migrations
