// SPDX-License-Identifier: MIT
#include "plugins/common/rule.hpp"
#include "plugins/naming/_names.hpp"

namespace plugins::naming {
namespace {

struct ReservedWord {
  std::vector<std::string> exclude;

  static constexpr auto params = confiture::params(
      field("exclude", &ReservedWord::exclude, "Objects left alone, as `name` or `schema.name`"));
  static constexpr RuleRecord record{
      .id = "naming.reserved_word",
      .summary = "No name is a reserved word",
      .severity = Severity::warning,
      .kinds = {NodeKind::database},
      .why =
          "A table called `order` or a column called `user` must be written in quotes in\n"
          "every query, for ever. Without them `SELECT user FROM account` is no error: it\n"
          "gives the name of the current role.",
      .bad = "CREATE TABLE account (id bigint PRIMARY KEY, \"user\" text NOT NULL);",
      .good = "CREATE TABLE account (id bigint PRIMARY KEY, user_name text NOT NULL);"};

  void check(const Node& database, Report& report) const {
    each_named(database, [&](const Node& node, const char* word) {
      if (!is_reserved(node.name()) || is_listed(node, exclude)) return;
      report
          .add(node, text(word) + " " + text(node.qualified_name()) +
                         " is named by a reserved word: every use of it needs quotes")
          .hint("choose another name, such as " + text(node.name()) + "_" +
                (text(word) == "column" ? "name" : "entry"));
    });
  }
};

}  // namespace

RuleExtension reserved_word() {
  return confiture::rule<ReservedWord>();
}

}  // namespace plugins::naming
