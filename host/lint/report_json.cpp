// SPDX-License-Identifier: MIT
#include <boost/json.hpp>

#include "host/lint/report.hpp"

namespace host::lint {
namespace {

boost::json::value text_or_null(const std::string& text) {
  return text.empty() ? boost::json::value(nullptr) : boost::json::value(text);
}

}  // namespace

boost::json::object json_of(const Finding& finding) {
  return {{"rule", finding.rule},
          {"category", finding.category},
          {"severity", to_string(finding.severity)},
          {"risk", to_string(finding.risk)},
          {"file", finding.file()},
          {"line", finding.line},
          {"column", finding.column},
          {"end_line", finding.end_line},
          {"end_column", finding.end_column},
          {"object", text_or_null(finding.object)},
          {"message", finding.message},
          {"hint", text_or_null(finding.hint)},
          {"suggestion", text_or_null(finding.suggestion)},
          {"fixable", finding.fix != FixKind::none}};
}

boost::json::object json_fields(const Report& report) {
  boost::json::array findings;
  for (const Finding& finding : report.findings) findings.push_back(json_of(finding));
  boost::json::object summary{{"files", report.files},
                              {"statements", report.statements},
                              {"unjudged", report.unjudged},
                              {"opaque", report.opaque},
                              {"accepted", report.accepted.size()},
                              {"baseline_gone", report.baseline_gone},
                              {"errors", report.count(Severity::error)},
                              {"warnings", report.count(Severity::warning)},
                              {"infos", report.count(Severity::info)},
                              {"critical", report.count(Severity::critical)}};
  return {{"findings", std::move(findings)}, {"summary", std::move(summary)}};
}

}  // namespace host::lint
