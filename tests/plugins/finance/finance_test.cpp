// SPDX-License-Identifier: MIT
#include <random>

#include "tests/plugins/support/strategies.hpp"

using namespace strategies;

namespace {

std::string digits_of(const std::string& text) {
  std::string digits;
  for (const char c : text)
    if (c >= '0' && c <= '9') digits += c;
  return digits;
}

bool luhn_holds(const std::string& text) {
  const std::string digits = digits_of(text);
  int sum = 0;
  for (std::size_t index = 0; index < digits.size(); ++index) {
    const int digit = digits[digits.size() - 1 - index] - '0';
    const int share = index % 2 == 0 ? digit : digit * 2;
    sum += share > 9 ? share - 9 : share;
  }
  return sum % 10 == 0;
}

unsigned remainder_97(const std::string& iban) {
  std::string letters;
  for (const char c : iban)
    if (c != ' ') letters += c;
  letters = letters.substr(4) + letters.substr(0, 4);
  unsigned remainder = 0;
  for (const char c : letters) {
    const std::string number = c >= 'A' ? std::to_string(c - 'A' + 10) : std::string(1, c);
    for (const char digit : number)
      remainder = (remainder * 10 + static_cast<unsigned>(digit - '0')) % 97;
  }
  return remainder;
}

std::string form_of(std::string text) {
  for (char& c : text) c = c >= '0' && c <= '9' ? '9' : c >= 'A' && c <= 'Z' ? 'A' : c;
  return text;
}

Texts random_numbers(std::size_t count, const std::string& form) {
  std::mt19937 random(3);
  Texts values;
  for (std::size_t index = 0; index < count; ++index) {
    std::string value = form;
    for (char& c : value)
      if (c == '9') c = static_cast<char>('0' + random() % 10);
    values.push_back(value);
  }
  return values;
}

const Columns numeric = {column("value", "numeric")};

}  // namespace

BOOST_AUTO_TEST_SUITE(finance)

BOOST_AUTO_TEST_CASE(documentation_is_true) {
  check_examples("finance.card", "{}", {column("value")});
  check_examples("finance.iban", "{}", {column("value")});
  check_examples("finance.amount", "{}", numeric);
  check_examples("finance.account", "{}", {column("value")});
}

BOOST_AUTO_TEST_CASE(card_keeps_its_promises) {
  for (const char* form :
       {"9999 9999 9999 9999", "9999-999999-99999", "999999999999", "9999999999999999999"}) {
    const Texts values = random_numbers(1000, form);
    for (const char* parameters : {"{}", "{keep_first: 0}", "{keep_first: 6, keep_last: 4}",
                                   "{keep_first: 8, keep_last: 4}"}) {
      const Texts after = check_promises("finance.card", parameters, {column("value")}, values);
      BOOST_CHECK_EQUAL(count_unchanged(values, after), 0);
      for (const std::string& card : after) {
        BOOST_REQUIRE_EQUAL(form_of(card), form);
        BOOST_REQUIRE(luhn_holds(card));
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(card_keeps_what_it_is_told_to) {
  const std::string kept =
      rewritten("finance.card", "{keep_first: 6, keep_last: 4}", "text", "4111 1122 3333 4444");
  BOOST_CHECK_EQUAL(kept.substr(0, 7), "4111 11");
  BOOST_CHECK_EQUAL(kept.substr(15), "4444");
  const std::string network = rewritten("finance.card", "{}", "text", "5500005555555559");
  BOOST_CHECK_EQUAL(network.substr(0, 1), "5");
  // Of twelve digits, four are replaced all the same.
  const std::string brief =
      rewritten("finance.card", "{keep_first: 8, keep_last: 4}", "text", "501800000009");
  BOOST_CHECK_EQUAL(brief.substr(0, 4) + brief.substr(8), "50180009");
}

BOOST_AUTO_TEST_CASE(separators_do_not_matter) {
  BOOST_CHECK_EQUAL(digits_of(rewritten("finance.card", "{}", "text", "4111 1111 1111 1111")),
                    rewritten("finance.card", "{}", "text", "4111111111111111"));
  BOOST_CHECK_EQUAL(
      digits_of(rewritten("finance.iban", "{}", "text", "DE89 3704 0044 0532 0130 00")),
      digits_of(rewritten("finance.iban", "{}", "text", "de89370400440532013000")));
  BOOST_CHECK_EQUAL(rewritten("finance.card", "{}", "bpchar", "4111111111111111    "),
                    rewritten("finance.card", "{}", "text", "4111111111111111"));
}

BOOST_AUTO_TEST_CASE(what_is_no_card_is_scrambled) {
  for (const char* value :
       {"1234", "4111 1111 1111 1111 x", "x", "12345678901234567890", "Müller"}) {
    const std::string after = rewritten("finance.card", "{}", "text", value);
    BOOST_CHECK_NE(after, value);
    BOOST_CHECK_LE(after.size(), std::string(value).size());
  }
  BOOST_CHECK_EQUAL(rewritten("finance.card", "{}", "text", ""), "");
  BOOST_CHECK_EQUAL(rewritten("finance.card", "{}", "text", "--"), "--");
}

BOOST_AUTO_TEST_CASE(iban_keeps_its_promises) {
  for (const char* form :
       {"DE99 9999 9999 9999 9999 99", "GB99WEST99999999999999", "NO9999999999999",
        "FR9999999999999999999M99999", "MT99MALT999999999999MTLCAST999S"}) {
    const Texts values = random_numbers(500, form);
    const Texts after = check_promises("finance.iban", "{}", {column("value")}, values);
    BOOST_CHECK_EQUAL(count_unchanged(values, after), 0);
    for (const std::string& iban : after) {
      BOOST_REQUIRE_EQUAL(form_of(iban).substr(2), form_of(form).substr(2));
      BOOST_REQUIRE_EQUAL(iban.substr(0, 2), std::string(form).substr(0, 2));
      BOOST_REQUIRE_EQUAL(remainder_97(iban), 1);
    }
  }
}

BOOST_AUTO_TEST_CASE(iban_keeps_the_bank) {
  const std::string german =
      rewritten("finance.iban", "{keep_bank: 8}", "text", "DE89370400440532013000");
  BOOST_CHECK_EQUAL(german.substr(4, 8), "37040044");
  BOOST_CHECK_EQUAL(remainder_97(german), 1);
}

BOOST_AUTO_TEST_CASE(what_is_no_iban_is_scrambled) {
  for (const char* value :
       {"DE89 3704", "XX89370400440532013000", "DE893704004405320130001", "N/A"})
    BOOST_CHECK_NE(rewritten("finance.iban", "{}", "text", value), value);
  BOOST_CHECK_EQUAL(rewritten("finance.iban", "{}", "text", ""), "");
}

BOOST_AUTO_TEST_CASE(amount_keeps_its_promises) {
  std::mt19937 random(9);
  Texts values;
  for (int row = 0; row < 5000; ++row) {
    const std::string whole = std::to_string(random() % 100000);
    values.push_back((row % 2 == 0 ? "" : "-") + whole + "." + std::to_string(10 + random() % 90));
  }
  const Texts after = check_promises("finance.amount", "{ratio: 0.05}", numeric, values);
  BOOST_CHECK_EQUAL(count_unchanged(values, after), 0);
  for (std::size_t row = 0; row < values.size(); ++row) {
    const double before = std::stod(values[row]);
    BOOST_REQUIRE_LE(std::abs(std::stod(after[row]) - before), std::abs(before) * 0.05 + 0.011);
    BOOST_REQUIRE_EQUAL(after[row].front() == '-', values[row].front() == '-');
    BOOST_REQUIRE_EQUAL(after[row].size() - after[row].find('.'), 3);
    BOOST_REQUIRE_LE(after[row].size(), values[row].size());
  }
}

BOOST_AUTO_TEST_CASE(amounts_of_any_size_stay_in_their_type) {
  for (const char* value : {"2147483647", "-2147483648", "1", "-1", "9", "99", "999999999"}) {
    const std::string after = rewritten("finance.amount", "{ratio: 0.9}", "int4", value);
    BOOST_CHECK_NE(after, value);
    BOOST_CHECK_LE(std::abs(std::stoll(after)), 2147483647);
  }
  for (const char* value : {"32767", "-32768"})
    BOOST_CHECK_LE(
        std::abs(std::stol(rewritten("finance.amount", "{ratio: 0.0001}", "int2", value))), 32767);
  const std::string large(200, '7');
  const std::string after = rewritten("finance.amount", "{}", "numeric", large + ".50");
  BOOST_CHECK_EQUAL(after.size(), 203);
  BOOST_CHECK_NE(after, large + ".50");
  BOOST_CHECK_NE(rewritten("finance.amount", "{}", "numeric", "0.01"), "0.01");
}

BOOST_AUTO_TEST_CASE(amounts_of_floats) {
  const std::string large = rewritten("finance.amount", "{}", "float8", "1.5e+20");
  BOOST_CHECK_NE(large, "1.5e+20");
  BOOST_CHECK_CLOSE(std::stod(large), 1.5e20, 10.1);
  const std::string most = rewritten("finance.amount", "{}", "float8", "1.7976931348623157e+308");
  BOOST_CHECK_LT(std::stod(most), 1.7976931348623157e308);
  const std::string single = rewritten("finance.amount", "{}", "float4", "3.4028235e+38");
  BOOST_CHECK_LT(std::stod(single), 3.4028235e38);
}

BOOST_AUTO_TEST_CASE(what_is_no_amount_stays) {
  for (const char* value : {"0", "0.00", "-0", "NaN", "Infinity", "-Infinity"})
    BOOST_CHECK_EQUAL(rewritten("finance.amount", "{}", "float8", value), value);
}

BOOST_AUTO_TEST_CASE(equal_amounts_move_apart_by_row) {
  Host host;
  Strategy strategy(host, subject("finance.amount"), "{by: id}",
                    {column("value", "numeric"), column("id", "int8")});
  const auto after = strategy.apply(rows_of(Texts(50, "1000.00"), 2));
  BOOST_CHECK_GT(std::set<Value>(after.begin(), after.end()).size(), 40);
}

BOOST_AUTO_TEST_CASE(account_keeps_its_promises) {
  const Texts values = random_numbers(2000, "99-99 AB 9999");
  for (const char* parameters : {"{}", "{keep_last: 4}"}) {
    const Texts after = check_promises("finance.account", parameters, {column("value")}, values);
    BOOST_CHECK_EQUAL(count_unchanged(values, after), 0);
    for (const std::string& account : after)
      BOOST_REQUIRE_EQUAL(form_of(account), form_of(values[0]));
  }
  BOOST_CHECK_EQUAL(
      rewritten("finance.account", "{keep_last: 4}", "text", "20-41-06 73914207").substr(13),
      "4207");
  BOOST_CHECK_NE(rewritten("finance.account", "{keep_last: 4}", "text", "4207"), "4207");
}

BOOST_AUTO_TEST_CASE(other_types_are_refused) {
  BOOST_CHECK_EQUAL(refusal("finance.card", "{}", {column("card", "int8")}),
                    "finance.card cannot rewrite column 'card' of type 'int8' - it takes text, "
                    "varchar, bpchar, citext; give the column a strategy that suits its type");
  BOOST_CHECK_NE(refusal("finance.amount", "{}", {column("total", "money")}), "");
}

BOOST_AUTO_TEST_SUITE_END()
