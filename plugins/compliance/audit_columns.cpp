// SPDX-License-Identifier: MIT
#include "plugins/common/rule.hpp"
#include "plugins/compliance/_regulated.hpp"

namespace plugins::compliance {
namespace {

struct AuditColumns {
  std::vector<std::string> columns{"created_at", "created_by", "updated_at", "updated_by"};
  std::vector<std::string> personal = personal_names();
  std::vector<std::string> exclude;

  static constexpr auto params = confiture::params(
      field("columns", &AuditColumns::columns, "Columns that such a table must have"),
      field("personal", &AuditColumns::personal,
            "Words that make a column's name the name of personal data"),
      field("exclude", &AuditColumns::exclude,
            "Tables that need none, as `name` or `schema.name`"));
  static constexpr RuleRecord record{
      .id = "compliance.audit_columns",
      .summary = "Tables that hold personal data say when and by whom a row was changed",
      .severity = Severity::off,
      .risk = Risk::low,
      .kinds = {NodeKind::table},
      .why =
          "GDPR, HIPAA, PCI-DSS and SOX all ask who changed personal data, and when. The rule is "
          "off "
          "until\n"
          "it is selected or configured, since not every team answers that in the table itself.",
      .bad = "CREATE TABLE customer (id bigint PRIMARY KEY, email text);",
      .good =
          "CREATE TABLE customer (\n  id bigint PRIMARY KEY, email text,\n"
          "  created_at timestamptz NOT NULL, created_by text NOT NULL,\n"
          "  updated_at timestamptz NOT NULL, updated_by text NOT NULL\n);"};

  void check(const Node& table, Report& report) const {
    if (!is_judged_table(table, exclude)) return;
    const Node data = data_column(table, personal);
    if (!data) return;
    std::string missing;
    for (const std::string& name : columns)
      if (!has(table, name)) missing += (missing.empty() ? "" : ", ") + name;
    if (missing.empty()) return;
    report
        .add(table, "table " + text(table.qualified_name()) + " holds personal data (" +
                        quoted(data.name()) + ") and has no " + missing)
        .hint("add the columns, and fill them by defaults and a trigger");
  }

 private:
  static bool has(const Node& table, const std::string& name) {
    for (const Node& column : table.columns())
      if (column.name() == name) return true;
    return false;
  }
};

}  // namespace

RuleExtension audit_columns() {
  return confiture::rule<AuditColumns>();
}

}  // namespace plugins::compliance
