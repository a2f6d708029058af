// SPDX-License-Identifier: MIT
#include "host/migrations/probe.hpp"

#include <fmt/format.h>

#include <boost/json.hpp>
#include <vector>

#include "host/postgres/quote.hpp"

namespace host::migrations {
namespace {

namespace json = boost::json;
using postgres::Parameter;
using postgres::quote_identifier;

std::string text_of(const json::object& node, std::string_view key) {
  const json::value* value = node.if_contains(key);
  return value != nullptr && value->is_string() ? std::string(value->get_string()) : std::string();
}

bool truth_of(const json::object& node, std::string_view key) {
  const json::value* value = node.if_contains(key);
  return value != nullptr && value->is_bool() && value->get_bool();
}

// The node's fields where it is of that kind, {"IndexStmt": {...}}.
const json::object* node_of(const json::value& tree, std::string_view kind) {
  const json::value* fields = tree.is_object() ? tree.get_object().if_contains(kind) : nullptr;
  return fields != nullptr && fields->is_object() ? &fields->get_object() : nullptr;
}

std::string qualified(const std::string& schema, const std::string& name) {
  return schema.empty() ? quote_identifier(name)
                        : quote_identifier(schema) + "." + quote_identifier(name);
}

Finding probe_create_index(const json::object& index, postgres::Connection& connection) {
  const std::string name = text_of(index, "idxname");
  const json::value* relation = index.if_contains("relation");
  // The server chose the name: it cannot be told from another index on the same columns.
  if (name.empty() || relation == nullptr) return {};
  const json::object& table = relation->get_object();
  const std::vector<Parameter> parameters{
      qualified(text_of(table, "schemaname"), text_of(table, "relname")), name};
  const postgres::Result rows = connection.query(
      "SELECT i.indisvalid, n.nspname FROM pg_catalog.pg_index i "
      "JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid "
      "JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace "
      "WHERE i.indrelid = pg_catalog.to_regclass($1) AND c.relname = $2",
      parameters);
  if (rows.row_count() == 0)
    return {Finding::State::not_done, {}, fmt::format("index '{}' is not there", name)};
  if (rows.boolean(0, 0))
    return {Finding::State::done, {}, fmt::format("index '{}' is there and valid", name)};
  return {Finding::State::not_done,
          fmt::format("DROP INDEX CONCURRENTLY IF EXISTS {}", qualified(rows.text(0, 1), name)),
          fmt::format("index '{}' is invalid", name)};
}

Finding probe_drop_index(const json::object& drop, postgres::Connection& connection) {
  const json::value* objects = drop.if_contains("objects");
  if (objects == nullptr || objects->get_array().size() != 1) return {};
  const json::object* list = node_of(objects->get_array().front(), "List");
  if (list == nullptr) return {};
  std::string name;
  for (const json::value& item : list->at("items").get_array()) {
    const json::object* part = node_of(item, "String");
    if (part == nullptr) return {};
    // Named "str" up to PostgreSQL 14's trees, "sval" since.
    const std::string text = text_of(*part, part->contains("sval") ? "sval" : "str");
    name += (name.empty() ? "" : ".") + quote_identifier(text);
  }
  const Parameter parameter = name;
  const bool there =
      connection.query("SELECT pg_catalog.to_regclass($1) IS NOT NULL", {&parameter, 1})
          .boolean(0, 0);
  return {there ? Finding::State::not_done : Finding::State::done,
          {},
          fmt::format("index {} is {}", name, there ? "still there" : "gone")};
}

}  // namespace

Finding probe(const sql::Statement& statement, postgres::Connection& connection) {
  if (statement.tree == nullptr) return {};
  const json::value& tree = *statement.tree;
  if (const json::object* index = node_of(tree, "IndexStmt"))
    return probe_create_index(*index, connection);
  if (const json::object* drop = node_of(tree, "DropStmt"); drop && truth_of(*drop, "concurrent"))
    return probe_drop_index(*drop, connection);
  if (node_of(tree, "VacuumStmt") != nullptr)
    return {Finding::State::not_done, {}, "it can be run again"};
  return {};
}

}  // namespace host::migrations
