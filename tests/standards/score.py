"""Scores processed files against their sources, action by action, as score_dicom.py's header defines."""
import re
import unicodedata
from collections import Counter, defaultdict

import pydicom
from pydicom.datadict import dictionary_has_tag, dictionary_VR
from pydicom.dataset import Dataset
from pydicom.multival import MultiValue

from expectations import CLASS_UIDS, TEXT

MISSING = object()
SPEAKING = ("PN", "LO", "ST", "LT", "UT", "DA", "DT", "UI")
# A coded concept or a class says nothing of anybody: a dummy of a report may keep its structure.
CODES = {0x00080104, 0x0008010C, 0x00081150}
HOLDERS = {"PatientID", "OtherPatientIDs", "InstitutionName", "InstitutionalDepartmentName", "AccessionNumber", "StudyID",
           "InstitutionAddress", "PatientAddress", "IssuerOfPatientID"}
WELL_KNOWN = "1.2.840.10008."
PIXELS = {"7FE00010", "7FE00008", "7FE00009", "7FE00001", "7FE00002"}
# Rewritten by every de-identifier: markers and the character set.
OWN = {"00080005", "00120062", "00120063", "00120064", "00280303", "00280301", "00280302"}
# What describes the pixels may follow once they are masked.
PICTURE = {f"0028{n}" for n in ("0002", "0004", "0006", "0100", "0101", "0102", "0103", "0106", "0107", "0108", "0109",
                                "2110", "2112", "2114")} | {"00080008", "00082111"}


def read(path):
    """A data set, whatever surrounds it."""
    return pydicom.dcmread(path, force=True)


def element_of(ds, tag):
    """An element as pydicom converts it; None when it cannot be converted."""
    try:
        return ds[tag]
    except Exception:   # pylint: disable=broad-except  # a broken element of a sample raises anything
        return None


def text_of(element):
    """A value as text: multiple values joined, numbers as written, bytes in hexadecimal."""
    value = element.value
    if value is None:
        return ""
    if isinstance(value, (bytes, bytearray)):
        return bytes(value).rstrip(b"\0").hex()
    if isinstance(value, (MultiValue, list, tuple)):
        return "\\".join(number(v) for v in value).strip()
    return number(value)


def number(value):
    """One value; decimal strings as they were written."""
    return str(getattr(value, "original_string", None) or value).strip(" \0\r\n\t")


def has(text, part):
    """Whether a text holds a part, whatever the spacing and case."""
    return squeeze(part) in squeeze(text)


def squeeze(text):
    """Without white space and case."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).lower()


def words_of_people(paths):
    """Words of the names, numbers and institutions that files hold."""
    out = set()
    for path in paths:
        try:
            for element in read(path).iterall():
                if element.VR == "PN" or element.keyword in HOLDERS:
                    text = text_of(element)
                    out |= {w.lower() for w in re.findall(r"[A-Za-z0-9]{2,}", text)}
                    out |= {w for w in re.findall(r"[^\x00-\x7f]{2,}", text) if not has_surrogates(w)}
        except Exception:   # pylint: disable=broad-except  # a broken sample raises anything
            continue
    return out


class Scorer:
    """Counts required actions and those carried out; keeps an example of each failure."""

    def __init__(self, profile, people):
        self.profile = profile
        self.people = people    # words that name somebody in the files as they were before planting
        self.total, self.passed = Counter(), Counter()
        self.failures = []
        self.shifts = defaultdict(Counter)      # person -> days
        self.uids, self.origins = {}, {}
        self.ids = defaultdict(set)             # person -> new Patient IDs
        self.person = self.file = None
        self.answers = {}

    def check(self, category, good, path, detail=""):
        """Count one required action."""
        self.total[category] += 1
        if good:
            self.passed[category] += 1
        else:
            self.failures.append((category, self.file, path, detail))

    def compare(self, person, file, source, output, answers, masked):
        """Score one processed file."""
        self.person, self.file, self.answers = person, file, answers
        self.exam = str(source.get("StudyDate", ""))
        self.own = OWN | PICTURE if masked else OWN
        shift = days(source.get("StudyDate"), output.get("StudyDate"))
        self.shift = shift if shift is not None else next(iter(self.shifts[person]), None)
        self.walk(source, output, "", False)
        self.ids[person].add(str(output.get("PatientID", "")))
        self.check("markers", output.get("PatientIdentityRemoved") == "YES", "(0012,0062)")
        self.check("markers", bool(output.get("DeidentificationMethod")), "(0012,0063)")
        codes = {i.get("CodeValue") for i in output.get("DeidentificationMethodCodeSequence", [])}
        self.check("markers", "113100" in codes, "(0012,0064)")
        modified = "MODIFIED" if "modified-dates" in self.profile.options else "REMOVED"
        self.check("markers", output.get("LongitudinalTemporalInformationModified") == modified, "(0028,0303)")

    def walk(self, source, output, path, gone):
        """Every attribute of one data set or item; `gone` inside a sequence that must not stay as it is."""
        creators = {}
        for tag in sorted(source.keys()):
            code = f"{tag.group:04X}{tag.element:04X}"
            if tag.is_private_creator:
                element = element_of(source, tag)
                creators[(tag.group, tag.element)] = text_of(element) if element is not None else ""
                continue
            if code in PIXELS or code == "00080005" or (code in self.own and not path):
                continue
            element = element_of(source, tag)
            vr = vr_of(tag, element)
            creator = creators.get((tag.group, tag.element >> 8)) if tag.is_private else None
            want = self.profile.of(code, vr, creator)
            there = element_of(output, tag) if output is not None and tag in output else MISSING
            here = f"{path}({code[:4]},{code[4:]})"
            if vr == "SQ" and element is not None:
                self.sequence(element, there, here, want, gone)
            elif element is not None:
                self.leaf(code, vr, element, there, here, want, gone)
            else:
                # What is no value of its VR cannot be vouched for: nothing of it may stay under its name.
                old = source.get_item(tag).value
                new = output.get_item(tag).value if there is not MISSING else None
                self.check("text removed", not old or new != old, here, f"{vr} holds what it cannot hold")
        if output is not None:
            self.additions(source, output, path)

    def additions(self, source, output, path):
        """Nothing appears in the output that the source did not have, markers aside."""
        for tag in output.keys():
            code = f"{tag.group:04X}{tag.element:04X}"
            if tag not in source and tag.is_private:
                self.check("text removed", False, f"{path}({code[:4]},{code[4:]})", "private attribute appeared")

    def sequence(self, element, there, here, want, gone):
        """A sequence: descended into, or gone."""
        items = list(there.value or []) if isinstance(getattr(there, "value", None), pydicom.Sequence) else []
        if want.action == "remove" or gone:
            if not want.notnull and not gone:
                self.check("text removed", not items or not leaks(element.value, items), here, "sequence stays")
            for i, item in enumerate(element.value):
                self.walk_gone(item, items[i] if i < len(items) else None, f"{here}[{i}].")
            return
        optional = want.action == "optional-descend"
        if not optional and element.value:
            self.check("tag retained", there is not MISSING, here, "sequence lost")
        if optional and not items:
            return
        for i, item in enumerate(element.value):
            self.walk(item, items[i] if i < len(items) else Dataset(), f"{here}[{i}].", False)

    def walk_gone(self, source, output, path):
        """Inside a removed sequence: no text, date or instance UID may stand where it stood."""
        for tag in source.keys():
            element = element_of(source, tag)
            if element is None or tag.is_private_creator:
                continue
            there = element_of(output, tag) if output is not None and tag in output else None
            here = f"{path}({tag.group:04X},{tag.element:04X})"
            if element.VR == "SQ":
                items = list(there.value or []) if there is not None and there.VR == "SQ" else []
                for i, item in enumerate(element.value):
                    self.walk_gone(item, items[i] if i < len(items) else None, f"{here}[{i}].")
            elif element.VR in SPEAKING and tag not in CODES and text_of(element):
                same = there is not None and text_of(there) == text_of(element)
                self.check("text removed", not same or text_of(element).startswith(WELL_KNOWN), here)

    def leaf(self, code, vr, element, there, here, want, gone):
        """One attribute with a value."""
        old = text_of(element)
        new = text_of(there) if there not in (MISSING, None) else ""
        if want.present:
            self.check("tag retained", there is not MISSING, here, want.action)
        if not old:
            return
        if want.notnull:
            self.check("text not null", bool(new), here, want.action)
        action = want.action
        if action == "remove":
            dummy = old.startswith("19000101") or vr in ("DS", "IS") and new == "0" or vr in ("SQ", "CS") and new == "REMOVED"
            self.check("text removed", new != old or dummy or (vr == "TM" and old == "000000"), here, vr)
            for word in self.answers.get(here, ((), ()))[1]:
                self.check("text removed", not has(new, word), here, vr)
        elif action == "uid" or (action == "keep" and vr == "UI"):
            self.uid(old, new, here, action == "keep")
        elif action == "class-uid":
            if old.startswith(WELL_KNOWN):
                self.check("text retained", new == old, here, vr)
        elif action == "shift":
            self.date(vr, old, new, there, here)
        elif action == "month":
            # Of who is 90 or older the month would tell the age that is top-coded: then nothing of it.
            aged = re.fullmatch(r"\d{8}", old) and self.exam[:4].isdigit() and int(self.exam[:4]) - int(old[:4]) >= 90
            wanted = [old[:6] + "01"] if re.fullmatch(r"\d{8}", old) else [""]
            self.check("text removed", new in wanted + [""] * bool(aged), here, f"birth date {old} -> {new}")
        elif action == "age":
            old_age = re.fullmatch(r"(\d{3})Y", old)
            wanted = "090Y" if old_age and int(old_age[1]) >= 90 else old
            if re.fullmatch(r"\d{3}[DWMY]", old):
                self.check("text retained", new == wanted, here, "age")
        elif action == "pseudonym":
            self.check("text removed", new != old, here)
            self.check("text not null", bool(new), here)
        elif action in ("clean", "keep") and here in self.answers and vr not in TEXT:
            data = bytes.fromhex(new).decode("latin-1") if re.fullmatch("([0-9a-f]{2})*", new) else new
            for word in self.answers[here][1]:
                self.check("text removed", not has(data, word) and not has(new, word), here, vr)
        elif action in ("clean", "keep") and vr in TEXT:
            self.mixed(old, new, here, vr, action)
        elif action == "keep" and there is not None:
            self.kept(code, vr, element, there, old, new, here)

    def kept(self, code, vr, element, there, old, new, here):
        """A number, a code or bytes that nothing is to happen to."""
        if vr == "CS" and not re.fullmatch(r"[A-Z0-9 _\\]*", old) or vr in ("DS", "IS") and not numeric(old):
            self.check("text removed", new != old, here, f"{vr} holds what it cannot hold")
            return
        if vr == "UN" and not new:
            return  # bytes of a VR that nobody knows may go
        if vr == "TM" and not re.fullmatch(r"\d{2}(\d{2}(\d{2}(\.\d{1,6})?)?)?", old):
            return  # a time of no known form may go or stay
        same = new == old or swapped(old, new) or equal_numbers(old, new)
        self.check("text retained" if vr in ("CS", "AS", "TM") else "tag retained", same, here,
                   f"{vr} {old[:40]!r} -> {new[:40]!r}")

    def uid(self, old, new, here, kept):
        """Replaced, by the same one everywhere, and no two by one."""
        for was, now in zip(old.split("\\"), new.split("\\") if new else [""] * 99):
            if was.startswith(WELL_KNOWN):
                self.check("text retained", now == was, here, "UID of the standard")
                continue
            if kept:
                self.check("tag retained", now == was, here, "UID")
                continue
            self.check("UID changed", now != was, here, "UID")
            self.check("UID consistent", bool(now) and self.uids.setdefault(was, now) == now and
                       self.origins.setdefault(now, was) == was, here, "missing" if not now else "UID")

    def date(self, vr, old, new, there, here):
        """Moved by the one amount of the person, time of day and zone kept."""
        for was, now in zip(old.split("\\"), new.split("\\") if new else [""] * 99):
            if vr == "TM" or not re.match(r"\d{8}", was):
                continue
            if was.startswith("19000101"):
                continue    # somebody's dummy, no date
            if days(was, was) is None:
                self.check("text removed", now != was, here, f"{vr} is no date")
                continue
            moved = days(was[:8], now[:8])
            if moved is not None:
                self.shifts[self.person][moved] += 1
            self.check("date shifted", moved not in (None, 0) and (self.shift is None or moved == self.shift)
                       and was[8:] == now[8:], here, f"{vr} {was} -> {now}")

    def named(self, text):
        """Whether a name or number that the unplanted files hold of somebody stands in a text."""
        words = {w.lower() for w in re.findall(r"[A-Za-z0-9]+", text)}
        return bool(words & self.people) or any(n in text for n in self.people if not n.isascii())

    def mixed(self, old, new, here, vr, action):
        """Free text: what identifies goes, the rest stays."""
        if here not in self.answers:
            if "\ufffd" in old or has_surrogates(old) or "://" in old:
                return  # of no known characters; an address in the net may go or stay
            if not self.named(old):
                self.check("text retained", squeeze(new) == squeeze(old), here, f"{vr} {old[:60]!r} -> {new[:60]!r}")
                return
            # Somebody of the set is called so: the other words must stay.
            for word in set(re.findall(r"[A-Za-z]{3,}", old)):
                if not self.named(word):
                    self.check("text retained", has(new, word), here, f"{vr} {old[:60]!r} -> {new[:60]!r}")
            return
        kept, dropped = self.answers[here]
        for word in kept:
            self.check("text retained", has(new, word), here, f"{vr} {action} {old[:60]!r} -> {new[:60]!r}")
        for word in dropped:
            self.check("text removed", not has(new, word), here, f"{vr} {action} {old[:60]!r} -> {new[:60]!r}")

    def finish(self):
        """What only shows over all files."""
        seen = {}
        for person, ids in self.ids.items():
            self.file = f"person {person}"
            self.check("patient ID consistent", len(ids) == 1 and "" not in ids, "(0010,0020)", str(len(ids)))
            for one in ids:
                self.check("patient ID consistent", seen.setdefault(one, person) == person, "(0010,0020)", "shared")
        for person, amounts in self.shifts.items():
            self.file = f"person {person}"
            self.check("date shifted", len(amounts) <= 1, "all dates", str(dict(amounts)))


def vr_of(tag, element):
    """The standard's VR of an attribute, or the one that it was written with."""
    if not tag.is_private and dictionary_has_tag(tag):
        standard = dictionary_VR(tag)
        if " or " not in standard:
            return standard
    return element.VR if element is not None else "UN"


def leaks(old, new):
    """Whether items still hold a text of the items that they stand for."""
    def texts(items):
        return {text_of(e) for item in items for e in item.iterall()
                if e.VR in SPEAKING and e.tag not in CODES and text_of(e)}
    return bool({t for t in texts(old) & texts(new) if not t.startswith(WELL_KNOWN)})


def days(old, new):
    """Days between two dates; None when either is none."""
    import datetime
    try:
        first, second = (datetime.datetime.strptime(str(d)[:8], "%Y%m%d") for d in (old, new))
    except ValueError:
        return None
    return (second - first).days


def numeric(text):
    """Whether every value of a DS or IS is a number."""
    return all(re.fullmatch(r"\s*[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?\s*", v) or not v.strip() for v in text.split("\\"))


def equal_numbers(old, new):
    """Whether two texts are the same numbers."""
    try:
        return [float(v) for v in old.split("\\")] == [float(v) for v in new.split("\\")]
    except ValueError:
        return False


def swapped(old, new):
    """Whether two hexadecimal values are the same words in the other byte order."""
    if len(old) != len(new) or not re.fullmatch(r"[0-9a-f]*", old):
        return False
    data = bytes.fromhex(old) if len(old) % 2 == 0 else b""
    return any(new == b"".join(data[i:i + n][::-1] for i in range(0, len(data), n)).hex() for n in (2, 4, 8))


def has_surrogates(text):
    """Whether bytes of an unknown character set were carried along as surrogates."""
    return any(0xD800 <= ord(c) < 0xE000 for c in text)
