// SPDX-License-Identifier: MIT
#include "plugins/safety/_actions.hpp"

namespace plugins::safety {
namespace {

struct ConcurrentIndexNotRetryable {
  static constexpr RuleRecord record{
      .id = "safety.concurrent_index_not_retryable",
      .summary =
          "A second attempt at CREATE INDEX CONCURRENTLY does not keep what the first left behind",
      .severity = Severity::info,
      .risk = Risk::medium,
      .kinds = {NodeKind::file},
      .scope = Scope::migrations,
      .why =
          "CREATE INDEX CONCURRENTLY that fails or is cancelled leaves an INVALID index, which "
          "costs every write and helps no query. With IF NOT EXISTS the next attempt finds it, "
          "does nothing and succeeds. Drop what may be left before, or look at "
          "pg_index.indisvalid. A table that the same file made is exempt.",
      .bad =
          "-- transaction: off\nCREATE INDEX CONCURRENTLY IF NOT EXISTS invoice_customer_id_idx ON "
          "invoice (customer_id);",
      .good =
          "-- transaction: off\nDROP INDEX CONCURRENTLY IF EXISTS invoice_customer_id_idx;\nCREATE "
          "INDEX CONCURRENTLY invoice_customer_id_idx ON invoice (customer_id);"};

  void check(const Node& file, Report& report) const {
    for (const Node& statement : file.statements()) {
      const Node index = statement.result();
      if (statement.statement_tag() != "CREATE INDEX" || !statement.is_concurrent() ||
          !statement.if_not_exists() || statement.created_here() || !index)
        continue;
      if (is_looked_after(file, index.name(), report)) continue;
      report
          .add(statement, "index " + quoted(index.name()) +
                              " is skipped if an earlier attempt has left it INVALID")
          .hint("DROP INDEX CONCURRENTLY IF EXISTS before it, instead of IF NOT EXISTS");
    }
  }

 private:
  static bool is_looked_after(const Node& file, std::string_view index, const Report& report) {
    for (const Node& statement : file.statements()) {
      for (const Node& action : statement.subcommands())
        if (action.subcommand() == "drop_index" && action.name() == index) return true;
      const Tree tree = report.tree(statement);
      if (tree.is("ReindexStmt") && tree["relation"].relation_name() == index) return true;
      if (tree.any([](const Tree& node) {
            return node.is("ColumnRef") && node.column_name() == "indisvalid";
          }))
        return true;
    }
    return false;
  }
};

}  // namespace

RuleExtension concurrent_index_not_retryable() {
  return confiture::rule<ConcurrentIndexNotRetryable>();
}

}  // namespace plugins::safety
