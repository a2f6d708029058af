// SPDX-License-Identifier: MIT
#include "plugins/safety/_actions.hpp"

namespace plugins::safety {
namespace {

struct DisableTrigger {
  static constexpr RuleRecord record{
      .id = "safety.disable_trigger",
      .summary = "No trigger of a table in use is switched off",
      .severity = Severity::warning,
      .risk = Risk::high,
      .kinds = {NodeKind::subcommand},
      .why =
          "What the trigger does at each write is not done, by nobody, until it is switched on "
          "again; what was missed is not made up for. DISABLE TRIGGER ALL also switches off the "
          "triggers that check foreign keys: rows that refer to nothing stay, and no later check "
          "finds them. A table that the same file made is exempt.",
      .bad = "ALTER TABLE invoice DISABLE TRIGGER ALL;",
      .good = "ALTER TABLE invoice ENABLE TRIGGER ALL;"};

  void check(const Node& action, Report& report) const {
    const std::string_view subcommand = action.subcommand();
    if (!subcommand.starts_with("disable_trig") || !is_on_old_table(action)) return;
    const std::string of = " of table " + text(action.qualified_name());
    if (subcommand == "disable_trig_all")
      report
          .add(action,
               "all triggers" + of + " are switched off, those that check foreign keys among them")
          .risk(Risk::critical)
          .hint("name the trigger, or use USER, which leaves foreign keys alone");
    else if (subcommand == "disable_trig_user")
      report.add(action, "all triggers" + of + " are switched off, for everybody")
          .hint(
              "let the triggers' functions look at a setting that the migration makes with SET "
              "LOCAL");
    else
      report
          .add(action, "trigger " + quoted(action.name()) + of + " is switched off, for everybody")
          .hint(
              "let the trigger's function look at a setting that the migration makes with SET "
              "LOCAL");
  }
};

}  // namespace

RuleExtension disable_trigger() {
  return confiture::rule<DisableTrigger>();
}

}  // namespace plugins::safety
