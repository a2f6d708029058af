# SPDX-License-Identifier: MIT
"""The transcript runner can fail: right expectations pass, each kind of wrong one is reported."""
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

RUNNER = sys.argv.pop()
SERVER = os.environ["CONFITURE_TEST_SERVER"]

GOOD = r"""# Everything that the format can say.
$ echo one; echo two >&2
one
two
$ cat <<'END'
> $ three
>
> END
\$ three
<empty>

$ export GREETING=hello; mkdir sub; cd sub
$ echo "$GREETING from $PWD"; exit 5
hello from <work>/sub
[exit 5]
$ printf 'took %s ms for %d rows  of %s' 12.5 3 "$(date -u +%FT%TZ)"
took <ms> ms for <number> rows   of <timestamp>
[no newline]
$ url=$(newdb shop); psqlc "$url" 'CREATE TABLE t (); SELECT current_database()'; remember
shop
$ psqlc "$(url shop)" 'DROP TABLE t'; unchanged | tail -n 1
shop has changed
[exit 1]
$ @tty tty > /dev/null && read -rp 'Name? ' name && echo "you are $name" && read -rp 'Sure? ' sure
?> Name?
<- Ada
you are Ada
?> Sure?
<- ^C
[exit 130]
$ @tty read -rp 'Name? ' name || echo "none"
?> Name?
<- ^D
none
"""

WRONG = {
    "another line": ("$ echo one\ntwo\n", "-two\n  +one"),
    "a line too few": ("$ printf 'a\\nb\\n'\na\n", "+b"),
    "a line too many": ("$ echo a\na\nb\n", "-b"),
    "another order": ("$ printf 'a\\nb\\n'\nb\na\n", "-a"),
    "a status that is not there": ("$ true\n[exit 1]\n", "-[exit 1]"),
    "a status that is not said": ("$ (exit 3)\n", "+[exit 3]"),
    "another status": ("$ (exit 3)\n[exit 4]\n", "+[exit 3]"),
    "text where a number is due": ("$ echo x rows\n<number> rows\n", "+x rows"),
    "a prompt that never comes": ("$ @tty echo hello\n?> Name?\n<- Ada\n", "+hello"),
    "output before the prompt": ("$ @tty echo hello; read -rp 'Name? ' n\n?> Name?\n<- Ada\n", "+hello"),
    "a missing last newline": ("$ printf a\na\n", "+[no newline]"),
}


class RunnerTest(unittest.TestCase):
    def run_text(self, text, *options):
        with tempfile.TemporaryDirectory() as folder:
            file = pathlib.Path(folder) / "case.transcript"
            file.write_text(text)
            result = subprocess.run([sys.executable, RUNNER, "--server", SERVER, *options, file],
                                    capture_output=True, text=True, check=False)
            return result, file.read_text()

    def test_right_expectations_pass(self):
        result, _ = self.run_text(GOOD)
        self.assertEqual((result.stdout, result.stderr, result.returncode), ("", "", 0))

    def test_wrong_expectations_are_reported(self):
        for name, (text, difference) in WRONG.items():
            with self.subTest(name):
                result, _ = self.run_text(text)
                self.assertEqual(result.returncode, 1, result.stdout + result.stderr)
                self.assertIn(difference, result.stdout)

    def test_update_writes_what_was_seen(self):
        result, written = self.run_text("# Kept.\n$ echo one; echo took 7.25 ms\nold\n\n$ false\n", "--update")
        self.assertEqual((result.stdout, result.returncode), ("", 0))
        self.assertEqual(written, "# Kept.\n$ echo one; echo took 7.25 ms\none\ntook <ms> ms\n\n$ false\n[exit 1]\n")

    def test_update_keeps_a_right_transcript(self):
        self.assertEqual(self.run_text(GOOD, "--update")[1], GOOD)


if __name__ == "__main__":
    unittest.main()
