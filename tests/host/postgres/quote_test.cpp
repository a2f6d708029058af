// SPDX-License-Identifier: MIT
#include "host/postgres/quote.hpp"

#include <boost/test/unit_test.hpp>

#include "tests/host/postgres/database.hpp"

namespace {

using namespace host::postgres;

std::string parsed(std::string_view text) {
  const auto table = parse_table_name(text);
  return table ? table->schema + "|" + table->name : "nothing";
}

BOOST_AUTO_TEST_SUITE(quoting)

BOOST_AUTO_TEST_CASE(names_are_quoted_as_the_server_does) {
  const host::test::TestDatabase database;
  const auto connection = database.connect();
  std::vector<std::string> names{"customers", "Order Line", "a\"b", "1a", "a1", "_x",
                                 "é",         "a$b",        "",     "A",  "a.b"};
  const Result words = connection->query("SELECT word FROM pg_get_keywords() WHERE catcode <> 'U'");
  for (std::size_t i = 0; i < words.row_count(); ++i) names.push_back(words.text(i, 0));
  for (const std::string& name : names) {
    const std::string quoted = quote_identifier(name);
    const std::vector<Parameter> parameter{name};
    if (quoted == name && connection->server_version() >= 160000) {
      // A server newer than our words has more of them: they have to do without quotes.
      connection->execute("CREATE TEMP TABLE " + quoted + " (" + quoted + " int)");
      connection->query("SELECT t." + quoted + " FROM " + quoted + " t ORDER BY " + quoted);
      continue;
    }
    BOOST_TEST(quoted == connection->query("SELECT quote_ident($1)", parameter).text(0, 0));
  }
}

BOOST_AUTO_TEST_CASE(text_comes_back_as_it_was) {
  const host::test::TestDatabase database;
  const auto connection = database.connect();
  for (const char* conforming : {"on", "off"}) {
    connection->execute(fmt::format("SET standard_conforming_strings = {}", conforming));
    for (const std::string& text : {std::string("plain"), std::string("it's"), std::string("a\\'b"),
                                    std::string("\\"), std::string(""), std::string("é\n\t\x01")})
      BOOST_TEST(connection->query("SELECT " + quote_literal(text)).text(0, 0) == text);
  }
  BOOST_TEST(quote_literal("it's") == "'it''s'");
  BOOST_TEST(quote_literal("a\\b") == "E'a\\\\b'");
}

BOOST_AUTO_TEST_CASE(a_table_is_read_as_sql_writes_it) {
  BOOST_TEST(parsed("customers") == "public|customers");
  BOOST_TEST(parsed("Sales.Orders") == "sales|orders");
  BOOST_TEST(parsed("sales.\"Order Line\"") == "sales|Order Line");
  BOOST_TEST(parsed("\"a.b\".\"c\"\"d\"") == "a.b|c\"d");
  BOOST_TEST(parsed(" public . t1$ ") == "public|t1$");
  BOOST_TEST(parsed("Été") == "public|Été");
  for (const char* wrong :
       {"", " ", "a.", ".a", "a.b.c", "a b", "1a", "\"\"", "\"a", "a\"b\"", "a-b", "a;b"})
    BOOST_TEST(parsed(wrong) == "nothing", wrong);
}

BOOST_AUTO_TEST_CASE(a_table_is_written_as_sql_reads_it) {
  BOOST_TEST((TableName{"sales", "Order Line"}).sql() == "sales.\"Order Line\"");
  BOOST_TEST((TableName{"public", "order"}).sql() == "public.\"order\"");
  BOOST_TEST((parse_table_name(TableName{"A", "b\"c"}.sql()) == TableName{"A", "b\"c"}));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
