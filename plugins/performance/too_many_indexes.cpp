// SPDX-License-Identifier: MIT
#include "plugins/common/rule.hpp"
#include "plugins/performance/_indexes.hpp"

namespace plugins::performance {
namespace {

struct TooManyIndexes {
  std::int64_t max = 10;
  std::vector<std::string> exclude;

  static constexpr auto params = confiture::params(
      field("max", &TooManyIndexes::max, "The most indexes of a table", "1.."),
      field("exclude", &TooManyIndexes::exclude, "Tables left alone, as `name` or `schema.name`"));
  static constexpr RuleRecord record{
      .id = "performance.too_many_indexes",
      .summary = "A table has few indexes",
      .severity = Severity::info,
      .risk = Risk::low,
      .kinds = {NodeKind::table},
      .why =
          "Each INSERT, and each UPDATE that is not HOT, writes to every index of the table;\n"
          "the planner looks at all of them for each query. Those that nobody reads are found\n"
          "in pg_stat_user_indexes. The indexes of primary keys and of unique constraints\n"
          "count.",
      .bad =
          "-- with: {max: 2}\n"
          "CREATE TABLE person (id bigint PRIMARY KEY, name text, city text);\n"
          "CREATE INDEX person_name_idx ON person (name);\n"
          "CREATE INDEX person_city_idx ON person (city);",
      .good =
          "-- with: {max: 2}\n"
          "CREATE TABLE person (id bigint PRIMARY KEY, name text, city text);\n"
          "CREATE INDEX person_name_idx ON person (name);"};

  void check(const Node& table, Report& report) const {
    if (table.is_partition() || table.is_temporary() || is_listed(table, exclude)) return;
    auto count = static_cast<std::int64_t>(table.indexes().size());
    for (const Node& constraint : table.constraints())
      if (has_index(constraint) && constraint.using_index().empty()) ++count;
    if (count <= max) return;
    report
        .add(table, "table " + text(table.qualified_name()) + " has " + std::to_string(count) +
                        " indexes, and each write keeps all of them")
        .hint("drop those that no query reads");
  }
};

}  // namespace

RuleExtension too_many_indexes() {
  return confiture::rule<TooManyIndexes>();
}

}  // namespace plugins::performance
