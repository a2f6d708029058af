// SPDX-License-Identifier: MIT
// What kinds of characters a text holds and where, 64 bytes at a time: so that whoever looks for
// words or for numbers does not look at every byte.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace host::sync {

// Bit i of each is byte i of the block.
struct ByteClasses {
  static constexpr std::size_t block = 64;

  std::uint64_t letters = 0;  // letters, digits and what is not ASCII
  std::uint64_t inner = 0;    // letters, and @ . _ + - ' % which may stand within a word
  std::uint64_t digits = 0;
  std::uint64_t upper = 0;  // A to Z
  std::uint64_t at = 0;     // @
  std::uint64_t plus = 0;   // +
};

// Of 64 bytes.
ByteClasses classify(const char* bytes);

// Calls visit(offset, classes) for each block of the text. Behind its end no bit is set.
template <typename Visit>
void each_block(std::string_view text, const Visit& visit) {
  std::size_t offset = 0;
  for (; offset + ByteClasses::block <= text.size(); offset += ByteClasses::block)
    visit(offset, classify(text.data() + offset));
  if (offset == text.size()) return;
  char tail[ByteClasses::block] = {};
  std::memcpy(tail, text.data() + offset, text.size() - offset);
  visit(offset, classify(tail));
}

}  // namespace host::sync
