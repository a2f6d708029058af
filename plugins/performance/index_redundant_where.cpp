// SPDX-License-Identifier: MIT
#include "plugins/common/rule.hpp"
#include "plugins/performance/_indexes.hpp"

namespace plugins::performance {
namespace {

struct IndexRedundantWhere {
  static constexpr RuleRecord record{
      .id = "performance.index_redundant_where",
      .summary = "No partial index leaves out rows that cannot be there",
      .severity = Severity::info,
      .risk = Risk::low,
      .kinds = {NodeKind::index},
      .why =
          "`WHERE c IS NOT NULL` on a column that is NOT NULL leaves out nothing, but the\n"
          "planner uses a partial index only for queries that it can prove to be of its rows.\n"
          "Leave the condition away.",
      .bad =
          "CREATE TABLE invoice (id bigint PRIMARY KEY, due date NOT NULL);\n"
          "CREATE INDEX invoice_due_idx ON invoice (due) WHERE due IS NOT NULL;",
      .good =
          "CREATE TABLE invoice (id bigint PRIMARY KEY, due date);\n"
          "CREATE INDEX invoice_due_idx ON invoice (due) WHERE due IS NOT NULL;",
      .fix = Fix::safe};

  void check(const Node& index, Report& report) const {
    if (index.predicate_sql().empty() || index.parent().kind() != NodeKind::table ||
        index.parent().is_partition())
      return;
    const Tree condition = report.expression(index.predicate_sql());
    if (!condition.is("BoolExpr")) return judge(condition, index, report, true);
    if (condition.text("boolop") != "AND_EXPR") return;
    const Tree parts = condition["args"];
    for (const Tree& part : parts) judge(part, index, report, false);
  }

 private:
  static void mend(Finding& finding, const Node& index) {
    const Written made(index);
    const auto where = made.word(made.begin(), "where");
    if (!where) return;
    std::uint64_t before = made.begin();  // the end of the token before it
    for (Span one = made.token(before); one.end_offset <= where->offset; one = made.token(before))
      before = one.end_offset;
    finding.fix(before, made.end(), "");
  }
  // `whole`: there is no other condition.
  static void judge(const Tree& part, const Node& index, Report& report, bool whole) {
    if (!part.is("NullTest") || part.text("nulltesttype") != "IS_NOT_NULL") return;
    for (const Node& column : index.parent().columns())
      if (part["arg"].column_name() == column.name() && !column.is_nullable()) {
        Finding& finding = report
                               .add(index, index_of(index) + " asks " + quoted(column.name()) +
                                               " IS NOT NULL, which every row is")
                               .hint("leave the condition away");
        if (whole) mend(finding, index);
      }
  }
};

}  // namespace

RuleExtension index_redundant_where() {
  return confiture::rule<IndexRedundantWhere>();
}

}  // namespace plugins::performance
