// SPDX-License-Identifier: MIT
#include "plugins/common/rule.hpp"

namespace plugins::safety {
namespace {

struct OpaqueStatement {
  static constexpr RuleRecord record{
      .id = "safety.opaque_statement",
      .summary = "All SQL that a migration runs can be seen",
      .severity = Severity::info,
      .risk = Risk::medium,
      .kinds = {NodeKind::statement},
      .why =
          "EXECUTE of a text that is put together at run time, a DO block in another language than "
          "PL/pgSQL, a prepared statement and a procedure run SQL that no rule can judge: look at "
          "it yourself. What a DO block says in plain SQL is judged like the rest of the file, and "
          "so is EXECUTE of a plain literal.",
      .bad =
          "DO $$ BEGIN EXECUTE format('ALTER TABLE %I ADD COLUMN note text', 'invoice'); END $$;",
      .good = "DO $$ BEGIN ALTER TABLE invoice ADD COLUMN note text; END $$;"};

  void check(const Node& statement, Report& report) const {
    const std::string_view tag = statement.statement_tag();
    const char* advice = "look at what it does yourself, or write it as plain SQL";
    if (tag == "EXECUTE" && !statement.is_dynamic())
      report.add(statement, "EXECUTE runs a prepared statement, which is not judged").hint(advice);
    if (tag == "CALL")
      report.add(statement, "CALL runs a procedure, whose SQL is not judged").hint(advice);
    if (tag != "DO") return;
    if (statement.language() != "plpgsql")
      report
          .add(statement,
               "DO runs a text in " + text(statement.language()) + ", whose SQL is not judged")
          .hint(advice);
    for (const Node& inner : statement.body_statements())
      if (inner.is_dynamic())
        report.add(inner, "EXECUTE runs SQL that is put together at run time, and is not judged")
            .hint(advice);
  }
};

}  // namespace

RuleExtension opaque_statement() {
  return confiture::rule<OpaqueStatement>();
}

}  // namespace plugins::safety
