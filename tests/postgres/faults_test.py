# SPDX-License-Identifier: MIT
"""What can happen to a server and to the way to it in the middle of a migration: the right exit
code and message, a ledger that says what is there, nothing half-applied, and the next run does it."""
import os
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
import engine  # noqa: E402

SLEEP = "SELECT pg_sleep_for(coalesce(current_setting('test.pause', true), '1 hour')::interval);\n"
IN_TRANSACTION = {
    "0001_base": "CREATE TABLE trace (version int);\nINSERT INTO trace VALUES (1);\n",
    "0002_slow": "CREATE TABLE half ();\nINSERT INTO trace VALUES (2);\n" + SLEEP,
    "0003_last": "INSERT INTO trace VALUES (3);\n",
}
STEPWISE = IN_TRANSACTION | {
    "0002_slow": "-- transaction: off\nCREATE TABLE half ();\nINSERT INTO trace VALUES (2);\n" + SLEEP,
}


class Faults(engine.Case):
    def cut_off(self, migrations, cut, url=None):
        """A run whose second migration is under way when `cut` is called; its status and output."""
        self.project(migrations)
        self.url = url or self.database()
        run = self.start(self.url, "migrate", "up")
        self.wait_for_statement(self.url, "pg_sleep_for")
        cut()
        return self.finish(run)

    def expect(self, end, status, message, history, traces):
        self.assertEqual(end[0], status, end[1])
        self.assertRegex(end[1], r"\Aapplied 0001_base \(\d+ ms\)\n" + message + r"\n\Z")
        self.assertEqual(self.history(self.direct), history)
        self.assertEqual(engine.psql(self.direct, "SELECT string_agg(version::text, ' ') FROM trace"), traces)

    def goes_on(self):
        """The next run ends it, each statement done once."""
        engine.psql(self.direct, f"ALTER DATABASE {engine.database_of(self.direct)} SET test.pause = '0'")
        status, output, errors = self.confiture(self.direct, "migrate", "up")
        self.assertEqual(status, 0, output + errors)
        self.assertRegex(output, r"\Aapplied 0002_slow \(\d+ ms\)\napplied 0003_last \(\d+ ms\)\n\Z")
        self.assertEqual(self.history(self.direct), "1 2 3")
        self.assertEqual(engine.psql(self.direct, "SELECT string_agg(version::text, ' ') FROM trace"), "1 2 3")

    @property
    def direct(self):
        return engine.with_database(self.server, engine.database_of(self.url))

    def lost(self, reason):
        return (r"error\[migration.connection_lost\]: migration '0002_slow' was not applied: the connection to "
                r"database '\w+' (in socket folder|on host) '.*', port \d+, as user 'postgres' was lost: "
                + reason + r"\nhint: the server undoes what was not committed; see its log, then run this again")

    def lost_stepwise(self, reason):
        return (r"error\[migration.connection_lost\]: migration '0002_slow' was cut off: the connection to "
                r"database '\w+' (in socket folder|on host) '.*', port \d+, as user 'postgres' was lost: "
                + reason + r"\nhint: 2 of 3 statements are done and stay so; confiture migrate up goes on there")

    HALF = "1, in 2 statement 1 done 2 statement 2 done"

    def terminate(self):
        self.wait_for(f"SELECT bool_or(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE "
                      f"datname = '{engine.database_of(self.url)}' AND query LIKE '%pg_sleep_for%'")

    def test_server_restarted(self):
        self.own_server()
        reason = "terminating connection due to administrator command"
        for mode in ("fast", "immediate"):
            with self.subTest(mode):
                self.expect(self.cut_off(IN_TRANSACTION, lambda: self.restart_server(mode)), 3,
                            self.lost(".*"), "1", "1")
                self.goes_on()
        end = self.cut_off(STEPWISE, lambda: self.restart_server("fast"))
        self.expect(end, 3, self.lost_stepwise(reason), self.HALF, "1 2")
        self.goes_on()

    def test_backend_terminated(self):
        reason = "terminating connection due to administrator command"
        self.expect(self.cut_off(IN_TRANSACTION, self.terminate), 3, self.lost(reason), "1", "1")
        self.goes_on()
        self.expect(self.cut_off(STEPWISE, self.terminate), 3, self.lost_stepwise(reason), self.HALF, "1 2")
        self.goes_on()

    def test_network_cut(self):
        for migrations, message, history, traces in (
                (IN_TRANSACTION, self.lost, "1", "1"), (STEPWISE, self.lost_stepwise, self.HALF, "1 2")):
            name = engine.database_of(self.database())
            proxy = engine.Proxy(engine.with_database(self.tcp, name))
            self.expect(self.cut_off(migrations, proxy.cut, proxy.url), 3,
                        message("server closed the connection unexpectedly"), history, traces)
            # Only servers of 14 and later look for a client while a statement runs.
            if self.version < 14:
                self.runs.clear()  # the run is over, and its session is not
                self.terminate()
            self.goes_on()

    def test_lock_session_terminated(self):
        """Without its lock a run goes no further than the migration that it is in."""
        self.project({"0001_base": IN_TRANSACTION["0001_base"],
                      "0002_slow": "INSERT INTO trace VALUES (2);\nSELECT pg_advisory_lock(1);\n",
                      "0003_last": IN_TRANSACTION["0003_last"]})
        self.url = self.database()
        with engine.Session(self.url) as other:
            other.run("SELECT pg_advisory_lock(1);")
            run = self.start(self.url, "migrate", "up")
            self.wait_for_statement(self.url, "pg_advisory_lock(1)")
            engine.psql(self.url, "SELECT pg_terminate_backend(a.pid) FROM pg_stat_activity a JOIN pg_locks l "
                        "USING (pid) WHERE l.locktype = 'advisory' AND l.granted AND a.pid <> "
                        f"{other.pid} AND datname = current_database()")
            other.run("SELECT pg_advisory_unlock(1);")
            end = self.finish(run)
        self.assertEqual(end[0], 3, end[1])
        self.assertRegex(end[1], r"\Aapplied 0001_base \(\d+ ms\)\napplied 0002_slow \(\d+ ms\)\n"
                         r"error\[migration.connection_lost\]: migration '0003_last' was not applied: ")
        self.assertEqual(self.history(self.url), "1 2")
        self.assertEqual(engine.psql(self.url, "SELECT string_agg(version::text, ' ') FROM trace"), "1 2")

    def test_statement_timeout(self):
        message = (r"error\[migration.failed\]: migration '0002_slow', statement 3 \(SELECT\): canceling statement due to "
                   r"statement timeout \(SQLSTATE 57014\)\n --> db/migrations/0002_slow.up.sql:\d:1\n  \|\n\d \| SELECT "
                   r"pg_sleep_for.*\n  \| \^\nhint: the environment's 'statement_timeout' was over, or somebody has cancelled it")
        for migrations, stays, history, traces in (
                (IN_TRANSACTION, "", "1", "1"),
                (STEPWISE, "; 2 of 3 statements are done and stay so; confiture migrate up goes on there", self.HALF, "1 2")):
            self.project(migrations, "statement_timeout: 2s")
            self.url = self.database()
            self.expect(self.finish(self.start(self.url, "migrate", "up")), 4, message + stays, history, traces)
            self.goes_on()

    def test_lock_timeout(self):
        """After the statements before it: all of them again, or that one alone."""
        for header, hint, history, traces in (
                ("", "", "1", "1"), ("-- transaction: off\n", "; 1 of 2 statements are done and stay so; confiture migrate "
                                     "up goes on there", "1, in 2 statement 1 done", "1 2")):
            self.project(IN_TRANSACTION | {"0002_slow": header + "INSERT INTO trace VALUES (2);\nALTER TABLE busy ADD b int;\n"},
                         "lock_timeout: 100ms", "lock_retry: 3s")
            self.url = self.database()
            engine.psql(self.url, "CREATE TABLE busy (a int)")
            with engine.Session(self.url) as other:
                other.run("BEGIN; INSERT INTO busy VALUES (1);")
                end = self.finish(self.start(self.url, "migrate", "up"))
                who = (rf"in the way: pid {other.pid} \(user 'postgres', application 'psql'\), idle in transaction since "
                       r"[-0-9T:]+Z, after INSERT INTO busy VALUES \.\.\.")
                self.expect(end, 4, rf"(migration '0002_slow': a lock was not to be had in 100ms; {who}; attempt \d follows in \d+ ms\n)+"
                            r"error\[migration.failed\]: migration '0002_slow', statement 2 \(ALTER TABLE\): canceling statement "
                            r"due to lock timeout \(SQLSTATE 55P03\)\n --> db/migrations/0002_slow.up.sql:\d:1\n  \|\n\d \| ALTER "
                            rf"TABLE busy.*\n  \| \^\nhint: a lock was not to be had in 100ms; {who}; tried \d times in \d+(\.\d+)?m?s; wait for "
                            r"it to be free, or give this environment a longer 'lock_retry'" + hint, history, traces)
            self.goes_on()

    def test_deadlock(self):
        """It is broken up, and the migration runs again as a whole."""
        self.project({"0001_base": IN_TRANSACTION["0001_base"] + "CREATE TABLE a (i int);\nCREATE TABLE b (i int);\n",
                      "0002_slow": "INSERT INTO trace VALUES (2);\nALTER TABLE a ADD j int;\nSELECT pg_advisory_xact_lock(1);\n"
                                   "ALTER TABLE b ADD j int;\n",
                      "0003_last": IN_TRANSACTION["0003_last"]}, "lock_timeout: 1h")
        self.url = self.database()
        engine.psql(self.url, f"ALTER DATABASE {engine.database_of(self.url)} SET deadlock_timeout = '100ms'")
        with engine.Session(self.url) as other, engine.Session(self.url) as gate:
            gate.run("SELECT pg_advisory_lock(1);")
            run = self.start(self.url, "migrate", "up")
            self.wait_for_statement(self.url, "pg_advisory_xact_lock")
            other.run("SET deadlock_timeout = '1h'; BEGIN; LOCK TABLE b;")
            other.send("LOCK TABLE a; COMMIT;")
            self.wait_for(f"SELECT wait_event_type = 'Lock' FROM pg_stat_activity WHERE pid = {other.pid}")
            gate.run("SELECT pg_advisory_unlock(1);")
            status, said = self.finish(run)
            self.assertEqual(other.receive(), "")
        self.assertEqual(status, 0, said)
        self.assertRegex(said, r"\Aapplied 0001_base \(\d+ ms\)\nmigration '0002_slow': a deadlock was broken up(; in the way: pid "
                         rf"{other.pid} .*)?; attempt 2 follows in \d+ ms\napplied 0002_slow \(\d+ ms\)\napplied 0003_last \(\d+ ms\)\n\Z")
        self.assertEqual(engine.psql(self.url, "SELECT string_agg(version::text, ' ') FROM trace"), "1 2 3")

    def test_disk_full(self):
        """/dev/full in the place of a table's file: it takes no byte, whoever the server runs as."""
        self.own_server()
        for header, history, traces, rolled_back in (
                ("", "1", "1", ""),
                ("-- transaction: off\n", "1, in 2 statement 1 done 2 statement 2 done", "1 2",
                 r"; 2 of 3 statements are done and stay so; confiture migrate up goes on there")):
            self.project(IN_TRANSACTION | {
                "0002_slow": header + "CREATE TABLE half ();\nINSERT INTO trace VALUES (2);\n"
                                      "INSERT INTO filled VALUES ('row');\n"})
            self.url = self.database()
            engine.psql(self.url, "CREATE TABLE filled (a text)")
            file = self.data / engine.psql(self.url, "SELECT pg_relation_filepath('filled')")
            file.rename(file.with_name("kept"))
            file.symlink_to("/dev/full")
            end = self.finish(self.start(self.url, "migrate", "up"))
            self.expect(end, 4, r"error\[migration.failed\]: migration '0002_slow', statement 3 \(INSERT\): could not "
                        r"extend file \"base/.*\": No space left on device \(SQLSTATE 53100\)\n"
                        r" --> db/migrations/0002_slow.up.sql:\d:1\n  \|\n\d \| INSERT INTO filled .*\n  \| \^\nhint: Check free disk space." + rolled_back,
                        history, traces)
            os.replace(file.with_name("kept"), file)
            self.goes_on()


if __name__ == "__main__":
    engine.main()
