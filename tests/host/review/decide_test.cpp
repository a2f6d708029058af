// SPDX-License-Identifier: MIT
// Every reason for which a statement does not count, one change at a time from a case that is
// allowed, and all combinations of what three people may say.
#include "host/review/decide.hpp"

#include <boost/test/unit_test.hpp>
#include <functional>

#include "host/foundation/text.hpp"

namespace host::review {
namespace {

using namespace std::chrono_literals;
using Identity = Approval::Identity;

const Moment now = Moment(1'800'000'000s);

// A critical change that a dba and a cto have approved.
struct Case {
  config::Review review;
  config::EnvironmentPolicy policy;
  PlanToDecide plan{"h", "production", "7/shop", "critical", {"table t is dropped"}, {"dora"}};
  std::vector<Approval> approvals;
  Facts facts;
  Moment at = now;

  Case() {
    for (const char* name : {"alice", "bob", "dora"})
      review.people.push_back({name, {}, {}, {}, {}, {}});
    review.people[0].roles = {"dba", "lead"};
    review.people[1].roles = {"cto", "dba"};
    review.people[2].roles = {"dba", "cto"};
    review.people[2].emails = {"dora@home.example"};
    for (const char* level : {"none", "low", "medium", "high", "critical"})
      policy.levels[level] = {{{"dba", 1}, {"cto", 1}}, Identity::ssh, 48h, false, {}};
    policy.levels["low"].approvals.clear();
    policy.environment = "production";
    say("alice", "dba");
    say("bob", "cto");
  }

  Approval& say(const std::string& who, const std::string& role,
                Verdict verdict = Verdict::approve) {
    Statement said;
    said.plan = plan.hash;
    said.environment = plan.environment;
    said.database = plan.database;
    said.risk = "critical";
    said.role = role;
    said.verdict = verdict;
    said.approver = who;
    said.issued = now - 1h + std::chrono::milliseconds(approvals.size());
    said.expires = now + 47h;
    approvals.push_back({said, Identity::ssh, {}});
    return approvals.back();
  }
  Decision decision() const { return decide(plan, policy, approvals, review, at, facts); }
  std::string missing() const { return join_words(decision().missing); }
};

// What is missing once something has changed, and what is said of alice's approval.
std::string after(const std::function<void(Case&)>& change) {
  Case it;
  change(it);
  const Decision decision = it.decision();
  std::string text = decision.allowed ? "allowed" : join_words(decision.missing);
  for (const std::string& reason : decision.reasons)
    if (reason.find("does not count") != std::string::npos) text += "; " + reason;
  return text;
}

constexpr auto no_dba = "1 approval of a 'dba'; approve by 'alice' as 'dba': does not count: ";

BOOST_AUTO_TEST_SUITE(decisions)

BOOST_AUTO_TEST_CASE(who_has_to_has_approved) {
  const Case it;
  const Decision decision = it.decision();
  BOOST_TEST(decision.allowed);
  BOOST_TEST(!decision.broke_glass);
  BOOST_TEST(decision.counted.size() == 2u);
  BOOST_TEST(join_words(decision.reasons) ==
             "approve by 'alice' as 'dba': counts and approve by 'bob' as 'cto': counts");
}

BOOST_AUTO_TEST_CASE(nobody_has) {
  BOOST_TEST(after([](Case& c) { c.approvals.clear(); }) ==
             "1 approval of a 'cto' and 1 approval of a 'dba'");
  BOOST_TEST(after([](Case& c) {
               c.approvals.clear();
               c.policy.levels["critical"].approvals = {{"dba", 3}};
             }) == "3 approvals of a 'dba'");
}

BOOST_AUTO_TEST_CASE(a_role_that_cannot_be_filled_is_named) {
  BOOST_TEST(after([](Case& c) {
               c.policy.levels["critical"].approvals = {{"auditor", 1}};
             }).starts_with("1 approval of a 'auditor', a role that nobody has; "));
  BOOST_TEST(after([](Case& c) {
               c.approvals.clear();
               c.policy.levels["critical"].approvals = {{"lead", 2}};
             }) == "2 approvals of a 'lead', a role that too few people have");
}

BOOST_AUTO_TEST_CASE(a_statement_about_something_else_does_not_count) {
  BOOST_TEST(after([](Case& c) { c.approvals[0].statement.plan = "g"; }) ==
             std::string(no_dba) + "it is for another plan");
  BOOST_TEST(after([](Case& c) { c.approvals[0].statement.environment = "staging"; }) ==
             std::string(no_dba) + "it is for environment 'staging'");
  BOOST_TEST(after([](Case& c) { c.approvals[0].statement.database = "7/copy"; }) ==
             std::string(no_dba) + "it is for another database");
  BOOST_TEST(after([](Case& c) { c.approvals[0].problem = "its signature does not fit"; }) ==
             std::string(no_dba) + "its signature does not fit");
}

BOOST_AUTO_TEST_CASE(who_wrote_it_does_not_approve_it) {
  for (const char* author : {"alice", "Alice", "alice <x>", "Alice Liddell <ALICE>"})
    BOOST_TEST_CONTEXT(author) {
      const bool named = std::string(author).find('x') == std::string::npos;
      BOOST_TEST(after([&](Case& c) {
                   c.plan.authors = {"somebody", author};
                 }) == (named ? no_dba + std::string("who wrote a change does not approve it")
                              : "allowed"));
    }
  BOOST_TEST(after([](Case& c) {
               c.plan.authors = {"alice"};
               c.review.author_may_approve = true;
             }) == "allowed");
}

BOOST_AUTO_TEST_CASE(an_author_goes_by_every_name_they_have) {
  config::Person dora{"dora@acme.example", {}, "dba_dora", {}, {"dora@home.example"}, {}};
  for (const char* author : {"dora@acme.example", "dora", "D <dora@home.example>",
                             "DORA@ACME.EXAMPLE", " dora ", "dba_dora"})
    BOOST_TEST(is_author(dora, {"else", author}), author);
  for (const char* author : {"", "dora2", "isidora", "dora@evil.example", "<dora"})
    BOOST_TEST(!is_author(dora, {author}), author);
}

BOOST_AUTO_TEST_CASE(one_person_counts_once) {
  BOOST_TEST(after([](Case& c) {
               c.approvals.clear();
               c.say("bob", "dba");
               c.say("bob", "cto");
             }) == "1 approval of a 'dba'");
  BOOST_TEST(after([](Case& c) {
               c.policy.levels["critical"].approvals = {{"dba", 2}};
               c.say("alice", "dba");
             }) ==
             "1 approval of a 'dba'; approve by 'bob' as 'cto': does not count: nobody of "
             "role 'cto' has to approve it");
}

BOOST_AUTO_TEST_CASE(a_role_is_one_that_they_have_now) {
  BOOST_TEST(after([](Case& c) { c.review.people[0].roles = {"lead"}; }) ==
             std::string(no_dba) + "'alice' is no 'dba'");
  BOOST_TEST(after([](Case& c) { c.review.people.erase(c.review.people.begin()); }) ==
             std::string(no_dba) + "no such person in review.people");
}

BOOST_AUTO_TEST_CASE(an_approval_ends) {
  const auto at = [](Moment moment) {
    return after([&](Case& c) {
      c.approvals[0].statement.issued = now - 47h;
      c.approvals[0].statement.expires = now + 2h;
      c.at = moment;
    });
  };
  BOOST_TEST(at(now + 1h - 1ms) == "allowed");  // by the rule
  BOOST_TEST(at(now + 1h) == std::string(no_dba) + "it expired at " + format_moment(now + 1h));
  BOOST_TEST(after([](Case& c) { c.approvals[0].statement.expires = now; }) ==
             std::string(no_dba) + "it expired at " + format_moment(now));
  BOOST_TEST(after([](Case& c) { c.approvals[0].statement.issued = now + 5min; }) == "allowed");
  BOOST_TEST(after([](Case& c) { c.approvals[0].statement.issued = now + 6min; }) ==
             std::string(no_dba) + "it was issued in the future");
}

BOOST_AUTO_TEST_CASE(a_risk_that_has_grown_is_shown) {
  const std::vector<std::string> levels{"none", "low", "medium", "high", "critical"};
  for (std::size_t then = 0; then < levels.size(); ++then)
    for (std::size_t is = 0; is < levels.size(); ++is) {
      const std::string result = after([&](Case& c) {
        c.policy.levels["low"].approvals = {{"dba", 1}, {"cto", 1}};
        c.approvals[0].statement.risk = levels[then];
        c.plan.risk = levels[is];
      });
      BOOST_TEST_CONTEXT(levels[then] << " then, " << levels[is] << " now") {
        BOOST_TEST(result ==
                   (then >= is ? "allowed"
                               : no_dba + std::string("the risk was '") + levels[then] +
                                     "' then and is '" + levels[is] + "' now: table t is dropped"));
      }
    }
}

BOOST_AUTO_TEST_CASE(a_rejection_blocks_until_it_is_taken_back) {
  const auto rejected = [](const std::function<void(Case&)>& then) {
    return after([&](Case& c) {
      c.say("dora", "dba", Verdict::reject);
      then(c);
    });
  };
  const std::string blocked = "a withdrawal of the rejection by 'dora'";
  BOOST_TEST(rejected([](Case&) {}) == blocked);
  BOOST_TEST(rejected([](Case& c) { c.approvals.back().statement.role = ""; }) == blocked);
  BOOST_TEST(rejected([](Case& c) { c.approvals.back().statement.expires = now - 1h; }) == blocked);
  BOOST_TEST(rejected([](Case& c) { c.approvals.back().identity = Identity::database; }) ==
             blocked);
  BOOST_TEST(rejected([](Case& c) { c.say("dora", "dba", Verdict::revoke); }) == "allowed");
  BOOST_TEST(rejected([](Case& c) {
               c.say("dora", "dba", Verdict::revoke).identity = Identity::database;
             }) == blocked +
                       "; revoke by 'dora' as 'dba': does not count: a signed rejection "
                       "stands against it");
  // In the same millisecond, the careful word is the last.
  BOOST_TEST(rejected([](Case& c) {
               c.say("dora", "dba", Verdict::revoke).statement.issued =
                   c.approvals[2].statement.issued;
             }) == blocked);
}

BOOST_AUTO_TEST_CASE(an_approval_can_be_taken_back) {
  BOOST_TEST(after([](Case& c) { c.say("alice", "dba", Verdict::revoke); }) ==
             "1 approval of a 'dba'");
  BOOST_TEST(after([](Case& c) {
               c.say("alice", "dba", Verdict::revoke).identity = Identity::database;
             }) == "1 approval of a 'dba'");
  BOOST_TEST(after([](Case& c) {
               c.say("alice", "dba", Verdict::revoke);
               c.say("alice", "dba");
             }) == "allowed");
  // An old approval that is brought again is older than the revocation.
  BOOST_TEST(after([](Case& c) {
               c.say("alice", "dba", Verdict::revoke);
               c.approvals.push_back(c.approvals[0]);
             }) == "1 approval of a 'dba'");
}

BOOST_AUTO_TEST_CASE(a_login_is_weaker_than_a_key) {
  const auto unsign = [](Case& c) { c.approvals[0].identity = Identity::database; };
  BOOST_TEST(after(unsign) == std::string(no_dba) + "it has to be signed with an SSH key");
  BOOST_TEST(after([&](Case& c) {
               unsign(c);
               c.policy.levels["critical"].identity = Identity::database;
             }) == "allowed");
  // It does not stand in the way of one that was signed.
  BOOST_TEST(decide(Case().plan, Case().policy,
                    [] {
                      Case c;
                      c.say("alice", "dba").identity = Identity::database;
                      return c.approvals;
                    }(),
                    Case().review, now, {})
                 .allowed);
}

BOOST_AUTO_TEST_CASE(a_plan_is_used_once_and_a_backup_is_one) {
  BOOST_TEST(after([](Case& c) { c.facts.used_by = "42"; }) ==
             "a new plan: run 42 has used the approvals of this one");
  BOOST_TEST(after([](Case& c) { c.policy.levels["critical"].backup = true; }) ==
             "a backup: bind an action to post_validate that makes one");
  BOOST_TEST(after([](Case& c) {
               c.policy.levels["critical"].backup = true;
               c.facts.backup = true;
             }) == "allowed");
}

BOOST_AUTO_TEST_CASE(glass_is_broken_by_who_may) {
  const auto broken = [](const std::function<void(Case&)>& change) {
    Case it;
    it.policy.break_glass = {"lead"};
    it.approvals.clear();
    it.say("alice", "lead", Verdict::break_glass).statement.comment = "all is down";
    change(it);
    const Decision decision = it.decision();
    return decision.broke_glass ? "broken" : decision.allowed ? "allowed" : it.missing();
  };
  const std::string refused = "1 approval of a 'cto' and 1 approval of a 'dba'";
  BOOST_TEST(broken([](Case&) {}) == "broken");
  BOOST_TEST(broken([](Case& c) { c.plan.authors = {"alice"}; }) == "broken");
  BOOST_TEST(broken([](Case& c) { c.policy.break_glass.clear(); }) == refused);
  BOOST_TEST(broken([](Case& c) { c.review.people[0].roles = {"dba"}; }) == refused);
  BOOST_TEST(broken([](Case& c) { c.approvals[0].identity = Identity::database; }) == refused);
  BOOST_TEST(broken([](Case& c) { c.approvals[0].statement.expires = now; }) == refused);
  BOOST_TEST(broken([](Case& c) { c.approvals[0].statement.risk = "high"; }) == refused);
  BOOST_TEST(broken([](Case& c) { c.say("bob", "cto", Verdict::reject); }) ==
             "a withdrawal of the rejection by 'bob'");
  BOOST_TEST(broken([](Case& c) { c.facts.used_by = "42"; }) ==
             "a new plan: run 42 has used the approvals of this one");
  BOOST_TEST(broken([](Case& c) { c.plan.risk = "low"; }) == "allowed");  // there was no glass
}

BOOST_AUTO_TEST_CASE(a_debt_is_settled_by_approvals_and_stays_so) {
  Case it;
  const auto settled = [&] { return is_settled(it.plan, it.policy, it.approvals, it.review); };
  BOOST_TEST(settled());
  it.approvals[0].statement.issued -= 10000h;
  it.approvals[1].statement.issued -= 10000h;
  BOOST_TEST(settled());
  it.approvals.pop_back();
  BOOST_TEST(!settled());
  it.policy.break_glass = {"dba"};
  it.say("alice", "dba", Verdict::break_glass);
  BOOST_TEST(!settled());
}

// Whatever three people say in one round each: it may run when a dba and a cto who did not write it
// approve, two people, and nobody rejects.
BOOST_AUTO_TEST_CASE(all_that_three_people_can_say) {
  struct Word {
    const char* role;
    Verdict verdict;
  };
  const std::vector<Word> words{{"", Verdict::revoke},     {"dba", Verdict::approve},
                                {"cto", Verdict::approve}, {"lead", Verdict::approve},
                                {"dba", Verdict::reject},  {"dba", Verdict::break_glass}};
  std::size_t allowed = 0;
  for (const Word& alice : words)
    for (const Word& bob : words)
      for (const Word& dora : words) {
        Case it;
        it.approvals.clear();
        it.say("alice", alice.role, alice.verdict);
        it.say("bob", bob.role, bob.verdict);
        it.say("dora", dora.role, dora.verdict);
        const auto approves = [](const Word& word, std::string_view role) {
          return word.verdict == Verdict::approve && word.role == role;
        };
        const bool rejected = alice.verdict == Verdict::reject || bob.verdict == Verdict::reject ||
                              dora.verdict == Verdict::reject;
        // Only alice can be the dba beside bob the cto: dora wrote it, and alice is no cto.
        const bool enough = approves(alice, "dba") && approves(bob, "cto");
        BOOST_TEST(it.decision().allowed == (enough && !rejected));
        allowed += it.decision().allowed ? 1 : 0;
      }
  BOOST_TEST(allowed == 5u);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace host::review
