// SPDX-License-Identifier: MIT
// A target that is replaced by renaming a copy: what it keeps, who sees what meanwhile, and how an
// interrupted run goes on. That the rows are right is told by the other tests, run this way too.
#include <boost/test/unit_test.hpp>

#include "host/audit/schema.hpp"
#include "host/sync/errors.hpp"
#include "tests/host/sync/two_databases.hpp"

using namespace host::sync;
using namespace host::sync::test;

namespace {

// Two tables, the larger one first; people of the target are replaced, its own notes stay.
struct Staged : TwoDatabases {
  Staged() {
    source->execute(
        "CREATE TABLE person (id int PRIMARY KEY, email text NOT NULL UNIQUE);"
        "CREATE TABLE visit (id int PRIMARY KEY, person int REFERENCES person, who text, remark "
        "text);"
        "INSERT INTO person SELECT i, 'person' || i || '@acme.example' FROM generate_series(1, "
        "20000) i; INSERT INTO visit SELECT i, i, 'w' || i FROM generate_series(1, 3000) i; "
        "ANALYZE");
    clone_schema();
    target->execute(
        "INSERT INTO person VALUES (1, 'old@acme.example'); CREATE TABLE note (a text);"
        "INSERT INTO note VALUES ('stays')");
  }

  Request request() const {
    Request wanted;
    wanted.publish = Publish::rename;
    return wanted;
  }
  std::string database(const std::string& suffix) const { return target_database.name() + suffix; }
  std::unique_ptr<host::postgres::Connection> connect_staging() const {
    return host::test::connect_to(host::test::replaced(
        target_database.url(), target_database.name(), database("_confiture_staging")));
  }
  // Calls back once, when the doing begins.
  void once(const std::string& doing, std::function<void()> callback) {
    progress = [doing, callback, done = false](const Progress& state) mutable {
      if (done || state.doing != doing) return;
      done = true;
      callback();
    };
  }
  std::string databases() {
    return source_value("SELECT datname, datallowconn FROM pg_database WHERE datname LIKE '" +
                        target_database.name() + "%' ORDER BY 1");
  }
};

constexpr const char* rules = "{ person: { email: person.email } }";
// Whose second table fails.
constexpr const char* failing =
    "{ person: { email: person.email },"
    " visit: { who: { use: faults.fail_on, with: { row: 2000 } } } }";
constexpr const char* mended =
    "{ person: { email: person.email },"
    " visit: { who: { use: faults.fail_on, with: { row: 6000 } } } }";

}  // namespace

BOOST_AUTO_TEST_SUITE(staged)

BOOST_AUTO_TEST_CASE(several_readers_share_a_table_and_the_rest_stays) {
  Staged both;
  Request request = both.request();
  request.jobs = 3;
  request.piece_bytes = 64 * 1024;
  request.verify = Verify::full;
  const Report report = both.run(rules, request);
  BOOST_CHECK_EQUAL(report.published, "by renaming a staging database");
  BOOST_CHECK_EQUAL(report.tables[0].rows, 20'000u);
  BOOST_CHECK_EQUAL(report.tables[0].mask_counts[0].values, 20'000u);
  BOOST_CHECK_EQUAL(
      both.target_value("SELECT count(*), sum(id), count(DISTINCT email), count(*) FILTER (WHERE"
                        " email LIKE '%@acme%') FROM person"),
      "20000|200010000|20000|0");
  BOOST_CHECK_EQUAL(both.target_value("TABLE note"), "stays");
  BOOST_CHECK_EQUAL(both.databases(), both.target_database.name() + "|t");
  BOOST_CHECK_EQUAL(both.target_value("SELECT count(*) FROM pg_namespace WHERE nspname ="
                                      " 'confiture_load'"),
                    "0");
  BOOST_CHECK(both.warnings.empty());
}

BOOST_AUTO_TEST_CASE(settings_rights_and_comment_of_the_database_stay) {
  Staged both;
  const std::string name = both.target_database.name();
  const auto admin = both.source_database.connect();
  admin->execute("CREATE ROLE " + name + "_app");
  admin->execute("ALTER DATABASE " + name + " SET search_path TO \"$user\", \"A, b\", public");
  admin->execute("ALTER DATABASE " + name + " SET work_mem TO '5MB'");
  admin->execute("ALTER DATABASE " + name + " SET app.mode TO 'it''s a test'");
  admin->execute("ALTER ROLE " + name + "_app IN DATABASE " + name + " SET statement_timeout TO 7");
  admin->execute("COMMENT ON DATABASE " + name + " IS 'ours'; ALTER DATABASE " + name +
                 " CONNECTION LIMIT 17; REVOKE ALL ON DATABASE " + name +
                 " FROM PUBLIC; GRANT CONNECT ON DATABASE " + name + " TO " + name +
                 "_app WITH GRANT OPTION");
  const std::string properties =
      "SELECT datconnlimit, datacl, shobj_description(d.oid, 'pg_database'), datdba,"
      " (SELECT string_agg(coalesce(setrole::regrole::text, '') || (SELECT"
      " array_agg(c ORDER BY c) FROM unnest(setconfig) c)::text, '|' ORDER BY"
      " setrole) FROM pg_db_role_setting WHERE setdatabase = d.oid) FROM pg_database d"
      " WHERE datname = current_database()";
  both.target = both.target_database.connect();
  const std::string before = both.target_value(properties);
  both.run(rules, both.request());
  BOOST_CHECK_EQUAL(both.target_value(properties), before);
  BOOST_CHECK(before.find("A, b") != std::string::npos);
  admin->execute("REVOKE ALL ON DATABASE " + name + " FROM " + name + "_app; ALTER ROLE " + name +
                 "_app IN DATABASE " + name + " RESET ALL; DROP ROLE " + name + "_app");
}

BOOST_AUTO_TEST_CASE(nobody_else_sees_the_copy_before_it_is_published) {
  Staged both;
  const std::string role = both.target_database.name() + "_other";
  const auto admin = both.source_database.connect();
  admin->execute("CREATE ROLE " + role + " LOGIN");
  const auto may_connect = [&](const std::string& database) {
    return admin
        ->query("SELECT has_database_privilege('" + role + "', '" + database + "', 'CONNECT')")
        .boolean(0, 0);
  };
  bool seen = true;
  both.once("copying", [&] { seen = may_connect(both.database("_confiture_staging")); });
  both.run(rules, both.request());
  BOOST_CHECK(!seen);
  BOOST_CHECK(may_connect(both.target_database.name()));
  admin->execute("DROP ROLE " + role);
}

BOOST_AUTO_TEST_CASE(what_others_write_meanwhile_is_refused_and_never_lost) {
  Staged both;
  std::unique_ptr<host::postgres::Connection> other;
  std::string reads, writes;
  both.once("copying", [&] {
    other = both.target_database.connect();
    reads = both.value(*other, "TABLE note");
    other->execute("SET lock_timeout = '100ms'");
    writes = host::test::refusal([&] { other->execute("INSERT INTO note VALUES ('lost')"); });
  });
  both.run(rules, both.request());
  BOOST_CHECK_EQUAL(reads, "stays");
  BOOST_CHECK(writes.find("55P03") != std::string::npos);
  // Its session was of the database that is gone.
  BOOST_CHECK_EQUAL(host::test::refusal([&] { other->execute("SELECT 1"); }).substr(0, 24),
                    "postgres.connection_lost");
  BOOST_CHECK_EQUAL(both.target_value("TABLE note"), "stays");
}

BOOST_AUTO_TEST_CASE(a_schema_that_is_changed_meanwhile_is_not_replaced) {
  Staged both;
  both.once("copying", [&] { both.target_database.connect()->execute("CREATE TABLE late ()"); });
  BOOST_CHECK_EQUAL(both.refusal_of(rules, both.request()),
                    "sync.target_changed: the target's schema was changed while it was copied | "
                    "run it again");
  const auto target = both.target_database.connect();
  BOOST_CHECK_EQUAL(both.value(*target, "SELECT count(*) FROM late"), "0");
  BOOST_CHECK_EQUAL(both.value(*target, "SELECT email FROM person"), "old@acme.example");
  BOOST_CHECK_EQUAL(both.databases(), both.target_database.name() + "|t");
}

// With it goes what kept others from writing to the target.
BOOST_AUTO_TEST_CASE(a_session_with_the_target_that_is_gone_publishes_nothing) {
  for (const char* moment : {"copying", "checking", "publishing"}) {
    Staged both;
    both.once(moment, [&] {
      both.source_database.connect()->execute(
          fmt::format("SELECT pg_terminate_backend({}, 10000)", both.target->backend_pid()));
      both.target_database.connect()->execute("INSERT INTO note VALUES ('written since')");
    });
    const std::string message = both.refusal_of(rules, both.request());
    BOOST_CHECK_EQUAL(message.substr(0, message.find(':')), "postgres.connection_lost");
    const auto target = both.target_database.connect();
    BOOST_CHECK_EQUAL(both.value(*target, "SELECT a FROM note ORDER BY a"), "stays|written since");
    BOOST_CHECK_EQUAL(both.value(*target, "SELECT email FROM person"), "old@acme.example");
  }
}

BOOST_AUTO_TEST_CASE(an_interrupted_run_goes_on_with_whole_tables) {
  Staged both;
  host::audit::create(*both.target);
  BOOST_CHECK_EQUAL(
      both.refusal_of(failing, both.request()),
      "plugin.failed: row 2000 of column 'who' of table public.visit: plugin 'faults',"
      " strategy 'faults.fail_on': the value makes no sense | ");
  BOOST_CHECK_EQUAL(both.value(*both.target_database.connect(), "SELECT email FROM person"),
                    "old@acme.example");
  BOOST_REQUIRE_EQUAL(both.warnings.size(), 1u);
  BOOST_CHECK_EQUAL(both.warnings[0], "the target is as it was; what was copied is in database '" +
                                          both.database("_confiture_staging") + "', for --resume");
  const std::string marked = both.source_value(
      "SELECT shobj_description(oid, 'pg_database') FROM pg_database"
      " WHERE datname = '" +
      both.database("_confiture_staging") + "'");
  BOOST_CHECK_EQUAL(marked, "confiture sync: unpublished, what is to become database " +
                                both.target_database.name() +
                                "; --resume continues with it, and it may be dropped");
  // A row that only a table which is not copied again can have.
  both.connect_staging()->execute("UPDATE person SET email = 'not again' WHERE id = 7");
  both.warnings.clear();
  both.source->execute("DELETE FROM visit WHERE id >= 2000");
  both.target = both.target_database.connect();
  Request request = both.request();
  request.resume = true;
  const Report report = both.run(failing, request);
  BOOST_CHECK(both.warnings.empty());
  BOOST_CHECK_EQUAL(report.rows, 21'999u);
  BOOST_CHECK_EQUAL(both.target_value("SELECT email FROM person WHERE id = 7"), "not again");
  BOOST_CHECK_EQUAL(both.target_value("SELECT count(*) FROM visit"), "1999");
  BOOST_CHECK_EQUAL(both.target_value("SELECT event, seq FROM confiture.audit ORDER BY seq"),
                    "sync.failed|1|sync.published|2");
  BOOST_CHECK_EQUAL(both.databases(), both.target_database.name() + "|t");
}

BOOST_AUTO_TEST_CASE(a_copy_that_could_not_be_published_waits_for_the_next_run) {
  Staged both;
  both.once("publishing",
            [] { throw host::Error(host::sync::errors::target_in_use, "somebody came back"); });
  BOOST_CHECK_EQUAL(both.refusal_of(rules, both.request()),
                    "sync.target_in_use: somebody came back | ");
  BOOST_REQUIRE_EQUAL(both.warnings.size(), 1u);
  both.connect_staging()->execute("UPDATE person SET email = 'not again' WHERE id = 7");
  both.progress = nullptr;
  both.warnings.clear();
  both.target = both.target_database.connect();
  Request request = both.request();
  request.resume = true;
  both.run(rules, request);
  BOOST_CHECK(both.warnings.empty());
  BOOST_CHECK_EQUAL(both.target_value("SELECT email FROM person WHERE id = 7"), "not again");
}

BOOST_AUTO_TEST_CASE(a_full_gate_hears_of_every_value_after_an_interruption_too) {
  Staged both;
  both.refusal_of(failing, both.request());
  both.source->execute(
      "UPDATE visit SET remark = 'person9@acme.example' WHERE id = 9;"
      "DELETE FROM visit WHERE id >= 2000");
  both.target = both.target_database.connect();
  Request request = both.request();
  request.resume = true;
  request.verify = Verify::full;
  const std::string message = both.refusal_of(failing, request);
  BOOST_CHECK_EQUAL(message.substr(0, message.find(':')), "sync.check_failed");
  BOOST_CHECK_EQUAL(both.databases(), both.target_database.name() + "|t");
}

BOOST_AUTO_TEST_CASE(another_configuration_begins_anew) {
  Staged both;
  both.refusal_of(failing, both.request());
  both.connect_staging()->execute("UPDATE person SET email = 'not again' WHERE id = 7");
  both.warnings.clear();
  both.target = both.target_database.connect();
  Request request = both.request();
  request.resume = true;
  both.run(mended, request);
  BOOST_REQUIRE_EQUAL(both.warnings.size(), 1u);
  BOOST_CHECK_EQUAL(both.warnings[0],
                    "the interrupted run cannot be continued, since its configuration or one of the"
                    " databases is another now; begun anew");
  BOOST_CHECK_EQUAL(both.target_value("SELECT count(*) FROM person WHERE email = 'not again'"),
                    "0");
}

BOOST_AUTO_TEST_CASE(a_target_that_was_written_to_since_begins_anew) {
  Staged both;
  both.refusal_of(failing, both.request());
  both.warnings.clear();
  both.target = both.target_database.connect();
  both.target->execute("INSERT INTO note VALUES ('later')");
  both.source->execute("DELETE FROM visit WHERE id >= 2000");
  Request request = both.request();
  request.resume = true;
  both.run(failing, request);
  BOOST_CHECK_EQUAL(both.warnings.size(), 1u);
  BOOST_CHECK_EQUAL(both.target_value("SELECT a FROM note ORDER BY a"), "later|stays");
}

BOOST_AUTO_TEST_CASE(a_failed_check_leaves_nothing_behind) {
  Staged both;
  Request request = both.request();
  request.verify = Verify::full;
  both.source->execute("UPDATE visit SET remark = 'person9@acme.example' WHERE id = 9");
  const std::string message = both.refusal_of(rules, request);
  BOOST_CHECK_EQUAL(message.substr(0, message.find(':')), "sync.check_failed");
  BOOST_CHECK_EQUAL(both.databases(), both.target_database.name() + "|t");
}

BOOST_AUTO_TEST_CASE(a_database_of_somebody_else_is_not_removed) {
  Staged both;
  both.source->execute("CREATE DATABASE " + both.database("_confiture_staging"));
  BOOST_CHECK_EQUAL(both.refusal_of(rules, both.request()),
                    "sync.staging_taken: database '" + both.database("_confiture_staging") +
                        "' is in the way, and no sync has made it | rename it, or use --publish "
                        "transaction");
  BOOST_CHECK_EQUAL(both.databases(), both.target_database.name() + "|t|" +
                                          both.database("_confiture_staging") + "|t");
}

BOOST_AUTO_TEST_CASE(a_target_that_cannot_be_renamed) {
  Staged both;
  both.target->execute("CREATE PUBLICATION p FOR TABLE note");
  BOOST_CHECK_EQUAL(both.refusal_of(rules, both.request()),
                    "sync.cannot_stage: the target cannot be replaced by renaming: the target takes"
                    " part in replication | use --publish transaction, which fills it in place");
  Request request;
  BOOST_CHECK_EQUAL(both.run(rules, request).published,
                    "in one transaction: there is little to copy");
}

BOOST_AUTO_TEST_SUITE_END()
