// SPDX-License-Identifier: MIT
// confiture/testing/flow.hpp - reads YAML's flow style ("{keep: 2, words: [a, 'b c']}") for the
// parameters of a plugin's unit tests: defaults and settings on one line, no more of YAML.
#pragma once

#include <cctype>
#include <cstddef>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#pragma GCC visibility push(hidden)
namespace confiture {
namespace testing {
namespace detail {

struct Flow {
  enum class Kind { scalar, list, map } kind = Kind::scalar;
  std::string text;         // of a scalar
  std::vector<Flow> items;  // of a list; the values of a map
  std::vector<std::string> keys;
};

class FlowReader {
 public:
  static Flow read(std::string_view text) {
    FlowReader reader(text);
    Flow value = reader.value();
    reader.skip_spaces();
    if (reader.at_ != text.size()) reader.refuse();
    return value;
  }

 private:
  explicit FlowReader(std::string_view text) : text_(text) {}

  Flow value() {
    skip_spaces();
    Flow value;
    if (take('[')) {
      value.kind = Flow::Kind::list;
      while (!take(']')) {
        value.items.push_back(this->value());
        separate(']');
      }
    } else if (take('{')) {
      value.kind = Flow::Kind::map;
      while (!take('}')) {
        value.keys.push_back(scalar());
        if (!take(':')) refuse();
        value.items.push_back(this->value());
        separate('}');
      }
    } else {
      value.text = scalar();
    }
    return value;
  }

  std::string scalar() {
    skip_spaces();
    if (take('"')) return quoted('"');
    if (take('\'')) return quoted('\'');
    const std::size_t start = at_;
    while (at_ < text_.size() && !ends_plain()) ++at_;
    std::string_view plain = text_.substr(start, at_ - start);
    while (!plain.empty() && plain.back() == ' ') plain.remove_suffix(1);
    return std::string(plain);
  }
  // A colon inside a word, as in 10:30, is part of it.
  bool ends_plain() const {
    const char c = text_[at_];
    if (c == ':') return at_ + 1 == text_.size() || text_[at_ + 1] == ' ';
    return c == ',' || c == ']' || c == '}';
  }

  std::string quoted(char quote) {
    std::string text;
    while (at_ < text_.size()) {
      const char c = text_[at_++];
      if (c == quote) return text;
      text += c == '\\' && quote == '"' ? escaped() : c;
    }
    refuse();
  }
  char escaped() {
    if (at_ == text_.size()) refuse();
    const char c = text_[at_++];
    if (c == 'n') return '\n';
    if (c == 't') return '\t';
    if (c != 'x') return c;
    const std::string digits(text_.substr(at_, 2));
    if (digits.size() < 2) refuse();
    at_ += 2;
    return static_cast<char>(std::stoi(digits, nullptr, 16));
  }

  void separate(char end) {
    skip_spaces();
    if (take(',')) return;
    if (at_ >= text_.size() || text_[at_] != end) refuse();
  }
  bool take(char c) {
    skip_spaces();
    if (at_ >= text_.size() || text_[at_] != c) return false;
    ++at_;
    return true;
  }
  void skip_spaces() {
    while (at_ < text_.size() && std::isspace(static_cast<unsigned char>(text_[at_])) != 0) ++at_;
  }
  [[noreturn]] void refuse() const {
    throw std::invalid_argument("not YAML in flow style at byte " + std::to_string(at_) + ": " +
                                std::string(text_));
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

}  // namespace detail
}  // namespace testing
}  // namespace confiture
#pragma GCC visibility pop
