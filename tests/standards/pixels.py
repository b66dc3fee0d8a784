"""Masks some pictures of every transfer syntax and checks decoded samples inside and outside of all masks.

Pictures are decoded by GDCM (gdcmconv --raw), by DCMTK where GDCM cannot, and by pydicom; source and output by the
same reader, so that two decoders' roundings are never compared. A lossy picture that stays in its syntax may be
blackened in whole blocks: there the mask grows to the grid of blocks, and by one more where decoders smooth colour from
block to block, before samples are compared.
"""
import json
import os
import subprocess
import tempfile
from collections import defaultdict

import numpy as np

from score import read

BLOCK = {"1.2.840.10008.1.2.4.50": 16, "1.2.840.10008.1.2.4.51": 16}
MOST_SAMPLES = 40_000_000


def truth_of(shared, planted):
    """{planted file: [rect]} of the burned-in text whose place is published."""
    path = os.path.join(shared, "data", "samples", "ground_truth", "presidio_burned_in_2.json")
    if not os.path.exists(path):
        return {}
    with open(path, encoding="utf-8") as file:
        boxes = [[b["left"], b["top"], b["width"], b["height"]] for b in next(iter(json.load(file).values()))]
    return {target: boxes for target, row in planted.items() if row[3].endswith("presidio__2_ORIGINAL.dcm")}


def mask_some(cli, workspace, truth):
    """One mask for an asset of every (transfer syntax, colour space, depth), and those that a person would draw over
    burned-in text whose place is known; all masks by source: {path: [(rect, first frame, last frame)]}, from 0."""
    seen = set()
    assets = [a for a in cli("assets", workspace, "--json") if a["kind"] in ("dicom-series", "dicom-slide")]
    for asset in assets:
        for source in set(asset["sources"]) & set(truth):
            for rect in truth[source]:
                cli("mask", workspace, "--asset", str(asset["asset"]), "--rect", ",".join(map(str, rect)))
        kinds = {kind_of(source) for source in asset["sources"]} - {None}
        if not kinds - seen or "problem" in asset:
            continue
        seen |= kinds
        rows, columns = min(size_of(source) for source in asset["sources"])
        if min(rows, columns) < 8:
            continue
        rect = f"{columns // 5},{rows // 5},{max(columns // 3, 2)},{max(rows // 4, 2)}"
        cli("mask", workspace, "--asset", str(asset["asset"]), "--rect", rect)
    masks = defaultdict(list)
    sources = {asset["asset"]: asset["sources"] for asset in assets}
    found = [f for f in cli("findings", workspace, "--json")
             if f["action"] == "mask" and f["state"] in ("accepted", "changed")]
    drawn = {f["asset"] for f in found if f["origin"] == "person"}
    for finding in found:
        # "Look at this picture", accepted beside drawn masks, agrees with them; alone it hides everything.
        if finding["origin"] == "rule" and finding["asset"] in drawn:
            continue
        rect = [0, 0, 65535, 65535] if finding["origin"] == "rule" else finding["locator"]["rect"]
        frames = finding["locator"].get("frames", "all")
        first = 0
        for source in sources.get(finding["asset"], []):
            count = frames_of(source)
            if frames == "all":
                masks[source].append((rect, 0, count - 1))
            elif frames[0] - 1 < first + count and frames[1] - 1 >= first:
                masks[source].append((rect, max(frames[0] - 1 - first, 0), min(frames[1] - 1 - first, count - 1)))
            first += count
    return masks


def frames_of(path):
    """Number of Frames, 1 where none is stated; 0 for what has no pixels."""
    ds = read(path)
    stated = str(ds.get("NumberOfFrames") or 1)
    return (int(stated) if stated.isdigit() else 1) if "PixelData" in ds else 0


def kind_of(path):
    """What makes a picture another case; None when it has none."""
    ds = read(path)
    if "PixelData" not in ds:
        return None
    return (syntax_of(ds), ds.get("PhotometricInterpretation"), ds.get("BitsAllocated"), ds.get("PixelRepresentation"),
            str(ds.get("NumberOfFrames") or 1) != "1")


def syntax_of(ds):
    """Transfer Syntax UID of the file meta information."""
    return str(getattr(ds, "file_meta", {}).get("TransferSyntaxUID", ""))


def size_of(path):
    """(rows, columns)."""
    ds = read(path)
    return int(ds.get("Rows") or 0), int(ds.get("Columns") or 0)


def score(scorer, planted, staged, masks):
    """Count pixels hidden and pixels retained."""
    for path, (_, _, _, origin) in planted.items():
        if path not in staged:
            continue
        scorer.file = os.path.basename(os.path.dirname(origin)) + "/" + os.path.basename(origin)
        before, after = read(path), read(staged[path])
        if "PixelData" not in before:
            continue
        if not masks.get(path) and unchanged(before, after):
            scorer.check("pixels retained", True, "(7FE0,0010)")
            continue
        compare(scorer, path, staged[path], before, masks.get(path, []))


def unchanged(before, after):
    """Whether the very bytes of the pictures are the same, in the same syntax."""
    same = syntax_of(before) == syntax_of(after) or not (is_packed(before) or is_packed(after))
    if not same or "PixelData" not in after:
        return False
    old, new = before.PixelData, after.PixelData
    described = all(before.get(k) == after.get(k) for k in ("Rows", "Columns", "BitsAllocated", "PhotometricInterpretation"))
    return described and (old == new or old.rstrip(b"\0") == new.rstrip(b"\0"))


def is_packed(ds):
    """Whether the frames are encapsulated."""
    syntax = syntax_of(ds)
    return syntax.startswith("1.2.840.10008.1.2.") and syntax[18:] not in ("1", "2", "1.99")


def compare(scorer, source, output, before, rects):
    """Decoded samples of one file."""
    with tempfile.TemporaryDirectory() as folder:
        readers = (by_gdcm, by_dcmtk, by_pydicom) if is_packed(before) else (by_pydicom, by_gdcm)
        for decode in readers:
            old = decode(source, folder)
            new = decode(output, folder) if old is not None else None
            if new is not None:
                break
        else:
            readable = any(d(source, folder) is not None for d in readers)
            scorer.check("pixels retained", not readable, "(7FE0,0010)", "output cannot be decoded, the source can")
            return
    detail = f"{syntax_of(before)} {before.get('PhotometricInterpretation')} by {decode.__name__}"
    if old.shape != new.shape:
        scorer.check("pixels retained", False, "(7FE0,0010)", f"{detail}: {old.shape} -> {new.shape}")
        return
    grid = BLOCK.get(syntax_of(before), 1) if syntax_of(read(output)) == syntax_of(before) else 1
    hidden, differ, most, outside = True, 0, 0, 0
    for number, frame in enumerate(new):
        inside = np.zeros(old.shape[1:3], bool)
        near = np.zeros(old.shape[1:3], bool)
        for (x, y, width, height), first, last in rects:
            if first <= number <= last:
                inside[y:y + height, x:x + width] = True
                margin = grid + 2 if grid > 1 else 0    # colour is coarser than blocks, and decoders smooth it
                near[max(y // grid * grid - margin, 0):-(-(y + height) // grid) * grid + margin,
                     max(x // grid * grid - margin, 0):-(-(x + width) // grid) * grid + margin] = True
        if inside.any():
            samples = frame[inside].reshape(-1, frame.shape[-1]).astype(np.int64)
            hidden = hidden and np.ptp(samples, axis=0).max() == 0
        was, now = old[number][~near], frame[~near]
        outside += was.size
        differ += int((was != now).sum())
        most = max(most, int(np.abs(was.astype(np.int64) - now).max()) if (was != now).any() else 0)
    if rects:
        scorer.check("pixels hidden", hidden, "(7FE0,0010)", detail)
    if outside:
        scorer.check("pixels retained", differ == 0, "(7FE0,0010)",
                     f"{detail}: {differ} of {outside} samples differ, by {most} at most")


def shaped(path):
    """Native samples as (frames, rows, columns, samples)."""
    ds = read(path)
    array = ds.pixel_array
    colour = int(ds.get("SamplesPerPixel") or 1) > 1
    array = array if colour else array[..., None]
    return array if array.ndim == 4 else array[None]


def native(path):
    """shaped(), or None where pydicom cannot."""
    try:
        return shaped(path)
    except Exception:   # pylint: disable=broad-except  # anything may be wrong with a sample
        return None


def converted(folder, *command):
    """Run a converter whose last argument is the file that it writes."""
    out = os.path.join(folder, "native.dcm")
    if os.path.exists(out):
        os.remove(out)
    done = subprocess.run([*command, out], capture_output=True, check=False, timeout=120)
    return native(out) if done.returncode == 0 and os.path.exists(out) else None


def by_gdcm(path, folder):
    """Decoded by GDCM."""
    return converted(folder, "gdcmconv", "--raw", path)


def by_dcmtk(path, folder):
    """Decoded by DCMTK: JPEG and JPEG-LS."""
    for tool in ("dcmdjpeg", "dcmdjpls", "dcmdrle"):
        found = converted(folder, tool, path)
        if found is not None:
            return found
    return None


def by_pydicom(path, _):
    """Decoded by pydicom with Pillow."""
    return native(path)
