// SPDX-License-Identifier: MIT
// Runs of migrations against a real server: what commits, what does not, and what is said.
#include <boost/test/unit_test.hpp>
#include <thread>

#include "tests/host/migrations/world.hpp"

using host::test::three_tables;
using host::test::World;

BOOST_FIXTURE_TEST_SUITE(migration_runs, World)

BOOST_AUTO_TEST_CASE(up_and_down_in_the_order_of_numbers) {
  three_tables(*this);
  BOOST_TEST(up("2") == "");
  BOOST_TEST(applied() == "1_a 2_b ");
  BOOST_TEST(up() == "");
  BOOST_TEST(applied() == "1_a 2_b 10_c ");
  BOOST_TEST(down(2) == "");
  BOOST_TEST(applied() == "1_a ");
  BOOST_TEST(!has("b"));
  BOOST_TEST(down(1, "0") == "");
  BOOST_TEST(applied() == "");
}

BOOST_AUTO_TEST_CASE(nothing_pending_writes_nothing) {
  BOOST_TEST(up() == "");
  BOOST_TEST(!has("confiture.history"));
  three_tables(*this);
  mode = Mode::look;
  BOOST_TEST(up() == "");
  BOOST_TEST(!has("confiture.history"));
  BOOST_TEST(!has("a"));
}

BOOST_AUTO_TEST_CASE(a_syntax_error_stops_everything_before_it_starts) {
  three_tables(*this);
  write("11_bad.up.sql", "SELECT 1;\n\n  CREATE TABEL x (id int);\n");
  BOOST_TEST(
      up() ==
      "migration.syntax 4: db/migrations/11_bad.up.sql:3:10: statement 2: syntax error at or "
      "near \"TABEL\" [nothing was run]");
  BOOST_TEST(!has("confiture.history"));
}

BOOST_AUTO_TEST_CASE(a_failed_statement_rolls_its_migration_back) {
  three_tables(*this);
  write("11_bad.up.sql", "CREATE TABLE d (id int);\nALTER TABLE a\n  ADD COLUMN id int;\n");
  BOOST_TEST(up() ==
             "migration.failed 4: db/migrations/11_bad.up.sql:2:1: migration '11_bad', statement 2 "
             "(ALTER TABLE): column \"id\" of relation \"a\" already exists (SQLSTATE 42701)");
  BOOST_TEST(applied() == "1_a 2_b 10_c ");
  BOOST_TEST(!has("d"));
}

BOOST_AUTO_TEST_CASE(the_place_of_a_failure_is_the_place_in_the_file) {
  write("1_bad.up.sql", "CREATE TABLE a (id int);\n\nSELECT id,\n  nope FROM a;\n");
  BOOST_TEST(up() ==
             "migration.failed 4: db/migrations/1_bad.up.sql:4:3: migration '1_bad', statement 2 "
             "(SELECT): column \"nope\" does not exist (SQLSTATE 42703)");
}

BOOST_AUTO_TEST_CASE(what_cannot_run_in_a_transaction_is_refused_before) {
  write("1_a.up.sql", "CREATE TABLE a (id int);\nCREATE INDEX CONCURRENTLY i ON a (id);\n");
  BOOST_TEST(
      up() ==
      "statement.outside_transaction 4: db/migrations/1_a.up.sql:2:1: statement 2: CREATE "
      "INDEX CONCURRENTLY cannot run inside a transaction [put it in a migration of its own, "
      "with '-- transaction: off' at its top]");
  write("1_a.up.sql", "BEGIN;\nCREATE TABLE a (id int);\nCOMMIT;\n");
  BOOST_TEST(up() ==
             "statement.transaction_control 4: db/migrations/1_a.up.sql:1:1: statement 1 is BEGIN, "
             "but confiture opens and ends the transaction [remove it; for a file without a "
             "transaction, write '-- transaction: off' at its top]");
}

BOOST_AUTO_TEST_CASE(a_file_that_ends_its_transaction_is_rolled_back) {
  migration("1_p",
            "CREATE TABLE a (id int); CREATE PROCEDURE p() LANGUAGE plpgsql AS "
            "$$BEGIN INSERT INTO a VALUES (1); COMMIT; END$$;",
            "SELECT 1;");
  migration("2_call", "INSERT INTO a VALUES (2);\nCALL p();\n", "SELECT 1;");
  BOOST_TEST(up() ==
             "migration.failed 4: db/migrations/2_call.up.sql:2:1: migration '2_call', statement 2 "
             "(CALL): invalid transaction termination (SQLSTATE 2D000) [it ends the transaction "
             "that it runs in: write '-- transaction: off' at the top of the file]");
  BOOST_TEST(ask("SELECT count(*) FROM a") == "0");
  BOOST_TEST(applied() == "1_p ");
}

BOOST_AUTO_TEST_CASE(no_way_back_is_known_before_anything_goes) {
  three_tables(*this);
  write("11_d.up.sql", "CREATE TABLE d (id int);");
  BOOST_TEST(up() == "");
  std::filesystem::remove(project.migrations_dir() / "2_b.down.sql");
  BOOST_TEST(
      down(3) ==
      "migration.irreversible 8: db/migrations/11_d.up.sql: migration '11_d' has no way back "
      "[write 'db/migrations/11_d.down.sql', or a new migration that undoes it]");
  BOOST_TEST(applied() == "1_a 2_b 10_c 11_d ");
}

BOOST_AUTO_TEST_CASE(a_failing_hook_of_each_phase) {
  three_tables(*this);
  struct Case {
    std::uint32_t phase;
    std::string name, applied_after_up;
  };
  for (const Case& each : {Case{CONFITURE_PHASE_PRE_VALIDATE, "pre_validate", ""},
                           Case{CONFITURE_PHASE_POST_VALIDATE, "post_validate", ""},
                           Case{CONFITURE_PHASE_PRE_EXECUTE, "pre_execute", "1_a "},
                           Case{CONFITURE_PHASE_POST_EXECUTE, "post_execute", "1_a "},
                           Case{CONFITURE_PHASE_POST_COMPLETE, "post_complete", "1_a 2_b 10_c "}}) {
    actions.hooks.clear();
    host::hooks::Hook& hook =
        actions.hook(each.phase, "guard", [](const confiture_event&) { return "not today"; });
    hook.migrations = "2_*";
    actions.hook(CONFITURE_PHASE_ON_ERROR, "mends", [](const confiture_event&) { return ""; });
    const bool each_migration = host::hooks::is_transactional(each.phase);
    BOOST_TEST(up() == "hooks.failed 7: " + each.name + " hook 'guard' (test.guard)" +
                           (each_migration ? " of migration '2_b'" : "") +
                           " failed: plugin 'test', action 'test.guard': not today" +
                           (each.phase == CONFITURE_PHASE_POST_COMPLETE
                                ? " [every migration of this run is applied and stays so]"
                                : ""));
    BOOST_TEST(phases == "guard mends ");
    BOOST_TEST(applied() == each.applied_after_up);
    actions.hooks.clear();
    BOOST_TEST(down(1, "0") == "");
  }
  BOOST_TEST(up() == "");
  actions.hook(CONFITURE_PHASE_POST_ROLLBACK, "guard", [](const confiture_event& event) {
    return event.in_transaction != 0 ? "not today" : "outside?";
  });
  BOOST_TEST(down() ==
             "hooks.failed 7: post_rollback hook 'guard' (test.guard) of migration '10_c' failed: "
             "plugin 'test', action 'test.guard': not today");
  BOOST_TEST(applied() == "1_a 2_b 10_c ");
  BOOST_TEST(has("c"));
}

BOOST_AUTO_TEST_CASE(outside_hooks_run_around_the_transaction) {
  three_tables(*this);
  std::string seen;
  const auto look = [&](const confiture_event& event) {
    seen += event.in_transaction != 0 ? "in " : has("a") ? "after " : "before ";
    return std::string();
  };
  for (const std::uint32_t phase : {CONFITURE_PHASE_PRE_EXECUTE, CONFITURE_PHASE_POST_EXECUTE}) {
    actions.hook(phase, "inside", look);
    actions.hook(phase, "outside", look, CONFITURE_ACTION_OUTSIDE);
  }
  BOOST_TEST(up("1") == "");
  BOOST_TEST(seen == "before in in after ");
  BOOST_TEST(phases == "outside inside inside outside ");
}

BOOST_AUTO_TEST_CASE(a_cut_connection_leaves_nothing_of_the_migration) {
  migration("1_a", "CREATE TABLE a (id int);", "DROP TABLE a;");
  actions.hook(CONFITURE_PHASE_POST_EXECUTE, "cuts", [this](const confiture_event&) {
    database.connect()->execute("SELECT pg_terminate_backend(" +
                                std::to_string(current->backend_pid()) + ")");
    return std::string();
  });
  const std::string said = up();
  BOOST_TEST(said.starts_with("migration.connection_lost 3: migration '1_a' was not applied: "),
             said);
  BOOST_TEST(!has("a"));
  BOOST_TEST(applied() == "");
}

BOOST_AUTO_TEST_CASE(an_interruption_rolls_back_and_says_so) {
  migration("1_a", "CREATE TABLE a (id int);", "DROP TABLE a;");
  actions.hook(CONFITURE_PHASE_POST_EXECUTE, "stops", [this](const confiture_event&) {
    cancellation.request();
    return std::string();
  });
  BOOST_TEST(up() == "run.interrupted 130: interrupted: migration '1_a' was rolled back");
  BOOST_TEST(!has("a"));
}

BOOST_AUTO_TEST_CASE(another_run_holds_the_lock) {
  three_tables(*this);
  lock_wait = std::chrono::milliseconds(0);
  const auto other = database.connect();
  const host::postgres::AdvisoryLock lock(*other, "confiture.history", std::chrono::milliseconds(0),
                                          cancellation);
  const std::string said = up();
  BOOST_TEST(said.starts_with("postgres.locked 6: "), said);
  BOOST_TEST(!has("confiture.history"));
}

BOOST_AUTO_TEST_CASE(runs_at_once_apply_each_migration_once) {
  three_tables(*this);
  std::vector<std::thread> threads;
  std::vector<std::string> said(2);
  // Each through its own connections to this database.
  for (std::size_t i = 0; i < 2; ++i)
    threads.emplace_back([&, i] {
      const auto connection = database.connect(), side = database.connect();
      host::extensions::Session session;
      host::hooks::Runner runner({}, session, {"test", database.name(), {}});
      host::migrations::Run run(*connection, *side, runner,
                                {project, environment, cancellation, lock_wait, {}, {}, {}, {}});
      said[i] = host::test::refusal([&] {
        run.prepare_up({});
        for (std::size_t step = 0; step < run.plan().steps.size(); ++step) run.execute(step);
      });
    });
  for (std::thread& thread : threads) thread.join();
  BOOST_TEST(said[0] == "");
  BOOST_TEST(said[1] == "");
  BOOST_TEST(applied() == "1_a 2_b 10_c ");
}

BOOST_AUTO_TEST_CASE(what_a_file_sets_stays_with_it) {
  migration("1_a", "CREATE SCHEMA s; SET search_path = s; CREATE TABLE a (id int);", "SELECT 1;");
  migration("2_b", "CREATE ROLE r_" + database.name() + "; SET ROLE r_" + database.name() + ";",
            "DROP ROLE r_" + database.name());
  migration("3_c", "CREATE TABLE c (id int);", "DROP TABLE c;");
  BOOST_TEST(up() == "");
  BOOST_TEST(has("public.c"));
  BOOST_TEST(applied() == "1_a 2_b 3_c ");
  BOOST_TEST(down(2) == "");
}

BOOST_AUTO_TEST_CASE(depends_and_roles_are_asked_for_before) {
  write("1_a.up.sql", "-- depends: 7\nSELECT 1;");
  BOOST_TEST(up() ==
             "migration.dependency 1: db/migrations/1_a.up.sql:1:13: migration '1_a' depends on 7, "
             "which is not applied before it [apply that one first, or correct '-- depends:']");
  write("1_a.up.sql", "-- requires-role: nobody_has_it\nSELECT 1;");
  BOOST_TEST(
      up() ==
      "migration.missing_role 1: db/migrations/1_a.up.sql:1:19: migration '1_a' requires the "
      "role 'nobody_has_it', which 'postgres' does not have [connect as a member of that "
      "role]");
}

BOOST_AUTO_TEST_SUITE_END()
