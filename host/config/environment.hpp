// SPDX-License-Identifier: MIT
// db/environments/NAME.yaml: one database, how to reach it, and how careful to be with it.
#pragma once

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "host/config/layout.hpp"
#include "host/config/project.hpp"

namespace host::config {

// How a database is reached. Exactly one kind.
struct Database {
  enum class Kind { embedded, url, service, parameters };
  Kind kind = Kind::embedded;
  std::string url;      // kind url: resolved, may hold a password: never printed
  std::string service;  // kind service: a section of pg_service.conf
  std::map<std::string, std::string> parameters;  // kind parameters: libpq keywords, resolved
  Place place;
};

struct Environment {
  std::string name;
  std::filesystem::path file;  // empty for one made of --database-url alone
  Database database;
  bool protected_ = false;  // destructive commands ask, and refuse where they cannot
  std::chrono::milliseconds lock_timeout{2'000};
  std::chrono::milliseconds lock_retry{30'000};    // how long a migration tries again; 0: not
  std::chrono::milliseconds statement_timeout{0};  // 0: none
  // How old another's transaction is before a migration that may wait for it says so; 0: never.
  std::chrono::milliseconds old_transaction{60'000};
  std::vector<std::string> schema_include{"**/*.sql"};
  std::vector<std::string> schema_exclude;
  std::map<std::string, std::string> variables;
  std::optional<Layout> layout;  // of the migrations; nothing: their names and contents show it
};

// Reads db/environments/NAME.yaml. An unknown name is config.unknown_environment with the nearest
// one; { env: X } where X is not set is config.variable_unset. With `database_url` (--database-url)
// the database is that one, and the file may be missing.
Environment load_environment(const Project& project, const std::string& name,
                             const std::optional<std::string>& database_url = {});

// The names of the files in db/environments, sorted.
std::vector<std::string> environment_names(const Project& project);

}  // namespace host::config
