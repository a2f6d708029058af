// SPDX-License-Identifier: MIT
#include "plugins/common/rule.hpp"
#include "plugins/compliance/_regulated.hpp"

namespace plugins::compliance {
namespace {

struct HealthData {
  std::vector<std::string> names = health_names();
  std::vector<std::string> schemas{"phi", "health", "clinical", "medical"};
  std::vector<std::string> exclude;

  static constexpr auto params = confiture::params(
      field("names", &HealthData::names, "Words that make a column's name the name of health data"),
      field("schemas", &HealthData::schemas, "The schemas that are kept for health data"),
      field("exclude", &HealthData::exclude, "Tables and columns left alone, by their name"));
  static constexpr RuleRecord record{
      .id = "compliance.health_data",
      .summary = "Data about health lies in the schemas that are kept for it",
      .severity = Severity::off,
      .risk = Risk::high,
      .kinds = {NodeKind::column},
      .why =
          "HIPAA wants health data within reach of those only who need it, and Art. 9 of the\n"
          "GDPR forbids it to all others. One schema with roles of its own is something that\n"
          "can be granted, audited and left out of copies; a column between others is not.",
      .bad = "CREATE TABLE visit (id bigint PRIMARY KEY, diagnosis text);",
      .good =
          "CREATE SCHEMA clinical;\n"
          "CREATE TABLE clinical.visit (id bigint PRIMARY KEY, diagnosis text);"};

  void check(const Node& column, Report& report) const {
    if (!is_judged_table(column.parent(), exclude) || is_listed(column, exclude)) return;
    const std::string* word = data_word(column, names);
    if (word == nullptr ||
        std::find(schemas.begin(), schemas.end(), column.schema_name()) != schemas.end())
      return;
    report
        .add(column, "column " + text(column.qualified_name()) + " seems to hold health data (" +
                         *word + ") outside of the schemas for it")
        .hint("move it to a schema that few roles may use");
  }
};

}  // namespace

RuleExtension health_data() {
  return confiture::rule<HealthData>();
}

}  // namespace plugins::compliance
