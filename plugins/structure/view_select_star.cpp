// SPDX-License-Identifier: MIT
#include <set>

#include "plugins/common/rule.hpp"
#include "plugins/common/written.hpp"

namespace plugins::structure {
namespace {

struct ViewSelectStar {
  std::vector<std::string> exclude;

  static constexpr auto params = confiture::params(
      field("exclude", &ViewSelectStar::exclude, "Views left alone, as `name` or `schema.name`"));
  static constexpr RuleRecord record{
      .id = "structure.view_select_star",
      .summary = "A view names its columns",
      .severity = Severity::info,
      .kinds = {NodeKind::view},
      .why =
          "`SELECT *` in a view is expanded when the view is made: a column that is added to\n"
          "the table later is not in it, and a dump shows other text than the file. The view\n"
          "has to be made again each time. A star over a subquery or a WITH query that names\n"
          "its columns is let pass, and so is one in EXISTS.",
      .bad =
          "CREATE TABLE customer (id bigint PRIMARY KEY, name text);\n"
          "CREATE VIEW known_customer AS SELECT * FROM customer WHERE name IS NOT NULL;",
      .good =
          "CREATE TABLE customer (id bigint PRIMARY KEY, name text);\n"
          "CREATE VIEW known_customer AS SELECT id, name FROM customer WHERE name IS NOT NULL;",
      .fix = Fix::unsafe};

  void check(const Node& view, Report& report) const {
    if (!has_star(view.sql()) || is_listed(view, exclude)) return;
    const Tree tree = report.tree(view);
    std::set<std::string_view> with;  // names that WITH gives
    tree.walk([&](const Tree& part) {
      if (part.is("CommonTableExpr")) with.insert(part.text("ctename"));
    });
    bool found = false;
    tree.walk([&](const Tree& part) {
      if (found || part.is("SubLink")) return false;
      found = part.is("SelectStmt") && has_star_over_relation(part, with);
      return true;
    });
    if (!found) return;
    Finding& finding = report
                           .add(view, "view " + text(view.qualified_name()) +
                                          " has the columns that its tables have now: it says *")
                           .hint("name the columns");
    mend(finding, view, tree);
  }

 private:
  // A lone star over one table, whose columns are known.
  static void mend(Finding& finding, const Node& view, const Tree& tree) {
    const Tree select = tree["query"], targets = select["targetList"], from = select["fromClause"];
    const Tree star = targets.at(0)["val"];
    const NodeList read = view.reads();
    if (targets.size() != 1 || from.size() != 1 || !from.at(0).is("RangeVar") ||
        star["fields"].size() != 1 || read.size() != 1 || read[0].columns().empty())
      return;
    const Written made(view);
    const Span sign = made.token(star.offset());
    if (made.text(sign) == "*")
      finding.fix(sign.offset, sign.end_offset, column_list(read[0].columns()));
  }
  // Whether a text has a star that is not count(*)'s: to pass by quickly what needs no tree.
  static bool has_star(std::string_view sql) {
    for (std::size_t at = sql.find('*'); at != sql.npos; at = sql.find('*', at + 1))
      if (at == 0 || sql[at - 1] != '(') return true;
    return false;
  }

  // Whether `*` or `t.*` among the columns of a query stands for those of a table or a view.
  static bool has_star_over_relation(const Tree& select, const std::set<std::string_view>& with) {
    const Tree targets = select["targetList"], from = select["fromClause"];
    for (const Tree& target : targets) {
      const Tree value = target["val"];
      if (!value.is("ColumnRef") || value.column_name() != "*") continue;
      const Tree fields = value["fields"];
      const std::string_view of =
          fields.size() > 1 ? fields.at(fields.size() - 2).string() : std::string_view();
      if (has_relation(from, of, with)) return true;
    }
    return false;
  }

  // Whether FROM names a relation, of this name or alias where one is given.
  static bool has_relation(const Tree& from, std::string_view name,
                           const std::set<std::string_view>& with) {
    bool found = false;
    from.walk([&](const Tree& part) {
      if (part.is("RangeSubselect") || part.is("RangeFunction") || part.is("SubLink")) return false;
      if (!part.is("RangeVar")) return true;
      const bool relation = part.has("schemaname") || !part.relation_schema().empty() ||
                            with.count(part.relation_name()) == 0;
      const std::string_view alias = part["alias"].text("aliasname");
      found = found || (relation &&
                        (name.empty() || name == (alias.empty() ? part.relation_name() : alias)));
      return false;
    });
    return found;
  }
};

}  // namespace

RuleExtension view_select_star() {
  return confiture::rule<ViewSelectStar>();
}

}  // namespace plugins::structure
