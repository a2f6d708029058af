// SPDX-License-Identifier: MIT
// patterns.hpp - finds what points at a person inside a text: each scanner looks at one place and
// says how many bytes of a match begin there. Numbers with check digits count only if these hold.
#pragma once

#include <cstddef>
#include <string_view>

namespace plugins::text {

enum class Pattern { email, phone, card, iban, ip, ssn };
inline constexpr std::size_t pattern_count = 6;

// The length of the match of `pattern` that begins at `at`, or 0. A match does not begin or end
// inside a word or a number.
std::size_t match(Pattern pattern, std::string_view text, std::size_t at);

// The parts of it, for a scanner each; the caller knows that no word runs on before `at`.
std::size_t match_email(std::string_view text, std::size_t at);
std::size_t match_ip(std::string_view text, std::size_t at);
std::size_t match_phone(std::string_view text, std::size_t at);
std::size_t match_card(std::string_view text, std::size_t at);
std::size_t match_iban(std::string_view text, std::size_t at);
std::size_t match_ssn(std::string_view text, std::size_t at);

}  // namespace plugins::text
