// SPDX-License-Identifier: MIT
#include "plugins/common/rule.hpp"
#include "plugins/common/written.hpp"
#include "plugins/structure/_columns.hpp"

namespace plugins::structure {
namespace {

struct UniqueNotNullInsteadOfPrimaryKey {
  std::vector<std::string> exclude;

  static constexpr auto params =
      confiture::params(field("exclude", &UniqueNotNullInsteadOfPrimaryKey::exclude,
                              "Tables left alone, as `name` or `schema.name`"));
  static constexpr RuleRecord record{
      .id = "structure.unique_not_null_instead_of_primary_key",
      .summary = "What could be the primary key is declared as one",
      .severity = Severity::info,
      .kinds = {NodeKind::table},
      .why =
          "A unique key over NOT NULL columns does what a primary key does, and does not say\n"
          "so: logical replication does not find it, tools that look for the key do not\n"
          "either, and a foreign key must name its columns.",
      .bad = "CREATE TABLE country (code text NOT NULL UNIQUE, name text NOT NULL);",
      .good = "CREATE TABLE country (code text PRIMARY KEY, name text NOT NULL);",
      .fix = Fix::safe};

  void check(const Node& table, Report& report) const {
    if (!is_judged_table(table, exclude)) return;
    Node found;
    for (const Node& constraint : table.constraints()) {
      if (constraint.constraint_kind() == "primary_key") return;
      if (!found && can_be_key(constraint)) found = constraint;
    }
    if (!found) return;
    Finding& finding =
        report.add(found, "unique key " + place_of(found) + " stands where a primary key is meant");
    finding.hint("declare it as PRIMARY KEY");
    const Written written(table);
    const confiture_location place = found.location();
    if (!written.has(place.offset)) return;
    const auto word = written.word(place.offset, "unique");
    if (word && word->end_offset <= place.end_offset && !found.nulls_not_distinct())
      finding.fix(word->offset, word->end_offset, "PRIMARY KEY");
  }

 private:
  static bool can_be_key(const Node& constraint) {
    if (constraint.constraint_kind() != "unique" || constraint.columns().empty()) return false;
    for (const Node& column : constraint.columns())
      if (column.is_nullable()) return false;
    return !constraint.is_deferrable();
  }
};

}  // namespace

RuleExtension unique_not_null_instead_of_primary_key() {
  return confiture::rule<UniqueNotNullInsteadOfPrimaryKey>();
}

}  // namespace plugins::structure
