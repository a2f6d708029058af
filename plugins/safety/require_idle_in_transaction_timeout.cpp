// SPDX-License-Identifier: MIT
#include "plugins/safety/_transactions.hpp"

namespace plugins::safety {
namespace {

struct RequireIdleInTransactionTimeout {
  static constexpr RuleRecord record{
      .id = "safety.require_idle_in_transaction_timeout",
      .summary = "A transaction whose client is gone does not keep its locks",
      .severity = Severity::off,
      .risk = Risk::low,
      .kinds = {NodeKind::file},
      .scope = Scope::migrations,
      .why =
          "A session that waits inside a transaction, since its client hangs or the network is "
          "gone, keeps all its locks. idle_in_transaction_session_timeout ends it. Statements "
          "outside a transaction are exempt.",
      .bad = "ALTER TABLE invoice ADD COLUMN note text;",
      .good =
          "SET LOCAL idle_in_transaction_session_timeout = '1min';\nALTER TABLE invoice ADD COLUMN "
          "note text;",
      .fix = Fix::safe};

  void check(const Node& file, Report& report) const {
    for (const Node& statement : file.statements()) {
      const std::string_view tag = statement.statement_tag();
      if (tag == "SET" || tag == "RESET" || control_of(statement, report) != Control::none)
        continue;
      if (!(statement.in_transaction() && statement.idle_timeout() == 0)) continue;
      const std::string local = statement.in_transaction() ? "LOCAL " : "";
      Finding& finding =
          report.add(statement, text(tag) + " runs without idle_in_transaction_session_timeout");
      finding.hint("SET " + local + "idle_in_transaction_session_timeout before it");
      const std::uint64_t at = statement.location().offset;
      if (!statement.in_body())
        finding.fix(at, at, "SET " + local + "idle_in_transaction_session_timeout = '1min';\n");
      return;
    }
  }
};

}  // namespace

RuleExtension require_idle_in_transaction_timeout() {
  return confiture::rule<RequireIdleInTransactionTimeout>();
}

}  // namespace plugins::safety
