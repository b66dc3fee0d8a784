#!/usr/bin/python3
"""Plants invented identifiers into DICOM files, processes them with kamei-cli, and scores what comes out.

    score_dicom.py KAMEI_CLI [--shared DIR] [--set samples|generated] [--policy P] [--seed N] [--reveal]

The score follows the Medical Image De-Identification Benchmark (MIDI-B; Pei et al., "Medical Image De-Identification
Benchmark Challenge", arXiv 2507.23608, and its validation script, github.com/CBIIT/MIDI_validation_script): an
answer key names for each attribute what must happen to it, and the score is the share of required actions that were
carried out. In our own words:

  tag retained           an attribute that the profile keeps (or the IOD demands) stands in the output; numbers and
                         bytes that nothing is to happen to have their value
  text not null          an attribute that must have a value (dummy, type 1, pseudonym) has one
  text retained          the useful words of a text, and a text without identifiers as a whole, are still there
  text removed           an identifier, and the value of an attribute that the profile removes, is no longer there
  date shifted           a date is another one; here stricter: all dates of a person moved by one whole number of days,
                         times of day and zones unchanged
  UID changed            an instance UID is another one
  UID consistent         the same UID became the same one in every file and at every depth, and no two became one
  patient ID consistent  all files of one person bear one Patient ID, which is no other person's
  pixels hidden          inside a mask all samples of a frame are of one value
  pixels retained        outside it, and in files without a mask, the decoded samples equal the source's
  markers                (not in MIDI-B) the de-identification attributes say what was done (PS3.15 E.1.1, 2024b)

Beside the score: no planted identifier may stand in any output byte, in any encoding in which it could have been
written. What must happen is derived in expectations.py from the standard's table, not from the program's resources.

Exit: 0 at or above the asserted score and no byte found, 1 else, 77 when what the set needs is absent.
"""
import argparse
import glob
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import warnings
from collections import Counter
from multiprocessing import Pool

import needles as search
import pixels
import words
from plant import CHARSETS, Planter, even
from expectations import Profile
from score import Scorer, read, words_of_people

warnings.filterwarnings("ignore")
ASSERTED = 99.95
HELD_OUT = 2    # the seed whose words, templates and failures nobody looks at; every other one may be looked at
ORDER = ["tag retained", "text not null", "text retained", "text removed", "date shifted", "UID changed",
         "UID consistent", "patient ID consistent", "pixels hidden", "pixels retained", "markers"]


def cli(args, *command):
    """Run kamei-cli; its JSON lines. What it prints on stderr is not needed."""
    done = subprocess.run([args.cli, *command], capture_output=True, text=True, check=False,
                          env=dict(os.environ, KAMEI_RESOURCES=args.resources))
    if done.returncode not in (0, 1, 3):
        sys.exit(f"{command[0]} failed with {done.returncode}: {done.stderr[-300:]}")
    return [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]


def sources_of(args, folder):
    """(files to plant in, what they are)."""
    if args.set == "samples":
        top = os.path.join(args.shared, "data", "samples", "dicom")
        files = [f for f in sorted(glob.glob(top + "/**/*", recursive=True)) if os.path.isfile(f)]
    else:
        cli(args, "demo", os.path.join(folder, "demo"))
        top = os.path.join(folder, "demo", "cohort")
        found = [f for f in sorted(glob.glob(top + "/**/*", recursive=True)) if os.path.isfile(f)]
        files = [f for f in found if is_dicom(f)][::12]
    import synthetic
    made = os.path.join(folder, "made")
    synthetic.write_all(made)
    return files + sorted(glob.glob(made + "/*"))


def is_dicom(path):
    """Whether a file has the prefix of PS3.10 7.1."""
    with open(path, "rb") as file:
        return file.read(132)[128:] == b"DICM"


def plant_one(job):
    """Plant in one file; (path, person, answers) or a reason why nothing was planted."""
    source, target, number, person_index, person, policy, args = job
    try:
        ds = read(source)
        ds.walk(lambda d, e: None)
        if len(ds) < 3 or "DirectoryRecordSequence" in ds or ds.get("MIMETypeOfEncapsulatedDocument"):
            return None
        held_out = args.seed == HELD_OUT
        planter = Planter(person, Profile(policy, args.shared, args.resources), args.seed * 10_000 + number,
                          words.TEMPLATES_HELD_OUT if held_out else words.TEMPLATES_SEEN)
        planter.plant(ds, CHARSETS[number % len(CHARSETS)])
        ds.save_as(target, write_like_original=True)
        with open(target, "rb") as file:
            data = file.read()
        for holder, text in planter.raw_texts.items():
            data = data.replace(holder, text)
        with open(target, "wb") as file:
            file.write(data + behind_the_end(ds, planter, number))
        return target, person_index, {k: list(v) for k, v in planter.answers.items()}, planter.undeclared
    except Exception as error:  # pylint: disable=broad-except  # a broken sample raises anything
        return source, type(error).__name__


def behind_the_end(ds, planter, number):
    """In some files: elements out of order behind the last one, one of them for the second time; or mere bytes."""
    syntax = str(getattr(ds, "file_meta", {}).get("TransferSyntaxUID", ""))
    if syntax in ("", "1.2.840.10008.1.2", "1.2.840.10008.1.2.1.99", "1.2.840.10008.1.2.2"):
        return b""
    person = planter.person
    if number % 12 == 5:
        name = even(person.name(3).upper().encode())
        comment = even(f"T1 SE AXIAL {person.name(3, ' ')}".encode())
        # Of two of a kind the first counts: then nobody asks for the second one's useful words.
        known = planter.answers.get("(0010,4000)")
        planter.answers["(0010,4000)"] = ([] if known or "PatientComments" in ds else ["T1 SE AXIAL"], [person.name(3, " ")])
        return (b"\x10\x00\x10\x00PN" + len(name).to_bytes(2, "little") + name +
                b"\x10\x00\x00\x40LT" + len(comment).to_bytes(2, "little") + comment)
    return f"{person.name(3)} {person.pid}".encode() if number % 97 == 7 else b""


def plant_all(args, files, folder, people):
    """{planted file: (person, answers)} and the files that could not be written."""
    index_of, jobs = {}, []
    for number, source in enumerate(files):
        key = study_of(source)
        person = index_of.setdefault(key, len(index_of) % len(people))
        target = os.path.join(folder, f"{number:04d}.dcm")
        jobs.append((source, target, number, person, people[person], args.policy, args))
    planted, left = {}, []
    with Pool(os.cpu_count()) as pool:
        for job, result in zip(jobs, pool.map(plant_one, jobs, chunksize=8)):
            if result is not None and len(result) == 4:
                planted[result[0]] = (*result[1:], job[0])
            elif result is not None:
                left.append(result)
    return planted, left


def study_of(path):
    """What keeps the files of one study with one person."""
    try:
        ds = read(path)
        return str(ds.get("StudyInstanceUID") or ds.get("PatientID") or path)
    except Exception:  # pylint: disable=broad-except
        return path


def process(args, workspace, cohort, planted):
    """All steps from import to stage."""
    cli(args, "new", workspace, "--title", "score", "--purpose", "score", "--policy", args.policy)
    cli(args, "import", workspace, cohort)
    cli(args, "detect", workspace)
    cli(args, "decide", workspace, "--accept-suggested")
    masks = pixels.mask_some(lambda *c: cli(args, *c), workspace, pixels.truth_of(args.shared, planted))
    cli(args, "stage", workspace)
    staged = {row["source"]: row["staged"] for row in cli(args, "staged", workspace, "--json")}
    refused = {source: row.get("problem") for row in cli(args, "assets", workspace, "--json")
               for source in row["sources"] if source not in staged}
    return staged, refused, masks


def demo_rows(folder):
    """What the demo cohort says that it planted itself."""
    path = os.path.join(folder, "demo", "answer-key.json")
    if not os.path.exists(path):
        return []
    with open(path, encoding="utf-8") as file:
        return json.load(file)["planted"]


def demo_people(folder):
    """Words that the demo cohort's own answer key holds of its people."""
    values = [row["value"] for row in demo_rows(folder)]
    return {part.lower() for value in values for part in [value, *re.split(r"[\^ ,]", value)] if len(part) > 1}


def search_bytes(job):
    """Planted identifiers that stand in one output."""
    path, hunt = job
    with open(path, "rb") as file:
        found = hunt.find(search.searchable(file.read()))
    try:
        for element in read(path).iterall():
            if element.VR not in ("SQ", "UI", "OB", "OW", "OF", "OD") and isinstance(element.value, str):
                found |= hunt.find_digits(element.value)
    except Exception:  # pylint: disable=broad-except
        found.add(("unreadable", os.path.basename(path)))
    return path, found


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("cli")
    parser.add_argument("--shared", default="")
    parser.add_argument("--resources", default=os.environ.get("KAMEI_RESOURCES", ""))
    parser.add_argument("--set", choices=("samples", "generated"), default="samples")
    parser.add_argument("--policy", default="guideline-2024")
    parser.add_argument("--seed", type=int, default=1, help="which people and places; 2 is held out")
    parser.add_argument("--reveal", action="store_true", help="print every failure")
    parser.add_argument("--keep", help="folder to work in and to leave behind")
    args = parser.parse_args()
    if args.set == "samples" and not os.path.isdir(os.path.join(args.shared, "data", "samples", "dicom")):
        print("skipped: the shared samples are absent")
        sys.exit(77)
    if absent := [tool for tool in ("gdcmconv", "dcmdjpeg", "dcmdjpls", "dcmdrle") if shutil.which(tool) is None]:
        print("skipped: not installed:", *absent)
        sys.exit(77)
    with tempfile.TemporaryDirectory() as scratch:
        folder = args.keep or scratch
        os.makedirs(os.path.join(folder, "cohort"))
        sys.exit(run(args, folder))


def run(args, folder):
    """One round; the exit code."""
    people = words.make_people(24, args.seed, args.shared)
    files = sources_of(args, folder)
    cohort, workspace = os.path.join(folder, "cohort"), os.path.join(folder, "ws")
    planted, left = plant_all(args, files, cohort, people)
    staged, refused, masks = process(args, workspace, cohort, planted)
    profile = Profile(args.policy, args.shared, args.resources)
    scorer = Scorer(profile, words_of_people(files) | demo_people(folder))
    for path, (person, answers, undeclared, origin) in planted.items():
        if path in staged:
            source = read(path)
            if undeclared:
                source.read_encoding = ["shift_jis"]
            scorer.compare(person, os.path.relpath(origin, args.shared or folder), source, read(staged[path]), answers,
                           bool(masks.get(path)))
    pixels.score(scorer, planted, staged, masks)
    scorer.finish()
    kept = {"date"} | ({"device"} if "device-identity" in profile.options else set())
    own = [(f"demo {r['kind']}", [r["value"]]) for r in demo_rows(folder)
           if r["where"].startswith("(") and r["kind"] not in kept]
    hunt = search.Needles(words.needles(people) + own)
    with Pool(os.cpu_count()) as pool:
        there = pool.map(search_bytes, [(p, hunt) for p in planted], chunksize=8)
        leaks = [r for r in pool.map(search_bytes, [(p, hunt) for p in set(staged.values())], chunksize=8) if r[1]]
    return report(args, profile, scorer, planted, left, refused, there, leaks)


def report(args, profile, scorer, planted, left, refused, there, leaks):
    """Print the table; the exit code."""
    print(f"{profile.source}; policy {args.policy}; set {args.set}; seed {args.seed}")
    print(f"{len(planted)} files planted, {len(planted) - len(refused)} processed, {len(refused)} refused, "
          f"{len(left)} could not be planted in")
    print(f"\n{'action':24}{'required':>10}{'done':>10}{'%':>10}")
    for category in ORDER:
        total, passed = scorer.total[category], scorer.passed[category]
        print(f"{category:24}{total:>10}{passed:>10}{100 * passed / total if total else 100:>10.3f}")
    total, passed = sum(scorer.total.values()), sum(scorer.passed.values())
    score = 100 * passed / max(total, 1)
    print(f"{'overall':24}{total:>10}{passed:>10}{score:>10.3f}   (asserted {ASSERTED})")
    before = Counter(label for _, found in there for label, _ in found)
    after = Counter(label for _, found in leaks for label, _ in found)
    print(f"\nidentifiers in bytes: {sum(before.values())} (file, identifier) pairs before, {sum(after.values())} after")
    if args.reveal and args.seed != HELD_OUT:
        for label, count in after.items():
            print(f"  {label}: {count}")
        for path, found in leaks:
            print("   ", path, sorted(found)[:4])
        for path, reason in refused.items():
            print("  refused:", planted.get(path, (0, 0, 0, path))[3], reason)
        for path, reason in left:
            print("  not planted in:", path, reason)
        for failure in scorer.failures:
            print("  FAILED", *failure, sep=" | ")
    else:
        for (category, path), count in Counter((f[0], f[2].split("[")[0]) for f in scorer.failures).most_common(25):
            print(f"  {count} x {category} at {path}")
    good = score >= ASSERTED and not leaks and sum(before.values()) > 100
    print("passed" if good else "FAILED")
    return 0 if good else 1


if __name__ == "__main__":
    main()
