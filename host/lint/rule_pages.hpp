// SPDX-License-Identifier: MIT
// What the rules say of themselves, as pages: `lint --explain`, `lint --list-rules --format
// markdown` and docs/reference/rules.md, which is the latter's output.
#pragma once

#include <string>
#include <vector>

#include "host/lint/linter.hpp"

namespace host::lint {

// "safe", "unsafe" or nothing.
std::string fix_word(const RuleInfo& rule);
// One rule's page as lines of text.
std::vector<std::string> explanation(const RuleInfo& rule);
// All of them in Markdown, by category.
std::string rule_reference(const std::vector<RuleInfo>& rules);

}  // namespace host::lint
