"""Plants invented identifiers into a DICOM data set, in every kind of place, and says what must become of them.

The answer key is a dictionary from attribute path to (what must stay, what must go) for mixed texts; everything
else follows from the profile (expectations.py), which is applied to every attribute of the planted file alike.
"""
import random
import re

from pydicom import config
from pydicom.dataelem import DataElement, RawDataElement
from pydicom.dataset import Dataset
from pydicom.datadict import dictionary_VR, dictionary_has_tag, private_dictionary_VR
from pydicom.sequence import Sequence
from pydicom.tag import Tag

import words

config.settings.reading_validation_mode = config.IGNORE
config.settings.writing_validation_mode = config.IGNORE

NAMES = ["OtherPatientNames", "PatientBirthName", "PatientMotherBirthName", "ResponsiblePerson"]
STAFF = ["ReferringPhysicianName", "PerformingPhysicianName", "OperatorsName", "NameOfPhysiciansReadingStudy",
         "PhysiciansOfRecord", "RequestingPhysician", "ConsultingPhysicianName", "ScheduledPerformingPhysicianName"]
CHAINS = [["RequestAttributesSequence"], ["ReferencedStudySequence"], ["PerformedProtocolCodeSequence"],
          ["OriginalAttributesSequence", "ModifiedAttributesSequence"],
          ["OtherPatientIDsSequence", "IssuerOfPatientIDQualifiersSequence"],
          ["ProcedureCodeSequence", "EquivalentCodeSequence", "EquivalentCodeSequence"],
          ["PerformedProtocolCodeSequence", "ProtocolContextSequence", "ContentItemModifierSequence",
           "ConceptCodeSequence"],
          ["AcquisitionContextSequence", "ConceptNameCodeSequence"],
          ["ReferencedImageSequence", "PurposeOfReferenceCodeSequence"]]
CHARSETS = ["ISO_IR 192", ["", "ISO 2022 IR 87"], ["ISO 2022 IR 13", "ISO 2022 IR 87"], "GB18030", "ISO_IR 192",
            "ISO_IR 100", "shift_jis undeclared", ["", "ISO 2022 IR 159", "ISO 2022 IR 87"], "ISO_IR 192"]
LONGEST = {"SH": 16, "LO": 64, "ST": 1024, "LT": 10240, "AE": 16, "PN": 64}
# What decides on the reading of the file itself is not planted over.
UNTOUCHED = {"00080005", "00080201", "00100021", "00100030", "00080016", "00080018", "0020000D", "0020000E", "00080060", "00020010", "00080001"}


class Planter:
    """Plants one person's identifiers; `spots` are (tag, VR) rows of the profile to draw from."""

    def __init__(self, person, profile, seed, templates):
        self.person, self.profile = person, profile
        self.rng = random.Random(seed)
        self.templates = templates
        self.answers = {}
        self.raw_texts = {}     # placeholder -> bytes, written behind pydicom's back
        rows = [(tag, dictionary_VR(int(tag, 16))) for tag in profile.table
                if "X" not in tag and dictionary_has_tag(int(tag, 16)) and tag not in UNTOUCHED and tag >= "0008"]
        text = ("LO", "SH", "ST", "LT", "UT", "UC")
        self.cleaned = [r for r in rows if r[1] in text and profile.of(*r).action in ("clean", "keep")]
        self.removed = [r for r in rows if r[1] in text + ("PN", "AE", "UR") and profile.of(*r).action == "remove"]
        self.dates = [r for r in rows if r[1] in ("DA", "DT", "TM")]
        self.uids = [r for r in rows if r[1] == "UI"]
        self.unlisted = [(tag, vr) for tag, vr in profile.names.items()
                         if vr in text and "X" not in tag and tag not in profile.table and tag[:4] > "0008"
                         and dictionary_has_tag(int(tag, 16)) and dictionary_VR(int(tag, 16)) == vr]
        self.japanese, self.undeclared = True, False

    def plant(self, ds, charset):
        """Plant everywhere in a data set."""
        self.set_charset(ds, charset)
        self.identity(ds)
        self.exam(ds)
        self.listed(ds, "", 6)
        for chain in self.rng.sample(CHAINS, 3):
            self.nested(ds, chain)
        self.private(ds)
        self.odd_places(ds)
        self.meta(ds)

    def set_charset(self, ds, charset):
        """Have the data set's texts written in another character set, where they can be read at all."""
        try:
            ds.decode()
            readable = not has_foreign_text(ds)
        except (ValueError, LookupError, AttributeError, UnicodeError, NotImplementedError):
            readable = False
        if not readable:
            self.japanese = False
            return
        self.undeclared = charset == "shift_jis undeclared"
        self.japanese = charset != "ISO_IR 100"
        if self.undeclared:
            ds.pop("SpecificCharacterSet", None)
        else:
            ds.SpecificCharacterSet = charset

    def text(self, value):
        """A value, or its stand-in where it is to be written in undeclared Shift_JIS."""
        if not self.undeclared or value.isascii():
            return value
        encoded = value.encode("cp932")
        encoded += b" " * (len(encoded) % 2)
        holder = f"@{len(self.raw_texts):03d}" + "@" * (len(encoded) - 4)
        self.raw_texts[holder.encode()] = encoded
        return holder[:len(encoded)]

    def person_name(self, family, given):
        """A PN value in the groups that the character set can write."""
        romaji = f"{family[3]}^{given[3]}".upper()
        if not self.japanese:
            return romaji
        kind = self.rng.randrange(3)
        kanji, kana = f"{family[0]}^{given[0]}", f"{family[1]}^{given[1]}"
        if self.undeclared:
            return self.text(kanji)
        return [f"{romaji}={kanji}={kana}", f"{romaji}={kanji}", kanji][kind]

    def identity(self, ds):
        """The patient module and its like."""
        p = self.person
        ds.PatientName = self.person_name(p.family, p.given)
        ds.PatientID = p.pid
        ds.PatientBirthDate, ds.PatientSex = p.birth, p.sex
        ds.PatientAge = f"{int(p.exam[:4]) - int(p.birth[:4]):03d}Y"
        ds.AccessionNumber, ds.StudyID = p.accession, p.study_id
        ds.PatientAddress = self.text(p.address) if self.japanese else p.postal
        ds.PatientTelephoneNumbers = p.phone
        ds.IssuerOfPatientID = "TOHTO-HIS"
        ds.InstitutionName = self.facility()
        other = Dataset()
        other.PatientID, other.IssuerOfPatientID, other.TypeOfPatientID = p.other_id, "HIS", "TEXT"
        ds.OtherPatientIDsSequence = Sequence([other])
        ds.add_new(0x00101000, "LO", [p.other_id, p.pid])
        for keyword in self.rng.sample(NAMES, 2):
            setattr(ds, keyword, self.person_name(p.family, p.given))
        for keyword in self.rng.sample(STAFF, 4):
            setattr(ds, keyword, self.person_name(*p.doctor))

    def facility(self):
        """The hospital's name in a script that the file can write."""
        return self.text(self.person.facility[0]) if self.japanese else self.person.facility[1]

    def exam(self, ds):
        """Dates of the examination, descriptions with the patient in them."""
        p = self.person
        ds.StudyDate, ds.StudyTime = p.exam, "235959.999"
        ds.SeriesDate = p.exam
        ds.AcquisitionDateTime = p.exam + self.rng.choice(["101500.5+0900", "235900", "000001.25-0500", "1015"])
        ds.add_new(0x00321050, "DA", p.exam)  # Study Completion Date, retired
        for keyword in ("StudyDescription", "SeriesDescription", "ProtocolName", "ImageComments"):
            if self.rng.random() < 0.8:
                tag = Tag(keyword)
                self.mixed(ds, f"{tag.group:04X}{tag.element:04X}", dictionary_VR(tag), "")

    def mixed(self, ds, tag, vr, path):
        """A text with something useful and somebody's identifier in it."""
        language = "ja" if self.japanese and self.rng.random() < 0.7 else "en"
        useful = self.rng.choice(words.USEFUL_JA if language == "ja" else words.USEFUL_EN)
        table = words.SHORT if vr == "SH" else self.templates
        template = self.rng.choice(table[language])
        facts = self.person.texts()
        value = template.format(u=useful, **facts)
        dropped = [facts[name] for name in re.findall(r"{(\w+)}", template) if name != "u"]
        if len(value.encode("utf-8")) > LONGEST.get(vr, 10**6) and vr == "SH":
            value = value[:16]
            dropped = [d for d in dropped if d in value]
        kept = [useful] if "{u}" in template else [value.split(" ")[0]] if " " in value else []
        ds.add_new(int(tag, 16), vr, self.text(value))
        self.answers[path + place(tag)] = (kept, dropped)

    def listed(self, ds, path, count):
        """Rows of the profile's table, and attributes that it does not name."""
        for tag, vr in self.rng.sample(self.cleaned, min(count, len(self.cleaned))):
            self.mixed(ds, tag, vr, path)
        for tag, vr in self.rng.sample(self.unlisted, 2):
            if int(tag, 16) not in ds:
                self.mixed(ds, tag, vr, path)
        for tag, vr in self.rng.sample(self.removed, count):
            ds.add_new(int(tag, 16), vr, self.identifier(vr))
        for tag, vr in self.rng.sample(self.dates, 2):
            ds.add_new(int(tag, 16), vr, {"DA": self.person.exam, "DT": self.person.exam + "2359", "TM": "235930"}[vr])
        for tag, vr in self.rng.sample(self.uids, 2):
            ds.add_new(int(tag, 16), vr, f"1.2.392.200999.77.{self.person.study_id[1:]}.{self.rng.randrange(9)}")

    def identifier(self, vr):
        """Some identifier that the VR can hold."""
        p = self.person
        if vr == "PN":
            return self.person_name(p.family, p.given)
        if vr == "AE":
            return f"AE{p.insurer}"
        if vr == "UR":
            return f"http://his.example.jp/patient/{p.pid}"
        choices = [p.pid, p.phone, p.insurer, p.accession] + ([] if vr == "SH" else [p.email, f"{p.name(3, ' ')} {p.pid}"])
        if self.japanese:
            choices += [self.text(p.name(0, ""))]
        return self.rng.choice(choices)

    def nested(self, ds, chain):
        """Plant at the end of a chain of sequences, one to four deep."""
        path = ""
        for keyword in chain:
            tag = Tag(keyword)
            items = ds[keyword].value if keyword in ds and ds[keyword].VR == "SQ" else None
            if not items:
                setattr(ds, keyword, Sequence([Dataset()]))
                items = ds[keyword].value
            path += place(f"{tag.group:04X}{tag.element:04X}") + "[0]."
            ds = items[0]
        if "SpecificCharacterSet" in ds:
            return
        self.listed(ds, path, 2)
        ds.PersonName = self.person_name(*self.person.doctor)

    def private(self, ds):
        """Private blocks: of nobody's list, with names, numbers, a sequence; and of the safe list."""
        p = self.person
        block = ds.private_block(0x0071, f"KAMEI TEST {self.rng.randrange(99)}", create=True)
        block.add_new(1, "LO", self.identifier("LO"))
        block.add_new(2, "UN", even(p.pid.encode()))
        block.add_new(3, "OB", p.name(0, "").encode("utf-16-le"))
        inner = Dataset()
        inner.PatientName, inner.PatientID = self.person_name(p.family, p.given), p.pid
        block.add_new(4, "SQ", Sequence([inner]))
        # One creator a group: one series has one maker.
        rows = sorted({row[1]: [r for r in sorted(self.profile.safe) if r[1] == row[1] and r[0] == row[0]]
                       for row in sorted(self.profile.safe)}.values())
        rows = [row for group in rows for row in group]
        unknown = [row for row in rows if not is_in_private_dictionary(*row)]
        for creator, group, element in [self.rng.choice(rows), self.rng.choice(unknown)]:
            self.safe_private(ds, creator, int(group, 16), int(element, 16))

    def safe_private(self, ds, creator, group, element):
        """An element of PS3.15 Table E.3.10-1, with its value, or with a name in it."""
        try:
            block = ds.private_block(group, creator, create=True)
            tag = block.get_tag(element)
            vr = private_dictionary_VR(tag, creator)
        except (KeyError, ValueError):
            vr = "LO"
        numbers = {"DS": "1000", "IS": "5", "FD": 1.5, "FL": 1.5, "US": 3, "SS": 3, "UL": 3, "SL": 3, "CS": "YES"}
        if tag in ds or vr not in {"LO", "SH", "LT", "ST", *numbers}:
            return
        value = numbers.get(vr, "B 1000")
        if isinstance(value, str) and vr not in numbers and self.rng.random() < 0.6:
            value = f"B 1000 {self.person.name(3).upper()}"[:LONGEST[vr]]
            self.answers[place(f"{tag.group:04X}{tag.element:04X}")] = ([], [self.person.name(3).upper()])
        block.add_new(element, vr, value)

    def odd_places(self, ds):
        """Padding, curves, overlays, icons, attributes of no edition, text where none is expected."""
        p = self.person
        for chance, tag, vr, value in (
                (0.3, 0xFFFCFFFC, "OB", even(f"{p.name(3)} {p.pid}".encode())),
                (0.2, 0x50003000, "OW", even(f"{p.name(3)} {p.pid}".encode())),
                (0.2, 0x60024000, "LT", f"{p.name(3, ' ')} {p.phone}"),
                (0.2, 0x0018FFF1, "LO", p.name(3)), (0.2, 0x00104FF0, "UN", even(p.pid.encode())),
                (0.2, 0x00324000, "LT", self.identifier("LT")), (0.2, 0x40000010, "LT", self.identifier("LT")),
                (0.2, 0x00880906, "ST", self.identifier("ST")), (0.2, 0x00081000, "LO", p.pid)):
            if self.rng.random() < chance and tag not in ds:
                ds.add(DataElement(tag, vr, value))
                if vr in ("LO", "LT", "ST"):
                    self.answers[place(f"{tag:08X}")] = ([], [value])
        if self.rng.random() < 0.15:
            ds.add(DataElement(0x00102203, "CS", p.name(3).upper()))     # text in a code string
            # A telephone number as a patient's size: pydicom would refuse to make it.
            value = even(p.phone.encode())
            ds._dict[Tag(0x00101020)] = RawDataElement(Tag(0x00101020), "DS", len(value), value, 0, False, True)
        if self.rng.random() < 0.2:
            icon = Dataset()
            icon.Rows = icon.Columns = 4
            icon.SamplesPerPixel, icon.BitsAllocated, icon.BitsStored, icon.HighBit = 1, 8, 8, 7
            icon.PhotometricInterpretation, icon.PixelRepresentation = "MONOCHROME2", 0
            icon.add_new(0x7FE00010, "OB", p.pid.encode().ljust(16, b" ")[:16])
            ds.IconImageSequence = Sequence([icon])

    def meta(self, ds):
        """Preamble and file meta information."""
        if getattr(ds, "preamble", None) and len(getattr(ds, "file_meta", ())) > 2:
            meta = ds.file_meta
            meta.SourceApplicationEntityTitle = f"AE{self.person.insurer}"
            meta.SendingApplicationEntityTitle = f"AE{self.person.insurer}"
            meta.PrivateInformationCreatorUID = "1.2.392.200999.77.1"
            meta.PrivateInformation = even(f"{self.person.name(3)} {self.person.pid}".encode())
            ds.preamble = f"{self.person.name(3)} {self.person.pid}".encode().ljust(128, b"\0")


def is_in_private_dictionary(creator, group, element):
    """Whether a VR is known: in implicit VR nobody could tell it otherwise."""
    try:
        return bool(private_dictionary_VR(int(f"{group}10{element}", 16), creator))
    except KeyError:
        return False


def even(data):
    """Bytes of even length."""
    return data + b" " * (len(data) % 2)


def place(tag):
    """(GGGG,EEEE) of eight digits."""
    return f"({tag[:4]},{tag[4:]})"


def has_foreign_text(ds):
    """Whether a text of the data set is not plain ASCII (then it is left in the set that it was written in)."""
    return any(isinstance(e.value, str) and not e.value.isascii() for e in ds.iterall() if e.VR != "SQ")
