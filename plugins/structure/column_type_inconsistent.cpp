// SPDX-License-Identifier: MIT
#include <map>

#include "plugins/common/rule.hpp"
#include "plugins/structure/_columns.hpp"

namespace plugins::structure {
namespace {

struct ColumnTypeInconsistent {
  std::vector<std::string> exclude{"id",     "code",   "data",  "key",  "kind",  "name",
                                   "number", "status", "state", "type", "value", "version"};

  static constexpr auto params =
      confiture::params(field("exclude", &ColumnTypeInconsistent::exclude,
                              "Columns and tables left alone, by their name or as SQL writes it"));
  static constexpr RuleRecord record{
      .id = "structure.column_type_inconsistent",
      .summary = "Columns of one name have one type",
      .severity = Severity::info,
      .kinds = {NodeKind::database},
      .why =
          "A `customer_id` that is `bigint` in one table and `text` in another must be\n"
          "converted in each join, and one of the two is most likely a slip. The types that\n"
          "fewer columns of the name have are reported, compared without length and\n"
          "precision; `text` and `varchar` are the same here. Names that mean something else\n"
          "in each table can be excluded.",
      .bad =
          "CREATE TABLE orders (id bigint PRIMARY KEY, sku text);\n"
          "CREATE TABLE stock (id bigint PRIMARY KEY, sku text);\n"
          "CREATE TABLE supply (id bigint PRIMARY KEY, sku bigint);",
      .good =
          "CREATE TABLE orders (id bigint PRIMARY KEY, sku text);\n"
          "CREATE TABLE stock (id bigint PRIMARY KEY, sku text);\n"
          "CREATE TABLE supply (id bigint PRIMARY KEY, sku text);"};

  void check(const Node& database, Report& report) const {
    std::map<std::string_view, std::vector<Node>> by_name;
    for (const Node& table : database.tables())
      for (const Node& column : table.columns())
        if (is_judged(column, exclude) && !type_of(column).empty())
          by_name[column.name()].push_back(column);
    for (const auto& [name, columns] : by_name) {
      const Node model = most_common(columns);
      for (const Node& column : columns) {
        if (type_of(column) == type_of(model)) continue;
        report
            .add(column, "column " + text(column.qualified_name()) + " is " +
                             text(column.type_sql()) + ", and " + text(model.qualified_name()) +
                             " is " + text(model.type_sql()))
            .hint("give both one type, or one of them another name");
      }
    }
  }

 private:
  static std::string_view type_of(const Node& column) {
    return column.type_name() == "varchar" ? std::string_view("text") : column.type_name();
  }

  // Of equally many the one that comes first.
  static Node most_common(const std::vector<Node>& columns) {
    std::map<std::string_view, std::size_t> counts;
    for (const Node& column : columns) ++counts[type_of(column)];
    Node best = columns.front();
    for (const Node& column : columns)
      if (counts[type_of(column)] > counts[type_of(best)]) best = column;
    return best;
  }
};

}  // namespace

RuleExtension column_type_inconsistent() {
  return confiture::rule<ColumnTypeInconsistent>();
}

}  // namespace plugins::structure
