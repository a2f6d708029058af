// SPDX-License-Identifier: MIT
// PostgreSQL's text format of COPY, a field at a time: what a value looks like in a row, and back.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace host::sync {

// Whether the field, as it stands in a row, is SQL NULL (\N).
inline bool is_null_field(std::string_view field) {
  return field.size() == 2 && field[0] == '\\' && field[1] == 'N';
}

// Writes the value of a field with escapes to `out`, which has room for field.size() bytes, and
// returns its end. Understands everything that COPY FROM does: \b \f \n \r \t \v, octal and
// hexadecimal codes, and any other character standing for itself. Not for \N.
char* decode_field(std::string_view field, char* out);

// Writes a value as a field to `out`, which has room for encoded_bound(value.size()) bytes, and
// returns its end.
char* encode_field(std::string_view value, char* out);
constexpr std::size_t encoded_bound(std::size_t size) {
  return 2 * size;
}

// What is wrong with a value that no text column can hold: "malformed UTF-8", "a zero byte"; or
// nullptr.
const char* text_defect(std::string_view value);

}  // namespace host::sync
