// SPDX-License-Identifier: MIT
#include "host/migrations/probe_index.hpp"

#include <fmt/format.h>

#include "host/postgres/quote.hpp"

namespace host::migrations {
namespace {

namespace tree = sql::tree;
using postgres::Parameter;
using postgres::Result;
using State = Finding::State;

// Whether another session is building the index `c`: it is invalid until that is at its end.
constexpr std::string_view being_built =
    "EXISTS (SELECT FROM pg_catalog.pg_stat_progress_create_index p "
    "WHERE p.index_relid = c.oid AND p.pid <> pg_catalog.pg_backend_pid())";

// `where` speaks of i, c and n and has one parameter.
std::vector<std::string> indexes(postgres::Connection& connection, std::string_view where,
                                 const std::string& parameter) {
  const Parameter given = parameter;
  const Result rows = connection.query(
      fmt::format("SELECT n.nspname, c.relname FROM pg_catalog.pg_index i "
                  "JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid "
                  "JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE {} ORDER BY 1, 2",
                  where),
      {&given, 1});
  std::vector<std::string> names;
  for (std::size_t row = 0; row < rows.row_count(); ++row)
    names.push_back(qualified(rows.text(row, 0), rows.text(row, 1)));
  return names;
}

// Those that nobody is building.
std::vector<std::string> invalid_indexes(postgres::Connection& connection, std::string_view where,
                                         const std::string& parameter) {
  return indexes(
      connection,
      fmt::format("NOT i.indisvalid AND c.relkind = 'i' AND NOT {} AND {}", being_built, where),
      parameter);
}

}  // namespace

std::string qualified(std::string_view schema, std::string_view name) {
  return schema.empty()
             ? postgres::quote_identifier(name)
             : postgres::quote_identifier(schema) + "." + postgres::quote_identifier(name);
}

std::string relation_name(const tree::Object& relation) {
  return qualified(tree::text(relation, "schemaname"), tree::text(relation, "relname"));
}

Finding probe_create_index(const tree::Object& index, postgres::Connection& connection) {
  const std::string name(tree::text(index, "idxname"));
  const std::string table = relation_name(tree::object(index, "relation"));
  // The server chose the name: a valid index cannot be told from another on the same columns.
  if (name.empty()) {
    constexpr std::string_view on_table = "i.indrelid = pg_catalog.to_regclass($1)";
    return {State::unknown,
            {},
            {},
            invalid_indexes(connection, on_table, table),
            indexes(connection, fmt::format("i.indisvalid AND {}", on_table), table)};
  }
  const std::vector<Parameter> parameters{table, name};
  const Result rows = connection.query(
      fmt::format("SELECT i.indisvalid, n.nspname, {} FROM pg_catalog.pg_index i "
                  "JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid "
                  "JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace "
                  "WHERE i.indrelid = pg_catalog.to_regclass($1) AND c.relname = $2",
                  being_built),
      parameters);
  if (rows.row_count() == 0)
    return {State::not_done, fmt::format("index '{}' is not there", name), {}, {}};
  if (rows.boolean(0, 0))
    return {State::done, fmt::format("index '{}' is there and valid", name), {}, {}};
  if (rows.boolean(0, 2))
    return {
        State::unknown, fmt::format("index '{}' is being built by another session", name), {}, {}};
  return {State::not_done,
          fmt::format("index '{}' is invalid", name),
          {},
          {qualified(rows.text(0, 1), name)}};
}

Finding probe_drop_index(const tree::Object& drop, postgres::Connection& connection) {
  const tree::Array& objects = tree::array(drop, "objects");
  if (objects.size() != 1) return {};
  std::string name;
  for (const tree::Value& part : tree::array(tree::body(objects[0], "List"), "items"))
    name += (name.empty() ? "" : ".") + postgres::quote_identifier(tree::string_value(part));
  const Parameter parameter = name;
  const bool there =
      connection.query("SELECT pg_catalog.to_regclass($1) IS NOT NULL", {&parameter, 1})
          .boolean(0, 0);
  return {there ? State::not_done : State::done,
          fmt::format("index {} is {}", name, there ? "still there" : "gone"),
          {},
          {}};
}

Finding probe_reindex(const tree::Object& reindex, postgres::Connection& connection) {
  Finding finding{State::not_done, "it can be run again", {}, {}};
  const std::string_view kind = tree::text(reindex, "kind");
  std::string scope, target;
  if (kind == "REINDEX_OBJECT_SCHEMA") {
    scope = "n.nspname = $1";
    target = tree::text(reindex, "name");
  } else if (kind == "REINDEX_OBJECT_INDEX" || kind == "REINDEX_OBJECT_TABLE") {
    target = relation_name(tree::object(reindex, "relation"));
    const std::string_view table = kind == "REINDEX_OBJECT_TABLE"
                                       ? "SELECT pg_catalog.to_regclass($1)::oid"
                                       : "SELECT x.indrelid FROM pg_catalog.pg_index x "
                                         "WHERE x.indexrelid = pg_catalog.to_regclass($1)";
    // With the partitions of a partitioned table.
    scope = fmt::format(
        "i.indrelid IN (WITH t(oid) AS ({}) SELECT oid FROM t UNION ALL "
        "SELECT relid FROM t, pg_catalog.pg_partition_tree(t.oid))",
        table);
  } else {
    scope = "$1::text IS NOT NULL";
  }
  finding.leftovers = invalid_indexes(
      connection, "c.relname ~ '_cc(new|old)[0-9]*$' AND n.nspname <> 'pg_toast' AND " + scope,
      target);
  return finding;
}

}  // namespace host::migrations
