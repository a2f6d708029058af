// SPDX-License-Identifier: MIT
#include "plugins/common/queries.hpp"
#include "plugins/common/rule.hpp"
#include "plugins/security/_access.hpp"

namespace plugins::security {
namespace {

struct CopyProgram {
  static constexpr RuleRecord record{
      .id = "security.copy_program",
      .summary = "No SQL runs a program or moves files of the server",
      .severity = Severity::error,
      .risk = Risk::high,
      .kinds = {NodeKind::statement, NodeKind::function},
      .scope = Scope::both,
      .why =
          "COPY ... PROGRAM runs a shell command as the user that the server runs as;\n"
          "lo_import() and lo_export() read and write its files. It needs a superuser or a\n"
          "role like pg_execute_server_program, and is the usual way from a stolen database\n"
          "role to the machine. Let the client read and write files: COPY ... FROM STDIN,\n"
          "`\\copy`.",
      .bad = "COPY visit FROM PROGRAM 'curl https://example.org/visits.csv';",
      .good = "COPY visit FROM STDIN;"};

  void check(const Node& node, Report& report) const {
    const std::string_view sql = node.sql();
    if (only_defines(node.statement_tag())) return;
    if (!mentions(sql, "program") && !mentions(sql, "lo_import") && !mentions(sql, "lo_export"))
      return;
    each_query(node, report, [&](const Tree& query, const Node& at) {
      query.walk([&](const Tree& part) {
        const std::string_view name = part.is("FuncCall") ? part.function_name() : "";
        if (part.is("CopyStmt") && part.truth("is_program"))
          report.add(at, "COPY runs a program on the server")
              .hint("let the client run it, and copy from STDIN");
        if (name == "lo_import" || name == "lo_export")
          report
              .add(at, text(name) + "() " + (name == "lo_import" ? "reads" : "writes") +
                           " a file of the server")
              .hint("let the client do it: psql has \\" + text(name));
      });
    });
  }
};

}  // namespace

RuleExtension copy_program() {
  return confiture::rule<CopyProgram>();
}

}  // namespace plugins::security
