# SPDX-License-Identifier: MIT
"""The experiments behind the engine's rules, as runs of confiture: what other sessions do to an
index that is built concurrently, to locks and to retries. Those with a pooler: pooler_test.py."""
import pathlib
import signal
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
import engine  # noqa: E402

INDEX = "-- transaction: off\nCREATE INDEX CONCURRENTLY item_name ON item (name);\n"
# Until lock 1 is free, without a lock timeout.
PAUSE = """DO $$ BEGIN
  WHILE NOT pg_try_advisory_xact_lock(1) LOOP PERFORM pg_sleep(0.02); END LOOP; END $$;
"""
INVALID = "SELECT count(*) FROM pg_index WHERE NOT indisvalid"
VALID = "SELECT indisvalid FROM pg_index WHERE indexrelid = 'item_name'::regclass"


class Experiments(engine.Case):
    def prepare(self, migrations, *environment):
        self.project(migrations, *environment)
        self.url = self.database()
        engine.psql(self.url, "CREATE TABLE item (id int, name text)", "CREATE TABLE other (id int)",
                    "INSERT INTO item SELECT i, i FROM generate_series(1, 100) i")

    def up(self, expected=0):
        status, output, errors = self.confiture(self.url, "migrate", "up")
        self.assertEqual(status, expected, output + errors)
        return output + errors

    def waits(self, *words):
        """Until the run in this test's database waits for a lock in a statement with these words."""
        self.wait_for(f"SELECT EXISTS (SELECT FROM pg_stat_activity WHERE datname = "
                      f"'{engine.database_of(self.url)}' AND application_name LIKE 'confiture/%' AND "
                      f"wait_event_type = 'Lock' AND query LIKE '%{' '.join(words)}%')")

    def test_1_a_transaction_without_a_snapshot_is_in_nobodys_way(self):
        self.prepare({"0001_index": INDEX}, "lock_timeout: 2s", "lock_retry: 0s")
        with engine.Session(self.url) as other:
            other.run("BEGIN; SELECT pg_advisory_xact_lock(1); SELECT count(*) FROM item; INSERT INTO other VALUES (1);")
            self.up()
        self.assertEqual(engine.psql(self.url, VALID), "t")

    def test_2_a_snapshot_holds_up_an_index_until_it_ends(self):
        self.prepare({"0001_index": INDEX}, "lock_timeout: 0", "lock_retry: 0s")
        with engine.Session(self.url) as other:
            other.run("BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT count(*) FROM other;")
            run = self.start(self.url, "migrate", "up")
            self.waits("CREATE INDEX")
            self.assertEqual(engine.psql(self.server, "SELECT string_agg(DISTINCT locktype, ' ') FROM pg_locks l "
                             "JOIN pg_stat_activity a USING (pid) WHERE NOT granted AND datname = "
                             f"'{engine.database_of(self.url)}'"), "virtualxid")
            other.run("COMMIT;")
            status, said = self.finish(run)
        self.assertEqual(status, 0, said)
        self.assertEqual(engine.psql(self.url, VALID), "t")

    def test_2_with_a_lock_timeout_it_gives_up_and_leaves_nothing(self):
        self.prepare({"0001_index": INDEX}, "lock_timeout: 200ms", "lock_retry: 0s")
        with engine.Session(self.url) as other:
            other.run("BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT count(*) FROM other;")
            said = self.up(4)
            self.assertIn("(SQLSTATE 55P03)", said)
            self.assertRegex(said, rf"in the way: pid {other.pid} \(user 'postgres', application 'psql'\), idle in transaction")
        self.assertEqual(engine.psql(self.url, "SELECT to_regclass('item_name') IS NULL"), "t")
        self.up()
        self.assertEqual(engine.psql(self.url, VALID), "t")

    def test_3_whoever_blocks_in_an_advisory_lock_is_named_and_leaves_no_invalid_index(self):
        """Another tool's way to wait for the lock of a run: its snapshot holds up the index."""
        self.prepare({"0001_pause": PAUSE, "0002_index": INDEX}, "lock_timeout: 1s",
                     "lock_retry: 0s")
        with engine.Session(self.url) as holder, engine.Session(self.url) as waiter:
            holder.run("SELECT pg_advisory_lock(1);")
            run = self.start(self.url, "migrate", "up")
            self.wait_for_statement(self.url, "pg_try_advisory_xact_lock")
            key = engine.psql(
                self.url, "SELECT (classid::bigint << 32) | objid::bigint FROM pg_locks l JOIN "
                "pg_stat_activity a USING (pid) WHERE locktype = 'advisory' AND granted AND "
                "application_name LIKE 'confiture/%' AND datname = current_database()")
            waiter.send(f"SELECT pg_advisory_lock({key});")
            self.wait_for(f"SELECT wait_event_type = 'Lock' FROM pg_stat_activity WHERE pid = {waiter.pid}")
            holder.run("SELECT pg_advisory_unlock(1);")
            status, said = self.finish(run)
            self.assertEqual(status, 4, said)
            self.assertIn(f"in the way: pid {waiter.pid} (user 'postgres', application 'psql'), active", said)
            self.assertEqual(waiter.receive(), "")  # it has the lock now, and was not a deadlock's victim
            self.assertEqual(engine.psql(self.url, INVALID), "0")
        self.up()
        self.assertEqual(engine.psql(self.url, VALID), "t")

    def test_4_a_runner_that_waits_is_in_nobodys_way(self):
        self.prepare({"0001_pause": "SELECT pg_advisory_lock(1);\n", "0002_index": INDEX})
        engine.psql(self.url, f"ALTER DATABASE {engine.database_of(self.url)} SET deadlock_timeout = '100ms'")
        with engine.Session(self.url) as holder:
            holder.run("SELECT pg_advisory_lock(1);")
            first = self.start(self.url, "migrate", "up")
            self.waits("pg_advisory_lock(1)")
            second = self.start(self.url, "migrate", "up", "--lock-wait", "120")
            self.wait_for("SELECT count(DISTINCT application_name) = 2 FROM pg_stat_activity WHERE datname = "
                          f"'{engine.database_of(self.url)}' AND application_name LIKE 'confiture/%'")
            holder.run("SELECT pg_advisory_unlock(1);")
            ends = [self.finish(run) for run in (first, second)]
        self.assertEqual([status for status, _ in ends], [0, 0], ends)
        self.assertNotIn("deadlock", ends[0][1] + ends[1][1])
        self.assertEqual(engine.psql(self.url, VALID), "t")

    def test_5_a_lock_timeout_lets_readers_through(self):
        self.prepare({"0001_column": "ALTER TABLE item ADD COLUMN more int;\n"}, "lock_timeout: 300ms", "lock_retry: 60s")
        with engine.Session(self.url) as reader, engine.Session(self.url) as late:
            reader.run("BEGIN; SELECT count(*) FROM item;")
            run = self.start(self.url, "migrate", "up")
            self.waits("ALTER TABLE item")
            self.assertEqual(late.run("SELECT count(*) FROM item;"), "100")  # while the first still reads
            reader.run("COMMIT;")
            status, said = self.finish(run)
        self.assertEqual(status, 0, said)
        self.assertRegex(said, rf"migration '0001_column': a lock was not to be had in 300ms; in the way: pid {reader.pid} ")

    def test_6_an_index_that_failed_is_not_taken_for_one(self):
        self.prepare({"0001_index": INDEX.replace("CONCURRENTLY", "CONCURRENTLY IF NOT EXISTS")}, "lock_timeout: 200ms",
                     "lock_retry: 0s")
        with engine.Session(self.url) as writer:
            writer.run("BEGIN; INSERT INTO item VALUES (0, '0');")
            failed = engine.Session(self.url)
            said = failed.run("SET lock_timeout = '100ms';\nCREATE INDEX CONCURRENTLY item_name ON item (name);")
            failed.close()
            self.assertIn("55P03", said)
            self.assertEqual(engine.psql(self.url, VALID), "f")
            self.assertIn("(SQLSTATE 55P03)", self.up(4))
        self.assertIn("dropped the invalid index", self.up())
        self.assertEqual(engine.psql(self.url, VALID), "t")

    def test_7_a_retry_begins_anew_and_holds_nothing_meanwhile(self):
        self.prepare({"0001_both": "ALTER TABLE item ADD COLUMN more int;\nALTER TABLE other ADD COLUMN more int;\n"},
                     "lock_timeout: 100ms", "lock_retry: 60s")
        with engine.Session(self.url) as writer:
            writer.run("BEGIN; INSERT INTO other VALUES (1);")
            run = self.start(self.url, "migrate", "up")
            self.waits("ALTER TABLE other")
            self.assertEqual(engine.psql(self.url, "SELECT count(*) FROM item"), "100")  # while it is retried
            writer.run("COMMIT;")
            status, said = self.finish(run)
        self.assertEqual(status, 0, said)
        self.assertIn("attempt 2 follows", said)

    def test_8_a_new_enum_value_cannot_be_used_at_once(self):
        use = "ALTER TYPE mood ADD VALUE 'happy';\nINSERT INTO feeling VALUES ('happy');\n"
        self.prepare({"0001_type": "CREATE TYPE mood AS ENUM ('sad');\nCREATE TABLE feeling (mood mood);\n",
                      "0002_value": use})
        said = self.up(4)
        self.assertIn("(SQLSTATE 55P04)", said)
        self.assertEqual(self.history(self.url), "1")
        self.assertEqual(engine.psql(self.url, "SELECT enum_range(NULL::mood)"), "{sad}")
        (self.root / "db/migrations/0002_value.up.sql").write_text("-- transaction: off\n" + use)
        self.up()
        self.assertEqual(engine.psql(self.url, "SELECT mood FROM feeling"), "happy")

    def test_9_the_server_ends_what_a_killed_run_was_in(self):
        self.prepare({"0001_long": "SELECT pg_sleep(3600);\n"})
        run = self.start(self.url, "migrate", "up")
        self.wait_for_statement(self.url, "pg_sleep")
        run.send_signal(signal.SIGKILL)
        run.wait(engine.HANG_GUARD)
        gone = (f"SELECT NOT EXISTS (SELECT FROM pg_stat_activity WHERE datname = "
                f"'{engine.database_of(self.url)}' AND application_name LIKE 'confiture/%')")
        if self.version < 14:  # an older server does not look for its client
            self.wait_for(f"SELECT count(*) = 1 FROM pg_stat_activity WHERE datname = "
                          f"'{engine.database_of(self.url)}' AND application_name LIKE 'confiture/%'")
            return
        self.wait_for(gone)
        self.assertEqual(self.history(self.url), "")

    def test_12_an_old_transaction_is_shown_before_it_is_waited_for(self):
        self.prepare({"0001_column": "CREATE VIEW names AS SELECT name FROM item;\nALTER TABLE item ADD COLUMN more int;\n",
                      "0002_row": "INSERT INTO item VALUES (0);\n", "0003_new": "CREATE TABLE item2 (id int);\n"},
                     "old_transaction: 1ms", "lock_timeout: 1h")
        with engine.Session(self.url) as reader, engine.Session(self.url) as idle:
            idle.run("BEGIN; SELECT count(*) FROM other;")
            reader.run("BEGIN; SELECT count(*) FROM item;")
            run = self.start(self.url, "migrate", "up")
            self.waits("ALTER TABLE item")
            reader.run("COMMIT;")
            status, said = self.finish(run)
        self.assertEqual(status, 0, said)
        self.assertRegex(said, rf"\Amigration '0001_column' may have to wait for an old transaction, which has a lock on item: pid "
                         rf"{reader.pid} \(user 'postgres', application 'psql'\), idle in transaction since [-0-9T:]+Z, after SELECT "
                         r"count \.\.\.\napplied 0001_column \(\d+ ms\)\napplied 0002_row \(\d+ ms\)\napplied 0003_new \(\d+ ms\)\n\Z")

    def test_13_limits_meant_for_other_clients_do_not_hold(self):
        """Of the database: a migration has its own, and the session with the lock is idle for long."""
        self.prepare({"0001_long": "SELECT pg_sleep(0.4);\n", "0002_long": "-- transaction: off\nSELECT pg_sleep(0.4);\n"})
        limits = ["statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout"]
        limits += ["idle_session_timeout"] * (self.version >= 14) + ["transaction_timeout"] * (self.version >= 17)
        for limit in limits:
            engine.psql(self.url, f"ALTER DATABASE {engine.database_of(self.url)} SET {limit} = '100ms'")
        self.assertRegex(self.up(), r"\Aapplied 0001_long \(\d+ ms\)\napplied 0002_long \(\d+ ms\)\n\Z")

    def test_14_a_subscription_goes_in_a_migration_of_its_own(self):
        """The server alone knows that it has to reach the publisher."""
        self.prepare({"0001_gone": "DROP SUBSCRIPTION news;\n"}, "lock_retry: 0s")
        engine.psql(self.url, "SET client_min_messages = error; CREATE SUBSCRIPTION news CONNECTION 'host=/nowhere' "
                    "PUBLICATION p WITH (connect = false)")
        self.addCleanup(engine.psql, self.url, "DROP SUBSCRIPTION IF EXISTS news")
        said = self.up(4)
        self.assertIn("DROP SUBSCRIPTION cannot run inside a transaction block (SQLSTATE 25001)", said)
        self.assertIn("hint: put it in a migration of its own, with '-- transaction: off' at the top of the file\n", said)
        (self.root / "db/migrations/0001_gone.up.sql").write_text("-- transaction: off\nDROP SUBSCRIPTION news;\n")
        self.assertIn("DROP SUBSCRIPTION): could not connect to publisher", self.up(4))  # and the subscription stays
        engine.psql(self.url, "ALTER SUBSCRIPTION news SET (slot_name = NONE)")
        self.assertIn("migration '0001_gone', statement 1: subscription 'news' is there", self.up())
        self.assertEqual(engine.psql(self.url, "SELECT count(*) FROM pg_subscription WHERE subname = 'news'"), "0")


if __name__ == "__main__":
    engine.main()
