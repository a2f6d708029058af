// SPDX-License-Identifier: MIT
#include "plugins/common/rule.hpp"

namespace plugins::safety {
namespace {

struct RenameSchema {
  static constexpr RuleRecord record{
      .id = "safety.rename_schema",
      .summary = "No schema gets a name that running programs do not know",
      .severity = Severity::error,
      .risk = Risk::high,
      .kinds = {NodeKind::subcommand},
      .why =
          "From that moment on every program that names the schema, or has it in its search_path, "
          "fails; no lock makes anybody wait for it. Functions that name it in their bodies break "
          "as well. Make the new schema, and move what is in it one by one. A schema that the same "
          "file made is exempt.",
      .bad = "ALTER SCHEMA shop RENAME TO store;",
      .good = "CREATE SCHEMA store;\nALTER SCHEMA store RENAME TO shop;"};

  void check(const Node& action, Report& report) const {
    if (action.subcommand() != "rename_schema" || action.created_here()) return;
    report
        .add(action, "programs and functions that use schema " + quoted(action.name()) +
                         " fail once it is named " + quoted(action.new_name()))
        .hint("make a new schema, and move what is in the old one when no program uses it");
  }
};

}  // namespace

RuleExtension rename_schema() {
  return confiture::rule<RenameSchema>();
}

}  // namespace plugins::safety
