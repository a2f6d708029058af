// SPDX-License-Identifier: MIT
#include "host/sync/queue.hpp"

#include <boost/test/unit_test.hpp>
#include <thread>
#include <vector>

using host::sync::Queue;

BOOST_AUTO_TEST_SUITE(queue)

BOOST_AUTO_TEST_CASE(hands_items_over_in_order_through_one_place) {
  Queue<int> queue(1);
  std::thread producer([&] {
    for (int i = 0; i < 1'000; ++i) queue.push(i);
    queue.end();
  });
  std::vector<int> taken;
  while (const auto item = queue.pop()) taken.push_back(*item);
  producer.join();
  BOOST_REQUIRE_EQUAL(taken.size(), 1'000u);
  for (int i = 0; i < 1'000; ++i) BOOST_REQUIRE_EQUAL(taken[static_cast<std::size_t>(i)], i);
}

BOOST_AUTO_TEST_CASE(abort_wakes_a_producer_and_a_consumer) {
  Queue<int> full(1), empty(1);
  full.push(1);
  bool pushed = true, popped = true;
  std::thread producer([&] { pushed = full.push(2); });
  std::thread consumer([&] { popped = empty.pop().has_value(); });
  full.abort();
  empty.abort();
  producer.join();
  consumer.join();
  BOOST_CHECK(!pushed);
  BOOST_CHECK(!popped);
}

BOOST_AUTO_TEST_SUITE_END()
