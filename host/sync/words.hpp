// SPDX-License-Identifier: MIT
// A text as the words that it is made of, hashed: how a value is found again in another text,
// whatever stands around it.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

namespace host::sync {

// Keyed with random bytes, new for each run: nobody can prepare texts that meet.
class WordHash {
 public:
  WordHash();
  // Of the word in lower case (ASCII).
  std::uint64_t operator()(std::string_view word) const;
  // Of the bytes as they are.
  std::uint64_t exact(std::string_view text) const;

 private:
  std::array<unsigned char, 16> key_;
};

// Of words in a row: begin with 0, add one after the other. No value twice in a row of adds.
inline std::uint64_t add_word(std::uint64_t so_far, std::uint64_t word) {
  const std::uint64_t mixed = (so_far ^ word) * 0x9E3779B97F4A7C15ULL;
  return mixed ^ mixed >> 29;
}

// Letters, digits, non-ASCII bytes and @ . _ + - ' % within; what leads and trails is cut off.
template <typename Visit>
void each_word(std::string_view text, const Visit& visit) {
  const auto letter = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           static_cast<unsigned char>(c) >= 0x80;
  };
  const auto inner = [&](char c) {
    return letter(c) || c == '@' || c == '.' || c == '_' || c == '+' || c == '-' || c == '\'' ||
           c == '%';
  };
  std::size_t at = 0;
  while (at < text.size()) {
    if (!letter(text[at])) {
      ++at;
      continue;
    }
    std::size_t end = at;
    while (end < text.size() && inner(text[end])) ++end;
    std::size_t last = end;
    while (!letter(text[last - 1])) --last;
    visit(text.substr(at, last - at));
    at = end;
  }
}

// A longer text is not looked for within others.
constexpr std::size_t most_words = 12;

// What a value is as a thing to search for.
struct Sought {
  std::uint64_t hash = 0;        // of its words
  std::uint64_t first_word = 0;  // of the first one
  std::size_t words = 0;
  // Enough of a value that a text which merely holds it gives it away: an address, a number of six
  // digits and more, several words. Others count only where they are the whole of a value.
  bool telling = false;
};
// No words: too short to be told from other values that mean something else.
Sought sought(std::string_view value, const WordHash& hash);

}  // namespace host::sync
