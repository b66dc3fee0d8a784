"""Search of every output byte for planted identifiers, in every encoding in which they could stand."""
import re
import struct
import unicodedata
import zlib
from collections import defaultdict

import numpy as np

ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be", "cp932", "euc_jp", "iso2022_jp", "iso2022_jp_1", "gb18030")
SHORTEST = 6       # shorter byte forms occur by chance in pixels
SHORTEST_JIS = 4   # where the bytes around are text as well


def half_width(text):
    """Full-width katakana as half-width."""
    table = {unicodedata.normalize("NFKC", chr(c)): chr(c) for c in range(0xFF66, 0xFFA0)}
    table |= {"\u3099": "ﾞ", "\u309a": "ﾟ"}
    return "".join(table.get(c, c) for c in unicodedata.normalize("NFD", text))


def full_width(text):
    """ASCII as full-width forms."""
    return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)


def byte_forms(text):
    """One identifier in every byte form."""
    forms = set()
    for spelling in {text, text.upper(), text.lower(), half_width(text), full_width(text)}:
        for encoding in ENCODINGS:
            try:
                form = spelling.encode(encoding)
            except UnicodeEncodeError:
                continue
            if encoding.startswith("iso2022"):
                form = re.sub(rb"^\x1b\$[@B]|\x1b\([BJ]$", b"", form)
                forms.add(form.replace(b"\x1b(B", b"\x1b(J"))
            jis = form.isascii() and not spelling.isascii()
            if len(form) >= (SHORTEST_JIS if jis else SHORTEST):
                forms.add(form)
    return forms


class Needles:
    """All byte forms of all identifiers, searched in one pass; digits also without their separators."""

    def __init__(self, rows):
        self.by_prefix = defaultdict(set)
        self.digits = {}
        for label, values in rows:
            for value in values:
                for form in byte_forms(value):
                    self.by_prefix[form[:3]].add((form, label, value))
                digits = re.sub(r"\D", "", value)
                if len(digits) >= 7 and not re.search(r"[A-Za-z一-龠]{2}", value):
                    self.digits[digits] = (label, value)
        self.table = np.zeros(1 << 24, bool)
        for prefix in self.by_prefix:
            self.table[int.from_bytes(prefix, "big")] = True

    def find(self, data):
        """{(label, value)} found in data."""
        found = set()
        raw = np.frombuffer(data, np.uint8).astype(np.uint32)
        key = raw[:-2] << 16 | raw[1:-1] << 8 | raw[2:]
        for start in np.flatnonzero(self.table[key]).tolist():
            for form, label, value in self.by_prefix[data[start:start + 3]]:
                if data.startswith(form, start) and plausible(form, data, start):
                    found.add((label, value))
        return found

    def find_digits(self, text):
        """Numbers of a text value whose digits are a planted identifier's once separators are gone."""
        flat = unicodedata.normalize("NFKC", text)
        found = set()
        for run in re.findall(r"\d[\d\s\-./()・,:_‐−ー年月]{5,}\d", flat):
            digits = re.sub(r"\D", "", run)
            found |= {hit for number, hit in self.digits.items() if number in digits}
        return found


def plausible(form, data, start):
    """Short forms count only amid text."""
    if len(form) >= SHORTEST:
        return True
    around = data[max(start - 8, 0):start + len(form) + 8]
    return sum(0x20 <= byte < 0x7F or byte in b"\x1b\r\n" for byte in around) >= len(around) - 2


def searchable(data):
    """A file's bytes, a deflated data set inflated: compressed, no byte form could be found."""
    if data[128:132] == b"DICM" and b"1.2.840.10008.1.2.1.99" in data[:1024]:
        meta = 144 + struct.unpack("<I", data[140:144])[0]
        data = data[:meta] + zlib.decompress(data[meta:], -15)
    return data
