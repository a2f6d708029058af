// SPDX-License-Identifier: MIT
#include "host/extensions/services.hpp"

#include <array>

namespace host::extensions {

std::span<const Service> services() {
  static const std::array<Service, 12> all{{
      {CONFITURE_SERVICE_CONFIG, &config_service, Grant::none},
      {CONFITURE_SERVICE_SCHEMA, &schema_service, Grant::none},
      {CONFITURE_SERVICE_DB, &db_service, Grant::db},
      {CONFITURE_SERVICE_SECRET, &secret_service, Grant::secret},
      {CONFITURE_SERVICE_CACHE, &cache_service, Grant::none},
      {CONFITURE_SERVICE_METADATA, &metadata_service, Grant::none},
      {CONFITURE_SERVICE_METADATA_V2, &metadata_service_v2, Grant::none},
      {CONFITURE_SERVICE_PROGRESS, &progress_service, Grant::none},
      {CONFITURE_SERVICE_LINT, &lint_service, Grant::none},
      {CONFITURE_SERVICE_RISK, &risk_service, Grant::none},
      {CONFITURE_SERVICE_LINTER, &linter_service, Grant::none},
      {CONFITURE_SERVICE_TREE, &tree_service, Grant::none},
  }};
  return all;
}

const Service* find_service(std::string_view id) {
  for (const Service& service : services())
    if (service.id == id) return &service;
  return nullptr;
}

bool is_granted(const Plugin& plugin, const Service& service) {
  switch (service.grant) {
    case Grant::db:
      return plugin.grants_db;
    case Grant::secret:
      return plugin.grants_secret;
    case Grant::none:
      break;
  }
  return true;
}

std::string_view to_string(Grant grant) {
  switch (grant) {
    case Grant::db:
      return "db";
    case Grant::secret:
      return "secret";
    case Grant::none:
      break;
  }
  return "";
}

}  // namespace host::extensions
