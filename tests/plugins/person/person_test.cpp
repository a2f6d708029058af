// SPDX-License-Identifier: MIT
#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <confiture/testing.hpp>
#include <set>

using namespace confiture;
using testing::Value;

namespace {

testing::Subject subject(std::string_view id) {
  return testing::find(*confiture_plugin_v1(&testing::Host().handle()), id);
}

// The form of a number: every digit as 9, every letter as a.
std::string form_of(std::string text) {
  for (char& c : text)
    if (c >= '0' && c <= '9')
      c = '9';
    else if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'))
      c = 'a';
  return text;
}

std::string digits_of(const std::string& text) {
  std::string digits;
  std::copy_if(text.begin(), text.end(), std::back_inserter(digits),
               [](char c) { return c >= '0' && c <= '9'; });
  return digits;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(person)

BOOST_AUTO_TEST_CASE(email_is_well_formed_and_reserved) {
  testing::Host host;
  testing::Strategy email(host, subject("person.email"));
  const std::set<std::string> domains{"example.com", "example.org", "example.net"};
  std::set<std::string> seen, used;
  for (int i = 0; i < 10'000; ++i) {
    const std::string before = "user" + std::to_string(i) + "@example.com";
    const std::string after = *email(before);
    BOOST_REQUIRE_EQUAL(after.size(), 28u);
    BOOST_REQUIRE_EQUAL(after[16], '@');
    BOOST_REQUIRE_EQUAL(after.substr(0, 16).find_first_not_of("abcdefghijklmnopqrstuvwxyz234567"),
                        std::string::npos);
    BOOST_REQUIRE_EQUAL(domains.count(after.substr(17)), 1u);
    BOOST_REQUIRE_NE(after, before);
    seen.insert(after);
    used.insert(after.substr(17));
  }
  BOOST_CHECK_EQUAL(seen.size(), 10'000u);
  BOOST_CHECK_EQUAL(used.size(), 3u);
}

BOOST_AUTO_TEST_CASE(email_is_the_same_each_time) {
  testing::Host host;
  testing::Strategy one(host, subject("person.email")), two(host, subject("person.email"));
  BOOST_CHECK(one("mary.smith@sakilacustomer.org") == two("mary.smith@sakilacustomer.org"));
  BOOST_CHECK(one("A@x.org") != one("a@x.org"));
  BOOST_CHECK(one(Value()) == Value());
  BOOST_CHECK_EQUAL(one("")->size(), 28u);
}

BOOST_AUTO_TEST_CASE(email_takes_domains) {
  testing::Host host;
  testing::Strategy email(host, subject("person.email"), "{domains: staging.acme.example}");
  BOOST_CHECK_EQUAL(email("bob@acme.example")->substr(16), "@staging.acme.example");
  try {
    testing::Strategy bad(host, subject("person.email"), "{domains: \"a@b\"}");
    BOOST_ERROR("accepted");
  } catch (const testing::Failure& failure) {
    BOOST_CHECK_EQUAL(failure.what(), "'a@b' is no domain");
  }
}

BOOST_AUTO_TEST_CASE(email_wants_room_and_a_key) {
  testing::Host host;
  testing::Tree narrow = testing::column("email", "varchar");
  narrow.set(CONFITURE_PROP_MAX_LENGTH, 27);
  try {
    testing::Strategy email(host, subject("person.email"), "{}", {narrow});
    BOOST_ERROR("accepted");
  } catch (const testing::Failure& failure) {
    BOOST_CHECK_EQUAL(failure.what(),
                      "the column holds 27 characters, and the new values have up to 28");
  }
  host.has_key = false;
  BOOST_CHECK_THROW(testing::Strategy(host, subject("person.email")), testing::Failure);
}

BOOST_AUTO_TEST_CASE(phone_keeps_its_form) {
  testing::Host host;
  testing::Strategy phone(host, subject("person.phone"));
  for (const char* number : {"(171) 555-7788", "+33 6 12 34 56 78", "555 0100 x12", "1", "112",
                             "0555-012345678901234567890123456789012345678901234567890123456789"
                             "0123456789"}) {
    const std::string after = *phone(number);
    BOOST_CHECK_EQUAL(form_of(after), form_of(number));
    BOOST_CHECK_NE(after, number);
  }
}

BOOST_AUTO_TEST_CASE(phone_never_returns_the_number_that_it_was) {
  testing::Host host;
  testing::Strategy phone(host, subject("person.phone"));
  for (int i = 0; i < 10; ++i) BOOST_CHECK(*phone(std::to_string(i)) != std::to_string(i));
  for (char c = 'a'; c <= 'z'; ++c) BOOST_CHECK(*phone(std::string(1, c)) != std::string(1, c));
  for (char c = 'A'; c <= 'Z'; ++c) BOOST_CHECK(*phone(std::string(1, c)) != std::string(1, c));
}

BOOST_AUTO_TEST_CASE(phone_keeps_the_last_digits) {
  testing::Host host;
  testing::Strategy phone(host, subject("person.phone"), "{keep_last: 4}");
  for (int i = 0; i < 1'000; ++i) {
    const std::string before = "+49 30 " + std::to_string(10'000'000 + i * 7919);
    const std::string after = *phone(before);
    const std::string old_digits = digits_of(before), new_digits = digits_of(after);
    BOOST_REQUIRE_EQUAL(new_digits.substr(new_digits.size() - 4),
                        old_digits.substr(old_digits.size() - 4));
    BOOST_REQUIRE_NE(new_digits, old_digits);
  }
  BOOST_CHECK_NE(*phone("112"), "112");
  BOOST_CHECK_EQUAL(digits_of(*phone("7788")).size(), 4u);
  BOOST_CHECK_NE(*phone("7788"), "7788");
}

BOOST_AUTO_TEST_CASE(phone_is_the_same_however_it_is_punctuated) {
  testing::Host host;
  testing::Strategy one(host, subject("person.phone")), two(host, subject("person.phone"));
  BOOST_CHECK(one("(171) 555-7788") == two("(171) 555-7788"));
  BOOST_CHECK_EQUAL(digits_of(*one("(171) 555-7788")), digits_of(*two("171.555.7788")));
}

BOOST_AUTO_TEST_CASE(phone_has_nothing_to_do_without_digits_and_letters) {
  testing::Host host;
  testing::Strategy phone(host, subject("person.phone"));
  BOOST_CHECK(phone("") == Value(""));
  BOOST_CHECK(phone("-") == Value("-"));
  BOOST_CHECK(phone(Value()) == Value());
  BOOST_CHECK_EQUAL(phone("١٢")->size(), 2u);
}

BOOST_AUTO_TEST_SUITE_END()
