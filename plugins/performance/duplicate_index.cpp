// SPDX-License-Identifier: MIT
#include "plugins/common/rule.hpp"
#include "plugins/performance/_indexes.hpp"

namespace plugins::performance {
namespace {

struct DuplicateIndex {
  std::vector<std::string> exclude;

  static constexpr auto params = confiture::params(
      field("exclude", &DuplicateIndex::exclude, "Tables and indexes left alone, by their name"));
  static constexpr RuleRecord record{
      .id = "performance.duplicate_index",
      .summary = "No index is there twice",
      .severity = Severity::warning,
      .risk = Risk::low,
      .kinds = {NodeKind::table, NodeKind::view},
      .why =
          "Two indexes with the same keys in the same order, the same method and the same\n"
          "condition serve the same queries: each write keeps both, each backup and each copy\n"
          "carries both. Keep one of them. On a table in use DROP INDEX CONCURRENTLY does not\n"
          "block.",
      .bad =
          "CREATE TABLE invoice (id bigint PRIMARY KEY, customer_id bigint);\n"
          "CREATE INDEX invoice_customer_idx ON invoice (customer_id);\n"
          "CREATE INDEX invoice_customer_id_idx ON invoice (customer_id);",
      .good =
          "CREATE TABLE invoice (id bigint PRIMARY KEY, customer_id bigint);\n"
          "CREATE INDEX invoice_customer_id_idx ON invoice (customer_id);",
      .fix = Fix::safe};

  void check(const Node& table, Report& report) const {
    const NodeList indexes = table.indexes();
    for (std::size_t later = 1; later < indexes.size(); ++later) {
      if (!is_judged_index(indexes[later], exclude)) continue;
      for (std::size_t earlier = 0; earlier < later; ++earlier) {
        if (!is_same(indexes[earlier], indexes[later])) continue;
        Finding& finding = report
                               .add(indexes[later], index_of(indexes[later]) + " is the same as " +
                                                        quoted(indexes[earlier].name()))
                               .hint("keep one of them")
                               .suggestion(drop_index(indexes[later]));
        leave_away(finding, indexes[later]);
        break;
      }
    }
  }

 private:
  static bool is_same(const Node& a, const Node& b) {
    if (a.access_method() != b.access_method() || a.predicate_sql() != b.predicate_sql() ||
        a.is_unique() != b.is_unique() || a.nulls_not_distinct() != b.nulls_not_distinct())
      return false;
    const NodeList included = a.included_columns();
    if (included.size() != b.included_columns().size()) return false;
    for (const Node& column : included)
      if (!has_node(b.included_columns(), column)) return false;
    return keys_of(a) == keys_of(b) ||
           (a.access_method() == "btree" && keys_of(a) == keys_of(b, true));
  }
};

}  // namespace

RuleExtension duplicate_index() {
  return confiture::rule<DuplicateIndex>();
}

}  // namespace plugins::performance
