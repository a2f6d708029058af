// SPDX-License-Identifier: MIT
#include <set>

#include "plugins/common/rule.hpp"
#include "plugins/security/_access.hpp"

namespace plugins::security {
namespace {

struct DefinerView {
  std::vector<std::string> exclude;

  static constexpr auto params = confiture::params(
      field("exclude", &DefinerView::exclude, "Views left alone, as `name` or `schema.name`"));
  static constexpr RuleRecord record{
      .id = "security.definer_view",
      .summary = "A view over tables with row security asks for the rights of whoever reads it",
      .severity = Severity::warning,
      .risk = Risk::medium,
      .kinds = {NodeKind::database},
      .why =
          "A view reads its tables with the rights of its owner. Row security that holds for\n"
          "the reader, but not for the owner, does not hold through the view: it shows all\n"
          "rows. Since PostgreSQL 15 `security_invoker` makes the view read as its caller. A\n"
          "view that shows all rows on purpose is listed under `exclude`; materialized views\n"
          "are another rule's.",
      .bad =
          "CREATE TABLE invoice (id bigint PRIMARY KEY, tenant name);\n"
          "ALTER TABLE invoice ENABLE ROW LEVEL SECURITY;\n"
          "CREATE POLICY own ON invoice USING (tenant = current_user);\n"
          "CREATE VIEW open_invoice AS SELECT id FROM invoice;",
      .good =
          "CREATE TABLE invoice (id bigint PRIMARY KEY, tenant name);\n"
          "ALTER TABLE invoice ENABLE ROW LEVEL SECURITY;\n"
          "CREATE POLICY own ON invoice USING (tenant = current_user);\n"
          "CREATE VIEW open_invoice WITH (security_invoker = true) AS SELECT id FROM invoice;",
      .fix = Fix::unsafe};

  void check(const Node& database, Report& report) const {
    if (database.server_version() < 150000) return;  // has no such option
    for (const Node& view : database.views()) {
      if (view.is_materialized() || view.is_security_invoker() || is_listed(view, exclude))
        continue;
      std::set<std::string_view> seen;
      const Node table = guarded_table(view, seen);
      if (!table) continue;
      Finding& finding =
          report.add(view, "view " + text(view.qualified_name()) + " reads table " +
                               text(table.qualified_name()) +
                               " with its owner's rights, past the row security of its reader");
      finding.hint("make it a view with security_invoker")
          .suggestion("ALTER VIEW " + text(view.qualified_name()) +
                      " SET (security_invoker = true);");
      if (view.settings().empty() && report.tree(view)["aliases"].empty()) {
        const std::uint64_t end = view.location().end_offset;
        finding.fix(end, end, " WITH (security_invoker = true)");
      }
    }
  }

 private:
  // The table with row security that the view reads, itself or through views that read as it does.
  static Node guarded_table(const Node& view, std::set<std::string_view>& seen) {
    for (const Node& read : view.reads()) {
      if (read.kind() == NodeKind::table && read.has_row_security()) return read;
      if (read.kind() != NodeKind::view || !read.is_security_invoker()) continue;
      if (!seen.insert(read.qualified_name()).second) continue;
      if (const Node found = guarded_table(read, seen)) return found;
    }
    return {};
  }
};

}  // namespace

RuleExtension definer_view() {
  return confiture::rule<DefinerView>();
}

}  // namespace plugins::security
