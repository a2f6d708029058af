// SPDX-License-Identifier: MIT
// common/keyed_rows.hpp - the loop over a batch for strategies whose new value follows from one
// keyed hash: hashes several rows at once, which is most of what such a strategy costs.
#pragma once

#include <confiture/batch.hpp>

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

#include "plugins/keyed_hash.hpp"

#pragma GCC visibility push(hidden)
namespace plugins::common {

// For each row whose value is not NULL: seed(value, row, room) is the text that is hashed, a part
// of the value, or one that it has written to `room`, a string; rewrite(value, row, bytes) is the
// new value. NULL stays NULL.
template <std::size_t Size, typename Seed, typename Rewrite>
void rewrite_keyed(const confiture::Batch& batch, const KeyedHash& hash, const Seed& seed,
                   const Rewrite& rewrite) {
  std::array<std::size_t, blake2b_lanes> rows;
  std::array<std::string_view, blake2b_lanes> values, seeds;
  std::array<std::string, blake2b_lanes> rooms;
  std::array<std::array<unsigned char, Size>, blake2b_lanes> bytes;
  for (std::size_t target = 0; target < batch.target_count(); ++target) {
    std::size_t waiting = 0;
    const auto settle = [&] {
      hash.several<Size>(seeds.data(), waiting, bytes.data());
      for (std::size_t i = 0; i < waiting; ++i)
        batch.set(target, rows[i], rewrite(values[i], rows[i], bytes[i]));
      waiting = 0;
    };
    for (std::size_t row = 0; row < batch.row_count(); ++row) {
      if (row % 64 == 63) batch.stop_if_cancelled();
      const auto value = batch.value(target, row);
      if (!value) continue;
      rows[waiting] = row;
      values[waiting] = *value;
      seeds[waiting] = seed(*value, row, rooms[waiting]);
      if (++waiting == blake2b_lanes) settle();
    }
    settle();
  }
}

}  // namespace plugins::common
#pragma GCC visibility pop
