#!/usr/bin/env python3
"""Learns what tells drawn letters from texture: writes core/detect/vision/LikenessTable.inc.

usage: text_likeness.py PROGRAM OUT [PICTURE ...]
    PROGRAM   kamei-line-samples, built with the tests
    PICTURE   pictures (DICOM, JPEG, PNG) without any letters

Boosted stumps (LogitBoost with one split a round: J. Friedman et al., Annals of Statistics 28, 2000), learned
from four fifths of the pictures; prints recall of drawn lines and false lines on the rest.
"""
import collections
import subprocess
import sys

import numpy

FEATURES = ["kHeight", "kStrokes", "kInkSpread", "kOwnSpread", "kEdge", "kContrast", "kWidthShare", "kWidthSpread",
            "kFill", "kAlign", "kQuiet", "kGround", "kSizeSpread", "kTall", "kLength"]
SEEDS = 24
ROUNDS = 120
RATE = 0.5


def read(lines):
    truth, rows = [], []
    for line in lines:
        part = line.rstrip("\n").split(",")
        (truth if part[0] == "T" else rows).append(part)
    return truth, rows


def boost(values, wanted, weight):
    odds = numpy.zeros(len(wanted))
    borders = [numpy.unique(numpy.percentile(values[:, j], numpy.linspace(2, 98, 33))) for j in range(values.shape[1])]
    bins = [numpy.digitize(values[:, j], borders[j]) for j in range(values.shape[1])]
    stumps = []
    for _ in range(ROUNDS):
        share = 1 / (1 + numpy.exp(-odds))
        slope = weight * (wanted - share)
        curve = weight * share * (1 - share) + 1e-6
        best = None
        for j, border in enumerate(borders):
            count = len(border) + 1
            g = numpy.bincount(bins[j], slope, count)
            h = numpy.bincount(bins[j], curve, count)
            below_g, below_h = numpy.cumsum(g)[:-1], numpy.cumsum(h)[:-1]
            above_g, above_h = g.sum() - below_g, h.sum() - below_h
            gain = below_g ** 2 / (below_h + 1) + above_g ** 2 / (above_h + 1)
            i = int(numpy.argmax(gain))
            if best is None or gain[i] > best[0]:
                best = (gain[i], j, border[i], RATE * below_g[i] / (below_h[i] + 1),
                        RATE * above_g[i] / (above_h[i] + 1))
        _, j, border, below, above = best
        stumps.append((j, float(f"{border:.4g}"), round(below, 3), round(above, 3)))
        odds += numpy.where(values[:, j] < stumps[-1][1], stumps[-1][2], stumps[-1][3])
    return stumps


def score(stumps, values):
    odds = numpy.zeros(len(values))
    for j, border, below, above in stumps:
        odds += numpy.where(values[:, j] < border, below, above)
    return odds


def main():
    program, out, *pictures = sys.argv[1:]
    done = subprocess.run([program, str(SEEDS), *pictures], stdout=subprocess.PIPE, text=True, errors="replace",
                          check=True)
    truth, rows = read(done.stdout.splitlines())
    picture = numpy.array([int(r[1]) for r in rows])
    line = numpy.array([int(r[4]) for r in rows])
    box = numpy.array([[int(v) for v in r[5:9]] for r in rows])
    values = numpy.array([[float(v) for v in r[10:10 + len(FEATURES)]] for r in rows])
    train = picture % 5 != 0
    used = train & (line >= 0)
    wanted = (line > 0).astype(float)
    weight = numpy.where(wanted == 1, 1 / (wanted[used] == 1).sum(), 1 / (wanted[used] == 0).sum()) * used.sum() / 2
    stumps = boost(values[used], wanted[used], weight[used])
    odds = score(stumps, values)
    for border in (-3, -2, -1, 0, 1, 2):
        hits, total = 0, 0
        for t in truth:
            if int(t[1]) % 5 != 0:
                continue
            x, y, width, height = map(int, t[4:8])
            cover = numpy.zeros(width, bool)
            for b in box[(picture == int(t[1])) & (odds > border)]:
                if b[1] < y + .35 * height and b[1] + b[3] > y + .65 * height:
                    cover[max(0, b[0] - x):max(0, b[0] + b[2] - x)] = True
            hits += cover.mean() > .85
            total += 1
        false = collections.Counter(picture[~train & (line == 0) & (odds > border)].tolist())
        print(f"log-odds {border}: {hits} of {total} drawn lines; {sum(false.values())} false lines "
              f"(before merging) on {len(false)} of {len(set(picture[~train].tolist()))} pictures")
    with open(out, "w", encoding="utf-8") as file:
        for j, border, below, above in stumps:
            file.write(f"    Stump{{{FEATURES[j]}, {border:g}, {below:g}, {above:g}}},\n")


main()
