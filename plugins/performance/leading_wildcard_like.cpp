// SPDX-License-Identifier: MIT
#include "plugins/common/queries.hpp"
#include "plugins/common/rule.hpp"
#include "plugins/performance/_indexes.hpp"

namespace plugins::performance {
namespace {

struct LeadingWildcardLike {
  std::vector<std::string> exclude;

  static constexpr auto params =
      confiture::params(field("exclude", &LeadingWildcardLike::exclude,
                              "Views and functions left alone, as `name` or `schema.name`"));
  static constexpr RuleRecord record{
      .id = "performance.leading_wildcard_like",
      .summary = "No view or function searches for a text by its end",
      .severity = Severity::off,
      .kinds = {NodeKind::view, NodeKind::function},
      .why =
          "A btree index finds a text by its beginning. `LIKE '%x'` and `LIKE '%x%'` read\n"
          "every row; an index with `gin_trgm_ops` (extension pg_trgm) or full text search\n"
          "finds them. A column of a table that the view reads and that has such an index is\n"
          "left alone; what a function puts together at run time is not seen.",
      .bad =
          "CREATE TABLE customer (id bigint PRIMARY KEY, email text);\n"
          "CREATE VIEW example_customer AS SELECT id FROM customer WHERE email LIKE "
          "'%@example.org';",
      .good =
          "CREATE TABLE customer (id bigint PRIMARY KEY, email text);\n"
          "CREATE VIEW test_customer AS SELECT id FROM customer WHERE email LIKE 'test-%';"};

  void check(const Node& object, Report& report) const {
    if (is_listed(object, exclude)) return;
    each_query(object, report, [&](const Tree& query, const Node& at) {
      query.walk([&](const Tree& part) {
        const std::string_view kind = part.is("A_Expr") ? part.text("kind") : "";
        if (kind != "AEXPR_LIKE" && kind != "AEXPR_ILIKE") return;
        const Tree pattern = part["rexpr"];
        if (!pattern.is_string() || part.operator_name().starts_with("!")) return;
        if (!pattern.string().starts_with("%") && !pattern.string().starts_with("_")) return;
        if (has_trigrams(object, part["lexpr"].column_name())) return;
        report
            .add(at, (object.kind() == NodeKind::view ? "view " : "function ") +
                         text(object.qualified_name()) +
                         " searches by the end of a text, for which no btree index serves")
            .hint("search by its beginning, or index it with gin_trgm_ops");
      });
    });
  }

 private:
  static bool has_trigrams(const Node& object, std::string_view column) {
    for (const Node& table : object.reads())
      for (const Node& index : table.indexes())
        for (const Node& key : index.keys())
          if (key.name() == column && key.operator_class().find("trgm") != std::string_view::npos)
            return true;
    return false;
  }
};

}  // namespace

RuleExtension leading_wildcard_like() {
  return confiture::rule<LeadingWildcardLike>();
}

}  // namespace plugins::performance
