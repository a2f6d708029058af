// SPDX-License-Identifier: MIT
// What another environment proves: read back as it was written, and seen through where it lies.
#include "host/review/evidence.hpp"

#include <boost/json.hpp>
#include <boost/test/unit_test.hpp>

namespace host::review {
namespace {

Evidence make() {
  audit::Entry entry;
  entry.seq = 6;
  entry.at = "2026-11-23T10:00:00.000000Z";
  entry.actor = "app";
  entry.client = "10.0.0.1";
  entry.application = "confiture/0123456789abcdef";
  entry.event = "migration.applied";
  entry.payload = R"({"checksum":"abc","version":"0003"})";
  entry.prev = audit::beginning;
  entry.hash = audit::entry_hash(entry);
  return {"0003_notes", "staging", entry.at, "app", 12.4, true, entry};
}

// What is found after a change of the entry, with a hash that fits it, or with the old one.
template <typename Change>
std::string after(Change change, bool hash_again) {
  Evidence evidence = make();
  change(evidence);
  if (hash_again) evidence.entry->hash = audit::entry_hash(*evidence.entry);
  return contradiction(evidence, "0003", "abc");
}

}  // namespace

BOOST_AUTO_TEST_SUITE(evidence)

BOOST_AUTO_TEST_CASE(what_was_written_is_read) {
  const Evidence read = read_evidence(to_object(make()));
  BOOST_TEST(contradiction(read, "0003", "abc") == "");
  BOOST_TEST(describe(read) ==
             "0003_notes: applied in 'staging' at 2026-11-23T10:00:00.000000Z by 'app' in 12 ms; "
             "its check holds there; audit entry 6, " +
                 make().entry->hash);
  Evidence bare = make();
  bare.entry.reset();
  bare.verified = false;
  BOOST_TEST(!read_evidence(to_object(bare)).entry);
  BOOST_TEST(describe(bare) ==
             "0003_notes: applied in 'staging' at 2026-11-23T10:00:00.000000Z by 'app' in 12 ms");
  BOOST_TEST(contradiction(bare, "0003", "abc") == "");
}

BOOST_AUTO_TEST_CASE(a_changed_entry_is_found_by_its_hash) {
  const std::string changed = "entry 6 of the audit of 'staging' was changed";
  BOOST_TEST(after([](Evidence& e) { e.entry->actor = "nobody"; }, false) == changed);
  BOOST_TEST(after([](Evidence& e) { e.entry->payload = "{}"; }, false) == changed);
  BOOST_TEST(after([](Evidence& e) { e.entry->client.reset(); }, false) == changed);
  BOOST_TEST(after([](Evidence& e) { e.entry->hash[0] ^= 1; }, false) == changed);
}

BOOST_AUTO_TEST_CASE(an_entry_about_something_else_proves_nothing) {
  const std::string other = "entry 6 of the audit of 'staging' says something else";
  BOOST_TEST(after([](Evidence& e) { e.entry->event = "migration.failed"; }, true) == other);
  BOOST_TEST(after([](Evidence& e) { e.entry->payload = "no json"; }, true) == other);
  BOOST_TEST(after([](Evidence& e) { e.entry->payload = R"({"version":"0003"})"; }, true) == other);
  BOOST_TEST(after([](Evidence& e) { e.applied_by = "ann"; }, false) == other);
  BOOST_TEST(after([](Evidence& e) { e.applied_at = "2020-01-01T00:00:00Z"; }, false) == other);
  BOOST_TEST(contradiction(make(), "0004", "abc") == other);
  BOOST_TEST(contradiction(make(), "0003", "abd") == other);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace host::review
