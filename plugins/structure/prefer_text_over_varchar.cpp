// SPDX-License-Identifier: MIT
#include "plugins/common/rule.hpp"
#include "plugins/structure/_columns.hpp"
#include "plugins/structure/_types.hpp"

namespace plugins::structure {
namespace {

struct PreferTextOverVarchar {
  std::vector<std::string> exclude;

  static constexpr auto params =
      confiture::params(field("exclude", &PreferTextOverVarchar::exclude,
                              "Columns and tables left alone, by their name or as SQL writes it"));
  static constexpr RuleRecord record{
      .id = "structure.prefer_text_over_varchar",
      .summary = "Text has no length limit in its type",
      .severity = Severity::info,
      .risk = Risk::low,
      .kinds = {NodeKind::column},
      .why =
          "`varchar(n)` is no smaller and no faster than `text`. The limit is a rule of the\n"
          "business that changes: to lower it rewrites the table, and views that read the\n"
          "column stand in the way even of a raise. A CHECK can be replaced without either.\n"
          "`varchar` without a limit is the same as `text`, and left alone.",
      .bad = "CREATE TABLE customer (id bigint PRIMARY KEY, name varchar(80) NOT NULL);",
      .good =
          "CREATE TABLE customer (id bigint PRIMARY KEY, name text NOT NULL CHECK "
          "(char_length(name) <= 80));",
      .fix = Fix::unsafe};

  void check(const Node& column, Report& report) const {
    if (built_in_type(column) != "varchar" || column.max_length() == 0) return;
    if (!is_judged(column, exclude)) return;
    Finding& finding =
        report
            .add(column, "column " + text(column.qualified_name()) +
                             " has its limit in its type: " + text(column.type_sql()))
            .hint("use text, and CHECK (char_length(" + quoted(column.name()) +
                  ") <= " + std::to_string(column.max_length()) + ")")
            .suggestion(alter_type(column, "text"));
    retype(finding, column,
           is_array(column) ? "text"
                            : "text CHECK (char_length(" + quoted(column.name()) +
                                  ") <= " + std::to_string(column.max_length()) + ")");
  }
};

}  // namespace

RuleExtension prefer_text_over_varchar() {
  return confiture::rule<PreferTextOverVarchar>();
}

}  // namespace plugins::structure
