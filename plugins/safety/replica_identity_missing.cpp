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
      .kinds = {NodeKind::publication},
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

  void check(const Node& publication, Report& report) const {
    const Node publish = publication.setting("publish");
    if (publish && publish.value().find("update") == publish.value().npos &&
        publish.value().find("delete") == publish.value().npos)
      return;
    for (const Node& table : publication.tables()) {
      if (table.is_assumed() || is_identified(table)) continue;
      report
          .add(publication, "rows of table " + text(table.qualified_name()) +
                                " can be neither updated nor deleted once it is published")
          .hint("add a primary key, or set its REPLICA IDENTITY");
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
