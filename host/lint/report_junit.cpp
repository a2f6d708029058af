// SPDX-License-Identifier: MIT
// JUnit: a test suite a file, a test case a rule that found something; a file without findings is a
// case that passed.
#include <fmt/format.h>

#include <map>

#include "host/lint/formats.hpp"

namespace host::lint {

std::string junit_text(const Report& report) {
  std::map<std::string, std::vector<const Finding*>> by_file;
  for (const std::string& name : report.file_names) by_file[name];
  for (const Finding& finding : report.findings) by_file[finding.file()].push_back(&finding);
  std::string suites;
  std::size_t tests = 0;
  for (const auto& [file, findings] : by_file) {
    const std::string name = file.empty() ? "database" : file;
    const std::size_t count = findings.empty() ? 1 : findings.size();
    tests += count;
    suites += fmt::format("  <testsuite name=\"{}\" tests=\"{}\" failures=\"{}\">\n",
                          xml_escaped(name), count, findings.size());
    if (findings.empty())
      suites +=
          fmt::format("    <testcase classname=\"confiture\" name=\"{}\"/>\n", xml_escaped(name));
    for (const Finding* finding : findings)
      suites += fmt::format(
          "    <testcase classname=\"{0}\" name=\"{0}:{1}:{2}\">\n"
          "      <failure type=\"{3}\" message=\"{4}\">{5}:{1}:{2}: {4}{6}</failure>\n"
          "    </testcase>\n",
          finding->rule, finding->line, finding->column, to_string(finding->severity),
          xml_escaped(finding->message), xml_escaped(name),
          finding->hint.empty() ? "" : "&#10;" + xml_escaped(finding->hint));
    suites += "  </testsuite>\n";
  }
  return fmt::format(
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
      "<testsuites name=\"confiture lint\" tests=\"{}\" failures=\"{}\">\n{}</testsuites>\n",
      tests, report.findings.size(), suites);
}

}  // namespace host::lint
