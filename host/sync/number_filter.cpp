// SPDX-License-Identifier: MIT
#include "host/sync/number_filter.hpp"

#include <algorithm>
#include <bit>

namespace host::sync {

NumberFilter::NumberFilter(std::uint64_t expected, std::uint64_t most_bytes)
    : words_(std::bit_floor(
          std::clamp<std::uint64_t>(std::bit_ceil(expected + 1), 1024, most_bytes / sizeof(Word)))),
      mask_(words_.size() - 1) {}

}  // namespace host::sync
