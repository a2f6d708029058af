// SPDX-License-Identifier: MIT
#include "plugins/common/rule.hpp"
#include "plugins/compliance/_regulated.hpp"

namespace plugins::compliance {
namespace {

struct ErasurePath {
  std::vector<std::string> names = person_names();
  std::vector<std::string> tables;
  std::vector<std::string> columns{"anonymized_at", "anonymised_at", "erased_at", "is_anonymized",
                                   "pseudonymized_at"};
  std::vector<std::string> exclude;

  static constexpr auto params = confiture::params(
      field("names", &ErasurePath::names,
            "Words in the name of a column that say that the rows are persons"),
      field("tables", &ErasurePath::tables, "Tables of persons, whatever their columns are called"),
      field("columns", &ErasurePath::columns,
            "Names of columns that say that a row was anonymised"),
      field("exclude", &ErasurePath::exclude, "Tables and foreign keys left alone, by their name"));
  static constexpr RuleRecord record{
      .id = "compliance.erasure_path",
      .summary = "A person's row can be erased",
      .severity = Severity::off,
      .risk = Risk::medium,
      .kinds = {NodeKind::table},
      .why =
          "Who asks for it has the right to be erased (Art. 17 of the GDPR). A foreign key\n"
          "that points to the person and has no ON DELETE action refuses the DELETE: somebody\n"
          "has to find the rows by hand. CASCADE deletes them as well, SET NULL keeps them\n"
          "without the person. A table whose rows are anonymised in place says so by a column\n"
          "(`anonymized_at`, `erased_at`) or by a tag `erasure:` in its comment.",
      .bad =
          "CREATE TABLE customer (id bigint PRIMARY KEY, email text);\n"
          "CREATE TABLE invoice (id bigint PRIMARY KEY, customer_id bigint REFERENCES customer);",
      .good =
          "CREATE TABLE customer (id bigint PRIMARY KEY, email text);\n"
          "CREATE TABLE invoice (id bigint PRIMARY KEY,\n"
          "  customer_id bigint REFERENCES customer ON DELETE SET NULL);"};

  void check(const Node& table, Report& report) const {
    if (!is_judged_table(table, exclude)) return;
    const std::string why = regulated(table, names, tables);
    if (why.empty() || has_column(table, columns) || has_tag(table.comment(), {"erasure"})) return;
    for (const Node& key : table.referenced_by()) {
      if (key.parent().is_partition() || key.parent() == table || is_listed(key, exclude)) continue;
      if (key.on_delete() != "no_action" && key.on_delete() != "restrict") continue;
      report
          .add(key, "rows of " + table_text(table) + ", which " + why +
                        ", cannot be deleted while " + text(key.parent().qualified_name()) + " (" +
                        column_list(key.columns()) + ") refers to them")
          .hint(
              "add ON DELETE CASCADE or SET NULL, or say in the comment of the table how a person "
              "is erased: `erasure: ...`");
    }
  }
};

}  // namespace

RuleExtension erasure_path() {
  return confiture::rule<ErasurePath>();
}

}  // namespace plugins::compliance
