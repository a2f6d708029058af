# SPDX-License-Identifier: MIT
"""Eight runners started at once: one applies, the others wait or give up with 6; nothing is ever
applied twice."""
import pathlib
import re
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
import engine  # noqa: E402

RUNNERS = 8
MIGRATIONS = {
    "0001_trace": "CREATE TABLE trace (version int);\nINSERT INTO trace VALUES (1);\n",
    "0002_slow": "SELECT pg_sleep(1);\nINSERT INTO trace VALUES (2);\n",
    "0003_index": "-- transaction: off\nCREATE INDEX CONCURRENTLY ON trace (version);\n"
                  "INSERT INTO trace VALUES (3);\n",
    "0004_more": "CREATE TABLE more ();\nINSERT INTO trace VALUES (4);\n",
}
APPLIED = re.compile(r"applied (\d+)_")


class Runners(engine.Case):
    def run_at_once(self, *arguments):
        """The statuses of the runners, what each applied, and what each said."""
        self.project(MIGRATIONS)
        self.url = self.database()
        runs = [self.start(self.url, "migrate", "up", *arguments) for _ in range(RUNNERS)]
        ends = [self.finish(run) for run in runs]
        self.assertEqual(engine.psql(self.url, "SELECT string_agg(version::text, ' ') FROM trace"),
                         "1 2 3 4")
        self.assertEqual(self.history(self.url), "1 2 3 4")
        self.assertEqual(engine.psql(self.url, "SELECT count(*) FROM pg_index WHERE NOT indisvalid"), "0")
        applied = [version for _, said in ends for version in APPLIED.findall(said)]
        self.assertEqual(applied, ["0001", "0002", "0003", "0004"])
        return ends

    def test_the_others_wait(self):
        for status, said in self.run_at_once("--lock-wait", "120"):
            self.assertEqual(status, 0, said)
            if "applied" not in said:
                self.assertIn("nothing is pending", said)

    def test_the_others_give_up(self):
        ends = self.run_at_once("--lock-wait", "0")
        self.assertTrue(set(status for status, _ in ends) <= {0, 6}, ends)
        self.assertIn(6, [status for status, _ in ends])
        for status, said in ends:
            if status == 6:
                self.assertRegex(said, r"^error\[postgres.locked\]: the lock 'confiture.history' is held "
                                 r"by another run: pid \d+, application 'confiture/[0-9a-f]{16}', user "
                                 r"'postgres', client local, connected since [-0-9T:]+Z"
                                 r"(, running 'migrate up' on host '.*' \(pid \d+\))?\n"
                                 r"hint: waited 0s; run this again when that run has ended, or end it "
                                 r"with SELECT pg_terminate_backend\(\d+\)\n$")


if __name__ == "__main__":
    engine.main()
