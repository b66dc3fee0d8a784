#!/usr/bin/python3
"""Processes DICOM files as they are, and has independent readers judge what comes out.

    conformance.py KAMEI_CLI [--shared DIR] [--set samples|generated] [--policy P] [--reveal]

Asserted for every output:
  - dciodvfy (dicom3tools) shows no error that it does not show for the source. Errors are compared by their text with
    values, item numbers and lengths stripped; where dciodvfy cannot read the source to its end, only that it reads the
    output to its end.
  - pydicom opens it and converts every value; DCMTK (dcmdump; dcmj2pnm or dcml2pnm) and GDCM (gdcmdump, gdcminfo) open it where
    they open the source.
Files that are refused are listed with the reason, and with who can read them.

Exit: 0 all of it holds, 1 else, 77 when what the set needs is absent.
"""
import argparse
import glob
import os
import re
import shutil
import subprocess
import sys
import tempfile
import warnings
from collections import Counter, defaultdict
from multiprocessing.pool import ThreadPool

import pydicom

import synthetic
from score_dicom import cli, is_dicom

warnings.filterwarnings("ignore")
UNREAD = "Tags out of order|read failed|Seek failed|trailing garbage|Bad.*length"
NEEDED = ("dciodvfy", "dcmdump", "dcmconv", "dcmj2pnm", "dcml2pnm", "gdcmdump", "gdcminfo")
EVERY = ("pydicom", "dcmdump", "gdcmdump", "gdcminfo", "dcmj2pnm")
READERS = {"dcmdump": ["dcmdump", "-q", "+fo"], "gdcmdump": ["gdcmdump"], "gdcminfo": ["gdcminfo"]}


def run(*command, timeout=120):
    """(exit code, what was printed)."""
    try:
        done = subprocess.run(command, capture_output=True, check=False, timeout=timeout)
    except subprocess.TimeoutExpired:
        return -1, ""
    return done.returncode, (done.stdout + done.stderr).decode("utf-8", "replace")


def errors_of(path):
    """dciodvfy's errors without values: what is wrong, and the element and module that it names."""
    _, text = run("dciodvfy", path)
    out = Counter()
    for line in text.splitlines():
        if line.startswith("Error"):
            named = " ".join(re.findall(r"(?:Element|Module|Attribute)=<[^>]*>", line))
            line = re.sub(r"\(0x[0-9a-f]+,0x[0-9a-f]+\)|\w+=<[^>]*>|<[^>]*>|\[\d+\]|[\d.]+( dec)?|= ?\S+", "", line)
            out[re.sub(r"\s+", " ", f"{line} {named}").strip()] += 1
    return out


def reads(path, name):
    """Whether a reader opens a file without an error."""
    if name == "pydicom":
        try:
            ds = pydicom.dcmread(path)
            for element in ds.iterall():
                _ = element.value
            return True
        except Exception:   # pylint: disable=broad-except  # whatever it raises, it does not read
            return False
    if name == "dcmj2pnm":
        with tempfile.NamedTemporaryFile(suffix=".pgm") as out:
            return any(run(tool, "-q", path, out.name)[0] == 0 for tool in ("dcmj2pnm", "dcml2pnm"))
    code, text = run(*READERS[name], path)
    return code == 0 and not (name == "dcmdump" and re.search(r"^E:", text, re.M))


def judge(job):
    """(new errors, readers that fail) of one output."""
    source, output = job
    with tempfile.TemporaryDirectory() as folder:
        before, after = set(errors_of(inflated(source, folder))), set(errors_of(output))
    # Where dciodvfy gives up on the source midway, the errors behind that point are unknown.
    stopped = any(re.search(UNREAD, error) for error in before)
    new = {error for error in after - before if not stopped or re.search(UNREAD, error)}
    failing = [name for name in EVERY if not reads(output, name)]
    # Some syntaxes no reader of Debian 12 knows (HTJ2K, deflated frames), and some pictures no tool can show: a
    # reader's failure counts when it opens the source, and pydicom's, which knows all syntaxes, always.
    return source, output, new, [name for name in failing if name == "pydicom" or reads(source, name)]


def inflated(path, folder):
    """A deflated source in plain bytes, which dciodvfy can read; any other as it is."""
    with open(path, "rb") as file:
        if b"1.2.840.10008.1.2.1.99" not in file.read(1024):
            return path
    out = os.path.join(folder, "inflated.dcm")
    return out if run("dcmconv", "+te", path, out)[0] == 0 else path


def readable_by(path):
    """Who reads a file that was refused."""
    return [name for name in EVERY if reads(path, name)]


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("cli")
    parser.add_argument("--shared", default="")
    parser.add_argument("--resources", default=os.environ.get("KAMEI_RESOURCES", ""))
    parser.add_argument("--set", choices=("samples", "generated"), default="samples")
    parser.add_argument("--policy", default="guideline-2024")
    parser.add_argument("--reveal", action="store_true", help="print the outputs' paths")
    parser.add_argument("--keep", help="folder to work in and to leave behind")
    args = parser.parse_args()
    samples = os.path.join(args.shared, "data", "samples", "dicom")
    if args.set == "samples" and not os.path.isdir(samples):
        print("skipped: the shared samples are absent")
        sys.exit(77)
    if absent := [tool for tool in NEEDED if shutil.which(tool) is None]:
        print("skipped: not installed:", *absent)
        sys.exit(77)
    with tempfile.TemporaryDirectory() as scratch:
        sys.exit(measure(args, samples, args.keep or scratch))


def measure(args, samples, folder):
    """One round; the exit code."""
    workspace, made = os.path.join(folder, "ws"), os.path.join(folder, "made")
    synthetic.write_all(made)
    if args.set == "generated":
        cli(args, "demo", os.path.join(folder, "demo"))
        samples = os.path.join(folder, "demo", "cohort")
    cli(args, "new", workspace, "--title", "conformance", "--purpose", "conformance", "--policy", args.policy)
    cli(args, "import", workspace, samples, made)
    for step in (("detect", workspace), ("decide", workspace, "--accept-suggested"), ("stage", workspace)):
        cli(args, *step)
    staged = {r["source"]: r["staged"] for r in cli(args, "staged", workspace, "--json")}
    refused = {s: a.get("problem") for a in cli(args, "assets", workspace, "--json")
               for s in a["sources"] if s not in staged}
    jobs = [(s, o) for s, o in staged.items() if o.endswith(".dcm") or is_dicom(o)]
    if args.set == "generated":
        jobs = jobs[::6] + [j for j in jobs if j[0].startswith(made)]
    with ThreadPool(os.cpu_count()) as pool:
        results = pool.map(judge, jobs)
    return report(args, results, refused)


def report(args, results, refused):
    """Print the table; the exit code."""
    new, failing = defaultdict(list), defaultdict(list)
    for source, output, errors, names in results:
        for error in errors:
            new[error].append((source, output))
        for name in names:
            failing[name].append((source, output))
    print(f"policy {args.policy}; set {args.set}: {len(results)} outputs, {len(refused)} files refused")
    print(f"\n{'reader':12}{'opens':>8}{'fails':>8}")
    for name in EVERY:
        print(f"{name:12}{len(results) - len(failing[name]):>8}{len(failing[name]):>8}")
        for source, output in failing[name][:None if args.reveal else 3]:
            print(f"    {short(source)}" + (f"  {output}" if args.reveal else ""))
    print(f"{'dciodvfy':12}{len(results) - len({s for v in new.values() for s, _ in v}):>8}"
          f"{len({s for v in new.values() for s, _ in v}):>8}   outputs with an error that the source has not")
    for error, files in sorted(new.items(), key=lambda pair: -len(pair[1])):
        print(f"  {len(files)} x {error}")
        for source, output in files[:None if args.reveal else 2]:
            print(f"       {short(source)}" + (f"  {output}" if args.reveal else ""))
    print("\nrefused:")
    for source, problem in sorted(refused.items()):
        print(f"  {short(source)}: {problem}; read by {', '.join(readable_by(source)) or 'nobody'}")
    good = not new and not any(failing.values()) and len(results) > 10
    print("passed" if good else "FAILED")
    return 0 if good else 1


def short(path):
    """Folder and name."""
    return os.path.join(os.path.basename(os.path.dirname(path)), os.path.basename(path))


if __name__ == "__main__":
    main()
