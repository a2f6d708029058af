// SPDX-License-Identifier: MIT
#include "plugins/safety/_transactions.hpp"

namespace plugins::safety {
namespace {

struct RequireStatementTimeout {
  static constexpr RuleRecord record{
      .id = "safety.require_statement_timeout",
      .summary = "A statement of a migration does not run without end",
      .severity = Severity::off,
      .risk = Risk::low,
      .kinds = {NodeKind::file},
      .scope = Scope::migrations,
      .why =
          "Without a statement_timeout a statement that reads or writes more than its author "
          "thought runs for hours, and holds its locks all the time. Settings and transaction "
          "control are exempt.",
      .bad = "ALTER TABLE invoice ADD COLUMN note text;",
      .good = "SET LOCAL statement_timeout = '5min';\nALTER TABLE invoice ADD COLUMN note text;",
      .fix = Fix::safe};

  void check(const Node& file, Report& report) const {
    for (const Node& statement : file.statements()) {
      const std::string_view tag = statement.statement_tag();
      if (tag == "SET" || tag == "RESET" || control_of(statement, report) != Control::none)
        continue;
      if (!(statement.statement_timeout() == 0)) continue;
      const std::string local = statement.in_transaction() ? "LOCAL " : "";
      Finding& finding = report.add(statement, text(tag) + " runs without statement_timeout");
      finding.hint("SET " + local + "statement_timeout before it");
      const std::uint64_t at = statement.location().offset;
      if (!statement.in_body())
        finding.fix(at, at, "SET " + local + "statement_timeout = '5min';\n");
      return;
    }
  }
};

}  // namespace

RuleExtension require_statement_timeout() {
  return confiture::rule<RequireStatementTimeout>();
}

}  // namespace plugins::safety
