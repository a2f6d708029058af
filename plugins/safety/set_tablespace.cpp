// SPDX-License-Identifier: MIT
#include "plugins/safety/_actions.hpp"
#include "plugins/safety/_sizes.hpp"

namespace plugins::safety {
namespace {

struct SetTablespace {
  static constexpr RuleRecord record{
      .id = "safety.set_tablespace",
      .summary = "Nothing in use is moved to another tablespace",
      .severity = Severity::error,
      .risk = Risk::high,
      .kinds = {NodeKind::statement, NodeKind::subcommand},
      .why =
          "SET TABLESPACE copies every file of the table under an ACCESS EXCLUSIVE lock: nobody "
          "can read or write it. Of an index the same holds, since a query opens all indexes of "
          "its tables. ALL IN TABLESPACE locks everything that lies there at once. A partitioned "
          "table has no files, and what the same file made is exempt.",
      .bad = "ALTER TABLE invoice SET TABLESPACE fast;",
      .good = "CREATE TABLE invoice (id bigint);\nALTER TABLE invoice SET TABLESPACE fast;"};

  Sizes sizes;
  static constexpr auto params =
      confiture::params(field("sizes", &SetTablespace::sizes, Sizes::doc));

  void check(const Node& node, Report& report) const {
    if (node.kind() == NodeKind::statement) {
      const Tree tree = report.tree(node);
      if (!tree.is("AlterTableMoveAllStmt")) return;
      report
          .add(node, "everything in tablespace " + quoted(tree.text("orig_tablespacename")) +
                         " is copied while nobody can read or write it")
          .hint("move one table or index at a time, in a maintenance window");
      return;
    }
    const Node statement = node.parent(), object = statement.target();
    if (node.subcommand() != "set_table_space" || statement.created_here()) return;
    const bool index = object.kind() == NodeKind::index || statement.object_type() == "index";
    const Node table = object.kind() == NodeKind::index ? object.parent() : object;
    if (table.is_partitioned() || table.is_temporary()) return;
    Finding& finding =
        report.add(node, std::string(index ? "index " : "table ") + text(node.qualified_name()) +
                             " is copied to another tablespace while nobody can read or write " +
                             (index ? "its table" : "it"));
    if (index)
      finding.hint("REINDEX (TABLESPACE ...) CONCURRENTLY moves it as well");
    else
      sizes.weigh(
          report, node, finding,
          "move it in a maintenance window, or copy it in batches to a table that lies there");
  }
};

}  // namespace

RuleExtension set_tablespace() {
  return confiture::rule<SetTablespace>();
}

}  // namespace plugins::safety
