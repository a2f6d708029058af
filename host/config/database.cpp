// SPDX-License-Identifier: MIT
#include "host/config/database.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "host/config/errors.hpp"
#include "host/config/reader.hpp"
#include "host/config/secrets.hpp"
#include "host/config/sections.hpp"
#include "host/foundation/text.hpp"

namespace host::config {
namespace {

// libpq's keywords up to PostgreSQL 17, as its documentation lists them, but those that the host
// sets itself (client_encoding, fallback_application_name, replication). This floor does not link
// libpq; one that the installed libpq does not know is refused when it connects.
const std::vector<std::string> keywords{
    "application_name",
    "channel_binding",
    "connect_timeout",
    "dbname",
    "gssdelegation",
    "gssencmode",
    "gsslib",
    "host",
    "hostaddr",
    "keepalives",
    "keepalives_count",
    "keepalives_idle",
    "keepalives_interval",
    "krbsrvname",
    "load_balance_hosts",
    "options",
    "passfile",
    "password",
    "port",
    "require_auth",
    "requirepeer",
    "ssl_max_protocol_version",
    "ssl_min_protocol_version",
    "sslcert",
    "sslcertmode",
    "sslcompression",
    "sslcrl",
    "sslcrldir",
    "sslkey",
    "sslmode",
    "sslnegotiation",
    "sslpassword",
    "sslrootcert",
    "sslsni",
    "target_session_attrs",
    "tcp_user_timeout",
    "user",
};

bool is_password(std::string_view keyword) {
  return keyword == "password" || keyword == "sslpassword";
}

std::string read_parameter(const std::string& keyword, const Value& value,
                           const std::filesystem::path& folder) {
  const std::string what = fmt::format("'{}' of database", keyword);
  if (value.kind == Value::Kind::map || is_password(keyword))
    return std::string(read_secret(read_secret_source(value, what, folder)).reveal());
  return as_text(value, what);
}

// The keys that stand alone, one of which decides the kind.
const std::vector<std::string> whole_forms{"url", "env", "service"};

void read_parameters(const Value& map, const std::filesystem::path& folder, Database& database) {
  std::vector<std::string> known = keywords;
  known.insert(known.end(), whole_forms.begin(), whole_forms.end());
  database.kind = Database::Kind::parameters;
  for (const auto& [keyword, value] : map.entries) {
    if (std::find(keywords.begin(), keywords.end(), keyword.text) == keywords.end())
      throw Error(errors::unknown_key,
                  fmt::format("unknown key '{}' in database", printable(keyword.text)),
                  nearest_name(keyword.text, known)
                      ? suggest_name(keyword.text, known)
                      : "known: url, env, service, and libpq's keywords (host, port, dbname, "
                        "user, password, sslmode, ...)",
                  keyword.place);
    database.parameters[keyword.text] = read_parameter(keyword.text, value, folder);
  }
}

}  // namespace

Database database_of_url(const std::string& url, const std::string& what, const Place& place) {
  if (!url.starts_with("postgresql://") && !url.starts_with("postgres://") &&
      url.find('=') == url.npos)
    throw Error(errors::wrong_type, fmt::format("{} is not the address of a database", what),
                "write postgresql://USER@HOST:PORT/DATABASE", place);
  Database database;
  database.kind = Database::Kind::url;
  database.url = url;
  database.place = place;
  return database;
}

Database read_database(const Value& value, const std::filesystem::path& folder) {
  Database database;
  database.place = value.place;
  if (value.kind == Value::Kind::scalar && value.text == "embedded") return database;
  if (value.kind != Value::Kind::map || value.entries.empty())
    throw Error(errors::wrong_type,
                "'database' must be embedded, { url: ... }, { env: NAME }, { service: NAME } or "
                "{ host: ..., dbname: ... }",
                {}, value.place);
  for (const std::string& form : whole_forms)
    if (value.find(form) != nullptr && value.entries.size() > 1)
      throw Error(errors::wrong_type,
                  fmt::format("'{}' of database stands alone, without other keys", form), {},
                  value.place);
  if (const Value* url = value.find("url"))
    return database_of_url(as_text(*url, "'url' of database"), "'url' of database", url->place);
  if (const Value* variable = value.find("env")) {
    const std::string name = as_text(*variable, "'env' of database");
    const Secret url = read_secret({SecretSource::Kind::environment, name, variable->place});
    return database_of_url(std::string(url.reveal()),
                           fmt::format("the environment variable '{}'", name), variable->place);
  }
  if (const Value* service = value.find("service")) {
    database.kind = Database::Kind::service;
    database.service = as_text(*service, "'service' of database");
    return database;
  }
  read_parameters(value, folder, database);
  return database;
}

}  // namespace host::config
