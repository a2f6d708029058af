// SPDX-License-Identifier: MIT
#include <boost/test/unit_test.hpp>
#include <string>

#include "tests/plugins/support/actions.hpp"

using namespace test;

namespace {

// The first query with `part` in it.
std::string query_with(const testing::Host& host, const std::string& part) {
  for (const testing::Query& query : host.queries)
    if (query.sql.find(part) != std::string::npos) return query.sql;
  return "";
}

constexpr const char* find_query =
    "SELECT pg_catalog.format('%I.%I', n.nspname, c.relname), c.relkind "
    "FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace "
    "WHERE c.oid = pg_catalog.to_regclass($1)";

}  // namespace

BOOST_AUTO_TEST_SUITE(maintenance)

BOOST_AUTO_TEST_CASE(listed_tables_are_analyzed) {
  testing::Host host;
  host.answers[find_query] = {{"name", "relkind"}, {{"public.\"Order Line\"", "r"}}};
  host.answers["ANALYZE public.\"Order Line\""] = {};
  testing::Action(host, subject("maintenance.analyze"), "{tables: '\"Order Line\"'}")
      .run(applied());
  BOOST_TEST(query_with(host, "ANALYZE") == "ANALYZE public.\"Order Line\"");
  BOOST_TEST(*host.queries[0].parameters[0] == "\"Order Line\"");
}

BOOST_AUTO_TEST_CASE(what_was_touched_is_known_inside_the_transaction_only) {
  testing::Host host;
  testing::Moment moment = applied();
  moment.in_transaction = false;
  BOOST_TEST(refusal([&] { testing::Action(host, subject("maintenance.analyze")).run(moment); }) ==
             "outside a transaction it is not known what was touched [name the tables: with: { "
             "tables: [...] }]");
}

BOOST_AUTO_TEST_CASE(only_what_is_a_materialized_view_is_refreshed) {
  testing::Host host;
  const auto run = [&] {
    return refusal([&] {
      testing::Action(host, subject("maintenance.refresh"), "{views: totals}").run(applied());
    });
  };
  host.answers[find_query] = {};
  BOOST_TEST(run() ==
             "there is no table or view 'totals' [write it as SQL does, with its schema "
             "where that is not searched]");
  host.answers[find_query] = {{"name", "relkind"}, {{"public.totals", "v"}}};
  BOOST_TEST(run() == "'totals' is not a materialized view");
  host.answers[find_query] = {{"name", "relkind"}, {{"public.totals", "m"}}};
  host.answers["REFRESH MATERIALIZED VIEW public.totals"] = {};
  BOOST_TEST(run() == "");
}

BOOST_AUTO_TEST_SUITE_END()
