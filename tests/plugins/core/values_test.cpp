// SPDX-License-Identifier: MIT
// Strategies that put something else in a value's place, or a part of it.
#include <algorithm>
#include <map>

#include "tests/plugins/support/strategies.hpp"

using namespace strategies;

namespace {

Texts counting(const std::string& prefix, int count) {
  Texts values;
  for (int row = 0; row < count; ++row) values.push_back(prefix + std::to_string(row));
  return values;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(values)

BOOST_AUTO_TEST_CASE(documentation_is_true) {
  check_examples("core.keep", "{}", {column("value")});
  check_examples("core.constant", "{value: \"1970-01-01\"}", {column("value", "date")});
  check_examples("core.choice", "{values: [red, green, blue]}", {column("value")});
  check_examples("core.mask", "{keep_first: 1, keep_last: 2, only: word}", {column("value")});
  check_examples("core.regex", R"({pattern: '(\d{3})-\d{4}', with: '\1-0000'})", {column("value")});
  check_examples("core.truncate", "{length: 3}", {column("value")});
  check_examples("core.uuid", "{}", {column("value")});
}

BOOST_AUTO_TEST_CASE(all_keep_their_promises) {
  const Texts values = counting("value ", 5000);
  for (const auto& [id, parameters] :
       std::map<std::string, std::string>{{"core.keep", "{}"},
                                          {"core.constant", "{value: x}"},
                                          {"core.choice", "{values: [a, b]}"},
                                          {"core.mask", "{}"},
                                          {"core.regex", "{pattern: '[0-9]', with: n}"},
                                          {"core.truncate", "{length: 3}"},
                                          {"core.uuid", "{}"},
                                          {"core.sequence", "{}"},
                                          {"core.shuffle", "{}"}})
    check_promises(id, parameters, {column("value")}, values);
}

BOOST_AUTO_TEST_CASE(constant_and_null) {
  Host host;
  Strategy filling(host, subject("core.constant"), "{value: \"{}\", fill_null: true}",
                   {column("value", "jsonb")});
  BOOST_CHECK(filling(Value()) == Value("{}"));
  BOOST_CHECK(filling("[]") == Value("{}"));
}

BOOST_AUTO_TEST_CASE(regex_passes_on_what_it_was_made_for) {
  const auto regex = [](std::string_view parameters, const std::string& value) {
    return rewritten("core.regex", parameters, "text", value);
  };
  BOOST_CHECK_EQUAL(regex("{pattern: 'm.', with: '<\\0>'}", "Mama mia"), "Ma<ma> <mi>a");
  BOOST_CHECK_EQUAL(regex("{pattern: 'm.', with: x, ignore_case: true}", "Mama mia"), "xx xa");
  BOOST_CHECK_EQUAL(regex("{pattern: '\\p{L}+', with: w}", "\u00c9t\u00e9 24"), "w 24");
  BOOST_CHECK_EQUAL(regex("{pattern: q, otherwise: keep}", "Mama"), "Mama");
  BOOST_CHECK_EQUAL(regex("{pattern: q}", "Mama"), "[redacted]");
  BOOST_CHECK_EQUAL(regex("{pattern: '(a*)*b', otherwise: keep}", std::string(100'000, 'a')),
                    std::string(100'000, 'a'));
  Host host;
  Strategy shortened(host, subject("core.regex"), "{pattern: '^', with: 12345}", {limited(4)});
  BOOST_CHECK(shortened("ab") == Value("1234"));
  BOOST_CHECK_EQUAL(refusal("core.regex", "{pattern: '(a'}", {column("value")}),
                    "'pattern' cannot be read: missing ): (a - ");
  BOOST_CHECK_EQUAL(refusal("core.regex", "{pattern: a, with: '\\1'}", {column("value")}),
                    "'with' cannot be read: Rewrite schema requests 1 matches, but the regexp only "
                    "has 0 parenthesized subexpressions. - ");
}

BOOST_AUTO_TEST_CASE(choice_follows_its_weights) {
  Host host;
  Strategy strategy(host, subject("core.choice"),
                    "{values: [free, basic, pro], weights: [80, 15, 5], by: id}",
                    {column("value"), column("id")});
  std::map<Value, double> shares;
  for (const Value& value : strategy.apply(rows_of(Texts(20000, "same"), 2)))
    shares[value] += 1 / 20000.0;
  BOOST_CHECK_CLOSE(shares["free"], 0.80, 3);
  BOOST_CHECK_CLOSE(shares["basic"], 0.15, 8);
  BOOST_CHECK_CLOSE(shares["pro"], 0.05, 15);
  BOOST_CHECK_EQUAL(refusal("core.choice", "{values: []}", {column("value")}),
                    "'values' is empty - ");
  BOOST_CHECK_EQUAL(refusal("core.choice", "{values: [a, b], weights: [1]}", {column("value")}),
                    "'weights' needs one number for each of the 'values' - ");
}

BOOST_AUTO_TEST_CASE(masks) {
  const auto masked = [](std::string_view parameters, const char* value) {
    return rewritten("core.mask", parameters, "text", value);
  };
  BOOST_CHECK_EQUAL(masked("{}", "é b"), "***");
  BOOST_CHECK_EQUAL(masked("{keep_last: 4, only: digits}", "4111 1111 1111 1234"),
                    "**** **** **** 1234");
  BOOST_CHECK_EQUAL(masked("{only: letters}", "AB-12é"), "**-12*");
  BOOST_CHECK_EQUAL(masked("{keep_first: 2, with: \"•\"}", "abcd"), "ab••");
  BOOST_CHECK_EQUAL(masked("{keep_first: 2, keep_last: 2}", "abcd"), "****");
  BOOST_CHECK_EQUAL(refusal("core.mask", "{with: ab}", {column("value")}),
                    "'with' needs one character - ");
}

BOOST_AUTO_TEST_CASE(texts_are_cut_between_characters) {
  const auto cut = [](const char* parameters, const char* value) {
    return rewritten("core.truncate", parameters, "text", value);
  };
  BOOST_CHECK_EQUAL(cut("{length: 2}", "\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80"),
                    "\xc3\xa9\xe2\x82\xac");
  BOOST_CHECK_EQUAL(cut("{length: 3}", "\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80z"),
                    "\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80");
  BOOST_CHECK_EQUAL(cut("{length: 3}", "ab"), "ab");
}

BOOST_AUTO_TEST_CASE(hashes_in_every_encoding) {
  const auto hashed = [](const char* parameters) {
    return rewritten("core.hash", parameters, "text", "ada");
  };
  // The same bits, written in fours, fives and sixes.
  const auto bits_of = [](const std::string& text, const std::string& alphabet, int width) {
    std::string bits;
    for (const char c : text)
      for (int bit = width - 1; bit >= 0; --bit)
        bits += (alphabet.find(c) >> bit & 1) != 0 ? '1' : '0';
    return bits;
  };
  const std::string hex = bits_of(hashed("{length: 64}"), "0123456789abcdef", 4);
  BOOST_REQUIRE_EQUAL(hex.size(), 256u);
  BOOST_CHECK_EQUAL(
      bits_of(hashed("{encoding: base32, length: 51}"), "abcdefghijklmnopqrstuvwxyz234567", 5),
      hex.substr(0, 255));
  BOOST_CHECK_EQUAL(bits_of(hashed("{encoding: base64, length: 42}"),
                            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_", 6),
                    hex.substr(0, 252));
  BOOST_CHECK_EQUAL(refusal("core.hash", "{encoding: base32, length: 52}", {column("value")}),
                    "a hash has 51 characters in this encoding - lower 'length'");
  check_promises("core.hash", "{encoding: base64, length: 16}", {column("value")},
                 {"a", "b", "c", "a b", "\xc3\xa9"});
}

BOOST_AUTO_TEST_CASE(uuids) {
  const std::string uuid =
      rewritten("core.uuid", "{}", "uuid", "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11");
  BOOST_CHECK_EQUAL(uuid.size(), 36);
  BOOST_CHECK_EQUAL(uuid[14], '4');
  BOOST_CHECK_NE(std::string("89ab").find(uuid[19]), std::string::npos);
  BOOST_CHECK_EQUAL(rewritten("core.uuid", "{}", "bpchar", "ab  "),
                    rewritten("core.uuid", "{}", "text", "ab"));
  BOOST_CHECK_NE(refusal("core.uuid", "{}", {limited(35)}), "");
  BOOST_CHECK_NE(refusal("core.uuid", "{}", {column("value", "int4")}), "");
}

BOOST_AUTO_TEST_CASE(sequences) {
  Host host;
  Strategy strategy(host, subject("core.sequence"), "{start: 10, step: 5, prefix: \"c \"}",
                    {column("value")});
  const std::vector<Value> expected = {"c 10", Value(), "c 20"};
  BOOST_CHECK(strategy.apply({{"x"}, {Value()}, {""}}) == expected);
  BOOST_CHECK_EQUAL(rewritten("core.sequence", "{start: -3}", "int4", "7"), "-3");
  BOOST_CHECK_NE(refusal("core.sequence", "{prefix: c}", {column("value", "int4")}), "");
}

BOOST_AUTO_TEST_CASE(shuffle_moves_every_value) {
  Host host;
  Strategy strategy(host, subject("core.shuffle"), "{}", {column("value")});
  for (const int count : {2, 3, 10, 1000}) {
    Texts values = counting("v", count);
    auto rows = rows_of(values, 1);
    rows.push_back({Value()});
    std::vector<Value> after = strategy.apply(rows);
    BOOST_CHECK(after.back() == Value());
    for (std::size_t row = 0; row < values.size(); ++row)
      BOOST_REQUIRE(after[row] != Value(values[row]));
    after.pop_back();
    std::sort(after.begin(), after.end());
    std::sort(values.begin(), values.end());
    BOOST_CHECK(std::equal(after.begin(), after.end(), values.begin(), values.end(),
                           [](const Value& a, const std::string& b) { return a == b; }));
  }
  BOOST_CHECK(strategy("alone") == Value("alone"));
}

BOOST_AUTO_TEST_SUITE_END()
