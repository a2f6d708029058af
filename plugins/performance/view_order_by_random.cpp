// SPDX-License-Identifier: MIT
#include "plugins/common/queries.hpp"
#include "plugins/common/rule.hpp"
#include "plugins/performance/_indexes.hpp"

namespace plugins::performance {
namespace {

struct ViewOrderByRandom {
  std::vector<std::string> exclude;

  static constexpr auto params =
      confiture::params(field("exclude", &ViewOrderByRandom::exclude,
                              "Views and functions left alone, as `name` or `schema.name`"));
  static constexpr RuleRecord record{
      .id = "performance.view_order_by_random",
      .summary = "No view or function sorts by chance",
      .severity = Severity::off,
      .kinds = {NodeKind::view, NodeKind::function},
      .why =
          "`ORDER BY random()` reads and sorts all rows to give a few. TABLESAMPLE reads a\n"
          "part of the table; a random key column with an index gives one row quickly.",
      .bad =
          "CREATE TABLE quote (id bigint PRIMARY KEY, line text);\n"
          "CREATE VIEW quote_of_the_day AS SELECT line FROM quote ORDER BY random() LIMIT 1;",
      .good =
          "CREATE TABLE quote (id bigint PRIMARY KEY, line text);\n"
          "CREATE VIEW quote_of_the_day AS SELECT line FROM quote TABLESAMPLE system_rows(1);"};

  void check(const Node& object, Report& report) const {
    if (is_listed(object, exclude)) return;
    each_query(object, report, [&](const Tree& query, const Node& at) {
      query.walk([&](const Tree& part) {
        if (!part["sortClause"].any([](const Tree& one) {
              return one.is("FuncCall") && one.function_name() == "random";
            }))
          return true;
        report
            .add(at, (object.kind() == NodeKind::view ? "view " : "function ") +
                         text(object.qualified_name()) + " sorts all rows by random()")
            .hint("use TABLESAMPLE, or a random key with an index");
        return false;
      });
    });
  }
};

}  // namespace

RuleExtension view_order_by_random() {
  return confiture::rule<ViewOrderByRandom>();
}

}  // namespace plugins::performance
