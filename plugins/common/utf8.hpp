// SPDX-License-Identifier: MIT
// common/utf8.hpp - lengths and cuts in characters: PostgreSQL counts varchar(n) in code points.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace plugins::common {

inline bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
inline bool is_lower(char c) {
  return c >= 'a' && c <= 'z';
}
inline bool is_upper(char c) {
  return c >= 'A' && c <= 'Z';
}
inline bool is_letter(char c) {
  return is_lower(c) || is_upper(c);
}
inline bool is_ascii(char c) {
  return static_cast<unsigned char>(c) < 0x80;
}
// A byte that is not the first of its character.
inline bool is_continuation(char c) {
  return (static_cast<unsigned char>(c) & 0xc0) == 0x80;
}
inline char to_lower(char c) {
  return is_upper(c) ? static_cast<char>(c - 'A' + 'a') : c;
}
inline char to_upper(char c) {
  return is_lower(c) ? static_cast<char>(c - 'a' + 'A') : c;
}

std::size_t count_characters(std::string_view text);

// The first `characters` characters of the text; all of it for 0 (no limit) and for shorter ones.
std::string_view cut(std::string_view text, std::size_t characters);

struct Character {
  std::uint32_t code;
  std::size_t size;  // in bytes; 1 for a byte that is no UTF-8, whose code is then 0xfffd
};
Character character_at(std::string_view text, std::size_t offset);

// Writes 1 to 4 bytes and returns the end.
char* write_character(char* out, std::uint32_t code);

}  // namespace plugins::common
