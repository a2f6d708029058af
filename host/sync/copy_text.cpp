// SPDX-License-Identifier: MIT
#include "host/sync/copy_text.hpp"

#include <array>
#include <cstdint>
#include <cstring>

#include "host/foundation/text.hpp"

namespace host::sync {
namespace {

// The letter after the backslash of each byte that must be escaped; 0 for all others.
constexpr std::array<char, 256> make_letters() {
  std::array<char, 256> letters{};
  letters['\b'] = 'b';
  letters['\f'] = 'f';
  letters['\n'] = 'n';
  letters['\r'] = 'r';
  letters['\t'] = 't';
  letters['\v'] = 'v';
  letters['\\'] = '\\';
  return letters;
}
constexpr std::array<char, 256> escape_letters = make_letters();

constexpr std::uint64_t repeated(std::uint8_t byte) {
  return 0x0101010101010101ULL * byte;
}

// Whether each byte is printable ASCII other than the backslash: copied as it is, and valid.
bool is_plain(std::string_view value) {
  std::size_t i = 0;
  for (; i + 8 <= value.size(); i += 8) {
    std::uint64_t word;
    std::memcpy(&word, value.data() + i, 8);
    const std::uint64_t slashes = word ^ repeated('\\');
    const std::uint64_t below_space = word - repeated(0x20);
    if (((word | below_space | (slashes - repeated(1))) & repeated(0x80)) != 0) return false;
  }
  for (; i < value.size(); ++i) {
    const auto byte = static_cast<unsigned char>(value[i]);
    if (byte < 0x20 || byte >= 0x80 || byte == '\\') return false;
  }
  return true;
}

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

bool is_octal(char c) {
  return c >= '0' && c <= '7';
}

// Reads the escape whose first character after the backslash is *in; moves `in` past it.
char decode_escape(const char*& in, const char* end) {
  const char c = *in++;
  switch (c) {
    case 'b':
      return '\b';
    case 'f':
      return '\f';
    case 'n':
      return '\n';
    case 'r':
      return '\r';
    case 't':
      return '\t';
    case 'v':
      return '\v';
    case 'x': {
      int value = 0, digits = 0;
      for (; digits < 2 && in < end && hex_digit(*in) >= 0; ++digits)
        value = value * 16 + hex_digit(*in++);
      return digits == 0 ? c : static_cast<char>(value);
    }
    default: {
      if (!is_octal(c)) return c;
      int value = c - '0';
      for (int digits = 1; digits < 3 && in < end && is_octal(*in); ++digits)
        value = value * 8 + (*in++ - '0');
      return static_cast<char>(value);
    }
  }
}

}  // namespace

char* decode_field(std::string_view field, char* out) {
  const char* in = field.data();
  const char* end = in + field.size();
  while (in < end) {
    const char c = *in++;
    *out++ = c != '\\' || in == end ? c : decode_escape(in, end);
  }
  return out;
}

char* encode_field(std::string_view value, char* out) {
  if (is_plain(value)) {
    std::memcpy(out, value.data(), value.size());
    return out + value.size();
  }
  for (const char c : value) {
    const char letter = escape_letters[static_cast<unsigned char>(c)];
    if (letter != 0) *out++ = '\\';
    *out++ = letter != 0 ? letter : c;
  }
  return out;
}

const char* text_defect(std::string_view value) {
  if (is_plain(value)) return nullptr;
  if (value.find('\0') != std::string_view::npos) return "a zero byte";
  if (!is_utf8(value)) return "malformed UTF-8";
  return nullptr;
}

}  // namespace host::sync
