// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <algorithm>

#include "host/foundation/text.hpp"
#include "host/lint/report.hpp"

namespace host::lint {
namespace {

constexpr std::size_t most_characters = 120;  // of a source line
constexpr std::size_t before_the_place = 40;

// The bytes of `count` characters of UTF-8, or all there are.
std::size_t bytes_of(std::string_view text, std::size_t count) {
  std::size_t at = 0;
  while (count > 0 && at < text.size()) {
    ++at;
    while (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80) ++at;
    --count;
  }
  return at;
}

struct Excerpt {
  std::string text;
  std::size_t column = 0;  // of the place, from 0, in `text`
};

// The part of a line around a column that fits the screen, tabs as blanks.
Excerpt excerpt(std::string_view line, std::size_t column) {
  std::size_t start = 0;
  if (column > most_characters - before_the_place) start = column - before_the_place;
  line.remove_prefix(bytes_of(line, start));
  const std::size_t shown = bytes_of(line, most_characters);
  std::string text(line.substr(0, shown));
  std::replace(text.begin(), text.end(), '\t', ' ');
  if (shown < line.size()) text += "...";
  if (start > 0) text.insert(0, "...");
  return {std::move(text), column - start + (start > 0 ? 3 : 0)};
}

std::string counted(std::size_t count, std::string_view noun) {
  return fmt::format("{} {}{}", count, noun, count == 1 ? "" : "s");
}

void add_help(std::vector<std::string>& lines, std::string_view margin, std::string_view label,
              std::string_view text) {
  if (text.empty()) return;
  for (const std::string& line : split_text(text, '\n')) {
    lines.push_back(fmt::format("{} = {}: {}", margin, label, printable(line)));
    label = label.find_first_not_of(' ') == std::string_view::npos ? label : "    ";
  }
}

}  // namespace

std::string one_line(std::string_view text) {
  std::string line;
  for (const char c : printable(text)) line += c == '\n' ? std::string("\\x0a") : std::string(1, c);
  return line;
}

std::vector<std::string> text_lines(const Finding& finding, const Paint& paint) {
  const std::string word(to_string(finding.severity));
  const Place place{finding.file(), finding.line, finding.column};
  std::vector<std::string> lines{fmt::format(
      "{}{}[{}]: {}", place.known() ? to_string(place) + ": " : "",
      paint ? paint(finding.severity, word) : word, finding.rule, one_line(finding.message))};
  const std::string margin(std::to_string(finding.line).size() + 1, ' ');
  if (finding.source && finding.line > 0) {
    const std::string_view line = finding.source->line(finding.line);
    const Excerpt shown = excerpt(line, finding.column - 1);
    const std::size_t room = count_characters(shown.text) > shown.column
                                 ? count_characters(shown.text) - shown.column
                                 : 1;
    const std::size_t length =
        finding.end_line == finding.line && finding.end_column > finding.column
            ? finding.end_column - finding.column
            : room;
    lines.push_back(margin + " |");
    lines.push_back(fmt::format("{} | {}", fmt::format("{:>{}}", finding.line, margin.size()),
                                printable(shown.text)));
    lines.push_back(fmt::format("{} | {}{}", margin, std::string(shown.column, ' '),
                                std::string(std::clamp<std::size_t>(length, 1, room), '^')));
  }
  add_help(lines, margin, "help", finding.hint);
  add_help(lines, margin, "suggestion", finding.suggestion);
  lines.emplace_back();
  return lines;
}

std::vector<std::string> summary_lines(const Report& report) {
  const std::string read =
      fmt::format("{}, {}", counted(report.files, report.of_database ? "object" : "file"),
                  counted(report.statements, "statement"));
  std::vector<std::string> lines;
  if (report.findings.empty()) {
    lines.push_back(fmt::format("no findings in {}", read));
  } else {
    std::vector<std::string> counts;
    for (const Severity severity :
         {Severity::critical, Severity::error, Severity::warning, Severity::info})
      if (const std::size_t count = report.count(severity); count > 0)
        counts.push_back(severity == Severity::critical || severity == Severity::info
                             ? fmt::format("{} {}", count, to_string(severity))
                             : counted(count, to_string(severity)));
    lines.push_back(fmt::format("{} ({}) in {}", counted(report.findings.size(), "finding"),
                                fmt::join(counts, ", "), read));
  }
  if (!report.accepted.empty())
    lines.push_back(fmt::format("{} {} accepted", counted(report.accepted.size(), "finding"),
                                report.accepted.size() == 1 ? "was" : "were"));
  if (report.baseline_gone > 0)
    lines.push_back(fmt::format("{} of the baseline {} gone: write it anew with --write-baseline",
                                counted(report.baseline_gone, "finding"),
                                report.baseline_gone == 1 ? "is" : "are"));
  for (std::string& line : unjudged_lines(report)) lines.push_back(std::move(line));
  return lines;
}

std::vector<std::string> unjudged_lines(const Report& report) {
  std::vector<std::string> lines;
  if (report.unjudged > 0)
    lines.push_back(fmt::format("{} could not be read and {} not judged",
                                counted(report.unjudged, "statement"),
                                report.unjudged == 1 ? "was" : "were"));
  if (report.opaque > 0)
    lines.push_back(fmt::format("{} {} made at run time and not judged",
                                counted(report.opaque, "statement"),
                                report.opaque == 1 ? "was" : "were"));
  return lines;
}

}  // namespace host::lint
