// SPDX-License-Identifier: MIT
#include "plugins/common/utf8.hpp"

namespace plugins::common {

std::size_t count_characters(std::string_view text) {
  std::size_t count = 0;
  for (const char c : text) count += is_continuation(c) ? 0 : 1;
  return count;
}

std::string_view cut(std::string_view text, std::size_t characters) {
  if (characters == 0 || text.size() <= characters) return text;
  std::size_t count = 0;
  for (std::size_t offset = 0; offset < text.size(); ++offset)
    if (!is_continuation(text[offset]) && count++ == characters) return text.substr(0, offset);
  return text;
}

Character character_at(std::string_view text, std::size_t offset) {
  const auto first = static_cast<unsigned char>(text[offset]);
  if (first < 0x80) return {first, 1};
  const std::size_t size = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
  if (first < 0xc2 || first > 0xf4 || offset + size > text.size()) return {0xfffd, 1};
  std::uint32_t code = first & (0xffu >> (size + 1));
  for (std::size_t index = 1; index < size; ++index) {
    if (!is_continuation(text[offset + index])) return {0xfffd, 1};
    code = code << 6 | (static_cast<unsigned char>(text[offset + index]) & 0x3f);
  }
  return {code, size};
}

char* write_character(char* out, std::uint32_t code) {
  const auto put = [&out](std::uint32_t byte) { *out++ = static_cast<char>(byte); };
  if (code < 0x80) {
    put(code);
  } else if (code < 0x800) {
    put(0xc0 | code >> 6);
    put(0x80 | (code & 0x3f));
  } else if (code < 0x10000) {
    put(0xe0 | code >> 12);
    put(0x80 | (code >> 6 & 0x3f));
    put(0x80 | (code & 0x3f));
  } else {
    put(0xf0 | code >> 18);
    put(0x80 | (code >> 12 & 0x3f));
    put(0x80 | (code >> 6 & 0x3f));
    put(0x80 | (code & 0x3f));
  }
  return out;
}

}  // namespace plugins::common
