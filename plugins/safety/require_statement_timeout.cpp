// SPDX-License-Identifier: MIT
#include "plugins/safety/_required_timeout.hpp"

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
    require_timeout(
        file, "statement_timeout", "5min",
        [](const Node& one) { return one.statement_timeout() == 0; }, report);
  }
};

}  // namespace

RuleExtension require_statement_timeout() {
  return confiture::rule<RequireStatementTimeout>();
}

}  // namespace plugins::safety
