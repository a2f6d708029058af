// SPDX-License-Identifier: MIT
// The section `linting` of db/confiture.yaml: what a team says of the rules, and rules of its own.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "host/config/value.hpp"

namespace host::config {

struct RuleSetting {
  std::string rule;  // naming.table_case
  bool off = false;
  std::optional<std::string> severity;  // info, warning, error, critical
  Value with;                           // the map without `severity`, or null
  Place place;
};

// What holds for the files that a pattern matches. Settings have no parameters.
struct PathRules {
  std::string pattern;             // "db/migrations/0*", as .gitignore files have them
  std::vector<RuleSetting> rules;  // ids or categories
  Place place;
};

// A rule written in YAML: objects of a kind that `where` matches must match `require`.
struct CustomRule {
  std::string id, category, severity, summary;
  std::string for_kind;  // "column"
  Value where, require;  // maps from a property to what it should be, or null
  std::string message, suggestion;
  Place place, kind_place, message_place, suggestion_place;
};

struct Linting {
  std::vector<RuleSetting> rules;
  std::vector<PathRules> paths;  // in the file's order; later ones win
  std::vector<CustomRule> custom;
  bool require_reason = false;  // of a suppression
  std::string baseline;         // a file of accepted findings below the project, or empty
};

}  // namespace host::config
