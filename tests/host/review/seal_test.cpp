// SPDX-License-Identifier: MIT
#include "host/review/seal.hpp"

#include <boost/test/unit_test.hpp>

#include "tests/support/refusal.hpp"

using namespace host::review;
using host::test::refusal;

namespace {

const std::string signature =
    "-----BEGIN SSH SIGNATURE-----\nU1NIU0lH\n-----END SSH SIGNATURE-----\n";

const Seal seal{
    "7123/shop",          "production",         42,
    std::string(64, 'a'), "alice@acme.example", *parse_moment("2026-11-23T10:00:00.250Z")};

}  // namespace

BOOST_AUTO_TEST_SUITE(seals)

BOOST_AUTO_TEST_CASE(a_seal_reads_as_it_was_written) {
  const std::string text = to_text(seal);
  BOOST_TEST(text ==
             "confiture-seal-v1\ndatabase: 7123/shop\nenvironment: production\nseq: 42\n"
             "hash: sha256:" +
                 std::string(64, 'a') +
                 "\nsealer: alice@acme.example\nsealed: 2026-11-23T10:00:00.250Z\n");
  const SignedSeal read = parse_seal(text + signature);
  BOOST_TEST(read.text == text);
  BOOST_TEST(read.signature == signature);
  BOOST_TEST(read.seal.seq == 42);
  BOOST_TEST(read.seal.hash == seal.hash);
  BOOST_TEST(read.seal.sealer == seal.sealer);
}

BOOST_AUTO_TEST_CASE(no_byte_can_be_added_or_taken_away) {
  const std::string file = to_text(seal) + signature;
  const std::string hint = " [confiture audit seal makes one; take the file as it was written]";
  const auto refused = [&](const std::string& text) { return refusal([&] { parse_seal(text); }); };
  BOOST_TEST(refused(to_text(seal)) ==
             "audit.bad_seal 1: this is no seal: it is not signed" + hint);
  BOOST_TEST(refused(file + " ") ==
             "audit.bad_seal 1: this is no seal: something follows its signature" + hint);
  BOOST_TEST(refused(file + signature) ==
             "audit.bad_seal 1: this is no seal: something follows its signature" + hint);
  BOOST_TEST(refused("\n" + file) ==
             "audit.bad_seal 1: this is no seal: a line of it is missing" + hint);
  for (const std::string armor : {"U1NI\n\nU0lH", "U1NI U0lH", "U1NI\vU0lH", "U1=NI", "U1NI==="})
    BOOST_TEST(refused(to_text(seal) + "-----BEGIN SSH SIGNATURE-----\n" + armor +
                       "\n-----END SSH SIGNATURE-----\n") ==
               "audit.bad_seal 1: this is no seal: its signature is not written as ssh-keygen "
               "writes it" +
                   hint);
  std::string changed = file;
  changed.replace(changed.find("seq: 42"), 7, "seq: 042");
  BOOST_TEST(refused(changed) ==
             "audit.bad_seal 1: this is no seal: it is not written as confiture writes it" + hint);
  changed = file;
  changed.replace(changed.find("sealer: "), 8, "Sealer: ");
  BOOST_TEST(refused(changed) ==
             "audit.bad_seal 1: this is no seal: a line of it is missing" + hint);
  // Of every byte of the text: either it is refused, or it is another text for the signature.
  for (std::size_t i = 0; i < to_text(seal).size(); ++i) {
    changed = file;
    changed[i] = changed[i] == 'x' ? 'y' : 'x';
    try {
      BOOST_TEST(parse_seal(changed).text != to_text(seal));
    } catch (const host::Error&) {
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()
