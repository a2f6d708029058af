// SPDX-License-Identifier: MIT
#include "plugins/common/rule.hpp"
#include "plugins/structure/_columns.hpp"

namespace plugins::structure {
namespace {

struct RequireNotNull {
  std::vector<std::string> exclude;

  static constexpr auto params =
      confiture::params(field("exclude", &RequireNotNull::exclude,
                              "Columns and tables left alone, by their name or as SQL writes it"));
  static constexpr RuleRecord record{
      .id = "structure.require_not_null",
      .summary = "Columns are NOT NULL unless listed",
      .severity = Severity::off,
      .kinds = {NodeKind::column},
      .why =
          "NULL makes three answers of two: `<>` and NOT IN leave rows out that everybody\n"
          "expects. Where a value may be missing, say so by listing the column.",
      .bad = "CREATE TABLE customer (id bigint PRIMARY KEY, email text);",
      .good = "CREATE TABLE customer (id bigint PRIMARY KEY, email text NOT NULL);"};

  void check(const Node& column, Report& report) const {
    if (!may_be_null(column) || column.type_name().empty()) return;
    if (!is_judged(column, exclude)) return;
    report.add(column, "column " + text(column.qualified_name()) + " may be NULL")
        .hint("make it NOT NULL, or list it under `exclude`");
  }
};

}  // namespace

RuleExtension require_not_null() {
  return confiture::rule<RequireNotNull>();
}

}  // namespace plugins::structure
