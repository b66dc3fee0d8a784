#!/usr/bin/env python3
"""Checks the rules of ARCHITECTURE.md that a compiler does not: include directions, cycles
between rooms, no Qt in core, third-party types out of public headers, file lengths.

usage: check_house.py ROOT    exit 1 with one line a breach
"""
import collections
import pathlib
import re
import sys

# Rooms of core in the data's way: a room includes only itself and rooms before it.
ORDER = ["base", "model", "guideline", "keys", "store", "audit", "intake", "detect", "decide",
         "transform", "stage", "risk", "review", "release", "demo", "job"]
ONLY_JOB = {"store", "audit"}
THIRD_PARTY = re.compile(r"<(dcmtk|gdcm|itk|vtk|opencv2|openslide|sqlite3|SQLiteCpp|pugixml|"
                         r"nlohmann|re2|mecab|unicode|tiff|png|jpeglib|exiv2|archive|sodium|"
                         r"openssl|fmt|CLI/|oneapi|tbb|hs/|htslib|zlib|libav|libsw|qpdf|poppler|leptonica|tesseract|"
                         r"dlib|libheif)", re.I)
INCLUDE = re.compile(r'^\s*#\s*include\s+(["<][^">]+[">])', re.M)
LONGEST = 500
# Files that are longer for a reason given in the file itself ("long: ...").
EXCUSE = re.compile(r"^// long: ", re.M)
# Headers that only their own room includes, or the rooms that the line names; they may show types of libraries.
PRIVATE = re.compile(r"^// Private to (.*)", re.M)


def sources(root):
    for top in ("core", "ui", "app"):
        for path in sorted((root / top).rglob("*")):
            if path.suffix in (".h", ".cpp"):
                yield path


def privately(path, parts, name):
    """Whether a header of core may be included from here: it is public, or this room is one of those it names."""
    root = path
    for _ in parts:
        root = root.parent
    header = root / name
    found = PRIVATE.search(header.read_text(encoding="utf-8")) if header.exists() else None
    if not found:
        return True
    rooms = re.findall(r"core(?:/\w+)+", found.group(1)) or [name.rsplit("/", 1)[0]]
    return "/".join(parts[:-1]) in rooms


def check_include(path, parts, text, target, edges):
    """Breaches that one include line makes."""
    name = target[1:-1]
    layer = parts[0]
    if layer == "core" and (re.match(r"Q[A-Z]|Qt", name) or name.startswith(("ui/", "app/"))):
        yield f"core must not include {name}"
    if layer == "ui" and name.startswith("app/"):
        yield f"ui must not include {name}"
    if path.suffix == ".h" and layer == "core" and target[0] == "<" and THIRD_PARTY.match(target) and not PRIVATE.search(text):
        yield f"a public header shows {name}"
    if layer == "core" and name.startswith("core/"):
        mine, other = parts[1], name.split("/")[1]
        edge = "/".join(parts[:-1]), name.rsplit("/", 1)[0]
        # A room and the rooms inside it are one: its table of formats names them, they give its rows.
        if not f"{edge[0]}/".startswith(f"{edge[1]}/") and not f"{edge[1]}/".startswith(f"{edge[0]}/"):
            edges[edge[0]].add(edge[1])
        if mine != other:
            if other not in ORDER or mine not in ORDER:
                yield f"unknown room: {mine} or {other}"
            elif ORDER.index(other) > ORDER.index(mine):
                yield f"{mine} must not include {name}: it comes later in the data's way"
        if other in ONLY_JOB and mine not in ONLY_JOB | {"job"}:
            yield f"only job uses {other}"
    if name.startswith("core/") and not privately(path, parts, name):
        yield f"{name} is private to another room"
    if layer in ("ui", "app") and re.match(r"core/(store|audit)/", name):
        yield f"only core/job uses {name}"


def check(root):
    breaches = []
    edges = collections.defaultdict(set)
    for path in sources(root):
        parts = path.relative_to(root).parts
        text = path.read_text(encoding="utf-8")
        here = "/".join(parts)
        for target in INCLUDE.findall(text):
            breaches += [f"{here}: {b}" for b in check_include(path, parts, text, target, edges)]
        lines = text.count("\n")
        if lines > LONGEST and not EXCUSE.search(text):
            breaches.append(f"{here}: {lines} lines; split it, or say why on a line '// long: ...'")
    for room in (root / "core").rglob("CMakeLists.txt"):
        first = room.read_text(encoding="utf-8").splitlines()[:1]
        if not first or not first[0].startswith("#"):
            breaches.append(f"{room.relative_to(root)}: say in its first lines what the room does and does not")
    return breaches + cycles(edges)


def cycles(edges):
    """A line for each room that includes itself by way of others."""
    found = []
    for start in sorted(edges):
        reached, open_rooms = set(), list(edges[start])
        while open_rooms:
            room = open_rooms.pop()
            if room not in reached:
                reached.add(room)
                open_rooms += edges.get(room, ())
        if start in reached:
            found.append(f"{start}: rooms include each other in a circle")
    return found


def main():
    breaches = check(pathlib.Path(sys.argv[1]))
    print("\n".join(breaches) or "the house is in order")
    return 1 if breaches else 0


if __name__ == "__main__":
    sys.exit(main())
