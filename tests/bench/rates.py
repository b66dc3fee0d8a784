#!/usr/bin/python3
"""Print how fast kamei-cli takes in, examines and stages a cohort, and its peak memory.

    rates.py KAMEI_CLI [--cohort DIR] [--shared DIR] [--patients 19] [--rounds 3]

Without --cohort the CT cohort of the shared bench is made in a temporary folder (needs numpy and
pydicom), and without that the demo cohort is used. Nothing is asserted: figures are proportions of
one machine on one day. Build with the release preset first.
"""
import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time


def measured(command):
    """Run a command; wall seconds, CPU seconds, peak MiB."""
    begin = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode > 1:
        sys.exit(f"{command[1]} failed with {process.returncode}")
    return time.monotonic() - begin, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def make_cohort(args, folder):
    """The cohort to be measured, and what it is."""
    if args.cohort:
        return args.cohort, "given cohort"
    maker = os.path.join(args.shared or "", "bench", "dicom", "make_ct_cohort.py")
    target = os.path.join(folder, "cohort")
    if os.path.exists(maker):
        done = subprocess.run([sys.executable, maker, target, "--patients", str(args.patients)],
                              capture_output=True, check=False)
        if done.returncode == 0:
            return target, f"CT cohort, {args.patients} patients"
    shutil.rmtree(target, ignore_errors=True)
    subprocess.run([args.cli, "demo", target], check=True, capture_output=True)
    return os.path.join(target, "cohort"), "demo cohort"


def one_round(cli, cohort, workspace):
    """Measures of each step on a fresh workspace."""
    shutil.rmtree(workspace, ignore_errors=True)
    steps = [("new", [cli, "new", workspace, "--policy", "dicom-basic"]),
             ("import", [cli, "import", workspace, cohort]),
             ("import again", [cli, "import", workspace, cohort]),
             ("detect", [cli, "detect", workspace]),
             ("decide", [cli, "decide", workspace, "--accept-suggested"]),
             ("stage", [cli, "stage", workspace]),
             ("stage again", [cli, "stage", workspace]),
             ("gate", [cli, "gate", workspace, "--json"])]
    return {name: measured(command) for name, command in steps}


def table(rounds, files, title):
    """Medians of the rounds, one line a step."""
    print(f"{title}: {files} files, {len(rounds)} rounds, median, {os.cpu_count()} cores")
    print(f"{'step':14} {'wall s':>8} {'CPU s':>8} {'files/s':>9} {'files/CPU s':>12} {'peak MiB':>9}")
    for step in rounds[0]:
        wall, cpu, peak = (sorted(r[step][i] for r in rounds)[len(rounds) // 2] for i in range(3))
        print(f"{step:14} {wall:8.2f} {cpu:8.2f} {files / max(wall, 0.001):9.0f} "
              f"{files / max(cpu, 0.001):12.0f} {peak:9.0f}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("cli")
    parser.add_argument("--cohort")
    parser.add_argument("--shared")
    parser.add_argument("--patients", type=int, default=19)
    parser.add_argument("--rounds", type=int, default=3)
    args = parser.parse_args()
    folder = tempfile.mkdtemp(prefix="kamei-bench-")
    try:
        cohort, title = make_cohort(args, folder)
        files = sum(len(names) for _, _, names in os.walk(cohort))
        workspace = os.path.join(folder, "workspace")
        rounds = [one_round(args.cli, cohort, workspace) for _ in range(args.rounds)]
        table(rounds, files, title)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
