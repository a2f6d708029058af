// SPDX-License-Identifier: MIT
#include "plugins/common/rule.hpp"

namespace plugins::safety {
namespace {

struct NotValidForeignKeyOnPartitioned {
  static constexpr RuleRecord record{
      .id = "safety.not_valid_foreign_key_on_partitioned",
      .summary = "No foreign key is added NOT VALID to a partitioned table before PostgreSQL 18",
      .severity = Severity::error,
      .risk = Risk::high,
      .kinds = {NodeKind::subcommand},
      .why =
          "Before PostgreSQL 18 the statement fails: a partitioned table takes no NOT VALID "
          "foreign key. Its partitions do: add it to each of them NOT VALID, validate it there, "
          "and then add it to the table, which finds nothing left to look up.",
      .bad =
          "CREATE TABLE visit (day date, customer_id bigint) PARTITION BY RANGE (day);\nALTER "
          "TABLE visit ADD FOREIGN KEY (customer_id) REFERENCES customer NOT VALID;",
      .good =
          "CREATE TABLE visit (day date, customer_id bigint) PARTITION BY RANGE (day);\nALTER "
          "TABLE visit ADD FOREIGN KEY (customer_id) REFERENCES customer;"};

  void check(const Node& action, Report& report) const {
    const Node constraint = action.result(), statement = action.parent();
    if (action.subcommand() != "add_constraint" || statement.server_version() >= 180000 ||
        constraint.constraint_kind() != "foreign_key" || constraint.is_valid() ||
        !statement.target().is_partitioned())
      return;
    report
        .add(action, "foreign key " + quoted(constraint.name()) +
                         " cannot be added NOT VALID: table " + text(action.qualified_name()) +
                         " is partitioned")
        .hint("add it to each partition NOT VALID, validate those, and then add it to the table");
  }
};

}  // namespace

RuleExtension not_valid_foreign_key_on_partitioned() {
  return confiture::rule<NotValidForeignKeyOnPartitioned>();
}

}  // namespace plugins::safety
