// SPDX-License-Identifier: MIT
#include "plugins/common/rule.hpp"
#include "plugins/structure/_columns.hpp"

namespace plugins::structure {
namespace {

struct ForbidColumnType {
  std::vector<std::string> types;
  std::vector<std::string> exclude;

  static constexpr auto params = confiture::params(
      field("types", &ForbidColumnType::types, "Forbidden types, by their name in pg_type"),
      field("exclude", &ForbidColumnType::exclude,
            "Columns and tables left alone, by their name or as SQL writes it"));
  static constexpr RuleRecord record{
      .id = "structure.forbid_column_type",
      .summary = "No column is of a forbidden type",
      .severity = Severity::off,
      .risk = Risk::low,
      .kinds = {NodeKind::column},
      .why =
          "What a team agreed not to use, whatever the reason: `xml`, `hstore`, an enum.\n"
          "Types are named as the catalog names them (`int4`, `varchar`, `timestamptz`); an\n"
          "array counts as the type of its elements.",
      .bad =
          "-- with: {types: [xml]}\n"
          "CREATE TABLE message (id bigint PRIMARY KEY, payload xml NOT NULL);",
      .good =
          "-- with: {types: [xml]}\n"
          "CREATE TABLE message (id bigint PRIMARY KEY, payload jsonb NOT NULL);"};

  void check(const Node& column, Report& report) const {
    if (!is_judged(column, exclude)) return;
    std::string_view type = column.type_name();
    if (type.ends_with("[]")) type.remove_suffix(2);
    for (const std::string& one : types) {
      if (one != type) continue;
      report
          .add(column,
               "column " + text(column.qualified_name()) + " is of the forbidden type " + one)
          .hint("choose another type");
      return;
    }
  }
};

}  // namespace

RuleExtension forbid_column_type() {
  return confiture::rule<ForbidColumnType>();
}

}  // namespace plugins::structure
