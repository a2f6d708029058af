// SPDX-License-Identifier: MIT
// naming.table_case: table and view names follow one style.
#pragma once

#include <confiture/plugin.hpp>
#include <string>
#include <vector>

#include "plugins/common/rule_record.hpp"

namespace plugins::naming {

enum class Style { snake_case, camel_case, pascal_case, upper_snake_case };

struct TableCase {
  Style style = Style::snake_case;
  std::vector<std::string> exclude;

  static constexpr auto params = confiture::params(
      confiture::field(
          "style", &TableCase::style, "The style of table and view names",
          confiture::choices("snake_case", "camelCase", "PascalCase", "UPPER_SNAKE_CASE")),
      confiture::field("exclude", &TableCase::exclude,
                       "Tables and views that keep their name, as `name` or `schema.name`"));
  static constexpr RuleRecord record{
      "naming.table_case",
      "naming",
      confiture::Severity::warning,
      "Table and view names follow the configured case",
      "Names in one style are guessed right the first time. PostgreSQL folds unquoted names to "
      "lower\n"
      "case, so that any capital letter asks for quotes in every query.",
      "CREATE TABLE \"OrderLine\" (id bigint PRIMARY KEY);",
      "CREATE TABLE order_line (id bigint PRIMARY KEY);"};

  void check(const confiture::Node& relation, confiture::Report& report) const;
};

}  // namespace plugins::naming
