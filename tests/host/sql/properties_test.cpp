// SPDX-License-Identifier: MIT
#include "host/sql/properties.hpp"

#include <boost/test/unit_test.hpp>
#include <cstdint>
#include <map>
#include <random>
#include <string>

namespace host::sql {
namespace {

using Some = Properties<int, 100, 4>;

std::string shown(const Some& some) {
  std::string text;
  for (const auto& [key, value] : some)
    text += std::to_string(key) + "=" + std::to_string(value) + " ";
  return text;
}

BOOST_AUTO_TEST_SUITE(properties)

BOOST_AUTO_TEST_CASE(lie_in_their_order) {
  Some some(std::pmr::get_default_resource());
  BOOST_TEST(some.find(100) == nullptr);
  some.put(162, 1);
  some.put(100, 2);
  some.put(130, 3);
  some.put(100, 4);
  BOOST_TEST(shown(some) == "100=4 130=3 162=1 ");
  BOOST_TEST(*some.find(130) == 3);
  BOOST_TEST(some.find(131) == nullptr);
  some.erase(130);
  some.erase(131);
  BOOST_TEST(shown(some) == "100=4 162=1 ");
  some.clear();
  BOOST_TEST(shown(some) == "");
  BOOST_TEST(some.find(100) == nullptr);
}

// Those below, and those past the bits.
BOOST_AUTO_TEST_CASE(of_any_number) {
  Some some(std::pmr::get_default_resource());
  for (const std::uint32_t key : {163u, 99u, 162u, 1000u, 100u}) some.put(key, 1);
  some.put(99, 2);
  BOOST_TEST(shown(some) == "100=1 162=1 163=1 99=2 1000=1 ");
  some.erase(163);
  BOOST_TEST(some.find(163) == nullptr);
  BOOST_TEST(*some.find(1000) == 1);
}

BOOST_AUTO_TEST_CASE(agree_with_a_map) {
  std::mt19937 random(4711);
  for (int round = 0; round < 200; ++round) {
    Some some(std::pmr::get_default_resource());
    std::map<std::uint32_t, int> model;
    for (int step = 0; step < 100; ++step) {
      const std::uint32_t key = 95 + random() % 75;
      if (random() % 3 == 0) {
        some.erase(key);
        model.erase(key);
      } else {
        some.put(key, step);
        model[key] = step;
      }
      const int* found = some.find(key);
      BOOST_REQUIRE((found != nullptr) == model.contains(key));
    }
    for (std::uint32_t key = 95; key < 170; ++key) {
      const int* found = some.find(key);
      BOOST_REQUIRE((found != nullptr) == model.contains(key));
      if (found != nullptr) BOOST_REQUIRE_EQUAL(*found, model.at(key));
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace host::sql
