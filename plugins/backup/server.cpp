// SPDX-License-Identifier: MIT
#include "plugins/backup/server.hpp"

#include <string_view>

namespace backup {
namespace {

// As a value in libpq's "keyword=value" form.
std::string conninfo_value(std::string_view text) {
  std::string quoted = "'";
  for (const char c : text) {
    if (c == '\'' || c == '\\') quoted += '\\';
    quoted += c;
  }
  return quoted + "'";
}

// The first of the folders in which the server has its sockets; empty where the role may not know.
std::string socket_folder(confiture::Context& context) {
  const confiture::Result known = context.query(
      "SELECT pg_catalog.split_part(setting, ',', 1) FROM pg_catalog.pg_settings "
      "WHERE name = 'unix_socket_directories'");
  return known.empty() ? std::string() : std::string(known.at(0, 0).value_or(""));
}

}  // namespace

std::vector<std::string> connection_options(const Address& address, confiture::Context& context) {
  const confiture::Result here = context.query(
      "SELECT pg_catalog.current_database(), session_user, "
      "pg_catalog.host(pg_catalog.inet_server_addr()), "
      "coalesce(pg_catalog.inet_server_port(), "
      "pg_catalog.current_setting('port')::pg_catalog.int4)");
  std::string target = "dbname=" + conninfo_value(here.at(0, 0).value_or(""));
  if (!address.service.empty())
    return {"--dbname=service=" + conninfo_value(address.service) + " " + target, "--no-password"};
  std::string host = address.host;
  if (host.empty()) host = std::string(here.at(0, 2).value_or(""));
  if (host.empty()) host = socket_folder(context);
  if (!host.empty()) target += " host=" + conninfo_value(host);
  target += " port=" + conninfo_value(address.port != 0 ? std::to_string(address.port)
                                                        : here.at(0, 3).value_or(""));
  target += " user=" + conninfo_value(here.at(0, 1).value_or(""));
  return {"--dbname=" + target, "--no-password"};
}

}  // namespace backup
