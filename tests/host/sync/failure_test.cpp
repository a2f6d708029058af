// SPDX-License-Identifier: MIT
// Whatever goes wrong on the way, the target is what it was.
#include <boost/test/unit_test.hpp>

#include "host/sync/errors.hpp"
#include "tests/host/sync/two_databases.hpp"

using namespace host::sync;
using namespace host::sync::test;

namespace {

// Sixty thousand people in the source, one in the target.
struct Sixty : TwoDatabases {
  Sixty() {
    source->execute(
        "CREATE TABLE person (id int PRIMARY KEY, email text NOT NULL, boss int"
        " REFERENCES person);"
        "INSERT INTO person SELECT i, 'person' || i || '@acme.example', i"
        " FROM generate_series(1, 60000) i; ANALYZE person");
    clone_schema();
    target->execute("INSERT INTO person VALUES (1, 'old@acme.example', 1)");
    before = fingerprint(*target);
  }
  void check_unchanged() { BOOST_CHECK_EQUAL(fingerprint(*target_database.connect()), before); }
  // Calls back once, when rows have been written.
  void once_under_way(std::function<void()> callback) {
    progress = [callback, done = false](const Progress& state) mutable {
      if (done || state.rows == 0) return;
      done = true;
      callback();
    };
  }
  std::string before;
};

Request small_chunks() {
  Request request;
  request.limits = {1024, 1};
  return request;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(failure)

BOOST_AUTO_TEST_CASE(a_strategy_that_fails_on_row_50000) {
  Sixty both;
  BOOST_CHECK_EQUAL(both.refusal_of("{ person: { email: faults.fail_on } }"),
                    "plugin.failed: row 50000 of column 'email' of table public.person: plugin "
                    "'faults', strategy 'faults.fail_on': the value makes no sense | ");
  both.check_unchanged();
}

BOOST_AUTO_TEST_CASE(the_source_goes_away) {
  Sixty both;
  both.once_under_way([&] {
    both.source_database.connect()->execute(
        fmt::format("SELECT pg_terminate_backend({})", both.source->backend_pid()));
  });
  const std::string message =
      both.refusal_of("{ person: { email: person.email } }", small_chunks());
  BOOST_CHECK_EQUAL(message.substr(0, message.find(':')), "postgres.connection_lost");
  both.check_unchanged();
}

BOOST_AUTO_TEST_CASE(the_target_goes_away) {
  Sixty both;
  both.once_under_way([&] {
    both.source_database.connect()->execute(
        fmt::format("SELECT pg_terminate_backend({})", both.target->backend_pid()));
  });
  const std::string message =
      both.refusal_of("{ person: { email: person.email } }", small_chunks());
  BOOST_CHECK_EQUAL(message.substr(0, message.find(':')), "postgres.connection_lost");
  both.check_unchanged();
}

BOOST_AUTO_TEST_CASE(the_user_asks_to_stop) {
  Sixty both;
  both.once_under_way([&] { both.cancellation.request(); });
  const std::string message =
      both.refusal_of("{ person: { email: person.email } }", small_chunks());
  BOOST_CHECK_EQUAL(message.substr(0, message.find(':')), "run.interrupted");
  both.check_unchanged();
}

BOOST_AUTO_TEST_CASE(the_target_refuses_a_row) {
  Sixty both;
  both.target->execute("ALTER TABLE person ADD CHECK (id < 40000)");
  both.before = fingerprint(*both.target);
  const std::string message = both.refusal_of({}, small_chunks());
  BOOST_CHECK_EQUAL(message.substr(0, message.find(':')), "postgres.sql");
  BOOST_CHECK(message.find("person_id_check") != std::string::npos);
  BOOST_CHECK(message.find("@acme") == std::string::npos);
  both.check_unchanged();
}

BOOST_AUTO_TEST_CASE(results_that_no_column_can_hold) {
  Sixty both;
  BOOST_CHECK_EQUAL(both.refusal_of("{ person: { email: faults.null } }"),
                    "plugin.bug: row 1 of column 'email' of table public.person: bug in plugin "
                    "'faults': strategy 'faults.null' returned NULL, and the column is NOT NULL | "
                    "report it to the plugin's author");
  BOOST_CHECK_EQUAL(both.refusal_of("{ person: { email: faults.bytes } }"),
                    "plugin.bug: row 1 of column 'email' of table public.person: bug in plugin "
                    "'faults': strategy 'faults.bytes' returned malformed UTF-8 | report it to the "
                    "plugin's author");
  both.check_unchanged();
}

BOOST_AUTO_TEST_CASE(values_that_came_back_unchanged) {
  Sixty both;
  BOOST_CHECK_EQUAL(
      both.refusal_of("{ person: { email: { use: faults.keep, require_change: true } } }"),
      "sync.unchanged: 60000 values of column 'email' of table public.person came back unchanged "
      "from strategy 'faults.keep' | require_change forbids it: choose another strategy");
  both.check_unchanged();
  BOOST_CHECK_EQUAL(both.run("{ person: { email: faults.keep } }").tables[0].unchanged_cells,
                    60'000u);
}

BOOST_AUTO_TEST_CASE(rows_without_their_parents) {
  TwoDatabases both;
  both.source->execute(
      "CREATE TABLE parent (id int PRIMARY KEY);"
      "CREATE TABLE child (parent int REFERENCES parent);"
      "INSERT INTO parent VALUES (1), (2); INSERT INTO child VALUES (2)");
  both.clone_schema();
  both.target->execute("INSERT INTO parent VALUES (1), (3); INSERT INTO child VALUES (3)");
  const std::string before = fingerprint(*both.target);
  Request request;
  const std::string hint = " | copy both tables together, or bring the other one up to date first";
  const std::string key =
      "table public.child by foreign key 'child_parent_fkey' to table "
      "public.parent, ";
  request.selection.tables = {"parent"};
  BOOST_CHECK_EQUAL(both.refusal_of({}, request),
                    "sync.rows_left_behind: rows of the target would be without their parents: 1 "
                    "rows of " +
                        key + "of which only the latter is copied" + hint);
  request.selection.tables = {"child"};
  BOOST_CHECK_EQUAL(both.refusal_of({}, request),
                    "sync.rows_left_behind: rows of the target would be without their parents: 1 "
                    "values of " +
                        key + "which is not copied" + hint);
  // A condition makes the rows that come fewer, in the same way.
  request.selection.where = {"child=parent <> 2"};
  BOOST_CHECK_NO_THROW(both.prepare({}, request));
  BOOST_CHECK_EQUAL(fingerprint(*both.target), before);
}

BOOST_AUTO_TEST_CASE(row_security_that_would_hide_rows_is_an_error) {
  TwoDatabases both;
  both.source->execute(
      "CREATE TABLE t (a int); ALTER TABLE t ENABLE ROW LEVEL SECURITY;"
      "ALTER TABLE t FORCE ROW LEVEL SECURITY; INSERT INTO t VALUES (1);"
      "CREATE ROLE " +
      both.source_database.name() +
      "_reader;"
      "GRANT SELECT ON t TO " +
      both.source_database.name() + "_reader");
  both.clone_schema();
  both.source->execute("SET ROLE " + both.source_database.name() + "_reader");
  const std::string message = both.refusal_of();
  BOOST_CHECK(message.find("row-level security") != std::string::npos);
  both.source->execute("RESET ROLE; DROP OWNED BY " + both.source_database.name() +
                       "_reader; DROP ROLE " + both.source_database.name() + "_reader");
}

BOOST_AUTO_TEST_SUITE_END()
