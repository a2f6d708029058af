// SPDX-License-Identifier: MIT
#include <algorithm>
#include <map>
#include <utility>

#include "plugins/common/rule.hpp"

namespace plugins::naming {
namespace {

struct IncrementingColumns {
  std::vector<std::string> exclude;

  static constexpr auto params =
      confiture::params(field("exclude", &IncrementingColumns::exclude,
                              "Tables and columns left alone, by their name or as SQL writes it"));
  static constexpr RuleRecord record{
      .id = "naming.incrementing_columns",
      .summary = "Columns are not numbered",
      .severity = Severity::info,
      .kinds = {NodeKind::table},
      .why =
          "`contact1`, `contact2`, `contact3` are a list pressed into one row: a fourth needs\n"
          "a migration, a search asks all of them, and nothing keeps them apart. A table of\n"
          "its own, with a row for each, has none of that. Only columns of one type, numbered\n"
          "one after the other, are a list; `address` beside `address2` is none.",
      .bad =
          "CREATE TABLE company (id bigint PRIMARY KEY, contact1 text, contact2 text, contact3 "
          "text);",
      .good =
          "CREATE TABLE company (id bigint PRIMARY KEY);\n"
          "CREATE TABLE contact (\n"
          "  company_id bigint REFERENCES company, position int, name text NOT NULL,\n"
          "  PRIMARY KEY (company_id, position)\n"
          ");"};

  void check(const Node& table, Report& report) const {
    if (table.is_partition() || table.is_temporary() || is_listed(table, exclude)) return;
    std::map<std::pair<std::string_view, std::string_view>, std::vector<Numbered>> groups;
    for (const Node& column : table.columns()) {
      const Numbered one = taken_apart(column);
      if (one.stem.size() > 1 && !is_listed(column, exclude))
        groups[{one.stem, column.type_name()}].push_back(one);
    }
    for (auto& [key, group] : groups) {
      std::sort(group.begin(), group.end(),
                [](const Numbered& a, const Numbered& b) { return a.number < b.number; });
      bool in_turn = group.size() > 1 && group.front().number <= 1;
      for (std::size_t i = 1; i < group.size(); ++i)
        in_turn = in_turn && group[i].number == group[i - 1].number + 1;
      if (!in_turn) continue;
      report
          .add(group.front().column, "columns " + text(group.front().column.name()) + " to " +
                                         text(group.back().column.name()) + " of table " +
                                         text(table.qualified_name()) +
                                         " are a list pressed into one row")
          .hint("give them a table of their own, with a row for each");
    }
  }

 private:
  struct Numbered {
    Node column;
    std::string_view stem;  // the name without its number; none: not numbered
    int number = 0;
  };

  // At most three digits at the end of the name: contact1, contact_01.
  static Numbered taken_apart(const Node& column) {
    const std::string_view name = column.name();
    std::size_t begin = name.size();
    while (begin > 0 && name[begin - 1] >= '0' && name[begin - 1] <= '9') --begin;
    Numbered result;
    result.column = column;
    if (begin == name.size() || begin == 0 || name.size() - begin > 3) return result;
    for (const char digit : name.substr(begin)) result.number = result.number * 10 + digit - '0';
    result.stem = name.substr(0, begin);
    while (!result.stem.empty() && result.stem.back() == '_') result.stem.remove_suffix(1);
    return result;
  }
};

}  // namespace

RuleExtension incrementing_columns() {
  return confiture::rule<IncrementingColumns>();
}

}  // namespace plugins::naming
