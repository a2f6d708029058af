// SPDX-License-Identifier: MIT
// The hash of a plan: the same for the same, another for anything that would run otherwise.
#include <boost/test/unit_test.hpp>

#include "host/foundation/hash.hpp"
#include "host/migrations/plan_hash.hpp"

namespace {

using namespace host;

struct Planned {
  migrations::Migration migration{*migrations::Version::parse("1"), "a", {}, {}, {}, {}};
  postgres::DatabaseIdentity target{"77", "5", "shop", "local", "then"};
  std::map<std::string, std::string> variables{{"space", "fast"}};
  std::string hooks = R"({"phase":"on_error","action":"a.b","name":"n","x":1})"
                      "\n";
  std::string sql = "SELECT 1";
  bool transactional = true;
  migrations::Direction direction = migrations::Direction::up;

  Planned() { migration.up.checksum = "cafe"; }
  std::string environment = "shop", state = "fresh", policy = "";
  std::string encoded() const {
    migrations::Plan plan;
    plan.direction = direction;
    plan.steps.emplace_back();
    plan.steps.back().migration = &migration;
    plan.steps.back().script = sql::parse_script({"1_a.up.sql", sql});
    plan.steps.back().header.transactional = transactional;
    return migrations::encode_plan(plan, {environment, target, state, variables, hooks, policy});
  }
};

BOOST_FIXTURE_TEST_SUITE(plan_hashes, Planned)

BOOST_AUTO_TEST_CASE(the_encoding_is_the_documented_one) {
  const std::string encoding =
      "16:confiture-plan/24:shop2:771:54:shop17:confiture.history5:fresh2:up1:11:11:a"
      "11:transaction64:" +
      sha256_hex("SELECT 1") + "4:cafe0:0:1:15:space64:" + sha256_hex("fast") +
      "1:18:on_error3:a.b1:n64:" + sha256_hex(hooks.substr(0, hooks.size() - 1)) +
      "64:" + sha256_hex("");
  BOOST_TEST(encoded() == encoding);
  const auto fields = migrations::decode_fields(encoding);
  BOOST_REQUIRE(fields.has_value());
  BOOST_TEST(fields->size() == 25u);
  BOOST_TEST(fields->at(4) == "shop");
  BOOST_TEST(fields->back() == sha256_hex(""));
}

BOOST_AUTO_TEST_CASE(what_is_no_encoding_has_no_fields) {
  for (const char* text : {"x", "3", "3:ab", "-1:a", "2:abc", ":"})
    BOOST_TEST(!migrations::decode_fields(text).has_value());
}

BOOST_AUTO_TEST_CASE(whatever_runs_otherwise_has_another) {
  const std::string before = encoded();
  BOOST_TEST(encoded() == before);
  const auto differs = [&](const auto& change) {
    Planned other;
    change(other);
    return other.encoded() != before;
  };
  BOOST_TEST(differs([](Planned& p) { p.sql += " "; }));
  BOOST_TEST(differs([](Planned& p) { p.transactional = false; }));
  BOOST_TEST(differs([](Planned& p) { p.direction = migrations::Direction::down; }));
  BOOST_TEST(differs([](Planned& p) { p.migration.name = "b"; }));
  BOOST_TEST(differs([](Planned& p) { p.migration.up.checksum = "beef"; }));
  BOOST_TEST(differs([](Planned& p) { p.migration.down.emplace().checksum = "d"; }));
  BOOST_TEST(differs([](Planned& p) { p.migration.verify.emplace().checksum = "v"; }));
  BOOST_TEST(differs([](Planned& p) { p.variables["space"] = "slow"; }));
  BOOST_TEST(differs([](Planned& p) { p.variables["more"] = ""; }));
  BOOST_TEST(differs([](Planned& p) { p.hooks.clear(); }));
  BOOST_TEST(differs([](Planned& p) { p.target.system_identifier = "78"; }));
  BOOST_TEST(differs([](Planned& p) { p.target.database_oid = "6"; }));
  BOOST_TEST(differs([](Planned& p) { p.target.database = "other"; }));
  BOOST_TEST(differs([](Planned& p) { p.environment = "staging"; }));
  BOOST_TEST(differs([](Planned& p) { p.state = "later"; }));
  BOOST_TEST(differs([](Planned& p) { p.policy = "stricter"; }));
}

BOOST_AUTO_TEST_CASE(a_server_that_does_not_say_who_it_is_goes_by_its_address) {
  target.system_identifier.clear();
  const std::string before = encoded();
  target.server = "elsewhere";
  BOOST_TEST(encoded() != before);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
