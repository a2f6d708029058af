// SPDX-License-Identifier: MIT
#include "plugins/common/scramble.hpp"

#include "plugins/common/utf8.hpp"

namespace plugins::common {
namespace {

bool is_word(char c) {
  return is_letter(c) || is_digit(c) || (!is_ascii(c) && !is_continuation(c));
}

char drawn_for(char c, Draw& draw) {
  if (is_digit(c)) return draw.digit();
  return is_upper(c) ? draw.upper() : draw.lower();
}

// Another one of the same class.
char after(char c) {
  if (is_digit(c)) return c == '9' ? '0' : static_cast<char>(c + 1);
  if (c == 'z') return 'a';
  return c == 'Z' ? 'A' : static_cast<char>(c + 1);
}

}  // namespace

std::string_view scramble(std::string_view value, Draw& draw, const confiture::Call& call,
                          Readable readable) {
  std::size_t words = 0;
  for (const char c : value) words += is_word(c) ? 1 : 0;
  if (words <= readable.first + readable.last) return value;
  const std::size_t last = words - readable.last;

  char* const begin = call.allocate(value.size());
  char* end = begin;
  char* changed = nullptr;
  std::size_t word = 0;
  bool same = true;
  for (std::size_t offset = 0; offset < value.size();) {
    const char c = value[offset];
    const std::size_t size = is_ascii(c) ? 1 : character_at(value, offset).size;
    if (is_word(c) && word >= readable.first && word < last) {
      changed = end;
      *end = drawn_for(c, draw);
      same = same && *end == c;
      ++end;
    } else {
      for (std::size_t index = 0; index < size; ++index) *end++ = value[offset + index];
    }
    word += is_word(c) ? 1 : 0;
    offset += size;
  }
  if (same) *changed = after(*changed);
  return {begin, static_cast<std::size_t>(end - begin)};
}

}  // namespace plugins::common
