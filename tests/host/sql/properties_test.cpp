// SPDX-License-Identifier: MIT
#include "host/sql/properties.hpp"

#include <boost/test/unit_test.hpp>
#include <cstdint>
#include <map>
#include <memory_resource>
#include <random>
#include <string>
#include <vector>

#include "host/sql/node.hpp"

namespace host::sql {
namespace {

using Some = Properties<int, 100, 4>;

std::string shown(const Some& some) {
  std::string text;
  some.each([&](std::uint32_t key, int value) {
    text += std::to_string(key) + "=" + std::to_string(value) + " ";
  });
  return text;
}

std::string shown(const std::map<std::uint32_t, int>& map) {
  std::string text;
  for (const auto& [key, value] : map)
    text += std::to_string(key) + "=" + std::to_string(value) + " ";
  return text;
}

BOOST_AUTO_TEST_SUITE(properties)

BOOST_AUTO_TEST_CASE(lie_in_their_order) {
  std::pmr::monotonic_buffer_resource memory;
  Some some;
  BOOST_TEST(some.find(100) == nullptr);
  for (const auto& [key, value] : {std::pair(162u, 1), {226u, 5}, {100u, 2}, {130u, 3}, {100u, 4}})
    some.put(memory, key, value);
  BOOST_TEST(shown(some) == "100=4 130=3 162=1 226=5 ");
  BOOST_TEST(*some.find(130) == 3);
  for (const std::uint32_t key : {0u, 99u, 131u, 163u, 164u, 225u, 227u, 1000u})
    BOOST_TEST(some.find(key) == nullptr, key);
  some.erase(memory, 130);
  some.erase(memory, 131);
  BOOST_TEST(shown(some) == "100=4 162=1 226=5 ");
  some.clear();
  BOOST_TEST(shown(some) == "");
  BOOST_TEST(some.find(100) == nullptr);
}

// Whatever is changed in one, the others stay as they are.
BOOST_AUTO_TEST_CASE(and_their_copies_agree_with_maps) {
  std::mt19937 random(4711);
  for (int round = 0; round < 100; ++round) {
    std::pmr::monotonic_buffer_resource memory;
    std::vector<Some> some(3);
    std::vector<std::map<std::uint32_t, int>> maps(3);
    for (int step = 0; step < 200; ++step) {
      const std::size_t which = random() % 3, other = random() % 3;
      const std::uint32_t key = 100 + static_cast<std::uint32_t>(random() % 127);
      const int value = static_cast<int>(random() % 1000);
      switch (random() % 8) {
        case 0:
          some[which] = some[other];
          maps[which] = maps[other];
          break;
        case 1:
          some[which] = Some(some[other]);
          maps[which] = maps[other];
          break;
        case 2:
        case 3:
          for (std::uint32_t near = 100; near < key; near += 3) {
            some[which].erase(memory, near);
            maps[which].erase(near);
          }
          break;
        default:
          some[which].put(memory, key, value);
          maps[which][key] = value;
      }
      for (std::size_t i = 0; i < 3; ++i) {
        BOOST_REQUIRE_EQUAL(some[i].size(), maps[i].size());
        BOOST_REQUIRE_EQUAL(shown(some[i]), shown(maps[i]));
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(lists_of_copied_nodes_agree_with_vectors) {
  std::mt19937 random(4711);
  for (int round = 0; round < 100; ++round) {
    Arena arena;
    std::vector<const Node*> parts;
    for (int i = 0; i < 9; ++i) parts.push_back(&arena.add(1));
    std::vector<Node*> nodes{&arena.add(2), &arena.add(2), &arena.add(2)};
    std::map<std::uint32_t, std::vector<const Node*>> lists[3];
    for (int step = 0; step < 200; ++step) {
      const std::size_t which = random() % 3, other = random() % 3;
      const std::uint32_t list = 300 + static_cast<std::uint32_t>(random() % 5);
      const Node* part = parts[random() % parts.size()];
      switch (random() % 8) {
        case 0:
          *nodes[which] = *nodes[other];
          lists[which] = lists[other];
          break;
        case 1:
          nodes[which]->remove(list, part);
          std::erase(lists[which][list], part);
          break;
        case 2:
          nodes[which]->replace(list, [&](const Node* one) { return one == part ? parts[0] : one; });
          for (const Node*& one : lists[which][list])
            if (one == part) one = parts[0];
          break;
        case 3:
          nodes[which]->remove_list(list);
          lists[which].erase(list);
          break;
        default:
          nodes[which]->append(list, part);
          lists[which][list].push_back(part);
      }
      for (std::size_t i = 0; i < 3; ++i)
        for (std::uint32_t each = 300; each < 305; ++each) {
          const Node::List& made = nodes[i]->list(each);
          const std::vector<const Node*>& wanted = lists[i][each];
          BOOST_REQUIRE_EQUAL_COLLECTIONS(made.begin(), made.end(), wanted.begin(), wanted.end());
        }
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace host::sql
