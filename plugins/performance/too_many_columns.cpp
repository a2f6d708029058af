// SPDX-License-Identifier: MIT
#include "plugins/common/rule.hpp"
#include "plugins/performance/_indexes.hpp"

namespace plugins::performance {
namespace {

struct TooManyColumns {
  std::int64_t max = 50;
  std::vector<std::string> exclude;

  static constexpr auto params = confiture::params(
      field("max", &TooManyColumns::max, "The most columns of a table", "1.."),
      field("exclude", &TooManyColumns::exclude, "Tables left alone, as `name` or `schema.name`"));
  static constexpr RuleRecord record{
      .id = "performance.too_many_columns",
      .summary = "A table has a number of columns that can be looked at",
      .severity = Severity::off,
      .kinds = {NodeKind::table},
      .why =
          "An UPDATE writes the whole row anew, and a scan reads all of its columns, however\n"
          "many a query wants. What belongs to other things, or is seldom there, fits a table\n"
          "of its own.",
      .bad =
          "-- with: {max: 3}\n"
          "CREATE TABLE person (id bigint PRIMARY KEY, name text, street text, city text);",
      .good =
          "-- with: {max: 3}\n"
          "CREATE TABLE person (id bigint PRIMARY KEY, name text);\n"
          "CREATE TABLE address (person_id bigint PRIMARY KEY REFERENCES person, street text, city "
          "text);"};

  void check(const Node& table, Report& report) const {
    if (table.is_partition() || table.is_temporary() || is_listed(table, exclude)) return;
    const auto count = static_cast<std::int64_t>(table.columns().size());
    if (count <= max) return;
    report
        .add(table,
             "table " + text(table.qualified_name()) + " has " + std::to_string(count) + " columns")
        .hint("move what belongs to something else to a table of its own");
  }
};

}  // namespace

RuleExtension too_many_columns() {
  return confiture::rule<TooManyColumns>();
}

}  // namespace plugins::performance
