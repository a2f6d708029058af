// SPDX-License-Identifier: MIT
#include "host/cli/html.hpp"

#include <boost/test/unit_test.hpp>

using host::cli::html_sql;
using host::cli::html_text;

BOOST_AUTO_TEST_SUITE(html)

BOOST_AUTO_TEST_CASE(markup_is_text) {
  BOOST_TEST(html_text("<script>alert('1')</script> & \"more\"") ==
             "&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt; &amp; &quot;more&quot;");
  BOOST_TEST(html_text("&lt;") == "&amp;lt;");
}

BOOST_AUTO_TEST_CASE(what_hides_is_marked) {
  BOOST_TEST(html_text("a\x1b[2Jb") == "a<mark>\\x1b</mark>[2Jb");
  BOOST_TEST(html_text("\xE2\x80\xAEreversed") == "<mark>\\u{202e}</mark>reversed");
  BOOST_TEST(html_text(std::string_view("a\0<b", 4)) == "a<mark>\\x00</mark>&lt;b");
  BOOST_TEST(html_text("caf\xE9 <i>") == "caf<mark>\\xe9</mark> &lt;i&gt;");
  BOOST_TEST(html_text("\xF0\x9F\x8D\x93 caf\xC3\xA9\n\tx") == "\xF0\x9F\x8D\x93 caf\xC3\xA9\n\tx");
}

BOOST_AUTO_TEST_CASE(an_attribute_has_no_marks) {
  BOOST_TEST(html_text("\"a\x1b<", false) == "&quot;a\\x1b&lt;");
}

BOOST_AUTO_TEST_CASE(sql_in_spans) {
  BOOST_TEST(html_sql("-- <b>\nSELECT '</pre>' FROM \"a<b\"; /* & */") ==
             "<span class=\"com\">-- &lt;b&gt;</span>\n<span class=\"kw\">SELECT</span> "
             "<span class=\"str\">&#39;&lt;/pre&gt;&#39;</span> <span class=\"kw\">FROM</span> "
             "&quot;a&lt;b&quot;; <span class=\"com\">/* &amp; */</span>");
  BOOST_TEST(html_sql("") == "");
  BOOST_TEST(html_sql("SELECT '<not closed") ==
             "<span class=\"kw\">SELECT</span> <span class=\"str\">&#39;&lt;not closed</span>");
}

BOOST_AUTO_TEST_SUITE_END()
