// SPDX-License-Identifier: MIT
// common/scramble.hpp - the replacement that works on any text: letters for letters, digits for
// digits, drawn under the key. What a strategy does with a value that is not what it expects.
#pragma once

#include <confiture/call.hpp>

#include <cstddef>
#include <string_view>

#include "plugins/common/keyed.hpp"

namespace plugins::common {

// How many letters and digits stay readable at either end.
struct Readable {
  std::size_t first = 0;
  std::size_t last = 0;
};

// Upper and lower case are kept; a letter beyond ASCII becomes one of a to z; all else (spaces,
// punctuation, control characters) stays in its place, so the length in characters is kept. Never
// the original, unless no letter and no digit is free to change. Lives in the call's arena.
std::string_view scramble(std::string_view value, Draw& draw, const confiture::Call& call,
                          Readable readable = {});

}  // namespace plugins::common
