// SPDX-License-Identifier: MIT
// How values are found again in texts: words and patterns at every offset of the blocks that are
// looked at in one go, held against a reading of one character after the other.
#include <boost/test/unit_test.hpp>
#include <random>
#include <string>
#include <unordered_set>
#include <vector>

#include "host/sync/leaves.hpp"
#include "host/sync/number_filter.hpp"
#include "host/sync/patterns.hpp"
#include "host/sync/words.hpp"

using namespace host::sync;

namespace {

using Texts = std::vector<std::string>;

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         static_cast<unsigned char>(c) >= 0x80;
}
bool is_inner(char c) {
  return is_letter(c) || (c != '\0' && std::string("@._+-'%").find(c) != std::string::npos);
}

Texts words_one_by_one(const std::string& text) {
  Texts words;
  for (std::size_t at = 0; at < text.size();) {
    if (!is_letter(text[at])) {
      ++at;
      continue;
    }
    std::size_t end = at;
    while (end < text.size() && is_inner(text[end])) ++end;
    std::size_t last = end;
    while (!is_letter(text[last - 1])) --last;
    words.push_back(text.substr(at, last - at));
    at = end;
  }
  return words;
}

Texts words_of(std::string_view text) {
  Texts words;
  each_word(text, [&](std::string_view word) { words.emplace_back(word); });
  return words;
}

Texts leaves_of(std::string_view text) {
  Texts leaves;
  each_leaf(text, [&](std::string_view leaf) { leaves.emplace_back(leaf); });
  return leaves;
}

std::uint64_t count(Pattern pattern, const std::string& text) {
  PatternCounts counts;
  counts.add(text);
  return counts.of(pattern);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(words)

BOOST_AUTO_TEST_CASE(words_are_those_that_one_character_after_the_other_gives) {
  const std::string alphabets[] = {"ab @.", "aZ09 _+-'%@.\t", std::string("a\xc3\xa9 \0-", 6)};
  std::mt19937 random(4);
  for (const std::string& alphabet : alphabets)
    for (std::size_t size = 0; size < 200; ++size)
      for (int round = 0; round < 20; ++round) {
        std::string text;
        for (std::size_t i = 0; i < size; ++i) text += alphabet[random() % alphabet.size()];
        BOOST_REQUIRE(words_of(text) == words_one_by_one(text));
      }
  for (int c = 0; c < 256; ++c) {
    const std::string text = "a" + std::string(1, static_cast<char>(c)) + "b";
    BOOST_REQUIRE(words_of(text) == words_one_by_one(text));
  }
}

BOOST_AUTO_TEST_CASE(a_hash_tells_words_apart_but_not_their_case) {
  const WordHash hash;
  std::unordered_set<std::uint64_t> seen;
  std::string word;
  for (std::size_t size = 0; size < 300; ++size) {
    BOOST_REQUIRE(seen.insert(hash(word)).second);
    std::string other = word;
    for (std::size_t i = 0; i < word.size(); ++i) {
      other[i] = 'X';
      BOOST_REQUIRE(seen.insert(hash(other)).second);
      other[i] = word[i];
    }
    word += static_cast<char>('a' + size % 20);
  }
  for (int number = 0; number < 1'000'000; ++number)
    BOOST_REQUIRE(seen.insert(hash(std::to_string(number))).second);
  BOOST_CHECK_EQUAL(hash("Ada.Lovelace@ACME.Example"), hash("ada.lovelace@acme.example"));
  BOOST_CHECK_EQUAL(hash("L\xc3\x84rm-of-all-kinds"), hash("l\xc3\xa4rm-OF-all-kinds"));
  BOOST_CHECK_EQUAL(hash("\xd0\x90\xd0\xb4\xd0\xb0"), hash("\xd0\xb0\xd0\xb4\xd0\xb0"));
  BOOST_CHECK_NE(hash("\xc3\xa4"), hash("\xc3\xb6"));
  BOOST_CHECK_NE(hash("@[`{"), hash("`{@["));
  BOOST_CHECK_NE(WordHash()("ada"), hash("ada"));  // another run
}

BOOST_AUTO_TEST_CASE(a_filter_forgets_nothing_and_is_seldom_wrong) {
  constexpr std::uint64_t numbers = 100'000;
  NumberFilter filter(numbers, std::uint64_t{64} << 20);
  std::mt19937_64 random(7);
  std::vector<std::uint64_t> added;
  for (std::uint64_t i = 0; i < numbers; ++i) {
    added.push_back(random());
    filter.add(added.back());
  }
  for (const std::uint64_t number : added) BOOST_REQUIRE(filter.may_hold(number));
  int wrong = 0;
  for (int i = 0; i < 1'000'000; ++i) wrong += filter.may_hold(random());
  BOOST_CHECK_LT(wrong, 20);
  // One that is much too small answers "perhaps" more often.
  NumberFilter small(numbers, 1024 * 8);
  for (const std::uint64_t number : added) small.add(number);
  for (const std::uint64_t number : added) BOOST_REQUIRE(small.may_hold(number));
}

BOOST_AUTO_TEST_CASE(patterns_are_found_at_every_offset) {
  for (std::size_t offset = 0; offset < 140; ++offset) {
    const std::string before = std::string(offset, '.') + " ", after(offset / 2, '-');
    BOOST_REQUIRE_EQUAL(count(Pattern::email, before + "joe@corp.test" + after), 1u);
    BOOST_REQUIRE_EQUAL(count(Pattern::phone, before + "+33 6 12 34 56 78 " + after), 1u);
    BOOST_REQUIRE_EQUAL(count(Pattern::card, before + "4111-1111-1111-1111 " + after), 1u);
    BOOST_REQUIRE_EQUAL(count(Pattern::card, before + "4111-1111-1111-1112 " + after), 0u);
    BOOST_REQUIRE_EQUAL(count(Pattern::iban, before + "DE89 3704 0044 0532 0130 00 " + after), 1u);
    BOOST_REQUIRE_EQUAL(count(Pattern::iban, before + "MT84MALT011000012345MTLCAST001S " + after),
                        1u);
    BOOST_REQUIRE_EQUAL(count(Pattern::iban, before + "DE88370400440532013000 " + after), 0u);
    BOOST_REQUIRE_EQUAL(count(Pattern::ssn, before + "2 123-45-6789." + after), 1u);
    for (const char* token :
         {"eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.dozjgNryP4J3jVmN", "AKIAIOSFODNN7EXAMPLE",
          "ghp_0123456789abcdefghijABCDEFGHIJ012345", "sk_live_0123456789abcdefghij"})
      BOOST_REQUIRE_EQUAL(count(Pattern::token, before + token + " " + after), 1u);
  }
}

BOOST_AUTO_TEST_CASE(what_only_looks_like_a_number_or_a_token) {
  for (const char* text :
       {"000-45-6789", "666-45-6789", "900-45-6789", "123-00-6789", "123-45-0000", "123-45-67890",
        "1123-45-6789", "123-456-789", "12-123-45-6789", "123-45-6789-1", "x123-45-6789",
        "2024-12-31 10:11:12.123456789"})
    BOOST_CHECK_MESSAGE(count(Pattern::ssn, text) == 0, text);
  for (const char* text :
       {"eyJhbGciOiJIUzI1NiJ9", "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0", "eyJh.eyJz.dozj",
        "AKIA IOSFODNN7EXAMPLE", "xAKIAIOSFODNN7EXAMPLE", "sk_live_012345678",
        "a text of words, longer than any key of a service"})
    BOOST_CHECK_MESSAGE(count(Pattern::token, text) == 0, text);
}

BOOST_AUTO_TEST_CASE(leaves_of_each_kind_of_document) {
  BOOST_CHECK(leaves_of("a text, with \"quotes\"") == Texts{"a text, with \"quotes\""});
  BOOST_CHECK(leaves_of("") == Texts{});
  BOOST_CHECK(leaves_of("{a,\"b c\",NULL,\"say \\\"hi\\\"\",{d}}") ==
              (Texts{"a", "b c", "NULL", "say \"hi\"", "d"}));
  BOOST_CHECK(leaves_of("(1,\"a \"\"b\"\"\",,x)") == (Texts{"1", "a \"b\"", "x"}));
  BOOST_CHECK(leaves_of(R"({"k": ["v\nw", 12.5], "e": ""})") == (Texts{"k", "v w", "12.5", "e"}));
  BOOST_CHECK(leaves_of("'it''s':1A 'b':2") == (Texts{"it's", "1A", "b", "2"}));
  BOOST_CHECK(leaves_of(R"("k"=>"a b", "n"=>NULL)") == (Texts{"k", "a b", "n", "NULL"}));
  const std::string escaped = R"({"k": "Ren\u00e9 \ud83d\ude00", "x": "\u00"})";
  BOOST_CHECK(leaves_of(escaped) == (Texts{"k", "Ren\xc3\xa9 \xf0\x9f\x98\x80", "x", "u00"}));
  BOOST_CHECK(leaves_of("<p who=\"Ada L\"><b>it's <i/>Bob\n</b></p>") ==
              (Texts{"p who=\"Ada L\"", "Ada L", "b", "it's", "i/", "Bob", "/b", "/p"}));
  // One within the other: composites of an array, a document as text within another.
  BOOST_CHECK(leaves_of("{\"(1,\\\"a b\\\")\",x}") == (Texts{"1", "a b", "x"}));
  BOOST_CHECK(leaves_of("{\"in\": \"{\\\"k\\\": \\\"v w\\\"}\"}") == (Texts{"in", "k", "v w"}));
  // Words that only stand in brackets stay together.
  BOOST_CHECK(leaves_of("(see Ada Lovelace)") == Texts{"see Ada Lovelace"});
  BOOST_CHECK(leaves_of("'tis Ada's, not \"Bob") == Texts{"'tis Ada's, not \"Bob"});
  // Cut off: what is there counts.
  BOOST_CHECK(leaves_of("{\"open\\}") == Texts{"open}"});
  BOOST_CHECK(leaves_of("'\\1") == Texts{"1"});
  BOOST_CHECK(leaves_of("<open \"x>") == (Texts{"open \"x", "x"}));
}

BOOST_AUTO_TEST_SUITE_END()
