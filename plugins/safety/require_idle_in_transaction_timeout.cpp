// SPDX-License-Identifier: MIT
#include "plugins/safety/_required_timeout.hpp"

namespace plugins::safety {
namespace {

struct RequireIdleInTransactionTimeout {
  static constexpr RuleRecord record{
      .id = "safety.require_idle_in_transaction_timeout",
      .summary = "A transaction whose client is gone does not keep its locks",
      .severity = Severity::off,
      .risk = Risk::low,
      .kinds = {NodeKind::file},
      .scope = Scope::migrations,
      .why =
          "A session that waits inside a transaction, since its client hangs or the network is "
          "gone, keeps all its locks. idle_in_transaction_session_timeout ends it. Statements "
          "outside a transaction are exempt.",
      .bad = "ALTER TABLE invoice ADD COLUMN note text;",
      .good =
          "SET LOCAL idle_in_transaction_session_timeout = '1min';\nALTER TABLE invoice ADD COLUMN "
          "note text;",
      .fix = Fix::safe};

  void check(const Node& file, Report& report) const {
    require_timeout(
        file, "idle_in_transaction_session_timeout", "1min",
        [](const Node& one) { return one.in_transaction() && one.idle_timeout() == 0; }, report);
  }
};

}  // namespace

RuleExtension require_idle_in_transaction_timeout() {
  return confiture::rule<RequireIdleInTransactionTimeout>();
}

}  // namespace plugins::safety
