// SPDX-License-Identifier: MIT
#include "plugins/safety/_actions.hpp"

namespace plugins::safety {
namespace {

struct DropTrigger {
  static constexpr RuleRecord record{
      .id = "safety.drop_trigger",
      .summary = "No trigger of a table in use is dropped unnoticed",
      .severity = Severity::info,
      .risk = Risk::medium,
      .kinds = {NodeKind::file},
      .scope = Scope::migrations,
      .why =
          "What the trigger did at each write is not done any more: dates stay as they are, copies "
          "are not kept, checks do not happen. DROP TRIGGER also takes an ACCESS EXCLUSIVE lock on "
          "the table: it waits for every query that runs, and all that come later wait behind it. "
          "To replace a trigger, CREATE OR REPLACE TRIGGER (PostgreSQL 14) lets readers pass. A "
          "trigger or a table that the same file made is exempt.",
      .bad = "DROP TRIGGER invoice_touch ON invoice;",
      .good =
          "CREATE OR REPLACE TRIGGER invoice_touch BEFORE UPDATE ON invoice FOR EACH ROW EXECUTE "
          "FUNCTION touch();"};

  void check(const Node& file, Report& report) const {
    for (const Node& statement : file.statements()) {
      if (statement.statement_tag() != "DROP TRIGGER") continue;
      for (const Node& action : statement.subcommands()) {
        if (is_part_of_new_table(action) || action.target().parent().is_temporary()) continue;
        const std::string name = "trigger " + text(action.qualified_name());
        const Node again = made_again(file, statement, action.name());
        if (!again) {
          report
              .add(action, name + " is dropped, and what it did at each write is not done any more")
              .hint("release programs that do without it first, and set a lock_timeout");
        } else if (action.target() || !is_known(again.target())) {  // else there was none to drop
          report
              .add(
                  action,
                  name +
                      " is dropped and made again under a lock that keeps everybody from its table")
              .hint(statement.server_version() >= 140000
                        ? "use CREATE OR REPLACE TRIGGER instead of both"
                        : "set a lock_timeout");
        }
      }
    }
  }

 private:
  // The statement that makes a trigger of that name after this one.
  static Node made_again(const Node& file, const Node& dropping, std::string_view trigger) {
    bool after = false;
    for (const Node& statement : file.statements()) {
      after = after || statement == dropping;
      if (after && statement.statement_tag() == "CREATE TRIGGER" &&
          statement.result().name() == trigger)
        return statement;
    }
    return {};
  }
};

}  // namespace

RuleExtension drop_trigger() {
  return confiture::rule<DropTrigger>();
}

}  // namespace plugins::safety
