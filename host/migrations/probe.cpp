// SPDX-License-Identifier: MIT
#include "host/migrations/probe.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "host/migrations/probe_index.hpp"

namespace host::migrations {
namespace {

namespace tree = sql::tree;
using postgres::Parameter;
using State = Finding::State;

Finding again() {
  return {State::not_done, "it can be run again", {}, {}};
}

const tree::Object* detached_partition(const tree::Object& alter) {
  for (const tree::Value& command : tree::array(alter, "cmds")) {
    const tree::Value* definition = tree::find(tree::body(command), "def");
    if (definition == nullptr) continue;
    const tree::Object& partition = tree::body(*definition, "PartitionCmd");
    if (tree::truth(partition, "concurrent")) return &tree::object(partition, "name");
  }
  return nullptr;
}

Finding probe_detach(const tree::Object& alter, postgres::Connection& connection) {
  const tree::Object* partition = detached_partition(alter);
  if (partition == nullptr) return {};
  const std::string parent = relation_name(tree::object(alter, "relation"));
  const std::string child = relation_name(*partition);
  const std::vector<Parameter> parameters{child, parent};
  const postgres::Result rows = connection.query(
      "SELECT coalesce((pg_catalog.to_jsonb(i) ->> 'inhdetachpending')::pg_catalog.bool, false) "
      "FROM pg_catalog.pg_inherits i "  // the column is there from 14 on
      "WHERE inhrelid = pg_catalog.to_regclass($1) AND inhparent = pg_catalog.to_regclass($2)",
      parameters);
  if (rows.row_count() == 0)
    return {State::done, fmt::format("{} is no partition of {}", child, parent), {}, {}};
  if (!rows.boolean(0, 0))
    return {State::not_done, fmt::format("{} is a partition of {}", child, parent), {}, {}};
  return {State::half_done,
          fmt::format("{} is half detached from {}", child, parent),
          fmt::format("ALTER TABLE {} DETACH PARTITION {} FINALIZE", parent, child),
          {}};
}

// What is there as a whole or not at all.
struct Kind {
  std::string_view node, name_field, noun, query;
  bool creates;
};
constexpr std::string_view find_database =
    "SELECT EXISTS (SELECT FROM pg_catalog.pg_database WHERE datname = $1)";
constexpr std::string_view find_tablespace =
    "SELECT EXISTS (SELECT FROM pg_catalog.pg_tablespace WHERE spcname = $1)";
constexpr std::array<Kind, 4> kinds{
    {{"CreatedbStmt", "dbname", "database", find_database, true},
     {"DropdbStmt", "dbname", "database", find_database, false},
     {"CreateTableSpaceStmt", "tablespacename", "tablespace", find_tablespace, true},
     {"DropTableSpaceStmt", "tablespacename", "tablespace", find_tablespace, false}}};

Finding probe_object(const Kind& kind, const tree::Object& node, postgres::Connection& connection) {
  const Parameter name = std::string(tree::text(node, kind.name_field));
  const bool there = connection.query(kind.query, {&name, 1}).boolean(0, 0);
  return {there == kind.creates ? State::done : State::not_done,
          fmt::format("{} '{}' is {}", kind.noun, *name, there ? "there" : "not there"),
          {},
          {}};
}

// Where a new one is not there, its replication slot may still have been left at the publisher.
// One that is still there is dropped again: it goes with its slot or not at all.
Finding probe_subscription(const tree::Object& node, bool creates,
                           postgres::Connection& connection) {
  const Parameter name = std::string(tree::text(node, "subname"));
  const bool there =
      connection
          .query(
              "SELECT EXISTS (SELECT FROM pg_catalog.pg_subscription s WHERE s.subname = $1 AND "
              "s.subdbid = (SELECT oid FROM pg_catalog.pg_database "
              "WHERE datname = pg_catalog.current_database()))",
              {&name, 1})
          .boolean(0, 0);
  const State not_done = creates ? State::unknown : State::not_done;
  return {there == creates ? State::done : not_done,
          fmt::format("subscription '{}' is {}", *name, there ? "there" : "not there"),
          {},
          {}};
}

}  // namespace

std::string_view to_string(State state) {
  switch (state) {
    case State::done:
      return "done";
    case State::half_done:
      return "half done";
    case State::not_done:
      return "not done";
    case State::unknown:
      break;
  }
  return "unknown";
}

Finding probe(const sql::Statement& statement, postgres::Connection& connection) {
  if (statement.tree == nullptr) return {};
  const std::string_view type = tree::type(*statement.tree);
  const tree::Object& node = tree::body(*statement.tree);
  if (type == "IndexStmt") return probe_create_index(node, connection);
  if (type == "DropStmt" && tree::truth(node, "concurrent"))
    return probe_drop_index(node, connection);
  if (type == "ReindexStmt") return probe_reindex(node, connection);
  if (type == "AlterTableStmt") return probe_detach(node, connection);
  if (type == "CreateSubscriptionStmt") return probe_subscription(node, true, connection);
  if (type == "DropSubscriptionStmt") return probe_subscription(node, false, connection);
  for (const Kind& kind : kinds)
    if (type == kind.node) return probe_object(kind, node, connection);
  for (const std::string_view harmless :
       {"VacuumStmt", "ClusterStmt", "AlterSystemStmt", "AlterDatabaseStmt",
        "AlterSubscriptionStmt", "DiscardStmt"})
    if (type == harmless) return again();
  return {};
}

bool may_hide_invalid_index(const sql::Statement& statement) {
  if (statement.tree == nullptr) return false;
  const tree::Object& index = tree::body(*statement.tree, "IndexStmt");
  return tree::truth(index, "if_not_exists") && !tree::text(index, "idxname").empty();
}

}  // namespace host::migrations
