// SPDX-License-Identifier: MIT
// common/columns.hpp - which column types a strategy takes, checked once in bind().
#pragma once

#include <confiture/batch.hpp>

#include <cstddef>
#include <initializer_list>
#include <string_view>

namespace plugins::common {

// By pg_type.typname. Types of varying text come as text, varchar, bpchar (char(n)) and citext.
using Types = std::initializer_list<const char*>;
inline constexpr Types text_types = {"text", "varchar", "bpchar", "citext"};

bool is_one_of(std::string_view type, Types types);

// Throws Unsupported for the first target column whose type is none of these, with the strategy,
// the column, its type and the types that would do. A domain counts as its base type if the host
// names that.
void require_types(const confiture::BatchColumns& columns, std::string_view strategy, Types types);

// The smallest limit in characters of all target columns; 0: none has one.
std::size_t shortest_limit(const confiture::BatchColumns& columns);

// A value without the blanks that char(n) is padded with, so that it draws as its varchar twin
// does.
inline std::string_view unpadded(std::string_view value) {
  return value.substr(0, value.find_last_not_of(' ') + 1);
}

}  // namespace plugins::common
