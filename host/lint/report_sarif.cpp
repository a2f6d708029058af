// SPDX-License-Identifier: MIT
// SARIF 2.1.0 and GitLab's code quality.
#include <algorithm>
#include <boost/json.hpp>
#include <map>

#include "host/foundation/json.hpp"
#include "host/lint/baseline.hpp"
#include "host/lint/formats.hpp"

namespace host::lint {
namespace {

using boost::json::array;
using boost::json::object;

std::string_view level(Severity severity) {
  if (severity >= Severity::error) return "error";
  return severity == Severity::warning ? "warning" : "note";
}

// A path in a URI: whatever is no letter, digit or one of -._~/ as %XX.
std::string uri(std::string_view path) {
  constexpr std::string_view hex = "0123456789ABCDEF";
  std::string result;
  for (const char c : path) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       std::string_view("-._~/").find(c) != std::string_view::npos;
    if (plain) {
      result += c;
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    result.append(1, '%').append(1, hex[byte >> 4]).append(1, hex[byte & 15]);
  }
  return result;
}

object location(const Finding& finding) {
  object physical{{"artifactLocation", {{"uri", uri(finding.file())}}}};
  if (finding.line > 0) {
    object region{{"startLine", finding.line}, {"startColumn", std::max(finding.column, 1u)}};
    if (finding.end_line >= finding.line) {
      region["endLine"] = finding.end_line;
      region["endColumn"] = std::max(finding.end_column, 1u);
    }
    physical["region"] = std::move(region);
  }
  return {{"physicalLocation", std::move(physical)}};
}

array fixes(const Finding& finding) {
  array replacements;
  for (const Edit& edit : finding.edits)
    replacements.push_back(
        object{{"deletedRegion",
                {{"byteOffset", edit.offset}, {"byteLength", edit.end_offset - edit.offset}}},
               {"insertedContent", {{"text", edit.text}}}});
  return {
      object{{"artifactChanges", array{object{{"artifactLocation", {{"uri", uri(finding.file())}}},
                                              {"replacements", std::move(replacements)}}}}}};
}

// The same finding twice on lines that say the same: those who compare fingerprints take it for
// one, unless the second has another.
class Fingerprints {
 public:
  std::string of(const Finding& finding) {
    std::string print = fingerprint(finding);
    if (const int again = seen_[print]++; again > 0) print += "-" + std::to_string(again);
    return print;
  }

 private:
  std::map<std::string, int> seen_;
};

object result(const Finding& finding, const std::map<std::string_view, std::size_t>& indexes,
              Fingerprints& prints) {
  std::string message = finding.message;
  if (!finding.hint.empty()) message += "; " + finding.hint;
  object one{{"ruleId", finding.rule},
             {"level", level(finding.severity)},
             {"message", {{"text", message}}}};
  if (const auto index = indexes.find(finding.rule); index != indexes.end())
    one["ruleIndex"] = index->second;
  if (finding.source != nullptr) one["locations"] = array{location(finding)};
  one["partialFingerprints"] = {{"confiture/v1", prints.of(finding)}};
  if (finding.fix == FixKind::safe && finding.source != nullptr) one["fixes"] = fixes(finding);
  if (finding.accepted.empty()) return one;
  const bool external = finding.accepted == "baseline";
  one["suppressions"] = array{
      object{{"kind", external ? "external" : "inSource"}, {"justification", finding.accepted}}};
  return one;
}

}  // namespace

std::string sarif_text(const Report& report, const std::vector<RuleInfo>& rules) {
  array descriptions;
  std::map<std::string_view, std::size_t> indexes;
  for (const RuleInfo& rule : rules) {
    indexes[rule.id] = descriptions.size();
    const Severity shown = rule.severity == Severity::off ? rule.default_severity : rule.severity;
    descriptions.push_back(
        object{{"id", rule.id},
               {"shortDescription", {{"text", rule.summary}}},
               {"help", {{"text", rule.doc}, {"markdown", rule.doc}}},
               {"defaultConfiguration",
                {{"enabled", rule.severity != Severity::off}, {"level", level(shown)}}},
               {"properties", {{"category", rule.category}}}});
  }
  array results;
  Fingerprints prints;
  for (const std::vector<Finding>* list : {&report.findings, &report.accepted})
    for (const Finding& finding : *list) results.push_back(result(finding, indexes, prints));
  const object document{{"$schema", "https://json.schemastore.org/sarif-2.1.0.json"},
                        {"version", "2.1.0"},
                        {"runs", array{object{{"tool",
                                               {{"driver",
                                                 {{"name", "confiture"},
                                                  {"version", CONFITURE_VERSION},
                                                  {"rules", std::move(descriptions)}}}}},
                                              {"columnKind", "unicodeCodePoints"},
                                              {"results", std::move(results)}}}}};
  return to_json(document) + "\n";
}

std::string gitlab_text(const Report& report) {
  array issues;
  Fingerprints prints;
  for (const Finding& finding : report.findings) {
    const std::string_view severity = finding.severity == Severity::critical  ? "blocker"
                                      : finding.severity == Severity::error   ? "critical"
                                      : finding.severity == Severity::warning ? "minor"
                                                                              : "info";
    issues.push_back(
        object{{"description", finding.message},
               {"check_name", finding.rule},
               {"fingerprint", prints.of(finding)},
               {"severity", severity},
               {"location",
                {{"path", finding.file()}, {"lines", {{"begin", std::max(finding.line, 1u)}}}}}});
  }
  return to_json(issues) + "\n";
}

}  // namespace host::lint
