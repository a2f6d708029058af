// SPDX-License-Identifier: MIT
#include "plugins/common/rule.hpp"
#include "plugins/naming/_names.hpp"

namespace plugins::naming {
namespace {

struct Abbreviation {
  std::vector<std::string> names{"tbl",  "usr", "msg", "cust", "acct",
                                 "addr", "amt", "qty", "cfg",  "pwd"};
  std::vector<std::string> exclude;

  static constexpr auto params = confiture::params(
      field("names", &Abbreviation::names, "The words that no name may have"),
      field("exclude", &Abbreviation::exclude, "Objects left alone, as `name` or `schema.name`"));
  static constexpr RuleRecord record{
      .id = "naming.abbreviation",
      .summary = "No name has a forbidden abbreviation in it",
      .severity = Severity::off,
      .kinds = {NodeKind::database},
      .why =
          "`usr`, `cust` and `tbl` save a few letters once and cost a question each time\n"
          "somebody reads them. A name is looked at word by word: `msg` is found in\n"
          "`msg_count` and in `lastMsg`, not in `image`.",
      .bad = "CREATE TABLE tbl_customer (id bigint PRIMARY KEY);",
      .good = "CREATE TABLE customer (id bigint PRIMARY KEY);"};

  void check(const Node& database, Report& report) const {
    each_named(database, [&](const Node& node, const char* word) {
      const std::string* found = matching(node.name(), names);
      if (found == nullptr || is_listed(node, exclude)) return;
      report
          .add(node, text(word) + " " + text(node.qualified_name()) +
                         " has the forbidden abbreviation '" + *found + "' in its name")
          .hint("write the word out, or leave it away");
    });
  }
};

}  // namespace

RuleExtension abbreviation() {
  return confiture::rule<Abbreviation>();
}

}  // namespace plugins::naming
