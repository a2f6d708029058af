// SPDX-License-Identifier: MIT
#include "plugins/safety/_actions.hpp"
#include "plugins/safety/_sizes.hpp"

namespace plugins::safety {
namespace {

struct AddForeignKeyWithoutNotValid {
  static constexpr RuleRecord record{
      .id = "safety.add_foreign_key_without_not_valid",
      .summary = "A foreign key is added NOT VALID, and validated later",
      .severity = Severity::error,
      .risk = Risk::high,
      .kinds = {NodeKind::subcommand},
      .why =
          "ADD FOREIGN KEY looks up every row of the table while it holds SHARE ROW EXCLUSIVE "
          "locks on both tables: nobody can write to either. NOT VALID checks only what is written "
          "from then on; VALIDATE CONSTRAINT in a later migration looks up the old rows and lets "
          "writers pass. Before PostgreSQL 18 a partitioned table takes no NOT VALID foreign key: "
          "add it to each partition so. A table that the same file made is exempt.",
      .bad = "ALTER TABLE invoice ADD FOREIGN KEY (customer_id) REFERENCES customer;",
      .good = "ALTER TABLE invoice ADD FOREIGN KEY (customer_id) REFERENCES customer NOT VALID;",
      .fix = Fix::unsafe};

  Sizes sizes;
  static constexpr auto params =
      confiture::params(field("sizes", &AddForeignKeyWithoutNotValid::sizes, Sizes::doc));

  void check(const Node& action, Report& report) const {
    const Node constraint = added_constraint(action, "foreign_key");
    if (!constraint || !constraint.is_valid()) return;
    const Node referenced = constraint.referenced_table();
    const bool both =
        referenced != action.parent().result() && !is_made_in(action.parent().parent(), referenced);
    Finding& finding = report.add(
        action, "foreign key " + quoted(constraint.name()) + " looks up every row of table " +
                    text(action.qualified_name()) + " while nobody can write to it" +
                    (both ? " or to " + text(constraint.referenced_name()) : ""));
    if (table_before(action).is_partitioned() && action.parent().server_version() < 180000) {
      sizes.weigh(
          report, action, finding,
          "add it to each partition NOT VALID, validate those, and then add it to the table");
      return;
    }
    const std::uint64_t end = action.location().end_offset;
    sizes
        .weigh(report, action, finding,
               "add NOT VALID, and VALIDATE CONSTRAINT in a later migration")
        .fix(end, end, " NOT VALID");
  }
};

}  // namespace

RuleExtension add_foreign_key_without_not_valid() {
  return confiture::rule<AddForeignKeyWithoutNotValid>();
}

}  // namespace plugins::safety
