// SPDX-License-Identifier: MIT
#include "plugins/common/rule.hpp"
#include "plugins/performance/_indexes.hpp"

namespace plugins::performance {
namespace {

struct IndexDuplicateColumn {
  static constexpr RuleRecord record{
      .id = "performance.index_duplicate_column",
      .summary = "No index has a column twice",
      .severity = Severity::error,
      .risk = Risk::low,
      .kinds = {NodeKind::index},
      .why =
          "The second key narrows nothing that the first has not narrowed: it only makes the\n"
          "entries longer. Mostly another column was meant. The same column with another\n"
          "operator class is left alone.",
      .bad =
          "CREATE TABLE visit (id bigint PRIMARY KEY, site int, page int);\n"
          "CREATE INDEX visit_site_idx ON visit (site, site);",
      .good =
          "CREATE TABLE visit (id bigint PRIMARY KEY, site int, page int);\n"
          "CREATE INDEX visit_site_idx ON visit (site, page);",
      .fix = Fix::safe};

  void check(const Node& index, Report& report) const {
    if (index.parent().is_partition()) return;
    const NodeList keys = index.keys();
    for (std::size_t later = 0; later < keys.size(); ++later)
      for (std::size_t earlier = 0; earlier < later; ++earlier) {
        if (!is_same(keys[earlier], keys[later])) continue;
        report.add(keys[later], index_of(index) + " has " + named(keys[later]) + " twice")
            .hint("leave it away, or name the column that is meant")
            .fix(keys[later - 1].location().end_offset, keys[later].location().end_offset, "");
        break;
      }
    for (const Node& column : index.included_columns())
      if (has_node(index.columns(), column))
        report.add(index, index_of(index) + " includes its key " + quoted(column.name()))
            .hint("leave it away in INCLUDE");
  }

 private:
  static bool is_same(const Node& a, const Node& b) {
    return a.name() == b.name() && a.expression_sql() == b.expression_sql() &&
           a.operator_class() == b.operator_class() && a.collation() == b.collation();
  }
  static std::string named(const Node& key) {
    return key.name().empty() ? text(key.expression_sql()) : "column " + quoted(key.name());
  }
};

}  // namespace

RuleExtension index_duplicate_column() {
  return confiture::rule<IndexDuplicateColumn>();
}

}  // namespace plugins::performance
