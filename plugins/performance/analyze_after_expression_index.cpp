// SPDX-License-Identifier: MIT
#include "plugins/common/rule.hpp"
#include "plugins/performance/_indexes.hpp"

namespace plugins::performance {
namespace {

struct AnalyzeAfterExpressionIndex {
  static constexpr RuleRecord record{
      .id = "performance.analyze_after_expression_index",
      .summary = "A table is analyzed after it got an index on an expression, or statistics",
      .severity = Severity::info,
      .risk = Risk::low,
      .kinds = {NodeKind::file},
      .scope = Scope::migrations,
      .why =
          "How the values of an expression are spread is only known after ANALYZE: until then\n"
          "the planner guesses, and may leave the new index alone. Autovacuum comes to a\n"
          "table when enough of its rows have changed, which may be never. ANALYZE takes a\n"
          "sample and blocks nobody. A table that the same file made is left alone.",
      .bad = "CREATE INDEX customer_lower_email_idx ON customer (lower(email));",
      .good =
          "CREATE INDEX customer_lower_email_idx ON customer (lower(email));\n"
          "ANALYZE customer;",
      .fix = Fix::safe};

  void check(const Node& file, Report& report) const {
    for (const Node& statement : file.statements()) {
      const std::string_view tag = statement.statement_tag();
      if ((tag != "CREATE INDEX" && tag != "CREATE STATISTICS") || statement.created_here() ||
          statement.in_body())
        continue;
      const Tree tree = report.tree(statement);
      const Tree relation = tag == "CREATE INDEX" ? tree["relation"] : tree["relations"].at(0);
      if (tag == "CREATE INDEX" && !has_expression(tree["indexParams"])) continue;
      if (tag == "CREATE STATISTICS" && is_made_in(file, relation)) continue;
      if (is_analyzed_later(file, statement, relation, report)) continue;
      std::string table =
          relation.relation_schema().empty() ? "" : quoted(relation.relation_schema()) + ".";
      table += quoted(relation.relation_name());
      const std::uint64_t end = statement.location().end_offset;
      report
          .add(statement,
               "the planner knows nothing of the new " +
                   std::string(tag == "CREATE INDEX" ? "index's expression" : "statistics") +
                   " before ANALYZE of " + table)
          .hint("analyze the table after it")
          .suggestion("ANALYZE " + table + ";")
          .fix(end, end, ";\nANALYZE " + table);
    }
  }

 private:
  static bool has_expression(const Tree& keys) {
    for (const Tree& key : keys)
      if (key.has("expr")) return true;
    return false;
  }
  static bool is_made_in(const Node& file, const Tree& relation) {
    for (const Node& statement : file.statements())
      if (statement.statement_tag().starts_with("CREATE TABLE") &&
          statement.result().name() == relation.relation_name())
        return true;
    return false;
  }
  // ANALYZE or VACUUM ANALYZE of the table, or of all.
  static bool is_analyzed_later(const Node& file, const Node& index, const Tree& relation,
                                const Report& report) {
    bool after = false;
    for (const Node& statement : file.statements()) {
      if (statement == index) after = true;
      if (!after ||
          (statement.statement_tag() != "ANALYZE" && statement.statement_tag() != "VACUUM"))
        continue;
      const Tree tree = report.tree(statement), relations = tree["rels"];
      if (tree.truth("is_vacuumcmd") && !tree["options"].any([](const Tree& option) {
            return option.text("defname") == "analyze";
          }))
        continue;
      if (relations.empty()) return true;
      for (const Tree& one : relations)
        if (one["relation"].relation_name() == relation.relation_name()) return true;
    }
    return false;
  }
};

}  // namespace

RuleExtension analyze_after_expression_index() {
  return confiture::rule<AnalyzeAfterExpressionIndex>();
}

}  // namespace plugins::performance
