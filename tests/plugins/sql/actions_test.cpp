// SPDX-License-Identifier: MIT
#include <boost/test/unit_test.hpp>
#include <confiture/testing.hpp>

using namespace confiture;
using testing::Value;

namespace {

// What the action said, and "" where it was content.
std::string failure_of(testing::Host& host, const std::string& id, const std::string& parameters) {
  try {
    testing::Action action(host, testing::find(*confiture_plugin_v1(&host.handle()), id),
                           parameters);
    action.run();
  } catch (const testing::Failure& failure) {
    return failure.what();
  }
  return "";
}

std::string assertion(std::vector<std::vector<Value>> rows, const std::string& expect) {
  testing::Host host;
  host.answers["Q"] = {{"c"}, std::move(rows)};
  return failure_of(host, "sql.assert", "{ query: Q, message: wrong, expect: " + expect + " }");
}

}  // namespace

BOOST_AUTO_TEST_SUITE(sql_actions)

BOOST_AUTO_TEST_CASE(run_runs_each_text_in_order) {
  testing::Host host;
  host.answers["A"] = {};
  host.answers["B"] = {};
  BOOST_TEST(failure_of(host, "sql.run", "{ query: [A, B] }") == "");
  BOOST_REQUIRE(host.queries.size() == 2u);
  BOOST_TEST(host.queries[0].sql == "A");
  BOOST_TEST(host.queries[1].sql == "B");
  BOOST_TEST(failure_of(host, "sql.run", "{ query: [nope, A] }") != "");
  BOOST_TEST(host.queries.size() == 3u);
}

BOOST_AUTO_TEST_CASE(assert_is_content_with_nothing_or_a_truth) {
  BOOST_TEST(assertion({}, "either") == "");
  BOOST_TEST(assertion({{"t"}}, "either") == "");
  BOOST_TEST(assertion({{"f"}}, "either") == "wrong (1 row)");
  BOOST_TEST(assertion({{Value()}}, "either") == "wrong (1 row)");
  BOOST_TEST(assertion({{"t"}, {"t"}}, "either") == "wrong (2 rows)");
  BOOST_TEST(assertion({{"t"}}, "no_rows") == "wrong (1 row)");
  BOOST_TEST(assertion({}, "\"true\"") == "wrong (0 rows)");
}

BOOST_AUTO_TEST_SUITE_END()
