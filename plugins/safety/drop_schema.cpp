// SPDX-License-Identifier: MIT
#include "plugins/common/rule.hpp"

namespace plugins::safety {
namespace {

struct DropSchema {
  static constexpr RuleRecord record{
      .id = "safety.drop_schema",
      .summary = "No migration drops a schema",
      .severity = Severity::error,
      .risk = Risk::critical,
      .kinds = {NodeKind::subcommand},
      .why =
          "DROP SCHEMA ... CASCADE drops all tables, views and functions in it, with all rows, and "
          "what depends on them in other schemas. Without CASCADE it fails unless the schema is "
          "empty. A schema that the same file made is no loss.",
      .bad = "DROP SCHEMA shop CASCADE;",
      .good = "CREATE SCHEMA draft;\nDROP SCHEMA draft CASCADE;"};

  void check(const Node& action, Report& report) const {
    if (action.subcommand() != "drop_schema" || action.created_here()) return;
    const std::string schema = "schema " + text(action.qualified_name()) + " is dropped";
    if (action.behavior() == "cascade")
      report.add(action, schema + " with all that is in it")
          .hint("keep a backup, and drop by name what has to go");
    else
      report.add(action, schema + ", which fails unless it is empty")
          .severity(Severity::warning)
          .risk(Risk::medium)
          .hint("release programs that do without it first");
  }
};

}  // namespace

RuleExtension drop_schema() {
  return confiture::rule<DropSchema>();
}

}  // namespace plugins::safety
