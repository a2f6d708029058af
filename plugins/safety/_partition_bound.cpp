// SPDX-License-Identifier: MIT
#include "plugins/safety/_partition_bound.hpp"

#include <algorithm>

#include "plugins/safety/_actions.hpp"

namespace plugins::safety {
namespace {

// What is inside of DATE '2024-01-01' or '2024-01-01'::date.
Tree without_casts(Tree expression) {
  while (expression.is("TypeCast")) expression = expression["arg"];
  return expression;
}

// Nothing for what is no constant.
std::string literal(const Tree& expression) {
  const Tree bare = without_casts(expression);
  if (!bare.is("A_Const") || bare.is_null()) return {};
  if (bare.is_string()) return "'" + text(bare.string()) + "'";
  if (bare.has("ival")) return std::to_string(bare.number());
  if (bare.has("boolval")) return bare.is_true() ? "true" : "false";
  return text(bare.string());
}

std::vector<std::string> literals(const Tree& list) {
  std::vector<std::string> values;
  for (const Tree& one : list)
    if (std::string value = literal(one); !value.empty()) values.push_back(std::move(value));
  return values;
}

bool contains(const std::vector<std::string>& values, const std::string& value) {
  return std::find(values.begin(), values.end(), value) != values.end();
}

// Calls f for each part of an AND.
template <typename F>
void each_conjunct(const Tree& check, const F& f) {
  if (!check.is("BoolExpr") || check.text("boolop") != "AND_EXPR") return f(check);
  const Tree parts = check["args"];
  for (const Tree& part : parts) each_conjunct(part, f);
}

// Calls f for each part of each valid CHECK.
template <typename F>
bool any_conjunct(const Node& table, const Report& report, const F& f) {
  bool found = false;
  for (const Node& constraint : table.constraints())
    if (constraint.constraint_kind() == "check" && constraint.is_valid())
      each_conjunct(report.expression(constraint.expression_sql()),
                    [&](const Tree& part) { found = found || f(part); });
  return found;
}

bool is_column(const Tree& expression, std::string_view column) {
  const Tree bare = without_casts(expression);
  return bare.is("ColumnRef") && bare.column_name() == column;
}

bool compares(const Tree& part, std::string_view column, std::string_view operation,
              const std::string& value) {
  return part.is("A_Expr") && part.text("kind") == "AEXPR_OP" &&
         part.operator_name() == operation && is_column(part["lexpr"], column) &&
         literal(part["rexpr"]) == value;
}

// column = v, column IN (v, w), column = ANY (ARRAY[v, w]), with values of the bound only.
bool is_within(const Tree& part, std::string_view column, const std::vector<std::string>& values) {
  if (!part.is("A_Expr") || !is_column(part["lexpr"], column) || part.operator_name() != "=")
    return false;
  const Tree right = without_casts(part["rexpr"]);
  if (part.text("kind") == "AEXPR_OP") return contains(values, literal(right));
  if (part.text("kind") != "AEXPR_IN" && part.text("kind") != "AEXPR_OP_ANY") return false;
  const Tree items = right.is("A_ArrayExpr") ? right["elements"]
                     : right.is("List")      ? right["items"]
                                             : right;
  for (const Tree& item : items)
    if (!contains(values, literal(item))) return false;
  return !items.empty();
}

// The columns of a key that has only such.
std::vector<std::string> key_columns(const Node& parent, const Report& report) {
  std::vector<std::string> columns;
  const Tree key = report.expression("ROW(" + text(parent.partition_key_sql()) + ", 1)")["args"];
  for (const Tree& part : key) {
    if (part.is("A_Const")) break;
    if (!part.is("ColumnRef")) return {};
    columns.push_back(text(part.column_name()));
  }
  return columns;
}

bool is_not_null(const Node& table, const std::string& name, const Report& report) {
  for (const Node& column : table.columns())
    if (column.name() == name && !column.is_nullable()) return true;
  return is_proven_not_null(table, name, report);
}

}  // namespace

std::vector<std::string> bound_values(const Tree& bound) {
  std::vector<std::string> values = literals(bound["listdatums"]);
  for (const std::string_view side : {"lowerdatums", "upperdatums"})
    for (std::string& value : literals(bound[side])) values.push_back(std::move(value));
  return values;
}

bool checks_name(const Node& table, const std::vector<std::string>& values, const Report& report) {
  for (const std::string& value : values)
    if (!any_conjunct(table, report, [&](const Tree& part) {
          return part.any(
              [&](const Tree& node) { return node.is("A_Const") && literal(node) == value; });
        }))
      return false;
  return true;
}

bool checks_imply(const Node& table, const Node& parent, const Tree& bound, const Report& report) {
  const std::vector<std::string> columns = key_columns(parent, report);
  for (const std::string& column : columns)
    if (!is_not_null(table, column, report)) return false;
  if (columns.size() != 1)
    return !columns.empty() && checks_name(table, bound_values(bound), report);
  const std::string& column = columns[0];
  if (bound.text("strategy") == "l") {
    const std::vector<std::string> values = literals(bound["listdatums"]);
    return any_conjunct(table, report,
                        [&](const Tree& part) { return is_within(part, column, values); });
  }
  const auto holds = [&](std::string_view side, std::string_view operation) {
    const std::vector<std::string> limit = literals(bound[side]);
    return limit.empty() || any_conjunct(table, report, [&](const Tree& part) {
             return compares(part, column, operation, limit[0]);
           });
  };
  return bound.text("strategy") == "r" && holds("lowerdatums", ">=") && holds("upperdatums", "<");
}

}  // namespace plugins::safety
