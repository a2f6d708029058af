// SPDX-License-Identifier: MIT
#include "plugins/common/rule.hpp"
#include "plugins/compliance/_regulated.hpp"

namespace plugins::compliance {
namespace {

struct ChangeRecord {
  std::vector<std::string> headers{"ticket", "author"};

  static constexpr auto params = confiture::params(
      field("headers", &ChangeRecord::headers, "Lines that a migration begins with"));
  static constexpr RuleRecord record{
      .id = "compliance.change_record",
      .summary = "A migration says which change it belongs to, and who wrote it",
      .severity = Severity::off,
      .risk = Risk::low,
      .kinds = {NodeKind::file},
      .scope = Scope::migrations,
      .why =
          "SOX wants each change of a system with books in it authorised by somebody else\n"
          "than its author. The lines above the first statement, `-- ticket: PAY-12`, stay\n"
          "with the file wherever it goes; `headers` says which lines there must be, such as\n"
          "`reviewer`.",
      .bad = "ALTER TABLE invoice ADD COLUMN note text;",
      .good =
          "-- ticket: PAY-12\n"
          "-- author: ada\n"
          "ALTER TABLE invoice ADD COLUMN note text;"};

  void check(const Node& file, Report& report) const {
    if (file.statements().empty()) return;
    std::string missing;
    for (const std::string& header : headers)
      if (!is_written(file, header)) missing += (missing.empty() ? "" : ", ") + header;
    if (missing.empty()) return;
    report.add(file, "the migration does not say its " + missing)
        .hint("begin the file with `-- " + missing.substr(0, missing.find(',')) + ": ...`")
        .span(0, 1);
  }

 private:
  static bool is_written(const Node& file, std::string_view header) {
    for (const Node& line : file.settings()) {
      if (line.value().empty() || line.name().size() != header.size()) continue;
      std::size_t same = 0;
      while (same < header.size() && (line.name()[same] | ' ') == (header[same] | ' ')) ++same;
      if (same == header.size()) return true;
    }
    return false;
  }
};

}  // namespace

RuleExtension change_record() {
  return confiture::rule<ChangeRecord>();
}

}  // namespace plugins::compliance
