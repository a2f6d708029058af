// SPDX-License-Identifier: MIT
// Whatever an author throws becomes a status and a message, and nothing crosses the boundary.
#include <boost/test/unit_test.hpp>
#include <confiture/testing.hpp>

#include <new>
#include <stdexcept>
#include <string>

using namespace confiture;

BOOST_AUTO_TEST_SUITE(boundary)

namespace {

struct Outcome {
  confiture_status status = CONFITURE_OK;
  std::string message, hint;
};

template <typename Run>
Outcome outcome(Run run) {
  try {
    run();
    return {};
  } catch (const testing::Failure& failure) {
    return {failure.status(), failure.what(), failure.hint()};
  }
}

template <typename Thrown>
Outcome of_action(Thrown thrown) {
  testing::Host host;
  testing::Action action(host, confiture::action("a.b", "c", Phase::post_execute,
                                                 [=](const Event&, Context&) { throw thrown; }));
  return outcome([&] { action.run(); });
}

template <typename Thrown>
Outcome of_strategy(Thrown thrown) {
  testing::Host host;
  testing::Strategy strategy(
      host, confiture::strategy("a.b", "c", [=](std::string_view value) -> std::string_view {
        if (!value.empty()) throw thrown;
        return value;
      }));
  return outcome([&] { strategy("x"); });
}

struct Odd {};

struct ThrowsInPrepare {
  void prepare(Call&) { throw BadConfig("low is above high", "swap them"); }
  std::string_view rewrite(std::string_view value) const { return value; }
};

struct ThrowsInConstructor {
  ThrowsInConstructor() {
    if (armed) throw std::runtime_error("no");
  }
  std::string_view rewrite(std::string_view value) const { return value; }
  static bool armed;
};
bool ThrowsInConstructor::armed = false;

}  // namespace

BOOST_AUTO_TEST_CASE(an_error_is_its_message_hint_and_status) {
  const Outcome plain = of_action(Error("the queue is full", "try later"));
  BOOST_TEST(plain.status == CONFITURE_FAILED);
  BOOST_TEST(plain.message == "the queue is full");
  BOOST_TEST(plain.hint == "try later");
  BOOST_TEST(of_action(Unsupported("no")).status == CONFITURE_UNSUPPORTED);
  BOOST_TEST(of_action(Cancelled()).message == "cancelled");
  BOOST_TEST(of_action(Cancelled()).status == CONFITURE_CANCELLED);
  BOOST_TEST(of_action(Error("fine?", {}, CONFITURE_OK)).status == CONFITURE_BUG);
}

BOOST_AUTO_TEST_CASE(memory_that_ran_out_is_no_bug) {
  const Outcome caught = of_action(std::bad_alloc());
  BOOST_TEST(caught.status == CONFITURE_NO_MEMORY);
  BOOST_TEST(caught.message == "out of memory");
}

BOOST_AUTO_TEST_CASE(anything_else_is_a_bug_in_the_plugin) {
  const Outcome known = of_action(std::out_of_range("past the end"));
  BOOST_TEST(known.status == CONFITURE_BUG);
  BOOST_TEST(known.message == "bug in plugin: uncaught std::out_of_range: past the end");
  BOOST_TEST(of_action(42).message == "bug in plugin: uncaught int");
  BOOST_TEST(of_action(Odd()).status == CONFITURE_BUG);
  const Outcome endless = of_action(std::runtime_error(std::string(10000, 'x')));
  BOOST_TEST(endless.message.size() == 511u);
}

BOOST_AUTO_TEST_CASE(a_foreign_exception_in_a_strategy_shows_its_type_but_not_its_text) {
  const Outcome caught = of_strategy(std::invalid_argument("not a number: 4111111111111111"));
  BOOST_TEST(caught.status == CONFITURE_BUG);
  BOOST_TEST(caught.message == "bug in plugin: uncaught std::invalid_argument");
  BOOST_TEST(of_strategy(Error("no such country")).message == "no such country");
}

BOOST_AUTO_TEST_CASE(create_catches_as_well) {
  testing::Host host;
  const Outcome prepared =
      outcome([&] { testing::Strategy(host, strategy<ThrowsInPrepare>("a.b", "c")); });
  BOOST_TEST(prepared.status == CONFITURE_BAD_CONFIG);
  BOOST_TEST(prepared.message == "low is above high");
  BOOST_TEST(prepared.hint == "swap them");
  const Extension extension = strategy<ThrowsInConstructor>("a.b", "c");
  ThrowsInConstructor::armed = true;
  const Outcome constructed = outcome([&] { testing::Strategy(host, extension); });
  ThrowsInConstructor::armed = false;
  BOOST_TEST(constructed.message == "bug in plugin: uncaught std::runtime_error: no");
}

BOOST_AUTO_TEST_CASE(a_strategy_stops_when_it_is_told_to) {
  testing::Host host;
  testing::Strategy slow(host, strategy("a.b", "c", [](std::string_view value) { return value; }));
  host.cancelled = true;
  BOOST_TEST(outcome([&] { slow.apply({{"x"}}); }).status == CONFITURE_OK);
  const std::vector<std::vector<testing::Value>> rows(100, {"x"});
  BOOST_TEST(outcome([&] { slow.apply(rows); }).status == CONFITURE_CANCELLED);
}

BOOST_AUTO_TEST_CASE(a_host_without_memory_is_reported) {
  testing::Host host;
  confiture_host poor = host.handle();
  poor.alloc = [](confiture_call*, std::size_t, std::size_t) noexcept -> void* { return nullptr; };
  testing::detail::FakeCall call(host);
  const confiture_status status =
      detail::guard(poor, call.handle(), [&] { Call(poor, call.handle()).keep("x"); });
  BOOST_TEST(status == CONFITURE_NO_MEMORY);
}

BOOST_AUTO_TEST_SUITE_END()
