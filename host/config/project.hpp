// SPDX-License-Identifier: MIT
// db/confiture.yaml as plain structs: the plugins, hooks, anonymization, linting, risk and review
// that a team configured. Names of actions, strategies and rules are looked up later, by the floor that
// knows the registry; each keeps its place for that.
#pragma once

#include <chrono>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "host/config/anonymization.hpp"
#include "host/config/linting.hpp"
#include "host/config/review.hpp"
#include "host/config/risk.hpp"
#include "host/config/value.hpp"

namespace host::config {

struct PluginEntry {
  std::filesystem::path path;  // absolute; empty: `id` is looked for in the plugin folders
  std::string id;              // "acme"; empty where the entry names a path
  std::optional<std::string> sha256;
  std::vector<std::string> allow;  // db, secret
  Place place;
};

enum class OnError { abort, warn, ignore };

// What has to hold beside the phase, the environment and the migration's name: all that is given.
struct HookCondition {
  std::string direction;                // "up" or "down"; empty: both
  std::string risk;                     // the migration's, at least: "high"; empty: any
  std::vector<std::string> statements;  // one of its command tags, globs: "DROP *"; empty: any
};

struct HookBinding {
  std::string phase;                      // post_execute; validated against the phases there are
  std::string action;                     // sql.assert
  std::string name;                       // the configured one, or the action's id
  Value with;                             // null where there is none
  std::vector<std::string> environments;  // empty: all
  std::string migrations = "*";           // glob on VERSION_NAME
  HookCondition when;
  OnError on_error = OnError::abort;
  std::chrono::milliseconds timeout{30'000};
  Place place;  // of the action's name
};

struct Project {
  std::filesystem::path root;  // absolute, canonical: the folder that holds db/
  std::filesystem::path file;  // db/confiture.yaml
  std::vector<PluginEntry> plugins;
  std::vector<std::filesystem::path> plugin_dirs;  // absolute
  std::vector<HookBinding> hooks;                  // in the file's order
  std::map<std::string, SecretSource> secrets;     // by name
  Anonymization anonymization;
  Linting linting;
  Risk risk;
  Review review;
  std::filesystem::path migrations;  // absolute; empty: db/migrations

  std::filesystem::path schema_dir() const { return root / "db" / "schema"; }
  std::filesystem::path migrations_dir() const {
    return migrations.empty() ? root / "db" / "migrations" : migrations;
  }
  std::filesystem::path environments_dir() const { return root / "db" / "environments"; }
};

// The nearest folder upwards from `start` that holds db/confiture.yaml; throws config.no_project.
std::filesystem::path find_project(const std::filesystem::path& start);

// Reads and checks db/confiture.yaml below `root`.
Project load_project(const std::filesystem::path& root);

}  // namespace host::config
