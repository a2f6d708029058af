// SPDX-License-Identifier: MIT
// structure.require_primary_key: every table declares a primary key.
#pragma once

#include <confiture/plugin.hpp>
#include <string>
#include <vector>

#include "plugins/common/names.hpp"
#include "plugins/common/rule_record.hpp"

namespace plugins::structure {

struct RequirePrimaryKey {
  std::vector<std::string> exclude;

  static constexpr auto params = confiture::params(
      confiture::field("exclude", &RequirePrimaryKey::exclude,
                       "Tables that need no primary key, as `name` or `schema.name`"));
  static constexpr RuleRecord record{"structure.require_primary_key",
                                     "structure",
                                     confiture::Severity::error,
                                     "Every table declares a primary key",
                                     "Without a primary key a row cannot be told from its twin: "
                                     "logical replication refuses updates,\n"
                                     "and no other table can refer to it. Partitions are judged by "
                                     "their parent, temporary tables\n"
                                     "not at all.",
                                     "CREATE TABLE customer (id bigint NOT NULL, name text);",
                                     "CREATE TABLE customer (id bigint PRIMARY KEY, name text);"};

  void check(const confiture::Node& table, confiture::Report& report) const {
    if (table.is_partition() || table.is_temporary() || is_listed(table, exclude)) return;
    for (const confiture::Node& constraint : table.constraints())
      if (constraint.constraint_kind() == "primary_key") return;
    report.add(table, "table " + text(table.qualified_name()) + " has no primary key")
        .hint("declare the columns that tell its rows apart as PRIMARY KEY");
  }
};

}  // namespace plugins::structure
