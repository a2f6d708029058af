// SPDX-License-Identifier: MIT
#include "plugins/common/rule.hpp"
#include "plugins/naming/_pattern.hpp"

namespace plugins::naming {
namespace {

struct SchemaPattern {
  std::string pattern = "*";
  std::vector<std::string> exclude;

  static constexpr auto params = confiture::params(
      field("pattern", &SchemaPattern::pattern, "What names look like; `*` stands for any text",
            "1.."),
      field("exclude", &SchemaPattern::exclude, "Schemas left alone; public always is"));
  static constexpr RuleRecord record{
      .id = "naming.schema_pattern",
      .summary = "Schema names match a pattern",
      .severity = Severity::off,
      .kinds = {NodeKind::schema},
      .why =
          "Where the schemas of one application begin alike, rights and backups can name them\n"
          "together, and a stray one shows. `*` stands for any text.",
      .bad =
          "-- with: {pattern: \"shop_*\"}\n"
          "CREATE SCHEMA billing;",
      .good =
          "-- with: {pattern: \"shop_*\"}\n"
          "CREATE SCHEMA shop_billing;"};

  void check(const Node& schema, Report& report) const {
    if (matches(pattern, schema.name()) || schema.name() == "public" || is_listed(schema, exclude))
      return;
    report.add(schema, "schema " + quoted(schema.name()) + " does not match " + pattern)
        .hint("rename the schema, or list it under `exclude`");
  }
};

}  // namespace

RuleExtension schema_pattern() {
  return confiture::rule<SchemaPattern>();
}

}  // namespace plugins::naming
