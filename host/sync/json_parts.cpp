// SPDX-License-Identifier: MIT
#include "host/sync/json_parts.hpp"

#include <fmt/format.h>

#include <cstdint>

#include "host/sync/unicode.hpp"

namespace host::sync {
namespace {

bool is_blank(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

bool is_number(std::string_view text) {
  std::size_t at = 0;
  const auto digits = [&] {
    const std::size_t begin = at;
    while (at < text.size() && is_digit(text[at])) ++at;
    return at - begin;
  };
  if (at < text.size() && text[at] == '-') ++at;
  const bool zero = at < text.size() && text[at] == '0';
  const std::size_t whole = digits();
  if (whole == 0 || (zero && whole > 1)) return false;
  if (at < text.size() && text[at] == '.') {
    ++at;
    if (digits() == 0) return false;
  }
  if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
    ++at;
    if (at < text.size() && (text[at] == '+' || text[at] == '-')) ++at;
    if (digits() == 0) return false;
  }
  return at == text.size();
}

std::string quoted(std::string_view value) {
  std::string text = "\"";
  for (const char c : value) {
    if (c == '"' || c == '\\') {
      text += '\\';
      text += c;
    } else if (static_cast<unsigned char>(c) < 0x20) {
      text += fmt::format("\\u{:04x}", static_cast<unsigned char>(c));
    } else {
      text += c;
    }
  }
  return text + '"';
}

// Walks through a document without recursion: a document may be deeper than the stack.
class Splitter {
 public:
  Splitter(std::string_view text, const std::vector<JsonPath>& paths) : text_(text), paths_(paths) {
    levels_.push_back({'v', {}});
    for (const JsonPath& path : paths) levels_.back().places.push_back(path.start());
  }

  std::optional<std::vector<LiteralPart>> run() {
    while (read_value()) {
      // What has ended, and what it is a part of.
      while (levels_.size() > 1) {
        skip_blanks();
        const char c = at_ < text_.size() ? text_[at_] : '\0';
        if (c == levels_.back().kind) {
          levels_.pop_back();
          ++at_;
        } else if (c == ',') {
          ++at_;
          break;
        } else {
          return std::nullopt;
        }
      }
      if (levels_.size() > 1) continue;
      skip_blanks();
      if (at_ != text_.size()) return std::nullopt;
      return std::move(parts_);
    }
    return std::nullopt;
  }

 private:
  using Places = std::vector<std::uint64_t>;  // by path
  struct Level {
    char kind = 'v';  // what ends it: } or ]
    Places places;
  };

  void skip_blanks() {
    while (at_ < text_.size() && is_blank(text_[at_])) ++at_;
  }

  // Up to the end of a scalar or of an empty object or list; into any other, to its first scalar.
  bool read_value() {
    Places places = levels_.back().places;
    if (levels_.back().kind == '}' && !read_key(places)) return false;
    for (;;) {
      skip_blanks();
      if (at_ >= text_.size()) return false;
      const char c = text_[at_];
      if (c != '{' && c != '[') return read_scalar(places);
      ++at_;
      levels_.push_back({c == '{' ? '}' : ']', places});
      skip_blanks();
      if (at_ < text_.size() && text_[at_] == levels_.back().kind) return true;
      if (c == '{' && !read_key(places)) return false;
    }
  }

  bool read_key(Places& places) {
    skip_blanks();
    std::string key;
    if (!read_string(key)) return false;
    skip_blanks();
    if (at_ >= text_.size() || text_[at_] != ':') return false;
    ++at_;
    for (std::size_t i = 0; i < paths_.size(); ++i) places[i] = paths_[i].next(places[i], key);
    return true;
  }

  bool read_scalar(const Places& places) {
    LiteralPart part;
    part.begin = at_;
    std::string value;
    const bool string = text_[at_] == '"';
    if (string) {
      if (!read_string(value)) return false;
    } else {
      while (at_ < text_.size() && !is_blank(text_[at_]) && text_[at_] != ',' &&
             text_[at_] != '}' && text_[at_] != ']')
        value += text_[at_++];
      if (value != "true" && value != "false" && value != "null" && !is_number(value)) return false;
    }
    part.end = at_;
    if (string || value != "null") part.value = std::move(value);
    for (std::size_t i = 0; i < paths_.size(); ++i) {
      if (!paths_[i].reached(places[i])) continue;
      part.group = i;
      parts_.push_back(std::move(part));
      break;
    }
    return true;
  }

  bool read_string(std::string& value) {
    if (at_ >= text_.size() || text_[at_] != '"') return false;
    for (++at_; at_ < text_.size(); ++at_) {
      const char c = text_[at_];
      if (c == '"') {
        ++at_;
        return true;
      }
      if (c != '\\') {
        value += c;
      } else if (!read_escape(value)) {
        return false;
      }
    }
    return false;
  }

  // From the backslash to the escape's last character.
  bool read_escape(std::string& value) {
    if (++at_ >= text_.size()) return false;
    constexpr std::string_view letters = "\"\\/bfnrt", meanings = "\"\\/\b\f\n\r\t";
    if (const std::size_t found = letters.find(text_[at_]); found != std::string_view::npos) {
      value += meanings[found];
      return true;
    }
    return append_escaped(text_, at_, value);
  }

  const std::string_view text_;
  const std::vector<JsonPath>& paths_;
  std::size_t at_ = 0;
  std::vector<Level> levels_;
  std::vector<LiteralPart> parts_;
};

}  // namespace

std::optional<std::vector<LiteralPart>> split_json(std::string_view text,
                                                   const std::vector<JsonPath>& paths) {
  return Splitter(text, paths).run();
}

std::string join_json(std::string_view text, const std::vector<LiteralPart>& parts) {
  return join_parts(text, parts, [&](const LiteralPart& part) -> std::string {
    if (!part.value) return "null";
    const char before = text[part.begin];
    const bool bare = before == 't' || before == 'f' || before == '-' || is_digit(before);
    const bool fits = *part.value == "true" || *part.value == "false" || is_number(*part.value);
    return bare && fits ? *part.value : quoted(*part.value);
  });
}

}  // namespace host::sync
