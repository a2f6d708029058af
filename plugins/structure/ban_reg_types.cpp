// SPDX-License-Identifier: MIT
#include <algorithm>
#include <iterator>

#include "plugins/common/rule.hpp"
#include "plugins/structure/_columns.hpp"

namespace plugins::structure {
namespace {

struct BanRegTypes {
  std::vector<std::string> exclude;

  static constexpr auto params =
      confiture::params(field("exclude", &BanRegTypes::exclude,
                              "Columns and tables left alone, by their name or as SQL writes it"));
  static constexpr RuleRecord record{
      .id = "structure.ban_reg_types",
      .summary = "No column is of a type that stands in the way of an upgrade",
      .severity = Severity::warning,
      .risk = Risk::low,
      .kinds = {NodeKind::column},
      .why =
          "A value of `regproc` and its kin is the number of a catalog row, and those numbers\n"
          "change with the major version: pg_upgrade refuses the whole database. `regclass`,\n"
          "`regrole` and `regtype` keep their numbers and are let pass.",
      .bad = "CREATE TABLE job (id bigint PRIMARY KEY, handler regproc NOT NULL);",
      .good = "CREATE TABLE job (id bigint PRIMARY KEY, handler text NOT NULL);"};

  void check(const Node& column, Report& report) const {
    static constexpr std::string_view types[] = {"regcollation", "regconfig",   "regdictionary",
                                                 "regnamespace", "regoper",     "regoperator",
                                                 "regproc",      "regprocedure"};
    const std::string_view type = built_in_type(column);
    if (std::find(std::begin(types), std::end(types), type) == std::end(types)) return;
    if (!is_judged(column, exclude)) return;
    report
        .add(column, "column " + text(column.qualified_name()) + " is of type " + text(type) +
                         ", which pg_upgrade refuses")
        .hint("store the name as text, and cast it where it is used")
        .suggestion(alter_type(column, "text"));
  }
};

}  // namespace

RuleExtension ban_reg_types() {
  return confiture::rule<BanRegTypes>();
}

}  // namespace plugins::structure
