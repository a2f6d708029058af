// SPDX-License-Identifier: MIT
#include "plugins/common/rule.hpp"
#include "plugins/performance/_indexes.hpp"

namespace plugins::performance {
namespace {

struct TableWithoutIndex {
  std::vector<std::string> exclude;

  static constexpr auto params = confiture::params(field(
      "exclude", &TableWithoutIndex::exclude, "Tables left alone, as `name` or `schema.name`"));
  static constexpr RuleRecord record{
      .id = "performance.table_without_index",
      .summary = "A table has an index",
      .severity = Severity::info,
      .kinds = {NodeKind::table},
      .why =
          "Without any index each search, each UPDATE and each DELETE of one row reads the\n"
          "whole table. Most tables want a primary key. A table that is only appended to and\n"
          "read as a whole, or that has a handful of rows, is listed under `exclude`;\n"
          "temporary tables and those whose partitions have the indexes are left alone.",
      .bad = "CREATE TABLE visit (at timestamptz NOT NULL, page text NOT NULL);",
      .good =
          "CREATE TABLE visit (at timestamptz NOT NULL, page text NOT NULL);\n"
          "CREATE INDEX visit_at_idx ON visit USING brin (at);"};

  void check(const Node& table, Report& report) const {
    if (table.is_partition() || table.is_temporary() || table.is_assumed() ||
        is_listed(table, exclude))
      return;
    bool indexed = is_indexed(table);
    for (const Node& partition : table.partitions()) indexed = indexed || is_indexed(partition);
    if (indexed) return;
    report
        .add(table,
             "table " + text(table.qualified_name()) + " has no index: each search reads all of it")
        .hint("give it a primary key, or an index on what it is searched by");
  }

 private:
  static bool is_indexed(const Node& table) {
    bool indexed = !table.indexes().empty();
    for (const Node& constraint : table.constraints()) indexed = indexed || has_index(constraint);
    return indexed;
  }
};

}  // namespace

RuleExtension table_without_index() {
  return confiture::rule<TableWithoutIndex>();
}

}  // namespace plugins::performance
