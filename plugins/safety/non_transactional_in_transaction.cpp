// SPDX-License-Identifier: MIT
#include "plugins/safety/_actions.hpp"

namespace plugins::safety {
namespace {

struct NonTransactionalInTransaction {
  static constexpr RuleRecord record{
      .id = "safety.non_transactional_in_transaction",
      .summary = "No statement runs in a transaction that PostgreSQL refuses there",
      .severity = Severity::error,
      .risk = Risk::high,
      .kinds = {NodeKind::statement},
      .why =
          "PostgreSQL refuses some statements inside a transaction: CREATE and DROP INDEX "
          "CONCURRENTLY, REINDEX CONCURRENTLY and of a schema or database, DETACH PARTITION "
          "CONCURRENTLY, VACUUM, CLUSTER without a table, CREATE and DROP DATABASE and TABLESPACE, "
          "ALTER SYSTEM, CREATE SUBSCRIPTION with a slot, DISCARD ALL. A migration runs in a "
          "transaction unless it says `-- transaction: off`, and a DO block always does.",
      .bad = "CREATE INDEX CONCURRENTLY invoice_customer_id_idx ON invoice (customer_id);",
      .good =
          "-- transaction: off\nCREATE INDEX CONCURRENTLY invoice_customer_id_idx ON invoice "
          "(customer_id);"};

  void check(const Node& statement, Report& report) const {
    if (statement.no_transaction_reason().empty()) return;
    if (!statement.in_transaction() && !statement.in_body()) return;
    report
        .add(statement, text(statement.no_transaction_reason()) +
                            (statement.in_body() ? " cannot run inside a DO block"
                                                 : " cannot run inside a transaction"))
        .hint(statement.in_body() ? "put it outside of DO, in a migration of its own with the line "
                                    "'-- transaction: off'"
              : statement.in_transaction_block() && !statement.parent().is_transactional()
                  ? "put it before BEGIN or after COMMIT"
                  : "put it in a migration of its own with the line '-- transaction: off'");
  }
};

}  // namespace

RuleExtension non_transactional_in_transaction() {
  return confiture::rule<NonTransactionalInTransaction>();
}

}  // namespace plugins::safety
