// SPDX-License-Identifier: MIT
#include <set>
#include <utility>

#include "plugins/common/rule.hpp"
#include "plugins/common/written.hpp"
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
          "CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint REFERENCES customer);",
      .fix = Fix::safe};

  void check(const Node& table, Report& report) const {
    if (!is_judged_table(table, exclude)) return;
    const NodeList constraints = table.constraints();
    for (std::size_t later = 1; later < constraints.size(); ++later) {
      const Node key = constraints[later];
      for (std::size_t earlier = 0; earlier < later; ++earlier) {
        if (!is_same(constraints[earlier], key) || is_listed(key, exclude)) continue;
        Finding& finding = report
                               .add(key, "foreign key " + quoted(key.name()) + " of table " +
                                             text(table.qualified_name()) + " checks what " +
                                             quoted(constraints[earlier].name()) + " checks")
                               .hint("keep one of them")
                               .suggestion("ALTER TABLE " + text(table.qualified_name()) +
                                           " DROP CONSTRAINT " + quoted(key.name()) + ";");
        leave_away(finding, table, key);
        break;
      }
    }
  }

 private:
  // Of CREATE TABLE: with the comma before it, where it stands alone.
  static void leave_away(Finding& finding, const Node& table, const Node& key) {
    const Written made(table);
    const confiture_location place = key.location();
    if (!made.has(place.offset)) return;
    Span before{made.begin(), made.begin()}, last = before;
    for (Span one = made.token(before.offset); one.end_offset <= place.offset;
         one = made.token(one.end_offset)) {
      last = before;
      before = one;
    }
    const bool alone = made.text(before) == ",";
    if (made.text(before) == "(") return;  // what comes after it would begin with a comma
    finding.fix(alone ? last.end_offset : before.end_offset, place.end_offset, "");
  }
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
