// SPDX-License-Identifier: MIT
#include "plugins/person/national_id_formats.hpp"

#include <array>

namespace person {
namespace {

using plugins::common::Draw;

// Decimal digits of a number, with leading zeros.
char* write_digits(char* out, std::uint64_t number, std::size_t digits) {
  for (std::size_t index = digits; index-- > 0; number /= 10)
    out[index] = static_cast<char>('0' + number % 10);
  return out + digits;
}

std::uint64_t number_of(const char* digits, std::size_t count) {
  std::uint64_t number = 0;
  for (std::size_t index = 0; index < count; ++index)
    number = number * 10 + static_cast<std::uint64_t>(digits[index] - '0');
  return number;
}

// Area 001 to 899 but 666, group 01 to 99, serial 0001 to 9999.
char* write_us_ssn(Draw& draw, char* out) {
  const std::uint32_t area = 1 + draw.below(898);
  out = write_digits(out, area < 666 ? area : area + 1, 3);
  out = write_digits(out, 1 + draw.below(99), 2);
  return write_digits(out, 1 + draw.below(9999), 4);
}

// Sex, year, month, departement (not Corsica's 20), commune, serial; then 97 minus the remainder.
char* write_fr_nir(Draw& draw, char* out) {
  char* const begin = out;
  out = write_digits(out, 1 + draw.below(2), 1);
  out = write_digits(out, draw.below(100), 2);
  out = write_digits(out, 1 + draw.below(12), 2);
  const std::uint32_t departement = 1 + draw.below(94);
  out = write_digits(out, departement < 20 ? departement : departement + 1, 2);
  out = write_digits(out, 1 + draw.below(990), 3);
  out = write_digits(out, 1 + draw.below(999), 3);
  return write_digits(out, 97 - number_of(begin, 13) % 97, 2);
}

// Ten digits of which one comes twice and one never, none of them first a zero; then ISO 7064
// MOD 11,10.
char* write_de_tax_id(Draw& draw, char* out) {
  std::array<char, 10> digits = {'0', '1', '2', '3', '4', '5', '6', '7', '8', '9'};
  for (std::uint32_t index = 9; index > 0; --index)
    std::swap(digits[index], digits[draw.below(index + 1)]);
  digits[9] = digits[draw.below(9)];  // one goes, another comes twice
  std::swap(digits[9], digits[draw.below(10)]);
  if (digits[0] == '0') {
    std::size_t other = 1;
    while (digits[other] == '0') ++other;
    std::swap(digits[0], digits[other]);
  }
  unsigned product = 10;
  for (const char digit : digits) {
    const unsigned sum = (static_cast<unsigned>(digit - '0') + product) % 10;
    product = (sum == 0 ? 10 : sum) * 2 % 11;
    *out++ = digit;
  }
  return write_digits(out, (11 - product) % 10, 1);
}

// Letters that the office uses, none of its reserved pairs; six digits; A to D.
char* write_uk_nino(Draw& draw, char* out) {
  constexpr std::string_view first = "ABCEGHJKLMNPRSTWXYZ";
  constexpr std::string_view second = "ABCEGHJKLMNPRSTWXYZ";
  constexpr std::string_view reserved = "BG GB KN NK NT TN ZZ";
  do {
    out[0] = first[draw.below(static_cast<std::uint32_t>(first.size()))];
    out[1] = second[draw.below(static_cast<std::uint32_t>(second.size()))];
  } while (reserved.find(std::string_view(out, 2)) != std::string_view::npos);
  out = write_digits(out + 2, draw.below(1000000), 6);
  *out++ = static_cast<char>('A' + draw.below(4));
  return out;
}

// Eight digits and the letter of their remainder modulo 23.
char* write_es_dni(Draw& draw, char* out) {
  const std::uint32_t number = 1 + draw.below(99999998);
  out = write_digits(out, number, 8);
  *out++ = std::string_view("TRWAGMYFPDXBNJZSQVHLCKE")[number % 23];
  return out;
}

// 756, nine digits and the check digit of an EAN-13.
char* write_ch_ahv(Draw& draw, char* out) {
  char* const begin = out;
  out = write_digits(out, 756, 3);
  out = write_digits(out, draw.below(1000000000), 9);
  unsigned sum = 0;
  for (std::size_t index = 0; index < 12; ++index)
    sum += static_cast<unsigned>(begin[index] - '0') * (index % 2 == 0 ? 1 : 3);
  return write_digits(out, (10 - sum % 10) % 10, 1);
}

}  // namespace

std::size_t write_id(IdFormat format, Draw& draw, char* out) {
  using Write = char* (*)(Draw&, char*);
  constexpr std::array<Write, 6> writers = {write_us_ssn,  write_fr_nir, write_de_tax_id,
                                            write_uk_nino, write_es_dni, write_ch_ahv};
  return static_cast<std::size_t>(writers[static_cast<std::size_t>(format)](draw, out) - out);
}

std::string_view usual_form(IdFormat format) {
  constexpr std::array<std::string_view, 6> forms = {"###-##-####",    "# ## ## ## ### ### ##",
                                                     "## ### ### ###", "## ## ## ## #",
                                                     "########-#",     "###.####.####.##"};
  return forms[static_cast<std::size_t>(format)];
}

}  // namespace person
