// SPDX-License-Identifier: MIT
// The rules that the host itself keeps, since they speak of what never becomes a node: text that
// the parser could not read, and comments to confiture.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "host/lint/finding.hpp"
#include "host/sql/statement.hpp"

namespace host::lint {

struct BuiltInRule {
  std::string_view id, category, summary;
  Severity severity = Severity::error;
  Risk risk = Risk::none;
  std::string_view why, bad, good;  // Markdown, and two examples
};

std::span<const BuiltInRule> built_in_rules();
// nullptr for the id of any other rule.
const BuiltInRule* find_built_in(std::string_view id);

inline constexpr std::string_view unknown_suppression = "safety.unknown_suppression";
inline constexpr std::string_view unused_suppression = "safety.unused_suppression";

// Which of them speaks of a statement that has an error.
const BuiltInRule& rule_of(const sql::ParseError& error);

// The finding about a statement that has an error, of the rule's default severity.
Finding unread_statement(const sql::Statement& statement,
                         std::shared_ptr<const sql::Source> source);

}  // namespace host::lint
