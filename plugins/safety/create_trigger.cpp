// SPDX-License-Identifier: MIT
#include "plugins/common/rule.hpp"

namespace plugins::safety {
namespace {

struct CreateTrigger {
  static constexpr RuleRecord record{
      .id = "safety.create_trigger",
      .summary = "No trigger is put on a table in use unnoticed",
      .severity = Severity::info,
      .risk = Risk::medium,
      .kinds = {NodeKind::statement},
      .why =
          "CREATE TRIGGER takes a SHARE ROW EXCLUSIVE lock: writers wait until the transaction "
          "ends. From then on the trigger is part of each write, which gets slower, or fails when "
          "the trigger's function does. Triggers of views, of temporary tables and of a table that "
          "the same file made are exempt.",
      .bad =
          "CREATE TRIGGER invoice_touch BEFORE UPDATE ON invoice FOR EACH ROW EXECUTE FUNCTION "
          "touch();",
      .good =
          "CREATE TABLE invoice (id bigint);\nCREATE TRIGGER invoice_touch BEFORE UPDATE ON "
          "invoice FOR EACH ROW EXECUTE FUNCTION touch();"};

  void check(const Node& statement, Report& report) const {
    if (statement.statement_tag() != "CREATE TRIGGER" || statement.created_here()) return;
    const Node table = statement.target(), trigger = statement.result();
    if (table.kind() == NodeKind::view || table.is_temporary() || trigger.timing() == "instead_of")
      return;
    report
        .add(statement, "trigger " + quoted(trigger.name()) + " runs at each " +
                            upper(trigger.events()) + " of table " +
                            text(statement.qualified_name()) +
                            ", and its making keeps writers waiting")
        .hint("set a lock_timeout, and try what the trigger costs on a copy of the data");
  }

 private:
  static std::string upper(std::string_view words) {
    std::string result(words);
    for (char& c : result)
      if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    return result;
  }
};

}  // namespace

RuleExtension create_trigger() {
  return confiture::rule<CreateTrigger>();
}

}  // namespace plugins::safety
