// SPDX-License-Identifier: MIT
#include "plugins/common/rule.hpp"
#include "plugins/performance/_indexes.hpp"

namespace plugins::performance {
namespace {

struct TooManyIndexColumns {
  std::int64_t max = 3;
  std::vector<std::string> exclude;

  static constexpr auto params = confiture::params(
      field("max", &TooManyIndexColumns::max, "The most key columns of an index", "1.."),
      field("exclude", &TooManyIndexColumns::exclude,
            "Tables and indexes left alone, by their name"));
  static constexpr RuleRecord record{
      .id = "performance.too_many_index_columns",
      .summary = "An index has few key columns",
      .severity = Severity::info,
      .risk = Risk::low,
      .kinds = {NodeKind::index},
      .why =
          "A btree index serves queries that fix its first keys; the fourth and later ones\n"
          "seldom narrow anything, but make each entry longer and each write dearer, and an\n"
          "UPDATE of any of them is no HOT update. What is only to be read from the index\n"
          "belongs into INCLUDE. Unique indexes, whose columns are their meaning, and other\n"
          "methods are left alone.",
      .bad =
          "CREATE TABLE visit (id bigint PRIMARY KEY, site int, page int, visitor int, at date);\n"
          "CREATE INDEX visit_search_idx ON visit (site, page, visitor, at);",
      .good =
          "CREATE TABLE visit (id bigint PRIMARY KEY, site int, page int, visitor int, at date);\n"
          "CREATE INDEX visit_search_idx ON visit (site, page) INCLUDE (visitor, at);"};

  void check(const Node& index, Report& report) const {
    const auto keys = static_cast<std::int64_t>(index.keys().size());
    if (keys <= max || index.is_unique() || index.access_method() != "btree" ||
        !is_judged_index(index, exclude))
      return;
    report.add(index, index_of(index) + " has " + std::to_string(keys) + " key columns")
        .hint("keep the columns that searches fix, and move others to INCLUDE");
  }
};

}  // namespace

RuleExtension too_many_index_columns() {
  return confiture::rule<TooManyIndexColumns>();
}

}  // namespace plugins::performance
