// SPDX-License-Identifier: MIT
// What one rule says of a file.
#pragma once

#include "host/config/value.hpp"
#include "tests/host/lint/fixture.hpp"

namespace host::lint {

// "line: message" of its findings.
inline std::vector<std::string> one_rule(const std::string& rule, const std::string& sql,
                                         const std::string& parameters = "{}",
                                         SourceKind kind = SourceKind::schema) {
  std::vector<Input> inputs;
  inputs.push_back({sql::Source("1_a.up.sql", sql), kind});
  config::RuleSetting setting;
  setting.rule = rule;
  setting.with = config::parse_yaml(parameters, "db/confiture.yaml");
  config::Linting linting;
  linting.rules.push_back(std::move(setting));
  std::vector<std::string> lines;
  for (const Finding& finding : lint(std::move(inputs), {{rule}, {}}, linting).findings)
    lines.push_back(std::to_string(finding.line) + ": " + finding.message);
  return lines;
}
inline std::vector<std::string> one_rule_of_migration(const std::string& rule,
                                                      const std::string& sql,
                                                      const std::string& parameters = "{}") {
  return one_rule(rule, sql, parameters, SourceKind::migration);
}

}  // namespace host::lint
