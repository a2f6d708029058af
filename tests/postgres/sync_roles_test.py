# SPDX-License-Identifier: MIT
"""`confiture sync` by roles that are no superusers: what an owner may, what CREATEDB adds, and what is
refused before anything is locked or copied, with the right that is missing."""
import os
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
import engine  # noqa: E402

ROWS = 500
SCHEMA = """
CREATE TABLE person (id int PRIMARY KEY, email text NOT NULL UNIQUE, boss int REFERENCES person);
CREATE TABLE visit (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, person int REFERENCES person, note text);
CREATE FUNCTION nothing() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TRIGGER visit_changes BEFORE INSERT ON visit FOR EACH ROW EXECUTE FUNCTION nothing();
CREATE MATERIALIZED VIEW visits AS SELECT person, count(*) AS visits FROM visit GROUP BY 1;
"""


class Roles(engine.Case):
    def setUp(self):
        super().setUp()
        os.environ["CONFITURE_KEY"] = "0123456789abcdef0123456789abcdef"
        self.project({})
        (self.root / "db/confiture.yaml").write_text(
            "anonymization:\n  key: { env: CONFITURE_KEY }\n  tables:\n    person: { email: person.email }\n")
        self.source, self.target = self.database(), self.database()
        self.addCleanup(self.drop, self.server, engine.database_of(self.target) + "_confiture_staging")
        self.addCleanup(self.drop, self.server, engine.database_of(self.target) + "_confiture_old")
        self.name = engine.database_of(self.target)
        self.reader, self.filler = f"{self.name}_r", f"{self.name}_f"
        for role in (self.reader, self.filler):
            engine.psql(self.server, f"CREATE ROLE {role} LOGIN")
            self.addCleanup(engine.psql, self.server, f"DROP ROLE {role}")
        for url, role in ((self.source, self.reader), (self.target, self.filler)):
            self.addCleanup(engine.psql, url, f"DROP OWNED BY {role}")
        engine.psql(self.source, SCHEMA,
                    f"INSERT INTO person SELECT i, 'p' || i || '@mail.example', i FROM generate_series(1, {ROWS}) i",
                    f"INSERT INTO visit (person, note) SELECT i, 'x' FROM generate_series(1, {ROWS}) i",
                    f"GRANT SELECT ON ALL TABLES IN SCHEMA public TO {self.reader}")
        self.environment("source", self.source, self.reader)
        self.environment("target", self.target, self.filler)

    def environment(self, name, url, role):
        url = url.replace("user=postgres", f"user={role}")
        (self.root / f"db/environments/{name}.yaml").write_text(f'database: {{ url: "{url}" }}\n')

    def owned(self):
        """The schema in the target, by the role that fills it."""
        engine.psql(self.target, f"GRANT ALL ON SCHEMA public TO {self.filler}", f"SET ROLE {self.filler}; {SCHEMA}")
        engine.psql(self.server, f"ALTER DATABASE {self.name} OWNER TO {self.filler}")
        self.addCleanup(engine.psql, self.server, f"ALTER DATABASE {self.name} OWNER TO postgres")

    def command(self, url, *arguments):
        return [str(engine.options.confiture), "--project", str(self.root), *arguments]

    def sync(self, *arguments):
        return self.confiture(None, "sync", "--from", "source", "--to", "target", "--anonymize", *arguments)

    def refused(self, message, *arguments):
        before = engine.dump(self.target, "-N", "confiture")  # the audit tells of the refusal
        self.assertEqual(self.sync(*arguments), (5, "", message))
        self.assertEqual(engine.dump(self.target, "-N", "confiture"), before)

    def complete(self, done):
        status, report, errors = done
        self.assertEqual((status, errors), (0, ""))
        self.assertEqual(engine.psql(self.target, "SELECT count(*), count(*) FILTER (WHERE email LIKE '%@mail.example'), "
                                     "(SELECT count(*) FROM visits), (SELECT count(*) FROM pg_trigger WHERE tgname = "
                                     "'visit_changes' AND tgenabled = 'O'), nextval('visit_id_seq') FROM person"),
                         f"{ROWS}|0|{ROWS}|1|{ROWS + 1}")
        return report.splitlines()

    def test_an_owner_fills_the_target_in_one_transaction(self):
        self.owned()
        for verify in ("counts", "full"):
            lines = self.complete(self.sync("--verify", verify))
            self.assertIn("published in one transaction: there is little to copy", lines)
        self.refused("error[sync.cannot_stage]: the target cannot be replaced by renaming: "
                     f"role '{self.filler}' lacks CREATEDB\n"
                     "hint: use --publish transaction, which fills it in place\n", "--publish", "rename")

    def test_with_createdb_an_owner_replaces_it_by_renaming(self):
        self.owned()
        engine.psql(self.server, f"ALTER ROLE {self.filler} CREATEDB")
        access = ("SELECT pg_get_userbyid(datdba), (SELECT array_agg(a ORDER BY a::text) FROM unnest(datacl) a), "
                  "datconnlimit FROM pg_database WHERE datname = current_database()")
        engine.psql(self.server, f"GRANT CONNECT ON DATABASE {self.name} TO {self.reader}",
                    f"ALTER DATABASE {self.name} CONNECTION LIMIT 17")
        before = engine.psql(self.target, access)
        lines = self.complete(self.sync("--verify", "full", "--publish", "rename"))
        self.assertIn("published by renaming a staging database", lines)
        self.assertEqual(engine.psql(self.target, access), before)
        self.assertEqual(engine.psql(self.target, "SELECT string_agg(DISTINCT pg_get_userbyid(relowner), ' ') FROM "
                                     "pg_class WHERE relnamespace = 'public'::regnamespace"), self.filler)
        # What only a superuser may do.
        engine.psql(self.target, "CREATE TABLE theirs (a int)")
        self.refused("error[sync.cannot_stage]: the target cannot be replaced by renaming: "
                     f"role '{self.filler}' may not read and lock table public.theirs\n"
                     "hint: use --publish transaction, which fills it in place\n", "--publish", "rename")
        engine.psql(self.target, "DROP TABLE theirs", f"ALTER DATABASE {self.name} SET work_mem TO '5MB'")
        self.refused("error[sync.cannot_stage]: the target cannot be replaced by renaming: "
                     "the target has settings that only a superuser can copy\n"
                     "hint: use --publish transaction, which fills it in place\n", "--publish", "rename")
        engine.psql(self.target, f"ALTER DATABASE {self.name} RESET ALL", f"ALTER DATABASE {self.name} OWNER TO postgres")
        self.refused("error[sync.cannot_stage]: the target cannot be replaced by renaming: "
                     f"role '{self.filler}' does not own the database, role 'postgres' does\n"
                     "hint: use --publish transaction, which fills it in place\n", "--publish", "rename")

    def test_a_session_that_the_role_may_not_end(self):
        self.owned()
        engine.psql(self.server, f"ALTER ROLE {self.filler} CREATEDB")
        before = engine.dump(self.target)
        with engine.Session(self.target):
            status, report, errors = self.sync("--publish", "rename")
        self.assertEqual((status, report), (6, ""))
        # The server's words differ from major to major.
        self.assertRegex(errors, f"^error\\[sync.target_in_use\\]: others are connected to database '{self.name}': .*\n"
                         "hint: close their sessions, or use --publish transaction\n$")
        self.assertEqual(engine.dump(self.target), before)
        self.complete(self.sync("--publish", "rename"))

    def test_a_member_of_the_owner(self):
        self.owned()
        member = f"{self.name}_m"
        engine.psql(self.server, f"CREATE ROLE {member} LOGIN IN ROLE {self.filler}")
        self.addCleanup(engine.psql, self.server, f"DROP ROLE {member}")
        self.environment("target", self.target, member)
        self.complete(self.sync())

    def test_who_owns_nothing_fills_nothing(self):
        # ALL would let it refresh the view from PostgreSQL 17 on.
        engine.psql(self.target, SCHEMA,
                    f"GRANT SELECT, INSERT, UPDATE, DELETE, TRUNCATE ON ALL TABLES IN SCHEMA public TO {self.filler}",
                    "CREATE TABLE beside (person int REFERENCES person)", "CREATE SEQUENCE numbers",
                    "ALTER TABLE visit ADD number int DEFAULT nextval('numbers')")
        engine.psql(self.source, "ALTER TABLE visit ADD number int")
        self.refused(f"error[sync.missing_right]: role '{self.filler}' does not own the target's table public.beside, "
                     "table public.person, table public.visit, materialized view public.visits and sequence "
                     "public.numbers, whose rows, keys and triggers are replaced\n"
                     "hint: connect as a member of role postgres\n")

    def test_no_room_to_try_a_sample(self):
        self.owned()
        engine.psql(self.server, f"REVOKE TEMPORARY ON DATABASE {self.name} FROM PUBLIC, {self.filler}")
        self.refused(f"error[sync.missing_right]: role '{self.filler}' may not make temporary tables in the target, "
                     "where replaced rows are tried\n"
                     f"hint: GRANT TEMPORARY ON DATABASE {self.name} TO {self.filler}\n")

    def test_tables_that_the_source_does_not_show(self):
        self.owned()
        engine.psql(self.source, f"REVOKE SELECT ON person, visit FROM {self.reader}",
                    'CREATE SCHEMA "S"', 'CREATE TABLE "S".t (a int)')
        self.refused(f"error[sync.missing_right]: role '{self.reader}' may not read the source's schema \"S\" and table "
                     "\"S\".t, public.person and public.visit\n"
                     f"hint: GRANT USAGE ON SCHEMA \"S\" TO {self.reader}; GRANT SELECT ON \"S\".t, public.person, "
                     f"public.visit TO {self.reader}; or leave tables out with --exclude\n")


if __name__ == "__main__":
    engine.main()
