# SPDX-License-Identifier: MIT
"""The runner of guides can fail: a right guide passes, each kind of wrong one is reported."""
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

RUNNER = sys.argv.pop()
SERVER = os.environ["CONFITURE_TEST_SERVER"]

GOOD = """# A guide

<!-- hidden
$ echo hidden > seen
-->
```yaml title=db/a.yaml
one: 1
```

```yaml title=db/a.yaml append
two: 2
```

```console
$ cat seen db/a.yaml
hidden
one: 1
two: 2
$ echo "error: took 12 ms    and 3.5 s"; exit 7
error: took 8 ms  and 1 s
$ echo $?
7
$ seq 9
1
...
9
$ for i in 1 2; do
>   echo $i
> done
1
2
```

```console terminal
$ read -p "Go on? [y/N] " word; echo "you said $word"
Go on? [y/N] y
you said y
$ read -p "Go on? Type 'local $(printf %08x $RANDOM)': " word; [ "${#word}" = 14 ] && echo right
Go on? Type 'local 12345678': local 12345678
right
```

<!-- not run: a drawing -->
```text
a -> b
```

<!-- some/file.cpp [part] -->
```cpp
int a;
```
"""

WRONG = {
    "another line": ("```console\n$ echo one\ntwo\n```\n", "-two\n  +one"),
    "a line too few": ("```console\n$ seq 2\n1\n```\n", "+2"),
    "a line too many": ("```console\n$ echo a\na\nb\n```\n", "-b"),
    "another first line": ("```console\n$ seq 3\n2\n...\n```\n", "+1"),
    "a failure that is not shown": ("```console\n$ false\n```\n", "+(status 1: show it with echo $?)"),
    "another status": ("```console\n$ false\n$ echo $?\n0\n```\n", "+1"),
    "another answer": ("```console terminal\n$ read -p \"Go on? [y/N] \" word; echo $word\n"
                       "Go on? [y/N] y\nn\n```\n", "-n\n  +y"),
    "a hidden command": ("<!-- hidden\n$ echo b\n-->\n", "+b"),
}

REFUSED = {
    "a block that nothing tests": ("```yaml\na: 1\n```\n", ":1: a block of yaml that nothing tests"),
    "a block without a language": ("```\na\n```\n", ":1: a block of text that nothing tests"),
    "output before a command": ("```console\na\n```\n", ":2: output before the first command"),
    "no block": ("# Words\n", ": nothing to run"),
}


class RunnerTest(unittest.TestCase):
    def run_text(self, text, *options):
        with tempfile.TemporaryDirectory() as folder:
            file = pathlib.Path(folder) / "case.md"
            file.write_text(text)
            result = subprocess.run([sys.executable, RUNNER, "--server", SERVER, *options, file],
                                    capture_output=True, text=True, check=False)
            return result, file.read_text()

    def test_a_right_guide_passes(self):
        result, _ = self.run_text(GOOD)
        self.assertEqual((result.stdout, result.stderr, result.returncode), ("", "", 0))

    def test_wrong_guides_are_reported(self):
        for name, (text, difference) in WRONG.items():
            with self.subTest(name):
                result, _ = self.run_text(text)
                self.assertEqual(result.returncode, 1, result.stdout + result.stderr)
                self.assertIn(difference, result.stdout)

    def test_what_cannot_be_run_is_refused(self):
        for name, (text, message) in REFUSED.items():
            with self.subTest(name):
                result, _ = self.run_text(text)
                self.assertEqual(result.returncode, 1)
                self.assertTrue(result.stderr.endswith(message + "\n"), result.stderr)

    def test_update_writes_what_was_seen(self):
        text = "Words.\n\n```console\n$ echo one\nold\n$ false\n$ echo $?\n```\nMore.\n```console\n$ seq 2\n1\n```\n"
        result, written = self.run_text(text, "--update")
        self.assertEqual((result.stdout, result.returncode), ("", 0))
        self.assertEqual(written, "Words.\n\n```console\n$ echo one\none\n$ false\n$ echo $?\n1\n```\nMore.\n"
                                  "```console\n$ seq 2\n1\n2\n```\n")

    def test_update_keeps_a_right_guide(self):
        self.assertEqual(self.run_text(GOOD, "--update")[1], GOOD)


if __name__ == "__main__":
    unittest.main()
