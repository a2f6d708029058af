#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""A hot standby: what reads works there, what would write is refused before anything is begun, and
with all servers named the run finds the primary."""
import pathlib
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
import engine  # noqa: E402

REFUSAL = ("error[postgres.standby]: the server of database 'postgres' is a standby, which takes no "
           "changes\nhint: give this environment the address of the primary, or those of all servers "
           "and target_session_attrs=read-write\n")
MIGRATIONS = {"0001_base": ("CREATE TABLE base (id int);\n", "DROP TABLE base;\n"),
              "0002_next": ("CREATE TABLE next (id int);\n", "DROP TABLE next;\n")}


class Standby(engine.Case):
    def setUp(self):
        super().setUp()
        self.own_server()
        folder = self.folder / "standby"
        done = subprocess.run([engine.SUPPORT / "server", "standby", folder, self.cluster], check=True,
                              stdout=subprocess.PIPE, text=True, timeout=engine.HANG_GUARD)
        self.addCleanup(subprocess.run, [engine.SUPPORT / "server", "stop", folder], check=True)
        self.standby = done.stdout.strip()
        self.project(MIGRATIONS)

    def apply_first(self):
        self.assertEqual(self.confiture(self.server, "migrate", "up", "--to", "1")[0], 0)
        place = engine.psql(self.server, "SELECT pg_current_wal_lsn()")
        self.wait_for_standby(place)

    def wait_for_standby(self, place):
        engine.psql(self.standby, f"""DO $$ BEGIN
            WHILE pg_last_wal_replay_lsn() < '{place}' LOOP PERFORM pg_sleep(0.02); END LOOP; END $$""")

    def test_reads(self):
        self.apply_first()
        status, output, errors = self.confiture(self.standby, "migrate", "status")
        self.assertEqual((status, errors), (0, ""))
        self.assertRegex(output, r"(?s)0001 +base .*0002 +next")
        for command in (["plan"], ["up", "--dry-run"], ["verify"]):
            with self.subTest(command):
                self.assertEqual(self.confiture(self.standby, "migrate", *command)[0], 0)

    def test_writes(self):
        self.apply_first()
        for command in (["up"], ["down"], ["redo"], ["resume"], ["up", "--dry-run-execute"],
                        ["baseline", "--through", "2"]):
            with self.subTest(command):
                self.assertEqual(self.confiture(self.standby, "migrate", *command), (3, "", REFUSAL))
        (self.root / "db/schema/base.sql").write_text("CREATE TABLE base (id int);\n")
        self.assertEqual(self.confiture(self.standby, "build"), (3, "", REFUSAL))
        self.assertEqual(self.history(self.server), "1")

    def test_all_servers_named(self):
        servers = [engine.address_of(url) for url in (self.standby, self.server)]
        url = (f"postgresql:///postgres?host={servers[0][0]},{servers[1][0]}&"
               f"port={servers[0][1]},{servers[1][1]}&user=postgres&target_session_attrs=read-write")
        self.assertEqual(self.confiture(url, "migrate", "up")[0], 0)
        self.assertEqual(self.history(self.server), "1 2")


if __name__ == "__main__":
    engine.main()
