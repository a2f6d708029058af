// SPDX-License-Identifier: MIT
#include "plugins/safety/_locks.hpp"

namespace plugins::safety {
namespace {

struct LockTimeoutUnbounded {
  int max = 10'000;

  static constexpr auto params = confiture::params(
      field("max", &LockTimeoutUnbounded::max, "The longest lock_timeout in milliseconds", "1.."));
  static constexpr RuleRecord record{
      .id = "safety.lock_timeout_unbounded",
      .summary = "A lock_timeout that a file sets is in force where it is needed",
      .severity = Severity::warning,
      .risk = Risk::medium,
      .kinds = {NodeKind::file},
      .scope = Scope::migrations,
      .why =
          "A lock_timeout of 0, one of minutes, or one that is set after the statement that waits, "
          "keeps nobody from waiting: whoever comes later queues behind the statement for as long. "
          "SET LOCAL outside a transaction sets nothing.",
      .bad = "SET LOCAL lock_timeout = '10min';\nALTER TABLE invoice ADD COLUMN note text;",
      .good = "SET LOCAL lock_timeout = '2s';\nALTER TABLE invoice ADD COLUMN note text;",
      .fix = Fix::safe};

  void check(const Node& file, Report& report) const {
    Node setting, waited;  // the last one, and what has waited without
    bool told = false;     // of that setting
    for (const Node& statement : file.statements()) {
      if (sets(statement, "lock_timeout", report)) {
        if (!setting && waited)
          report
              .add(statement, "lock_timeout is set after " + text(waited.statement_tag()) +
                                  " has waited without one")
              .hint("set it first");
        setting = statement;
        told = false;
      }
      const std::int64_t timeout = statement.lock_timeout();
      if (told || (timeout != 0 && (timeout <= max || !setting))) continue;
      const std::vector<Lock> locks = strong_locks(statement);
      if (locks.empty()) continue;
      if (!setting) {
        waited = statement;
        continue;
      }
      const bool vain = setting.is_local() && !setting.in_transaction();
      told = true;
      const std::string what =
          text(statement.statement_tag()) + " waits for its lock on " + locks[0].relation;
      Finding& finding =
          report
              .add(setting,
                   vain ? "SET LOCAL outside a transaction sets nothing: " + what + " without end"
                   : timeout == 0 ? "lock_timeout is switched off, and " + what + " without end"
                                  : "with a lock_timeout of " + duration(timeout) + " " + what +
                                        " that long, and everybody who comes later behind it")
              .hint(vain ? "use SET, and RESET it at the end"
                         : "set a lock_timeout of a few seconds");
      if (setting.statement_tag() == "SET" && !setting.in_body())
        finding.fix(setting.location().offset, setting.location().end_offset,
                    text(setting.is_local() && !vain ? "SET LOCAL" : "SET") + " lock_timeout = '" +
                        duration(vain && timeout != 0 ? timeout : max) + "'");
    }
  }
};

}  // namespace

RuleExtension lock_timeout_unbounded() {
  return confiture::rule<LockTimeoutUnbounded>();
}

}  // namespace plugins::safety
