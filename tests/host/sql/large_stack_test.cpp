// SPDX-License-Identifier: MIT
#include "host/sql/large_stack.hpp"

#include <boost/test/unit_test.hpp>
#include <cstddef>
#include <stdexcept>
#include <thread>

namespace host::sql {
namespace {

constexpr std::size_t mebibyte = 1 << 20;

std::thread::id thread_of(std::size_t stack) {
  std::thread::id found;
  run_on_large_stack(stack, [&] { found = std::this_thread::get_id(); });
  return found;
}

BOOST_AUTO_TEST_SUITE(large_stack)

BOOST_AUTO_TEST_CASE(is_the_one_at_hand_where_that_has_room) {
  const std::thread::id test = std::this_thread::get_id();
  BOOST_TEST((thread_of(mebibyte) != test));  // whose stack nobody knows
  run_on_large_stack(64 * mebibyte, [&] {
    const std::thread::id outer = std::this_thread::get_id();
    BOOST_TEST((thread_of(32 * mebibyte) == outer));
    BOOST_TEST((thread_of(64 * mebibyte) != outer));  // some of it is in use
    std::thread::id other = outer;
    std::thread([&] { other = thread_of(32 * mebibyte); }).join();
    BOOST_TEST((other != outer));
  });
}

BOOST_AUTO_TEST_CASE(passes_on_what_is_thrown) {
  const auto fail = [] { throw std::runtime_error("failed"); };
  BOOST_CHECK_THROW(run_on_large_stack(mebibyte, fail), std::runtime_error);
  run_on_large_stack(64 * mebibyte, [&] {
    BOOST_CHECK_THROW(run_on_large_stack(mebibyte, fail), std::runtime_error);
  });
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace host::sql
