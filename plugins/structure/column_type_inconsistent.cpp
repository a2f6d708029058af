// SPDX-License-Identifier: MIT
#include <algorithm>
#include <map>
#include <unordered_map>

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
    std::unordered_map<std::string_view, std::vector<Typed>> by_name;
    for (const Node& table : database.tables()) {
      if (!is_judged_table(table, exclude)) continue;
      for (const Node& column : table.columns())
        if (const std::string_view type = type_of(column); !type.empty())
          by_name[column.name()].push_back({type, column});
    }
    std::vector<std::string_view> names;  // in an order of their own
    for (const auto& [name, columns] : by_name)
      if (has_two_types(columns)) names.push_back(name);
    std::sort(names.begin(), names.end());
    for (const std::string_view name : names) judge(by_name[name], report);
  }

 private:
  struct Typed {
    std::string_view type;
    Node column;
  };

  static bool has_two_types(const std::vector<Typed>& columns) {
    return std::any_of(columns.begin(), columns.end(),
                       [&](const Typed& one) { return one.type != columns.front().type; });
  }

  void judge(std::vector<Typed>& columns, Report& report) const {
    std::erase_if(columns, [&](const Typed& one) { return is_listed(one.column, exclude); });
    if (columns.empty()) return;
    const Typed model = most_common(columns);
    for (const auto& [type, column] : columns) {
      if (type == model.type) continue;
      report
          .add(column, "column " + text(column.qualified_name()) + " is " +
                           text(column.type_sql()) + ", and " +
                           text(model.column.qualified_name()) + " is " +
                           text(model.column.type_sql()))
          .hint("give both one type, or one of them another name");
    }
  }

  static std::string_view type_of(const Node& column) {
    const std::string_view type = column.type_name();
    return type == "varchar" ? std::string_view("text") : type;
  }

  // Of equally many the one that comes first.
  static Typed most_common(const std::vector<Typed>& columns) {
    std::map<std::string_view, std::size_t> counts;
    for (const Typed& one : columns) ++counts[one.type];
    const Typed* best = &columns.front();
    for (const Typed& one : columns)
      if (counts[one.type] > counts[best->type]) best = &one;
    return *best;
  }
};

}  // namespace

RuleExtension column_type_inconsistent() {
  return confiture::rule<ColumnTypeInconsistent>();
}

}  // namespace plugins::structure
