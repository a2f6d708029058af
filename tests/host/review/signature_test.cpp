// SPDX-License-Identifier: MIT
// Signatures of ssh-keygen: whose they are, of which text, and for what.
#include "host/review/signature.hpp"

#include <boost/test/unit_test.hpp>
#include <cstdlib>

#include "host/foundation/file.hpp"
#include "host/review/program.hpp"
#include "tests/support/refusal.hpp"

namespace host::review {
namespace {

namespace fs = std::filesystem;
using host::test::refusal;

const std::string text = "confiture-approval-v1\n";

struct Keys {
  PrivateFolder folder;
  config::Review review;

  Keys() {
    ::setenv("HOME", folder.path("").c_str(), 1);
    ::unsetenv("SSH_AUTH_SOCK");
    for (const char* name : {"alice", "bob"}) {
      make(name);
      std::string key = read_file(folder.path(name + std::string(".pub")));
      review.people.push_back({name, {}, {}, key.substr(0, key.rfind(' ')), {}, {}});
    }
  }
  void make(const std::string& name) const {
    run({"ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", name, "-f", folder.path(name)});
  }
  void run(const std::vector<std::string>& words) const {
    BOOST_REQUIRE((run_program(words, {"/dev/null", folder.path("output"), false}) == 0));
  }
  const config::Person& alice() const { return review.people[0]; }
  const config::Person& bob() const { return review.people[1]; }
  void put_in_home(const std::string& name) const {
    fs::create_directories(folder.path(".ssh"));
    for (const std::string& each : {name, name + ".pub"})
      fs::copy_file(folder.path(each), folder.path(".ssh") / each);
  }
};

BOOST_FIXTURE_TEST_SUITE(signatures, Keys)

BOOST_AUTO_TEST_CASE(a_signature_is_of_one_person_and_one_text) {
  const std::string signature = sign(text, {&alice(), folder.path("alice")});
  const std::string wrong = "its signature does not fit";
  BOOST_TEST(check_signature(text, signature, alice()) == "");
  BOOST_TEST(check_signature(text + " ", signature, alice()) == wrong);
  BOOST_TEST(check_signature(text, signature, bob()) == wrong);
  BOOST_TEST(check_signature(text, "", alice()) == wrong);
  BOOST_TEST(check_signature(text, "-----BEGIN SSH SIGNATURE-----\n", alice()) == wrong);
  BOOST_TEST(check_signature(text, signature, config::Person{"carol", {}, {}, {}, {}, {}}) ==
             "'carol' has no ssh_key");
}

BOOST_AUTO_TEST_CASE(a_signature_of_something_else_is_none_of_an_approval) {
  const fs::path file = folder.write("file", text);
  run({"ssh-keygen", "-q", "-Y", "sign", "-n", "git", "-f", folder.path("alice"), file});
  BOOST_TEST(check_signature(text, read_file(file.string() + ".sig"), alice()) ==
             "its signature does not fit");
}

BOOST_AUTO_TEST_CASE(a_key_says_who_signs) {
  BOOST_TEST(find_signer(review, {}, folder.path("bob")).person == &bob());
  BOOST_TEST(find_signer(review, {}, folder.path("bob.pub")).person == &bob());
  fs::remove(folder.path("bob.pub"));
  BOOST_TEST(find_signer(review, "bob", folder.path("bob")).person == &bob());
  BOOST_TEST(
      refusal([&] { find_signer(review, "alice", folder.path("bob")); }) ==
      "approval.not_signed 9: the key '" + folder.path("bob").string() +
          "' is not the one of 'alice' [review.people in db/confiture.yaml says whose key is "
          "which]");
  make("mallory");
  BOOST_TEST(
      refusal([&] { find_signer(review, {}, folder.path("mallory")); }) ==
      "approval.not_signed 9: the key '" + folder.path("mallory").string() +
          "' is nobody's of review.people [review.people in db/confiture.yaml says whose key "
          "is which]");
  BOOST_TEST(refusal([&] { find_signer(review, "alise", {}); }) ==
             "approval.unknown_person 2: 'alise' is nobody of review.people [did you mean "
             "'alice'?]");
}

BOOST_AUTO_TEST_CASE(a_key_in_the_home_says_who_signs) {
  BOOST_TEST(refusal([&] { find_signer(review, {}, {}); }) ==
             "approval.unknown_person 2: who signs is not known: no key in ~/.ssh is anybody's "
             "of review.people [say who you are with --as NAME, or name your key with --key FILE]");
  put_in_home("alice");
  const Signer signer = find_signer(review, {}, {});
  BOOST_TEST(signer.person == &alice());
  BOOST_TEST(check_signature(text, sign(text, signer), alice()) == "");
  put_in_home("bob");
  BOOST_TEST(refusal([&] { find_signer(review, {}, {}); }).find("say who you are: --as NAME") !=
             std::string::npos);
  BOOST_TEST(find_signer(review, "bob", {}).key == folder.path(".ssh") / "bob");
}

BOOST_AUTO_TEST_CASE(what_cannot_sign_says_so) {
  BOOST_TEST(refusal([&] {
               sign(text, {&alice(), {}});
             }) ==
             "approval.not_signed 9: ssh-keygen did not sign with the key in the agent [name your "
             "key with --key FILE, or add it to your agent with ssh-add]");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace host::review
