// SPDX-License-Identifier: MIT
// FF1 against the vectors that NIST publishes (FF1samples.pdf), and as the permutation it is.
#include "plugins/fpe/ff1.hpp"

#include <boost/test/unit_test.hpp>
#include <random>
#include <set>
#include <string>

using plugins::fpe::Ff1;
using plugins::fpe::Numeral;

namespace {

constexpr std::string_view symbols = "0123456789abcdefghijklmnopqrstuvwxyz";

std::string bytes(std::string_view hexadecimal) {
  std::string text;
  for (std::size_t index = 0; index < hexadecimal.size(); index += 2)
    text += static_cast<char>(std::stoi(std::string(hexadecimal.substr(index, 2)), nullptr, 16));
  return text;
}

const std::string key_128 = bytes("2B7E151628AED2A6ABF7158809CF4F3C");
const std::string key_192 = key_128 + bytes("EF4359D8D580AA4F");
const std::string key_256 = key_192 + bytes("7F036D6F04FC6A94");

Ff1 cipher(const std::string& key, std::uint32_t radix, std::string_view tweak) {
  return {reinterpret_cast<const unsigned char*>(key.data()), key.size(), radix, tweak};
}

std::vector<Numeral> numerals(std::string_view text) {
  std::vector<Numeral> result;
  for (const char c : text) result.push_back(static_cast<Numeral>(symbols.find(c)));
  return result;
}

std::string encrypted(const std::string& key, std::uint32_t radix, const char* tweak,
                      std::string_view plain) {
  Ff1 ff1 = cipher(key, radix, bytes(tweak));
  std::vector<Numeral> text = numerals(plain);
  ff1.encrypt(text.data(), text.size());
  std::string result;
  for (const Numeral numeral : text) result += symbols[numeral];
  ff1.decrypt(text.data(), text.size());
  BOOST_CHECK(text == numerals(plain));
  return result;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(ff1)

BOOST_AUTO_TEST_CASE(nist_vectors) {
  const char* none = "";
  const char* ten = "39383736353433323130";
  const char* eleven = "3737373770717273373737";
  BOOST_CHECK_EQUAL(encrypted(key_128, 10, none, "0123456789"), "2433477484");
  BOOST_CHECK_EQUAL(encrypted(key_128, 10, ten, "0123456789"), "6124200773");
  BOOST_CHECK_EQUAL(encrypted(key_128, 36, eleven, "0123456789abcdefghi"), "a9tv40mll9kdu509eum");
  BOOST_CHECK_EQUAL(encrypted(key_192, 10, none, "0123456789"), "2830668132");
  BOOST_CHECK_EQUAL(encrypted(key_192, 10, ten, "0123456789"), "2496655549");
  BOOST_CHECK_EQUAL(encrypted(key_192, 36, eleven, "0123456789abcdefghi"), "xbj3kv35jrawxv32ysr");
  BOOST_CHECK_EQUAL(encrypted(key_256, 10, none, "0123456789"), "6657667009");
  BOOST_CHECK_EQUAL(encrypted(key_256, 10, ten, "0123456789"), "1001623463");
  BOOST_CHECK_EQUAL(encrypted(key_256, 36, eleven, "0123456789abcdefghi"), "xs8a0azh2avyalyzuwd");
}

BOOST_AUTO_TEST_CASE(decryption_undoes_encryption) {
  std::mt19937 random(1);
  for (const std::uint32_t radix : {2u, 3u, 10u, 16u, 26u, 62u, 256u, 1000u, 65535u, 65536u}) {
    for (const std::string& tweak : {std::string(), std::string("orders"), std::string(40, 't')}) {
      Ff1 ff1 = cipher(key_256, radix, tweak);
      for (std::size_t length = plugins::fpe::least_length(radix); length < 130; length += 7) {
        std::vector<Numeral> plain(length);
        for (Numeral& numeral : plain) numeral = static_cast<Numeral>(random() % radix);
        std::vector<Numeral> text = plain;
        ff1.encrypt(text.data(), length);
        for (const Numeral numeral : text) BOOST_REQUIRE_LT(numeral, radix);
        BOOST_REQUIRE(text != plain);
        ff1.decrypt(text.data(), length);
        BOOST_REQUIRE(text == plain);
      }
    }
  }
}

// The million strings of six digits are permuted.
BOOST_AUTO_TEST_CASE(a_permutation_of_its_whole_domain) {
  Ff1 ff1 = cipher(key_256, 10, "");
  std::vector<bool> seen(1000000);
  for (std::uint32_t value = 0; value < seen.size(); ++value) {
    std::vector<Numeral> text;
    for (std::uint32_t place = 100000, rest = value; place > 0; rest %= place, place /= 10)
      text.push_back(static_cast<Numeral>(rest / place));
    ff1.encrypt(text.data(), text.size());
    std::uint32_t result = 0;
    for (const Numeral numeral : text) result = result * 10 + numeral;
    BOOST_REQUIRE(!seen[result]);
    seen[result] = true;
  }
}

BOOST_AUTO_TEST_CASE(least_lengths) {
  BOOST_CHECK_EQUAL(plugins::fpe::least_length(2), 20);
  BOOST_CHECK_EQUAL(plugins::fpe::least_length(10), 6);
  BOOST_CHECK_EQUAL(plugins::fpe::least_length(26), 5);
  BOOST_CHECK_EQUAL(plugins::fpe::least_length(62), 4);
  BOOST_CHECK_EQUAL(plugins::fpe::least_length(65536), 2);
}

BOOST_AUTO_TEST_SUITE_END()
