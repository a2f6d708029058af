// SPDX-License-Identifier: MIT
#include "plugins/common/queries.hpp"
#include "plugins/common/rule.hpp"
#include "plugins/security/_access.hpp"

namespace plugins::security {
namespace {

struct TenantIsolation {
  std::vector<std::string> columns{"tenant_id"};
  std::vector<std::string> exclude;

  static constexpr auto params = confiture::params(
      field("columns", &TenantIsolation::columns, "The names of columns that hold the tenant"),
      field("exclude", &TenantIsolation::exclude,
            "Functions and tables left alone, by their name"));
  static constexpr RuleRecord record{
      .id = "security.tenant_isolation",
      .summary = "Functions write the tenant of each row",
      .severity = Severity::off,
      .risk = Risk::medium,
      .kinds = {NodeKind::database},
      .why =
          "A function that inserts into a table with a tenant column and leaves the column\n"
          "out makes a row that belongs to nobody: views and policies that ask for the tenant\n"
          "never show it. A column with a default, such as current_setting('app.tenant'), and\n"
          "a table with a BEFORE INSERT trigger, which may fill it, are left alone. What\n"
          "EXECUTE puts together is not seen.",
      .bad =
          "CREATE TABLE invoice (id bigint PRIMARY KEY, tenant_id bigint, total numeric(12,2));\n"
          "CREATE FUNCTION add_invoice(n bigint) RETURNS void LANGUAGE plpgsql AS $$\n"
          "BEGIN\n"
          "  INSERT INTO invoice (id, total) VALUES (n, 0);\n"
          "END $$;",
      .good =
          "CREATE TABLE invoice (id bigint PRIMARY KEY, tenant_id bigint, total numeric(12,2));\n"
          "CREATE FUNCTION add_invoice(n bigint, tenant bigint) RETURNS void LANGUAGE plpgsql AS "
          "$$\n"
          "BEGIN\n"
          "  INSERT INTO invoice (id, tenant_id, total) VALUES (n, tenant, 0);\n"
          "END $$;"};

  void check(const Node& database, Report& report) const {
    for (const Node& function : database.functions()) {
      if (is_listed(function, exclude)) continue;
      each_query(function, report, [&](const Tree& query, const Node& at) {
        query.walk([&](const Tree& part) {
          if (part.is("InsertStmt")) insert(database, function, part, at, report);
        });
      });
    }
  }

 private:
  void insert(const Node& database, const Node& function, const Tree& statement, const Node& at,
              Report& report) const {
    const Tree named = statement["cols"], relation = statement["relation"];
    if (named.empty()) return;  // all columns
    for (const Node& table : database.tables()) {
      if (table.name() != relation.relation_name() || is_listed(table, exclude)) continue;
      if (!relation.relation_schema().empty() && relation.relation_schema() != table.schema_name())
        continue;
      if (is_filled_by_trigger(table)) continue;
      for (const Node& column : table.columns()) {
        if (!holds(columns, column.name()) || !column.default_sql().empty() ||
            column.is_generated())
          continue;
        bool written = false;
        for (const Tree& one : named) written = written || one.text("name") == column.name();
        if (!written)
          report
              .add(at, "function " + text(function.qualified_name()) +
                           " inserts rows without tenant: " + text(column.qualified_name()) +
                           " is left out")
              .hint("write " + quoted(column.name()) + " as well");
      }
    }
  }
  static bool is_filled_by_trigger(const Node& table) {
    for (const Node& trigger : table.triggers())
      if (trigger.timing() == "before" && trigger.events().find("insert") != std::string_view::npos)
        return true;
    return false;
  }
};

}  // namespace

RuleExtension tenant_isolation() {
  return confiture::rule<TenantIsolation>();
}

}  // namespace plugins::security
