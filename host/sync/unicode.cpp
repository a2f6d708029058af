// SPDX-License-Identifier: MIT
#include "host/sync/unicode.hpp"

namespace host::sync {
namespace {

bool read_hex(std::string_view text, std::size_t at, std::uint32_t& code) {
  if (at + 4 > text.size()) return false;
  code = 0;
  for (const char c : text.substr(at, 4)) {
    const char lower = c >= 'A' && c <= 'F' ? static_cast<char>(c - 'A' + 'a') : c;
    const std::size_t digit = std::string_view("0123456789abcdef").find(lower);
    if (digit == std::string_view::npos) return false;
    code = code << 4 | static_cast<std::uint32_t>(digit);
  }
  return true;
}

}  // namespace

void append_utf8(std::string& out, std::uint32_t code) {
  if (code < 0x80) {
    out += static_cast<char>(code);
    return;
  }
  const int more = code < 0x800 ? 1 : code < 0x10000 ? 2 : 3;
  constexpr unsigned char leads[] = {0, 0xC0, 0xE0, 0xF0};
  out += static_cast<char>(leads[more] | code >> (6 * more));
  for (int i = more - 1; i >= 0; --i) out += static_cast<char>(0x80 | (code >> (6 * i) & 0x3F));
}

bool append_escaped(std::string_view text, std::size_t& at, std::string& out) {
  std::uint32_t code = 0, low = 0;
  if (at >= text.size() || text[at] != 'u' || !read_hex(text, at + 1, code)) return false;
  at += 4;
  const bool high = code >= 0xD800 && code < 0xDC00;
  if (high && text.substr(at + 1, 2) == "\\u" && read_hex(text, at + 3, low) && low >= 0xDC00 &&
      low < 0xE000) {
    code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
    at += 6;
  } else if (code >= 0xD800 && code < 0xE000) {
    code = 0xFFFD;  // half of a character
  }
  append_utf8(out, code);
  return true;
}

}  // namespace host::sync
