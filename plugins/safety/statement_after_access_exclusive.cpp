// SPDX-License-Identifier: MIT
#include "plugins/safety/_actions.hpp"

namespace plugins::safety {
namespace {

struct StatementAfterAccessExclusive {
  static constexpr RuleRecord record{
      .id = "safety.statement_after_access_exclusive",
      .summary = "No lengthy work is done while everybody is kept from a table",
      .severity = Severity::warning,
      .risk = Risk::medium,
      .kinds = {NodeKind::statement},
      .why =
          "An ACCESS EXCLUSIVE lock is held to the end of the transaction, and not only while the "
          "statement runs that needs it: whatever reads, writes or builds after it in the same "
          "transaction makes everybody wait that long for the table. Do such work before it, or in "
          "a migration of its own. Statements that only change the catalog are exempt, and so is "
          "work on tables that the same file made.",
      .bad =
          "ALTER TABLE invoice ADD COLUMN paid_at timestamptz;\nUPDATE payment SET done = true "
          "WHERE done IS NULL;",
      .good =
          "-- file: 1_add.up.sql\nALTER TABLE invoice ADD COLUMN paid_at timestamptz;\n-- file: "
          "2_fill.up.sql\nUPDATE payment SET done = true WHERE done IS NULL;"};

  void check(const Node& statement, Report& report) const {
    if (!is_lengthy(statement, report)) return;
    for (const Node& lock : statement.locks()) {
      const Node table = lock.target();
      const std::string_view by = lock.lock_statement().statement_tag();
      if (lock.lock_mode() != "access_exclusive" || table.is_temporary()) continue;
      if (table ? table.kind() != NodeKind::table : !by.ends_with(" TABLE")) continue;
      if (by == "DROP TABLE") continue;  // nobody is to use it any more
      report
          .add(statement, "nobody can use table " + text(lock.qualified_name()) + " while " +
                              text(statement.statement_tag()) + " runs: " + text(by) +
                              " has locked it")
          .hint("move it before that statement, or to a migration of its own");
      return;
    }
  }

 private:
  // It takes the longer the more rows there are.
  static bool is_lengthy(const Node& statement, const Report& report) {
    const std::string_view tag = statement.statement_tag();
    if (tag == "UPDATE" || tag == "DELETE" || tag == "MERGE") return !statement.created_here();
    if (tag == "CREATE INDEX")
      return !statement.created_here() && statement.result() && !statement.is_only();
    if (tag == "REFRESH MATERIALIZED VIEW" || tag == "CLUSTER" || tag == "REINDEX")
      return !statement.created_here();
    if (tag == "CREATE TABLE AS" || tag == "SELECT INTO" || tag == "CREATE MATERIALIZED VIEW")
      return !report.tree(statement)["into"].truth("skipData");
    if (tag == "INSERT") return !report.tree(statement)["selectStmt"]["fromClause"].empty();
    if (tag == "COPY") return !statement.created_here() && !report.tree(statement).has("filename");
    if (tag != "ALTER TABLE") return false;
    for (const Node& action : statement.subcommands())
      if (action.subcommand() == "validate_constraint" && is_on_old_table(action)) return true;
    return false;
  }
};

}  // namespace

RuleExtension statement_after_access_exclusive() {
  return confiture::rule<StatementAfterAccessExclusive>();
}

}  // namespace plugins::safety
