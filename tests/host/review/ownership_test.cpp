// SPDX-License-Identifier: MIT
// What a plan touches, and who has to approve it for that.
#include "host/review/ownership.hpp"

#include <boost/test/unit_test.hpp>
#include <map>

#include "host/foundation/text.hpp"

namespace host::review {
namespace {

using namespace std::chrono_literals;

std::string touched_by(const std::string& sql) {
  Footprint touched;
  add_touched(sql::parse_script(sql::Source("m.sql", sql)), touched);
  return join_words(touched.objects) + (touched.unknown ? " and more" : "");
}

config::Review teams() {
  config::Review review;
  review.teams = {{"billing", {"billing-dev"}, 1, {}}, {"shop", {"shop-dev", "lead"}, 2, {}}};
  review.owners = {{"billing.*", "billing", {}},
                   {"public.*", "shop", {}},
                   {"public.invoice*", "billing", {}},
                   {"db/migrations/*_shop_*", "shop", {}}};
  for (const char* name : {"ann", "ben", "cy", "dba"})
    review.people.push_back({name, {}, {}, {}, {}, {}});
  review.people[0].roles = {"billing-dev"};
  review.people[1].roles = {"shop-dev"};
  review.people[2].roles = {"shop-dev", "lead"};
  review.people[3].roles = {"dba", "lead"};
  return review;
}

config::EnvironmentPolicy policy() {
  config::EnvironmentPolicy policy;
  policy.environment = "production";
  for (const char* level : {"none", "low", "medium", "high", "critical"})
    policy.levels[level] = {{{"dba", 1}}, Approval::Identity::ssh, 48h, false, {}};
  policy.levels["none"].approvals.clear();
  return policy;
}

PlanToDecide plan(const std::string& risk, std::vector<std::string> objects, bool unknown = false,
                  std::vector<std::string> files = {}) {
  PlanToDecide plan{"h", "production", "7/shop", risk, {}, {"dora"}};
  plan.touched = {std::move(objects), std::move(files), unknown};
  return plan;
}

// "dba 1, billing 1".
std::string needs(const PlanToDecide& asked) {
  const Requirement requirement = requirement_of(asked, policy(), teams());
  std::vector<std::string> all;
  for (const auto& [role, count] : requirement.rule.approvals)
    all.push_back(role + " " + std::to_string(count));
  for (const TeamNeed& team : requirement.teams)
    all.push_back(team.team + " " + std::to_string(team.count));
  return join_words(all);
}

BOOST_AUTO_TEST_SUITE(ownership)

BOOST_AUTO_TEST_CASE(statements_name_what_they_touch) {
  BOOST_TEST(touched_by("CREATE TABLE billing.a (id int REFERENCES b (id))") ==
             "billing.a and public.b");
  BOOST_TEST(touched_by("ALTER TABLE a ADD c int DEFAULT 1; CREATE INDEX i ON \"Odd\".\"T\" (c)") ==
             "Odd.T and public.a");
  BOOST_TEST(touched_by("INSERT INTO a SELECT * FROM x.b JOIN c USING (id)") ==
             "public.a, public.c and x.b");
  BOOST_TEST(touched_by("DROP TABLE a, x.b; DROP INDEX x.i") == "public.a, x.b and x.i");
  BOOST_TEST(touched_by("COMMENT ON TABLE x.a IS 'a'; COMMENT ON COLUMN x.b.c IS 'c'") ==
             "x.a and x.b");
  BOOST_TEST(touched_by("ALTER TABLE x.a RENAME TO b; ALTER TABLE x.c RENAME d TO e") ==
             "x.a, x.b and x.c");
  BOOST_TEST(touched_by("UPDATE a SET b = now()") == "public.a");
}

BOOST_AUTO_TEST_CASE(what_may_reach_further_is_unknown) {
  for (const char* sql :
       {"DO $$ BEGIN DROP TABLE x.a; END $$", "CALL tidy()", "SELECT tidy()", "SET search_path = x",
        "DROP SCHEMA x", "DROP FUNCTION f()",
        "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS "
        "'SELECT 1'",
        "GRANT SELECT ON a TO b", "CREATE EXTENSION pgcrypto", "not SQL at all",
        "CREATE TRIGGER t BEFORE INSERT ON a EXECUTE FUNCTION f()", "ALTER TABLE a SET SCHEMA x"})
    BOOST_TEST(touched_by(sql).ends_with(" and more"), sql);
  BOOST_TEST(touched_by("DROP TABLE a CASCADE") == "public.a and more");
  BOOST_TEST(touched_by("UPDATE a SET b = tidy(b)") == "public.a and more");
  BOOST_TEST(touched_by("ALTER TYPE t RENAME TO u") == " and more");
  BOOST_TEST(touched_by("UPDATE a SET b = x.now()") == "public.a and more");
}

BOOST_AUTO_TEST_CASE(owners_of_what_a_body_names_are_asked_too) {
  for (
      const auto& [sql, touched] : std::map<std::string, std::string>{
          {"DO $$ BEGIN DELETE FROM x.a; UPDATE b SET c = 1; END $$", "public.b and x.a"},
          {"DO $$ DECLARE r record; BEGIN FOR r IN SELECT FROM a LOOP EXECUTE 'DROP TABLE x.b'; "
           "END LOOP; END $$",
           "public.a and x.b"},
          {"DO LANGUAGE plpgsql $$ BEGIN EXECUTE 'DROP TABLE ' || t; END $$", ""},
          {"DO LANGUAGE plpython3u $$ plpy.execute('DELETE FROM x.a') $$", ""},
          {"CREATE FUNCTION f() RETURNS void LANGUAGE sql AS 'DELETE FROM a; DELETE FROM x.b'",
           "public.a and x.b"},
          {"CREATE OR REPLACE PROCEDURE p() LANGUAGE SQL BEGIN ATOMIC DELETE FROM x.a; END", "x.a"},
          {"CREATE FUNCTION f() RETURNS trigger AS $$ BEGIN INSERT INTO x.log VALUES (1); RETURN "
           "NEW; END $$ LANGUAGE plpgsql",
           "x.log"},
          {"DO $$ BEGIN CREATE FUNCTION f() RETURNS void LANGUAGE sql AS 'DELETE FROM x.a'; END $$",
           "x.a"},
          {"GRANT SELECT ON x.a TO b", "x.a"},
          {"CREATE POLICY p ON x.a USING (true)", "x.a"},
          {"SELECT tidy() FROM x.a", "x.a"}})
    BOOST_TEST(touched_by(sql) == touched + " and more", sql);
  BOOST_TEST(touched_by("UPDATE a SET b = b OPERATOR(x.+) 1") == "public.a and more");
  BOOST_TEST(touched_by("UPDATE a SET b = b OPERATOR(pg_catalog.+) 1") == "public.a");
}

BOOST_AUTO_TEST_CASE(a_team_approves_small_changes_of_its_own) {
  for (const char* risk : {"low", "medium"}) {
    BOOST_TEST(needs(plan(risk, {"billing.a", "public.invoices"})) == "billing 1", risk);
    BOOST_TEST(needs(plan(risk, {"public.a"})) == "shop 2", risk);
  }
  BOOST_TEST(needs(plan("none", {"public.a"})) == "");
}

BOOST_AUTO_TEST_CASE(anything_else_takes_the_rule_and_the_owners) {
  for (const char* risk : {"high", "critical", "odd"})
    BOOST_TEST(needs(plan(risk, {"billing.a"})) == "dba 1 and billing 1", risk);
  BOOST_TEST(needs(plan("low", {"billing.a", "public.a"})) == "dba 1, billing 1 and shop 2");
  BOOST_TEST(needs(plan("low", {"billing.a", "other.a"})) == "dba 1 and billing 1");
  BOOST_TEST(needs(plan("low", {"billing.a"}, true)) == "dba 1 and billing 1");
  BOOST_TEST(needs(plan("low", {"other.a"})) == "dba 1");
  BOOST_TEST(needs(plan("low", {})) == "dba 1");
  BOOST_TEST(needs(plan("none", {"billing.a", "public.a"})) == "billing 1 and shop 2");
  BOOST_TEST(needs(plan("low", {"billing.a"}, false, {"db/migrations/1_shop_x.up.sql"})) ==
             "dba 1, billing 1 and shop 2");
}

BOOST_AUTO_TEST_CASE(without_teams_the_rule_alone_counts) {
  const Requirement requirement =
      requirement_of(plan("low", {"billing.a"}), policy(), config::Review());
  BOOST_TEST(requirement.teams.empty());
  BOOST_TEST(requirement.rule.approvals.at("dba") == 1U);
}

// All that four people may say, in each role of theirs or not at all, of plans of every kind: told
// anew by counting, with no approval counted for two needs.
BOOST_AUTO_TEST_CASE(every_case_is_decided_by_who_has_spoken) {
  const config::Review review = teams();
  const config::EnvironmentPolicy rules = policy();
  const Moment now = Moment(1'800'000'000s);
  const std::vector<std::vector<std::string>> roles{
      {"", "billing-dev"}, {"", "shop-dev"}, {"", "shop-dev", "lead"}, {"", "dba", "lead"}};
  std::size_t allowed = 0, cases = 0;
  for (const char* risk : {"none", "low", "medium", "high", "critical"})
    for (const bool unknown : {false, true})
      for (const auto& objects : std::vector<std::vector<std::string>>{
               {}, {"billing.a"}, {"public.a"}, {"billing.a", "public.a"}, {"other.a"}})
        for (std::size_t number = 0; number < 2 * 2 * 3 * 3; ++number) {
          const PlanToDecide asked = plan(risk, objects, unknown);
          std::vector<Approval> approvals;
          std::map<std::string, std::size_t> given;
          for (std::size_t who = 0, rest = number; who < 4; rest /= roles[who].size(), ++who) {
            const std::string& role = roles[who][rest % roles[who].size()];
            if (role.empty()) continue;
            Statement said;
            said.plan = asked.hash;
            said.environment = asked.environment;
            said.database = asked.database;
            said.risk = "critical";
            said.role = role;
            said.approver = review.people[who].name;
            said.issued = now - 1h;
            said.expires = now + 1h;
            approvals.push_back({said, Approval::Identity::ssh, {}});
            ++given[role];
          }
          const Requirement need = requirement_of(asked, rules, review);
          bool enough = !need.rule.approvals.contains("dba") || given["dba"] >= 1;
          for (const TeamNeed& team : need.teams)
            enough = enough && (team.team == "billing" ? given["billing-dev"] >= 1
                                                       : given["shop-dev"] + given["lead"] >= 2);
          const Decision decision = decide(asked, rules, approvals, review, now, {});
          BOOST_REQUIRE_MESSAGE(decision.allowed == enough,
                                risk << " " << join_words(objects) << " " << number);
          ++cases;
          if (decision.allowed) ++allowed;
        }
  BOOST_TEST(cases == 5u * 2 * 5 * 36);
  BOOST_TEST(allowed > 100u);
}

BOOST_AUTO_TEST_CASE(what_is_missing_names_the_team) {
  const Decision decision =
      decide(plan("low", {"public.a"}), policy(), {}, teams(), Moment(1'800'000'000s), {});
  BOOST_TEST(join_words(decision.missing) == "2 approvals of team 'shop'");
  BOOST_TEST(!decision.allowed);
}

BOOST_AUTO_TEST_CASE(what_is_not_proven_elsewhere_is_missing) {
  Facts facts;
  facts.unproven = {"1_a: it is not applied in 'staging'"};
  config::EnvironmentPolicy rules = policy();
  const Decision decision =
      decide(plan("none", {}), rules, {}, config::Review(), Moment(1'800'000'000s), facts);
  BOOST_TEST(!decision.allowed);
  BOOST_TEST(join_words(decision.missing) == "1_a: it is not applied in 'staging'");
  BOOST_TEST((decision.next == Decision::Next::proof));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace host::review
