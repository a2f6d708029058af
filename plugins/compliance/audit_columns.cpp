// SPDX-License-Identifier: MIT
#include "plugins/common/rule.hpp"
#include "plugins/common/written.hpp"
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
          "  updated_at timestamptz NOT NULL, updated_by text NOT NULL\n);",
      .fix = Fix::safe};

  void check(const Node& table, Report& report) const {
    if (!is_judged_table(table, exclude)) return;
    const Node data = data_column(table, personal);
    if (!data) return;
    std::string missing, definitions;
    for (const std::string& name : columns) {
      if (has(table, name)) continue;
      missing += (missing.empty() ? "" : ", ") + name;
      definitions += ",\n  " + quoted(name) +
                     (name.size() > 3 && name.substr(name.size() - 3) == "_at"
                          ? " timestamptz NOT NULL DEFAULT now()"
                          : " text NOT NULL DEFAULT current_user");
    }
    if (missing.empty()) return;
    Finding& finding =
        report
            .add(table, "table " + text(table.qualified_name()) + " holds personal data (" +
                            quoted(data.name()) + ") and has no " + missing)
            .hint("add the columns, and fill them by defaults and a trigger");
    mend(finding, table, definitions);
  }

 private:
  static void mend(Finding& finding, const Node& table, const std::string& definitions) {
    const Written made(table);
    const auto name =
        made.has(table.location().offset) ? made.name(table.location().offset) : std::nullopt;
    const auto elements = name ? made.parentheses(name->end_offset) : std::nullopt;
    if (!elements) return;
    std::uint64_t last = elements->offset;  // the end of what stands before the parenthesis
    for (Span one = made.token(last); one.end_offset < elements->end_offset;
         one = made.token(one.end_offset))
      last = one.end_offset;
    finding.fix(last, last, definitions);
  }
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
