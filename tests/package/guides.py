#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""guides.py SOURCE: every block of C, C++ or CMake in the documentation is, word for word, a part of
a file that the tests build, and so is any other block that names one; a hook, a strategy and a rule
each have fewer than 20 lines. A block names its part in the line before it: <!-- FILE [part] -->, or
<!-- FILE --> for all of the file but its licence line."""
import pathlib
import re
import sys

BLOCK = re.compile(r"^(?:<!-- (\S+)(?: \[(\w+)\])? -->\n)?```(\w+)[^\n]*\n(.*?)^```$", re.S | re.M)
BUILT = ["c", "cpp", "cmake"]  # never shown unless they are built
SHORT = ["strategy", "hook", "rule"]


def part_of(text, part):
    """The lines between two comments that hold nothing but [part]."""
    if part is None:
        return re.sub(r"\A(//|/\*|#|--) SPDX[^\n]*\n", "", text)
    found = re.search(rf"^(?://|/\*) \[{part}\](?: \*/)?\n(.*?)^(?://|/\*) \[{part}\]", text,
                      re.S | re.M)
    return found.group(1) if found else None


def breaches(source):
    blocks = 0
    for path in sorted((source / "docs").rglob("*.md")):
        guide = path.relative_to(source)
        for file, part, language, block in BLOCK.findall(path.read_text()):
            if not file and language not in BUILT:
                continue
            blocks += 1
            first = block.split("\n", 1)[0]
            if not file:
                yield f"{guide}: the block '{first}' names no file"
                continue
            text = part_of((source / file).read_text(), part or None)
            if text is None:
                yield f"{guide}: {file} has no part [{part}]"
            elif text.strip("\n") != block.strip("\n"):
                yield f"{guide}: the block '{first}' is not what stands in {file}"
    if blocks < 6:
        yield f"only {blocks} blocks were found"
    acme = (source / "examples/plugins/cpp/acme.cpp").read_text()
    for part in SHORT:
        lines = part_of(acme, part).count("\n")
        if lines >= 20:
            yield f"examples/plugins/cpp/acme.cpp: the {part} has {lines} lines"


def main():
    found = list(breaches(pathlib.Path(sys.argv[1])))
    print("\n".join(found) or "the guides show what is built")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
