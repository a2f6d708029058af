// SPDX-License-Identifier: MIT
#include "host/sql/live_schema.hpp"

#include <fmt/format.h>

#include <unordered_map>
#include <utility>

#include "host/postgres/user_objects.hpp"
#include "host/sql/live_queries.hpp"

namespace host::sql {

std::vector<Source> read_live_schema(postgres::Connection& connection) {
  // Names in the catalog's functions come out qualified.
  connection.execute("SET LOCAL search_path = pg_catalog");
  std::vector<std::pair<std::string, std::string>> objects;  // name and DDL, in order
  std::unordered_map<std::string, std::size_t> places;
  for (const std::string_view query : live_queries()) {
    const postgres::Result rows =
        connection.query(fmt::format("{}{}", live_objects(), query),
                         std::vector<postgres::Parameter>{std::string(postgres::own_schema)});
    for (std::size_t row = 0; row < rows.row_count(); ++row) {
      const std::string name = rows.text(row, 0);
      const auto [place, made] = places.emplace(name, objects.size());
      if (made) objects.emplace_back(name, std::string());
      objects[place->second].second += rows.text(row, 1) + ";\n";
    }
  }
  connection.execute("SET LOCAL search_path TO DEFAULT");
  std::vector<Source> sources;
  for (auto& [name, ddl] : objects) sources.emplace_back("database: " + name, std::move(ddl));
  return sources;
}

}  // namespace host::sql
