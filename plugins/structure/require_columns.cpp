// SPDX-License-Identifier: MIT
#include "plugins/common/rule.hpp"
#include "plugins/structure/_columns.hpp"

namespace plugins::structure {
namespace {

struct RequireColumns {
  std::vector<std::string> columns;
  std::vector<std::string> exclude;

  static constexpr auto params = confiture::params(
      field("columns", &RequireColumns::columns,
            "The columns of every table, each as `name` or `name type`"),
      field("exclude", &RequireColumns::exclude, "Tables left alone, as `name` or `schema.name`"));
  static constexpr RuleRecord record{
      .id = "structure.require_columns",
      .summary = "Tables have the columns that the team asks of each",
      .severity = Severity::off,
      .kinds = {NodeKind::table},
      .why =
          "A tenant, an owner, a number for optimistic locking: what every table needs is\n"
          "forgotten in some of them, and found there when it is needed. `columns` lists them\n"
          "by name, each with a type where that matters: `tenant_id uuid`.",
      .bad =
          "-- with: {columns: [tenant_id uuid]}\n"
          "CREATE TABLE customer (id bigint PRIMARY KEY);",
      .good =
          "-- with: {columns: [tenant_id uuid]}\n"
          "CREATE TABLE customer (id bigint PRIMARY KEY, tenant_id uuid NOT NULL);"};

  void check(const Node& table, Report& report) const {
    if (!is_judged_table(table, exclude)) return;
    for (const std::string& wanted : columns) {
      const std::size_t blank = wanted.find(' ');
      const std::string name = wanted.substr(0, blank);
      const std::string type = blank == std::string::npos ? "" : wanted.substr(blank + 1);
      const Node column = column_of(table, name);
      if (!column) {
        report
            .add(table, "table " + text(table.qualified_name()) + " has no column " + quoted(name))
            .hint("add it: " + quoted(name) + (type.empty() ? "" : " " + type));
      } else if (!type.empty() && catalog_name(type, report) != column.type_name()) {
        report
            .add(column, "column " + text(column.qualified_name()) + " is " +
                             text(column.type_sql()) + " and not " + type)
            .hint("give it the type " + type);
      }
    }
  }

 private:
  static Node column_of(const Node& table, std::string_view name) {
    for (const Node& column : table.columns())
      if (column.name() == name) return column;
    return {};
  }

  // "timestamp with time zone" is timestamptz, "int[]" is int4[].
  static std::string catalog_name(const std::string& type, const Report& report) {
    const Tree made = report.expression("NULL::" + type);
    const std::string name = text(made["typeName"].type_name());
    return made["typeName"]["arrayBounds"].empty() ? name : name + "[]";
  }
};

}  // namespace

RuleExtension require_columns() {
  return confiture::rule<RequireColumns>();
}

}  // namespace plugins::structure
