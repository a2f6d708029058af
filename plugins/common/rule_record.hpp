// SPDX-License-Identifier: MIT
// What a first-party rule says of itself, in one place: the registration, the page that --explain
// prints, and the two examples that the tests run are all made from it.
#pragma once

#include <confiture/rule.hpp>
#include <initializer_list>
#include <string>

namespace plugins {

struct RuleRecord {
  const char* id;
  const char* category;
  confiture::Severity severity;
  const char* meaning;  // one line without a full stop
  const char* why;      // Markdown
  const char* bad;      // SQL that has a finding
  const char* good;     // SQL that has none
};

// Rule has `static constexpr RuleRecord record`, and check() as confiture::rule asks for.
template <typename Rule>
confiture::RuleExtension rule(std::initializer_list<confiture::NodeKind> kinds) {
  constexpr const RuleRecord& record = Rule::record;
  const std::string page = std::string(record.why) + "\n\nBad:\n```sql\n" + record.bad +
                           "\n```\n\nGood:\n```sql\n" + record.good + "\n```\n";
  return confiture::rule<Rule>(record.id, record.category, record.severity, record.meaning, kinds)
      .doc(page);
}

}  // namespace plugins
