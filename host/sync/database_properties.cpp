// SPDX-License-Identifier: MIT
#include "host/sync/database_properties.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "host/postgres/quote.hpp"

namespace host::sync {
namespace {

using postgres::quote_identifier;
using postgres::quote_literal;

// Lists of names: what is stored is not what SET reads, which takes a text for one name.
bool is_name_list(const std::string& setting) {
  constexpr std::array<std::string_view, 6> lists{
      "local_preload_libraries",  "search_path",      "session_preload_libraries",
      "shared_preload_libraries", "temp_tablespaces", "unix_socket_directories"};
  return std::find(lists.begin(), lists.end(), setting) != lists.end();
}

std::string role(const std::string& name) {
  return name.empty() ? "PUBLIC" : quote_identifier(name);
}

}  // namespace

void copy_settings(postgres::Connection& connection, const std::string& from,
                   const std::string& to) {
  const std::vector<postgres::Parameter> database{from};
  const postgres::Result settings = connection.query(
      "SELECT r.rolname, split_part(c, '=', 1), substr(c, strpos(c, '=') + 1)"
      " FROM pg_catalog.pg_db_role_setting s JOIN pg_catalog.pg_database d ON d.oid = s.setdatabase"
      " LEFT JOIN pg_catalog.pg_roles r ON r.oid = s.setrole, unnest(s.setconfig) c"
      " WHERE d.datname = $1 ORDER BY 1, 2",
      database);
  for (std::size_t row = 0; row < settings.row_count(); ++row) {
    const std::string name = settings.text(row, 1), value = settings.text(row, 2);
    const std::string whose =
        settings.value(row, 0)
            ? fmt::format("ROLE {} IN DATABASE {}", quote_identifier(settings.text(row, 0)),
                          quote_identifier(to))
            : fmt::format("DATABASE {}", quote_identifier(to));
    if (is_name_list(name)) {
      connection.execute(fmt::format(
          "BEGIN; SELECT pg_catalog.set_config({}, {}, true); ALTER {} SET {} FROM CURRENT; COMMIT",
          quote_literal(name), quote_literal(value), whose, quote_identifier(name)));
    } else {
      std::string quoted = quote_identifier(name);
      if (const std::size_t dot = name.find('.'); dot != std::string::npos)
        quoted =
            quote_identifier(name.substr(0, dot)) + "." + quote_identifier(name.substr(dot + 1));
      connection.execute(fmt::format("ALTER {} SET {} TO {}", whose, quoted, quote_literal(value)));
    }
  }
}

void copy_access(postgres::Connection& connection, const std::string& from, const std::string& to) {
  const std::vector<postgres::Parameter> database{from};
  const std::string name = quote_identifier(to);
  const postgres::Result own = connection.query(
      "SELECT pg_catalog.pg_get_userbyid(datdba), datconnlimit,"
      " pg_catalog.shobj_description(oid, 'pg_database') FROM pg_catalog.pg_database"
      " WHERE datname = $1",
      database);
  const postgres::Result rights = connection.query(
      "SELECT r.rolname, a.privilege_type, a.is_grantable FROM pg_catalog.pg_database d,"
      " pg_catalog.aclexplode(coalesce(d.datacl, pg_catalog.acldefault('d', d.datdba))) a"
      " LEFT JOIN pg_catalog.pg_roles r ON r.oid = a.grantee"
      " WHERE d.datname = $1 ORDER BY a.grantee <> d.datdba, 1, 2",
      database);
  connection.execute(fmt::format("REVOKE ALL ON DATABASE {} FROM PUBLIC, {}", name,
                                 quote_identifier(own.text(0, 0))));
  for (std::size_t row = 0; row < rights.row_count(); ++row)
    connection.execute(fmt::format("GRANT {} ON DATABASE {} TO {}{}", rights.text(row, 1), name,
                                   role(rights.text(row, 0)),
                                   rights.boolean(row, 2) ? " WITH GRANT OPTION" : ""));
  connection.execute(fmt::format("ALTER DATABASE {} CONNECTION LIMIT {}", name, own.text(0, 1)));
  connection.execute(
      fmt::format("COMMENT ON DATABASE {} IS {}", name,
                  own.value(0, 2) ? quote_literal(own.text(0, 2)) : std::string("NULL")));
}

}  // namespace host::sync
