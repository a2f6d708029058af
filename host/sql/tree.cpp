// SPDX-License-Identifier: MIT
#include "host/sql/tree.hpp"

namespace host::sql::tree {

const Object& empty_object() {
  static const Object empty;
  return empty;
}

const boost::json::array& empty_array() {
  static const boost::json::array empty;
  return empty;
}

const Object& body(const Value& node) {
  const Object* object = node.if_object();
  if (object == nullptr || object->empty()) return empty_object();
  const Object* fields = object->begin()->value().if_object();
  return fields != nullptr ? *fields : empty_object();
}

const Object& body(const Value& node, std::string_view expected) {
  return type(node) == expected ? body(node) : empty_object();
}

const Value* find(const Object& parent, std::string_view key) {
  return parent.if_contains(key);
}

std::string_view text(const Object& object, std::string_view key) {
  const Value* value = find(object, key);
  const boost::json::string* string = value != nullptr ? value->if_string() : nullptr;
  return string != nullptr ? std::string_view(*string) : std::string_view();
}

std::int64_t number(const Object& object, std::string_view key, std::int64_t otherwise) {
  const Value* value = find(object, key);
  return value != nullptr && value->is_int64() ? value->get_int64() : otherwise;
}

bool truth(const Object& object, std::string_view key) {
  const Value* value = find(object, key);
  return value != nullptr && value->is_bool() && value->get_bool();
}

const Object& object(const Object& parent, std::string_view key) {
  const Value* value = find(parent, key);
  const Object* found = value != nullptr ? value->if_object() : nullptr;
  return found != nullptr ? *found : empty_object();
}

const boost::json::array& array(const Object& parent, std::string_view key) {
  const Value* value = find(parent, key);
  const boost::json::array* found = value != nullptr ? value->if_array() : nullptr;
  return found != nullptr ? *found : empty_array();
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
    const boost::json::array& names = array(fields, "names");
    return names.empty() ? "" : std::string(string_value(names.back()));
  }
  if (kind == "TypeCast") return scalar_text(fields.at("arg"));
  std::string result;
  if (kind == "List")
    for (const Value& item : array(fields, "items"))
      result += (result.empty() ? "" : ", ") + scalar_text(item);
  return result;
}

}  // namespace host::sql::tree
