#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Long chains in each layout: what confiture makes of the files is what psql makes of them, and the way
down is the way up backwards."""
import json
import pathlib
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
import engine  # noqa: E402

COUNT = 240
WITHOUT_AUDIT = ("-T", "confiture.audit", "-T", "confiture.audit_head")  # a refused run is in there
SCHEMA = ("--schema-only", "--exclude-schema=confiture")


class Chains(engine.Case):
    def chain(self, layout, count=COUNT):
        """A project that reads a chain in place, beside its folder db/."""
        subprocess.run([engine.SUPPORT / "generate_chain", layout, str(count), self.folder / layout],
                       check=True)
        self.project({}, "variables: { owner: the team }")
        self.migrations = self.folder / layout / "migrations"
        (self.root / "db/confiture.yaml").write_text(f"migrations: '../../{layout}/migrations/'\n")

    def plain(self, layout, names):
        return sorted((self.folder / layout / "plain").glob(names))

    def by_psql(self, layout, count=COUNT):
        """The schema that psql makes of the first files and the repeatable ones."""
        url = self.database()
        files = self.plain(layout, "[0-9]*")[:count] + self.plain(layout, "R*")
        subprocess.run(["psql", "-XqA", "-v", "ON_ERROR_STOP=1", url,
                        *(word for file in files for word in ("-f", file))],
                       check=True, capture_output=True, timeout=engine.HANG_GUARD)
        return engine.dump(url, *SCHEMA)

    def run_all(self, url, *arguments, status=0):
        result = self.confiture(url, "migrate", *arguments)
        self.assertEqual(result[0], status, result[2])
        return result

    def applied(self, url):
        _, out, _ = self.confiture(url, "migrate", "status", "--format", "json")
        return len(json.loads(out)["applied"])

    def there_and_back(self, layout):
        self.chain(layout)
        url = self.database()
        empty, wanted = self.by_psql(layout, 0), self.by_psql(layout)
        repeatable = len(self.plain(layout, "R*"))
        self.assertEqual(repeatable, 3 if layout in ("confiture", "flyway") else 0)
        _, _, said = self.run_all(url, "up", "-q")
        self.assertEqual(said.count("is no migration in"), 0 if layout == "confiture" else 1, said)
        self.assertEqual(engine.dump(url, *SCHEMA), wanted)
        self.assertEqual(self.applied(url), COUNT + repeatable)
        self.run_all(url, "down", "--to", "0", "-q")
        self.assertEqual(engine.dump(url, *SCHEMA), empty)
        self.run_all(url, "up", "-q")
        self.assertEqual(engine.dump(url, *SCHEMA), wanted)

    def test_confiture(self):
        self.there_and_back("confiture")

    def test_dbmate(self):
        self.there_and_back("dbmate")

    def test_goose(self):
        self.there_and_back("goose")

    def test_golang_migrate(self):
        self.there_and_back("golang-migrate")

    def test_flyway(self):
        self.there_and_back("flyway")

    def test_diesel(self):
        self.there_and_back("diesel")

    def test_a_detected_layout_is_said(self):
        self.chain("dbmate")
        _, _, said = self.run_all(self.database(), "up", "--to", "20200101000000")
        self.assertIn(f"reading '{self.migrations}' as dbmate's layout", said)

    # The way back of one in the middle, in each layout.
    BROKEN = 120  # it counts from 0: a table is made here, and the next ones stand on it
    SHORT = 132  # with those that do

    def break_down(self, layout, sql):
        """Replaces the way back of that migration, before anything is applied."""
        if layout in ("dbmate", "goose"):
            file = sorted(self.migrations.glob("[0-9]*.sql"))[self.BROKEN]
            marker = {"dbmate": "-- migrate:down", "goose": "-- +goose Down"}[layout]
            text = file.read_bytes().decode()
            file.write_bytes((text[:text.index(marker)] + f"{marker}\n{sql}\n").encode())
            return
        version = {"confiture": f"{self.BROKEN + 1:04}_*.down.sql",
                   "golang-migrate": f"{self.BROKEN + 1:06}_*.down.sql",
                   "flyway": f"*/U{self.BROKEN // 20 + 1}_{self.BROKEN % 20:02}__*.sql",
                   "diesel": f"2020-01-01-{self.BROKEN // 60:02}{self.BROKEN % 60:02}00_*/down.sql"}
        [file] = self.migrations.glob(version[layout])
        file.write_text(sql + "\n")

    def stops_where_it_is_broken(self, layout):
        self.chain(layout, self.SHORT)
        self.break_down(layout, "DROP TABLE is_not_there;")
        url = self.database()
        self.run_all(url, "up", "-q")
        _, _, said = self.run_all(url, "down", "--to", "0", "-q", status=4)
        self.assertIn('table "is_not_there" does not exist (SQLSTATE 42P01)', said)
        self.assertEqual(self.applied(url), self.BROKEN + 1 + len(self.plain(layout, "R*")))
        self.assertEqual(engine.dump(url, *SCHEMA), self.by_psql(layout, self.BROKEN + 1))
        # Nothing is in doubt: what was taken back can be applied again.
        self.run_all(url, "up", "-q")
        self.assertEqual(engine.dump(url, *SCHEMA), self.by_psql(layout, self.SHORT))

    def test_broken_ways_back(self):
        for layout in ("confiture", "dbmate", "goose", "golang-migrate", "flyway", "diesel"):
            with self.subTest(layout):
                self.setUp()
                self.stops_where_it_is_broken(layout)

    def test_a_way_back_that_is_empty_or_cannot_be_read_stops_all_of_it(self):
        for layout in ("confiture", "dbmate", "goose", "golang-migrate", "flyway", "diesel"):
            for sql, status, message in (("-- nothing", 8, "has no statement"),
                                         ("DROP TABEL x;", 4, 'syntax error at or near "TABEL"')):
                with self.subTest(layout, sql=sql):
                    self.setUp()
                    self.chain(layout, self.SHORT)
                    self.break_down(layout, sql)
                    url = self.database()
                    self.run_all(url, "up", "-q")
                    before = engine.dump(url, *WITHOUT_AUDIT)
                    _, _, said = self.run_all(url, "down", "--to", "0", "-q", status=status)
                    self.assertIn(message, said)
                    self.assertEqual(engine.dump(url, *WITHOUT_AUDIT), before)


if __name__ == "__main__":
    engine.main()
