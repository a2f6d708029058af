// SPDX-License-Identifier: MIT
// What one rule says of a chain of migrations.
#pragma once

#include "tests/host/lint/fixture.hpp"

namespace host::lint {

// "file:line:column message", the files being 1.up.sql, 2.up.sql, ...
inline std::vector<std::string> found(const std::string& rule,
                                      const std::vector<std::string>& chain) {
  std::vector<Input> inputs;
  for (std::size_t i = 0; i < chain.size(); ++i)
    inputs.push_back(
        {sql::Source(std::to_string(i + 1) + ".up.sql", chain[i]), SourceKind::migration});
  std::vector<std::string> lines;
  for (const Finding& finding : lint(std::move(inputs), {{rule}, {}}).findings)
    if (finding.rule == rule)
      lines.push_back(to_string(Place{finding.file(), finding.line, finding.column}) + " " +
                      finding.message);
  return lines;
}

inline void silent(const std::string& rule, const std::vector<std::string>& chain) {
  BOOST_TEST_CONTEXT(rule << ": " << chain.back()) check_lines(found(rule, chain), {});
}
// It says something of each of these, alone.
inline void speaks(const std::string& rule, const std::vector<std::string>& each) {
  for (const std::string& sql : each)
    BOOST_TEST_CONTEXT(rule << ": " << sql) BOOST_TEST(found(rule, {sql}).size() == 1u);
}
inline void silent_of_each(const std::string& rule, const std::vector<std::string>& each) {
  for (const std::string& sql : each) silent(rule, {sql});
}

}  // namespace host::lint
