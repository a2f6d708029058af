// SPDX-License-Identifier: MIT
#include "plugins/common/column_type.hpp"

#include <algorithm>
#include <initializer_list>

namespace plugins {
namespace {

bool is_any(std::string_view name, std::initializer_list<std::string_view> names) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

bool is_text(const ColumnType& type) {
  return is_any(type.name, {"text", "varchar", "bpchar", "citext", "name"});
}
bool is_temporal(const ColumnType& type) {
  return is_any(type.name, {"timestamp", "timestamptz", "time", "timetz", "interval"});
}
bool is_timestamp(const ColumnType& type) {
  return is_any(type.name, {"timestamp", "timestamptz"});
}

// The digits before the point; 0: not a type that counts them.
std::int64_t whole_digits(const ColumnType& type) {
  if (type.name == "int2") return 5;
  if (type.name == "int4") return 10;
  if (type.name == "int8") return 19;
  return type.name == "numeric" && type.has_precision ? type.precision - type.scale : 0;
}
bool is_integer(const ColumnType& type) {
  return is_any(type.name, {"int2", "int4", "int8"});
}
bool is_float(const ColumnType& type) {
  return is_any(type.name, {"float4", "float8"});
}

constexpr std::int64_t finest = 6;  // digits of a second

bool same_precision_or_more(const ColumnType& from, const ColumnType& to) {
  return !to.has_precision || to.precision >= finest ||
         (from.has_precision && to.precision >= from.precision);
}
bool same_length_or_more(const ColumnType& from, const ColumnType& to) {
  return to.length == 0 || (from.length != 0 && to.length >= from.length);
}
// The number in "bit varying(8)".
std::int64_t first_number(std::string_view sql) {
  const std::size_t open = sql.find('(');
  std::int64_t number = 0;
  for (std::size_t i = open; i < sql.size() && sql[i] != ')'; ++i)
    if (sql[i] >= '0' && sql[i] <= '9') number = number * 10 + (sql[i] - '0');
  return number;
}

bool keeps_modified(const ColumnType& from, const ColumnType& to) {
  if (is_any(to.name, {"varchar", "varbit"})) return same_length_or_more(from, to);
  if (is_any(to.name, {"bpchar", "bit"})) return to.length == 0 || from.length == to.length;
  if (to.name == "numeric")
    return !to.has_precision ||
           (from.has_precision && to.scale == from.scale && to.precision >= from.precision);
  // INTERVAL DAY TO SECOND cuts off what is not in its fields.
  if (to.name == "interval" && to.sql.find(' ') != std::string_view::npos)
    return from.sql == to.sql;
  if (is_temporal(to)) return same_precision_or_more(from, to);
  const bool modified = to.sql.find('(') != std::string_view::npos;  // of an extension's type
  return !modified || from.sql == to.sql;
}

// Of another type that is stored in the same way.
bool keeps_cast(const ColumnType& from, const ColumnType& to) {
  if (is_any(to.name, {"text", "varchar", "citext"}) && to.length == 0)
    return is_any(from.name, {"text", "varchar", "citext", "xml"}) &&
           !(to.name == "citext" && from.name == "xml");
  if (to.name == "bpchar" && to.length == 0) return is_any(from.name, {"text", "varchar"});
  if (to.name == "varbit" && to.length == 0) return from.name == "bit";
  return (from.name == "cidr" && to.name == "inet") || (from.name == "int4" && to.name == "oid") ||
         (from.name == "oid" && to.name == "int4");
}

}  // namespace

bool is_constrained(const Node& domain) {
  if (domain.kind() != NodeKind::domain) return false;
  return !domain.is_nullable() || !domain.constraints().empty() ||
         (domain.array_dimensions() == 0 && is_constrained(domain.type()));
}

ColumnType type_of(const Node& column) {
  ColumnType type;
  Node node = column;
  while (node.type().kind() == NodeKind::domain && node.array_dimensions() == 0) {
    node = node.type();
    type.constrained = type.constrained || !node.is_nullable() || !node.constraints().empty();
  }
  type.name = node.type_name();
  type.sql = node.type_sql();
  type.array = node.array_dimensions() > 0;
  if (type.name.ends_with("[]")) type.name.remove_suffix(2);
  type.length = node.max_length();
  if (is_any(type.name, {"bit", "varbit"})) type.length = first_number(type.sql);
  type.has_precision = node.has_precision();
  type.precision = node.precision();
  type.scale = node.scale();
  type.enumeration = node.type().kind() == NodeKind::enum_type;
  return type;
}

bool keeps_rows(const ColumnType& from, const ColumnType& to, bool utc) {
  if (to.constrained && !(from.constrained && from.sql == to.sql && from.name == to.name))
    return false;
  if (from.array || to.array) {  // each element is taken out where anything differs
    const bool modified =
        from.sql.find('(') != std::string_view::npos || to.sql.find('(') != std::string_view::npos;
    return from.array == to.array && from.name == to.name && (!modified || from.sql == to.sql);
  }
  if (from.name == to.name) return keeps_modified(from, to);
  if (utc && is_timestamp(from) && is_timestamp(to))
    return !to.has_precision || to.precision >= finest;
  return keeps_cast(from, to);
}

bool rebuilds_indexes(const ColumnType& from, const ColumnType& to) {
  if (from.name == to.name) return false;
  const auto family = [](const ColumnType& type) -> std::string_view {
    if (is_any(type.name, {"text", "varchar"})) return "text";
    if (is_any(type.name, {"cidr", "inet"})) return "network";
    return is_timestamp(type) ? "timestamp" : type.name;
  };
  return family(from) != family(to);
}

bool narrows(const ColumnType& from, const ColumnType& to) {
  if (from.name.empty() || to.name.empty() || from.array != to.array) return false;
  if (to.constrained && !from.constrained) return true;
  if (is_text(to)) {
    if (to.length == 0) return false;
    if (is_text(from)) return from.length == 0 || from.length > to.length;
    if (is_integer(from)) return to.length < whole_digits(from) + 1;  // and the sign
    return from.name != "uuid" || to.length < 36;
  }
  if (is_text(from)) return true;
  if (from.enumeration || to.enumeration) return from.name != to.name;
  if (is_integer(to))
    return is_float(from) || from.name == "numeric" ||
           (is_integer(from) && whole_digits(from) > whole_digits(to));
  if (to.name == "bool") return is_integer(from);
  if (to.name == "numeric" && to.has_precision) {
    if (is_float(from) || (from.name == "numeric" && !from.has_precision)) return true;
    return whole_digits(from) > whole_digits(to) ||
           (from.name == "numeric" && from.scale > to.scale);
  }
  if (to.name == "float4") return is_any(from.name, {"float8", "int4", "int8", "numeric"});
  if (to.name == "float8") return is_any(from.name, {"int8", "numeric"});
  if (is_any(to.name, {"date", "time", "timetz"}) &&
      is_any(from.name, {"timestamp", "timestamptz"}))
    return true;
  if (to.name == "time" && is_any(from.name, {"interval", "timetz"})) return true;
  if (is_temporal(from) && is_temporal(to)) return !same_precision_or_more(from, to);
  if (is_any(to.name, {"bit", "varbit"}) && is_any(from.name, {"bit", "varbit"}))
    return !same_length_or_more(from, to);
  return (from.name == "inet" && to.name == "cidr") ||
         (from.name == "macaddr8" && to.name == "macaddr");
}

}  // namespace plugins
