// SPDX-License-Identifier: MIT
#include <set>
#include <utility>

#include "plugins/common/rule.hpp"
#include "plugins/structure/_columns.hpp"

namespace plugins::structure {
namespace {

struct DuplicateForeignKey {
  std::vector<std::string> exclude;

  static constexpr auto params = confiture::params(
      field("exclude", &DuplicateForeignKey::exclude,
            "Tables and foreign keys left alone, by their name or as SQL writes it"));
  static constexpr RuleRecord record{
      .id = "structure.duplicate_foreign_key",
      .summary = "No foreign key is there twice",
      .severity = Severity::warning,
      .kinds = {NodeKind::table},
      .why =
          "Two foreign keys on the same columns to the same target check the same thing\n"
          "twice, at each insert, update and delete. A later change to one of them is easily\n"
          "taken for the whole.",
      .bad =
          "CREATE TABLE customer (id bigint PRIMARY KEY);\n"
          "CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint REFERENCES customer);\n"
          "ALTER TABLE orders ADD CONSTRAINT orders_customer FOREIGN KEY (customer_id) REFERENCES "
          "customer (id);",
      .good =
          "CREATE TABLE customer (id bigint PRIMARY KEY);\n"
          "CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint REFERENCES customer);"};

  void check(const Node& table, Report& report) const {
    if (!is_judged_table(table, exclude)) return;
    const NodeList constraints = table.constraints();
    for (std::size_t later = 1; later < constraints.size(); ++later) {
      const Node key = constraints[later];
      for (std::size_t earlier = 0; earlier < later; ++earlier) {
        if (!is_same(constraints[earlier], key) || is_listed(key, exclude)) continue;
        report
            .add(key, "foreign key " + quoted(key.name()) + " of table " +
                          text(table.qualified_name()) + " checks what " +
                          quoted(constraints[earlier].name()) + " checks")
            .hint("keep one of them")
            .suggestion("ALTER TABLE " + text(table.qualified_name()) + " DROP CONSTRAINT " +
                        quoted(key.name()) + ";");
        break;
      }
    }
  }

 private:
  using Pair = std::pair<std::string_view, std::string_view>;

  // Which column refers to which; two foreign keys may name them in another order.
  static std::set<Pair> pairs_of(const Node& key) {
    std::set<Pair> pairs;
    const NodeList own = key.columns(), other = key.referenced_columns();
    for (std::size_t i = 0; i < own.size() && i < other.size(); ++i)
      pairs.insert({own[i].name(), other[i].name()});
    return pairs;
  }

  static bool is_same(const Node& a, const Node& b) {
    return a.referenced_table() && a.referenced_table() == b.referenced_table() &&
           !pairs_of(a).empty() && pairs_of(a) == pairs_of(b);
  }
};

}  // namespace

RuleExtension duplicate_foreign_key() {
  return confiture::rule<DuplicateForeignKey>();
}

}  // namespace plugins::structure
