// SPDX-License-Identifier: MIT
#include "plugins/common/rule.hpp"
#include "plugins/structure/_columns.hpp"

namespace plugins::structure {
namespace {

struct RequireColumnComment {
  std::vector<std::string> exclude;

  static constexpr auto params =
      confiture::params(field("exclude", &RequireColumnComment::exclude,
                              "Columns and tables left alone, by their name or as SQL writes it"));
  static constexpr RuleRecord record{
      .id = "structure.require_column_comment",
      .summary = "Every column has a comment",
      .severity = Severity::off,
      .kinds = {NodeKind::column},
      .why =
          "A comment is where a reader of the database itself, a report tool or a generated\n"
          "documentation finds what a column means. Columns that mean the same everywhere can\n"
          "be excluded by their name.",
      .bad = "CREATE TABLE customer (id bigint PRIMARY KEY);",
      .good =
          "CREATE TABLE customer (id bigint PRIMARY KEY);\n"
          "COMMENT ON COLUMN customer.id IS 'Never reused, not even for a returning customer';"};

  void check(const Node& column, Report& report) const {
    if (!column.comment().empty()) return;
    if (!is_judged(column, exclude)) return;
    report.add(column, "column " + text(column.qualified_name()) + " has no comment")
        .hint("say what it means: COMMENT ON COLUMN " + text(column.qualified_name()) +
              " IS '...'");
  }
};

}  // namespace

RuleExtension require_column_comment() {
  return confiture::rule<RequireColumnComment>();
}

}  // namespace plugins::structure
