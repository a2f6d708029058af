// SPDX-License-Identifier: MIT
// Characters by their number: how JSON writes those that it escapes, and how UTF-8 does.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace host::sync {

void append_utf8(std::string& out, std::uint32_t code);

// Of JSON's \u00e9, with `at` on the u; two such where a character takes two. `at` moves to the
// last digit. False, and nothing is done: these are no four hexadecimal digits.
bool append_escaped(std::string_view text, std::size_t& at, std::string& out);

}  // namespace host::sync
