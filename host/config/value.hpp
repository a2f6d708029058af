// SPDX-License-Identifier: MIT
// A YAML document as plain values that remember where they stand, so that every later message can
// name file, line and column. yaml-cpp is seen in value.cpp only.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "host/foundation/error.hpp"

namespace host::config {

struct Value {
  struct Entry;
  enum class Kind { null, scalar, list, map };

  Kind kind = Kind::null;
  std::string text;            // scalar: its text
  bool quoted = false;         // scalar: '...' or "...", and so never a number, truth or null
  std::vector<Value> items;    // list
  std::vector<Entry> entries;  // map, in the file's order
  Place place;

  bool is_null() const { return kind == Kind::null; }
  // The entry of that name, or nullptr.
  const Value* find(std::string_view key) const;
};

struct Value::Entry {
  Value key;  // a scalar
  Value value;
};

// Parses one document. Duplicate keys, several documents, keys that are no scalars, tags that are
// not the core schema's, and anchors that make a document larger than 10 MB are errors
// (config.syntax) with their place. `shown_as` is the file's name in messages.
Value parse_yaml(std::string_view text, std::string_view shown_as);

}  // namespace host::config
