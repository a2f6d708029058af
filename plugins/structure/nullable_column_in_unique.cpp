// SPDX-License-Identifier: MIT
#include "plugins/common/rule.hpp"
#include "plugins/common/written.hpp"
#include "plugins/structure/_columns.hpp"

namespace plugins::structure {
namespace {

struct NullableColumnInUnique {
  std::vector<std::string> exclude;

  static constexpr auto params = confiture::params(
      field("exclude", &NullableColumnInUnique::exclude,
            "Tables, constraints and indexes left alone, by their name or as SQL writes it"));
  static constexpr RuleRecord record{
      .id = "structure.nullable_column_in_unique",
      .summary = "A unique key of several columns does not let NULLs through",
      .severity = Severity::warning,
      .kinds = {NodeKind::constraint, NodeKind::index},
      .why =
          "NULLs are all different to a unique key: with (`tenant_id`, `email`) and an email\n"
          "that may be NULL, any number of rows without one can stand side by side.\n"
          "PostgreSQL 15 has NULLS NOT DISTINCT; before that, NOT NULL or an index over\n"
          "coalesce() helps. A single column that is unique where it is known is left alone,\n"
          "and so are a partial index and a key that only adds columns to another one.",
      .bad =
          "CREATE TABLE price (\n"
          "  id bigint PRIMARY KEY, product text NOT NULL, region text, UNIQUE (product, region)\n"
          ");",
      .good =
          "CREATE TABLE price (\n"
          "  id bigint PRIMARY KEY, product text NOT NULL, region text,\n"
          "  UNIQUE NULLS NOT DISTINCT (product, region)\n"
          ");",
      .fix = Fix::unsafe};

  void check(const Node& key, Report& report) const {
    const bool index = key.kind() == NodeKind::index;
    const bool unique = index ? key.is_unique() : key.constraint_kind() == "unique";
    if (!unique || key.columns().size() < 2 || key.nulls_not_distinct()) return;
    if (!key.predicate_sql().empty() || is_listed(key, exclude)) return;
    if (!is_judged_table(key.parent(), exclude) || holds_a_key(key)) return;
    std::string nullable;
    for (const Node& column : key.columns())
      if (!column.name().empty() && may_be_null(column))
        nullable += (nullable.empty() ? "" : ", ") + quoted(column.name());
    if (nullable.empty()) return;
    Finding& finding =
        report
            .add(key, text(index ? "unique index " : "unique constraint ") + quoted(key.name()) +
                          " of table " + text(key.parent().qualified_name()) +
                          " lets any number of rows pass where " + nullable + " is NULL")
            .hint("make the column NOT NULL, or say NULLS NOT DISTINCT (PostgreSQL 15)");
    mend(finding, key, index);
  }

 private:
  static void mend(Finding& finding, const Node& key, bool index) {
    const Written made(index ? key : key.parent());
    const confiture_location place = key.location();
    if (!made.has(place.offset)) return;
    const auto unique = made.word(index ? made.begin() : place.offset, "unique");
    if (!unique || (!index && unique->end_offset > place.end_offset)) return;
    std::uint64_t at = unique->end_offset;
    if (index) {  // after the keys, and what is included with them
      const auto on = made.word(at, "on");
      Span one = on ? made.token(on->end_offset) : Span();
      while (on && !made.text(one).empty() && made.text(one) != "(")
        one = made.token(one.end_offset);
      const auto keys = on ? made.parentheses(one.offset) : std::nullopt;
      if (!keys) return;
      at = keys->end_offset;
      const Span next = made.token(at);
      const auto included =
          made.is(next, "include") ? made.parentheses(next.end_offset) : std::nullopt;
      if (included) at = included->end_offset;
    }
    finding.fix(at, at, " NULLS NOT DISTINCT");
  }
  // Its columns without NULL are those of a key already: the others let nothing pass.
  static bool holds_a_key(const Node& key) {
    for (const Node& other : key.parent().constraints()) {
      const std::string_view kind = other.constraint_kind();
      if (other == key || other.columns().empty() || (kind != "primary_key" && kind != "unique"))
        continue;
      bool inside = true;
      for (const Node& column : other.columns())
        inside = inside && !may_be_null(column) && has_column(key.columns(), column);
      if (inside) return true;
    }
    return false;
  }
};

}  // namespace

RuleExtension nullable_column_in_unique() {
  return confiture::rule<NullableColumnInUnique>();
}

}  // namespace plugins::structure
