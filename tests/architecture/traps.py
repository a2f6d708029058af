#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""traps.py ROOT: each row of docs/sync-traps.md names tests that exist, and no row is missing."""
import re
import sys
from pathlib import Path

ROWS = 43
root = Path(sys.argv[1])
rows = re.findall(r"^\| (\d+) \|.*\| ([^|]+) \|$", (root / "docs/sync-traps.md").read_text(), re.M)
known = {path.name for path in (root / "tests").rglob("*_test.py")}
for path in (root / "tests").rglob("*_test.cpp"):
    known.update(re.findall(r"BOOST_AUTO_TEST_CASE\((\w+)", path.read_text()))

problems = []
if [int(number) for number, _ in rows] != list(range(1, ROWS + 1)):
    problems.append(f"the rows are not 1 to {ROWS}, in order")
for number, tests in rows:
    names = re.findall(r"`([^`]+)`", tests)
    problems += [f"row {number} names no test"] * (not names)
    problems += [f"row {number}: there is no test '{name}'" for name in names if name not in known]
for name in sorted(known):
    for number in re.findall(r"\d+", name) if name.startswith("trap_") else []:
        if not any(int(row) == int(number) and f"`{name}`" in tests for row, tests in rows):
            problems.append(f"row {int(number)} does not name the test '{name}'")
print("\n".join(f"docs/sync-traps.md: {problem}" for problem in problems))
sys.exit(1 if problems else 0)
