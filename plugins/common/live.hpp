// SPDX-License-Identifier: MIT
// What rules share that ask a live database (`lint --live`): their scope, the query, and the way
// from the catalog's names to the nodes of the model.
#pragma once

#include <confiture/plugin.hpp>
#include <string_view>

namespace plugins {

// The host runs such a rule on a database alone, as a warning if it is off by default.
inline constexpr confiture::Scope live_scope = static_cast<confiture::Scope>(1u << 2);

// On the database that is judged, in a read-only transaction. Throws DatabaseError.
inline confiture::Result rows_of(const confiture::Report& report, std::string_view sql,
                                 const confiture::QueryParameters& parameters = {}) {
  const auto* db = report.service<confiture_db_v1>(CONFITURE_SERVICE_DB);
  if (db == nullptr) throw confiture::Error("the service confiture.db/1 is not there");
  const std::vector<confiture_str> values = parameters.values();
  const confiture_result* result = nullptr;
  const confiture_status status =
      db->query(report.handle(), confiture::to_str(sql), values.data(), values.size(), &result);
  if (status != CONFITURE_OK) throw confiture::DatabaseError(status);
  return {*db, result};
}

// The relation, or the database itself where the model does not have it.
inline confiture::Node relation_of(const confiture::Node& database, std::string_view schema,
                                   std::string_view name) {
  for (const confiture::NodeList& list :
       {database.tables(), database.views(), database.sequences()})
    for (const confiture::Node& node : list)
      if (node.name() == name && node.schema_name() == schema) return node;
  return database;
}

// A table's index or constraint of that name, or the table.
inline confiture::Node part_of(const confiture::Node& table, std::string_view name) {
  for (const confiture::NodeList& list : {table.indexes(), table.constraints()})
    for (const confiture::Node& node : list)
      if (node.name() == name) return node;
  return table;
}

}  // namespace plugins
