// SPDX-License-Identifier: MIT
#include "host/postgres/other_database.hpp"

#include <libpq-fe.h>

#include <memory>

#include "host/postgres/embedded_server.hpp"

namespace host::postgres {
namespace {

std::string conninfo_value(std::string_view text) {
  std::string quoted = "'";
  for (const char c : text) {
    if (c == '\'' || c == '\\') quoted += '\\';
    quoted += c;
  }
  return quoted + '\'';
}

// What is no connection string stays as it is, and is refused with a reason by who connects.
std::string replace_database(const std::string& conninfo, const std::string& name) {
  const std::unique_ptr<PQconninfoOption, decltype(&PQconninfoFree)> options(
      PQconninfoParse(conninfo.c_str(), nullptr), PQconninfoFree);
  if (options == nullptr) return conninfo;
  std::string replaced = "dbname=" + conninfo_value(name);
  for (const PQconninfoOption* each = options.get(); each->keyword != nullptr; ++each)
    if (each->val != nullptr && std::string_view(each->keyword) != "dbname")
      replaced += std::string(" ") + each->keyword + "=" + conninfo_value(each->val);
  return replaced;
}

}  // namespace

config::Environment with_database(const config::Environment& environment,
                                  const config::Project& project, const std::string& name) {
  using Kind = config::Database::Kind;
  config::Environment other = environment;
  config::Database& database = other.database;
  switch (database.kind) {
    case Kind::embedded:
      database.url =
          replace_database(EmbeddedServer(project.root).conninfo(environment.name), name);
      database.kind = Kind::url;
      break;
    case Kind::url:
      database.url = replace_database(database.url, name);
      break;
    case Kind::service:
      database.parameters = {{"service", database.service}, {"dbname", name}};
      database.kind = Kind::parameters;
      break;
    case Kind::parameters:
      database.parameters["dbname"] = name;
      break;
  }
  return other;
}

}  // namespace host::postgres
