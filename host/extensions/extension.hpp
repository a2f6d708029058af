// SPDX-License-Identifier: MIT
// A loaded plugin and what it offers, as the host keeps them: every descriptor copied into the
// host's own form at load (normalise), so that old plugins and new hosts meet in one place.
#pragma once

#include <confiture/abi.h>

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "host/config/parameters.hpp"

namespace host::extensions {

struct Plugin;

enum class Kind { action, strategy, rule, classifier };
std::string_view to_string(Kind kind);  // "action"

struct Extension {
  Kind kind = Kind::action;
  std::string id;  // "acme.mask_iban"
  std::string summary;
  std::string doc;  // Markdown, may be empty
  std::vector<config::ParameterSpec> parameters;
  const Plugin* plugin = nullptr;

  // Copies of the plugin's tables, zero-filled where the plugin's build knew less.
  confiture_extension descriptor{};
  confiture_action_v1 action{};
  confiture_strategy_v1 strategy{};
  confiture_rule_v1 rule{};
  confiture_classifier_v1 classifier{};
  const confiture_extension* original = nullptr;  // what create() gets
};

struct Plugin {
  std::string id, version, vendor, summary;
  std::uint32_t abi_minor = 0;
  std::filesystem::path file;  // canonical
  bool first_party = false;
  bool grants_db = false, grants_secret = false;
  std::vector<std::unique_ptr<Extension>> extensions;
  const confiture_host* host = nullptr;  // this plugin's own view of the host (its grants)
};

}  // namespace host::extensions
