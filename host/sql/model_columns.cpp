// SPDX-License-Identifier: MIT
// Columns and their types.
#include <map>

#include "host/sql/model_state.hpp"

namespace host::sql {
namespace {

// serial and its kin: an integer type with a sequence.
std::string_view serial_type(std::string_view name) {
  static const std::map<std::string_view, std::string_view> types{
      {"serial", "int4"},  {"serial4", "int4"},     {"bigserial", "int8"},
      {"serial8", "int8"}, {"smallserial", "int2"}, {"serial2", "int2"}};
  const auto found = types.find(name);
  return found == types.end() ? std::string_view() : found->second;
}

// pg_type.oid of built-in types: fixed since the first releases.
std::int64_t type_oid(std::string_view name) {
  static const std::map<std::string_view, std::int64_t> oids{
      {"bool", 16},       {"bytea", 17},    {"char", 18},        {"name", 19},
      {"int8", 20},       {"int2", 21},     {"int4", 23},        {"text", 25},
      {"oid", 26},        {"json", 114},    {"xml", 142},        {"point", 600},
      {"float4", 700},    {"float8", 701},  {"money", 790},      {"macaddr", 829},
      {"inet", 869},      {"cidr", 650},    {"bpchar", 1042},    {"varchar", 1043},
      {"date", 1082},     {"time", 1083},   {"timestamp", 1114}, {"timestamptz", 1184},
      {"interval", 1186}, {"timetz", 1266}, {"bit", 1560},       {"varbit", 1562},
      {"numeric", 1700},  {"uuid", 2950},   {"tsvector", 3614},  {"tsquery", 3615},
      {"jsonb", 3802}};
  const auto found = oids.find(name);
  return found == oids.end() ? 0 : found->second;
}

}  // namespace

std::string ModelState::type_text(const tree::Object& type_name) const {
  const ObjectName name = name_list(tree::array(type_name, "names"));
  return tree::array(type_name, "arrayBounds").empty() ? name.name : name.name + "[]";
}

void ModelState::set_type(Node& column, const tree::Object& type_name) {
  column.unset(CONFITURE_PROP_MAX_LENGTH);
  column.unset(CONFITURE_PROP_TYPE_OID);
  std::string name = type_text(type_name);
  if (const std::string_view integer = serial_type(name); !integer.empty()) {
    const Node* table = column.link(CONFITURE_LINK_PARENT);
    column.set(CONFITURE_PROP_NULLABLE, 0);
    column.set(CONFITURE_PROP_DEFAULT_SQL,
               keep("nextval('" + std::string(table->text(CONFITURE_PROP_NAME)) + "_" +
                    std::string(column.text(CONFITURE_PROP_NAME)) + "_seq'::regclass)"));
    name = integer;
  }
  column.set(CONFITURE_PROP_TYPE_NAME, keep(name));
  if (const std::int64_t oid = type_oid(name)) column.set(CONFITURE_PROP_TYPE_OID, oid);
  const boost::json::array& modifiers = tree::array(type_name, "typmods");
  if ((name == "varchar" || name == "bpchar") && !modifiers.empty())
    column.set(CONFITURE_PROP_MAX_LENGTH,
               tree::number(tree::object(tree::body(modifiers[0], "A_Const"), "ival"), "ival"));
}

Node& ModelState::add_column(Node& table, const tree::Object& definition, const Span& span) {
  Node& node = make_child(CONFITURE_NODE_COLUMN, table, tree::text(definition, "colname"),
                          name_span(span.offset));
  table.append(CONFITURE_LIST_COLUMNS, &node);
  node.set(CONFITURE_PROP_NULLABLE, 1);
  set_type(node, tree::object(definition, "typeName"));
  column_constraints(table, node, definition, span);
  return node;
}

}  // namespace host::sql
