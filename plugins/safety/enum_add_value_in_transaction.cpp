// SPDX-License-Identifier: MIT
#include "plugins/common/rule.hpp"

namespace plugins::safety {
namespace {

struct EnumAddValueInTransaction {
  static constexpr RuleRecord record{
      .id = "safety.enum_add_value_in_transaction",
      .summary = "A value is added to an enum outside a transaction before PostgreSQL 12",
      .severity = Severity::warning,
      .risk = Risk::medium,
      .kinds = {NodeKind::subcommand},
      .why =
          "Before PostgreSQL 12 ALTER TYPE ... ADD VALUE cannot run inside a transaction, unless "
          "the same one made the type: the migration fails. The version is that of "
          "--server-version.",
      .bad = "-- server-version: 11\nALTER TYPE status ADD VALUE 'paid';",
      .good = "-- server-version: 11\n-- transaction: off\nALTER TYPE status ADD VALUE 'paid';"};

  void check(const Node& action, Report& report) const {
    const Node statement = action.parent();
    if (action.subcommand() != "add_value" || action.created_here()) return;
    if (statement.server_version() >= 120000 ||
        (!statement.in_transaction() && !statement.in_body()))
      return;
    report
        .add(action, "ADD VALUE to type " + text(action.qualified_name()) +
                         " cannot run inside a transaction before PostgreSQL 12")
        .hint("put it in a migration of its own with the line '-- transaction: off'");
  }
};

}  // namespace

RuleExtension enum_add_value_in_transaction() {
  return confiture::rule<EnumAddValueInTransaction>();
}

}  // namespace plugins::safety
