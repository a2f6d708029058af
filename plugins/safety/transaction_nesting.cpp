// SPDX-License-Identifier: MIT
#include "plugins/safety/_transactions.hpp"

namespace plugins::safety {
namespace {

struct TransactionNesting {
  static constexpr RuleRecord record{
      .id = "safety.transaction_nesting",
      .summary = "BEGIN opens a transaction and COMMIT ends one",
      .severity = Severity::error,
      .risk = Risk::medium,
      .kinds = {NodeKind::file},
      .scope = Scope::migrations,
      .why =
          "BEGIN inside a transaction does nothing but warn, and the COMMIT that was meant for it "
          "ends the outer one: what follows runs without. COMMIT or ROLLBACK without a transaction "
          "does nothing, though it reads as if. A migration runs in a transaction already, unless "
          "it says `-- transaction: off`.",
      .bad = "BEGIN;\nALTER TABLE invoice ADD COLUMN note text;\nCOMMIT;",
      .good = "-- transaction: off\nBEGIN;\nALTER TABLE invoice ADD COLUMN note text;\nCOMMIT;",
      .fix = Fix::safe};

  void check(const Node& file, Report& report) const {
    bool hosts = file.is_transactional(), block = false;
    for (const Node& statement : file.statements()) {
      const Control control = control_of(statement, report);
      const std::string tag(statement.statement_tag());
      if (control == Control::opens) {
        if (block)
          remove(file,
                 report.add(statement, tag + " stands inside another transaction, and opens none"),
                 statement)
              .hint("remove it, or COMMIT before it");
        else if (hosts)
          remove(
              file,
              report.add(
                  statement,
                  tag +
                      " stands inside the transaction that the migration runs in, and opens none"),
              statement)
              .hint("remove it and its COMMIT, or add the line '-- transaction: off'");
        block = true;
      } else if (control == Control::commits || control == Control::rolls_back) {
        if (hosts) {
          Finding& finding =
              report.add(statement, tag + " ends the transaction that the migration runs in");
          finding.hint("remove it, or add the line '-- transaction: off'");
          if (control == Control::commits) remove(file, finding, statement);
        } else if (!block) {
          remove(file, report.add(statement, tag + " ends no transaction: there is none"),
                 statement)
              .hint("remove it, or add the missing BEGIN");
        }
        hosts = false;
        block = report.tree(statement).truth("chain");
      }
    }
  }

 private:
  // The statement goes, with its semicolon and the rest of its line if that is empty.
  static Finding& remove(const Node& file, Finding& finding, const Node& statement) {
    const std::string_view sql = file.sql();
    const confiture_location place = statement.location();
    std::size_t end = place.end_offset;
    const auto skip = [&](char c) {
      if (end < sql.size() && sql[end] == c) ++end;
    };
    while (end < sql.size() && sql[end] == ' ') ++end;
    skip(';');
    skip('\r');
    skip('\n');
    return finding.fix(place.offset, end, "");
  }
};

}  // namespace

RuleExtension transaction_nesting() {
  return confiture::rule<TransactionNesting>();
}

}  // namespace plugins::safety
