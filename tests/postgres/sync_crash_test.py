# SPDX-License-Identifier: MIT
"""kill -9 of `confiture sync`, and a disk that is full: the target holds what it held, and `--resume`
makes it complete. CONFITURE_TEST_SEED repeats a run, CONFITURE_TEST_CRASHES is how often it is killed."""
import os
import pathlib
import random
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
import engine  # noqa: E402

CRASHES = int(os.environ.get("CONFITURE_TEST_CRASHES", "20"))
ROWS = 20_000
SCHEMA = """
CREATE TABLE person (id int PRIMARY KEY, email text NOT NULL UNIQUE, boss int REFERENCES person);
CREATE TABLE visit (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, person int NOT NULL REFERENCES person, note text);
CREATE INDEX visit_person ON visit (person);
CREATE FUNCTION nothing() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TRIGGER visit_changes BEFORE INSERT ON visit FOR EACH ROW EXECUTE FUNCTION nothing();
CREATE MATERIALIZED VIEW visits AS SELECT person, count(*) AS visits FROM visit GROUP BY 1;
"""
ROWS_SQL = (f"INSERT INTO person SELECT i, 'p' || i || '@mail.example', i FROM generate_series(1, {ROWS}) i",
            f"INSERT INTO visit (person, note) SELECT i, repeat('x', 60) FROM generate_series(1, {ROWS}) i")


class SyncCrash(engine.Case):
    def setUp(self):
        super().setUp()
        os.environ["CONFITURE_KEY"] = "0123456789abcdef0123456789abcdef"

    def make(self):
        """A source with rows, and a target with one other row; both with the schema."""
        self.project({})
        (self.root / "db/confiture.yaml").write_text(
            "anonymization:\n  key: { env: CONFITURE_KEY }\n  tables:\n"
            "    person: { email: person.email }\n")
        source = self.database()
        engine.psql(source, SCHEMA, *ROWS_SQL)
        return source, self.make_target(source)

    def make_target(self, source):
        target = self.database()
        engine.psql(target, SCHEMA, "INSERT INTO person VALUES (1, 'old@mail.example', 1)",
                    "INSERT INTO visit (person) VALUES (1)", "REFRESH MATERIALIZED VIEW visits")
        for name, url in (("source", source), ("target", target)):
            (self.root / f"db/environments/{name}.yaml").write_text(
                f'database: {{ url: "{url}" }}\nlock_timeout: 60s\n')
        return target

    def command(self, url, *arguments):
        """Without --database-url: both are in the project."""
        return [str(engine.options.confiture), "--project", str(self.root), *arguments]

    def sync(self, *arguments):
        return self.confiture(None, "sync", "--from", "source", "--to", "target", "--anonymize", *arguments)

    def start_sync(self, *arguments):
        return self.start(None, "sync", "--from", "source", "--to", "target", "--anonymize", *arguments)

    def complete(self, source, target):
        self.assertEqual(engine.psql(target, "SELECT count(*), count(DISTINCT email), count(*) FILTER "
                                     "(WHERE email LIKE '%@mail.example') FROM person"), f"{ROWS}|{ROWS}|0")
        self.assertEqual(engine.psql(target, "SELECT md5(string_agg(v::text, ',' ORDER BY id)) FROM visit v"),
                         engine.psql(source, "SELECT md5(string_agg(v::text, ',' ORDER BY id)) FROM visit v"))
        self.assertEqual(engine.dump(target, "-s"), engine.dump(source, "-s"))
        self.assertEqual(engine.psql(target, "SELECT count(*) FROM visits"), str(ROWS))

    def settled(self, target):
        """The target, once no server process works for an interrupted run."""
        engine.psql(self.server, f"""DO $$ BEGIN LOOP
            EXIT WHEN NOT EXISTS (SELECT FROM pg_stat_activity WHERE datname = '{engine.database_of(target)}'
              AND application_name LIKE 'confiture/%');
            PERFORM pg_sleep(0.02); COMMIT;
          END LOOP; END $$""")
        return engine.dump(target)

    def half_way(self, target):
        """A run whose load waits at row 15,000, and the session that it waits for."""
        engine.psql(target, "CREATE FUNCTION wait_at(n int) RETURNS boolean LANGUAGE plpgsql IMMUTABLE AS "
                    "$$ BEGIN IF n = 15000 THEN PERFORM pg_advisory_xact_lock(815); END IF; RETURN true; END $$",
                    "ALTER TABLE visit ADD CONSTRAINT waits CHECK (wait_at(person))")
        session = engine.Session(target)
        session.run("SELECT pg_advisory_lock(815);")
        process = self.start_sync()
        self.wait_for(f"SELECT EXISTS (SELECT FROM pg_locks l JOIN pg_database d ON d.oid = l.database "
                      f"WHERE d.datname = '{engine.database_of(target)}' AND locktype = 'advisory' AND NOT granted)")
        return process, session

    @staticmethod
    def without_wait(target):
        engine.psql(target, "ALTER TABLE visit DROP CONSTRAINT waits", "DROP FUNCTION wait_at")

    def test_killed_at_random_moments(self):
        source, target = self.make()
        before = engine.dump(target)
        begun = time.monotonic()
        status, _, errors = self.sync()
        self.assertEqual((status, errors), (0, ""))
        length = time.monotonic() - begun
        after = engine.dump(target)
        seed = os.environ.get("CONFITURE_TEST_SEED") or str(random.SystemRandom().randrange(10**9))
        print(f"CONFITURE_TEST_SEED={seed}: {CRASHES} moments of {length:.2f} s", flush=True)
        chance = random.Random(seed)
        states = {"as it was": 0, "complete": 0}
        for _ in range(CRASHES):
            target = self.make_target(source)
            process = self.start_sync()
            time.sleep(chance.uniform(0, length))
            process.kill()
            process.wait()
            found = self.settled(target)
            self.assertIn(found, (before, after))
            states["complete" if found == after else "as it was"] += 1
            self.drop(self.server, engine.database_of(target))
        print(f"  {states}")
        self.assertGreater(states["as it was"], 0)

    def test_resumed(self):
        source, target = self.make()
        process, session = self.half_way(target)
        before = engine.dump(target)
        process.kill()
        process.wait()
        self.assertEqual(self.settled(target), before)
        session.close()
        self.without_wait(target)
        status, _, errors = self.sync("--resume")
        self.assertEqual((status, errors), (0, ""))
        self.complete(source, target)

    def test_a_disk_that_is_full(self):
        source, target = self.make()
        # A real one needs a disk of its own; the server's state is the same, in mid-load.
        engine.psql(target, "CREATE FUNCTION full_at(n int) RETURNS boolean LANGUAGE plpgsql IMMUTABLE AS "
                    "$$ BEGIN IF n > 15000 THEN RAISE EXCEPTION USING ERRCODE = '53100', MESSAGE = "
                    "'could not extend file: No space left on device'; END IF; RETURN true; END $$",
                    "ALTER TABLE visit ADD CONSTRAINT room CHECK (full_at(person))")
        before = engine.dump(target)
        status, _, errors = self.sync()
        self.assertNotEqual(status, 0)
        self.assertIn("SQLSTATE 53100", errors)
        self.assertNotIn("mail.example", errors)
        self.assertEqual(self.settled(target), before)
        engine.psql(target, "ALTER TABLE visit DROP CONSTRAINT room", "DROP FUNCTION full_at")
        self.assertEqual(self.sync("--resume")[0], 0)
        self.complete(source, target)


if __name__ == "__main__":
    engine.main()
