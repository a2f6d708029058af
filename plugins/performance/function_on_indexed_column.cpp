// SPDX-License-Identifier: MIT
#include "plugins/common/queries.hpp"
#include "plugins/common/rule.hpp"
#include "plugins/performance/_indexes.hpp"

namespace plugins::performance {
namespace {

struct FunctionOnIndexedColumn {
  std::vector<std::string> exclude;

  static constexpr auto params =
      confiture::params(field("exclude", &FunctionOnIndexedColumn::exclude,
                              "Views and functions left alone, as `name` or `schema.name`"));
  static constexpr RuleRecord record{
      .id = "performance.function_on_indexed_column",
      .summary = "A search asks for a column as its index has it",
      .severity = Severity::off,
      .kinds = {NodeKind::database},
      .why =
          "An index on `email` does not serve `WHERE lower(email) = ...`: the function is\n"
          "called for every row. Index the expression, or compare the column itself (`at >= d\n"
          "AND at < d + 1` instead of `date_trunc('day', at) = d`). Columns whose expression\n"
          "is indexed, and those without an index, are left alone.",
      .bad =
          "CREATE TABLE customer (id bigint PRIMARY KEY, email text UNIQUE);\n"
          "CREATE VIEW root AS SELECT id FROM customer WHERE lower(email) = 'root@example.org';",
      .good =
          "CREATE TABLE customer (id bigint PRIMARY KEY, email text UNIQUE);\n"
          "CREATE INDEX customer_lower_email_idx ON customer (lower(email));\n"
          "CREATE VIEW root AS SELECT id FROM customer WHERE lower(email) = 'root@example.org';"};

  void check(const Node& database, Report& report) const {
    for (const NodeList& objects : {database.views(), database.functions()})
      for (const Node& object : objects) {
        if (is_listed(object, exclude)) continue;
        each_query(object, report, [&](const Tree& query, const Node& at) {
          query.walk([&](const Tree& part) {
            if (part.has("whereClause")) search(database, part, object, at, report);
          });
        });
      }
  }

 private:
  // A SELECT, UPDATE or DELETE.
  static void search(const Node& database, const Tree& query, const Node& object, const Node& at,
                     Report& report) {
    query["whereClause"].walk([&](const Tree& part) {
      if (part.is("SubLink")) return false;  // comes by itself
      if (!part.is("A_Expr") || !compares(part.operator_name())) return true;
      for (const char* side : {"lexpr", "rexpr"}) {
        const Tree call = part[side], arguments = call["args"];
        if (!call.is("FuncCall")) continue;
        for (const Tree& argument : arguments) {
          const std::string_view column = argument.column_name();
          const Node table = column.empty()
                                 ? Node()
                                 : indexed_table(database, query, column, call.function_name());
          if (!table) continue;
          report
              .add(at, (object.kind() == NodeKind::view ? "view " : "function ") +
                           text(object.qualified_name()) + " asks for " +
                           text(call.function_name()) + "(" + quoted(column) +
                           "), for which the index on " + text(table.qualified_name()) + "." +
                           quoted(column) + " does not serve")
              .hint("index the expression, or compare the column itself");
        }
      }
      return true;
    });
  }
  static bool compares(std::string_view name) {
    return name == "=" || name == "<" || name == ">" || name == "<=" || name == ">=";
  }
  // A table in FROM with an index that begins with the column, and none on the function of it.
  static Node indexed_table(const Node& database, const Tree& query, std::string_view column,
                            std::string_view function) {
    for (const Node& table : database.tables()) {
      bool read = query["relation"].relation_name() == table.name();
      query["fromClause"].walk([&](const Tree& part) {
        read = read || (part.is("RangeVar") && part.relation_name() == table.name());
        return !part.is("RangeSubselect");
      });
      if (!read) continue;
      bool indexed = false, expression = false;
      for (const Node& index : table.indexes()) {
        indexed = indexed || (index.access_method() == "btree" && index.keys()[0].name() == column);
        for (const Node& key : index.keys()) {
          const std::string_view sql = key.expression_sql();
          expression =
              expression || (mentions(sql, function) && sql.find(column) != std::string_view::npos);
        }
      }
      for (const Node& constraint : table.constraints())
        indexed = indexed ||
                  (is_btree_constraint(constraint) && constraint.columns()[0].name() == column);
      if (indexed && !expression) return table;
    }
    return {};
  }
};

}  // namespace

RuleExtension function_on_indexed_column() {
  return confiture::rule<FunctionOnIndexedColumn>();
}

}  // namespace plugins::performance
