// SPDX-License-Identifier: MIT
#include "plugins/safety/_actions.hpp"
#include "plugins/safety/_sizes.hpp"

namespace plugins::safety {
namespace {

struct AddColumnSerial {
  static constexpr RuleRecord record{
      .id = "safety.add_column_serial",
      .summary = "No serial column is added to a table in use",
      .severity = Severity::error,
      .risk = Risk::high,
      .kinds = {NodeKind::subcommand},
      .why =
          "serial and bigserial give each row a number of its own: ADD COLUMN writes the whole "
          "table and its indexes again under an ACCESS EXCLUSIVE lock. Add a plain integer column, "
          "make the sequence, SET DEFAULT nextval(...), and number the old rows in batches. A "
          "table that the same file made is exempt.",
      .bad = "ALTER TABLE invoice ADD COLUMN number bigserial;",
      .good =
          "ALTER TABLE invoice ADD COLUMN number bigint;\nCREATE SEQUENCE invoice_number_seq OWNED "
          "BY invoice.number;\nALTER TABLE invoice ALTER COLUMN number SET DEFAULT "
          "nextval('invoice_number_seq');"};

  Sizes sizes;
  static constexpr auto params =
      confiture::params(field("sizes", &AddColumnSerial::sizes, Sizes::doc));

  void check(const Node& action, Report& report) const {
    const Node column = added_column(action);
    if (!column.is_serial()) return;
    sizes.weigh(
        report, action,
        report.add(action, column_of(action) + " is " + text(column.type_sql()) +
                               ": the table is rewritten while nobody can read or write it"),
        "add a plain integer column, SET DEFAULT nextval(...) of a sequence, and number the "
        "old rows in batches");
  }
};

}  // namespace

RuleExtension add_column_serial() {
  return confiture::rule<AddColumnSerial>();
}

}  // namespace plugins::safety
