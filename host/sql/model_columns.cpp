// SPDX-License-Identifier: MIT
// Columns and their types.
#include <algorithm>
#include <iterator>
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

// Where a type that begins here ends: its names, what stands in parentheses, WITH TIME ZONE, [].
std::uint64_t type_end(const Source& source, std::uint64_t offset, std::uint64_t end) {
  constexpr std::string_view words[] = {"precision", "varying", "with",  "without", "time",
                                        "zone",      "year",    "month", "day",     "hour",
                                        "minute",    "second",  "to",    "array"};
  Lexer lexer(source.text().substr(0, end), offset);
  std::uint64_t last = offset;
  int depth = 0;
  bool named = false;
  for (Token token = lexer.next(); token.kind != Token::Kind::end; token = lexer.next()) {
    const bool open = lexer.is_symbol(token, '(') || lexer.is_symbol(token, '[');
    const bool close = lexer.is_symbol(token, ')') || lexer.is_symbol(token, ']');
    if (close && depth == 0) break;
    if (depth == 0 && !open) {
      const bool goes_on =
          lexer.is_symbol(token, '.') || lexer.text(Token(token)) == "%" ||
          std::any_of(std::begin(words), std::end(words),
                      [&](std::string_view word) { return lexer.is_word(token, word); });
      const bool after_dot = last > offset && source.text()[last - 1] == '.';
      if (named && !goes_on && !after_dot) break;
    }
    named = true;
    depth += open ? 1 : close ? -1 : 0;
    last = token.end_offset;
  }
  return last;
}

}  // namespace

std::string ModelState::type_text(const tree::Object& type_name) const {
  const ObjectName name = name_list(tree::array(type_name, "names"));
  return tree::array(type_name, "arrayBounds").empty() ? name.name : name.name + "[]";
}

Node* ModelState::find_type(const tree::Object& type_name) const {
  return find(types_, name_list(tree::array(type_name, "names")));
}

// Of a column, a domain or an argument.
void ModelState::set_type(Node& node, const tree::Object& type_name) {
  const bool again = node.text(CONFITURE_PROP_TYPE_NAME).data() != nullptr;
  for (const std::uint32_t prop :
       {CONFITURE_PROP_MAX_LENGTH, CONFITURE_PROP_TYPE_OID, CONFITURE_PROP_HAS_PRECISION,
        CONFITURE_PROP_PRECISION, CONFITURE_PROP_SCALE, CONFITURE_PROP_ARRAY_DIMENSIONS,
        CONFITURE_PROP_SERIAL})
    if (again) node.unset(prop);
  std::string name = type_text(type_name);
  if (const std::string_view integer = serial_type(name); !integer.empty()) {
    const Node* table = node.link(CONFITURE_LINK_PARENT);
    node.set(CONFITURE_PROP_SERIAL, 1);
    node.set(CONFITURE_PROP_NULLABLE, 0);
    node.set(CONFITURE_PROP_DEFAULT_SQL,
             keep("nextval('" + std::string(table->text(CONFITURE_PROP_NAME)) + "_" +
                  std::string(node.text(CONFITURE_PROP_NAME)) + "_seq'::regclass)"));
    name = integer;
  }
  node.set(CONFITURE_PROP_TYPE_NAME, keep(name));
  if (const std::int64_t oid = type_oid(name)) node.set(CONFITURE_PROP_TYPE_OID, oid);
  if (const Node* type = find_type(type_name))
    node.set_link(CONFITURE_LINK_TYPE, type);
  else
    node.unset_link(CONFITURE_LINK_TYPE);
  const tree::Array& bounds = tree::array(type_name, "arrayBounds");
  if (!bounds.empty())
    node.set(CONFITURE_PROP_ARRAY_DIMENSIONS, static_cast<std::int64_t>(bounds.size()));
  const std::uint64_t at = position(type_name);
  node.set(CONFITURE_PROP_TYPE_SQL, slice({at, type_end(*source_, at, current_->end_offset)}));

  const tree::Array& modifiers = tree::array(type_name, "typmods");
  if (modifiers.empty()) return;
  const auto modifier = [&](std::size_t i) {
    return tree::number(tree::object(tree::body(modifiers[i], "A_Const"), "ival"), "ival");
  };
  if (name == "varchar" || name == "bpchar") {
    node.set(CONFITURE_PROP_MAX_LENGTH, modifier(0));
  } else if (name == "numeric") {
    node.set(CONFITURE_PROP_HAS_PRECISION, 1);
    node.set(CONFITURE_PROP_PRECISION, modifier(0));
    node.set(CONFITURE_PROP_SCALE, modifiers.size() > 1 ? modifier(1) : 0);
  } else if (name.starts_with("time") || (name == "interval" && modifiers.size() > 1)) {
    node.set(CONFITURE_PROP_HAS_PRECISION, 1);
    node.set(CONFITURE_PROP_PRECISION, modifier(modifiers.size() - 1));
  }
}

Node& ModelState::add_column(Node& table, const tree::Object& definition, const Span& span) {
  Node& node = make_child(CONFITURE_NODE_COLUMN, table, tree::text(definition, "colname"),
                          name_span(span.offset));
  table.append(CONFITURE_LIST_COLUMNS, &node);
  note_written_name(node, span.offset);
  node.set(CONFITURE_PROP_NULLABLE, 1);
  set_type(node, tree::object(definition, "typeName"));
  const tree::Array& collation =
      tree::array(tree::object(definition, "collClause"), "collname");
  if (!collation.empty())
    node.set(CONFITURE_PROP_COLLATION, keep(tree::string_value(collation.back())));
  column_constraints(table, node, definition, span);
  return node;
}

}  // namespace host::sql
