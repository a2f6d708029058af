// SPDX-License-Identifier: MIT
// A set of numbers in bounded memory that answers "certainly not" or "perhaps": where millions of
// values are looked for in millions of texts, nearly every answer is the first one.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace host::sync {

// For numbers that are hashes already. [any thread]
class NumberFilter {
 public:
  // 64 bits for each of that many numbers, then one of several millions is a false "perhaps"; fewer
  // bits where that were more than `most_bytes`.
  NumberFilter(std::uint64_t expected, std::uint64_t most_bytes);

  void add(std::uint64_t number) {
    const Bits bits = bits_of(number);
    set(words_[bits.word], bits.first);
    set(words_[bits.word ^ bits.other], bits.second);
  }
  // Soon one of the other two will be asked for this number: memory is slow.
  void expect(std::uint64_t number) const {
    __builtin_prefetch(&words_[static_cast<std::size_t>(number) & mask_]);
  }
  bool may_hold(std::uint64_t number) const {
    const Bits bits = bits_of(number);
    const std::uint64_t missing =
        (~words_[bits.word].load(std::memory_order_relaxed) & bits.first) |
        (~words_[bits.word ^ bits.other].load(std::memory_order_relaxed) & bits.second);
    return missing == 0;
  }

 private:
  using Word = std::atomic<std::uint64_t>;

  // Four bits in each of two words of one cache line.
  struct Bits {
    std::size_t word, other;
    std::uint64_t first, second;
  };
  Bits bits_of(std::uint64_t number) const {
    const std::uint64_t more = number * 0xD6E8FEB86659FD93ULL;
    const auto bit = [&](int from) { return std::uint64_t{1} << (more >> from & 63); };
    return {static_cast<std::size_t>(number) & mask_, 1 + (more >> 16) % 7,
            bit(58) | bit(52) | bit(46) | bit(40), bit(34) | bit(28) | bit(22) | bit(10)};
  }
  static void set(Word& word, std::uint64_t bits) {
    if ((word.load(std::memory_order_relaxed) & bits) != bits)
      word.fetch_or(bits, std::memory_order_relaxed);
  }

  std::vector<Word> words_;
  std::size_t mask_;
};

}  // namespace host::sync
