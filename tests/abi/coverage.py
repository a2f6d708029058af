#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""coverage.py SOURCE: every field, enumerator and id string of the contract has its assertion in
sdk/abi, so that an append cannot be forgotten there. Prints what is missing and exits 1."""
import pathlib
import re
import sys


def declarations(text):
    """The assertions that a header needs, as they are written in sdk/abi."""
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.S)
    for name, body in re.findall(r"typedef struct (confiture_\w+) \{(.*?)\n\} \1;", text, re.S):
        yield f"CONFITURE_SIZE({name}, "
        for statement in re.split(r";(?![^()]*\))", body):
            pointer = re.search(r"\(\*(\w+)\)\s*\(", statement)
            names = [pointer] if pointer else [re.search(r"(\w+)$", part.strip())
                                               for part in statement.split(",")]
            for field in filter(None, names):
                yield f"CONFITURE_OFFSET({name}, {field.group(1)}, "
    for body in re.findall(r"^enum\s*\{(.*?)\};", text, re.S | re.M):
        for name in re.findall(r"\b(CONFITURE_\w+)\s*=", body):
            yield f"CONFITURE_VALUE({name}, "
    for name in re.findall(r'#define (CONFITURE_(?:SERVICE|KIND)_\w+) "', text):
        yield f"same({name}, "


def main():
    source = pathlib.Path(sys.argv[1])
    asserted = "".join(path.read_text() for path in sorted((source / "sdk/abi").glob("*.c*")))
    wanted = [line for path in sorted((source / "sdk/include/confiture").glob("*.h"))
              for line in declarations(path.read_text())]
    missing = [line for line in wanted if line not in asserted]
    print("\n".join(f"sdk/abi does not assert {line}...)" for line in missing)
          or f"{len(wanted)} declarations, each with its assertion")
    return 1 if missing or len(wanted) < 250 else 0


if __name__ == "__main__":
    sys.exit(main())
