# SPDX-License-Identifier: MIT
"""A pooler is told by its process id and refused with advice: behind it a lock holds nobody off."""
import os
import pathlib
import subprocess
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
import engine  # noqa: E402

REFUSAL = ("error[postgres.pooler]: this connection goes through a connection pooler, where a lock "
           "holds nobody off\n"
           "hint: give this environment the address of the PostgreSQL server itself, or name it with "
           "--database-url\n")


class Pooler(engine.Case):
    def pooler(self, mode):
        """The URL of this test's database through pgbouncer."""
        folder = self.folder / mode
        folder.mkdir()
        port = engine.free_port()
        host, server_port = engine.address_of(self.server)
        (folder / "pgbouncer.ini").write_text(
            f"[databases]\n* = host={host} port={server_port} user=postgres\n"
            f"[pgbouncer]\nlisten_addr =\nlisten_port = {port}\nunix_socket_dir = {folder}\n"
            f"auth_type = any\npool_mode = {mode}\ndefault_pool_size = 8\n"
            "ignore_startup_parameters = extra_float_digits\n")
        as_server = []
        if os.getuid() == 0:  # it refuses to run as root, as the server does
            subprocess.run(["chown", "-R", "postgres", folder], check=True)
            as_server = ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups"]
        process = subprocess.Popen([*as_server, "/usr/sbin/pgbouncer", "-q", folder / "pgbouncer.ini"])
        self.addCleanup(process.wait)
        self.addCleanup(process.terminate)
        url = f"postgresql:///{engine.database_of(self.url)}?host={folder}&port={port}&user=postgres"
        deadline = time.monotonic() + engine.HANG_GUARD
        while subprocess.run(["pg_isready", "-q", "-d", url], check=False).returncode:
            self.assertLess(time.monotonic(), deadline)
        return url

    def test_refused(self):
        self.project({"0001_base": "CREATE TABLE base ();\n"})
        self.url = self.database()
        for mode in ("transaction", "session", "statement"):
            with self.subTest(mode):
                pooled = self.pooler(mode)
                self.assertEqual(engine.psql(pooled, "SELECT 1"), "1")
                self.assertEqual(self.confiture(pooled, "migrate", "up"), (5, "", REFUSAL))
                self.assertEqual(self.history(self.url), "no ledger")
        self.assertEqual(self.confiture(self.url, "migrate", "up")[0], 0)

    def test_why(self):
        """Experiments 10 and 11: one client, many backends, and a lock that two hold at once."""
        self.url = self.database()
        pooled = self.pooler("transaction")
        with engine.Session(pooled) as one, engine.Session(pooled) as two:
            self.assertEqual(one.run("SELECT pg_try_advisory_lock(7);"), "t")
            self.assertEqual(two.run("SELECT pg_try_advisory_lock(7);"), "t")
            self.assertEqual(one.pid, two.pid)


if __name__ == "__main__":
    engine.main()
