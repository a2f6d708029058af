// SPDX-License-Identifier: MIT
#include "host/foundation/text.hpp"

#include <boost/test/unit_test.hpp>
#include <string>
#include <vector>

namespace host {
namespace {

using Names = std::vector<std::string>;

BOOST_AUTO_TEST_SUITE(text)

BOOST_AUTO_TEST_CASE(the_nearest_name) {
  const Names known{"pre_execute", "post_execute", "on_error"};
  BOOST_TEST(nearest_name("post_exceute", known).value() == "post_execute");  // transposed
  BOOST_TEST(nearest_name("POST_EXECUTE", known).value() == "post_execute");
  BOOST_TEST(nearest_name("on_eror", known).value() == "on_error");
  BOOST_TEST(!nearest_name("whatever", known).has_value());
  BOOST_TEST(!nearest_name("", known).has_value());
  BOOST_TEST(!nearest_name("x", Names{}).has_value());
}

BOOST_AUTO_TEST_CASE(suggestions) {
  BOOST_TEST(suggest_name("emial", Names{"email", "phone"}) == "did you mean 'email'?");
  BOOST_TEST(suggest_name("zzz", Names{"email", "phone"}) == "known: email and phone");
  BOOST_TEST(suggest_name("zzz", Names{}) == "");
  Names many;
  for (int i = 0; i < 23; ++i) many.push_back("name" + std::to_string(i));
  BOOST_TEST(suggest_name("?", many).ends_with("name18, name19 and 3 more"));
}

BOOST_AUTO_TEST_CASE(words) {
  BOOST_TEST(join_words(Names{}) == "");
  BOOST_TEST(join_words(Names{"a"}) == "a");
  BOOST_TEST(join_words(Names{"a", "b"}, "or") == "a or b");
  BOOST_TEST(join_words(Names{"a", "b", "c"}) == "a, b and c");
  BOOST_TEST(split_text("a::b", ':') == (Names{"a", "", "b"}), boost::test_tools::per_element());
  BOOST_TEST(trim(" \t a b \n") == "a b");
  BOOST_TEST(trim(" \n ") == "");
  BOOST_TEST(lower_ascii("ÄBC") == "Äbc");
}

BOOST_AUTO_TEST_CASE(globs) {
  BOOST_TEST(matches_glob("20260101_users", "*users*"));
  BOOST_TEST(matches_glob("", "*"));
  BOOST_TEST(!matches_glob("", "?"));
  BOOST_TEST(matches_glob("abc", "a[bx]c"));
  BOOST_TEST(!matches_glob("abc", "a[!b]c"));
  BOOST_TEST(matches_glob("a5", "a[0-9]"));
  BOOST_TEST(matches_glob("a]", "a[]]"));
  BOOST_TEST(matches_glob("a[", "a["));
  BOOST_TEST(!matches_glob("abc", "ab"));
}

BOOST_AUTO_TEST_CASE(globs_of_paths) {
  BOOST_TEST(matches_glob("a/b/c.sql", "**/*.sql", true));
  BOOST_TEST(matches_glob("c.sql", "**/*.sql", true));
  BOOST_TEST(matches_glob("a/xb.sql", "**/*b.sql", true));
  BOOST_TEST(!matches_glob("a/b.sql.bak", "**/*.sql", true));
  BOOST_TEST(!matches_glob("a/b/c", "**/*b/c.sql", true));
  BOOST_TEST(matches_glob("a/xb/c.sql", "**/*b/c.sql", true));
  BOOST_TEST(!matches_glob("a/c.sql", "*.sql", true));
  BOOST_TEST(matches_glob("seeds/x/y", "seeds/**", true));
  BOOST_TEST(!matches_glob("a/b", "a?b", true));
  BOOST_TEST(!matches_glob("xseeds/y", "seeds/**", true));
  BOOST_TEST(!matches_glob("ab.sql", "a**/b.sql", true));
  BOOST_TEST(!matches_glob("xb.sql", "**/b.sql", true));
}

BOOST_AUTO_TEST_CASE(a_glob_of_many_stars_ends) {
  BOOST_TEST(!matches_glob(std::string(200, 'a'), "*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*b"));
}

BOOST_AUTO_TEST_CASE(utf8) {
  BOOST_TEST(is_utf8("aé€😀"));
  BOOST_TEST(!is_utf8("\xC0\xAF"));          // overlong
  BOOST_TEST(!is_utf8("\xED\xA0\x80"));      // a surrogate
  BOOST_TEST(!is_utf8("\xF4\x90\x80\x80"));  // past U+10FFFF
  BOOST_TEST(!is_utf8("\xE2\x82"));          // cut
  BOOST_TEST(count_characters("aé€😀") == 4u);
}

BOOST_AUTO_TEST_CASE(text_that_would_fool_a_reader_is_made_visible) {
  BOOST_TEST(printable("a\tb\nc") == "a\tb\nc");
  BOOST_TEST(printable("\x1b[2J\r") == "\\x1b[2J\\x0d");
  BOOST_TEST(printable("\u202Eabc") == "\\u{202e}abc");
  BOOST_TEST(printable("\u0085") == "\\u{85}");
  BOOST_TEST(printable("a\xff") == "a\\xff");
  BOOST_TEST(printable("é😀") == "é😀");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace host
