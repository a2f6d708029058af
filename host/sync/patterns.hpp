// SPDX-License-Identifier: MIT
// Personal data and secrets that show by their form: e-mail addresses, international phone numbers,
// card numbers and bank accounts, the latter two by their check digits, social security numbers of
// the ranges that are given out, and tokens that open something.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace host::sync {

enum class Pattern { email, phone, card, iban, ssn, token };
constexpr std::array<Pattern, 6> all_patterns{Pattern::email, Pattern::phone, Pattern::card,
                                              Pattern::iban,  Pattern::ssn,   Pattern::token};

// "e-mail addresses"
std::string_view plural(Pattern pattern);

// How many of each a text holds. Addresses at example.com, .org and .net are nobody's.
struct PatternCounts {
  std::array<std::uint64_t, all_patterns.size()> found{};
  std::uint64_t of(Pattern pattern) const { return found[static_cast<std::size_t>(pattern)]; }
  void add(std::string_view text);
  void add(const PatternCounts& other);
};

}  // namespace host::sync
