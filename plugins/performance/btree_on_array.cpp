// SPDX-License-Identifier: MIT
#include "plugins/common/rule.hpp"
#include "plugins/common/written.hpp"
#include "plugins/performance/_indexes.hpp"

namespace plugins::performance {
namespace {

struct BtreeOnArray {
  std::vector<std::string> exclude;

  static constexpr auto params = confiture::params(
      field("exclude", &BtreeOnArray::exclude, "Tables and indexes left alone, by their name"));
  static constexpr RuleRecord record{
      .id = "performance.btree_on_array",
      .summary = "An array or a jsonb document is indexed by what is in it",
      .severity = Severity::warning,
      .risk = Risk::low,
      .kinds = {NodeKind::index},
      .why =
          "A btree index compares whole values: it finds an array that is equal to another,\n"
          "and nothing that is in one. Searches by `@>`, `&&`, `?` and `= ANY` want GIN. An\n"
          "entry of a btree has at most 2,704 bytes, so that a long value cannot even be\n"
          "inserted. Unique indexes are left alone: whole values are what they are for.",
      .bad =
          "CREATE TABLE film (id bigint PRIMARY KEY, tags text[]);\n"
          "CREATE INDEX film_tags_idx ON film (tags);",
      .good =
          "CREATE TABLE film (id bigint PRIMARY KEY, tags text[]);\n"
          "CREATE INDEX film_tags_idx ON film USING gin (tags);",
      .fix = Fix::unsafe};

  void check(const Node& index, Report& report) const {
    if (index.access_method() != "btree" || index.is_unique() || !is_judged_index(index, exclude))
      return;
    for (const Node& key : index.keys()) {
      const Node column = key.column();
      const bool array = column.array_dimensions() > 0;
      if (!array && column.type_name() != "jsonb") continue;
      Finding& finding =
          report
              .add(key, index_of(index) + " compares " + quoted(key.name()) +
                            " as a whole, and finds nothing in it: it is " +
                            (array ? "an array" : "jsonb"))
              .hint("use GIN")
              .suggestion("CREATE INDEX ON " + text(index.parent().qualified_name()) +
                          " USING gin (" + quoted(key.name()) + ");");
      mend(finding, index, report);
    }
  }

 private:
  // GIN takes such keys alone, and no order.
  static void mend(Finding& finding, const Node& index, const Report& report) {
    if (index.keys().size() != 1 || index.keys()[0].is_descending()) return;
    const Written made(index);
    const auto table = made.name(report.tree(index)["relation"].offset());
    if (!table) return;
    const Span next = made.token(table->end_offset);
    if (!made.is(next, "using")) {
      finding.fix(table->end_offset, table->end_offset, " USING gin");
      return;
    }
    const Span method = made.token(next.end_offset);
    finding.fix(method.offset, method.end_offset, "gin");
  }
};

}  // namespace

RuleExtension btree_on_array() {
  return confiture::rule<BtreeOnArray>();
}

}  // namespace plugins::performance
