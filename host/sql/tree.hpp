// SPDX-License-Identifier: MIT
// A parse tree as libpg_query writes it in JSON, kept in sixteen bytes a value, and short ways into
// it. A field that is false, zero or empty is not written, and so is not there.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory_resource>
#include <string>
#include <string_view>

namespace host::sql::tree {

// Lies in the memory that it was read into, with all that is in it, and is freed with it. One that
// lies in an object is a field: it has a key.
class Value {
 public:
  constexpr Value() = default;

  bool is_object() const { return kind_ == Kind::object; }
  const Value* if_object() const { return kind_ == Kind::object ? this : nullptr; }
  const Value* if_array() const { return kind_ == Kind::array ? this : nullptr; }
  bool is_text() const { return kind_ == Kind::text; }
  bool is_number() const { return kind_ == Kind::number; }
  bool is_truth() const { return kind_ == Kind::truth; }
  // Of one that is such: "", 0 and false else.
  std::string_view text() const {
    return kind_ == Kind::text ? std::string_view(text_, size_) : std::string_view();
  }
  std::int64_t number() const { return kind_ == Kind::number ? number_ : 0; }
  bool truth() const { return kind_ == Kind::truth && number_ != 0; }

  std::string_view key() const;
  const Value& value() const { return *this; }

  // The fields of an object, the items of an array; none else.
  std::size_t size() const { return parts() == nullptr ? 0 : size_; }
  bool empty() const { return size() == 0; }
  const Value* begin() const { return parts(); }
  const Value* end() const { return parts() + size(); }
  const Value& operator[](std::size_t index) const { return parts()[index]; }
  const Value& back() const { return parts()[size_ - 1]; }
  const Value* if_contains(std::string_view key) const;
  bool contains(std::string_view key) const { return if_contains(key) != nullptr; }

 private:
  friend class Reader;
  enum class Kind : std::uint8_t { null, truth, number, text, array, object };
  const Value* parts() const { return kind_ >= Kind::array ? parts_ : nullptr; }

  // Few names share it: most fields that are not the wanted one are told apart by it alone.
  static std::uint8_t mark(std::string_view name) {
    if (name.empty()) return 0;
    const auto letter = [&](std::size_t i) { return static_cast<unsigned char>(name[i]); };
    return static_cast<std::uint8_t>(name.size() * 31 + letter(0) * 7 +
                                     letter(name.size() / 2) * 3 + letter(name.size() - 1));
  }

  Kind kind_ = Kind::null;
  std::uint8_t mark_ = 0;  // of the key
  std::uint16_t key_ = 0;
  std::uint32_t size_ = 0;
  union {
    std::int64_t number_ = 0;
    const char* text_;
    const Value* parts_;
  };
};

using Object = Value;
using Array = Value;

// A text of JSON, from libpg_query, as a value in `memory`. However deep it is, takes little of the
// stack. Null where it is no JSON. [any thread]
const Value* read(std::string_view json, std::pmr::memory_resource& memory);

// A node is an object with one key, its type: {"CreateStmt": {...}}.
inline std::string_view type(const Value& node) {
  return node.is_object() && !node.empty() ? node.begin()->key() : std::string_view();
}
const Object& empty_object();
const Array& empty_array();

// The fields of a node; of the expected type, or empty.
const Object& body(const Value& node);
const Object& body(const Value& node, std::string_view expected);

std::string_view text(const Object& object, std::string_view key);
std::int64_t number(const Object& object, std::string_view key, std::int64_t otherwise = 0);
bool truth(const Object& object, std::string_view key);
const Object& object(const Object& parent, std::string_view key);  // empty if it is not there
const Array& array(const Object& parent, std::string_view key);
const Value* find(const Object& parent, std::string_view key);
// {"String": {"sval": "x"}}, or empty.
std::string_view string_value(const Value& node);
// A String, Integer, Float, Boolean, TypeName, A_Const or list of these as a setting shows it.
std::string scalar_text(const Value& node);
std::string scalar_text(const Object& parent, std::string_view key);  // empty if it is not there

}  // namespace host::sql::tree
