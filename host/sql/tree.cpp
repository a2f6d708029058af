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

}  // namespace host::sql::tree
