// SPDX-License-Identifier: MIT
#include "host/sync/retyped.hpp"

#include <fmt/format.h>

#include <optional>

#include "host/foundation/text.hpp"

namespace host::sync {
namespace {

// Nothing where the servers have no such cast, or it does not take a value.
std::optional<std::string> try_query(postgres::Connection& connection, const std::string& sql) {
  connection.execute("SAVEPOINT confiture_retyped");
  try {
    std::string result = connection.query(sql).text(0, 0);
    connection.execute("RELEASE SAVEPOINT confiture_retyped");
    return result;
  } catch (const postgres::SqlError& error) {
    if (!error.sqlstate().starts_with("22") && !error.sqlstate().starts_with("42")) throw;
    connection.execute(
        "ROLLBACK TO SAVEPOINT confiture_retyped; RELEASE SAVEPOINT confiture_retyped");
    return std::nullopt;
  }
}

// Of the values as texts, which are the same in both encodings.
std::string sum_sql(const std::string& value, const Column& column, const TableName& table) {
  // 1.0 is 1.00, and a document of jsonb is not written as it was.
  const std::string text = column.type_name == "numeric" ? fmt::format("trim_scale({})", value)
                           : column.type_name == "json"  ? fmt::format("({})::jsonb", value)
                                                         : value;
  return fmt::format(
      "SELECT sum(('x' || left(md5(convert_to(({})::text, 'UTF8')), 16))::bit(64)::bigint)"
      " FROM ONLY {}",
      text, table.sql());
}

}  // namespace

Retyped compare_retyped(const Plan& plan, postgres::Connection& source,
                        postgres::Connection& target) {
  Retyped result;
  for (const TablePlan& table : plan.tables) {
    const Table& found = *plan.target.find(table.name);
    for (std::size_t i = 0; i < table.written; ++i) {
      const Column& column = table.read[i];
      const Column& other = *found.find(column.name);
      if (column.sql_type == other.sql_type || table.find_masked(column.name) != nullptr) continue;
      const std::string name = postgres::quote_identifier(column.name);
      const std::string type = cast_type(column);
      const auto there =
          try_query(source, sum_sql(name, column, table.name) + where_clause(table.where));
      std::optional<std::string> here;
      for (const char* form : {"CAST({} AS {})", "CAST(({})::text AS {})"})
        if (there && !here)
          here = try_query(
              target, sum_sql(fmt::format(fmt::runtime(form), name, type), column, table.name));
      if (!here) {
        result.unknown.push_back(table.name.sql() + "." + name);
        continue;
      }
      ++result.columns;
      if (*here != *there)
        result.changed.push_back(fmt::format(
            "column '{}' of table {} ({} in the source, {} in the target)", printable(column.name),
            printable(table.name.sql()), printable(column.sql_type), printable(other.sql_type)));
    }
  }
  return result;
}

}  // namespace host::sync
