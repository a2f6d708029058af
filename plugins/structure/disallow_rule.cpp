// SPDX-License-Identifier: MIT
#include "plugins/common/rule.hpp"

namespace plugins::structure {
namespace {

struct DisallowRule {
  std::vector<std::string> exclude;

  static constexpr auto params = confiture::params(
      field("exclude", &DisallowRule::exclude, "Rules and tables left alone, by their name"));
  static constexpr RuleRecord record{
      .id = "structure.disallow_rule",
      .summary = "No rewrite rule is made",
      .severity = Severity::warning,
      .risk = Risk::low,
      .kinds = {NodeKind::rewrite_rule},
      .why =
          "A rule rewrites the text of a query: expressions such as nextval() or random() may\n"
          "then run twice, row counts and RETURNING are wrong, and COPY passes it by. A\n"
          "trigger does the same work row by row and can be read.",
      .bad =
          "CREATE TABLE visit (id bigint PRIMARY KEY);\n"
          "CREATE RULE keep AS ON DELETE TO visit DO INSTEAD NOTHING;",
      .good =
          "CREATE TABLE visit (id bigint PRIMARY KEY);\n"
          "CREATE FUNCTION keep() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';\n"
          "CREATE TRIGGER visit_keep BEFORE DELETE ON visit FOR EACH ROW EXECUTE FUNCTION keep();"};

  void check(const Node& rule, Report& report) const {
    if (is_listed(rule, exclude) || is_listed(rule.parent(), exclude)) return;
    report
        .add(rule, "rule " + quoted(rule.name()) + " rewrites queries of " +
                       text(rule.parent().qualified_name()))
        .hint(rule.parent().kind() == NodeKind::view ? "use an INSTEAD OF trigger"
                                                     : "use a trigger");
  }
};

}  // namespace

RuleExtension disallow_rule() {
  return confiture::rule<DisallowRule>();
}

}  // namespace plugins::structure
