// SPDX-License-Identifier: MIT
#include "plugins/common/rule.hpp"
#include "plugins/supabase/_policies.hpp"

namespace plugins::supabase {
namespace {

struct QueueExposed {
  static constexpr RuleRecord record{
      .id = "supabase.queue_exposed",
      .summary = "The queues that the API serves have row security",
      .severity = Severity::off,
      .risk = Risk::medium,
      .kinds = {NodeKind::file},
      .scope = Scope::both,
      .why =
          "A queue of pgmq is a table `pgmq.q_name`. Where queues are served by the API\n"
          "(schema `pgmq_public`), a role that may call it reads and deletes the messages of\n"
          "all, until the table has row security and policies. The rule is there where the\n"
          "project names its plugin: `plugins: [{ id: supabase }]`.",
      .bad = "SELECT pgmq.create('orders');",
      .good =
          "SELECT pgmq.create('orders');\n"
          "ALTER TABLE pgmq.q_orders ENABLE ROW LEVEL SECURITY;",
      .category = "security"};

  void check(const Node& file, Report& report) const {
    for (const Node& statement : file.statements()) {
      if (statement.statement_tag() != "SELECT" || !mentions(statement.sql(), "pgmq")) continue;
      report.tree(statement).walk([&](const Tree& part) {
        const Tree name = part["funcname"], queue = part["args"].at(0);
        if (!part.is("FuncCall") || name.at(0).string() != "pgmq" ||
            !part.function_name().starts_with("create") || !queue.is_string())
          return;
        const std::string table = "q_" + text(queue.string());
        if (is_secured(file, table)) return;
        report
            .add(statement, "the messages of queue " + quoted(queue.string()) +
                                " can be read by all roles of the API: pgmq." + quoted(table) +
                                " has no row security")
            .hint("enable row security on it")
            .suggestion("ALTER TABLE pgmq." + quoted(table) + " ENABLE ROW LEVEL SECURITY;");
      });
    }
  }

 private:
  static bool is_secured(const Node& file, const std::string& table) {
    for (const Node& statement : file.statements())
      for (const Node& action : statement.subcommands())
        if (action.subcommand() == "enable_row_security" &&
            statement.qualified_name() == "pgmq." + quoted(table))
          return true;
    return false;
  }
};

}  // namespace

RuleExtension queue_exposed() {
  return confiture::rule<QueueExposed>();
}

}  // namespace plugins::supabase
