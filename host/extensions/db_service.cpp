// SPDX-License-Identifier: MIT
// confiture.db/1
#include <vector>

#include "host/extensions/call.hpp"
#include "host/extensions/services.hpp"
#include "host/sql/statement.hpp"

namespace host::extensions {
namespace {

std::vector<postgres::Parameter> read_parameters(const confiture_str* params, size_t count) {
  std::vector<postgres::Parameter> parameters;
  for (std::size_t i = 0; i < count; ++i)
    parameters.push_back(params[i].data == nullptr
                             ? postgres::Parameter()
                             : postgres::Parameter(std::string(view(params[i]))));
  return parameters;
}

bool holds_several(std::string_view sql) {
  if (sql.find(';') == std::string_view::npos) return false;
  return sql::parse_script(sql::Source("", std::string(sql))).statements().size() > 1;
}

confiture_status run(confiture_call& call, std::string_view sql,
                     const std::vector<postgres::Parameter>& parameters,
                     const confiture_result** out) {
  if (call.context == nullptr || call.context->connection == nullptr)
    return call.refuse(CONFITURE_DENIED, "there is no database to talk to in this call",
                       "actions may use confiture.db/1 in phases that have a connection");
  if (sql::has_transaction_control(sql))
    return call.refuse(CONFITURE_DENIED, "a hook must not begin or end a transaction",
                       "leave BEGIN, COMMIT, ROLLBACK and SAVEPOINT to confiture");
  postgres::Connection& connection = *call.context->connection;
  try {
    if (parameters.empty() && (out == nullptr || holds_several(sql))) {
      connection.execute(sql);
      return CONFITURE_OK;
    }
    postgres::Result rows = connection.query(sql, parameters);
    if (out != nullptr) *out = &call.results.emplace_back(confiture_result{std::move(rows)});
    return CONFITURE_OK;
  } catch (const Error& error) {
    return call.refuse(CONFITURE_DB_ERROR, error);
  }
}

confiture_status query(confiture_call* call, confiture_str sql, const confiture_str* params,
                       size_t param_count, const confiture_result** out) noexcept {
  if (call == nullptr) return CONFITURE_BUG;
  if (out != nullptr) *out = nullptr;
  if (sql.data == nullptr || (params == nullptr && param_count > 0))
    return call->refuse(CONFITURE_BUG, "a query without text, or parameters that are not there");
  confiture_status status = CONFITURE_NO_MEMORY;
  guard(*call, [&] { status = run(*call, view(sql), read_parameters(params, param_count), out); });
  return status;
}

size_t row_count(const confiture_result* result) noexcept {
  return result == nullptr ? 0 : result->rows.row_count();
}

size_t column_count(const confiture_result* result) noexcept {
  return result == nullptr ? 0 : result->rows.column_count();
}

confiture_str column_name(const confiture_result* result, size_t column) noexcept {
  if (column >= column_count(result)) return {nullptr, 0};
  const std::string_view name = result->rows.column_name(column);
  return {name.data(), name.size()};
}

confiture_str value(const confiture_result* result, size_t row, size_t column) noexcept {
  if (row >= row_count(result) || column >= column_count(result)) return {nullptr, 0};
  const auto text = result->rows.value(row, column);
  return text ? confiture_str{text->data(), text->size()} : confiture_str{nullptr, 0};
}

}  // namespace

const confiture_db_v1 db_service{query, row_count, column_count, column_name, value};

}  // namespace host::extensions
