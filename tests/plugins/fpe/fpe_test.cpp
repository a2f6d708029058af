// SPDX-License-Identifier: MIT
#include <random>

#include "tests/plugins/support/strategies.hpp"

using namespace strategies;

namespace {

const Columns integers = {column("value", "int8")};

Texts counting(std::int64_t from, std::size_t count) {
  Texts values;
  for (std::size_t index = 0; index < count; ++index)
    values.push_back(std::to_string(from + static_cast<std::int64_t>(index)));
  return values;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(fpe)

BOOST_AUTO_TEST_CASE(documentation_is_true) {
  check_examples("fpe.digits", "{}", {column("value")});
  check_examples("fpe.text", "{}", {column("value")});
  check_examples("fpe.integer", "{}", integers);
}

BOOST_AUTO_TEST_CASE(integers_keep_their_promises) {
  const Texts values = counting(1, 20000);
  for (const std::string& result : check_promises("fpe.integer", "{}", integers, values)) {
    BOOST_REQUIRE_GE(std::stoll(result), 1);
    BOOST_REQUIRE_LE(std::stoll(result), 2147483647);
  }
  check_promises("fpe.integer", "{min: -500000, max: 499999}", integers, counting(-500000, 3000));
  check_promises("fpe.integer", "{min: -9223372036854775807, max: 9223372036854775807}", integers,
                 counting(-1000, 2000));
}

BOOST_AUTO_TEST_CASE(a_range_is_permuted_as_a_whole) {
  const Texts values = counting(-3, 1000001);
  Host host;
  Strategy strategy(host, subject("fpe.integer"), "{min: -3, max: 999997}", integers);
  std::vector<bool> seen(values.size());
  for (const Value& result : strategy.apply(rows_of(values, 1))) {
    const auto place = static_cast<std::size_t>(std::stoll(*result) + 3);
    BOOST_REQUIRE(!seen.at(place));
    seen[place] = true;
  }
}

BOOST_AUTO_TEST_CASE(integers_meet_across_types) {
  BOOST_CHECK_EQUAL(rewritten("fpe.integer", "{}", "int4", "42"),
                    rewritten("fpe.integer", "{}", "int8", "42"));
  BOOST_CHECK_EQUAL(rewritten("fpe.integer", "{}", "int4", "42"),
                    rewritten("fpe.integer", "{}", "numeric", "42.00"));
  BOOST_CHECK_NE(rewritten("fpe.integer", "{}", "int4", "42"),
                 rewritten("fpe.integer", "{tweak: orders}", "int4", "42"));
}

BOOST_AUTO_TEST_CASE(integers_that_do_not_fit) {
  BOOST_CHECK_EQUAL(refusal("fpe.integer", "{}", integers, "0"),
                    "fpe.integer met a value outside 1 to 2147483647 - set 'min' and 'max' so that "
                    "they hold all values of the column");
  BOOST_CHECK_EQUAL(refusal("fpe.integer", "{}", {column("value", "numeric")}, "4.5"),
                    "fpe.integer met a value that is no integer of 64 bits - finance.amount takes "
                    "any number");
  BOOST_CHECK_EQUAL(refusal("fpe.integer", "{min: 1, max: 999999}", integers),
                    "fpe.integer needs a range of at least 1000000 values from 'min' to 'max' - "
                    "all values of a smaller range could be tried out; use core.null or "
                    "core.choice");
  BOOST_CHECK_NE(refusal("fpe.integer", "{min: 2, max: 1}", integers), "");
  BOOST_CHECK_EQUAL(refusal("fpe.integer", "{max: 3000000000}", {column("id", "int4")}),
                    "fpe.integer with this range does not fit column 'id' of type 'int4' - choose "
                    "'min' and 'max' between -2147483648 and 2147483647");
  BOOST_CHECK_EQUAL(refusal("fpe.integer", "{}", {column("id", "int2")}),
                    "fpe.integer cannot rewrite column 'id' of type 'int2' - it takes int4, int8, "
                    "numeric; give the column a strategy that suits its type");
}

BOOST_AUTO_TEST_CASE(digits_keep_their_promises) {
  std::mt19937 random(2);
  std::set<std::string> values;
  while (values.size() < 20000) {
    std::string value = "999-99-9999";
    for (char& c : value)
      if (c == '9') c = static_cast<char>('0' + random() % 10);
    values.insert(value);
  }
  for (const std::string& after :
       check_promises("fpe.digits", "{}", {column("value")}, {values.begin(), values.end()}))
    BOOST_REQUIRE(after[3] == '-' && after[6] == '-' && after.size() == 11);
}

BOOST_AUTO_TEST_CASE(text_keeps_its_promises) {
  Texts values;
  for (int row = 0; row < 5000; ++row) values.push_back("Acme/" + std::to_string(row));
  const Texts after = check_promises("fpe.text", "{}", {column("value")}, values);
  for (std::size_t row = 0; row < values.size(); ++row) {
    BOOST_REQUIRE_EQUAL(after[row].size(), values[row].size());
    BOOST_REQUIRE_EQUAL(after[row][4], '/');
  }
}

BOOST_AUTO_TEST_CASE(alphabets) {
  for (const char* alphabet : {"lower", "upper", "letters", "lower_digits", "upper_digits"}) {
    const std::string parameters = "{alphabet: " + std::string(alphabet) + ", outside: keep}";
    BOOST_CHECK_NE(rewritten("fpe.text", parameters, "text", "abcdefABCDEF012345"),
                   "abcdefABCDEF012345");
  }
  const std::string greek =
      rewritten("fpe.text", "{characters: αβγδεζηθικλμνξοπρστυφχψω}", "text", "αλφαβητο");
  BOOST_CHECK_EQUAL(greek.size(), 16);
  BOOST_CHECK_NE(greek, "αλφαβητο");
  BOOST_CHECK_EQUAL(refusal("fpe.text", "{characters: abca}", {column("value")}),
                    "'characters' has 'a' twice - ");
  BOOST_CHECK_EQUAL(refusal("fpe.text", "{characters: a}", {column("value")}),
                    "'characters' needs at least two different characters - ");
}

BOOST_AUTO_TEST_CASE(small_domains_are_refused) {
  BOOST_CHECK_EQUAL(refusal("fpe.digits", "{}", {column("value")}, "12345"),
                    "fpe.digits cannot encrypt a value of fewer than 6 characters of its alphabet: "
                    "all of them could be tried out - use core.hash for this column, or "
                    "`too_short: null` to replace such values by NULL");
  BOOST_CHECK_EQUAL(rewritten("fpe.digits", "{too_short: \"null\"}", "text", "12345"), "NULL");
  BOOST_CHECK_EQUAL(rewritten("fpe.digits", "{}", "text", "123456").size(), 6);
  BOOST_CHECK_EQUAL(rewritten("fpe.text", "{}", "text", ""), "");
  BOOST_CHECK_EQUAL(rewritten("fpe.text", "{}", "text", " - "), " - ");
}

BOOST_AUTO_TEST_CASE(what_would_stay_readable_is_refused) {
  BOOST_CHECK_EQUAL(refusal("fpe.digits", "{}", {column("value")}, "AB123456"),
                    "fpe.digits met a letter or a digit outside its alphabet, which would stay "
                    "readable - choose a larger alphabet for fpe.text, or `outside: keep` where "
                    "that is no secret");
  BOOST_CHECK(rewritten("fpe.digits", "{outside: keep}", "text", "AB123456").starts_with("AB"));
  BOOST_CHECK_NE(refusal("fpe.text", "{}", {column("value")}, "Müller-Lüdenscheidt"), "");
}

BOOST_AUTO_TEST_SUITE_END()
