// SPDX-License-Identifier: MIT
#include "plugins/notify/mail_text.hpp"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <cstdio>

namespace notify {
namespace {

constexpr std::size_t line_bytes = 57;  // 76 characters of base64
constexpr std::size_t word_bytes = 42;  // an encoded word has at most 75 characters

std::string base64(std::string_view bytes) {
  std::string text(sodium_base64_ENCODED_LEN(bytes.size(), sodium_base64_VARIANT_ORIGINAL), '\0');
  sodium_bin2base64(text.data(), text.size(), reinterpret_cast<const unsigned char*>(bytes.data()),
                    bytes.size(), sodium_base64_VARIANT_ORIGINAL);
  text.pop_back();  // the final zero
  return text;
}

bool is_plain(std::string_view text) {
  return text.size() < 900 &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= ' ' && c <= '~'; }) &&
         text.find("=?") == std::string_view::npos;
}

// Words of whole characters, each on a line of its own.
std::string encode_header(std::string_view text) {
  if (is_plain(text)) return std::string(text);
  std::string out;
  while (!text.empty()) {
    std::size_t end = std::min(word_bytes, text.size());
    while (end < text.size() && end > 1 && (text[end] & 0xc0) == 0x80) --end;
    if (!out.empty()) out += "\r\n ";
    out += "=?UTF-8?B?" + base64(text.substr(0, end)) + "?=";
    text.remove_prefix(end);
  }
  return out;
}

std::string date(std::time_t when) {
  constexpr std::array<const char*, 7> days{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  constexpr std::array<const char*, 12> months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                               "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  std::tm parts{};
  ::gmtime_r(&when, &parts);
  std::array<char, 64> text{};
  std::snprintf(text.data(), text.size(), "%s, %02d %s %d %02d:%02d:%02d +0000",
                days[static_cast<std::size_t>(parts.tm_wday)], parts.tm_mday,
                months[static_cast<std::size_t>(parts.tm_mon)], parts.tm_year + 1900, parts.tm_hour,
                parts.tm_min, parts.tm_sec);
  return text.data();
}

}  // namespace

bool is_address(std::string_view text) {
  const std::size_t at = text.find('@');
  if (at == 0 || at == std::string_view::npos || at + 1 == text.size()) return false;
  if (text.find('@', at + 1) != std::string_view::npos) return false;
  return std::all_of(text.begin(), text.end(), [](char c) {
    return c > ' ' && c != 0x7f &&
           std::string_view("<>()[]\\,;:\"").find(c) == std::string_view::npos;
  });
}

std::string mail_text(const MailParts& parts) {
  std::string to;
  for (const std::string& each : parts.to) to += (to.empty() ? "" : ",\r\n ") + each;
  const std::string domain = parts.from.substr(parts.from.find('@') + 1);
  std::string text = "Date: " + date(parts.when) + "\r\nFrom: " + parts.from + "\r\nTo: " + to +
                     "\r\nSubject: " + encode_header(parts.subject) + "\r\nMessage-ID: <" +
                     parts.key + "@" + domain +
                     ">\r\nAuto-Submitted: auto-generated\r\nMIME-Version: 1.0\r\n"
                     "Content-Type: text/plain; charset=utf-8\r\n"
                     "Content-Transfer-Encoding: base64\r\n\r\n";
  for (std::string_view rest = parts.body; !rest.empty();) {
    const std::string_view line = rest.substr(0, line_bytes);
    text += base64(line) + "\r\n";
    rest.remove_prefix(line.size());
  }
  return text;
}

}  // namespace notify
