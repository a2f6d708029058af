// SPDX-License-Identifier: MIT
// What a person decides about a statement in doubt, and what a second run finds out by itself.
#include <boost/test/unit_test.hpp>

#include "tests/host/migrations/world.hpp"

using host::migrations::Doubt;
using host::test::World;

namespace {

// Migration 2 inserts 1, then says `second`; a run of it was killed in statement 2, in a session
// that the catalog knew as `backend`.
struct Crashed : World {
  void crash(const std::string& second, const std::string& backend = "1, now()") {
    migration("1_a", "CREATE TABLE a (id int);", "DROP TABLE a;");
    migration("2_b", "-- transaction: off\nINSERT INTO a VALUES (1);\n" + second + ";\n",
              "SELECT 1;");
    BOOST_REQUIRE(up("1").empty());
    database.connect()->execute(
        "INSERT INTO a VALUES (1);"
        "INSERT INTO confiture.run_step (version, direction, statement, statement_sha256, state, "
        "backend_pid, backend_start) SELECT '2', 'up', n, encode(sha256(convert_to(t, 'UTF8')), "
        "'hex'), s, " +
        backend + " FROM (VALUES (1, 'INSERT INTO a VALUES (1)', 'done'), (2, $q$" + second +
        "$q$, 'started')) v(n, t, s)");
  }
  std::string resume() {
    return go([](host::migrations::Run& run) { run.prepare_resume(); });
  }
  std::string indexes() {
    return ask(
        "SELECT string_agg(indexrelid::regclass || ' ' || indisvalid, ', ' ORDER BY "
        "indexrelid::regclass::text) FROM pg_index WHERE indrelid = 'a'::regclass");
  }
  std::string rows() { return ask("SELECT string_agg(id::text, ' ' ORDER BY id) FROM a"); }
};

constexpr const char* insert_in_block = "DO $$BEGIN INSERT INTO a VALUES (2); COMMIT; END$$";

}  // namespace

BOOST_FIXTURE_TEST_SUITE(migration_recovery, Crashed)

BOOST_AUTO_TEST_CASE(a_person_says_that_it_is_done) {
  crash(insert_in_block);
  recovery.doubt = Doubt::mark_done;
  BOOST_TEST(resume() == "");
  BOOST_TEST(rows() == "1");
  BOOST_TEST(applied() == "1_a 2_b ");
}

BOOST_AUTO_TEST_CASE(a_person_says_that_it_is_to_run_again) {
  crash(insert_in_block);
  recovery.doubt = Doubt::retry;
  BOOST_TEST(resume() == "");
  BOOST_TEST(rows() == "1 2");
  BOOST_TEST(applied() == "1_a 2_b ");
}

BOOST_AUTO_TEST_CASE(a_person_gives_it_up) {
  crash(insert_in_block);
  std::size_t given_up = 0;
  BOOST_TEST(go([&](host::migrations::Run& run) { given_up = run.abandon().size(); }) == "");
  BOOST_TEST(given_up == 1u);
  BOOST_TEST(ask("SELECT count(*) FROM confiture.run_step") == "0");
  BOOST_TEST(applied() == "1_a ");
  BOOST_TEST(ask("SELECT command || ': ' || outcome FROM confiture.run ORDER BY started_at DESC") ==
             "migrate test: done");
}

BOOST_AUTO_TEST_CASE(nothing_to_resume_is_nothing_done) {
  migration("1_a", "CREATE TABLE a (id int);", "DROP TABLE a;");
  BOOST_TEST(resume() == "");
  BOOST_TEST(!has("a"));
}

BOOST_AUTO_TEST_CASE(what_was_so_before_shows_nothing) {
  crash("DROP INDEX CONCURRENTLY IF EXISTS a_id");
  database.connect()->execute("UPDATE confiture.run_step SET state_before = 'done'");
  messages.clear();
  BOOST_TEST(up() == "");
  BOOST_TEST(messages.back() == "migration '2_b', statement 2: index a_id is gone");
  BOOST_TEST(ask("SELECT count(*) FROM confiture.run_step") == "0");
}

BOOST_AUTO_TEST_CASE(an_index_without_a_name_is_known_by_its_remains) {
  crash("CREATE INDEX CONCURRENTLY ON a (id)");
  database.connect()->execute(
      "CREATE INDEX old ON a (id); CREATE INDEX a_id_idx ON a (id);"
      "UPDATE pg_index SET indisvalid = false WHERE indrelid = 'a'::regclass;"
      "UPDATE confiture.run_step SET indexes_before = '{public.old}'");
  BOOST_TEST(up() == "");
  BOOST_TEST(indexes() == "a_id_idx true, old false");
}

BOOST_AUTO_TEST_CASE(an_index_without_a_name_is_the_one_that_was_not_there) {
  const std::string create = "CREATE INDEX CONCURRENTLY ON a (id)";
  const auto crash_again = [&](const std::string& sql) {
    database.connect()->execute("DROP TABLE IF EXISTS a; DROP SCHEMA IF EXISTS confiture CASCADE");
    crash(create);
    database.connect()->execute("CREATE INDEX old ON a (id); " + sql +
                                "UPDATE confiture.run_step SET indexes_before = '{public.old}'");
    messages.clear();
  };
  crash_again("");
  BOOST_TEST(up() == "");
  BOOST_TEST(messages.back() == "migration '2_b', statement 2: no index was made");
  BOOST_TEST(indexes() == "a_id_idx true, old true");
  crash_again("CREATE INDEX ON a (id);");
  BOOST_TEST(up() == "");
  BOOST_TEST(messages.back() ==
             "migration '2_b', statement 2: index public.a_id_idx is there and valid");
  BOOST_TEST(indexes() == "a_id_idx true, old true");
  crash_again("CREATE INDEX ON a (id); CREATE INDEX theirs ON a (id);");
  BOOST_TEST(up().starts_with("migration.unfinished 4: "));
}

BOOST_AUTO_TEST_CASE(what_the_file_has_set_is_set_again) {
  migration("1_a", "CREATE SCHEMA s; CREATE TABLE s.a (id int);", "SELECT 1;");
  migration("2_b",
            "-- transaction: off\nSET search_path = s;\nVACUUM nope;\nCREATE TABLE b (id int);\n",
            "SELECT 1;");
  BOOST_TEST(up().starts_with("migration.failed 4: db/migrations/2_b.up.sql:3:1: "));
  migration("2_b",
            "-- transaction: off\nSET search_path = s;\nVACUUM a;\nCREATE TABLE b (id int);\n",
            "SELECT 1;");
  BOOST_TEST(up() == "");
  BOOST_TEST(has("s.b"));
}

BOOST_AUTO_TEST_CASE(a_session_that_still_runs_it_is_waited_for_or_ended) {
  const auto old = database.connect();
  const std::string pid = std::to_string(old->backend_pid());
  const std::string since = ask("SELECT backend_start FROM pg_stat_activity WHERE pid = " + pid);
  crash("VACUUM a", pid + ", '" + since + "'");
  recovery.patience = std::chrono::milliseconds(0);
  BOOST_TEST(resume() ==
             "migration.still_running 6: db/migrations/2_b.up.sql:3:1: statement 2 of migration "
             "'2_b' is still running in backend " +
                 pid +
                 ", from a run that was cut off [wait for "
                 "it, or end it: confiture migrate resume --take-over]");
  recovery = {Doubt::ask, true, std::chrono::minutes(1)};
  BOOST_TEST(resume() == "");
  BOOST_TEST(applied() == "1_a 2_b ");
  BOOST_TEST(host::test::refusal([&] {
               old->execute("SELECT 1");
             }).starts_with("postgres.connection_lost 3: "));
}

BOOST_AUTO_TEST_CASE(a_block_runs_in_a_transaction_unless_it_commits) {
  migration("1_a", "CREATE TABLE a (id int);", "SELECT 1;");
  migration("2_b",
            "-- transaction: off\nDO $$BEGIN INSERT INTO a VALUES (1); END$$;\n"
            "DO $$BEGIN INSERT INTO a VALUES (2); COMMIT; INSERT INTO a VALUES (3); END$$;\n"
            "DO $$BEGIN INSERT INTO a VALUES (4); RAISE 'no'; END$$;\n",
            "SELECT 1;");
  BOOST_TEST(up().starts_with("migration.failed 4: db/migrations/2_b.up.sql:4:1: "));
  // The third is known to have left nothing, so it needs nobody's word to run again.
  BOOST_TEST(ask("SELECT string_agg(statement || state, ' ' ORDER BY statement) "
                 "FROM confiture.run_step") == "1done 2done");
  BOOST_TEST(rows() == "1 2 3");
}

BOOST_AUTO_TEST_CASE(if_not_exists_does_not_hide_an_invalid_index) {
  migration("1_a", "CREATE TABLE a (id int); CREATE INDEX i ON a (id);", "SELECT 1;");
  migration("2_b", "-- transaction: off\nCREATE INDEX CONCURRENTLY IF NOT EXISTS i ON a (id);\n",
            "SELECT 1;");
  migration("3_c", "CREATE INDEX IF NOT EXISTS i ON a (id);\n", "SELECT 1;");
  const char* const invalidate =
      "UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'i'::regclass";
  const char* const valid = "SELECT indisvalid FROM pg_index WHERE indexrelid = 'i'::regclass";
  BOOST_REQUIRE(up("1").empty());
  database.connect()->execute(invalidate);
  BOOST_TEST(up("2") == "");
  BOOST_TEST(ask(valid) == "t");
  database.connect()->execute(invalidate);
  BOOST_TEST(
      up() ==
      "migration.invalid_index 4: db/migrations/3_c.up.sql:1:1: statement 1 of migration "
      "'3_c' made no index: index 'i' is invalid, and IF NOT EXISTS leaves it so [DROP INDEX "
      "CONCURRENTLY public.i; then run this again]");
  BOOST_TEST(applied() == "1_a 2_b ");
}

BOOST_AUTO_TEST_SUITE_END()
