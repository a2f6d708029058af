#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Holds the tree against the house's rules: imports run downwards, each library behind its door,
no file over 400 lines, a licence line on every source file. Prints each breach and exits 1."""
import pathlib
import re
import sys

# A floor sees itself and the floors named here.
FLOORS = ["foundation", "config", "postgres", "audit", "sql", "extensions", "hooks", "migrations", "lint",
          "review", "sync", "cli"]
BELOW = {floor: set(FLOORS[:i + 1]) for i, floor in enumerate(FLOORS)}
BELOW["sync"] = set(FLOORS[:FLOORS.index("hooks") + 1]) | {"sync"}

# What may be included from one place only: pattern of the header -> the places.
DOORS = {
    r"boost/dll": ["host/extensions/library.cpp"],
    r"pg_query": ["host/sql/"],
    r"pqxx/": ["host/postgres/"],
    r"libpq-fe\.h": ["host/postgres/"],
    r"yaml-cpp/": ["host/config/"],
    r"boost/program_options": ["host/cli/"],
    r"regex$|regex\.hpp$": [],
}
LONGEST = 400
SOURCES = {".cpp", ".hpp", ".c", ".h"}


def includes(text):
    for number, line in enumerate(text.splitlines(), 1):
        match = re.match(r'\s*#\s*include\s*[<"]([^>"]+)[>"]', line)
        if match:
            yield number, match.group(1)


def breaches(root):
    files = [path for top in ("host", "sdk", "plugins", "examples", "tests")
             for path in sorted((root / top).rglob("*")) if path.suffix in SOURCES]
    for path in files:
        name = path.relative_to(root).as_posix()
        text = path.read_text()
        lines = text.count("\n")
        if lines > LONGEST and "/fossil/" not in name:
            yield f"{name}: {lines} lines, the end is {LONGEST}"
        if "SPDX-License-Identifier: MIT" not in text.split("\n", 1)[0]:
            yield f"{name}:1: no licence line"
        top, _, rest = name.partition("/")
        for number, header in includes(text):
            place = f"{name}:{number}"
            if top == "host" and header.startswith("host/") and "/" in rest:
                floor, wanted = rest.split("/")[0], header.split("/")[1]
                if wanted not in BELOW[floor]:
                    yield f"{place}: {floor} includes {wanted}, which is not below it"
            if top in ("sdk", "plugins", "examples") and header.startswith("host/"):
                yield f"{place}: {top} includes the host ({header})"
            if top == "host" and header.startswith("confiture/") and not header.endswith(".h"):
                yield f"{place}: the host sees the C headers of the SDK only, not {header}"
            if top in ("host", "plugins"):
                for pattern, allowed in DOORS.items():
                    if re.search(pattern, header) and not any(name.startswith(a) for a in allowed):
                        yield f"{place}: {header} belongs behind {allowed or 'no door here'}"
    ids = {match for path in (root / "plugins").rglob("*.[ch]pp")
           for match in re.findall(r'"([a-z0-9_]+\.[a-z0-9_]+)"', path.read_text())
           if (root / "plugins" / match.split(".")[0]).is_dir()}
    for path in sorted((root / "host").rglob("*.[ch]pp")):
        for number, line in enumerate(path.read_text().splitlines(), 1):
            for name in ids & set(re.findall(r'"([a-z0-9_]+\.[a-z0-9_]+)"', line.split("//")[0])):
                yield f"{path.relative_to(root)}:{number}: names the extension '{name}' of a plugin"


def main():
    found = list(breaches(pathlib.Path(sys.argv[1])))
    print("\n".join(found) or "the house stands")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
