// SPDX-License-Identifier: MIT
// Who is who and what a change needs: read as written, with what is left out, and every mistake
// with its place.
#include "host/config/review.hpp"

#include <boost/test/unit_test.hpp>
#include <string>

#include "host/config/project.hpp"
#include "tests/host/config/project_files.hpp"
#include "tests/support/refusal.hpp"

namespace host::config {
namespace {

using namespace std::chrono_literals;
using test::ProjectFiles;

Review review_of(const std::string& yaml) {
  const ProjectFiles files("review:\n" + yaml);
  files.add("db/environments/local.yaml", "database: embedded\n");
  files.add("db/environments/production.yaml", "database: embedded\n");
  return load_project(files.root()).review;
}

std::string refusal_of(const std::string& yaml) {
  return host::test::refusal([&] { review_of(yaml); });
}

constexpr auto anything = "critical: { approvals: {} }";

BOOST_AUTO_TEST_SUITE(review)

BOOST_AUTO_TEST_CASE(a_section_with_everything) {
  const Review review = review_of(R"(  people:
    alice@acme.example: { roles: [dba, lead], database_role: alice, ssh_key: "ssh-ed25519 AAAAkey alice's", emails: alice@home.example }
    bob: { roles: cto }
  rules: { author_may_approve: true }
  production:
    low: { approvals: {} }
    high: { approvals: { dba: 1, lead: 2 }, identity: database, expires: 3d }
    critical: { approvals: { dba: 1, cto: 1 }, backup: required }
    break_glass: [dba]
)");
  BOOST_REQUIRE(review.people.size() == 2u);
  const Person& alice = *review.find_person("alice@acme.example");
  BOOST_TEST(alice.roles == (std::vector<std::string>{"dba", "lead"}),
             boost::test_tools::per_element());
  BOOST_TEST(alice.database_role == "alice");
  BOOST_TEST(alice.ssh_key == "ssh-ed25519 AAAAkey");
  BOOST_TEST(alice.emails.at(0) == "alice@home.example");
  BOOST_TEST(review.find_person("bob")->roles.at(0) == "cto");
  BOOST_TEST(review.find_person("carol") == nullptr);
  BOOST_TEST(review.author_may_approve);
  BOOST_TEST(review.policy_of("local") == nullptr);

  const EnvironmentPolicy& policy = *review.policy_of("production");
  BOOST_TEST(policy.break_glass.at(0) == "dba");
  const ApprovalRule& low = policy.levels.at("low");
  BOOST_TEST(low.approvals.empty());
  BOOST_TEST(!low.backup);
  BOOST_TEST((low.identity == ApprovalRule::Identity::database && low.expires == 14 * 24h));
  BOOST_TEST(policy.levels.at("none").approvals.empty());
  // Not listed: what the next level above it needs.
  BOOST_TEST(policy.levels.at("medium").approvals.at("lead") == 2u);
  const ApprovalRule& high = policy.levels.at("high");
  BOOST_TEST((high.identity == ApprovalRule::Identity::database && high.expires == 3 * 24h));
  const ApprovalRule& critical = policy.levels.at("critical");
  BOOST_TEST((critical.identity == ApprovalRule::Identity::ssh && critical.expires == 48h));
  BOOST_TEST(critical.backup);
}

BOOST_AUTO_TEST_CASE(what_is_not_written_is_strict) {
  const Review review = review_of("  production: { critical: { approvals: { dba: 2 } } }\n");
  BOOST_TEST(!review.author_may_approve);
  for (const auto& [level, rule] : review.policy_of("production")->levels) {
    BOOST_TEST_CONTEXT(level) {
      BOOST_TEST(rule.approvals.at("dba") == 2u);
      BOOST_TEST((rule.identity == ApprovalRule::Identity::ssh));
    }
  }
  BOOST_TEST(review.policy_of("production")->break_glass.empty());
}

BOOST_AUTO_TEST_CASE(a_mistake_is_refused_at_its_place) {
  BOOST_TEST(
      refusal_of("  prodction: { " + std::string(anything) + " }\n") ==
      "config.unknown_key 5: db/confiture.yaml:2:3: unknown key 'prodction' in review: it is "
      "neither people nor rules, and no environment [did you mean 'production'?]");
  BOOST_TEST(refusal_of("  production: { high: { approvals: {} } }\n") ==
             "config.missing_key 5: db/confiture.yaml:2:15: the key 'critical' is missing in "
             "'production' of review");
  BOOST_TEST(refusal_of("  production: { critical: { approval: { dba: 1 } } }\n") ==
             "config.unknown_key 5: db/confiture.yaml:2:29: unknown key 'approval' in critical of "
             "'production' [did you mean 'approvals'?]");
  BOOST_TEST(refusal_of("  production: { critical: { approvals: { dba: 0 } } }\n") ==
             "config.out_of_range 5: db/confiture.yaml:2:47: the number of 'dba' must be at least "
             "1, not 0 [leave the role out where nobody of it has to approve]");
  BOOST_TEST(refusal_of("  production: { critical: { approvals: {}, identity: sssh } }\n") ==
             "config.out_of_range 5: db/confiture.yaml:2:54: 'identity' of critical of "
             "'production' must be database or ssh, not 'sssh' [did you mean 'ssh'?]");
  BOOST_TEST(refusal_of("  production: { critical: { approvals: {}, backup: maybe } }\n") ==
             "config.out_of_range 5: db/confiture.yaml:2:52: 'backup' of critical of 'production' "
             "must be required, not 'maybe'");
  BOOST_TEST(refusal_of("  rules: { author_can_approve: true }\n") ==
             "config.unknown_key 5: db/confiture.yaml:2:12: unknown key 'author_can_approve' in "
             "'rules' of review [did you mean 'author_may_approve'?]");
  BOOST_TEST(refusal_of("  people: { a: { role: dba } }\n") ==
             "config.unknown_key 5: db/confiture.yaml:2:18: unknown key 'role' in person 'a' [did "
             "you mean 'roles'?]");
}

BOOST_AUTO_TEST_CASE(a_person_is_one_person) {
  BOOST_TEST(refusal_of("  people: { 'a, b': { roles: dba } }\n") ==
             "config.wrong_type 5: db/confiture.yaml:2:13: 'a, b' cannot name a person [use an "
             "e-mail address or a login: letters, digits, '@', '.', '_', '+' and '-']");
  BOOST_TEST(refusal_of("  people: { a: { ssh_key: rsa } }\n") ==
             "config.wrong_type 5: db/confiture.yaml:2:27: 'ssh_key' of person 'a' is no public "
             "key of SSH [write the line of a .pub file: ssh-ed25519 AAAA...]");
  BOOST_TEST(refusal_of("  people: { a: { database_role: x }, b: { database_role: x } }\n") ==
             "config.wrong_type 5: db/confiture.yaml:2:38: 'a' and 'b' have the same "
             "database_role [one person counts once; give one person both roles]");
  BOOST_TEST(refusal_of("  people: { a: { ssh_key: ssh-rsa AAAA 1 }, b: { ssh_key: ssh-rsa AAAA } "
                        "}\n") ==
             "config.wrong_type 5: db/confiture.yaml:2:45: 'a' and 'b' have the same ssh_key [one "
             "person counts once; give one person both roles]");
}

Review owned_by(const std::string& yaml) {
  const ProjectFiles files;
  files.add("db/environments/local.yaml", "database: embedded\n");
  files.add("db/owners.yaml", yaml);
  return load_project(files.root()).review;
}

BOOST_AUTO_TEST_CASE(teams_and_what_they_own) {
  const Review review = owned_by(R"(teams:
  billing: { roles: [billing-dev] }
  shop: { roles: [shop-dev, lead], approvals: 2 }
owners:
  "public.*": shop
  "public.invoice*": billing
  "db/migrations/*_billing_*": billing
)");
  BOOST_TEST(review.teams.at(1).approvals == 2u);
  BOOST_TEST(review.owner_of("public.orders")->name == "shop");
  BOOST_TEST(review.owner_of("public.invoices")->name == "billing");
  BOOST_TEST(review.owner_of("billing.a") == nullptr);
  BOOST_TEST(review.owner_of("db/migrations/1_billing_x.up.sql")->name == "billing");
  BOOST_TEST(review.owner_of("db/migrations/1_x.up.sql") == nullptr);
}

BOOST_AUTO_TEST_CASE(owners_that_make_no_sense) {
  const auto refused = [](const std::string& yaml) {
    return host::test::refusal([&] { owned_by(yaml); });
  };
  BOOST_TEST(
      refused("teams: { a: { roles: [] } }") ==
      "config.wrong_type 5: db/owners.yaml:1:10: team 'a' has no roles [write roles: [ROLE], "
      "as the people of review have them]");
  BOOST_TEST(refused("teams: { a: { roles: [x], approvals: 0 } }")
                 .starts_with("config.out_of_range 5: db/owners.yaml:1:"));
  BOOST_TEST(
      refused("teams: { a: { roles: [x] } }\nowners: { 'b.*': c }") ==
      "config.unknown_key 5: db/owners.yaml:2:18: 'b.*' belongs to 'c', which is no team [did "
      "you mean 'a'?]");
  BOOST_TEST(refused("teams: { a: { roles: [x] } }\nowners: { 'b': a }") ==
             "config.wrong_type 5: db/owners.yaml:2:11: 'b' is neither schema.name nor a path "
             "[write \"billing.*\" or \"db/migrations/*billing*\"]");
  BOOST_TEST(refused("team: {}").starts_with("config.unknown_key 5: db/owners.yaml:1:1: "));
}

BOOST_AUTO_TEST_CASE(when_people_are_reminded) {
  const std::string policy = "  production: { critical: { approvals: {} } }\n";
  const std::vector<std::chrono::milliseconds> usual{24h, 1h}, given{30min};
  BOOST_TEST((review_of(policy).reminders == usual));
  BOOST_TEST((review_of(policy + "  rules: { reminders: [30m] }\n").reminders == given));
  BOOST_TEST(review_of(policy + "  rules: { reminders: [] }\n").reminders.empty());
  BOOST_TEST(refusal_of(policy + "  rules: { reminders: [soon] }\n").find("reminders") !=
             std::string::npos);
}

BOOST_AUTO_TEST_CASE(what_has_to_be_proven_elsewhere) {
  const Review review = review_of(
      "  production: { applied_in: local, min_soak: 24h, critical: { approvals: {} } }\n");
  BOOST_TEST(review.policy_of("production")->applied_in == "local");
  BOOST_TEST((review.policy_of("production")->min_soak == 24h));
  BOOST_TEST(refusal_of("  production: { min_soak: 24h, critical: { approvals: {} } }\n") ==
             "config.unknown_key 5: db/confiture.yaml:2:27: 'min_soak' of 'production' says how "
             "long, but not where [add applied_in: ENV]");
  BOOST_TEST(refusal_of("  production: { applied_in: production, critical: { approvals: {} } }\n")
                 .starts_with("config."));
  BOOST_TEST(review.policy_of("production")->rows_from.empty());
  BOOST_TEST(review_of("  production: { rows_from: local, critical: { approvals: {} } }\n")
                 .policy_of("production")
                 ->rows_from == "local");
  BOOST_TEST(refusal_of("  production: { rows_from: production, critical: { approvals: {} } }\n")
                 .starts_with("config."));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace host::config
