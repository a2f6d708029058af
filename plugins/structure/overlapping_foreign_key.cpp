// SPDX-License-Identifier: MIT
#include "plugins/common/rule.hpp"
#include "plugins/structure/_columns.hpp"

namespace plugins::structure {
namespace {

struct OverlappingForeignKey {
  std::vector<std::string> exclude;

  static constexpr auto params = confiture::params(
      field("exclude", &OverlappingForeignKey::exclude,
            "Tables and foreign keys left alone, by their name or as SQL writes it"));
  static constexpr RuleRecord record{
      .id = "structure.overlapping_foreign_key",
      .summary = "Two foreign keys to one table share no column",
      .severity = Severity::info,
      .kinds = {NodeKind::table},
      .why =
          "Where two foreign keys to the same table share a column, a value of it must fit\n"
          "both: an update of one reference moves the other. It is meant where every key of a\n"
          "table begins with a tenant; then each of the two has all other columns for itself,\n"
          "and both refer to the same key, which is let pass.",
      .bad =
          "CREATE TABLE address (customer_id bigint, kind text, number int,\n"
          "  PRIMARY KEY (customer_id, kind), UNIQUE (kind, number));\n"
          "CREATE TABLE orders (\n"
          "  id bigint PRIMARY KEY, customer_id bigint, kind text, number int,\n"
          "  FOREIGN KEY (customer_id, kind) REFERENCES address (customer_id, kind),\n"
          "  FOREIGN KEY (kind, number) REFERENCES address (kind, number)\n"
          ");",
      .good =
          "CREATE TABLE address (customer_id bigint, kind text, PRIMARY KEY (customer_id, kind));\n"
          "CREATE TABLE orders (\n"
          "  id bigint PRIMARY KEY, customer_id bigint, from_kind text, to_kind text,\n"
          "  FOREIGN KEY (customer_id, from_kind) REFERENCES address (customer_id, kind),\n"
          "  FOREIGN KEY (customer_id, to_kind) REFERENCES address (customer_id, kind)\n"
          ");"};

  void check(const Node& table, Report& report) const {
    if (!is_judged_table(table, exclude)) return;
    const NodeList constraints = table.constraints();
    for (std::size_t later = 1; later < constraints.size(); ++later) {
      const Node key = constraints[later];
      for (std::size_t earlier = 0; earlier < later; ++earlier) {
        const Node other = constraints[earlier];
        const std::string shared = overlap(other, key);
        if (shared.empty() || is_listed(key, exclude)) continue;
        report
            .add(key, "foreign keys " + quoted(other.name()) + " and " + quoted(key.name()) +
                          " of table " + text(table.qualified_name()) + " to " +
                          text(key.referenced_table().qualified_name()) + " share " + shared)
            .hint("refer once, or give each reference columns of its own");
        break;
      }
    }
  }

 private:
  // The columns in both keys, where the rest of them differs.
  static std::string overlap(const Node& a, const Node& b) {
    if (!a.referenced_table() || a.referenced_table() != b.referenced_table()) return {};
    if (refer_to_same(a, b)) return {};
    std::string shared;
    std::size_t count = 0;
    for (const Node& column : a.columns()) {
      if (!has_column(b.columns(), column)) continue;
      shared += (shared.empty() ? "" : ", ") + quoted(column.name());
      ++count;
    }
    const bool same = count == a.columns().size() && count == b.columns().size();
    return same ? std::string() : shared;
  }

  static bool refer_to_same(const Node& a, const Node& b) {
    const NodeList first = a.referenced_columns(), second = b.referenced_columns();
    if (first.size() != second.size()) return false;
    for (const Node& column : first)
      if (!has_column(second, column)) return false;
    return true;
  }
};

}  // namespace

RuleExtension overlapping_foreign_key() {
  return confiture::rule<OverlappingForeignKey>();
}

}  // namespace plugins::structure
