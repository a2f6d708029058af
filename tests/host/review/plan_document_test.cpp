// SPDX-License-Identifier: MIT
// A plan as a document: read back as it was written, and refused for whatever it shows otherwise.
#include "host/review/plan_document.hpp"

#include <boost/json.hpp>
#include <boost/test/unit_test.hpp>

#include "host/foundation/hash.hpp"
#include "host/migrations/plan_hash.hpp"
#include "tests/support/refusal.hpp"

namespace host::review {
namespace {

namespace json = boost::json;

struct Written {
  migrations::Migration migration{*migrations::Version::parse("1"), "a", {}, {}, {}, {}};
  json::object document;

  Written() {
    migrations::Plan plan;
    plan.steps.emplace_back();
    plan.steps.back().migration = &migration;
    plan.steps.back().script = sql::parse_script({"1_a.up.sql", "DROP TABLE t;\n"});
    const std::string hooks = R"({"phase":"on_error","action":"a.b","name":"n"})"
                              "\n";
    const std::string encoding = migrations::encode_plan(
        plan, {"production", {"77", "5", "shop", "", ""}, "", {{"v", "1"}}, hooks, ""});
    const PlanToDecide decided{sha256_hex(encoding), "production", "77/shop",
                               "critical",           {},           {"d"}};
    document = {
        {"migrations", json::array{json::object{{"version", "1"},
                                                {"name", "a"},
                                                {"risk", "critical"},
                                                {"reasons", json::array{"table t is dropped"}}}}},
        {"risk", "critical"},
        {"plan_hash", decided.hash},
        {"review", review_field(decided, plan, encoding)}};
  }
  json::object& review() { return document["review"].as_object(); }
  json::object& first() { return document["migrations"].as_array()[0].as_object(); }
  PlanDocument read() const { return read_plan_document(json::serialize(document), "p.json"); }
  std::string refused() const {
    return host::test::refusal([&] { read(); });
  }
};

BOOST_FIXTURE_TEST_SUITE(plan_documents, Written)

BOOST_AUTO_TEST_CASE(what_was_written_is_read) {
  const PlanDocument read = this->read();
  BOOST_TEST(read.plan.hash == document["plan_hash"].as_string());
  BOOST_TEST(read.plan.database == "77/shop");
  BOOST_TEST(read.plan.authors.at(0) == "d");
  BOOST_TEST(read.plan.risk_reasons.at(0) == "table t is dropped");
  BOOST_TEST(read.direction == "up");
  BOOST_TEST(read.migrations.at(0).sql == "DROP TABLE t;\n");
  BOOST_TEST(read.hooks.at(0) == "on_error a.b n");
  BOOST_TEST(read.hooks.size() == 1u);
}

BOOST_AUTO_TEST_CASE(what_shows_something_else_is_refused) {
  const auto after = [](const auto& change) {
    Written other;
    change(other);
    return other.refused();
  };
  const std::string lie =
      "approval.bad_plan 5: 'p.json' shows something else than what its hash "
      "stands for [somebody changed it on its way: ask for the plan again, and "
      "tell who sent it]";
  BOOST_TEST(after([](Written& w) { w.review()["sql"] = json::array{"SELECT 1;\n"}; }) == lie);
  BOOST_TEST(after([](Written& w) { w.review()["environment"] = "staging"; }) == lie);
  BOOST_TEST(after([](Written& w) { w.review()["database"] = "77/copy"; }) == lie);
  BOOST_TEST(after([](Written& w) { w.review()["direction"] = "down"; }) == lie);
  BOOST_TEST(after([](Written& w) { w.first()["version"] = "2"; }) == lie);
  BOOST_TEST(after([](Written& w) { w.first()["name"] = "b"; }) == lie);
  BOOST_TEST(after([](Written& w) { w.document["plan_hash"] = std::string(64, '0'); }) == lie);
  BOOST_TEST(after([](Written& w) {
               w.review()["encoding"] = std::string(w.review()["encoding"].as_string()) + "1:x";
             }) == lie);
  BOOST_TEST(after([](Written& w) { w.document["migrations"] = json::array(); }) == lie);
}

BOOST_AUTO_TEST_CASE(what_is_no_plan_is_refused) {
  document.erase("review");
  BOOST_TEST(
      refused() ==
      "approval.bad_plan 5: 'p.json' is no plan to be approved [write one with: confiture "
      "migrate plan --env ENV --format json -o FILE, for an environment that has a policy in "
      "review]");
  BOOST_TEST(host::test::refusal([] { read_plan_document("{", "p.json"); }) == refused());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace host::review
