// SPDX-License-Identifier: MIT
#include "plugins/common/rule.hpp"
#include "plugins/structure/_columns.hpp"

namespace plugins::structure {
namespace {

struct RequireTimestamps {
  std::vector<std::string> columns{"created_at", "updated_at"};
  std::vector<std::string> exclude;

  static constexpr auto params =
      confiture::params(field("columns", &RequireTimestamps::columns, "The columns of every table"),
                        field("exclude", &RequireTimestamps::exclude,
                              "Tables left alone, as `name` or `schema.name`"));
  static constexpr RuleRecord record{
      .id = "structure.require_timestamps",
      .summary = "Tables say when a row was made and changed",
      .severity = Severity::off,
      .kinds = {NodeKind::table},
      .why =
          "When a row came and when it last changed is asked after the first incident, for\n"
          "rows that are long there. The columns are points in time (`timestamptz`) and NOT\n"
          "NULL; their names are a parameter. Columns are not filled by themselves: give them\n"
          "a default, and the second one a trigger.",
      .bad =
          "CREATE TABLE customer (id bigint PRIMARY KEY, created_at timestamptz NOT NULL DEFAULT "
          "now());",
      .good =
          "CREATE TABLE customer (\n"
          "  id bigint PRIMARY KEY,\n"
          "  created_at timestamptz NOT NULL DEFAULT now(),\n"
          "  updated_at timestamptz NOT NULL DEFAULT now()\n"
          ");"};

  void check(const Node& table, Report& report) const {
    if (!is_judged_table(table, exclude)) return;
    for (const std::string& name : columns) {
      Node column;
      for (const Node& one : table.columns())
        if (one.name() == name) column = one;
      if (!column) {
        report
            .add(table, "table " + text(table.qualified_name()) + " has no column " + quoted(name))
            .hint("say when a row was made and changed")
            .suggestion("ALTER TABLE " + text(table.qualified_name()) + " ADD COLUMN " +
                        quoted(name) + " timestamptz NOT NULL DEFAULT now();");
      } else if (column.type_name() != "timestamptz") {
        report
            .add(column, "column " + text(column.qualified_name()) + " is " +
                             text(column.type_sql()) + " and no timestamptz")
            .hint("use timestamptz");
      } else if (may_be_null(column)) {
        report.add(column, "column " + text(column.qualified_name()) + " may be NULL")
            .hint("make it NOT NULL, with DEFAULT now()");
      }
    }
  }
};

}  // namespace

RuleExtension require_timestamps() {
  return confiture::rule<RequireTimestamps>();
}

}  // namespace plugins::structure
