#!/usr/bin/env python3
"""Makes annotated documents for the trainer of the text model from the marked ones of
core/detect/text/training: each as it stands, and variants in which names, facilities, numbers and dates of
other fictional people stand, drawn from the product's word lists. The same on every run and machine.

usage: training_text.py [--variants N] MARKED.txt... > OUT.jsonl

A document begins with a line "## type", behind it what is known of its patient: name|kana|chart number|birth
date. Identifiers stand as {P:text}, by the letters of LABELS. The annotation guide is that of score.py: names
without honorifics, dates without 頃, addresses with their building, kinship words never.
"""
import argparse
import json
import pathlib
import re

LABELS = {"P": "PATIENT_NAME", "F": "FAMILY_NAME", "C": "CLINICIAN_NAME", "O": "OTHER_NAME", "D": "DATE",
          "B": "BIRTH_DATE", "A": "AGE", "S": "SEX", "J": "OCCUPATION", "L": "ADDRESS", "M": "MUNICIPALITY",
          "Z": "POSTAL_CODE", "H": "FACILITY", "G": "ORGANIZATION", "T": "PHONE", "E": "EMAIL", "U": "URL",
          "K": "CHART_NO", "X": "EXAM_ID", "I": "INSURANCE_NO", "N": "MY_NUMBER", "V": "PASSPORT_NO",
          "W": "LICENSE_NO", "Y": "PENSION_NO", "R": "RESIDENT_CODE", "Q": "CREDIT_CARD", "9": "OTHER_NO"}
MARK = re.compile(r"\{([A-Z9]):([^{}]+)\}")
NAMES = "PFCO"
ROOT = pathlib.Path(__file__).resolve().parents[2]
BARE = re.compile(r"[\u3041-\u3096\u30a1-\u30fcー]{2,6}|[\u3400-\u9fff]{2,3}")
FOREIGN = re.compile(r"[\u30a1-\u30faー]{2,}(?:・[\u30a1-\u30faー]{2,})+")
LATIN = re.compile(r"[A-Za-z][A-Za-z ,.'^-]*")
KANJI = re.compile(r"[\u3400-\u9fff々ヶ]+")


class Sequence:
    """Numbers that are the same with every version of Python (Knuth's MMIX constants)."""

    def __init__(self, seed):
        self.state = seed

    def below(self, bound):
        self.state = (self.state * 6364136223846793005 + 1442695040888963407) % 2**64
        return (self.state >> 33) % bound

    def one_of(self, items):
        return items[self.below(len(items))]


def rows(name):
    for line in (ROOT / "resources/japanese" / name).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            yield line.split("\t")


class Lists:
    def __init__(self, documents):
        surnames = [(row[0], int(row[1]) if len(row) > 1 and row[1] else 0) for row in list(rows("surnames.tsv"))[1:]]
        self.surnames = {name for name, _ in surnames}
        kanji = [(name, n) for name, n in surnames if KANJI.fullmatch(name) and len(name) <= 4]
        kanji.sort(key=lambda row: (-row[1], row[0]))
        self.common = [name for name, n in kanji if n > 0][:6000]
        self.rare = [name for name, n in kanji if n == 0]
        given = [row[0] for row in list(rows("given_names.tsv"))[1:]]
        self.given = {name for name in given}
        self.kanji_given = [n for n in given if KANJI.fullmatch(n) and 1 <= len(n) <= 3]
        # Surnames of no list: the first kanji of one name and the last of another.
        firsts = sorted({name[0] for name, _ in kanji})
        lasts = sorted({name[-1] for name, _ in kanji})
        self.firsts = [c for c in firsts if c != "々"]
        self.lasts = [c for c in lasts if c not in "々ヶ"]
        self.kana_given = [n for n in given if re.fullmatch(r"[\u3041-\u3096]{2,4}", n)]
        self.katakana_given = [n for n in given if re.fullmatch(r"[\u30a1-\u30fa]{2,4}", n)]
        places = list(rows("municipalities.tsv"))[1:]
        self.places = sorted({row[3] for row in places if row[3]})
        self.full_places = sorted({row[1] + row[3] for row in places if row[3]})
        self.suffixes = sorted({row[1] for row in rows("words.tsv")
                                if row[0] in ("facility-suffix", "org-suffix") and len(row[1]) > 1},
                               key=lambda w: (-len(w), w))
        self.stems = sorted({self.stem(text) for body in documents for letter, text in MARK.findall(body)
                             if letter in "HG" and 2 <= len(self.stem(text)) <= 6})
        # Names of places of care and of others that end in no word which says what they are.
        self.bare = {letter: sorted({text for body in documents for kind, text in MARK.findall(body)
                                     if kind == letter and BARE.fullmatch(text) and self.stem(text) == text})
                     for letter in "HG"}
        self.foreign = sorted({part for body in documents for kind, text in MARK.findall(body)
                               if kind in NAMES and FOREIGN.fullmatch(text) for part in text.split("・")})
        self.latin = sorted({part for body in documents for kind, text in MARK.findall(body)
                             if kind in NAMES and LATIN.fullmatch(text) for part in re.findall("[A-Za-z]{3,}", text)})
        self.jobs = sorted({text for body in documents for letter, text in MARK.findall(body) if letter == "J"})

    def stem(self, text):
        for suffix in self.suffixes:
            if text.endswith(suffix) and len(text) > len(suffix) + 1:
                return text[:-len(suffix)]
        return text


class Variant:
    """One set of replacements, the same text replaced alike through a document."""

    def __init__(self, lists, sequence):
        self.lists, self.draw, self.said = lists, sequence, {}

    def alike(self, key, make):
        if key not in self.said:
            self.said[key] = make()
        return self.said[key]

    def surname(self, old):
        def make():
            lists, pick = self.lists, self.draw.below(10)
            if pick < 8:
                return self.draw.one_of(lists.common if pick < 5 else lists.rare)
            while True:
                made = self.draw.one_of(lists.firsts) + self.draw.one_of(lists.lasts)
                if made not in lists.surnames and made not in lists.given and made[0] != made[1]:
                    return made
        return self.alike(("s", old), make)

    def given(self, old):
        def make():
            if re.fullmatch(r"[\u3041-\u3096]+", old):
                return self.draw.one_of(self.lists.kana_given)
            if re.fullmatch(r"[\u30a1-\u30fa]+", old):
                return self.draw.one_of(self.lists.katakana_given)
            return self.draw.one_of(self.lists.kanji_given)
        return self.alike(("g", old), make)

    def latin(self, old):
        """Another name in the capitals that stand there."""
        fresh = self.alike(("w", old.lower()), lambda: self.draw.one_of(self.lists.latin))
        return fresh.upper() if old.isupper() else fresh.lower() if old.islower() else fresh.capitalize()

    def name(self, old):
        if LATIN.fullmatch(old):
            return re.sub("[A-Za-z]{3,}", lambda m: self.latin(m[0]), old)
        if FOREIGN.fullmatch(old):
            return "・".join(self.alike(("w", part), lambda: self.draw.one_of(self.lists.foreign))
                            for part in old.split("・"))
        if not re.fullmatch(r"[\u3041-\u3096\u30a1-\u30fa\u3400-\u9fff々ヶ ]+", old):
            return old
        if " " in old:
            surname, _, given = old.partition(" ")
            if not KANJI.fullmatch(surname) or " " in given:
                return old
            return self.surname(surname) + " " + self.given(given)
        if re.fullmatch(r"[\u30a1-\u30fa]+", old):
            return old if len(old) > 4 else self.given(old)
        if re.fullmatch(r"[\u3041-\u3096]+", old) or (old in self.lists.given and old not in self.lists.surnames):
            return self.given(old)
        if not KANJI.fullmatch(old):
            for cut in (1, 2, 3):
                if re.fullmatch(r"[\u3041-\u3096\u30a1-\u30fa]{2,4}", old[cut:]):
                    return self.surname(old[:cut]) + self.given(old[cut:])
            return old
        if len(old) >= 4 and old[:2] in self.lists.surnames and old[2:] in self.lists.given:
            return self.surname(old[:2]) + self.given(old[2:])
        return self.surname(old)

    def institution(self, letter, old):
        def make():
            if BARE.fullmatch(old) and self.lists.stem(old) == old:
                return self.draw.one_of(self.lists.bare[letter]) if self.draw.below(3) else old
            stem = self.lists.stem(old)
            suffix = old[len(stem):]
            if not suffix or " " in stem or not re.search(r"[\u3041-\u30fa\u3400-\u9fff]", stem):
                return old
            kind = self.draw.below(10)
            fresh = (self.draw.one_of(self.lists.stems) if kind < 5 else
                     self.draw.one_of(self.lists.common) if kind < 7 else
                     re.sub("[市区町村]$", "", self.draw.one_of(self.lists.places)) if kind < 9 else
                     self.draw.one_of(self.lists.kana_given))
            return fresh + suffix
        return self.alike(("h", old), make)

    def number(self, old):
        return re.sub(r"[0-9]", lambda m: m[0] if m[0] == "0" else str(1 + self.draw.below(9)), old)

    def date(self, old):
        """Another month and day in the notation that stands there."""
        def month(m):
            return m[1] + str(1 + self.draw.below(12)) + m[3]
        out = re.sub(r"()(\d{1,2})(月)", month, old)
        out = re.sub(r"(月)(\d{1,2})(日)", lambda m: m[1] + str(1 + self.draw.below(28)) + m[3], out)
        return re.sub(r"^(\d{1,2})/(\d{1,2})$",
                      lambda m: f"{1 + self.draw.below(12)}/{1 + self.draw.below(28)}", out)

    def place(self, old):
        if old in self.lists.places:
            return self.draw.one_of(self.lists.places)
        return self.draw.one_of(self.lists.full_places) if re.search("[都道府県].+[市区町村]$", old) else old

    def replace(self, letter, old):
        if letter in NAMES:
            return self.name(old)
        if letter in "HG":
            return self.institution(letter, old)
        if letter in "KXIA":
            return self.number(old)
        if letter == "D":
            return self.date(old)
        if letter == "M":
            return self.place(old)
        if letter == "J":
            return self.draw.one_of(self.lists.jobs) if self.draw.below(2) else old
        return old


def annotate(body, replace):
    text, spans, end = "", [], 0
    for mark in MARK.finditer(body):
        text += body[end:mark.start()]
        value = replace(mark[1], mark[2])
        spans.append({"start": len(text), "end": len(text) + len(value), "label": LABELS[mark[1]]})
        text += value
        end = mark.end()
    text += body[end:]
    if "{" in text or "}" in text:
        raise SystemExit(f"a mark that is none: {text[:60]!r}")
    return text, spans


def documents(path):
    for number, part in enumerate(re.split(r"(?m)^## ", path.read_text(encoding="utf-8"))[1:]):
        head, _, body = part.partition("\n")
        kind, _, known = head.partition(" ")
        keys = ("patient_name", "patient_kana", "chart_no", "birth_date")
        yield (f"{path.stem}-{number}", kind,
               {key: value for key, value in zip(keys, known.strip().split("|")) if value}, body.rstrip("\n"))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--variants", type=int, default=0)
    parser.add_argument("marked", nargs="+", type=pathlib.Path)
    args = parser.parse_args()
    every = [document for path in args.marked for document in documents(path)]
    lists = Lists([body for *_, body in every])
    sequence = Sequence(42)
    for name, kind, known, body in every:
        for number in range(args.variants + 1):
            variant = Variant(lists, sequence)
            text, spans = annotate(body, variant.replace if number else lambda _, old: old)
            told = known
            if number and known:
                told = {key: value for key, value in known.items() if key in ("birth_date",)}
                if "patient_name" in known:
                    told["patient_name"] = variant.name(known["patient_name"])
            print(json.dumps({"id": f"{name}#{number}" if args.variants else name, "type": kind, "origin": "prose" if not number else "slot",
                              "text": text, "spans": spans, "known": told}, ensure_ascii=False))


if __name__ == "__main__":
    main()
