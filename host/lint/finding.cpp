// SPDX-License-Identifier: MIT
#include "host/lint/finding.hpp"

#include <algorithm>
#include <array>
#include <numeric>
#include <tuple>
#include <utility>

namespace host::lint {
namespace {

constexpr std::array<std::string_view, 5> severities{"off", "info", "warning", "error", "critical"};
constexpr std::array<std::string_view, 5> risks{"none", "low", "medium", "high", "critical"};

}  // namespace

std::string_view to_string(Severity severity) {
  return severities[static_cast<std::size_t>(severity)];
}

std::string_view to_string(Risk risk) {
  return risks[static_cast<std::size_t>(risk)];
}

std::optional<Severity> parse_severity(std::string_view word) {
  for (std::size_t i = 1; i < severities.size(); ++i)
    if (severities[i] == word) return static_cast<Severity>(i);
  return std::nullopt;
}

const std::string& Finding::file() const {
  static const std::string none;
  return source != nullptr ? source->name() : none;
}

std::size_t Report::count(Severity severity) const {
  return static_cast<std::size_t>(
      std::count_if(findings.begin(), findings.end(),
                    [severity](const Finding& finding) { return finding.severity == severity; }));
}

void place_finding(Finding& finding, std::uint64_t offset, std::uint64_t end_offset) {
  const Place start = finding.source->place(offset), end = finding.source->place(end_offset);
  finding.offset = offset;
  finding.end_offset = end_offset;
  finding.line = start.line;
  finding.column = start.column;
  finding.end_line = end.line;
  finding.end_column = end.column;
}

void sort_findings(std::vector<Finding>& findings) {
  // Findings are large: their numbers are sorted, and each is moved once.
  std::vector<std::size_t> order(findings.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t first, std::size_t second) {
    const Finding &a = findings[first], &b = findings[second];
    if (a.source != b.source)
      if (const int files = a.file().compare(b.file()); files != 0) return files < 0;
    return std::tie(a.line, a.column, a.rule, a.message) <
           std::tie(b.line, b.column, b.rule, b.message);
  });
  std::vector<Finding> sorted;
  sorted.reserve(findings.size());
  for (const std::size_t at : order) sorted.push_back(std::move(findings[at]));
  findings = std::move(sorted);
}

}  // namespace host::lint
