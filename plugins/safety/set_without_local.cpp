// SPDX-License-Identifier: MIT
#include "plugins/safety/_actions.hpp"

namespace plugins::safety {
namespace {

struct SetWithoutLocal {
  static constexpr RuleRecord record{
      .id = "safety.set_without_local",
      .summary = "A setting that a migration needs ends with its transaction",
      .severity = Severity::info,
      .risk = Risk::low,
      .kinds = {NodeKind::file},
      .scope = Scope::migrations,
      .why =
          "SET changes the session and not only the transaction: the setting is still there for "
          "the next migration, and behind a connection pool for whoever gets the connection next. "
          "SET LOCAL ends with the transaction. A setting that the same file takes back with RESET "
          "is exempt.",
      .bad = "SET lock_timeout = '2s';\nALTER TABLE invoice ADD COLUMN note text;",
      .good = "SET LOCAL lock_timeout = '2s';\nALTER TABLE invoice ADD COLUMN note text;",
      .fix = Fix::safe};

  void check(const Node& file, Report& report) const {
    for (const Node& statement : file.statements()) {
      if (statement.statement_tag() != "SET" || !statement.in_transaction() || statement.is_local())
        continue;
      const Tree tree = report.tree(statement);
      const std::string_view name = statement.name(), kind = tree.text("kind");
      // SET TRANSACTION has no other form, SET SESSION CHARACTERISTICS is meant for the session.
      if (kind != "VAR_SET_VALUE" && kind != "VAR_SET_CURRENT") continue;
      if (is_reset(file, statement, report)) continue;
      Finding& finding = report.add(
          statement, "setting " + text(name) + " stays in the session after the transaction");
      finding.hint("use SET LOCAL");
      const std::uint64_t at = after_words(statement, {"set"});
      const std::uint64_t session = after_words(statement, {"set", "session"});
      if (session == 0 || name == "session_authorization")
        finding.fix(at, at, " LOCAL");
      else
        finding.fix(at, session, " LOCAL");
    }
  }

 private:
  // Later on in the file.
  static bool is_reset(const Node& file, const Node& setting, const Report& report) {
    bool after = false;
    for (const Node& statement : file.statements()) {
      if (statement == setting) after = true;
      const std::string_view tag = statement.statement_tag();
      if (!after || (tag != "SET" && tag != "RESET")) continue;
      const std::string_view kind = report.tree(statement).text("kind");
      if (kind == "VAR_RESET_ALL") return true;
      if ((kind == "VAR_RESET" || kind == "VAR_SET_DEFAULT") && statement.name() == setting.name())
        return true;
    }
    return false;
  }
};

}  // namespace

RuleExtension set_without_local() {
  return confiture::rule<SetWithoutLocal>();
}

}  // namespace plugins::safety
