// SPDX-License-Identifier: MIT
#include "plugins/common/rule.hpp"

namespace plugins::naming {
namespace {

struct EnvironmentName {
  std::vector<std::string> names{"prod", "production", "staging", "stage", "dev",    "development",
                                 "test", "testing",    "qa",      "uat",   "sandbox"};
  std::vector<std::string> exclude;

  static constexpr auto params =
      confiture::params(field("names", &EnvironmentName::names, "Words that name an environment"),
                        field("exclude", &EnvironmentName::exclude, "Schemas left alone"));
  static constexpr RuleRecord record{
      .id = "naming.environment_name",
      .summary = "No schema is named after an environment",
      .severity = Severity::off,
      .kinds = {NodeKind::schema},
      .why =
          "The same migrations run in production and on a laptop: a schema called `prod`\n"
          "exists in both, and in one of them it lies. Databases and servers tell\n"
          "environments apart, schemas do not.",
      .bad = "CREATE SCHEMA shop_dev;",
      .good = "CREATE SCHEMA shop;"};

  void check(const Node& schema, Report& report) const {
    const std::string* found = matching(schema.name(), names);
    if (found == nullptr || is_listed(schema, exclude)) return;
    report
        .add(schema, "schema " + quoted(schema.name()) + " is named after an environment ('" +
                         *found + "')")
        .hint("name it after what it holds, and keep environments in databases of their own");
  }
};

}  // namespace

RuleExtension environment_name() {
  return confiture::rule<EnvironmentName>();
}

}  // namespace plugins::naming
