// SPDX-License-Identifier: MIT
#include "plugins/safety/_actions.hpp"
#include "plugins/safety/_sizes.hpp"

namespace plugins::safety {
namespace {

struct SetNotNull {
  static constexpr RuleRecord record{
      .id = "safety.set_not_null",
      .summary = "No column is made NOT NULL by a scan under an exclusive lock",
      .severity = Severity::error,
      .risk = Risk::high,
      .kinds = {NodeKind::subcommand},
      .why =
          "SET NOT NULL reads the whole table while nobody can read or write it, unless a valid "
          "CHECK says already that the column is not NULL: add that NOT VALID, validate it in a "
          "later migration, SET NOT NULL then, and drop the CHECK. A table that the same file made "
          "is exempt.",
      .bad = "ALTER TABLE customer ALTER COLUMN email SET NOT NULL;",
      .good =
          "-- file: 1_add.up.sql\nALTER TABLE customer ADD CONSTRAINT email_there CHECK (email IS "
          "NOT NULL) NOT VALID;\n-- file: 2_validate.up.sql\nALTER TABLE customer VALIDATE "
          "CONSTRAINT email_there;\n-- file: 3_set.up.sql\nALTER TABLE customer ALTER COLUMN email "
          "SET NOT NULL;",
      .fix = Fix::unsafe};

  Sizes sizes;
  static constexpr auto params = confiture::params(field("sizes", &SetNotNull::sizes, Sizes::doc));

  void check(const Node& action, Report& report) const {
    if (action.subcommand() != "set_not_null" || !is_on_old_table(action)) return;
    const Node table = table_before(action), column = action.target();
    const bool is_set = column.kind() == NodeKind::column && !column.is_nullable();
    if (is_known(table) && is_set) return;
    if (is_proven_not_null(table, action.name(), report)) return;
    const confiture_location place = action.location();
    const std::string name = quoted(action.name()),
                      of = text(table ? table.name() : action.parent().result().name());
    sizes
        .weigh(report, action,
               report.add(action, column_of(action) + " is made NOT NULL by a scan of the whole "
                                                      "table, while nobody can read or write it"),
               "add CHECK (" + name +
                   " IS NOT NULL) NOT VALID, validate it in a later migration, then SET NOT NULL")
        .fix(place.offset, place.end_offset,
             "ADD CONSTRAINT " + quoted(of + "_" + text(action.name()) + "_not_null") + " CHECK (" +
                 name + " IS NOT NULL) NOT VALID");
  }
};

}  // namespace

RuleExtension set_not_null() {
  return confiture::rule<SetNotNull>();
}

}  // namespace plugins::safety
