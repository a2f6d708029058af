// SPDX-License-Identifier: MIT
#include "host/sql/tree.hpp"

namespace host::sql::tree {

const Object& empty_object() {
  static const Object empty{};
  return empty;
}

const Array& empty_array() {
  return empty_object();
}

const Object& body(const Value& node) {
  if (!node.is_object() || node.empty()) return empty_object();
  const Value& fields = *node.begin();
  return fields.is_object() ? fields : empty_object();
}

const Object& body(const Value& node, std::string_view expected) {
  return type(node) == expected ? body(node) : empty_object();
}

const Value* find(const Object& parent, std::string_view key) {
  return parent.if_contains(key);
}

std::string_view text(const Object& object, std::string_view key) {
  const Value* value = find(object, key);
  return value != nullptr ? value->text() : std::string_view();
}

std::int64_t number(const Object& object, std::string_view key, std::int64_t otherwise) {
  const Value* value = find(object, key);
  return value != nullptr && value->is_number() ? value->number() : otherwise;
}

bool truth(const Object& object, std::string_view key) {
  const Value* value = find(object, key);
  return value != nullptr && value->truth();
}

const Object& object(const Object& parent, std::string_view key) {
  const Value* value = find(parent, key);
  return value != nullptr && value->is_object() ? *value : empty_object();
}

const Array& array(const Object& parent, std::string_view key) {
  const Value* value = find(parent, key);
  return value != nullptr && value->if_array() != nullptr ? *value : empty_array();
}

std::string_view string_value(const Value& node) {
  return text(body(node, "String"), "sval");
}

std::string scalar_text(const Value& node) {
  const std::string_view kind = type(node);
  const Object& fields = body(node);
  if (kind == "String") return std::string(text(fields, "sval"));
  if (kind == "Integer") return std::to_string(number(fields, "ival"));
  if (kind == "Float") return std::string(text(fields, "fval"));
  if (kind == "Boolean") return truth(fields, "boolval") ? "true" : "false";
  if (kind == "A_Const") {
    if (fields.contains("sval")) return std::string(text(object(fields, "sval"), "sval"));
    if (fields.contains("fval")) return std::string(text(object(fields, "fval"), "fval"));
    if (fields.contains("boolval"))
      return truth(object(fields, "boolval"), "boolval") ? "true" : "false";
    return std::to_string(number(object(fields, "ival"), "ival"));
  }
  if (kind == "TypeName") {
    const Array& names = array(fields, "names");
    return names.empty() ? "" : std::string(string_value(names.back()));
  }
  if (kind == "TypeCast") return scalar_text(fields, "arg");
  std::string result;
  if (kind == "List")
    for (const Value& item : array(fields, "items"))
      result += (result.empty() ? "" : ", ") + scalar_text(item);
  return result;
}

std::string scalar_text(const Object& parent, std::string_view key) {
  const Value* value = find(parent, key);
  return value != nullptr ? scalar_text(*value) : std::string();
}

}  // namespace host::sql::tree
