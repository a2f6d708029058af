# SPDX-License-Identifier: MIT
"""What `confiture sync` says on its way: one line that is written over on a terminal, one each ten
seconds elsewhere, and an event of JSON where that was asked for."""
import json
import os
import pathlib
import pty
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
import engine  # noqa: E402

ROWS = 20_000
LINE = r"copying public\.visit \(1 of 1\): [0-9,]+ rows, [0-9,]+ a second, about [0-9]+ s left"
# The load waits at row 15,000 for as long as a role of that name is there.
WAIT = """CREATE FUNCTION at_row(n int) RETURNS boolean LANGUAGE plpgsql AS $$ BEGIN
  WHILE n = 15000 AND EXISTS (SELECT FROM pg_roles WHERE rolname = 'wait_NAME') LOOP PERFORM pg_sleep(0.02); END LOOP;
  RETURN true;
END $$"""


class Progress(engine.Case):
    def setUp(self):
        super().setUp()
        self.project({})
        self.source = self.database()
        engine.psql(self.source, "CREATE TABLE visit (id int PRIMARY KEY, note text)",
                    f"INSERT INTO visit SELECT i, repeat('x', 300) FROM generate_series(1, {ROWS}) i", "ANALYZE visit")
        self.environment("source", self.source)

    def environment(self, name, url):
        (self.root / f"db/environments/{name}.yaml").write_text(f'database: {{ url: "{url}" }}\n')

    def waiting(self, *arguments):
        """A sync that waits on its way, and what lets it go."""
        target = self.database()
        name = engine.database_of(target)
        role = f"wait_{name}"
        engine.psql(self.server, f"CREATE ROLE {role}")
        self.addCleanup(engine.psql, self.server, f"DROP ROLE IF EXISTS {role}")
        engine.psql(target, "CREATE TABLE visit (id int PRIMARY KEY, note text)", WAIT.replace("NAME", name),
                    "ALTER TABLE visit ADD CHECK (at_row(id))")
        self.environment(name, target)
        command = [engine.options.confiture, "--project", self.root, "sync", "--from", "source", "--to", name,
                   "--publish", "transaction", *arguments]
        return command, lambda: engine.psql(self.server, f"DROP ROLE {role}")

    def start(self, command, **pipes):
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, **pipes)
        self.addCleanup(process.stdout.close)
        self.runs.append(process)
        return process

    def test_on_a_terminal_one_line_is_written_over(self):
        command, let_go = self.waiting()
        terminal, its_end = pty.openpty()
        process = self.start(command, stderr=its_end)
        os.close(its_end)
        said = ""
        while said.count("copying") < 3:
            said += os.read(terminal, 4096).decode()
        let_go()
        try:
            while more := os.read(terminal, 4096).decode():
                said += more
        except OSError:
            pass  # closed by the other side
        os.close(terminal)
        self.assertEqual(process.wait(engine.HANG_GUARD), 0)
        lines = said.split("\r\x1b[K")
        self.assertEqual((lines[0], lines[-1]), ("", ""), said)  # nothing is left standing
        self.assertNotIn("\n", said)
        begun = r"[a-z ]+(?:public\.visit \(1 of 1\))?: [0-9,]+ rows, [0-9,]+ a second"
        for line in lines[1:-1]:
            self.assertRegex(line, f"^(?:{begun}|{LINE.removesuffix(' left')}.*)$")
        self.assertTrue(any(line.endswith(" s left") for line in lines), said)

    def test_elsewhere_a_line_each_ten_seconds(self):
        runs = []
        for arguments in ([], ["--format", "json"]):
            command, let_go = self.waiting(*arguments)
            runs.append((self.start(command, stderr=subprocess.PIPE, text=True), let_go))
        firsts = []
        for process, let_go in runs:
            self.addCleanup(process.stderr.close)
            line = process.stderr.readline()
            while ": 0 rows" in line or '"rows":0' in line:  # so slow a machine
                line = process.stderr.readline()
            firsts.append(line)
            let_go()
            self.assertEqual(process.wait(engine.HANG_GUARD), 0)
        self.assertRegex(firsts[0], f"^{LINE}\n$")
        event = json.loads(firsts[1])
        self.assertEqual(list(event), ["event", "doing", "table", "table_number", "table_count", "rows",
                                       "estimated_rows", "seconds"])
        self.assertEqual([event[key] for key in ("event", "doing", "table", "table_number", "table_count",
                                                 "estimated_rows")],
                         ["progress", "copying", "public.visit", 1, 1, ROWS])
        self.assertGreater(event["rows"], 0)
        self.assertGreaterEqual(event["seconds"], 10)


if __name__ == "__main__":
    engine.main()
