// SPDX-License-Identifier: MIT
#include "plugins/common/rule.hpp"

namespace plugins::safety {
namespace {

struct AlterSystem {
  static constexpr RuleRecord record{
      .id = "safety.alter_system",
      .summary = "No migration changes a setting of the whole server",
      .severity = Severity::warning,
      .risk = Risk::high,
      .kinds = {NodeKind::statement},
      .why =
          "ALTER SYSTEM writes to a file of the server: the setting holds for every database on "
          "it, for good, or only once the server starts again; no rollback takes it back, and a "
          "migration of another database may say otherwise. Use ALTER DATABASE or ALTER ROLE ... "
          "SET, or the configuration of the server.",
      .bad = "-- transaction: off\nALTER SYSTEM SET work_mem = '64MB';",
      .good = "ALTER DATABASE shop SET work_mem = '64MB';"};

  void check(const Node& statement, Report& report) const {
    if (statement.statement_tag() != "ALTER SYSTEM") return;
    const std::string_view name = report.tree(statement)["setstmt"].text("name");
    report
        .add(statement,
             (name.empty() ? std::string("all settings change") : text(name) + " changes") +
                 " for every database of the server")
        .hint("use ALTER DATABASE ... SET, or leave it to those who run the server");
  }
};

}  // namespace

RuleExtension alter_system() {
  return confiture::rule<AlterSystem>();
}

}  // namespace plugins::safety
