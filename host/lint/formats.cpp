// SPDX-License-Identifier: MIT
#include "host/lint/formats.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "host/foundation/text.hpp"
#include "host/lint/report.hpp"

namespace host::lint {

const std::vector<std::string>& format_names() {
  static const std::vector<std::string> names{"text",   "json",   "concise",    "sarif",   "junit",
                                              "github", "gitlab", "checkstyle", "markdown"};
  return names;
}

std::optional<Format> format_named(std::string_view name) {
  const std::vector<std::string>& names = format_names();
  const auto found = std::find(names.begin() + 2, names.end(), name);
  if (found == names.end()) return std::nullopt;
  return static_cast<Format>(found - names.begin() - 2);
}

std::string formatted(Format format, const Report& report, const std::vector<RuleInfo>& rules) {
  switch (format) {
    case Format::concise:
      return concise_text(report);
    case Format::sarif:
      return sarif_text(report, rules);
    case Format::junit:
      return junit_text(report);
    case Format::github:
      return github_text(report);
    case Format::gitlab:
      return gitlab_text(report);
    case Format::checkstyle:
      return checkstyle_text(report);
    case Format::markdown:
      break;
  }
  return markdown_text(report);
}

std::string concise_text(const Report& report) {
  std::string text;
  for (const Finding& finding : report.findings) {
    const Place place{finding.file(), finding.line, finding.column};
    text += one_line(fmt::format("{}{}[{}]: {}",
                                 place.known() ? to_string(place) + ": " : std::string(),
                                 to_string(finding.severity), finding.rule, finding.message)) +
            "\n";
  }
  for (const std::string& line : summary_lines(report)) text += line + "\n";
  return text;
}

std::string xml_escaped(std::string_view text) {
  std::string result;
  for (const char c : printable(text)) {
    switch (c) {
      case '&':
        result += "&amp;";
        break;
      case '<':
        result += "&lt;";
        break;
      case '>':
        result += "&gt;";
        break;
      case '"':
        result += "&quot;";
        break;
      case '\n':
        result += "&#10;";
        break;
      default:
        result += c;
    }
  }
  return result;
}

std::string checkstyle_text(const Report& report) {
  std::string text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<checkstyle version=\"4.3\">\n";
  std::string open;
  for (const Finding& finding : report.findings) {
    if (finding.file() != open || open.empty()) {
      if (!open.empty()) text += "  </file>\n";
      open = finding.file().empty() ? "database" : finding.file();
      text += fmt::format("  <file name=\"{}\">\n", xml_escaped(open));
    }
    const std::string_view severity =
        finding.severity >= Severity::error ? "error" : to_string(finding.severity);
    text += fmt::format(
        "    <error line=\"{}\" column=\"{}\" severity=\"{}\" message=\"{}\" source=\"{}\"/>\n",
        std::max(finding.line, 1u), std::max(finding.column, 1u), severity,
        xml_escaped(finding.message), finding.rule);
  }
  if (!open.empty()) text += "  </file>\n";
  return text + "</checkstyle>\n";
}

// Workflow commands: https://docs.github.com/actions, "Workflow commands".
std::string github_text(const Report& report) {
  const auto escaped = [](std::string_view text, bool property) {
    std::string result;
    for (const char c : text) {
      if (c == '%' || c == '\r' || c == '\n' || (property && (c == ':' || c == ',')))
        result += fmt::format("%{:02X}", static_cast<unsigned char>(c));
      else
        result += c;
    }
    return result;
  };
  std::string text;
  for (const Finding& finding : report.findings) {
    const std::string_view command = finding.severity >= Severity::error     ? "error"
                                     : finding.severity == Severity::warning ? "warning"
                                                                             : "notice";
    std::string place = "title=" + escaped(finding.rule, true);
    if (finding.line > 0)
      place += fmt::format(",file={},line={},endLine={},col={},endColumn={}",
                           escaped(finding.file(), true), finding.line, finding.end_line,
                           finding.column, finding.end_column);
    std::string message = finding.message;
    if (!finding.hint.empty()) message += "\n" + finding.hint;
    text += fmt::format("::{} {}::{}\n", command, place, escaped(message, false));
  }
  return text;
}

std::string markdown_text(const Report& report) {
  const auto cell = [](std::string_view text) {
    std::string result;
    for (const char c : printable(text)) {
      if (c == '|' || c == '\\') result += '\\';
      if (c == '<')
        result += "&lt;";
      else
        result += c == '\n' ? ' ' : c;
    }
    return result;
  };
  std::string text;
  if (!report.findings.empty()) {
    text += "| place | severity | rule | finding |\n|---|---|---|---|\n";
    for (const Finding& finding : report.findings) {
      const Place place{finding.file(), finding.line, finding.column};
      text += fmt::format("| {} | {} | `{}` | {}{} |\n",
                          place.known() ? "`" + cell(to_string(place)) + "`" : "",
                          to_string(finding.severity), finding.rule, cell(finding.message),
                          finding.hint.empty() ? "" : ": " + cell(finding.hint));
    }
    text += "\n";
  }
  for (const std::string& line : summary_lines(report)) text += line + "\n";
  return text;
}

}  // namespace host::lint
