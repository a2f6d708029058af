// SPDX-License-Identifier: MIT
// The parts of db/confiture.yaml, a reader each, for project.cpp. Relative paths in the file are
// relative to the folder that it lies in.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "host/config/project.hpp"
#include "host/config/value.hpp"

namespace host::config {

// `environments`: the names that a binding may list.
std::vector<HookBinding> read_hooks(const Value& section,
                                    const std::vector<std::string>& environments);
Anonymization read_anonymization(const Value& section, const std::filesystem::path& folder);
Linting read_linting(const Value& section);
Risk read_risk(const Value& section);
// `environments`: the names that may have a policy.
Review read_review(const Value& section, const std::vector<std::string>& environments);
// db/owners.yaml, into a review that may already have its people.
void read_owners(const Value& document, Review& review);
std::map<std::string, SecretSource> read_secret_sources(const Value& section,
                                                        const std::filesystem::path& folder);

// { env: X } or { file: PATH }; `what` names it in messages.
SecretSource read_secret_source(const Value& value, const std::string& what,
                                const std::filesystem::path& folder);

// A path in the file as an absolute one.
std::filesystem::path resolve_path(const std::string& text, const std::filesystem::path& folder);

}  // namespace host::config
