// SPDX-License-Identifier: MIT
// What of an address or a number may stay: its domain, its country.
#include "tests/plugins/support/strategies.hpp"

#include <array>
#include <string>
#include <utility>

using namespace strategies;

BOOST_AUTO_TEST_SUITE(contact)

BOOST_AUTO_TEST_CASE(a_domain_is_kept_where_there_is_one_and_room_for_it) {
  const auto kept = [](const char* value, int room = 0) {
    Host host;
    Strategy strategy(host, subject("person.email"), "{keep_domain: true, domains: [x.example]}",
                      {room == 0 ? column("value") : limited(room)});
    const std::string after = *strategy(value);
    BOOST_CHECK_EQUAL(after.find('@'), 16u);
    return after.substr(16);
  };
  BOOST_CHECK_EQUAL(kept("ada@acme.test"), "@acme.test");
  BOOST_CHECK_EQUAL(kept("\"a@b\"@acme.test"), "@acme.test");
  BOOST_CHECK_EQUAL(kept("ada@acme.test", 26), "@acme.test");
  BOOST_CHECK_EQUAL(kept("ada@acme2.test", 26), "@x.example");
  for (const char* none : {"ada", "ada@", "@", "", "ada@no domain", "ada@\xc3\xa9.test"})
    BOOST_CHECK_EQUAL(kept(none), "@x.example");
}

BOOST_AUTO_TEST_CASE(a_country_is_kept_behind_a_plus_or_two_zeros) {
  const auto replaced = [](const char* value, const char* parameters = "{keep_country: true}") {
    return rewritten("person.phone", parameters, "text", value);
  };
  const std::pair<const char*, std::size_t> kept[] = {
      {"+33 6 12 34 56 78", 3},  {"+1 (212) 555-0187", 2}, {"+7 495 123 45 67", 2},
      {"+420 601 123 456", 4},   {"0049 30 901820", 4},    {"00353 1 234 5678", 5},
      {" (+44) 20 7946 0018", 5}};
  for (const auto& [number, size] : kept) {
    const std::string after = replaced(number);
    BOOST_CHECK_EQUAL(after.substr(0, size), std::string(number).substr(0, size));
    BOOST_CHECK_EQUAL(after.size(), std::string(number).size());
    BOOST_CHECK_NE(after.substr(size), std::string(number).substr(size));
  }
  // No country, or nothing but one.
  BOOST_CHECK_EQUAL(replaced("030 901820"), replaced("030 901820", "{}"));
  BOOST_CHECK_EQUAL(replaced("+49"), replaced("+49", "{}"));
  BOOST_CHECK_EQUAL(replaced("+49 12", "{keep_country: true, keep_last: 2}"),
                    replaced("+49 12", "{keep_last: 2}"));
  const std::string both = replaced("+49 30 901820", "{keep_country: true, keep_last: 2}");
  BOOST_CHECK_EQUAL(both.substr(0, 3) + both.substr(11), "+4920");
}

// E.164 is a plus and at most 15 digits, the first of which is not 0.
BOOST_AUTO_TEST_CASE(no_country_begins_with_0) {
  std::array<int, 10> first{};
  for (int n = 0; n < 3000; ++n) {
    const std::string number = "+33 6 12 34 " + std::to_string(1000 + n);
    for (const char* parameters : {"{}", "{keep_last: 4}"}) {
      const std::string after = rewritten("person.phone", parameters, "text", number);
      ++first.at(static_cast<std::size_t>(after.at(1) - '0'));
    }
    BOOST_CHECK_NE(rewritten("person.phone", "{keep_country: true, keep_last: 8}", "text",
                             "+" + std::to_string(1000 + n))[1],
                   '0');
  }
  BOOST_CHECK_EQUAL(first[0], 0);
  for (std::size_t digit = 1; digit < first.size(); ++digit) BOOST_CHECK_GT(first.at(digit), 400);
  // One that would come back as it was is changed, and not to 0.
  for (int n = 1; n < 10; ++n) {
    const std::string one = "+" + std::to_string(n);
    const std::string after = rewritten("person.phone", "{}", "text", one);
    BOOST_CHECK_NE(after, one);
    BOOST_CHECK_NE(after, "+0");
  }
}

BOOST_AUTO_TEST_SUITE_END()
