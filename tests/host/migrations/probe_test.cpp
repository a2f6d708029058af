// SPDX-License-Identifier: MIT
// What the catalog tells of statements whose end nobody saw.
#include <boost/test/unit_test.hpp>

#include "host/migrations/probe.hpp"
#include "tests/host/postgres/database.hpp"

namespace {

using host::migrations::Finding;
using host::migrations::probe;
using host::test::TestDatabase;

struct Catalog {
  TestDatabase database;
  std::unique_ptr<host::postgres::Connection> connection = database.connect();

  // "not done: index 'i' is invalid; finish with ...; drop public.i"
  std::string tell(const std::string& sql) {
    const host::sql::Script script = host::sql::parse_script({"m.sql", sql});
    const Finding found = probe(script.statements().front(), *connection);
    std::string text(to_string(found.state));
    if (!found.what.empty()) text += ": " + found.what;
    if (!found.completion.empty()) text += "; finish with " + found.completion;
    for (const std::string& index : found.leftovers) text += "; drop " + index;
    return text;
  }
  void invalidate(const std::string& index) {
    connection->execute("UPDATE pg_index SET indisvalid = false WHERE indexrelid = '" + index +
                        "'::regclass");
  }
};

BOOST_FIXTURE_TEST_SUITE(probes, Catalog)

BOOST_AUTO_TEST_CASE(create_index) {
  const std::string create = "CREATE INDEX CONCURRENTLY \"I\" ON s.a (id)";
  connection->execute("CREATE SCHEMA s; CREATE TABLE s.a (id int)");
  BOOST_TEST(tell(create) == "not done: index 'I' is not there");
  connection->execute("CREATE INDEX \"I\" ON s.a (id)");
  BOOST_TEST(tell(create) == "done: index 'I' is there and valid");
  invalidate("s.\"I\"");
  BOOST_TEST(tell(create) == "not done: index 'I' is invalid; drop s.\"I\"");
  BOOST_TEST(tell("CREATE INDEX CONCURRENTLY ON s.a (id)") == "unknown; drop s.\"I\"");
}

BOOST_AUTO_TEST_CASE(drop_index) {
  connection->execute("CREATE TABLE a (id int); CREATE INDEX i ON a (id)");
  BOOST_TEST(tell("DROP INDEX CONCURRENTLY i") == "not done: index i is still there");
  BOOST_TEST(tell("DROP INDEX CONCURRENTLY IF EXISTS public.j") == "done: index public.j is gone");
}

BOOST_AUTO_TEST_CASE(reindex) {
  connection->execute(
      "CREATE TABLE a (id int); CREATE INDEX i ON a (id); CREATE INDEX i_ccnew ON a (id);"
      "CREATE TABLE b (id int); CREATE INDEX j_ccold1 ON b (id); CREATE INDEX k ON a (id)");
  for (const char* index : {"i_ccnew", "j_ccold1", "k"}) invalidate(index);
  BOOST_TEST(tell("REINDEX INDEX CONCURRENTLY i") ==
             "not done: it can be run again; drop public.i_ccnew");
  BOOST_TEST(tell("REINDEX TABLE CONCURRENTLY b") ==
             "not done: it can be run again; drop public.j_ccold1");
  BOOST_TEST(tell("REINDEX SCHEMA CONCURRENTLY public") ==
             "not done: it can be run again; drop public.i_ccnew; drop public.j_ccold1");
  BOOST_TEST(tell("REINDEX DATABASE CONCURRENTLY x") ==
             "not done: it can be run again; drop public.i_ccnew; drop public.j_ccold1");
}

BOOST_AUTO_TEST_CASE(detach_partition) {
  const std::string detach = "ALTER TABLE p DETACH PARTITION c CONCURRENTLY";
  connection->execute(
      "CREATE TABLE p (id int) PARTITION BY LIST (id);"
      "CREATE TABLE c PARTITION OF p FOR VALUES IN (1)");
  BOOST_TEST(tell(detach) == "not done: c is a partition of p");
  if (connection->server_version() >= 140000) {
    connection->execute(
        "UPDATE pg_inherits SET inhdetachpending = true WHERE inhrelid = 'c'::regclass");
    BOOST_TEST(tell(detach) ==
               "half done: c is half detached from p; finish with ALTER TABLE p DETACH PARTITION c "
               "FINALIZE");
    connection->execute("ALTER TABLE p DETACH PARTITION c FINALIZE");
    BOOST_TEST(tell(detach) == "done: c is no partition of p");
  }
}

BOOST_AUTO_TEST_CASE(what_is_there_or_not) {
  BOOST_TEST(tell("CREATE DATABASE " + database.name()) ==
             "done: database '" + database.name() + "' is there");
  BOOST_TEST(tell("DROP DATABASE nope") == "done: database 'nope' is not there");
  BOOST_TEST(tell("CREATE TABLESPACE nope LOCATION '/x'") ==
             "not done: tablespace 'nope' is not there");
  BOOST_TEST(tell("DROP TABLESPACE pg_default") == "not done: tablespace 'pg_default' is there");
  BOOST_TEST(tell("CREATE SUBSCRIPTION s CONNECTION '' PUBLICATION p") ==
             "unknown: subscription 's' is not there");
  BOOST_TEST(tell("DROP SUBSCRIPTION s") == "done: subscription 's' is not there");
  connection->execute(
      "SET client_min_messages = error;"
      "CREATE SUBSCRIPTION s CONNECTION '' PUBLICATION p WITH (connect = false, slot_name = NONE)");
  const std::string create = tell("CREATE SUBSCRIPTION s CONNECTION '' PUBLICATION p"),
                    drop = tell("DROP SUBSCRIPTION s");
  connection->execute("DROP SUBSCRIPTION s");  // it would keep its database
  BOOST_TEST(create == "done: subscription 's' is there");
  BOOST_TEST(drop == "not done: subscription 's' is there");
}

BOOST_AUTO_TEST_CASE(what_can_be_run_again_and_what_cannot_be_told) {
  for (const char* again :
       {"VACUUM a", "CLUSTER", "ALTER SYSTEM SET work_mem = '8MB'", "DISCARD ALL",
        "ALTER DATABASE d SET TABLESPACE t", "ALTER SUBSCRIPTION s REFRESH PUBLICATION"})
    BOOST_TEST(tell(again) == "not done: it can be run again", again);
  for (const char* unknown : {"DO $$BEGIN END$$", "CALL f()", "COMMIT PREPARED 'x'"})
    BOOST_TEST(tell(unknown) == "unknown", unknown);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
