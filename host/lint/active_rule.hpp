// SPDX-License-Identifier: MIT
// A rule that runs: its instance, and what it looks at.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "host/lint/linter.hpp"

namespace host::lint {

// The object that a finding is about, as SQL writes it.
inline std::string object_of(const sql::Node& node) {
  return std::string(node.text(CONFITURE_PROP_QUALIFIED_NAME));
}

struct Linter::ActiveRule {
  std::size_t number = 0;  // among those that run
  const RuleInfo* info = nullptr;
  std::optional<extensions::Instance> instance;  // none: written in YAML
  extensions::CallContext context;
  std::vector<Finding>* findings = nullptr;
  const sql::Node* node = nullptr;
};

}  // namespace host::lint
