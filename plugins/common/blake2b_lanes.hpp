// SPDX-License-Identifier: MIT
// common/blake2b_lanes.hpp - the last block of eight BLAKE2b hashes at once, each in a lane of the
// processor's vectors: eight short values cost little more than one.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#pragma GCC visibility push(hidden)
namespace plugins::common {

inline constexpr std::size_t blake2b_lanes = 8;

using Blake2bState = std::array<std::uint64_t, 8>;
struct Blake2bBlocks {
  Blake2bState state;                                 // of all of them, before the block
  std::uint64_t so_far;                               // bytes before the block
  std::array<std::string_view, blake2b_lanes> texts;  // 1 to 128 bytes each
};

// False where the processor has no vectors that are worth it; nothing is written then.
bool finish_blake2b(const Blake2bBlocks& blocks, std::array<Blake2bState, blake2b_lanes>& states);

}  // namespace plugins::common
#pragma GCC visibility pop
