// SPDX-License-Identifier: MIT
#include "plugins/common/rule.hpp"
#include "plugins/naming/_names.hpp"
#include "plugins/naming/_pattern.hpp"

namespace plugins::naming {
namespace {

struct Forbidden {
  std::vector<std::string> patterns;
  std::vector<std::string> exclude;

  static constexpr auto params = confiture::params(
      field("patterns", &Forbidden::patterns,
            "What no name may look like; `*` stands for any text"),
      field("exclude", &Forbidden::exclude, "Objects left alone, as `name` or `schema.name`"));
  static constexpr RuleRecord record{
      .id = "naming.forbidden",
      .summary = "No name matches a forbidden pattern",
      .severity = Severity::off,
      .kinds = {NodeKind::database},
      .why =
          "What a team agreed not to write: a bare `id`, a prefix of the old system, a word\n"
          "with two meanings. `*` stands for any text, and letters are compared as they stand\n"
          "in the catalog.",
      .bad =
          "-- with: {patterns: [id, \"old_*\"]}\n"
          "CREATE TABLE customer (id bigint PRIMARY KEY);",
      .good =
          "-- with: {patterns: [id, \"old_*\"]}\n"
          "CREATE TABLE customer (customer_id bigint PRIMARY KEY);"};

  void check(const Node& database, Report& report) const {
    each_named(database, [&](const Node& node, const char* word) {
      for (const std::string& pattern : patterns) {
        if (!matches(pattern, node.name()) || is_listed(node, exclude)) continue;
        report
            .add(node, text(word) + " " + text(node.qualified_name()) + " has a name like " +
                           pattern + ", which is forbidden")
            .hint("choose another name");
        return;
      }
    });
  }
};

}  // namespace

RuleExtension forbidden() {
  return confiture::rule<Forbidden>();
}

}  // namespace plugins::naming
