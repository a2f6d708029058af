// SPDX-License-Identifier: MIT
#include "tests/plugins/support/strategies.hpp"

using namespace strategies;

namespace {

std::string redacted(const std::string& text, std::string_view parameters = "{}") {
  return rewritten("text.redact", parameters, "text", text);
}

void check_found(const std::string& label, const Texts& texts) {
  for (const std::string& text : texts) {
    BOOST_CHECK_EQUAL(redacted(text), label);
    BOOST_CHECK_EQUAL(redacted("(" + text + ")"), "(" + label + ")");
    BOOST_CHECK_EQUAL(redacted("see " + text + ", then"), "see " + label + ", then");
    BOOST_CHECK_EQUAL(redacted("It is " + text + "."), "It is " + label + ".");
  }
}

void check_left(const Texts& texts) {
  for (const std::string& text : texts) BOOST_CHECK_EQUAL(redacted(text), text);
}

Texts assorted_texts() {
  Texts values;
  for (int row = 0; row < 500; ++row)
    values.push_back("  Zeile " + std::to_string(row) + ": ÄÖÜ, mail a" + std::to_string(row) +
                     "@b.example\n\tthanks \xe3\x80\x80");
  return values;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(texts)

BOOST_AUTO_TEST_CASE(documentation_is_true) {
  check_examples("text.redact", "{}", {column("value")});
  check_examples("text.lower", "{}", {column("value")});
  check_examples("text.trim", "{collapse: true}", {column("value")});
  check_examples("text.lorem", "{}", {column("value")});
}

BOOST_AUTO_TEST_CASE(all_keep_their_promises) {
  for (const char* id : {"text.redact", "text.lower", "text.trim", "text.lorem"}) {
    const Texts values = assorted_texts();
    const Texts after = check_promises(id, "{}", {column("value")}, values);
    BOOST_CHECK_EQUAL(count_unchanged(values, after), 0);
    BOOST_CHECK_EQUAL(rewritten(id, "{}", "text", ""), "");
    BOOST_CHECK_NE(refusal(id, "{}", {column("value", "jsonb")}), "");
  }
}

BOOST_AUTO_TEST_CASE(mail_addresses) {
  check_found("[EMAIL]", {"jane@acme.com", "jane.doe+tag@mail.acme.co.uk", "j@a-b.example",
                          "o'neil_1@x.museum", "jörg@münchen.example"});
  check_left({"jane@acme", "jane at acme.com", "@acme.com", "a@b", "x @ y.com", "jane@10.0"});
}

BOOST_AUTO_TEST_CASE(card_numbers) {
  check_found("[CARD]", {"4111 1111 1111 1111", "4111-1111-1111-1111", "378282246310005",
                         "5500005555555559"});
  BOOST_CHECK_EQUAL(redacted("4111111111111112"), "4111111111111112");
  BOOST_CHECK_EQUAL(redacted("x4111111111111111"), "x4111111111111111");
}

BOOST_AUTO_TEST_CASE(ibans) {
  check_found("[IBAN]",
              {"DE89370400440532013000", "DE89 3704 0044 0532 0130 00", "GB82WEST12345698765432",
               "gb82 west 1234 5698 7654 32", "NO9386011117947"});
  check_left({"DE88370400440532013000", "AB12 words that go on and on and on"});
}

BOOST_AUTO_TEST_CASE(ip_addresses) {
  check_found("[IP]", {"192.0.2.10", "2001:db8::1", "fe80::1ff:fe23:4567:890a", "::1"});
  BOOST_CHECK_EQUAL(redacted("at 192.0.2.1:8080"), "at [IP]:8080");
  check_left({"1.2.3", "1.2.3.4.5", "256.1.1.1", "12:30:45", "std::vector", "version 1.2.3.x4"});
}

BOOST_AUTO_TEST_CASE(telephone_numbers) {
  check_found("[PHONE]", {"+33 1 23 45 67 89", "(212) 555-0123", "01 23 45 67 89", "+4930123456",
                          "0170/1234567", "555-012-3456", "0033123456789"});
  check_left({"2024-02-29", "12345", "order 1234567890", "5 000 000", "1999-2001", "100.000,00"});
}

BOOST_AUTO_TEST_CASE(social_security_numbers) {
  check_found("[SSN]", {"078-05-1120", "123 45 6789"});
  for (const char* text : {"000-12-3456", "666-12-3456", "900-12-3456", "123-00-4567",
                           "123-45-0000", "1078-05-1120", "078-05-11201"})
    BOOST_CHECK_EQUAL(redacted(text, "{patterns: ssn}"), text);
}

BOOST_AUTO_TEST_CASE(only_the_patterns_asked_for) {
  const std::string text = "jane@acme.com from 192.0.2.1";
  BOOST_CHECK_EQUAL(redacted(text, "{patterns: [ip]}"), "jane@acme.com from [IP]");
  BOOST_CHECK_EQUAL(redacted(text, "{patterns: email, style: stars}"),
                    "************* from 192.0.2.1");
  BOOST_CHECK_EQUAL(refusal("text.redact", "{patterns: []}", {column("value")}),
                    "'patterns' is empty - ");
}

BOOST_AUTO_TEST_CASE(redaction_fits_the_column) {
  Host host;
  Strategy strategy(host, subject("text.redact"), "{}", {limited(9)});
  BOOST_CHECK_EQUAL(*strategy("é a@b.cd"), "é [EMAIL]");
  BOOST_CHECK_EQUAL(*strategy("éa@b.cd, ."), "[EMAIL], ");
}

// Whatever bytes come, a scanner stays within them and the result is as valid as the text.
BOOST_AUTO_TEST_CASE(redaction_of_noise) {
  const std::string_view alphabet = "a@.:-+ (0123456789)DE[é\n";
  std::uint32_t state = 1;
  Host host;
  Strategy strategy(host, subject("text.redact"), "{style: stars}", {column("value")});
  for (int round = 0; round < 5000; ++round) {
    std::string text;
    for (state = state * 1664525 + 1013904223; state >> 28 != 0;
         state = state * 1664525 + 1013904223)
      text += alphabet[state >> 8 & 15];
    const std::string after = *strategy(text);
    BOOST_REQUIRE_EQUAL(after.size(), text.size());
  }
}

BOOST_AUTO_TEST_CASE(lower_case) {
  const auto lower = [](const char* text) { return rewritten("text.lower", "{}", "text", text); };
  BOOST_CHECK_EQUAL(lower("AZaz09"), "azaz09");
  BOOST_CHECK_EQUAL(lower("ÀÖØÞß×÷ ŸŽŐ ŁŃ"), "àöøþß×÷ ÿžő łń");
  BOOST_CHECK_EQUAL(lower("ΆΈΉΊΌΎΏ ΑΩΫς"), "άέήίόύώ αωϋς");
  BOOST_CHECK_EQUAL(lower("ЀЏ АЯ ҐӐ"), "ѐџ ая ґӑ");
  BOOST_CHECK_EQUAL(lower("漢字 İ"), "漢字 İ");
  BOOST_CHECK_EQUAL(lower("\xff\xc3"), "\xff\xc3");
}

BOOST_AUTO_TEST_CASE(trim_and_collapse) {
  const auto trimmed = [](const char* parameters, const char* text) {
    return rewritten("text.trim", parameters, "text", text);
  };
  BOOST_CHECK_EQUAL(trimmed("{}", " \t a  b \n\xc2\xa0"), "a  b");
  BOOST_CHECK_EQUAL(trimmed("{collapse: true}",
                            " \t a \n b\xe3\x80\x80"
                            "c "),
                    "a b c");
  BOOST_CHECK_EQUAL(trimmed("{}", "   "), "");
  BOOST_CHECK_EQUAL(trimmed("{collapse: true}", "\n\n"), "");
}

BOOST_AUTO_TEST_CASE(lorem_has_as_many_characters) {
  BOOST_CHECK_EQUAL(rewritten("text.lorem", "{}", "text", std::string(2000, 'x')).size(), 2000);
  BOOST_CHECK_EQUAL(rewritten("text.lorem", "{}", "text", "漢字漢字漢"), "Lorem");
  BOOST_CHECK_EQUAL(rewritten("text.lorem", "{keep_lines: true}", "text", "ab\ncd\n"), "Lo\nre\n");
  BOOST_CHECK_EQUAL(rewritten("text.lorem", "{}", "bpchar", "ab        "), "Lo");
}

BOOST_AUTO_TEST_SUITE_END()
