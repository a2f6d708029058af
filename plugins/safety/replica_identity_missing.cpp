// SPDX-License-Identifier: MIT
#include "plugins/common/rule.hpp"

namespace plugins::safety {
namespace {

struct ReplicaIdentityMissing {
  static constexpr RuleRecord record{
      .id = "safety.replica_identity_missing",
      .summary = "Every table of a publication has what identifies its rows",
      .severity = Severity::warning,
      .risk = Risk::medium,
      .kinds = {NodeKind::database},
      .scope = Scope::both,
      .why =
          "Logical replication finds a row to update or delete by its replica identity, which is "
          "the primary key unless another is said. Where there is none, PostgreSQL refuses every "
          "UPDATE and DELETE of the table as soon as it is published. Add a primary key, or ALTER "
          "TABLE ... REPLICA IDENTITY USING INDEX or FULL. A publication of INSERT and TRUNCATE "
          "alone is exempt.",
      .bad =
          "CREATE TABLE visit (day date NOT NULL, page text NOT NULL);\nCREATE PUBLICATION shop "
          "FOR TABLE visit;",
      .good =
          "CREATE TABLE visit (id bigint PRIMARY KEY, day date NOT NULL, page text NOT "
          "NULL);\nCREATE PUBLICATION shop FOR TABLE visit;"};

  void check(const Node& database, Report& report) const {
    for (const Node& publication : database.publications()) {
      const std::string_view publish = publication.setting("publish").value();
      if (!publish.empty() && publish.find("update") == publish.npos &&
          publish.find("delete") == publish.npos)
        continue;
      const bool all = publication.is_for_all_tables();
      for (const Node& table : all ? database.tables() : publication.tables()) {
        if (table.is_assumed() || is_identified(table)) continue;
        if (all && (table.is_temporary() || table.is_unlogged() || table.is_partitioned()))
          continue;
        report
            .add(publication, "rows of table " + text(table.qualified_name()) +
                                  " can be neither updated nor deleted once it is published")
            .hint("add a primary key, or set its REPLICA IDENTITY");
      }
    }
  }

 private:
  static bool is_identified(const Node& table) {
    if (table.replica_identity() == "full" || table.replica_identity() == "index") return true;
    if (table.replica_identity() == "nothing") return false;
    for (const Node& constraint : table.constraints())
      if (constraint.constraint_kind() == "primary_key") return true;
    return false;
  }
};

}  // namespace

RuleExtension replica_identity_missing() {
  return confiture::rule<ReplicaIdentityMissing>();
}

}  // namespace plugins::safety
