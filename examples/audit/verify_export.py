#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Verifies `confiture audit export` without confiture: verify_export.py FILE [--selected] [SEQ:HASH...].
--selected: entries may be missing, as in an export of one plan; SEQ:HASH: what a seal says of an entry."""
import hashlib
import json
import sys

FIELDS = "seq at actor login person host client application tool environment run plan_hash event payload_sha256"
sha256 = lambda text: hashlib.sha256(text.encode()).hexdigest()
written = lambda value: "-," if value is None else f"{len(str(value).encode())}:{value},"


def problems(entries, selected, sealed):
    before = None
    for entry in entries:
        seq = entry["seq"]
        if entry["payload"] is not None and sha256(entry["payload"]) != entry["payload_sha256"]:
            yield f"entry {seq}: the payload was changed"
        if sha256(entry["prev"] + "\n" + "".join(written(entry[name]) for name in FIELDS.split())) != entry["hash"]:
            yield f"entry {seq}: a field was changed"
        if before and seq != before["seq"] + 1 and not selected:
            yield f"entry {seq}: others are missing before it"
        if before and seq == before["seq"] + 1 and entry["prev"] != before["hash"]:
            yield f"entry {seq}: does not follow the one before it"
        if sealed.pop(str(seq), entry["hash"]) != entry["hash"]:
            yield f"entry {seq}: is not the one that was sealed"
        before = entry
    yield from (f"entry {seq}: was sealed and is missing" for seq in sealed)


with open(sys.argv[1], encoding="utf-8") as file:
    all_entries = [json.loads(line) for line in file]
seals = dict(argument.split(":") for argument in sys.argv[2:] if argument != "--selected")
found = list(problems(all_entries, "--selected" in sys.argv, seals))
print("\n".join(found) or f"{len(all_entries)} entries hold")
sys.exit(1 if found else 0)
