// SPDX-License-Identifier: MIT
#include <algorithm>

#include "plugins/safety/_names.hpp"

namespace plugins::safety {
namespace {

struct SetSchema {
  static constexpr RuleRecord record{
      .id = "safety.set_schema",
      .summary = "No object goes to a schema where running programs do not find it",
      .severity = Severity::error,
      .risk = Risk::high,
      .kinds = {NodeKind::file},
      .scope = Scope::migrations,
      .why =
          "From that moment on every program fails that names the object with its old schema, or "
          "that does not have the new one in its search_path. In the same transaction, a view of "
          "the old name keeps readers and writers of a table going until all are replaced. What "
          "the same file made is exempt, and so is a name that something else has again when the "
          "transaction ends.",
      .bad = "ALTER TABLE invoice SET SCHEMA accounting;",
      .good =
          "ALTER TABLE invoice SET SCHEMA accounting;\nCREATE VIEW invoice AS SELECT * FROM "
          "accounting.invoice;"};

  void check(const Node& file, Report& report) const {
    for (const Node& statement : file.statements())
      for (const Node& action : statement.subcommands()) {
        if (action.subcommand() != "set_schema" || action.created_here()) continue;
        if (is_taken_again(file, statement, action.name(), action.schema_name())) continue;
        std::string kind = text(action.object_type());
        std::replace(kind.begin(), kind.end(), '_', ' ');
        Finding& finding =
            report.add(action, "programs that use " + kind + " " + text(action.qualified_name()) +
                                   " do not find it in schema " + quoted(action.new_name()));
        if (kind == "table" || kind == "view")
          finding.hint(
              "make a view of the old name in the same transaction, until no program uses it");
        else
          finding.hint("release programs that find it in both schemas first");
      }
  }
};

}  // namespace

RuleExtension set_schema() {
  return confiture::rule<SetSchema>();
}

}  // namespace plugins::safety
