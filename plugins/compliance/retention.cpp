// SPDX-License-Identifier: MIT
#include "plugins/common/rule.hpp"
#include "plugins/compliance/_regulated.hpp"

namespace plugins::compliance {
namespace {

struct Retention {
  std::vector<std::string> names = personal_names();
  std::vector<std::string> tables;
  std::vector<std::string> columns{"expires_at",   "expires_on", "retain_until", "retention_until",
                                   "delete_after", "purge_at",   "purge_after"};
  std::vector<std::string> tags{"retention", "retain"};
  std::vector<std::string> exclude;

  static constexpr auto params = confiture::params(
      field("names", &Retention::names,
            "Words that make a column's name the name of personal data"),
      field("tables", &Retention::tables,
            "Tables that are regulated whatever their columns are called"),
      field("columns", &Retention::columns,
            "Names of columns by which rows are found to be deleted"),
      field("tags", &Retention::tags, "Tags of a table's comment that say how long"),
      field("exclude", &Retention::exclude, "Tables left alone, as `name` or `schema.name`"));
  static constexpr RuleRecord record{
      .id = "compliance.retention",
      .summary = "It is known how long personal data is kept",
      .severity = Severity::off,
      .risk = Risk::low,
      .kinds = {NodeKind::table},
      .why =
          "Personal data is kept no longer than its purpose needs (Art. 5 of the GDPR), books\n"
          "for years by law, card data not at all. A tag in the table's comment (`retention:\n"
          "6 years`) says it, a column by which rows are found to be deleted (`expires_at`),\n"
          "or partitions by time, which are dropped as a whole.",
      .bad = "CREATE TABLE applicant (id bigint PRIMARY KEY, email text);",
      .good =
          "CREATE TABLE applicant (id bigint PRIMARY KEY, email text);\n"
          "COMMENT ON TABLE applicant IS 'People who want to work here. retention: 6 months';"};

  void check(const Node& table, Report& report) const {
    if (!is_judged_table(table, exclude) || table.partition_strategy() == "range") return;
    const std::string why = regulated(table, names, tables);
    if (why.empty() || has_column(table, columns) || has_tag(table.comment(), tags)) return;
    report.add(table, table_text(table) + " " + why + ", and nothing says how long")
        .hint(
            "say it in the table's comment: `retention: ...`, or add a column such as expires_at");
  }
};

}  // namespace

RuleExtension retention() {
  return confiture::rule<Retention>();
}

}  // namespace plugins::compliance
