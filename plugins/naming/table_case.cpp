// SPDX-License-Identifier: MIT
#include "plugins/common/name_style.hpp"
#include "plugins/common/rule.hpp"

namespace plugins::naming {
namespace {

struct TableCase {
  NameStyle style = NameStyle::snake_case;
  std::string prefix, view_prefix;
  std::vector<std::string> exclude;

  static constexpr auto params = confiture::params(
      field("style", &TableCase::style, "The style of table and view names", name_styles),
      field("prefix", &TableCase::prefix, "What the name of every table begins with"),
      field("view_prefix", &TableCase::view_prefix, "What the name of every view begins with"),
      field("exclude", &TableCase::exclude,
            "Tables and views that keep their name, as `name` or `schema.name`"));
  static constexpr RuleRecord record{
      .id = "naming.table_case",
      .summary = "Table and view names follow the configured case",
      .severity = Severity::warning,
      .kinds = {NodeKind::table, NodeKind::view},
      .why =
          "Names in one style are guessed right the first time. PostgreSQL folds unquoted names "
          "to lower\ncase, so that any capital letter asks for quotes in every query.",
      .bad = "CREATE TABLE \"OrderLine\" (id bigint PRIMARY KEY);",
      .good = "CREATE TABLE order_line (id bigint PRIMARY KEY);"};

  void check(const Node& relation, Report& report) const {
    if (is_listed(relation, exclude)) return;
    const std::string& begin = relation.kind() == NodeKind::view ? view_prefix : prefix;
    const bool begins = relation.name().starts_with(begin);
    const std::string better = rewritten(relation.name(), style);
    if (!follows(relation.name(), style))
      advise(report.add(relation, what(relation) + " is not named in " + name_of(style)), relation,
             better.starts_with(begin) ? better : begin + better);
    else if (!begins)
      advise(
          report.add(relation, "the name of " + what(relation) + " does not begin with " + begin),
          relation, begin + text(relation.name()));
  }

 private:
  static const char* word_for(const Node& relation) {
    if (relation.kind() != NodeKind::view) return "table";
    return relation.is_materialized() ? "materialized view" : "view";
  }
  static std::string what(const Node& relation) {
    return word_for(relation) + (" " + text(relation.qualified_name()));
  }

  void advise(Finding& finding, const Node& relation, const std::string& better) const {
    if (!follows(better, style)) return;  // a symbol in it: there is no telling what it stands for
    std::string command = word_for(relation);
    for (char& c : command) c = c == ' ' ? c : static_cast<char>(c - 'a' + 'A');
    finding.hint("name it " + quoted(better))
        .suggestion("ALTER " + command + " " + text(relation.qualified_name()) + " RENAME TO " +
                    quoted(better) + ";");
  }
};

}  // namespace

RuleExtension table_case() {
  return confiture::rule<TableCase>();
}

}  // namespace plugins::naming
