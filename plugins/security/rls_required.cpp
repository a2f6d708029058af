// SPDX-License-Identifier: MIT
#include "plugins/common/rule.hpp"
#include "plugins/security/_access.hpp"

namespace plugins::security {
namespace {

struct RlsRequired {
  std::vector<std::string> schemas{"public"};
  std::vector<std::string> exclude;

  static constexpr auto params = confiture::params(
      field("schemas", &RlsRequired::schemas, "The exposed schemas"),
      field("exclude", &RlsRequired::exclude, "Tables left alone, as `name` or `schema.name`"));
  static constexpr RuleRecord record{
      .id = "security.rls_required",
      .summary = "Every table of an exposed schema has row security",
      .severity = Severity::off,
      .risk = Risk::medium,
      .kinds = {NodeKind::table},
      .why =
          "Where an API serves a schema, a table without row security shows all of its rows\n"
          "to whoever has the privilege. The rule is for those schemas; name them in\n"
          "`schemas`.",
      .bad = "CREATE TABLE invoice (id bigint PRIMARY KEY, tenant name);",
      .good =
          "CREATE TABLE invoice (id bigint PRIMARY KEY, tenant name);\n"
          "ALTER TABLE invoice ENABLE ROW LEVEL SECURITY;"};

  void check(const Node& table, Report& report) const {
    if (!is_lasting_table(table) || table.has_row_security() ||
        !holds(schemas, table.schema_name()) || is_listed(table, exclude))
      return;
    report
        .add(table,
             "table " + text(table.qualified_name()) + " of an exposed schema has no row security")
        .hint("enable it and add policies")
        .suggestion("ALTER TABLE " + text(table.qualified_name()) + " ENABLE ROW LEVEL SECURITY;");
  }
};

}  // namespace

RuleExtension rls_required() {
  return confiture::rule<RlsRequired>();
}

}  // namespace plugins::security
