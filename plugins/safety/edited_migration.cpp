// SPDX-License-Identifier: MIT
#include "plugins/safety/_history.hpp"

namespace plugins::safety {
namespace {

struct EditedMigration {
  static constexpr RuleRecord record{
      .id = "safety.edited_migration",
      .summary = "No migration is edited once it is applied",
      .severity = Severity::error,
      .risk = Risk::high,
      .kinds = {NodeKind::file},
      .scope = Scope::migrations,
      .why =
          "A database that has the migration does not get the change, one that is made anew does: "
          "from then on they differ, and confiture refuses to go on. Write the change as a new "
          "migration. What is applied is told by the database with `--applied`, or by git with "
          "`--since`: the migrations of that commit count as applied.",
      .bad =
          "-- edited: 0007_add_note.up.sql\n-- file: 0007_add_note.up.sql\nALTER TABLE invoice ADD "
          "COLUMN note varchar(200);",
      .good =
          "-- applied: 0007_add_note.up.sql\n-- file: 0007_add_note.up.sql\nALTER TABLE invoice "
          "ADD COLUMN note text;"};

  void check(const Node& file, Report& report) const {
    if (!file.is_edited()) return;
    report.add(file, "migration " + file_name_of(file) + " was edited after it was applied")
        .hint("restore it, and write the change as a new migration");
  }
};

}  // namespace

RuleExtension edited_migration() {
  return confiture::rule<EditedMigration>();
}

}  // namespace plugins::safety
