// SPDX-License-Identifier: MIT
// A policy as text: another one for whatever changes who may approve what.
#include "host/review/policy.hpp"

#include <boost/test/unit_test.hpp>
#include <functional>

namespace host::review {
namespace {

config::Review example() {
  config::Review review;
  review.people.push_back({"alice", {"dba", "lead"}, "al", "ssh-rsa AAAA", {"a@b"}, {}});
  review.people.push_back({"bob", {"cto"}, "", "", {}, {}});
  config::EnvironmentPolicy policy;
  policy.environment = "production";
  policy.levels["critical"].approvals = {{"dba", 1}};
  policy.break_glass = {"dba", "lead"};
  review.policies.push_back(policy);
  return review;
}

std::string after(const std::function<void(config::Review&)>& change) {
  config::Review review = example();
  change(review);
  return canonical(review, "production");
}

BOOST_AUTO_TEST_SUITE(policies)

BOOST_AUTO_TEST_CASE(no_policy_is_no_text) {
  BOOST_TEST(canonical(example(), "staging") == "");
}

BOOST_AUTO_TEST_CASE(the_order_of_the_file_does_not_show) {
  BOOST_TEST(after([](config::Review& r) {
               std::swap(r.people[0], r.people[1]);
               std::swap(r.people[1].roles[0], r.people[1].roles[1]);
               std::swap(r.policies[0].break_glass[0], r.policies[0].break_glass[1]);
               r.people[0].place = r.policies[0].place = {"elsewhere", 7, 7};
             }) == canonical(example(), "production"));
}

BOOST_AUTO_TEST_CASE(every_change_shows) {
  using config::ApprovalRule;
  const std::string before = canonical(example(), "production");
  const std::vector<std::function<void(config::Review&)>> changes{
      [](auto& r) { r.author_may_approve = true; },
      [](auto& r) { r.people.pop_back(); },
      [](auto& r) { r.people[1].roles = {"dba"}; },
      [](auto& r) { r.people[0].ssh_key = "ssh-rsa AAAB"; },
      [](auto& r) { r.people[0].database_role = "bob"; },
      [](auto& r) { r.people[0].emails.clear(); },
      [](auto& r) { r.policies[0].break_glass.clear(); },
      [](auto& r) { r.policies[0].levels["critical"].approvals["dba"] = 2; },
      [](auto& r) { r.policies[0].levels["critical"].backup = true; },
      [](auto& r) { r.policies[0].levels["critical"].expires += std::chrono::seconds(1); },
      [](auto& r) { r.policies[0].levels["critical"].identity = ApprovalRule::Identity::database; },
      [](auto& r) { r.policies[0].applied_in = "staging"; },
      [](auto& r) { r.policies[0].rows_from = "staging"; },
      [](auto& r) {
        r.owners.push_back({"public.*", "all", {}});
      }};
  for (std::size_t i = 0; i < changes.size(); ++i) BOOST_TEST_CONTEXT("change " << i) {
      BOOST_TEST(after(changes[i]) != before);
    }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace host::review
