// SPDX-License-Identifier: MIT
#include <boost/test/unit_test.hpp>
#include <confiture/testing.hpp>
#include <set>

using namespace confiture;
using testing::Value;

namespace {

testing::Subject subject(std::string_view id) {
  return testing::find(*confiture_plugin_v1(&testing::Host().handle()), id);
}

testing::Tree limited(int length) {
  testing::Tree column = testing::column("value", "varchar");
  column.set(CONFITURE_PROP_MAX_LENGTH, length);
  return column;
}

std::string failure_of(const std::string& id, std::string_view parameters,
                       const testing::Tree& column) {
  testing::Host host;
  try {
    testing::Strategy strategy(host, subject(id), parameters, {column});
  } catch (const testing::Failure& failure) {
    return failure.what();
  }
  return "";
}

}  // namespace

BOOST_AUTO_TEST_SUITE(core)

BOOST_AUTO_TEST_CASE(null_replaces_everything) {
  testing::Host host;
  testing::Strategy null(host, subject("core.null"));
  BOOST_CHECK(null("allergic to nuts") == Value());
  BOOST_CHECK(null("") == Value());
  BOOST_CHECK(null(Value()) == Value());
}

BOOST_AUTO_TEST_CASE(null_refuses_not_null) {
  BOOST_CHECK_EQUAL(failure_of("core.null", "{}", testing::column("value", "int4", false)),
                    "the column is NOT NULL");
}

BOOST_AUTO_TEST_CASE(redact_writes_one_text) {
  testing::Host host;
  testing::Strategy redact(host, subject("core.redact"));
  BOOST_CHECK(redact("moved to Lyon") == Value("[redacted]"));
  BOOST_CHECK(redact("") == Value("[redacted]"));
  BOOST_CHECK(redact(Value()) == Value());
  testing::Strategy other(host, subject("core.redact"), "{with: \"(removed)\"}");
  BOOST_CHECK(other("moved to Lyon") == Value("(removed)"));
}

BOOST_AUTO_TEST_CASE(redact_wants_room_counted_in_characters) {
  BOOST_CHECK_EQUAL(failure_of("core.redact", "{}", limited(9)),
                    "the column holds 9 characters, and the new values have up to 10");
  BOOST_CHECK_EQUAL(failure_of("core.redact", "{with: \"éèê\"}", limited(3)), "");
  BOOST_CHECK_EQUAL(failure_of("core.redact", "{}", testing::column("value", "int4")),
                    "a column of type int4 cannot hold its text");
}

BOOST_AUTO_TEST_CASE(hash_has_the_length_that_was_asked_for) {
  testing::Host host;
  for (const std::size_t length : {16u, 17u, 32u, 64u}) {
    testing::Strategy hash(host, subject("core.hash"), "{length: " + std::to_string(length) + "}");
    const Value value = hash("acct-20817");
    BOOST_REQUIRE(value.has_value());
    BOOST_CHECK_EQUAL(value->size(), length);
    BOOST_CHECK(value->find_first_not_of("0123456789abcdef") == std::string::npos);
  }
}

BOOST_AUTO_TEST_CASE(hash_is_deterministic_and_keeps_values_apart) {
  testing::Host host;
  testing::Strategy hash(host, subject("core.hash"), "{length: 16}");
  testing::Strategy again(host, subject("core.hash"), "{length: 16}");
  std::set<std::string> seen;
  for (int i = 0; i < 10'000; ++i) {
    const std::string value = std::to_string(i);
    BOOST_REQUIRE(hash(value) == again(value));
    BOOST_REQUIRE(*hash(value) != value);
    seen.insert(*hash(value));
  }
  BOOST_CHECK_EQUAL(seen.size(), 10'000u);
  BOOST_CHECK(hash(Value()) == Value());
  BOOST_CHECK_EQUAL(hash("")->size(), 16u);
}

BOOST_AUTO_TEST_CASE(hash_sees_no_padding_in_char) {
  testing::Host host;
  testing::Strategy hash(host, subject("core.hash"), "{}", {testing::column("value", "bpchar")});
  BOOST_CHECK(hash("ab  ") == hash("ab"));
  testing::Strategy text(host, subject("core.hash"), "{}");
  BOOST_CHECK(text("ab  ") != text("ab"));
}

BOOST_AUTO_TEST_CASE(hash_needs_a_key_and_room) {
  testing::Host host;
  host.has_key = false;
  BOOST_CHECK_THROW(testing::Strategy(host, subject("core.hash")), testing::Failure);
  BOOST_CHECK_EQUAL(failure_of("core.hash", "{}", limited(31)),
                    "the column holds 31 characters, and the new values have up to 32");
}

BOOST_AUTO_TEST_SUITE_END()
