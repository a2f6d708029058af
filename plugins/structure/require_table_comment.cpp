// SPDX-License-Identifier: MIT
#include "plugins/common/rule.hpp"

namespace plugins::structure {
namespace {

struct RequireTableComment {
  std::vector<std::string> exclude;

  static constexpr auto params =
      confiture::params(field("exclude", &RequireTableComment::exclude,
                              "Tables and views left alone, as `name` or `schema.name`"));
  static constexpr RuleRecord record{
      .id = "structure.require_table_comment",
      .summary = "Every table and view has a comment",
      .severity = Severity::info,
      .kinds = {NodeKind::table, NodeKind::view},
      .why =
          "COMMENT ON is documentation that travels with the database: dumps carry it, tools\n"
          "show it, and nobody needs the repository to read it. One sentence on what a row\n"
          "stands for is enough.",
      .bad = "CREATE TABLE customer (id bigint PRIMARY KEY);",
      .good =
          "CREATE TABLE customer (id bigint PRIMARY KEY);\n"
          "COMMENT ON TABLE customer IS 'Who has bought at least once';"};

  void check(const Node& relation, Report& report) const {
    if (!relation.comment().empty() || relation.is_partition() || relation.is_temporary()) return;
    if (is_listed(relation, exclude)) return;
    const bool view = relation.kind() == NodeKind::view;
    const char* word = !view ? "table" : relation.is_materialized() ? "materialized view" : "view";
    const char* command = !view                        ? "TABLE "
                          : relation.is_materialized() ? "MATERIALIZED VIEW "
                                                       : "VIEW ";
    report.add(relation, text(word) + " " + text(relation.qualified_name()) + " has no comment")
        .hint("say what a row stands for")
        .suggestion("COMMENT ON " + text(command) + text(relation.qualified_name()) + " IS '...';");
  }
};

}  // namespace

RuleExtension require_table_comment() {
  return confiture::rule<RequireTableComment>();
}

}  // namespace plugins::structure
