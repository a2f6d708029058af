// SPDX-License-Identifier: MIT
#include <boost/test/unit_test.hpp>
#include <string>

#include "tests/plugins/support/actions.hpp"

using namespace test;

namespace {

constexpr const char* name_query =
    "SELECT pg_catalog.string_agg(pg_catalog.quote_ident(part), '.' ORDER BY number) FROM "
    "pg_catalog.unnest(pg_catalog.parse_ident($1)) WITH ORDINALITY AS p (part, number)";

}  // namespace

BOOST_AUTO_TEST_SUITE(audit)

BOOST_AUTO_TEST_CASE(the_columns_are_those_that_were_named) {
  const std::string insert =
      "INSERT INTO log.\"Changes\" (\"happened_at\", \"recorded_by\", \"phase\", \"environment\", "
      "\"direction\", \"status\", \"version\", \"name\", \"odd \"\"name\", \"author\", "
      "\"summary\", \"duration_ms\", \"error\", \"metadata\") VALUES "
      "(pg_catalog.clock_timestamp(), "
      "session_user, $1::pg_catalog.text, $2::pg_catalog.text, $3::pg_catalog.text, "
      "$4::pg_catalog.text, $5::pg_catalog.text, $6::pg_catalog.text, $7::pg_catalog.text, "
      "$8::pg_catalog.text, $9::pg_catalog.text, $10::pg_catalog.int8, $11::pg_catalog.text, "
      "$12::pg_catalog.jsonb)";
  testing::Host host;
  host.answers[name_query] = {{"name"}, {{"log.\"Changes\""}}};
  host.answers[insert] = {};
  testing::Action record(host, subject("audit.record"),
                         "{table: 'log.\"Changes\"', columns: {recorded_at: happened_at, checksum: "
                         "'odd \"name', risk: '', row_count: ''}}");
  host.metadata["backup.file"] = "a \"b\".dump";
  record.run(applied());
  BOOST_REQUIRE(host.queries.size() == 2u);
  BOOST_TEST(*host.queries[0].parameters[0] == "log.\"Changes\"");
  const std::vector<testing::Value> values{
      "post_execute", "production", "up",         "applied",
      "0002",         "orders",     "c0ffee",     std::nullopt,
      std::nullopt,   "1250",       std::nullopt, R"({"backup.file":"a \"b\".dump"})"};
  BOOST_TEST((host.queries[1].parameters == values));
}

BOOST_AUTO_TEST_CASE(wrong_columns_are_refused) {
  testing::Host host;
  const auto made = [&](const std::string& columns) {
    return refusal([&] {
      testing::Action(host, subject("audit.record"), "{table: t, columns: " + columns + "}");
    });
  };
  BOOST_TEST(made("{name: version}") == "two columns have the name 'version'");
  BOOST_TEST(made("{recorded_at: '', recorded_by: '', phase: '', environment: '', direction: '', "
                  "status: '', version: '', name: '', checksum: '', author: '', summary: '', risk: "
                  "'', duration_ms: '', row_count: '', error: '', metadata: ''}") ==
             "all `columns` are left out");
  testing::Host bare;
  BOOST_TEST(
      refusal(
          [&] { testing::Action(bare, subject("audit.record"), "{columns: {name: title}}"); }) ==
      "`columns` is for a `table` of your own [the built-in audit has the columns that it has]");
}

BOOST_AUTO_TEST_SUITE_END()
