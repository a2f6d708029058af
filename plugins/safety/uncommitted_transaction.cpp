// SPDX-License-Identifier: MIT
#include "plugins/safety/_transactions.hpp"

namespace plugins::safety {
namespace {

struct UncommittedTransaction {
  static constexpr RuleRecord record{
      .id = "safety.uncommitted_transaction",
      .summary = "A transaction that a file begins is committed in it",
      .severity = Severity::error,
      .risk = Risk::high,
      .kinds = {NodeKind::file},
      .scope = Scope::migrations,
      .why =
          "What follows BEGIN is undone when the session ends without COMMIT, although every "
          "statement has succeeded; until then its locks are held. A BEGIN inside the transaction "
          "that the migration runs in opens none, and needs no COMMIT.",
      .bad = "-- transaction: off\nBEGIN;\nALTER TABLE invoice ADD COLUMN note text;",
      .good = "-- transaction: off\nBEGIN;\nALTER TABLE invoice ADD COLUMN note text;\nCOMMIT;",
      .fix = Fix::safe};

  void check(const Node& file, Report& report) const {
    bool hosts = file.is_transactional();
    Node open, last;
    for (const Node& statement : file.statements()) {
      const Control control = control_of(statement, report);
      if (!statement.in_body()) last = statement;
      if (control == Control::opens && !hosts && !open) open = statement;
      if (control != Control::commits && control != Control::rolls_back) continue;
      hosts = false;
      open = report.tree(statement).truth("chain") ? statement : Node();
    }
    if (!open) return;
    const std::uint64_t end = last.location().end_offset;
    const std::string_view rest = file.sql().substr(end);
    const bool closed = rest.substr(0, 1) == ";";
    report
        .add(open, text(open.statement_tag()) +
                       (control_of(open, report) == Control::opens
                            ? " opens a transaction that is never committed"
                            : " AND CHAIN opens a transaction that is never committed"))
        .hint("add COMMIT")
        .fix(end + (closed ? 1 : 0), end + (closed ? 1 : 0), closed ? "\nCOMMIT;" : ";\nCOMMIT;");
  }
};

}  // namespace

RuleExtension uncommitted_transaction() {
  return confiture::rule<UncommittedTransaction>();
}

}  // namespace plugins::safety
