// SPDX-License-Identifier: MIT
#include "host/audit/entry.hpp"

#include <boost/json.hpp>
#include <boost/test/unit_test.hpp>

#include "host/audit/chain.hpp"
#include "host/audit/trail.hpp"
#include "host/foundation/hash.hpp"

using namespace host::audit;

namespace {

Entry make(std::int64_t seq, const std::string& prev, const std::string& payload = "{}") {
  Entry entry;
  entry.seq = seq;
  entry.at = "2026-11-23T10:00:00.000000Z";
  entry.actor = "app";
  entry.application = "confiture/0123456789abcdef";
  entry.person = "zoë";
  entry.event = "run.done";
  entry.payload = payload;
  entry.prev = prev;
  entry.hash = entry_hash(entry);
  return entry;
}

std::vector<Entry> three() {
  std::vector<Entry> entries{make(1, beginning)};
  entries.push_back(make(2, entries[0].hash));
  entries.push_back(make(3, entries[1].hash));
  return entries;
}

std::string problems(const std::vector<Entry>& entries, const Head& head, Sealed sealed = {}) {
  Chain chain(std::move(sealed));
  for (const Entry& entry : entries) chain.add(entry);
  chain.end(head);
  std::string text;
  for (const Problem& problem : chain.problems())
    text += std::string(to_string(problem.kind)) + ": " + problem.text + "\n";
  return text;
}

Head head_of(const Entry& entry) {
  return {entry.seq, entry.hash};
}

}  // namespace

BOOST_AUTO_TEST_SUITE(entry)

BOOST_AUTO_TEST_CASE(the_hash_is_of_the_text_that_the_header_describes) {
  const std::string text = std::string(beginning) +
                           "\n1:1,27:2026-11-23T10:00:00.000000Z,3:app,-,4:zoë,-,-,"
                           "26:confiture/0123456789abcdef,-,-,-,-,8:run.done,64:" +
                           host::sha256_hex("{}") + ",";
  BOOST_TEST(entry_hash(make(1, beginning)) == host::sha256_hex(text));
}

BOOST_AUTO_TEST_CASE(no_field_can_be_moved_into_another_one) {
  Entry one = make(1, beginning), other = one;
  one.actor = "app,";
  other.login = "";
  BOOST_TEST(entry_hash(one) != entry_hash(other));
  Entry none = make(1, beginning), empty = none;
  empty.tool = "";
  BOOST_TEST(entry_hash(none) != entry_hash(empty));
}

BOOST_AUTO_TEST_CASE(a_payload_can_be_left_out_and_its_hash_stays) {
  const Entry entry = make(7, beginning, R"({"secret":1})");
  const boost::json::object object = to_object(entry, true);
  BOOST_TEST(object.at("payload").is_null());
  BOOST_TEST(object.at("payload_sha256").as_string() == host::sha256_hex(entry.payload));
  BOOST_TEST(object.at("seq").as_int64() == 7);
  BOOST_TEST(object.at("login").is_null());
}

BOOST_AUTO_TEST_CASE(the_same_facts_are_the_same_text) {
  BOOST_TEST(canonical_json(boost::json::parse(R"({"b":{"z":1,"y":[{"q":2,"p":3}]},"a":null})")) ==
             R"({"a":null,"b":{"y":[{"p":3,"q":2}],"z":1}})");
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(chain)

BOOST_AUTO_TEST_CASE(what_was_written_holds) {
  const std::vector<Entry> all = three();
  BOOST_TEST(problems(all, head_of(all.back())) == "");
  BOOST_TEST(problems({}, {}) == "");
  BOOST_TEST(problems(all, head_of(all.back()), {{2, all[1].hash}, {3, all[2].hash}}) == "");
}

BOOST_AUTO_TEST_CASE(an_edited_entry_is_found) {
  std::vector<Entry> all = three();
  all[1].actor = "nobody";
  BOOST_TEST(problems(all, head_of(all.back())) ==
             "content: entry 2 (run.done, 2026-11-23T10:00:00.000000Z) was changed\n");
  all = three();
  all[1].payload = "[]";
  BOOST_TEST(problems(all, head_of(all.back())) ==
             "content: entry 2 (run.done, 2026-11-23T10:00:00.000000Z) was changed\n");
  all[1].hash = entry_hash(all[1]);
  BOOST_TEST(problems(all, head_of(all.back())) ==
             "link: entry 3 does not follow what stands before it\n");
}

BOOST_AUTO_TEST_CASE(a_missing_entry_is_found) {
  std::vector<Entry> all = three();
  all.erase(all.begin() + 1);
  BOOST_TEST(problems(all, head_of(all.back())) == "link: entry 2 is missing\n");
  all.erase(all.begin());
  BOOST_TEST(problems(all, head_of(all.back())) == "link: the entries from 1 to 2 are missing\n");
}

BOOST_AUTO_TEST_CASE(a_cut_end_is_found) {
  std::vector<Entry> all = three();
  const Head head = head_of(all.back());
  all.pop_back();
  BOOST_TEST(problems(all, head) == "head: entry 3 is missing at the end\n");
  all.pop_back();
  BOOST_TEST(problems(all, head) == "head: the entries from 2 to 3 are missing at the end\n");
  BOOST_TEST(problems({}, head) == "head: the entries from 1 to 3 are missing at the end\n");
  BOOST_TEST(problems(three(), {2, three()[1].hash}) ==
             "head: entry 3 is the last, and the head names another\n");
  BOOST_TEST(problems(three(), {-1, ""}) == "head: the head is missing\n");
}

BOOST_AUTO_TEST_CASE(an_entry_out_of_its_place_is_found) {
  std::vector<Entry> all = three();
  all.insert(all.begin(), make(-4, beginning));
  BOOST_TEST(problems(all, head_of(all.back())) == "link: entry -4 has no place\n");
}

// Everything was written anew, with the head: only a seal tells.
BOOST_AUTO_TEST_CASE(a_chain_that_was_written_anew_is_found_by_a_seal) {
  const std::vector<Entry> before = three();
  std::vector<Entry> after{before[0], make(2, before[0].hash, R"({"not":"so"})")};
  after.push_back(make(3, after[1].hash));
  BOOST_TEST(problems(after, head_of(after.back())) == "");
  BOOST_TEST(problems(after, head_of(after.back()), {{3, before[2].hash}}) ==
             "seal: entry 3 is not the one that was sealed\n");
  after.pop_back();
  BOOST_TEST(problems(after, head_of(after.back()), {{3, before[2].hash}}) ==
             "seal: entry 3, which was sealed, is missing\n");
}

BOOST_AUTO_TEST_SUITE_END()
