// SPDX-License-Identifier: MIT
#include "plugins/safety/_locks.hpp"

namespace plugins::safety {
namespace {

struct RequireLockTimeout {
  static constexpr RuleRecord record{
      .id = "safety.require_lock_timeout",
      .summary = "A statement that keeps others waiting does not itself wait without end",
      .severity = Severity::warning,
      .risk = Risk::medium,
      .kinds = {NodeKind::file},
      .scope = Scope::migrations,
      .why =
          "A statement that needs a strong lock waits for every transaction that uses the table, "
          "and all that come later wait behind it, readers too: one forgotten session is enough to "
          "stop a program. With a lock_timeout it gives up instead, and can be tried again. A "
          "project's migrations have the lock_timeout of their environment, 2 s by default. "
          "Statements on what the same file made are exempt, and those whose lock lets readers and "
          "writers pass, such as CREATE INDEX CONCURRENTLY.",
      .bad = "ALTER TABLE invoice ADD COLUMN note text;",
      .good = "SET LOCAL lock_timeout = '2s';\nALTER TABLE invoice ADD COLUMN note text;",
      .fix = Fix::safe};

  void check(const Node& file, Report& report) const {
    Node first;
    std::string relation;
    for (const Node& statement : file.statements()) {
      if (sets(statement, "lock_timeout", report)) return;  // safety.lock_timeout_unbounded
      if (first || statement.lock_timeout() != 0) continue;
      const std::vector<Lock> locks = strong_locks(statement);
      if (locks.empty()) continue;
      first = statement;
      relation = locks[0].relation;
    }
    if (!first) return;
    Finding& finding =
        report.add(first, text(first.statement_tag()) + " waits without end for its lock on " +
                              relation + ", and everybody who comes later waits behind it");
    const std::string local = first.in_transaction() ? "LOCAL " : "";
    finding.hint("SET " + local + "lock_timeout before it");
    const std::uint64_t at = first.location().offset;
    if (!first.in_body()) finding.fix(at, at, "SET " + local + "lock_timeout = '2s';\n");
  }
};

}  // namespace

RuleExtension require_lock_timeout() {
  return confiture::rule<RequireLockTimeout>();
}

}  // namespace plugins::safety
