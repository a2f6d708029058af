// SPDX-License-Identifier: MIT
// A linter over the first-party plugins of this build, those that a project has to name with them.
#pragma once

#include <boost/test/unit_test.hpp>
#include <string>
#include <utility>
#include <vector>

#include "host/lint/linter.hpp"
#include "host/lint/report.hpp"

namespace host::lint {

inline const extensions::Registry& registry() {
  static const extensions::Registry loaded = [] {
    extensions::SearchPath path = extensions::search_path(nullptr, {}, {});
    config::PluginEntry supabase;
    supabase.id = "supabase";
    path.configured.push_back(std::move(supabase));
    return extensions::Registry::load(path);
  }();
  return loaded;
}

inline Report lint(std::vector<Input> inputs, const Choice& choice = {},
                   const config::Linting& configuration = {}, RunOptions options = {}) {
  extensions::Session session;
  return Linter(registry(), configuration, session, choice, std::move(options))
      .run(std::move(inputs));
}

// "file:line:column severity rule risk: message".
inline std::vector<std::string> shown(const std::vector<Finding>& findings) {
  std::vector<std::string> lines;
  for (const Finding& finding : findings)
    lines.push_back(to_string(Place{finding.file(), finding.line, finding.column}) + " " +
                    std::string(to_string(finding.severity)) + " " + finding.rule + " " +
                    std::string(to_string(finding.risk)) + ": " + finding.message);
  return lines;
}

inline void check_lines(const std::vector<std::string>& got,
                        const std::vector<std::string>& expected) {
  BOOST_CHECK_EQUAL_COLLECTIONS(got.begin(), got.end(), expected.begin(), expected.end());
}

}  // namespace host::lint
