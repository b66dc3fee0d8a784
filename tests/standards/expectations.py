"""What must happen to a DICOM attribute: an own reading of PS3.15 Table E.1-1 (2024b) under a policy's options,
with the guideline's table (section 5.4.2) on top. It shares no code with the program under test; on a machine
without the standard's tables it falls back to the program's copy of the table, and says so in `source`.
"""
import csv
import json
import os
import re
from dataclasses import dataclass

OPTIONS = {"rtnSafePrivOpt": "safe-private", "rtnUIDsOpt": "uids", "rtnDevIdOpt": "device-identity",
           "rtnInstIdOpt": "institution-identity", "rtnPatCharsOpt": "patient-characteristics",
           "rtnLongFullDatesOpt": "full-dates", "rtnLongModifDatesOpt": "modified-dates",
           "cleanDescOpt": "clean-descriptors", "cleanStructContOpt": "clean-structured-content",
           "cleanGraphOpt": "clean-graphics"}

POLICIES = {
    "guideline-2024": {"clean-pixel-data", "clean-visual-features", "clean-graphics", "clean-structured-content",
                       "clean-descriptors", "modified-dates", "patient-characteristics", "device-identity",
                       "safe-private"},
    "dicom-basic": set(),
}

TEXT = {"LO", "SH", "ST", "LT", "UT", "UC"}
NUMBERS = {"DS", "IS", "US", "SS", "UL", "SL", "FL", "FD", "SV", "UV", "AT", "CS"}

# Guideline 5.4.2 where it says something else than the profile under its options (rules.tsv).
GUIDELINE = {"00100010": "pseudonym", "00100020": "pseudonym", "00100030": "month", "00101010": "age",
             "00100040": "keep", "00080020": "shift", "00080050": "remove", "00200010": "remove",
             "00080080": "remove", "00080090": "remove", "00080092": "remove", "00080094": "remove",
             "00081010": "keep", "00081050": "remove", "00081060": "remove", "00081070": "remove",
             "00081030": "clean", "00104000": "clean", "00324000": "clean", "00184000": "clean"}

# Attributes of Table E.1-1 that the patient, study, series, equipment and SOP modules make mandatory in every
# composite IOD (PS3.3 C.7.1.1, C.7.2.1, C.7.3.1, C.12.1): type 1 keeps a value, type 2 keeps the attribute.
TYPE_1 = {"0020000D", "0020000E", "00080018"}
TYPE_2 = {"00100010", "00100020", "00100030", "00100040", "00080020", "00080030", "00080090", "00200010", "00080050"}

# UIDs that name a class, a scheme or a context: Table E.1-1 does not list them.
CLASS_UIDS = {"00080016", "0008001A", "0008001B", "00080062", "0008010C", "00080117", "00080118", "0008040E",
              "00081150", "0008115A", "00083002", "00340003", "04000010", "04000510", "30100052", "30100053"}


@dataclass
class Expectation:
    """What must happen to one attribute: keep, clean, shift, uid, month, age, pseudonym, remove or descend."""
    action: str
    notnull: bool = False   # a value must stand in the output (D, or type 1)
    present: bool = False   # the attribute must stand in the output (type 2)
    listed: bool = True


class Profile:
    """Table E.1-1 under the options of one policy."""

    def __init__(self, policy, shared, resources):
        name = policy.split("+")[0]
        self.guideline = name.startswith("guideline")
        self.options = set(POLICIES[name]) | set(policy.split("+")[1:])
        standard = os.path.join(shared or "", "data", "dicom-standard")
        own = os.path.isdir(standard)
        self.source = "PS3.15 2024b Table E.1-1" + ("" if own else " (as copied into the resources)")
        self.table = read_json_table(standard) if own else read_tsv_table(resources)
        self.names = read_names(standard) if own else read_tsv_names(resources)
        self.safe = read_safe(standard, resources, own)

    def row(self, tag):
        """The row of a tag, repeating groups included."""
        return self.table.get(tag) or wild(self.table, tag)

    def is_known(self, tag):
        """Whether the data dictionary knows a standard attribute."""
        return tag in self.names or wild(self.names, tag) is not None

    def is_safe(self, creator, tag):
        """Whether PS3.15 Table E.3.10-1 names a private attribute, and the policy keeps those."""
        return "safe-private" in self.options and (creator, tag[:4], tag[6:]) in self.safe

    def of(self, tag, vr, creator=None):
        """What must happen to an attribute; `creator` is given for private ones."""
        if int(tag[:4], 16) % 2:
            if not self.is_safe(creator, tag):
                return Expectation("remove")
            return Expectation("descend" if vr == "SQ" else "clean" if vr in TEXT else "keep")
        row = self.row(tag)
        if tag[4:] == "0000" or tag[:4] in ("0000", "0002", "0004", "0006") or tag == "FFFCFFFC":
            return Expectation("remove")
        if tag[:2] in ("50", "60") and (row is None or "clean-graphics" in self.options):
            # Overlays and curves are looked at or go whole, description included: bits cannot be cleaned unseen.
            return Expectation("clean" if tag[4:] == "4000" else "any")
        if row is None:
            return self.unlisted(tag, vr)
        out = self.listed(tag, vr, row)
        if self.guideline and tag in GUIDELINE:
            out.action = GUIDELINE[tag]
        elif tag == "00100020":
            out.action = "pseudonym"
        out.present |= tag in TYPE_1 | TYPE_2
        out.notnull |= tag in TYPE_1
        return out

    def listed(self, tag, vr, row):
        """A row of the table under the options."""
        codes = {row[o] for o in row if o in self.options and not (o == "full-dates" and "modified-dates" in self.options)}
        date = vr in ("DA", "DT")
        if "K" in codes and not (date and "C" in codes):
            return Expectation("descend" if vr == "SQ" else "keep")
        if "C" in codes:
            if vr == "SQ":
                return Expectation("descend")
            if date:
                return Expectation("shift")
            if vr == "TM" or row.get("modified-dates") == "C":
                return Expectation("keep")
            return Expectation("clean" if vr in TEXT | {"CS"} else "cleaned-or-removed")
        basic = row["basic"]
        if basic == "X/Z/U*":
            return Expectation("optional-descend")
        if basic == "U":
            return Expectation("uid", notnull=True)
        return Expectation("remove", notnull=basic == "D" and vr != "SQ")

    def unlisted(self, tag, vr):
        """An attribute that the table does not name."""
        if not self.is_known(tag):
            return Expectation("remove")
        if vr == "SQ":
            return Expectation("descend", listed=False)
        if vr == "UI":
            return Expectation("class-uid" if tag in CLASS_UIDS else "uid", listed=False)
        if vr in ("PN", "UR"):
            return Expectation("remove", listed=False)
        if vr in ("DA", "DT"):
            return Expectation("shift" if "modified-dates" in self.options else "remove", listed=False)
        if vr in TEXT:
            return Expectation("clean", listed=False)
        if vr in NUMBERS or vr in ("OB", "OW", "OF", "OD", "OL", "OV"):
            return Expectation("keep", listed=False)
        return Expectation("any", listed=False)


def wild(rows, tag):
    """What stands for a tag of a repeating group (50xx, 60xx and other patterns with X)."""
    for key in rows:
        if "X" in key and re.fullmatch(key.replace("X", "[0-9A-F]"), tag):
            return rows[key]
    return None


def read_json_table(folder):
    """Rows by tag: basic code and the codes of the options."""
    with open(os.path.join(folder, "confidentiality_profile_attributes.json"), encoding="utf-8") as file:
        rows = json.load(file)
    return {r["id"].upper(): {"basic": r["basicProfile"], **{o: r[k] for k, o in OPTIONS.items() if k in r}}
            for r in rows if re.fullmatch("[0-9A-FX]{8}", r["id"].upper())}


def tsv(path):
    """Rows of a table with '#' comments."""
    with open(path, encoding="utf-8") as file:
        return list(csv.DictReader((line for line in file if not line.startswith("#")), delimiter="\t"))


def read_tsv_table(resources):
    """The program's copy of the table."""
    rows = tsv(os.path.join(resources, "dicom", "confidentiality.tsv"))
    return {r["tag"].upper(): {"basic": r["basic"], **{o: r[o] for o in OPTIONS.values() if r.get(o, "-") in ("K", "C")}}
            for r in rows if re.fullmatch("[0-9A-FX]{8}", r["tag"].upper())}


def read_names(folder):
    """VR by tag of the data dictionary."""
    with open(os.path.join(folder, "attributes.json"), encoding="utf-8") as file:
        return {r["id"].upper(): r["valueRepresentation"] for r in json.load(file)}


def read_tsv_names(resources):
    """VR by tag of the program's copy of the data dictionary."""
    return {r["tag"].upper(): r["vr"] for r in tsv(os.path.join(resources, "dicom", "attributes.tsv"))}


def read_safe(folder, resources, own):
    """(creator, group, element) of PS3.15 Table E.3.10-1."""
    if own:
        rows = tsv(os.path.join(folder, "safe_private_E3.10_from_gdcm.tsv"))
        return {(r["private_creator"], r["group"].upper(), r["element(xx)"].upper()) for r in rows}
    rows = tsv(os.path.join(resources, "dicom", "safe-private.tsv"))
    return {(r["creator"], r["group"].upper(), r["element"].upper()) for r in rows}
