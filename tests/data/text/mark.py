#!/usr/bin/env python3
"""Turns marked documents into the annotation format of detect-text: one JSON object a line.

usage: mark.py MARKED.txt > OUT.jsonl

A document begins with a line "## id type {known as JSON}". Identifiers stand as ⟦text|LABEL⟧; the marks
are taken out and their places become spans in code points, end exclusive. All persons, places of care and
numbers are fictional: phone exchanges begin with 0, lots with 0 or 99, mail and URLs use example domains.
"""
import json
import re
import sys

MARK = re.compile(r"⟦([^|⟧]+)\|([A-Z_]+)⟧")


def convert(name, kind, known, body):
    text, spans, end = "", [], 0
    for match in MARK.finditer(body):
        text += body[end:match.start()]
        spans.append({"start": len(text), "end": len(text) + len(match[1]), "label": match[2]})
        text += match[1]
        end = match.end()
    text += body[end:]
    return {"id": name, "type": kind, "origin": "prose", "text": text, "spans": spans, "known": known}


def main():
    with open(sys.argv[1], encoding="utf-8") as source:
        content = source.read()
    for part in re.split(r"(?m)^## ", content)[1:]:
        head, _, body = part.partition("\n")
        name, kind, known = head.split(" ", 2)
        print(json.dumps(convert(name, kind, json.loads(known), body.rstrip("\n")), ensure_ascii=False))


if __name__ == "__main__":
    main()
