// SPDX-License-Identifier: MIT
#include <algorithm>
#include <iterator>

#include "plugins/safety/_actions.hpp"

namespace plugins::safety {
namespace {

struct MixedTransactional {
  static constexpr RuleRecord record{
      .id = "safety.mixed_transactional",
      .summary =
          "A file holds statements that PostgreSQL refuses in a transaction, or others, not both",
      .severity = Severity::warning,
      .risk = Risk::medium,
      .kinds = {NodeKind::file},
      .scope = Scope::migrations,
      .why =
          "A file with a statement such as CREATE INDEX CONCURRENTLY runs without a transaction: "
          "when one of its statements fails, those before it stay done, and the file can be "
          "neither rolled back nor simply run again. Keep such a statement in a file of its own. "
          "Settings and statements that change nothing may stand beside it.",
      .bad =
          "-- transaction: off\nALTER TABLE invoice ADD COLUMN note text;\nCREATE INDEX "
          "CONCURRENTLY invoice_customer_id_idx ON invoice (customer_id);",
      .good =
          "-- transaction: off\nSET lock_timeout = '2s';\nCREATE INDEX CONCURRENTLY "
          "invoice_customer_id_idx ON invoice (customer_id);"};

  void check(const Node& file, Report& report) const {
    Node refused, other;
    for (const Node& statement : file.statements()) {
      if (statement.in_body()) continue;
      Node& which = statement.no_transaction_reason().empty() ? other : refused;
      if (!which && (&which == &refused || changes_something(statement))) which = statement;
    }
    if (!refused || !other) return;
    report
        .add(other, text(other.statement_tag()) + " and " + text(refused.no_transaction_reason()) +
                        " stand in one file, and cannot be rolled back together")
        .hint("move one of them to a migration of its own");
  }

 private:
  static bool changes_something(const Node& statement) {
    static constexpr std::string_view harmless[] = {
        "SET",        "RESET",    "SHOW",      "SELECT",
        "EXPLAIN",    "ANALYZE",  "BEGIN",     "START TRANSACTION",
        "COMMIT",     "ROLLBACK", "SAVEPOINT", "RELEASE",
        "CHECKPOINT", "LISTEN",   "NOTIFY"};
    return std::find(std::begin(harmless), std::end(harmless), statement.statement_tag()) ==
           std::end(harmless);
  }
};

}  // namespace

RuleExtension mixed_transactional() {
  return confiture::rule<MixedTransactional>();
}

}  // namespace plugins::safety
