// SPDX-License-Identifier: MIT
// The text that is signed: written in one way only, and read back only as it is written.
#include "host/review/statement.hpp"

#include <boost/test/unit_test.hpp>

#include "tests/support/refusal.hpp"

namespace host::review {
namespace {

using namespace std::chrono_literals;

const std::string hash(64, 'a'), nonce(32, '0');

Statement example() {
  return {hash,
          "production",
          "7/shop",
          "critical",
          "dba",
          Verdict::approve,
          "alice@acme",
          Moment(1'800'000'000'250ms),
          Moment(1'800'000'000'250ms) + 48h,
          nonce,
          "looks good: yes"};
}

const std::string text = "confiture-approval-v1\nplan: sha256:" + hash +
                         "\nenvironment: production\ndatabase: 7/shop\nrisk: critical\nrole: dba\n"
                         "decision: approve\napprover: alice@acme\n"
                         "issued: 2027-01-15T08:00:00.250Z\nexpires: 2027-01-17T08:00:00.250Z\n"
                         "nonce: " +
                         nonce + "\ncomment: looks good: yes\n";

std::string read(std::string_view what, std::string_view by) {
  std::string changed = text;
  const std::size_t at = changed.find(what);
  BOOST_REQUIRE(at != std::string::npos);
  changed.replace(at, what.size(), by);
  return test::refusal([&] { parse_statement(changed); });
}

std::string refused(const std::string& why) {
  return "approval.bad_statement 5: this is no statement about a plan: " + why +
         " [take the file as confiture approve wrote it]";
}

BOOST_AUTO_TEST_SUITE(statements)

BOOST_AUTO_TEST_CASE(one_text_for_one_statement) {
  BOOST_TEST(to_text(example()) == text);
  BOOST_TEST(to_text(parse_statement(text)) == text);
  for (const Verdict verdict :
       {Verdict::approve, Verdict::reject, Verdict::revoke, Verdict::break_glass}) {
    Statement said = example();
    said.verdict = verdict;
    said.role = said.comment = "";
    BOOST_TEST((parse_statement(to_text(said)).verdict == verdict));
  }
}

BOOST_AUTO_TEST_CASE(any_other_text_is_none) {
  BOOST_TEST(read("confiture-approval-v1", "confiture-approval-v2") ==
             refused("its first line is not 'confiture-approval-v1'"));
  BOOST_TEST(read("sha256:a", "sha256:A") == refused("it names no plan"));
  BOOST_TEST(read("risk: ", "risk:") == refused("line 5 is not 'risk: ...'"));
  BOOST_TEST(read("decision: approve", "decision: agree") == refused("'agree' is no decision"));
  BOOST_TEST(read("2027-01-15T08:00:00.250Z", "tomorrow") == refused("'tomorrow' is no moment"));
  BOOST_TEST(read("2027-01-15", "2027-02-30") ==
             refused("it is not written as confiture writes it"));
  BOOST_TEST(read("nonce: 0", "nonce: ") == refused("its nonce is not 32 hexadecimal digits"));
  BOOST_TEST(read("yes\n", "yes") == refused("it ends in the middle of a line"));
  BOOST_TEST(read("yes\n", "yes\nrisk: low\n") == refused("it goes on after its end"));
  BOOST_TEST(read("role: dba\n", "role: dba\nrole: cto\n") ==
             refused("line 7 is not 'decision: ...'"));
}

BOOST_AUTO_TEST_CASE(a_nonce_is_another_one_each_time) {
  BOOST_TEST(make_nonce().size() == 32u);
  BOOST_TEST(make_nonce() != make_nonce());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace host::review
