# SPDX-License-Identifier: MIT
"""kill -9 of confiture at random moments of a run: one more `up` ends where an undisturbed run does,
each migration applied exactly once. CONFITURE_TEST_CRASHES is how often it is killed (40; 200 is what the
product promises), CONFITURE_TEST_SEED chooses the moments ("random": others each time, and says which)."""
import collections
import concurrent.futures
import os
import pathlib
import random
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
import engine  # noqa: E402

CRASHES = int(os.environ.get("CONFITURE_TEST_CRASHES", "40"))
WORKERS = 4
PLAIN = "-- transaction: off\n"


def done(number):
    return f"INSERT INTO trace VALUES ({number});\n"


def migrations(version):
    """Thirty, of which those that cannot be in a transaction are what a run can be cut off in."""
    concurrently = " CONCURRENTLY" if version >= 14 else ""
    special = {
        1: "CREATE TABLE trace (version int);\n"
           "CREATE TABLE item (id int PRIMARY KEY, name text, email text);\n"
           "INSERT INTO item SELECT i, md5(i::text), i || '@mail.example' "
           "FROM generate_series(1, 20000) i;\n"
           "CREATE TYPE mood AS ENUM ('sad');\n"
           "CREATE TABLE event (day int) PARTITION BY RANGE (day);\n"
           "CREATE TABLE event_1 PARTITION OF event FOR VALUES FROM (1) TO (2);\n"
           "CREATE TABLE event_2 PARTITION OF event FOR VALUES FROM (2) TO (3);\n" + done(1),
        4: PLAIN + "CREATE INDEX CONCURRENTLY item_name ON item (name);\n" + done(4),
        7: PLAIN + done(7) + "CREATE UNIQUE INDEX CONCURRENTLY item_email ON item (email);\n" + done(7),
        10: PLAIN + "ALTER TYPE mood ADD VALUE 'happy';\n" + done(10),
        13: PLAIN + "DROP INDEX CONCURRENTLY item_name;\n" + done(13),
        16: PLAIN + f"ALTER TABLE event DETACH PARTITION event_1{concurrently};\n" + done(16),
        19: PLAIN + "REINDEX TABLE CONCURRENTLY item;\n" + done(19),
        22: PLAIN + "CREATE INDEX CONCURRENTLY IF NOT EXISTS item_name ON item (name, id);\n" + done(22),
        25: PLAIN + done(25) + "VACUUM item;\n" + done(25)
            + "CREATE INDEX CONCURRENTLY ON item (lower(name));\n" + done(25)
            + "DROP INDEX CONCURRENTLY IF EXISTS item_name;\n" + done(25),
        28: "INSERT INTO event VALUES (2);\nALTER TABLE item ADD COLUMN feeling mood DEFAULT 'happy';\n"
            + done(28),
    }
    plain = "CREATE TABLE table_{0} (id int PRIMARY KEY);\nALTER TABLE item ADD COLUMN c{0} int;\n"
    return {f"{n:04}_step": special.get(n, plain.format(n) + done(n)) for n in range(1, 31)}


class Crash(engine.Case):
    def outcome(self, url):
        """All that has to be as after an undisturbed run."""
        return "\n".join([
            engine.dump(url, "-s"),
            engine.psql(url, "SELECT version, count(*) FROM trace GROUP BY 1 ORDER BY 1",
                        "SELECT version, name, checksum FROM confiture.history ORDER BY 1",
                        "SELECT count(*) || ' unfinished steps' FROM confiture.run_step",
                        "SELECT count(*), count(feeling), sum(id) FROM item")])

    def undisturbed(self, url):
        start = time.monotonic()
        status, _, errors = self.confiture(url, "migrate", "up")
        self.assertEqual((status, errors), (0, ""))
        return time.monotonic() - start

    def crash(self, moment):
        """Cuts a run off at a moment and runs it again; (where it was, what is wrong)."""
        url = self.database()
        process = self.start(url, "migrate", "up")
        time.sleep(moment)
        process.kill()
        killed = process.wait() == -9
        where = "after its end"
        if killed and engine.psql(url, "SELECT to_regclass('confiture.run_step') IS NULL") == "t":
            where = "before the first migration"
        elif killed:
            where = engine.psql(
                url, "SELECT CASE WHEN EXISTS (SELECT FROM confiture.run_step WHERE state = 'started') "
                "THEN 'in a statement without a transaction' WHEN (SELECT count(*) FROM "
                "confiture.history) = 30 THEN 'after the last migration' "
                "ELSE 'in or between transactions' END")
        status, output, errors = self.confiture(url, "migrate", "up")
        wrong = f"exit {status}: {output}{errors}" if status else None
        if not wrong and (found := self.outcome(url)) != self.expected:
            wrong = f"{output}{errors}ended in\n{found}"
        self.drop(self.server, url.split("/")[3].split("?")[0])
        return where, wrong

    def test_killed_at_random_moments(self):
        self.project(migrations(self.version))
        reference = self.database()
        self.undisturbed(reference)
        self.expected = self.outcome(reference)
        with concurrent.futures.ThreadPoolExecutor(WORKERS) as pool:
            urls = [self.database() for _ in range(WORKERS)]
            length = sum(pool.map(self.undisturbed, urls)) / WORKERS
            seed = os.environ.get("CONFITURE_TEST_SEED", "1")
            if seed == "random":
                seed = str(random.SystemRandom().randrange(10**9))
            print(f"CONFITURE_TEST_SEED={seed}: {CRASHES} moments of {length:.2f} s", flush=True)
            chance = random.Random(seed)
            moments = [chance.uniform(0, length) for _ in range(CRASHES)]
            places, failures = collections.Counter(), []
            for moment, (where, wrong) in zip(moments, pool.map(self.crash, moments)):
                places[where] += 1
                if wrong:
                    failures.append(f"killed after {moment:.4f} s, {where}: {wrong}")
        for where, count in places.most_common():
            print(f"  {count} {where}")
        self.assertEqual(failures[:3], [], f"{len(failures)} of {CRASHES}")
        self.assertGreater(places["in a statement without a transaction"], 0)


if __name__ == "__main__":
    engine.main()
