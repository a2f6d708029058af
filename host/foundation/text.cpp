// SPDX-License-Identifier: MIT
#include "host/foundation/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>

namespace host {
namespace {

char fold(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> before(b.size() + 1), previous(b.size() + 1), current(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) previous[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    current[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t cost = fold(a[i - 1]) == fold(b[j - 1]) ? 0 : 1;
      current[j] = std::min({previous[j] + 1, current[j - 1] + 1, previous[j - 1] + cost});
      if (i > 1 && j > 1 && fold(a[i - 1]) == fold(b[j - 2]) && fold(a[i - 2]) == fold(b[j - 1]))
        current[j] = std::min(current[j], before[j - 2] + 1);
    }
    std::swap(before, previous);
    std::swap(previous, current);
  }
  return previous[b.size()];
}

struct CodePoint {
  std::uint32_t value;
  std::size_t size;  // 0: malformed
};

CodePoint decode(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char first = byte(0);
  if (first < 0x80) return {first, 1};
  const std::size_t size = first >= 0xC2 && first <= 0xDF   ? 2
                           : first >= 0xE0 && first <= 0xEF ? 3
                           : first >= 0xF0 && first <= 0xF4 ? 4
                                                            : 0;
  if (size == 0 || text.size() < size) return {0, 0};
  std::uint32_t value = first & (0xFFu >> (size + 1));
  for (std::size_t i = 1; i < size; ++i) {
    if ((byte(i) & 0xC0u) != 0x80u) return {0, 0};
    value = (value << 6) | (byte(i) & 0x3Fu);
  }
  const bool overlong = (size == 3 && value < 0x800) || (size == 4 && value < 0x10000);
  const bool outside = value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF);
  return overlong || outside ? CodePoint{0, 0} : CodePoint{value, size};
}

bool is_bidi_control(std::uint32_t c) {
  return c == 0x061C || c == 0x200E || c == 0x200F || (c >= 0x202A && c <= 0x202E) ||
         (c >= 0x2066 && c <= 0x2069);
}

// Matches a bracket expression at pattern[0] == '['; sets `length` to its size, 0 if unterminated.
bool matches_set(char c, std::string_view pattern, std::size_t& length) {
  std::size_t i = 1;
  const bool negated = i < pattern.size() && (pattern[i] == '!' || pattern[i] == '^');
  if (negated) ++i;
  bool found = false;
  for (bool first = true; i < pattern.size() && (first || pattern[i] != ']'); first = false) {
    if (i + 2 < pattern.size() && pattern[i + 1] == '-' && pattern[i + 2] != ']') {
      found = found || (pattern[i] <= c && c <= pattern[i + 2]);
      i += 3;
    } else {
      found = found || pattern[i] == c;
      ++i;
    }
  }
  length = i < pattern.size() ? i + 1 : 0;
  return found != negated;
}

// One match; remembers which pairs of positions lead nowhere, so that a pattern of many stars
// takes text times pattern steps and no more.
class Glob {
 public:
  Glob(std::string_view text, std::string_view pattern, bool path)
      : text_(text),
        pattern_(pattern),
        path_(path),
        failed_((text.size() + 1) * (pattern.size() + 1)) {}

  bool matches(std::size_t at = 0, std::size_t in = 0) {
    const std::size_t pair = at * (pattern_.size() + 1) + in;
    if (failed_[pair]) return false;
    const bool matched = in == pattern_.size() ? at == text_.size()
                         : pattern_[in] == '*' ? matches_star(at, in)
                                               : matches_one(at, in);
    failed_[pair] = !matched;
    return matched;
  }

 private:
  bool matches_star(std::size_t at, std::size_t in) {
    const bool deep = path_ && pattern_.substr(in).starts_with("**");
    const std::size_t rest = in + (deep ? 2 : 1);
    // "**/" is also no folder at all.
    const bool whole_part =
        (in == 0 || pattern_[in - 1] == '/') && (at == 0 || text_[at - 1] == '/');
    if (deep && whole_part && pattern_.substr(rest).starts_with('/') && matches(at, rest + 1))
      return true;
    if (matches(at, rest)) return true;
    return at < text_.size() && (!path_ || deep || text_[at] != '/') && matches(at + 1, in);
  }

  bool matches_one(std::size_t at, std::size_t in) {
    if (at == text_.size()) return false;
    std::size_t used = 1;
    if (pattern_[in] == '?') {
      if (path_ && text_[at] == '/') return false;
    } else if (pattern_[in] == '[') {
      const bool in_set = matches_set(text_[at], pattern_.substr(in), used);
      if (used == 0) {  // not closed: the character itself
        if (text_[at] != '[') return false;
        used = 1;
      } else if (!in_set || (path_ && text_[at] == '/')) {
        return false;
      }
    } else if (text_[at] != pattern_[in]) {
      return false;
    }
    return matches(at + 1, in + used);
  }

  std::string_view text_, pattern_;
  bool path_;
  std::vector<bool> failed_;
};

}  // namespace

std::optional<std::string> nearest_name(std::string_view given,
                                        std::span<const std::string> known) {
  const std::string* best = nullptr;
  std::size_t best_distance = 0;
  for (const std::string& name : known) {
    const std::size_t distance = edit_distance(given, name);
    const std::size_t allowed = std::max<std::size_t>(1, std::max(given.size(), name.size()) / 3);
    if (distance > allowed) continue;
    // Of two that are as near, the one that begins alike: few mistype the first letter.
    const auto begins_alike = [&](const std::string& other) {
      return !other.empty() && !given.empty() && fold(other[0]) == fold(given[0]);
    };
    if (best == nullptr || distance < best_distance ||
        (distance == best_distance && begins_alike(name) && !begins_alike(*best))) {
      best = &name;
      best_distance = distance;
    }
  }
  return best == nullptr ? std::nullopt : std::optional(*best);
}

std::string suggest_name(std::string_view given, std::span<const std::string> known) {
  if (known.empty()) return {};
  if (const auto name = nearest_name(given, known)) return fmt::format("did you mean '{}'?", *name);
  constexpr std::size_t most = 20;
  if (known.size() <= most) return "known: " + join_words(known);
  std::vector<std::string> shown(known.begin(), known.begin() + most);
  shown.push_back(fmt::format("{} more", known.size() - most));
  return "known: " + join_words(shown);
}

std::string join_words(std::span<const std::string> words, std::string_view last) {
  std::string text;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i > 0) text += i + 1 == words.size() ? fmt::format(" {} ", last) : ", ";
    text += words[i];
  }
  return text;
}

std::vector<std::string> split_text(std::string_view text, char separator) {
  std::vector<std::string> parts;
  for (;;) {
    const std::size_t end = text.find(separator);
    parts.emplace_back(text.substr(0, end));
    if (end == std::string_view::npos) return parts;
    text.remove_prefix(end + 1);
  }
}

std::string_view trim(std::string_view text) {
  constexpr std::string_view blank = " \t\r\n\f\v";
  const std::size_t begin = text.find_first_not_of(blank);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(blank) - begin + 1);
}

std::string lower_ascii(std::string_view text) {
  std::string lower(text);
  std::transform(lower.begin(), lower.end(), lower.begin(), fold);
  return lower;
}

bool matches_glob(std::string_view text, std::string_view pattern, bool path) {
  // "**/*.sql": most patterns of paths, asked of each file.
  constexpr std::string_view anywhere = "**/*";
  if (path && pattern.starts_with(anywhere)) {
    const std::string_view rest = pattern.substr(anywhere.size());
    if (rest.find_first_of("*?[/") == std::string_view::npos) return text.ends_with(rest);
  }
  return Glob(text, pattern, path).matches();
}

bool is_utf8(std::string_view text) {
  while (!text.empty()) {
    const auto past =
        std::find_if(text.begin(), text.end(), [](char c) { return (c & 0x80) != 0; });
    text.remove_prefix(static_cast<std::size_t>(past - text.begin()));
    if (text.empty()) return true;
    const CodePoint point = decode(text);
    if (point.size == 0) return false;
    text.remove_prefix(point.size);
  }
  return true;
}

std::size_t count_characters(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0u) != 0x80u;
  }));
}

std::string printable(std::string_view text) {
  const bool plain = std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 0x20 && c < 0x7F) || c == '\n' || c == '\t';
  });
  if (plain) return std::string(text);
  std::string shown;
  while (!text.empty()) {
    const CodePoint point = decode(text);
    if (point.size == 0) {
      shown += fmt::format("\\x{:02x}", static_cast<unsigned char>(text[0]));
      text.remove_prefix(1);
      continue;
    }
    const bool control = (point.value < 0x20 && point.value != '\n' && point.value != '\t') ||
                         (point.value >= 0x7F && point.value < 0xA0);
    if (control && point.value < 0x80) {
      shown += fmt::format("\\x{:02x}", point.value);
    } else if (control || is_bidi_control(point.value)) {
      shown += fmt::format("\\u{{{:x}}}", point.value);
    } else {
      shown += text.substr(0, point.size);
    }
    text.remove_prefix(point.size);
  }
  return shown;
}

}  // namespace host
