// SPDX-License-Identifier: MIT
// iban_registry.hpp - how IBANs are built, a line a country: the structures of SWIFT's registry.
#pragma once

#include <string_view>

namespace plugins::finance {

struct IbanCountry {
  std::string_view code;       // "DE"
  std::string_view structure;  // of what follows the check digits: "18n", "4a6n8n"; n digits, a
                               // upper-case letters, c either
};

// nullptr for a country without IBANs.
const IbanCountry* find_iban_country(std::string_view code);

// Whether `bban` (upper case, no blanks) has the country's structure.
bool has_structure(std::string_view bban, std::string_view structure);

// What an IBAN, with its country and check digits moved to the end, leaves modulo 97: 1 if valid.
unsigned iban_remainder(std::string_view bban, std::string_view country, std::string_view check);

}  // namespace plugins::finance
