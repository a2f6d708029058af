// SPDX-License-Identifier: MIT
#include "plugins/common/rule.hpp"

namespace plugins::structure {
namespace {

struct RequirePrimaryKey {
  std::vector<std::string> exclude;

  static constexpr auto params =
      confiture::params(field("exclude", &RequirePrimaryKey::exclude,
                              "Tables that need no primary key, as `name` or `schema.name`"));
  static constexpr RuleRecord record{
      .id = "structure.require_primary_key",
      .summary = "Every table declares a primary key",
      .severity = Severity::error,
      .kinds = {NodeKind::table},
      .why =
          "Without a primary key a row cannot be told from its twin: logical replication "
          "refuses updates,\nand no other table can refer to it. Partitions are judged by their "
          "parent, temporary tables\nnot at all.",
      .bad = "CREATE TABLE customer (id bigint NOT NULL, name text);",
      .good = "CREATE TABLE customer (id bigint PRIMARY KEY, name text);"};

  void check(const Node& table, Report& report) const {
    if (table.is_partition() || table.is_temporary() || is_listed(table, exclude)) return;
    for (const Node& constraint : table.constraints())
      if (constraint.constraint_kind() == "primary_key") return;
    report.add(table, "table " + text(table.qualified_name()) + " has no primary key")
        .hint("declare the columns that tell its rows apart as PRIMARY KEY");
  }
};

}  // namespace

RuleExtension require_primary_key() {
  return confiture::rule<RequirePrimaryKey>();
}

}  // namespace plugins::structure
