// SPDX-License-Identifier: MIT
// plugins/common/keyed.hpp - pseudo-random choices that depend on a derived key and on a value:
// what makes a strategy give the same replacement for the same value in every table and every run,
// and nobody without the key able to repeat it.
#pragma once

#include <array>
#include <confiture/call.hpp>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "plugins/keyed_hash.hpp"

namespace plugins::common {

// An endless sequence of bits, 64 bytes at a time. Lives no longer than the hash it came from.
class Draw {
 public:
  static constexpr std::size_t block_size = 64;
  using Block = std::array<unsigned char, block_size>;

  // The choices that follow from a hash that is there already: Draw(hash, value) is
  // Draw(hash, hash.operator()<block_size>(value)).
  Draw(const KeyedHash& hash, const Block& block) : hash_(&hash), block_(block) {}
  // The choices for one value.
  Draw(const KeyedHash& hash, std::string_view value);
  // The choices for one value where they also depend on something else, such as the row's key. Two
  // pairs never run together: ("ab", "c") and ("a", "bc") draw differently. A strategy always
  // gives a context or never does.
  Draw(const KeyedHash& hash, std::string_view value, std::string_view context);
  // What the latter hashes, written to `room`.
  static std::string_view seed(std::string_view value, std::string_view context, std::string& room);

  std::uint32_t bits32();
  std::uint64_t bits64();
  // 0 .. bound - 1, for a bound of at least 1. The bias is below bound / 2^32.
  std::uint32_t below(std::uint32_t bound);
  // 0 .. bound - 1 without bias.
  std::uint64_t below64(std::uint64_t bound);
  // 0 <= x < 1, in steps of 2^-53.
  double unit();
  char digit() { return static_cast<char>('0' + below(10)); }
  char lower() { return static_cast<char>('a' + below(26)); }
  char upper() { return static_cast<char>('A' + below(26)); }

 private:
  const KeyedHash* hash_;
  Block block_;
  std::size_t used_ = 0;
};

}  // namespace plugins::common
