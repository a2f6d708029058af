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

BOOST_AUTO_TEST_SUITE_END()
