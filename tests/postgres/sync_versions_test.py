# SPDX-License-Identifier: MIT
"""`confiture sync` between servers of different majors, in both directions.
CONFITURE_TEST_MAJORS: those to take beside the one that is tested, "13 14 16 17 18" else."""
import os
import pathlib
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
import engine  # noqa: E402

DATA = pathlib.Path(__file__).resolve().parents[1] / "data"
MAJORS = os.environ.get("CONFITURE_TEST_MAJORS", "13 14 16 17 18").split()


class SyncVersions(engine.Case):
    def other_server(self, major):
        """The URL of a server of that major, which goes with the test."""
        cluster = self.folder / f"cluster{major}"
        server = subprocess.run([engine.SUPPORT / "server", "--major", major, "start", cluster], check=True,
                                stdout=subprocess.PIPE, text=True, timeout=engine.HANG_GUARD)
        self.addCleanup(subprocess.run, [engine.SUPPORT / "server", "stop", cluster], check=True)
        return server.stdout.strip()

    def fresh(self, server, name):
        """A new database on that server, as the environment of that name."""
        tested, self.server = self.server, server
        url = self.database()
        self.server = tested
        engine.psql(url, (DATA / "sync_schema.sql").read_text())
        (self.root / f"db/environments/{name}.yaml").write_text(f'database: {{ url: "{url}" }}\n')
        return url

    def rows(self, url):
        """Every row of every table, but what is replaced."""
        tables = engine.psql(url, "SELECT oid::regclass FROM pg_class WHERE relkind = 'r' AND relnamespace = "
                             "'sales'::regnamespace ORDER BY relname COLLATE \"C\"").split("\n")
        return "\n".join(engine.psql(url, "SET DateStyle = ISO", "SET TimeZone = 'UTC'", "SELECT "
                                     f"(to_jsonb(t) - '{{email,phone,searched,E-Mail}}'::text[])::text FROM ONLY {table} t ORDER BY 1")
                         for table in tables)

    def copy(self, source_server, target_server, publish):
        source, target = self.fresh(source_server, "source"), self.fresh(target_server, "target")
        engine.psql(source, (DATA / "sync_rows.sql").read_text())
        done = subprocess.run(
            [engine.options.confiture, "--project", self.root, "sync", "--from", "source", "--to", "target",
             "--anonymize", "--verify", "full", "--publish", publish], check=False, capture_output=True, text=True,
            env={**os.environ, "CONFITURE_KEY": "0123456789abcdef0123456789abcdef"}, timeout=engine.HANG_GUARD)
        self.assertEqual((done.returncode, done.stderr), (0, ""), done.stdout)
        self.assertEqual(self.rows(target), self.rows(source))
        self.assertEqual(engine.psql(target, "SELECT count(*) FROM sales.customer WHERE email LIKE '%example.%'"),
                         engine.psql(source, "SELECT count(email) FROM sales.customer"))

    def test_both_directions(self):
        self.project({})
        (self.root / "db/confiture.yaml").write_text(
            "anonymization:\n  key: { env: CONFITURE_KEY }\n  tables:\n"
            "    sales.customer: { email: person.email, phone: core.null }\n"
            "    'sales.\"Order Line\"': { E-Mail: person.email }\n")
        for major in MAJORS:
            other = self.other_server(major)
            for source, target, publish in ((self.server, other, "rename"), (other, self.server, "transaction"),
                                            (other, other, "rename"), (other, other, "transaction")):
                with self.subTest(major=major, source=source, target=target, publish=publish):
                    self.copy(source, target, publish)


if __name__ == "__main__":
    engine.main()
