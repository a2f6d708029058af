# SPDX-License-Identifier: MIT
"""kill -9 of `confiture sync`, servers that stop, and a disk that is full, in both ways to publish: the
target holds what it held, and `--resume` makes it complete. CONFITURE_TEST_SEED repeats a run,
CONFITURE_TEST_CRASHES is how often it is killed."""
import os
import pathlib
import random
import shutil
import signal
import subprocess
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
import engine  # noqa: E402

CRASHES = int(os.environ.get("CONFITURE_TEST_CRASHES", "10"))
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


# Both wait, or fail, at row 15,000 of a table for as long as a role of that name is there: what all
# databases of a server see, the staging database too.
WAIT_AT = """
CREATE FUNCTION at_row(n int) RETURNS boolean LANGUAGE plpgsql AS $$ BEGIN
  IF n < 15000 THEN RETURN true; END IF;
  WHILE EXISTS (SELECT FROM pg_roles WHERE rolname = 'wait_NAME') LOOP PERFORM pg_sleep(0.02); END LOOP;
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'full_NAME') THEN
    RAISE EXCEPTION USING ERRCODE = '53100', MESSAGE = 'could not extend file: No space left on device';
  END IF;
  RETURN true;
END $$;
ALTER TABLE visit ADD CONSTRAINT at_row CHECK (at_row(person))"""


class InOneTransaction(engine.Case):
    PUBLISH = "transaction"

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
        self.addCleanup(self.drop_beside, self.server, engine.database_of(target))
        engine.psql(target, SCHEMA, "INSERT INTO person VALUES (1, 'old@mail.example', 1)",
                    "INSERT INTO visit (person) VALUES (1)", "REFRESH MATERIALIZED VIEW visits")
        for name, url in (("source", source), ("target", target)):
            (self.root / f"db/environments/{name}.yaml").write_text(
                f'database: {{ url: "{url}" }}\nlock_timeout: 60s\n')
        return target

    def drop_beside(self, server, name):
        for suffix in ("_confiture_staging", "_confiture_old"):
            self.drop(server, name + suffix)

    def command(self, url, *arguments):
        """Without --database-url: both are in the project."""
        return [str(engine.options.confiture), "--project", str(self.root), *arguments]

    def sync(self, *arguments):
        return self.confiture(None, "sync", "--from", "source", "--to", "target", "--anonymize",
                              "--publish", self.PUBLISH, *arguments)

    def start_sync(self, *arguments):
        return self.start(None, "sync", "--from", "source", "--to", "target", "--anonymize",
                              "--publish", self.PUBLISH, *arguments)

    def complete(self, source, target):
        self.assertEqual(engine.psql(target, "SELECT count(*), count(DISTINCT email), count(*) FILTER "
                                     "(WHERE email LIKE '%@mail.example') FROM person"), f"{ROWS}|{ROWS}|0")
        self.assertEqual(engine.psql(target, "SELECT md5(string_agg(v::text, ',' ORDER BY id)) FROM visit v"),
                         engine.psql(source, "SELECT md5(string_agg(v::text, ',' ORDER BY id)) FROM visit v"))
        self.assertEqual(engine.dump(target, "-s"), engine.dump(source, "-s"))
        self.assertEqual(engine.psql(target, "SELECT count(*) FROM visits"), str(ROWS))

    def settled(self, target):
        """The target, once no server process works for an interrupted run."""
        name = engine.database_of(target)
        engine.psql(self.server, f"""DO $$ BEGIN LOOP
            EXIT WHEN NOT EXISTS (SELECT FROM pg_stat_activity WHERE pid <> pg_backend_pid()
              AND application_name LIKE 'confiture%'
              AND (datname LIKE '{name}%' OR query LIKE '%{name}%'));
            PERFORM pg_sleep(0.02); COMMIT;
          END LOOP; END $$""")
        return engine.dump(target)

    def hold(self, target, kind):
        """Lets a load wait, or fail, at row 15,000 of visits, until let_go()."""
        role = f"{kind}_{engine.database_of(target)}"
        engine.psql(self.server, f"CREATE ROLE {role}")
        self.addCleanup(engine.psql, self.server, f"DROP ROLE IF EXISTS {role}")

    def let_go(self, target):
        for kind in ("wait", "full"):
            engine.psql(self.server, f"DROP ROLE IF EXISTS {kind}_{engine.database_of(target)}")

    def make_stopping(self):
        """make(), with visits that can be held."""
        source, target = self.make()
        name = engine.database_of(target)
        for url in (source, target):
            engine.psql(url, WAIT_AT.replace("NAME", name))
        return source, target

    def half_way(self, target):
        """A run whose load waits at row 15,000."""
        self.hold(target, "wait")
        process = self.start_sync()
        self.wait_for("SELECT EXISTS (SELECT FROM pg_stat_activity WHERE wait_event = 'PgSleep' "
                      f"AND datname LIKE '{engine.database_of(target)}%' AND query LIKE 'COPY %')")
        return process

    @staticmethod
    def rows_of(target):
        """Of a server that has crashed: a sequence is then ahead of itself."""
        return "".join(line for line in engine.dump(target).splitlines(True) if "setval" not in line)

    def go_on(self, source, target):
        """--resume makes it complete, without a word."""
        self.let_go(target)
        status, _, errors = self.sync("--resume")
        self.assertEqual((status, errors), (0, ""))
        self.complete(source, target)

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
        for number in range(CRASHES):
            target = self.make_target(source)
            process = self.start_sync()
            time.sleep(chance.uniform(0, length))
            process.kill()
            process.wait()
            found = self.settled(target)
            self.assertIn(found, (before, after))
            states["complete" if found == after else "as it was"] += 1
            if number % 4 == 0:
                self.assertEqual(self.sync("--resume")[0], 0)
                self.complete(source, target)
            self.drop(self.server, engine.database_of(target))
            self.drop_beside(self.server, engine.database_of(target))
        print(f"  {states}")
        self.assertGreater(states["as it was"], 0)

    def test_resumed(self):
        source, target = self.make_stopping()
        before = engine.dump(target)
        process = self.half_way(target)
        process.kill()
        process.wait()
        self.let_go(target)
        self.assertEqual(self.settled(target), before)
        self.go_on(source, target)

    def test_a_disk_that_is_full(self):
        source, target = self.make_stopping()
        before = engine.dump(target)
        # A real one needs a disk of its own; the server's state is the same, in mid-load.
        self.hold(target, "full")
        status, _, errors = self.sync()
        self.assertNotEqual(status, 0)
        self.assertIn("SQLSTATE 53100", errors)
        self.assertNotIn("mail.example", errors)
        self.assertEqual(self.settled(target), before)
        self.go_on(source, target)

    def test_a_target_server_that_stops(self):
        """The source is on another one."""
        shared = self.server
        self.own_server()
        own, self.server = self.server, shared
        source, _ = self.make()
        self.server = own
        target = self.make_target(source)
        for url in (source, target):
            engine.psql(url, WAIT_AT.replace("NAME", engine.database_of(target)))
        before = self.rows_of(target)
        process = self.half_way(target)
        self.restart_server("immediate")
        status, said = self.finish(process)
        self.assertEqual(status, 3, said)
        self.assertIn("error[postgres.connection_lost]", said)
        self.assertEqual(self.rows_of(target), before)
        self.go_on(source, target)

    def test_a_source_server_that_stops(self):
        """The target is on another one."""
        shared = self.server
        self.own_server()
        source, _ = self.make()
        self.server = shared
        target = self.make_target(source)
        engine.psql(source, "UPDATE visit SET note = repeat('x', 2000)")  # more than is under way at once
        for url in (source, target):
            engine.psql(url, WAIT_AT.replace("NAME", engine.database_of(target)))
        before = engine.dump(target)
        process = self.half_way(target)
        self.restart_server("immediate")
        self.let_go(target)
        status, said = self.finish(process)
        self.assertEqual(status, 3, said)
        self.assertIn("error[postgres.connection_lost]", said)
        self.assertEqual(self.settled(target), before)
        self.go_on(source, target)

    def mount_disk(self, size):
        """A disk of the test's own, which its servers may fill."""
        disk = self.folder / "disk"
        disk.mkdir()
        mounted = subprocess.run(["sh", "-c", 'exec mount -t tmpfs -o "size=$1" none "$0"', disk, size], check=False,
                                 capture_output=True, text=True)
        if mounted.returncode:
            self.skipTest(f"no disk of its own may be mounted here: {mounted.stderr.strip()}")
        self.addCleanup(subprocess.run, ["umount", disk], check=True)
        return disk

    def test_a_disk_full_of_write_ahead_log(self):
        """The server itself ends, and comes back when there is room."""
        disk = self.mount_disk("200m")
        shared = self.server
        self.own_server()
        own, self.server = self.server, shared
        source, _ = self.make()
        # What no compression makes small.
        engine.psql(source, "UPDATE visit SET note = (SELECT string_agg(md5(id || ' ' || n), '') FROM "
                    "generate_series(1, 60) n)")
        self.server = own
        target = self.make_target(source)
        self.addCleanup(self.give_room, disk)  # or it could not be stopped
        self.move_log(disk)
        before = self.rows_of(target)
        with (disk / "ballast").open("wb") as file:
            free = os.statvfs(disk)
            os.posix_fallocate(file.fileno(), 0, free.f_bavail * free.f_frsize - (20 << 20))
        status, report, errors = self.sync()
        self.assertIn((status, report), ((3, ""), (4, "")), errors)
        self.assertNotIn("mail.example", errors)
        self.assertIn("No space left on device", (self.data / "log").read_text())
        self.give_room(disk)
        self.restart_server("immediate")
        self.assertEqual(self.rows_of(target), before)
        self.go_on(source, target)

    def move_log(self, disk):
        """The own server's write-ahead log, onto that disk."""
        log, running = self.data / "pg_wal", self.data / "postmaster.pid"
        os.kill(int(running.read_text().split()[0]), signal.SIGINT)
        while running.exists():
            time.sleep(0.02)
        shutil.copytree(log, disk / "pg_wal")
        for path in (disk / "pg_wal", *(disk / "pg_wal").rglob("*")):
            shutil.chown(path, self.data.owner())
        (disk / "pg_wal").chmod(0o700)
        log.rename(self.data / "pg_wal_before")
        log.symlink_to(disk / "pg_wal")
        self.restart_server("fast")

    @staticmethod
    def give_room(disk):
        (disk / "ballast").unlink(missing_ok=True)

    def test_a_disk_with_no_room_left(self):
        """A real one: the server writes until nothing more goes onto it."""
        disk = self.mount_disk("200m")
        source, target = self.make()
        name = engine.database_of(target)
        space = disk / "space"
        space.mkdir(0o700)
        shutil.chown(space, pathlib.Path(engine.psql(self.server, "SHOW data_directory")).owner())
        engine.psql(self.server, f"CREATE TABLESPACE {name} LOCATION '{space}'")
        self.addCleanup(engine.psql, self.server, f"DROP TABLESPACE {name}")
        self.addCleanup(self.drop, self.server, name)
        self.addCleanup(self.drop_beside, self.server, name)
        engine.psql(self.server, f"ALTER DATABASE {name} SET TABLESPACE {name}")
        size = int(engine.psql(self.server, f"SELECT pg_database_size('{name}')"))
        before = engine.dump(target)
        # While the rows are copied; and with renaming, while the database that is to hold them is.
        for room in [2 << 20] + [size // 2, size + (2 << 20)] * (self.PUBLISH == "rename"):
            with self.subTest(room=room):
                ballast = disk / "ballast"
                with ballast.open("wb") as file:
                    free = os.statvfs(disk)
                    os.posix_fallocate(file.fileno(), 0, free.f_bavail * free.f_frsize - room)
                status, report, errors = self.sync("--resume")
                self.assertEqual((status, report), (4, ""), errors)
                self.assertRegex(errors, "No space left on device|wrote only [0-9]+ of 8192 bytes")
                self.assertNotIn("mail.example", errors)
                ballast.unlink()
                self.assertEqual(self.settled(target), before)
        self.go_on(source, target)


class ByRenaming(InOneTransaction):
    PUBLISH = "rename"

    # Steps wait while a file of their name is there: what an immutable function sees, too.
    HELD = """
        CREATE FUNCTION held(step text, n bigint) RETURNS boolean LANGUAGE plpgsql IMMUTABLE AS $$ BEGIN
          WHILE n > 15000 AND (pg_stat_file(step, true)).size IS NOT NULL LOOP PERFORM pg_sleep(0.02); END LOOP;
          RETURN true;
        END $$;
        CREATE INDEX visit_held ON visit (public.held('the_index', id));
        CREATE MATERIALIZED VIEW view_held AS SELECT public.held('the_view', count(*)) FROM visit"""

    def hold_step(self, step):
        (self.data / step).touch()

    def let_step_go(self, step):
        (self.data / step).unlink()

    def wait_until_active(self, words, event="%"):
        self.wait_for("SELECT EXISTS (SELECT FROM pg_stat_activity WHERE application_name LIKE 'confiture%' AND "
                      f"state = 'active' AND query LIKE '{words}' AND coalesce(wait_event_type, '') LIKE '{event}')")

    def at_the_view(self):
        """A run that has made the indexes and is about to refresh the last materialized view."""
        self.hold_step("the_view")
        process = self.start_sync()
        self.wait_until_active("REFRESH%view_held%")
        return process

    def killed_in_an_index(self, *_):
        self.hold_step("the_index")
        process = self.start_sync()
        self.wait_until_active("CREATE INDEX visit_held%")
        process.kill()
        self.let_step_go("the_index")

    def killed_before_the_gate(self, *_):
        process = self.at_the_view()
        process.kill()
        self.let_step_go("the_view")

    def held_in_the_gate(self, staging):
        """A run that counts rows that this session keeps from it."""
        self.at_the_view()
        reader = engine.Session(staging)
        reader.send("BEGIN; LOCK TABLE person IN ACCESS EXCLUSIVE MODE;")
        self.wait_for(f"SELECT EXISTS (SELECT FROM pg_locks WHERE pid = {reader.pid} AND NOT granted)")
        self.let_step_go("the_view")
        reader.receive()
        self.wait_until_active("SELECT count(*)%person%", "Lock")
        return reader

    def killed_in_the_gate(self, _, staging):
        reader = self.held_in_the_gate(staging)
        self.runs[-1].kill()
        reader.close()

    def killed_before_the_renaming(self, _, staging):
        reader = self.held_in_the_gate(staging)
        with engine.Session(self.server) as admin:
            admin.run("BEGIN; LOCK TABLE pg_database IN SHARE MODE;")
            reader.close()
            self.wait_until_active("REVOKE%", "Lock")
            self.runs[-1].kill()

    def killed_between_the_renamings(self, name, staging):
        process = self.at_the_view()
        with engine.Session(staging) as other:
            os.kill(other.pid, signal.SIGSTOP)  # the server cannot end it, and waits for it
            self.let_step_go("the_view")
            self.wait_until_active(f"ALTER DATABASE {name}_confiture_staging RENAME%")
            process.kill()
            os.kill(other.pid, signal.SIGCONT)

    def test_killed_at_each_step_of_publishing(self):
        self.own_server()
        source, _ = self.make()
        engine.psql(source, self.HELD)
        for step in ("in_an_index", "before_the_gate", "in_the_gate", "before_the_renaming", "between_the_renamings"):
            with self.subTest(step):
                target = self.make_target(source)
                name = engine.database_of(target)
                engine.psql(target, self.HELD)
                before = engine.dump(target)
                staging = target.replace(name, f"{name}_confiture_staging")
                getattr(self, f"killed_{step}")(name, staging)
                self.runs[-1].wait()
                self.assertEqual(self.settled(target), before)
                # What a line feed is followed by says which tables have arrived.
                self.assertEqual(engine.psql(self.server, "SELECT split_part(shobj_description(oid, 'pg_database'), "
                                             f"E'\\n', 1) FROM pg_database WHERE datname LIKE '{name}_%'"),
                                 f"confiture sync: unpublished, what is to become database {name}; --resume continues "
                                 "with it, and it may be dropped")
                self.go_on(source, target)
                self.assertEqual(engine.psql(self.server, "SELECT datname FROM pg_database WHERE datname LIKE "
                                             f"'{name}%'"), name)

    def test_killed_after_the_renaming(self):
        """What the target was is left beside it, marked, until the next run."""
        self.own_server()
        source, target = self.make()
        for url in (source, target):
            engine.psql(url, self.HELD)
        name = engine.database_of(target)
        dropping = f"DROP DATABASE IF EXISTS {name}_confiture_old %"
        with engine.Session(self.server) as admin:
            process = self.at_the_view()
            with engine.Session(target.replace(name, f"{name}_confiture_staging")) as other:
                os.kill(other.pid, signal.SIGSTOP)
                self.let_step_go("the_view")
                self.wait_until_active(f"ALTER DATABASE {name}_confiture_staging RENAME%")
                # Who drops a database looks for subscriptions of it first.
                admin.run("BEGIN; LOCK TABLE pg_subscription IN SHARE MODE;")
                os.kill(other.pid, signal.SIGCONT)
            self.wait_until_active(dropping, "Lock")
            process.kill()
            process.wait()
            engine.psql(self.server, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE "
                        f"'{dropping}' AND application_name LIKE 'confiture%'")
            self.settled(target)
        self.complete(source, target)
        self.assertEqual(engine.psql(self.server, "SELECT datname, shobj_description(oid, 'pg_database') FROM "
                                     f"pg_database WHERE datname LIKE '{name}%' ORDER BY 1"),
                         f"{name}|\n{name}_confiture_old|confiture sync: what was database {name} before it was "
                         "replaced; may be dropped")
        for arguments in ((), ("--resume",)):
            engine.psql(source, "UPDATE visit SET note = note || '!'")
            status, _, errors = self.sync(*arguments)
            self.assertEqual((status, errors), (0, ""))
            self.complete(source, target)
            self.assertEqual(engine.psql(self.server, "SELECT datname FROM pg_database WHERE datname LIKE "
                                         f"'{name}%'"), name)
            # Left once more.
            engine.psql(self.server, f"CREATE DATABASE {name}_confiture_old TEMPLATE {name}",
                        f"COMMENT ON DATABASE {name}_confiture_old IS 'confiture sync: what it was'")
        self.drop(self.server, f"{name}_confiture_old")

    def test_what_a_stopped_run_leaves(self):
        """A database that is marked, that others cannot enter, and that a new run replaces."""
        source, target = self.make_stopping()
        staging = engine.database_of(target) + "_confiture_staging"
        process = self.half_way(target)
        process.kill()
        process.wait()
        self.let_go(target)
        self.settled(target)
        self.assertEqual(engine.psql(self.server, "SELECT shobj_description(oid, 'pg_database') LIKE "
                                     "'confiture sync: unpublished%', datacl FROM pg_database WHERE "
                                     f"datname = '{staging}'"), "t|{postgres=CTc/postgres}")
        status, _, errors = self.sync()
        self.assertEqual((status, errors), (0, ""))
        self.complete(source, target)
        self.assertEqual(engine.psql(self.server, f"SELECT count(*) FROM pg_database WHERE datname = '{staging}'"), "0")


if __name__ == "__main__":
    engine.main()
