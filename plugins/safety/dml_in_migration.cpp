// SPDX-License-Identifier: MIT
#include "plugins/safety/_rows.hpp"

namespace plugins::safety {
namespace {

struct DmlInMigration {
  static constexpr RuleRecord record{
      .id = "safety.dml_in_migration",
      .summary = "Rows are changed by migrations of their own",
      .severity = Severity::off,
      .risk = Risk::medium,
      .kinds = {NodeKind::file},
      .scope = Scope::migrations,
      .why =
          "A migration that changes both the schema and rows holds the locks of the one while it "
          "does the other, and takes as long as there are rows. Rows of a table that the same file "
          "made are exempt, and so are temporary tables.",
      .bad =
          "ALTER TABLE invoice ADD COLUMN currency text;\nUPDATE invoice SET currency = 'EUR' "
          "WHERE id < 1000;",
      .good =
          "CREATE TABLE currency (code text PRIMARY KEY);\nINSERT INTO currency VALUES ('EUR'), "
          "('USD');"};

  void check(const Node& file, Report& report) const {
    Node rows;
    bool schema = false;
    for (const Node& statement : file.statements()) {
      const std::string_view tag = statement.statement_tag();
      const bool dml = tag == "INSERT" || tag == "UPDATE" || tag == "DELETE" || tag == "MERGE" ||
                       (tag == "COPY" && report.tree(statement).truth("is_from"));
      if (dml && !rows && is_old_table(statement, report.tree(statement)["relation"]))
        rows = statement;
      schema = schema || tag.starts_with("CREATE ") || tag.starts_with("ALTER ") ||
               tag.starts_with("DROP ");
    }
    if (!rows || !schema) return;
    report
        .add(rows, text(rows.statement_tag()) + " changes rows of " + text(rows.qualified_name()) +
                       " in a migration that changes the schema")
        .hint("move it to a migration of its own");
  }
};

}  // namespace

RuleExtension dml_in_migration() {
  return confiture::rule<DmlInMigration>();
}

}  // namespace plugins::safety
