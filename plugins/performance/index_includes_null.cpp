// SPDX-License-Identifier: MIT
#include "plugins/common/rule.hpp"
#include "plugins/performance/_indexes.hpp"

namespace plugins::performance {
namespace {

struct IndexIncludesNull {
  std::vector<std::string> names{"deleted_at", "archived_at", "cancelled_at", "canceled_at",
                                 "revoked_at", "merged_into", "locked_at",    "failed_at"};
  std::vector<std::string> exclude;

  static constexpr auto params =
      confiture::params(field("names", &IndexIncludesNull::names,
                              "Words that make a column's name one of mostly NULL"),
                        field("exclude", &IndexIncludesNull::exclude,
                              "Tables and indexes left alone, by their name"));
  static constexpr RuleRecord record{
      .id = "performance.index_includes_null",
      .summary = "An index over a column that is mostly NULL leaves these rows out",
      .severity = Severity::off,
      .risk = Risk::low,
      .kinds = {NodeKind::index},
      .why =
          "A column such as `deleted_at` is NULL in nearly every row, and nearly every row\n"
          "has an entry in its index that no search wants. `WHERE deleted_at IS NOT NULL`\n"
          "keeps the index as small as what is looked for. Which columns are mostly NULL is\n"
          "told by their names.",
      .bad =
          "CREATE TABLE invoice (id bigint PRIMARY KEY, deleted_at timestamptz);\n"
          "CREATE INDEX invoice_deleted_at_idx ON invoice (deleted_at);",
      .good =
          "CREATE TABLE invoice (id bigint PRIMARY KEY, deleted_at timestamptz);\n"
          "CREATE INDEX invoice_deleted_at_idx ON invoice (deleted_at) WHERE deleted_at IS NOT "
          "NULL;"};

  void check(const Node& index, Report& report) const {
    const Node first = index.keys()[0], column = first.column();
    if (!column.is_nullable() || matching(column.name(), names) == nullptr) return;
    if (index.is_unique() || !index.predicate_sql().empty() || !is_judged_index(index, exclude))
      return;
    report
        .add(first, index_of(index) + " has an entry for each row where " + quoted(column.name()) +
                        " is NULL")
        .hint("add WHERE " + quoted(column.name()) + " IS NOT NULL");
  }
};

}  // namespace

RuleExtension index_includes_null() {
  return confiture::rule<IndexIncludesNull>();
}

}  // namespace plugins::performance
