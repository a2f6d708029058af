// SPDX-License-Identifier: MIT
#include "host/sql/source.hpp"

#include <boost/test/unit_test.hpp>
#include <string>

namespace host::sql {
namespace {

BOOST_AUTO_TEST_SUITE(source)

BOOST_AUTO_TEST_CASE(counts_lines_and_characters_from_one) {
  const Source source("a.sql",
                      "\xEF\xBB\xBF"
                      "é b\r\nc\n");
  BOOST_TEST(source.text() == "é b\r\nc\n");
  BOOST_TEST(to_string(source.place(0)) == "a.sql:1:1");
  BOOST_TEST(to_string(source.place(2)) == "a.sql:1:2");
  BOOST_TEST(to_string(source.place(6)) == "a.sql:2:1");
  BOOST_TEST(to_string(source.place(8)) == "a.sql:3:1");
  BOOST_TEST(to_string(source.place(999)) == "a.sql:3:1");
  BOOST_TEST(source.line(1) == "é b");
  BOOST_TEST(source.line(2) == "c");
  BOOST_TEST(source.line(3) == "");
  BOOST_TEST(source.line(0) == "");
  BOOST_TEST(source.line(4) == "");
}

BOOST_AUTO_TEST_CASE(counts_characters_of_a_long_line) {
  std::string text;
  for (int i = 0; i < 3000; ++i) text += "é-";
  const Source source("a.sql", text);
  for (const unsigned character : {0u, 1u, 340u, 341u, 2047u, 5999u}) {
    const std::uint64_t offset = character / 2 * 3 + (character % 2) * 2;
    BOOST_TEST(source.place(offset).column == character + 1);
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace host::sql
