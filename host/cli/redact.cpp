// SPDX-License-Identifier: MIT
#include "host/cli/redact.hpp"

#include <algorithm>

#include "host/foundation/text.hpp"

namespace host::cli {
namespace {

// The end of what follows a "password=" or "password: ": a quoted text or a bare word.
std::size_t value_end(std::string_view text, std::size_t begin) {
  if (begin < text.size() && (text[begin] == '\'' || text[begin] == '"')) {
    const char quote = text[begin];
    for (std::size_t i = begin + 1; i < text.size(); ++i) {
      if (text[i] == '\\') {
        ++i;
      } else if (text[i] == quote) {
        return i + 1;
      }
    }
    return text.size();
  }
  const std::size_t end = text.find_first_of(" \t\n&'\",}", begin);
  return end == std::string_view::npos ? text.size() : end;
}

// user:password between "://" and the last @ of the word.
std::string redact_urls(std::string_view text) {
  std::string shown;
  for (;;) {
    const std::size_t scheme = text.find("://");
    if (scheme == std::string_view::npos) return shown.append(text);
    const std::size_t begin = scheme + 3;
    const std::size_t end = std::min(text.find_first_of(" \t\n\"'<>", begin), text.size());
    // The last @ of the word: a password may hold an unescaped / or @ as well.
    const std::string_view word = text.substr(begin, end - begin);
    const std::size_t at = word.rfind('@');
    const std::size_t colon = word.find(':');
    shown.append(text.substr(0, begin));
    if (at != std::string_view::npos && colon != std::string_view::npos && colon < at) {
      shown.append(word.substr(0, colon)).append(":***").append(word.substr(at));
    } else {
      shown.append(word);
    }
    text.remove_prefix(end);
  }
}

}  // namespace

std::string redact_passwords(std::string_view text) {
  const std::string without_urls = redact_urls(text);
  const std::string folded = lower_ascii(without_urls);
  std::string shown;
  std::size_t from = 0;
  for (;;) {
    const std::size_t found = folded.find("password=", from);
    if (found == std::string::npos) return shown.append(without_urls, from);
    const std::size_t begin = found + std::string_view("password=").size();
    shown.append(without_urls, from, begin - from).append("***");
    from = value_end(without_urls, begin);
  }
}

}  // namespace host::cli
