#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The risk of statements: what the table says of them holds on this server, and what the database
says of their tables raises or lowers it. A table that somebody has locked is not waited for."""
import json
import pathlib
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
import engine  # noqa: E402

ORDERS = ("CREATE TABLE orders (id int PRIMARY KEY, n int, s varchar(50), num numeric(10,2));"
          "INSERT INTO orders SELECT i, i, i, i FROM generate_series(1, {rows}) i; ANALYZE orders")


class Case(engine.Case):
    def plan(self, url, sql, down=None, plugins=(), environment=(), configuration="{}\n"):
        """The document of `migrate plan` for a migration of these statements."""
        self.project({"0001_change": (sql, down) if down is not None else sql}, *environment)
        (self.root / "db/confiture.yaml").write_text(configuration)
        words = [word for plugin in plugins for word in ("--plugin", str(plugin))]
        status, output, errors = self.confiture(url, "migrate", "plan", "--format", "json", *words)
        self.assertEqual(status, 0, output + errors)
        return json.loads(output)

    def last(self, *arguments, **named):
        return self.plan(*arguments, **named)["migrations"][0]["statements"][-1]

    def orders(self, rows=100):
        url = self.database()
        engine.psql(url, *ORDERS.format(rows=rows).split(";"))
        return url

    def expect(self, statement, risk, form, *reasons):
        self.assertEqual((statement["risk"], statement["form"], statement["reasons"]),
                         (risk, form, list(reasons)))


class Forms(Case):
    def selftest(self, *arguments):
        self.project({})
        done = subprocess.run(
            self.command(self.database(), "selftest", "locks", "--format", "json", *arguments),
            stdin=subprocess.DEVNULL, check=False, capture_output=True, text=True, timeout=1000)
        return done.returncode, json.loads(done.stdout)

    def test_the_server_does_what_is_told_of_every_form(self):
        status, document = self.selftest()
        self.assertEqual(document["differences"], [])
        self.assertEqual(status, 0)
        self.assertTrue(document["ok"])
        major = document["server_version"] // 10000
        self.assertGreaterEqual(document["tried"], 240 if major >= 15 else 230)
        for one in document["not_tried"]:
            self.assertTrue(one["why"])
        left = engine.psql(engine.options.url, "SELECT datname FROM pg_database WHERE datname LIKE "
                           "'confiture_selftest%' UNION SELECT rolname FROM pg_roles WHERE rolname "
                           "LIKE 'confiture_selftest%'")
        self.assertEqual(left, "")

    def test_what_a_plugin_says_wrongly_is_found(self):
        billing = engine.options.confiture.parent.parent / \
            "lib/confiture/test_plugins/confiture-billing.so"
        status, document = self.selftest("--plugin", str(billing), "billing")
        self.assertEqual(status, 1)
        self.assertFalse(document["ok"])
        self.assertEqual(document["differences"], [
            {"form": "billing.boast", "field": "rewrites", "told": "yes", "seen": "no"},
            {"form": "billing.broken", "field": "runs", "told": "yes", "seen": "division by zero"}])
        self.assertEqual([one["form"] for one in document["not_tried"]], ["billing.late"])


class Facts(Case):
    def test_small_and_large(self):
        index = "CREATE INDEX orders_n ON orders (n);\n"
        self.expect(self.last(self.orders(), index), "high", "idx.create",
                    "SHARE: writes blocked for the whole build",
                    "small (100 rows, 8192 bytes): over in a moment")
        large = self.last(self.orders(20000), index)
        self.expect(large, "high", "idx.create", "SHARE: writes blocked for the whole build")
        self.assertEqual(large["touches"][0]["rows"], 20000)
        self.assertEqual((large["lock"], large["blocks_reads"], large["blocks_writes"],
                          large["scans"], large["blocking"]), ("SHARE", False, True, True, "<1 s"))

    def test_types_by_what_they_are_in_the_catalog(self):
        url = self.orders(20000)
        for change, risk, form in (
                ("s TYPE varchar(100)", "low", "col.type_varchar_grow"),
                ("s TYPE varchar(10)", "high", "col.type_varchar_shrink"),
                ("num TYPE numeric(12,2)", "low", "col.type_numeric_grow"),
                ("num TYPE int", "critical", "col.type_numeric_to_int_lossy"),
                ("n TYPE bigint", "high", "col.type_int_to_bigint")):
            with self.subTest(change):
                statement = self.last(url, f"ALTER TABLE orders ALTER COLUMN {change};\n")
                self.assertEqual(statement["form"], form)
                # The rules, which know no catalog, may see more.
                self.assertGreaterEqual(LEVELS.index(statement["risk"]), LEVELS.index(risk))

    def test_who_else_is_concerned(self):
        column = "ALTER TABLE orders ADD COLUMN c int;\n"
        instant = "instant, additive; ACCESS EXCLUSIVE only for the catalog change"
        url = self.orders()
        self.expect(self.last(url, column), "low", "col.add_nullable", instant)
        self.expect(self.last(url, column, environment=["lock_timeout: 0"]), "medium",
                    "col.add_nullable", instant,
                    "no lock_timeout: it waits for ever, and others wait behind it")
        engine.psql(url, "CREATE TABLE item (id int REFERENCES orders (id))",
                    "ALTER TABLE orders ENABLE ROW LEVEL SECURITY", "CREATE PUBLICATION p FOR TABLE orders")
        self.expect(self.last(url, column), "medium", "col.add_nullable", instant,
                    "public.orders has foreign keys, is replicated, has row level security")

    def test_protected_tables(self):
        configuration = "risk: { classifiers: { risk.statement: { protected: ['public.ord*'] } } }\n"
        statement = self.last(self.orders(), "ALTER TABLE orders ADD COLUMN c int;\n",
                              configuration=configuration)
        self.assertEqual((statement["risk"], statement["reasons"][-1]),
                         ("medium", "public.orders is protected"))

    def test_rows_that_are_changed(self):
        url = self.orders(20000)
        few = self.last(url, "UPDATE orders SET n = n + 1 WHERE id = 7;\n")
        many = self.last(url, "UPDATE orders SET n = n + 1 WHERE id > 7;\n")
        self.assertEqual(few["reasons"], ["changes the rows that it chooses"])
        self.assertRegex(many["reasons"][1], "^about (199|200)[0-9]{2} rows$")
        self.assertEqual((few["risk"], many["risk"]), ("medium", "high"))

    def test_what_the_transaction_keeps_from_others(self):
        held = "the transaction holds ACCESS EXCLUSIVE on orders while this works"
        third = "the transaction holds ACCESS EXCLUSIVE on orders and another, and goes on to a third"
        checked = ("ALTER TABLE orders ADD CONSTRAINT c CHECK (n > 0) NOT VALID;\n",
                   "ALTER TABLE orders VALIDATE CONSTRAINT c;\n")
        add = "ALTER TABLE {} ADD COLUMN c int;\n"
        url = self.orders(20000)
        engine.psql(url, "CREATE TABLE item AS SELECT * FROM orders", "CREATE TABLE few (id int)",
                    "ANALYZE")
        for sql, risk, reason in (
                ("".join(checked), "high", held),
                # Alone, others go on meanwhile.
                (f"-- transaction: off\n{checked[0]}{checked[1]}", "medium", None),
                (add.format("orders") + "UPDATE orders SET c = n;\n", "high", held),
                (add.format("orders") + "CREATE INDEX i ON few (id);\n", "high", held),
                (add.format("few") + checked[0] + checked[1], "high", held),
                (add.format("few") + "UPDATE item SET n = id;\n", "high", None),
                (add.format("orders") + add.format("few"), "medium", None),
                (add.format("orders") + add.format("item") + add.format("few"), "medium", third)):
            with self.subTest(sql):
                statement = self.last(url, sql)
                self.assertEqual((statement["risk"], [one for one in statement["reasons"]
                                                      if one.startswith("the transaction")]),
                                 (risk, [reason] if reason else []))

    def test_what_the_plan_makes_nobody_uses(self):
        url = self.orders()
        made = self.plan(url, "CREATE TABLE fresh (id int);\nINSERT INTO fresh VALUES (1);\n"
                              "CREATE INDEX fresh_id ON fresh (id);\nDROP TABLE fresh;\n",
                         down="SELECT 1;\n")["migrations"][0]["statements"]
        self.assertEqual([one["form"] for one in made],
                         ["tab.create", "dml.insert", "idx.create", "tab.drop"])
        self.assertEqual([one["reason"] for one in made[1:]],
                         ["made in this plan: nobody uses it yet"] * 3)
        self.assertFalse(made[3]["data_loss"])
        # IF NOT EXISTS made nothing where there is something.
        there = self.last(url, "CREATE TABLE IF NOT EXISTS orders (id int);\nDROP TABLE orders;\n")
        self.assertEqual((there["risk"], there["data_loss"]), ("critical", True))

    def test_a_default_that_calls_a_function_of_ones_own(self):
        url = self.orders(20000)
        engine.psql(url, "CREATE FUNCTION one() RETURNS int IMMUTABLE LANGUAGE sql AS 'SELECT 1'",
                    "CREATE FUNCTION dice() RETURNS int LANGUAGE sql AS 'SELECT 1'")
        add = "ALTER TABLE orders ADD COLUMN c int DEFAULT {}();\n"
        self.assertEqual(self.last(url, add.format("one"))["form"], "col.add_const_default")
        self.assertEqual(self.last(url, add.format("dice"))["form"], "col.add_volatile_default")

    def test_the_way_back_counts(self):
        url = self.orders()
        add = "ALTER TABLE orders ADD COLUMN c int;\n"
        for down, risk, reason in (
                ("ALTER TABLE orders DROP COLUMN c;\n", "low", None),
                ("ALTER TABLE orders DROP COLUMN n;\n", "medium", "the way back loses data"),
                (None, "medium", "there is no way back")):
            migration = self.plan(url, add, down=down)["migrations"][0]
            self.assertEqual((migration["risk"], migration["reasons"]),
                             (risk, [reason] if reason else []))

    def test_a_locked_table_is_not_waited_for(self):
        url = self.orders()
        with engine.Session(url) as other:
            other.run("BEGIN; LOCK TABLE orders;")
            statement = self.last(url, "CREATE INDEX orders_n ON orders (n);\n")
            self.assertEqual(statement["reasons"][-1],
                             "the catalog did not answer at once: the worse reading")
            self.assertEqual(statement["touches"], [
                {"relation": "public.orders", "lock": "SHARE", "rows": None, "bytes": None}])
            self.assertEqual(statement["blocking"], "unknown")


class Teams(Case):
    def test_a_classifier_raises_and_never_lowers(self):
        billing = engine.options.confiture.parent.parent / \
            "lib/confiture/test_plugins/confiture-billing.so"
        url = self.orders()
        raised = self.last(url, "ALTER TABLE billing.invoice ADD COLUMN c int;\n", plugins=[billing])
        self.assertEqual((raised["risk"], raised["reason"], raised["form"]),
                         ("critical", "billing closes its books at night", "col.add_nullable"))
        kept = self.last(url, "DROP TABLE orders;\n", plugins=[billing])
        self.assertEqual((kept["risk"], kept["reasons"]),
                         ("critical", ["rows are gone at commit", "nothing of ours"]))
        other = self.last(url, "COMMENT ON TABLE orders IS 'x';\n", plugins=[billing],
                          configuration="risk: { classifiers: { billing.guard: { schema: public } } }\n")
        self.assertEqual(other["risk"], "low")

    def test_what_is_configured_has_to_be_there(self):
        self.project({"0001_a": "SELECT 1;\n"})
        (self.root / "db/confiture.yaml").write_text(
            "risk: { classifiers: { risk.statements: { protected: [a] } } }\n")
        status, _, errors = self.confiture(self.orders(), "migrate", "plan")
        self.assertEqual(status, 5)
        self.assertIn("error[config.unknown_classifier]", errors)
        self.assertIn("risk.statement", errors)


LEVELS = ["none", "low", "medium", "high", "critical"]

if __name__ == "__main__":
    engine.main()
