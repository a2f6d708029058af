// SPDX-License-Identifier: MIT
#include "plugins/common/rule.hpp"

namespace plugins::safety {
namespace {

struct MissingDown {
  static constexpr RuleRecord record{
      .id = "safety.missing_down",
      .summary = "Every migration has a way down that brings the schema back",
      .severity = Severity::info,
      .risk = Risk::low,
      .kinds = {NodeKind::file},
      .scope = Scope::migrations,
      .why =
          "Without a way down a migration that turns out wrong can only be answered by another "
          "one, written in a hurry. Where none is meant, say so: `-- confiture: ignore "
          "safety.missing_down REASON`. A value that was added to an enum has no way down: "
          "PostgreSQL has no statement that removes it. Repeatable migrations are exempt, and "
          "those of Flyway, which seldom have one.",
      .bad = "-- file: 1_add_note.up.sql\nALTER TABLE invoice ADD COLUMN note text;",
      .good =
          "-- file: 1_add_note.up.sql\nALTER TABLE invoice ADD COLUMN note text;\n-- file: "
          "1_add_note.down.sql\nALTER TABLE invoice DROP COLUMN note;"};

  void check(const Node& file, Report& report) const {
    const NodeList statements = file.statements();
    if (statements.empty()) return;
    if (!file.has_down()) {
      report.add(file, "migration " + stem(file.name()) + " has no way down")
          .hint("write " + stem(file.name()) + ".down.sql, or say by a comment why there is none");
      return;
    }
    for (const Node& statement : statements)
      for (const Node& action : statement.subcommands())
        if (action.subcommand() == "add_value" && !action.created_here())
          report
              .add(action, "no way down removes the value that is added to type " +
                               text(action.qualified_name()))
              .hint(
                  "let the way down make a type without it and change the columns, or say by a "
                  "comment why it stays");
  }

 private:
  // The file's own name without its way.
  static std::string stem(std::string_view path) {
    path.remove_prefix(path.rfind('/') + 1);
    for (const std::string_view ending : {".up.sql", ".sql"})
      if (path.ends_with(ending)) return text(path.substr(0, path.size() - ending.size()));
    return text(path);
  }
};

}  // namespace

RuleExtension missing_down() {
  return confiture::rule<MissingDown>();
}

}  // namespace plugins::safety
