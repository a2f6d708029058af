// SPDX-License-Identifier: MIT
// The services that the host offers to plugins, by their revisioned ids, and which grant each
// needs.
#pragma once

#include <confiture/abi.h>

#include <span>
#include <string_view>

#include "host/extensions/extension.hpp"

namespace host::extensions {

enum class Grant { none, db, secret };

struct Service {
  const char* id;     // "confiture.db/1"
  const void* table;  // confiture_db_v1
  Grant grant;
};

std::span<const Service> services();
const Service* find_service(std::string_view id);
bool is_granted(const Plugin& plugin, const Service& service);
std::string_view to_string(Grant grant);  // "db", as `allow:` spells it

// The tables, one file each.
extern const confiture_config_v1 config_service;
extern const confiture_schema_v1 schema_service;
extern const confiture_db_v1 db_service;
extern const confiture_secret_v1 secret_service;
extern const confiture_cache_v1 cache_service;
extern const confiture_metadata_v1 metadata_service;
extern const confiture_metadata_v2 metadata_service_v2;
extern const confiture_progress_v1 progress_service;
extern const confiture_lint_v1 lint_service;
extern const confiture_risk_v1 risk_service;
extern const confiture_linter_v1 linter_service;
extern const confiture_tree_v1 tree_service;

}  // namespace host::extensions
