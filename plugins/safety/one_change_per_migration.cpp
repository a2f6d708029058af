// SPDX-License-Identifier: MIT
#include "plugins/common/rule.hpp"

namespace plugins::safety {
namespace {

struct OneChangePerMigration {
  static constexpr RuleRecord record{
      .id = "safety.one_change_per_migration",
      .summary = "A migration makes one change",
      .severity = Severity::off,
      .risk = Risk::low,
      .kinds = {NodeKind::file},
      .scope = Scope::migrations,
      .why =
          "A migration that makes one change is easy to name, to review and to take back, and "
          "holds its locks the least time. What the file does to the object that it made counts as "
          "one with it, and so do actions of one ALTER TABLE; comments, grants and settings are "
          "none.",
      .bad =
          "ALTER TABLE invoice ADD COLUMN note text;\nALTER TABLE customer ADD COLUMN note text;",
      .good =
          "CREATE TABLE note (id bigint PRIMARY KEY, body text);\nCREATE INDEX note_body_idx ON "
          "note (body);"};

  void check(const Node& file, Report& report) const {
    std::size_t changes = 0;
    for (const Node& statement : file.statements()) {
      const std::string_view tag = statement.statement_tag();
      const bool change = tag.starts_with("CREATE ") || tag.starts_with("ALTER ") ||
                          tag.starts_with("DROP ") || tag == "TRUNCATE TABLE";
      const NodeList actions = statement.subcommands();
      const bool of_new =
          statement.created_here() || (!actions.empty() && actions[0].created_here());
      if (!change || of_new || ++changes != 2) continue;
      report.add(statement, text(tag) + " is the second change of this migration")
          .hint("write a migration of its own for it");
    }
  }
};

}  // namespace

RuleExtension one_change_per_migration() {
  return confiture::rule<OneChangePerMigration>();
}

}  // namespace plugins::safety
