// SPDX-License-Identifier: MIT
// Short ways into libpg_query's JSON, where a field that is false, zero or empty is not written.
#pragma once

#include <boost/json.hpp>
#include <cstdint>
#include <string>
#include <string_view>

namespace host::sql::tree {

using Object = boost::json::object;
using Value = boost::json::value;

// A node is an object with one key, its type: {"CreateStmt": {...}}.
inline std::string_view type(const Value& node) {
  const Object* object = node.if_object();
  return object != nullptr && !object->empty() ? std::string_view(object->begin()->key())
                                               : std::string_view();
}
const Object& empty_object();
const boost::json::array& empty_array();

// The fields of a node; of the expected type, or empty.
const Object& body(const Value& node);
const Object& body(const Value& node, std::string_view expected);

std::string_view text(const Object& object, std::string_view key);
std::int64_t number(const Object& object, std::string_view key, std::int64_t otherwise = 0);
bool truth(const Object& object, std::string_view key);
const Object& object(const Object& parent, std::string_view key);  // empty if it is not there
const boost::json::array& array(const Object& parent, std::string_view key);
const Value* find(const Object& parent, std::string_view key);
// {"String": {"sval": "x"}}, or empty.
std::string_view string_value(const Value& node);
// A String, Integer, Float, Boolean, TypeName, A_Const or list of these as a setting shows it.
std::string scalar_text(const Value& node);

}  // namespace host::sql::tree
