// SPDX-License-Identifier: MIT
#include "plugins/common/rule.hpp"
#include "plugins/performance/_indexes.hpp"

namespace plugins::performance {
namespace {

struct RedundantIndex {
  std::vector<std::string> exclude;

  static constexpr auto params = confiture::params(
      field("exclude", &RedundantIndex::exclude, "Tables and indexes left alone, by their name"));
  static constexpr RuleRecord record{
      .id = "performance.redundant_index",
      .summary = "No index only repeats the first keys of another",
      .severity = Severity::warning,
      .risk = Risk::low,
      .kinds = {NodeKind::table, NodeKind::view},
      .why =
          "A btree index on (a, b) serves a search for a as well: an index on (a) beside it\n"
          "is written with each row and seldom read. The same holds beside a primary key or a\n"
          "unique constraint, whose index begins with the column. A unique index that repeats\n"
          "no constraint, a partial index with another condition, and one that covers more\n"
          "columns are left alone. Keep the short one only where it is much smaller and read\n"
          "much; list it under `exclude`.",
      .bad =
          "CREATE TABLE line (invoice_id bigint, no int, PRIMARY KEY (invoice_id, no));\n"
          "CREATE INDEX line_invoice_id_idx ON line (invoice_id);",
      .good =
          "CREATE TABLE line (invoice_id bigint, no int, PRIMARY KEY (invoice_id, no));\n"
          "CREATE INDEX line_no_idx ON line (no);",
      .fix = Fix::safe};

  void check(const Node& table, Report& report) const {
    for (const Node& index : table.indexes()) {
      if (index.access_method() != "btree" || !is_judged_index(index, exclude)) continue;
      if (table.replica_identity() == "index" && index.is_unique()) continue;
      const std::string other = covered_by(table, index);
      if (other.empty()) continue;
      Finding& finding = report.add(index, index_of(index) + " repeats " + other)
                             .hint("drop it; on a table in use with DROP INDEX CONCURRENTLY")
                             .suggestion(drop_index(index));
      leave_away(finding, index);
    }
  }

 private:
  static std::string covered_by(const Node& table, const Node& index) {
    const std::vector<std::string> keys = keys_of(index), mirrored = keys_of(index, true);
    for (const Node& constraint : table.constraints()) {
      if (!is_btree_constraint(constraint) || !index.predicate_sql().empty()) continue;
      if (constraint.using_index() == index.name() || !has_all(constraint, index)) continue;
      const std::vector<std::string> own = constraint_keys(constraint);
      const bool all = own == keys || own == mirrored;
      if (index.is_unique() ? !all || constraint.is_deferrable() ||
                                  constraint.nulls_not_distinct() != index.nulls_not_distinct()
                            : !keys_begin_with(own, keys) && !keys_begin_with(own, mirrored))
        continue;
      return (all ? "that of constraint " : "the first keys of constraint ") +
             quoted(constraint.name());
    }
    if (index.is_unique()) return {};
    for (const Node& other : table.indexes()) {
      if (other == index || other.access_method() != "btree" ||
          other.predicate_sql() != index.predicate_sql() || !has_all(other, index))
        continue;
      const std::vector<std::string> own = keys_of(other);
      if (!keys_begin_with(own, keys) && !keys_begin_with(own, mirrored)) continue;
      if (own.size() == keys.size() && !other.is_unique())
        continue;  // duplicate_index, or it covers less
      return (own.size() == keys.size() ? "" : "the first keys of ") + quoted(other.name());
    }
    return {};
  }

  // Whether the other has the columns that the index includes.
  static bool has_all(const Node& other, const Node& index) {
    for (const Node& column : index.included_columns())
      if (!has_node(other.columns(), column) && !has_node(other.included_columns(), column))
        return false;
    return true;
  }
};

}  // namespace

RuleExtension redundant_index() {
  return confiture::rule<RedundantIndex>();
}

}  // namespace plugins::performance
