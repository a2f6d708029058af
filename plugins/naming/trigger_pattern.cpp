// SPDX-License-Identifier: MIT
#include "plugins/common/rule.hpp"
#include "plugins/naming/_pattern.hpp"

namespace plugins::naming {
namespace {

struct TriggerPattern {
  std::string pattern = "{table}_*";
  std::vector<std::string> exclude;

  static constexpr auto params = confiture::params(
      field("pattern", &TriggerPattern::pattern,
            "What names look like: {table}, and `*` for any text", "1.."),
      field("exclude", &TriggerPattern::exclude, "Triggers left alone, by their name"));
  static constexpr RuleRecord record{
      .id = "naming.trigger_pattern",
      .summary = "Trigger names match a pattern",
      .severity = Severity::off,
      .kinds = {NodeKind::trigger},
      .why =
          "Triggers of one table fire in the order of their names, and an error message names\n"
          "the trigger alone. The default asks for the table in front; another pattern could\n"
          "number them.",
      .bad =
          "CREATE TABLE customer (id bigint PRIMARY KEY);\n"
          "CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN new; END';\n"
          "CREATE TRIGGER t1 BEFORE UPDATE ON customer FOR EACH ROW EXECUTE FUNCTION touch();",
      .good =
          "CREATE TABLE customer (id bigint PRIMARY KEY);\n"
          "CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN new; END';\n"
          "CREATE TRIGGER customer_touch BEFORE UPDATE ON customer FOR EACH ROW EXECUTE FUNCTION "
          "touch();"};

  void check(const Node& trigger, Report& report) const {
    const Node table = trigger.parent();
    const std::string wanted = filled(pattern, table.name(), "");
    if (matches(wanted, trigger.name()) || is_listed(trigger, exclude)) return;
    report
        .add(trigger, "trigger " + quoted(trigger.name()) + " of " + text(table.qualified_name()) +
                          " is not named " + wanted)
        .hint("rename the trigger");
  }
};

}  // namespace

RuleExtension trigger_pattern() {
  return confiture::rule<TriggerPattern>();
}

}  // namespace plugins::naming
