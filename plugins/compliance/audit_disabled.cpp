// SPDX-License-Identifier: MIT
#include "plugins/common/rule.hpp"
#include "plugins/compliance/_regulated.hpp"

namespace plugins::compliance {
namespace {

struct AuditDisabled {
  std::vector<std::string> words{"audit", "audits", "auditing"};

  static constexpr auto params = confiture::params(
      field("words", &AuditDisabled::words,
            "Words in the name of an audit trigger, of its function or of an audit table"));
  static constexpr RuleRecord record{
      .id = "compliance.audit_disabled",
      .summary = "Nothing switches the recording of changes off",
      .severity = Severity::warning,
      .risk = Risk::high,
      .kinds = {NodeKind::statement, NodeKind::subcommand},
      .scope = Scope::both,
      .why =
          "Between switching an audit trigger or the server's log off and on again, changes\n"
          "leave no trace, and that somebody did so is the first thing that an auditor asks\n"
          "about. Dropping the trigger, its table or pgaudit is the same for ever. Triggers\n"
          "and tables are told by the words of their names; DISABLE TRIGGER ALL or USER is\n"
          "reported where the table has an audit trigger, or where nothing is known of it.",
      .bad = "ALTER TABLE customer DISABLE TRIGGER customer_audit;",
      .good = "ALTER TABLE customer DISABLE TRIGGER customer_touch;"};

  void check(const Node& node, Report& report) const {
    if (node.kind() == NodeKind::subcommand) return action(node, report);
    const std::string_view tag = node.statement_tag();
    if (tag == "SET" || tag == "ALTER SYSTEM" || tag == "ALTER ROLE" || tag == "ALTER DATABASE")
      logging(node, report);
  }

 private:
  void action(const Node& action, Report& report) const {
    const std::string_view what = action.subcommand();
    const bool drops = what == "drop_trigger" || what == "drop_table";
    if (what == "disable_trig" || drops) {
      const Node target = action.target();
      if (matching(action.name(), words) == nullptr &&
          matching(target.function_name(), words) == nullptr)
        return;
      if (drops && action.created_here()) return;
      add(action,
          (what == "drop_table" ? "table " + text(action.qualified_name())
                                : "trigger " + quoted(action.name())) +
              (drops ? " is dropped" : " is switched off") + ", and records no changes any more",
          report);
    }
    if (what == "drop_extension" && action.name() == "pgaudit")
      add(action, "pgaudit is dropped, and nothing writes to the audit log any more", report);
    if (what == "disable_trig_all" || what == "disable_trig_user") {
      const Node table = action.parent().target();
      bool audited = !table || table.is_assumed();
      for (const Node& trigger : table.triggers())
        audited = audited || matching(trigger.name(), words) != nullptr ||
                  matching(trigger.function_name(), words) != nullptr;
      if (audited && !action.parent().created_here())
        add(action,
            "all triggers of table " + text(action.qualified_name()) +
                " are switched off, also one that records changes",
            report);
    }
  }

  // SET, ALTER SYSTEM, ALTER ROLE and ALTER DATABASE ... SET of a setting that says what is logged.
  static void logging(const Node& statement, Report& report) {
    const std::string_view sql = statement.sql();
    if (sql.find("log") == std::string_view::npos && sql.find("LOG") == std::string_view::npos)
      return;
    report.tree(statement).walk([&](const Tree& part) {
      const std::string_view name = part.text("name");
      if (name != "log_statement" && name != "log_connections" && name != "log_disconnections" &&
          name != "pgaudit.log" && name != "logging_collector")
        return;
      const std::string_view value = part["args"].at(0).string();
      if (value != "none" && value != "off" && value != "false" && value != "") return;
      if (part.text("kind") != "VAR_SET_VALUE") return;
      add(statement, "setting " + text(name) + " switches the log off", report);
    });
  }

  static void add(const Node& at, const std::string& message, Report& report) {
    report.add(at, message)
        .hint("leave the record on, or note who allowed it and accept the finding");
  }
};

}  // namespace

RuleExtension audit_disabled() {
  return confiture::rule<AuditDisabled>();
}

}  // namespace plugins::compliance
