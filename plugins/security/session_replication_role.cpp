// SPDX-License-Identifier: MIT
#include "plugins/common/queries.hpp"
#include "plugins/common/rule.hpp"
#include "plugins/security/_access.hpp"

namespace plugins::security {
namespace {

struct SessionReplicationRole {
  static constexpr RuleRecord record{
      .id = "security.session_replication_role",
      .summary = "Foreign keys and triggers are not switched off for a session",
      .severity = Severity::error,
      .risk = Risk::high,
      .kinds = {NodeKind::statement, NodeKind::function},
      .scope = Scope::both,
      .why =
          "With `session_replication_role = replica` no ordinary trigger fires, and foreign\n"
          "keys are checked by triggers: rows without their parents get in, and nothing finds\n"
          "them later. Audit triggers are off as well. It needs a superuser. Load tables in\n"
          "the order of their references, or make the foreign keys DEFERRABLE.",
      .bad = "SET session_replication_role = replica;",
      .good = "SET CONSTRAINTS ALL DEFERRED;"};

  void check(const Node& node, Report& report) const {
    const std::string_view tag = node.statement_tag();
    if (only_defines(tag) || !mentions(node.sql(), "session_replication_role")) return;
    if (node.kind() == NodeKind::function &&
        node.setting("session_replication_role").value() == "replica")
      return add(node, report);
    if (tag == "CREATE FUNCTION" || tag == "CREATE PROCEDURE") return;  // comes as an object
    each_query(node, report, [&](const Tree& query, const Node& at) {
      if (query.any(sets)) add(at, report);
    });
  }

 private:
  static void add(const Node& at, Report& report) {
    report.add(at, "session_replication_role = replica switches foreign keys and triggers off")
        .hint("load tables in the order of their references, or make the foreign keys DEFERRABLE");
  }
  // SET, ALTER ROLE ... SET, set_config().
  static bool sets(const Tree& part) {
    const Tree args = part["args"];
    if (part.text("name") == "session_replication_role") return args.at(0).string() == "replica";
    return part.is("FuncCall") && part.function_name() == "set_config" &&
           args.at(0).string() == "session_replication_role" && args.at(1).string() == "replica";
  }
};

}  // namespace

RuleExtension session_replication_role() {
  return confiture::rule<SessionReplicationRole>();
}

}  // namespace plugins::security
