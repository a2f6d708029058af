// SPDX-License-Identifier: MIT
#include "plugins/maintenance/relations.hpp"

namespace maintenance {

Relation find_relation(const std::string& name, confiture::Context& context) {
  const confiture::Result found = context.query(
      "SELECT pg_catalog.format('%I.%I', n.nspname, c.relname), c.relkind "
      "FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace "
      "WHERE c.oid = pg_catalog.to_regclass($1)",
      {name});
  if (found.empty())
    throw confiture::Error("there is no table or view '" + name + "'",
                           "write it as SQL does, with its schema where that is not searched");
  return {std::string(found.at(0, 0).value_or("")), found.at(0, 1).value_or("?").front()};
}

std::vector<std::string> touched_relations(confiture::Context& context) {
  const confiture::Result found = context.query(
      "SELECT DISTINCT pg_catalog.format('%I.%I', n.nspname, c.relname) "
      "FROM pg_catalog.pg_locks l "
      "JOIN pg_catalog.pg_class c ON c.oid = l.relation "
      "JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace "
      "WHERE l.locktype = 'relation' AND l.granted AND l.pid = pg_catalog.pg_backend_pid() "
      "AND l.mode NOT IN ('AccessShareLock', 'RowShareLock') "
      "AND c.relkind IN ('r', 'p', 'm') AND c.relpersistence <> 't' "
      "AND n.nspname NOT IN ('pg_catalog', 'information_schema') ORDER BY 1");
  std::vector<std::string> names;
  for (std::size_t row = 0; row < found.size(); ++row)
    names.emplace_back(found.at(row, 0).value_or(""));
  return names;
}

}  // namespace maintenance
