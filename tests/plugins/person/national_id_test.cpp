// SPDX-License-Identifier: MIT
// National numbers against the rules of each state, computed here by other means.
#include <algorithm>

#include "tests/plugins/support/strategies.hpp"

using namespace strategies;

namespace {

int digit(const std::string& text, std::size_t index) {
  return text[index] - '0';
}

bool is_us_ssn(const std::string& id) {
  const int area = std::stoi(id.substr(0, 3));
  return area >= 1 && area < 900 && area != 666 && id.substr(3, 2) != "00" &&
         id.substr(5) != "0000";
}
bool is_fr_nir(const std::string& id) {
  const int month = std::stoi(id.substr(3, 2));
  const int departement = std::stoi(id.substr(5, 2));
  return (id[0] == '1' || id[0] == '2') && month >= 1 && month <= 12 && departement >= 1 &&
         departement <= 95 && departement != 20 &&
         (std::stoll(id.substr(0, 13)) + std::stoll(id.substr(13))) % 97 == 0;
}
bool is_de_tax_id(const std::string& id) {
  int twice = 0;
  for (char c = '0'; c <= '9'; ++c) {
    const auto count = std::count(id.begin(), id.begin() + 10, c);
    if (count > 2) return false;
    twice += count == 2 ? 1 : 0;
  }
  int sum =
      10;  // the standard's own words: P = ((P + a) % 10 || 10) * 2 % 11, P + check = 1 mod 10
  for (std::size_t index = 0; index < 10; ++index) {
    int part = (sum + digit(id, index)) % 10;
    if (part == 0) part = 10;
    sum = part * 2 % 11;
  }
  return id[0] != '0' && twice == 1 && (sum + digit(id, 10)) % 10 == 1;
}
bool is_uk_nino(const std::string& id) {
  const std::string barred = "DFIQUV";
  const std::string pair = id.substr(0, 2);
  return barred.find(id[0]) == std::string::npos && barred.find(id[1]) == std::string::npos &&
         id[1] != 'O' && std::string("BG GB KN NK NT TN ZZ").find(pair) == std::string::npos &&
         id[8] >= 'A' && id[8] <= 'D';
}
bool is_es_dni(const std::string& id) {
  return id[8] == std::string("TRWAGMYFPDXBNJZSQVHLCKE")[std::stoul(id.substr(0, 8)) % 23];
}
bool is_ch_ahv(const std::string& id) {
  int sum = 0;
  for (std::size_t index = 0; index < 13; ++index) sum += digit(id, index) * (index % 2 ? 3 : 1);
  return id.substr(0, 3) == "756" && sum % 10 == 0;
}

struct Format {
  const char* name;
  std::size_t size;
  bool (*is_valid)(const std::string&);
  const char* example;
};
const Format formats[] = {{"us_ssn", 9, is_us_ssn, "078-05-1120"},
                          {"fr_nir", 15, is_fr_nir, "2 69 05 49 588 157 80"},
                          {"de_tax_id", 11, is_de_tax_id, "86 095 742 719"},
                          {"uk_nino", 9, is_uk_nino, "AA 12 34 56 C"},
                          {"es_dni", 9, is_es_dni, "12345678-Z"},
                          {"ch_ahv", 13, is_ch_ahv, "756.9217.0769.85"}};

std::string symbols_of(const std::string& text) {
  std::string symbols;
  for (const char c : text)
    if (std::isalnum(static_cast<unsigned char>(c)) != 0) symbols += c;
  return symbols;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(national_ids)

BOOST_AUTO_TEST_CASE(published_examples_are_valid) {
  for (const Format& format : formats)
    BOOST_CHECK_MESSAGE(format.is_valid(symbols_of(format.example)), format.name);
}

BOOST_AUTO_TEST_CASE(all_formats_keep_their_promises) {
  Texts values;
  for (int row = 0; row < 3000; ++row) values.push_back("id " + std::to_string(row));
  for (const Format& format : formats) {
    const std::string parameters = "{format: " + std::string(format.name) + "}";
    const Texts after = check_promises("person.national_id", parameters, {column("value")}, values);
    for (const std::string& id : after) {
      BOOST_REQUIRE_EQUAL(symbols_of(id).size(), format.size);
      BOOST_REQUIRE_MESSAGE(format.is_valid(symbols_of(id)), format.name << " " << id);
    }
    const std::string kept = rewritten("person.national_id", parameters, "text", format.example);
    BOOST_CHECK_NE(kept, format.example);
    BOOST_CHECK_EQUAL(kept.size(), std::string(format.example).size());
    BOOST_CHECK_EQUAL(symbols_of(kept), rewritten("person.national_id", parameters, "text",
                                                  symbols_of(format.example)));
  }
}

BOOST_AUTO_TEST_CASE(columns_without_room) {
  Host host;
  Strategy compact(host, subject("person.national_id"), "{format: us_ssn}", {limited(9)});
  BOOST_CHECK_EQUAL(compact("unknown")->size(), 9);
  BOOST_CHECK_EQUAL(refusal("person.national_id", "{format: fr_nir}", {limited(13)}),
                    "the column is too short for this national number - check 'format', or use "
                    "core.null");
  BOOST_CHECK_EQUAL(rewritten("person.national_id", "{format: us_ssn}", "text", ""), "");
}

BOOST_AUTO_TEST_SUITE_END()
