// SPDX-License-Identifier: MIT
#include "plugins/finance/iban_registry.hpp"

#include <algorithm>
#include <array>

#include "plugins/common/utf8.hpp"

namespace plugins::finance {
namespace {

constexpr std::array<IbanCountry, 88> countries = {{
    {"AD", "8n12c"},    {"AE", "19n"},      {"AL", "8n16c"},    {"AT", "16n"},
    {"AZ", "4a20c"},    {"BA", "16n"},      {"BE", "12n"},      {"BG", "4a6n8c"},
    {"BH", "4a14c"},    {"BI", "23n"},      {"BR", "23n1a1c"},  {"BY", "4c4n16c"},
    {"CH", "5n12c"},    {"CR", "18n"},      {"CY", "8n16c"},    {"CZ", "20n"},
    {"DE", "18n"},      {"DJ", "23n"},      {"DK", "14n"},      {"DO", "4c20n"},
    {"EE", "16n"},      {"EG", "25n"},      {"ES", "20n"},      {"FI", "14n"},
    {"FK", "2a12n"},    {"FO", "14n"},      {"FR", "10n11c2n"}, {"GB", "4a14n"},
    {"GE", "2a16n"},    {"GI", "4a15c"},    {"GL", "14n"},      {"GR", "7n16c"},
    {"GT", "24c"},      {"HN", "4a20n"},    {"HR", "17n"},      {"HU", "24n"},
    {"IE", "4a14n"},    {"IL", "19n"},      {"IQ", "4a15n"},    {"IS", "22n"},
    {"IT", "1a10n12c"}, {"JO", "4a4n18c"},  {"KW", "4a22c"},    {"KZ", "3n13c"},
    {"LB", "4n20c"},    {"LC", "4a24c"},    {"LI", "5n12c"},    {"LT", "16n"},
    {"LU", "3n13c"},    {"LV", "4a13c"},    {"LY", "21n"},      {"MC", "10n11c2n"},
    {"MD", "20c"},      {"ME", "18n"},      {"MK", "3n10c2n"},  {"MN", "16n"},
    {"MR", "23n"},      {"MT", "4a5n18c"},  {"MU", "4a19n3a"},  {"NI", "4a20n"},
    {"NL", "4a10n"},    {"NO", "11n"},      {"OM", "3n16c"},    {"PK", "4a16c"},
    {"PL", "24n"},      {"PS", "4a21c"},    {"PT", "21n"},      {"QA", "4a21c"},
    {"RO", "4a16c"},    {"RS", "18n"},      {"RU", "14n15c"},   {"SA", "2n18c"},
    {"SC", "4a20n3a"},  {"SD", "14n"},      {"SE", "20n"},      {"SI", "15n"},
    {"SK", "20n"},      {"SM", "1a10n12c"}, {"SO", "19n"},      {"ST", "21n"},
    {"SV", "4a20n"},    {"TL", "19n"},      {"TN", "20n"},      {"TR", "6n16c"},
    {"UA", "6n19c"},    {"VA", "18n"},      {"VG", "4a16n"},    {"XK", "16n"},
}};

bool fits(char c, char kind) {
  if (kind == 'n') return common::is_digit(c);
  if (kind == 'a') return common::is_upper(c);
  return common::is_digit(c) || common::is_upper(c);
}

unsigned append(unsigned remainder, std::string_view text) {
  for (const char c : text)
    remainder = common::is_digit(c) ? (remainder * 10 + static_cast<unsigned>(c - '0')) % 97
                                    : (remainder * 100 + static_cast<unsigned>(c - 'A') + 10) % 97;
  return remainder;
}

}  // namespace

const IbanCountry* find_iban_country(std::string_view code) {
  const auto* found = std::lower_bound(
      countries.begin(), countries.end(), code,
      [](const IbanCountry& country, std::string_view wanted) { return country.code < wanted; });
  return found != countries.end() && found->code == code ? found : nullptr;
}

bool has_structure(std::string_view bban, std::string_view structure) {
  std::size_t count = 0;
  for (const char c : structure) {
    if (common::is_digit(c)) {
      count = count * 10 + static_cast<std::size_t>(c - '0');
      continue;
    }
    for (; count > 0; --count) {
      if (bban.empty() || !fits(bban.front(), c)) return false;
      bban.remove_prefix(1);
    }
  }
  return bban.empty();
}

unsigned iban_remainder(std::string_view bban, std::string_view country, std::string_view check) {
  return append(append(append(0, bban), country), check);
}

}  // namespace plugins::finance
