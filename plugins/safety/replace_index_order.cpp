// SPDX-License-Identifier: MIT
#include "plugins/common/rule.hpp"

namespace plugins::safety {
namespace {

struct ReplaceIndexOrder {
  static constexpr RuleRecord record{
      .id = "safety.replace_index_order",
      .summary = "An index is dropped once its replacement is there",
      .severity = Severity::warning,
      .risk = Risk::medium,
      .kinds = {NodeKind::file},
      .scope = Scope::migrations,
      .why =
          "Between DROP INDEX and the end of CREATE INDEX every query that used the index reads "
          "the whole table; inside one transaction they wait for all that time instead. Build the "
          "new index first, under another name, then drop the old one. DROP INDEX IF EXISTS of an "
          "index that no migration made, which clears away what a failed CREATE INDEX CONCURRENTLY "
          "has left, is exempt.",
      .bad =
          "-- file: 1_make.up.sql\nCREATE TABLE invoice (id bigint, customer_id bigint, day "
          "date);\nCREATE INDEX invoice_customer_idx ON invoice (customer_id);\n-- file: "
          "2_replace.up.sql\n-- transaction: off\nDROP INDEX CONCURRENTLY "
          "invoice_customer_idx;\nCREATE INDEX CONCURRENTLY invoice_customer_day_idx ON invoice "
          "(customer_id, day);",
      .good =
          "-- file: 1_make.up.sql\nCREATE TABLE invoice (id bigint, customer_id bigint, day "
          "date);\nCREATE INDEX invoice_customer_idx ON invoice (customer_id);\n-- file: "
          "2_replace.up.sql\n-- transaction: off\nCREATE INDEX CONCURRENTLY "
          "invoice_customer_day_idx ON invoice (customer_id, day);\nDROP INDEX CONCURRENTLY "
          "invoice_customer_idx;"};

  void check(const Node& file, Report& report) const {
    std::vector<Node> dropped;
    for (const Node& statement : file.statements()) {
      for (const Node& action : statement.subcommands())
        if (is_of_old_table(action)) dropped.push_back(action);
      if (statement.statement_tag() != "CREATE INDEX" || statement.created_here()) continue;
      for (const Node& drop : dropped) {
        if (!replaces(statement, drop)) continue;
        report
            .add(drop,
                 "index " + text(drop.qualified_name()) + " is dropped before " +
                     quoted(statement.result().name()) + " is there in its place" +
                     (statement.in_transaction() ? ": queries of the table wait until it is"
                                                 : ": queries read the whole table until it is"))
            .hint("build the new index first, under another name");
        return;
      }
    }
  }

 private:
  static bool is_of_old_table(const Node& action) {
    if (action.subcommand() != "drop_index" || action.created_here()) return false;
    return action.target() || !action.if_exists();
  }

  // A new index for the same queries: of the same name, or of the same table and first key.
  static bool replaces(const Node& statement, const Node& drop) {
    const Node made = statement.result(), old = drop.target();
    if (!made) return false;
    if (!old) return made.name() == drop.name();
    const Node key = made.keys()[0], old_key = old.keys()[0];
    return made.parent() == old.parent() && made.access_method() == old.access_method() &&
           key.name() == old_key.name() && key.expression_sql() == old_key.expression_sql();
  }
};

}  // namespace

RuleExtension replace_index_order() {
  return confiture::rule<ReplaceIndexOrder>();
}

}  // namespace plugins::safety
