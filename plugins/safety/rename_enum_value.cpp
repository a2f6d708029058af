// SPDX-License-Identifier: MIT
#include "plugins/common/rule.hpp"

namespace plugins::safety {
namespace {

struct RenameEnumValue {
  static constexpr RuleRecord record{
      .id = "safety.rename_enum_value",
      .summary = "No value of an enum gets a name that running programs do not know",
      .severity = Severity::error,
      .risk = Risk::high,
      .kinds = {NodeKind::subcommand},
      .why =
          "From that moment on every program that writes the old value fails, and one that reads "
          "the new value does not know it; no lock makes anybody wait for it. Add the new value, "
          "let programs read both, and change the rows in batches. A type that the same file made "
          "is exempt.",
      .bad = "ALTER TYPE status RENAME VALUE 'payed' TO 'paid';",
      .good = "ALTER TYPE status ADD VALUE 'paid';"};

  void check(const Node& action, Report& report) const {
    if (action.subcommand() != "rename_value" || action.created_here()) return;
    report
        .add(action, "programs that use a value of type " + text(action.qualified_name()) +
                         " by its name fail once it is renamed")
        .hint("add the new value, let programs know both, and change the rows in batches");
  }
};

}  // namespace

RuleExtension rename_enum_value() {
  return confiture::rule<RenameEnumValue>();
}

}  // namespace plugins::safety
