// SPDX-License-Identifier: MIT
#include "plugins/net/hostname_rewriter.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "plugins/common/keyed.hpp"
#include "plugins/common/utf8.hpp"

namespace plugins::net {
namespace {

constexpr std::string_view reserved = "example";

bool is_ipv4(std::string_view name) {
  return std::count(name.begin(), name.end(), '.') == 3 &&
         std::all_of(name.begin(), name.end(),
                     [](char c) { return common::is_digit(c) || c == '.'; });
}

char drawn_for(char c, common::Draw& draw) {
  if (common::is_digit(c)) return draw.digit();
  return common::is_letter(c) || !common::is_ascii(c) ? draw.lower() : c;
}

}  // namespace

char* HostnameRewriter::write(std::string_view name, std::size_t keep_labels, char* out) const {
  if (is_ipv4(name) || (!name.empty() && name.front() == '[')) return write_address(name, out);
  const std::size_t labels =
      1 + static_cast<std::size_t>(std::count(name.begin(), name.end(), '.'));
  std::size_t begin = 0;
  for (std::size_t label = 0; label < labels; ++label) {
    const std::size_t end = std::min(name.find('.', begin), name.size());
    const std::size_t left = labels - label;  // with this one
    if (left <= keep_labels) {
      out = std::copy(name.begin() + begin, name.begin() + end, out);
    } else if (left == 1 && labels > 1 && end > begin) {
      out = std::copy(reserved.begin(), reserved.end(), out);
    } else {
      out = write_label(name, begin, end, out);
    }
    if (left > 1) *out++ = '.';
    begin = end + 1;
  }
  return out;
}

// The label at [begin, end), chosen by all of the name from `begin` on, in lower case.
char* HostnameRewriter::write_label(std::string_view name, std::size_t begin, std::size_t end,
                                    char* out) const {
  std::array<char, 256> short_name;
  const std::size_t size = std::min(name.size() - begin, short_name.size());
  std::transform(name.begin() + begin, name.begin() + begin + size, short_name.begin(),
                 common::to_lower);
  common::Draw draw(*hash_, {short_name.data(), size});
  char* last = nullptr;
  bool same = true;
  for (std::size_t index = begin; index < end; ++index) {
    const char c = name[index];
    if (common::is_continuation(c)) continue;
    *out = drawn_for(c, draw);
    if (common::is_letter(*out) || common::is_digit(*out)) {
      last = out;
      same = same && *out == common::to_lower(c);
    }
    ++out;
  }
  if (last != nullptr && same) *last = *last == 'z' ? 'a' : *last == '9' ? '0' : char(*last + 1);
  return out;
}

char* HostnameRewriter::write_address(std::string_view name, char* out) const {
  common::Draw draw(*hash_, name);
  char* const start = out;
  if (name.front() == '[') {
    for (const char c : name) {
      const bool hexadecimal = common::is_digit(c) || common::is_letter(c);
      *out++ = hexadecimal ? "0123456789abcdef"[draw.below(16)] : c;
    }
    return out;
  }
  for (std::size_t begin = 0; begin <= name.size();) {
    const std::size_t end = std::min(name.find('.', begin), name.size());
    const std::size_t digits = end - begin;
    const std::uint32_t octet = digits >= 3   ? 100 + draw.below(156)
                                : digits == 2 ? 10 + draw.below(90)
                                              : draw.below(10);
    const std::string text = std::to_string(octet);
    out = std::copy(text.begin(), text.end(), out);
    if (end < name.size()) *out++ = '.';
    begin = end + 1;
  }
  if (std::string_view(start, static_cast<std::size_t>(out - start)) == name)
    out[-1] = out[-1] == '0' ? '1' : char(out[-1] - 1);
  return out;
}

}  // namespace plugins::net
