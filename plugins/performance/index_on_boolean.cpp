// SPDX-License-Identifier: MIT
#include "plugins/common/rule.hpp"
#include "plugins/performance/_indexes.hpp"

namespace plugins::performance {
namespace {

struct IndexOnBoolean {
  std::vector<std::string> exclude;

  static constexpr auto params = confiture::params(
      field("exclude", &IndexOnBoolean::exclude, "Tables and indexes left alone, by their name"));
  static constexpr RuleRecord record{
      .id = "performance.index_on_boolean",
      .summary = "No index begins with a truth",
      .severity = Severity::info,
      .risk = Risk::low,
      .kinds = {NodeKind::index},
      .why =
          "A boolean has two values: a search for one of them finds half of the table, which\n"
          "is read faster without an index. Where one value is rare, a partial index (`WHERE\n"
          "NOT paid`) on the column that is searched by holds these rows only, and is small.\n"
          "Unique and partial indexes are left alone.",
      .bad =
          "CREATE TABLE invoice (id bigint PRIMARY KEY, paid boolean NOT NULL, due date NOT "
          "NULL);\n"
          "CREATE INDEX invoice_paid_idx ON invoice (paid, due);",
      .good =
          "CREATE TABLE invoice (id bigint PRIMARY KEY, paid boolean NOT NULL, due date NOT "
          "NULL);\n"
          "CREATE INDEX invoice_due_idx ON invoice (due) WHERE NOT paid;"};

  void check(const Node& index, Report& report) const {
    const Node first = index.keys()[0];
    if (first.column().type_name() != "bool" || index.is_unique() ||
        !index.predicate_sql().empty() || index.access_method() != "btree" ||
        !is_judged_index(index, exclude))
      return;
    report.add(first, index_of(index) + " begins with the truth " + quoted(first.name()))
        .hint("index what is searched by, WHERE " + quoted(first.name()) + " has its rare value");
  }
};

}  // namespace

RuleExtension index_on_boolean() {
  return confiture::rule<IndexOnBoolean>();
}

}  // namespace plugins::performance
