// SPDX-License-Identifier: MIT
// A text as the words that it is made of, hashed: how a value is found again in another text,
// whatever stands around it.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "host/sync/byte_classes.hpp"

namespace host::sync {

// Keyed with random bytes, new for each run: nobody can prepare texts that meet. A table's texts
// are hashed word by word, so it has to be quick: a keyed product for every eight bytes.
class WordHash {
 public:
  WordHash();
  // Of the word in lower case.
  std::uint64_t operator()(std::string_view word) const;

 private:
  std::uint64_t of_ascii(std::string_view word) const;
  std::array<std::uint64_t, 3> key_;
};

// Of words in a row: begin with 0, add one after the other. No value twice in a row of adds.
inline std::uint64_t add_word(std::uint64_t so_far, std::uint64_t word) {
  const std::uint64_t mixed = (so_far ^ word) * 0x9E3779B97F4A7C15ULL;
  return mixed ^ mixed >> 29;
}

// Letters, digits, non-ASCII bytes and @ . _ + - ' % within; what leads and trails is cut off.
// `observe` is shown the classes of each block on the way.
template <typename Visit, typename Observe>
void each_word(std::string_view text, const Visit& visit, const Observe& observe) {
  constexpr std::size_t none = static_cast<std::size_t>(-1);
  std::size_t begin = none, end = 0;  // of the word that is being read, to its last letter
  each_block(text, [&](std::size_t offset, const ByteClasses& classes) {
    observe(classes);
    for (std::size_t at = 0; at < ByteClasses::block;) {
      if (begin == none) {
        const std::uint64_t letters = classes.letters >> at;
        if (letters == 0) return;
        at += static_cast<std::size_t>(std::countr_zero(letters));
        begin = offset + at;
      }
      const std::uint64_t others = ~classes.inner >> at;
      const std::size_t stop = others == 0
                                   ? ByteClasses::block
                                   : at + static_cast<std::size_t>(std::countr_zero(others));
      const std::uint64_t up_to =
          stop == ByteClasses::block ? ~std::uint64_t{0} : (std::uint64_t{1} << stop) - 1;
      if (const std::uint64_t letters = (classes.letters & up_to) >> at; letters != 0)
        end = offset + at + static_cast<std::size_t>(std::bit_width(letters));
      if (stop == ByteClasses::block) return;  // it may go on in the next block
      visit(text.substr(begin, end - begin));
      begin = none;
      at = stop;
    }
  });
  if (begin != none) visit(text.substr(begin, end - begin));
}

template <typename Visit>
void each_word(std::string_view text, const Visit& visit) {
  each_word(text, visit, [](const ByteClasses&) {});
}

// What words in a row have of a value: how much, and whether it is an address or a number.
struct Extent {
  std::size_t words = 0, size = 0, digits = 0;
  bool address = false;
  bool capitals = true;  // every word begins with one, or with a letter that is not ASCII

  void add(std::string_view word);
  static bool begins_with_capital(std::string_view word) {
    return (word.front() >= 'A' && word.front() <= 'Z') ||
           static_cast<unsigned char>(word.front()) >= 0x80;
  }
  // Too short to be told from other values that mean something else.
  bool too_short() const { return size < 5 || (digits == size && digits < 6); }
  // Enough of a value that a text which merely holds it gives it away: an address, a number of six
  // digits and more, several words, short ones where they are written like a name. Others count
  // only where they are the whole of a value, as do those of more words than anybody looks for
  // within others.
  bool telling() const { return tells_by_size() || is_name(); }
  // Telling by its capitals alone, which another text of the same words may not have.
  bool is_name() const {
    return words >= 2 && words <= most_words && capitals && !too_short() && !tells_by_size();
  }

  static constexpr std::size_t most_words = 12;

 private:
  bool tells_by_size() const {
    return words <= most_words && !too_short() &&
           (address || digits >= 6 || (words >= 2 && size >= 8));
  }
};

// What a value is as a thing to search for.
struct Sought {
  std::uint64_t hash = 0;        // of its words
  std::uint64_t first_word = 0;  // of the first one
  std::size_t words = 0;
  bool telling = false;  // of Extent
  bool name = false;     // of Extent
};
// No words: too short.
Sought sought(std::string_view value, const WordHash& hash);

}  // namespace host::sync
