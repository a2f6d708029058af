// SPDX-License-Identifier: MIT
#include "plugins/safety/_names.hpp"

namespace plugins::safety {
namespace {

struct RenameTable {
  static constexpr RuleRecord record{
      .id = "safety.rename_table",
      .summary = "No table gets a name that running programs do not know",
      .severity = Severity::error,
      .risk = Risk::high,
      .kinds = {NodeKind::file},
      .scope = Scope::migrations,
      .why =
          "From that moment on every program that still uses the old name fails. In the same "
          "transaction, CREATE VIEW with the old name over the table keeps them going until all "
          "are replaced; then drop the view. A table that the same file made is exempt, and so are "
          "partitions and a name that something else has again when the transaction ends.",
      .bad = "ALTER TABLE client RENAME TO customer;",
      .good =
          "ALTER TABLE client RENAME TO customer;\nCREATE VIEW client AS SELECT * FROM customer;"};

  void check(const Node& file, Report& report) const {
    for (const Node& statement : file.statements())
      for (const Node& action : statement.subcommands()) {
        if (renamed_kind(action) != "table" || action.target().is_partition()) continue;
        if (is_taken_again(file, statement, action.name(), action.schema_name())) continue;
        report
            .add(action, "programs that use table " + text(action.qualified_name()) +
                             " fail once it is named " + quoted(action.new_name()))
            .hint("make a view of the old name in the same transaction, until no program uses it")
            .suggestion("CREATE VIEW " + text(action.qualified_name()) + " AS SELECT * FROM " +
                        new_qualified_name(action) + ";");
      }
  }

 private:
  static std::string new_qualified_name(const Node& action) {
    const std::string schema = text(action.schema_name());
    return (schema.empty() ? "" : quoted(schema) + ".") + quoted(action.new_name());
  }
};

}  // namespace

RuleExtension rename_table() {
  return confiture::rule<RenameTable>();
}

}  // namespace plugins::safety
