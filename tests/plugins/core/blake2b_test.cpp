// SPDX-License-Identifier: MIT
// The keyed hash of short values, against libsodium's own.
#include <boost/test/unit_test.hpp>
#include <cstring>
#include <string>

#include "plugins/blake2b.hpp"

namespace {

template <std::size_t Size>
bool agrees(const plugins::KeyedBlake2b& hash, const std::array<std::uint8_t, 32>& key,
            const std::string& value) {
  std::array<unsigned char, Size> expected;
  crypto_generichash(expected.data(), Size, reinterpret_cast<const unsigned char*>(value.data()),
                     value.size(), key.data(), key.size());
  return hash.operator()<Size>(value) == expected;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(blake2b)

BOOST_AUTO_TEST_CASE(every_size_of_value_and_result_is_what_libsodium_computes) {
  BOOST_REQUIRE_GE(sodium_init(), 0);
  std::array<std::uint8_t, 32> key;
  for (std::size_t i = 0; i < key.size(); ++i) key[i] = static_cast<std::uint8_t>(i * 7 + 1);
  plugins::KeyedBlake2b hash;
  hash.set_key(key);
  std::string value;
  for (std::size_t size = 0; size <= 300; ++size) {
    BOOST_REQUIRE(agrees<16>(hash, key, value));
    BOOST_REQUIRE(agrees<24>(hash, key, value));
    BOOST_REQUIRE(agrees<32>(hash, key, value));
    BOOST_REQUIRE(agrees<64>(hash, key, value));
    value += static_cast<char>(size * 31 + 5);
  }
}

// Each in its own lane, some of them too long or too short for one.
BOOST_AUTO_TEST_CASE(several_values_at_once_are_hashed_as_one_after_the_other) {
  std::array<std::uint8_t, 32> key;
  for (std::size_t i = 0; i < key.size(); ++i) key[i] = static_cast<std::uint8_t>(i * 11 + 3);
  plugins::KeyedBlake2b hash;
  hash.set_key(key);
  std::array<std::string, 8> texts;
  std::array<std::string_view, 8> values;
  std::array<std::array<unsigned char, 24>, 8> results;
  for (std::size_t size = 0; size <= 140; ++size)
    for (std::size_t count = 0; count <= 8; ++count) {
      for (std::size_t i = 0; i < count; ++i) {
        texts[i].assign(size < i ? 1 : size - i, static_cast<char>(i * 29 + size));
        values[i] = texts[i];
      }
      hash.several<24>(values.data(), count, results.data());
      for (std::size_t i = 0; i < count; ++i)
        BOOST_REQUIRE(results[i] == hash.operator()<24>(values[i]));
    }
}

BOOST_AUTO_TEST_SUITE_END()
