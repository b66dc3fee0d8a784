"""Invented people, places and texts for planting, from a seed. Nobody in here exists.

With the shared name list the names are drawn from several thousand; else from the few below. TEMPLATES_SEEN are
those that the makers look at; TEMPLATES_HELD_OUT serve the held-out seed alone, whose failures are only counted.
"""
import os
import random
import re
from dataclasses import dataclass

FAMILIES = [("三上", "みかみ", "ミカミ", "Mikami"), ("大槻", "おおつき", "オオツキ", "Otsuki"),
            ("東海林", "しょうじ", "ショウジ", "Shoji"), ("小早川", "こばやかわ", "コバヤカワ", "Kobayakawa"),
            ("鳥飼", "とりかい", "トリカイ", "Torikai"), ("森", "もり", "モリ", "Mori"),
            ("長谷部", "はせべ", "ハセベ", "Hasebe"), ("岩永", "いわなが", "イワナガ", "Iwanaga")]
GIVENS = [("陽子", "ようこ", "ヨウコ", "Yoko"), ("健太郎", "けんたろう", "ケンタロウ", "Kentaro"),
          ("千尋", "ちひろ", "チヒロ", "Chihiro"), ("隆", "たかし", "タカシ", "Takashi"),
          ("美咲", "みさき", "ミサキ", "Misaki"), ("信也", "しんや", "シンヤ", "Shinya"),
          ("恵", "めぐみ", "メグミ", "Megumi"), ("一朗", "いちろう", "イチロウ", "Ichiro")]

USEFUL_JA = ["胸部CT 造影", "頭部MRI T2強調", "腹部超音波", "骨盤部 単純", "腰椎 正面側面", "冠動脈CTA", "肝ダイナミック",
             "膝関節 矢状断", "脳血流シンチ", "乳房トモシンセシス"]
USEFUL_EN = ["CHEST PA", "HEAD 5.0 H31s", "ABDOMEN WITH CONTRAST", "T1 SE AXIAL", "L-SPINE LATERAL", "CORONARY CTA",
             "KNEE SAG PD", "BRAIN PERFUSION", "PELVIS AP", "LUNG 1.0 B60f"]

# {u} what must stay; the rest names a person or a place and must go.
TEMPLATES_SEEN = {
    "ja": ["{u} 患者:{kanji}", "{u} {kanji}様", "{kanji} {u}", "{u} ID:{pid}", "{u} TEL {phone}", "{u} 担当 {doctor}医師",
           "{u} {facility}より紹介", "{u} 生年月日 {birth_ja}", "{u} {kana} {pid}"],
    "en": ["{u} {romaji}", "{romaji} {u}", "{u} ID {pid}", "{u} MRN: {pid}", "{u} DOB {birth_iso}", "{u} Dr. {doctor_en}",
           "{u} tel {phone}", "{u} pt {romaji_caret}"]}
TEMPLATES_HELD_OUT = {
    "ja": ["{u}({kanji})", "氏名 {kanji} {u}", "{u} カルテ番号 {pid}", "{u} 連絡先{phone}", "{u} 読影:{doctor}", "{facility} {u}",
           "{u} {birth_iso}生", "{u} {kana}さん"],
    "en": ["{u} / {romaji}", "PATIENT {romaji_upper} {u}", "{u} #{pid}", "{u} ref by Dr {doctor_en}", "{u} born {birth_iso}",
           "{u} phone {phone}", "{u}_{romaji_caret}"]}
SHORT = {"ja": ["CT {kanji}", "MR {pid}", "{kanji}"], "en": ["CT {pid}", "MR {pid}", "XR {pid}"]}

PREFECTURES = ["静岡県沼津市大手町", "青森県弘前市百石町", "岡山県倉敷市阿知", "長野県松本市深志"]
FACILITIES = [("東都第三病院", "Tohto Daisan Hospital"), ("若葉台総合病院", "Wakabadai General Hospital"),
              ("みなと中央クリニック", "Minato Chuo Clinic"), ("白鷺記念病院", "Shirasagi Memorial Hospital")]


@dataclass
class Person:
    """One invented patient."""
    family: tuple
    given: tuple
    pid: str
    other_id: str
    birth: str
    sex: str
    phone: str
    address: str
    postal: str
    accession: str
    study_id: str
    insurer: str
    email: str
    doctor: tuple = ()
    facility: tuple = ()
    exam: str = ""

    def name(self, form, separator="^"):
        """Family and given name: form 0 kanji, 1 hiragana, 2 katakana, 3 romaji."""
        return self.family[form] + separator + self.given[form]

    def texts(self):
        """What the templates name, and the needle that each leaves behind."""
        doctor = self.doctor[0][0] + self.doctor[1][0]
        doctor_en = f"{self.doctor[1][3]} {self.doctor[0][3]}"
        birth = self.birth
        return {"kanji": self.name(0, ""), "kana": self.name(2, " "), "romaji": self.name(3, " "),
                "romaji_upper": self.name(3, " ").upper(), "romaji_caret": self.name(3).upper(), "pid": self.pid,
                "phone": self.phone, "doctor": doctor, "doctor_en": doctor_en, "facility": self.facility[0],
                "birth_ja": f"{birth[:4]}年{int(birth[4:6])}月{int(birth[6:])}日",
                "birth_iso": f"{birth[:4]}-{birth[4:6]}-{birth[6:]}"}


def read_names(shared):
    """(families, givens) as (kanji, hiragana, katakana, romaji)."""
    path = os.path.join(shared or "", "data", "japanese", "gimei_names.yml")
    if not os.path.exists(path):
        return FAMILIES, GIVENS
    families, givens, into = [], [], None
    with open(path, encoding="utf-8") as file:
        for line in file:
            if line.startswith("first_name"):
                into = givens
            elif line.startswith("last_name"):
                into = families
            elif match := re.findall(r"'([^']+)'", line):
                if len(match) == 4 and into is not None:
                    into.append(tuple(match))
    # One-character family names and rare characters are tested by name lists elsewhere.
    return [f for f in families if len(f[0]) > 1 and encodable(f[0])], [g for g in givens if encodable(g[0])]


def encodable(text):
    """Whether every character set that is planted can write a name."""
    try:
        for encoding in ("iso2022_jp", "cp932", "euc_jp", "gb18030"):
            text.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def make_people(count, seed, shared):
    """Invented people; the same seed gives the same ones."""
    rng = random.Random(seed)
    families, givens = read_names(shared)
    people = []
    for _ in range(count):
        family, given = rng.choice(families), rng.choice(givens)
        digits = [rng.randrange(10**7, 10**8) for _ in range(4)]
        facility = rng.choice(FACILITIES)
        person = Person(
            family=family, given=given, sex=rng.choice("MF"),
            pid=rng.choice(["{:08d}", "K{:08d}", "{:08d}-1"]).format(digits[0]), other_id=f"OLD{digits[1]}",
            birth=f"{rng.randrange(1928, 2005)}{rng.randrange(1, 13):02d}{rng.randrange(2, 29):02d}",
            phone=f"0{rng.randrange(3, 9)}{rng.randrange(1, 9)}-{rng.randrange(100, 999)}-{rng.randrange(1000, 9999)}",
            address=f"{rng.choice(PREFECTURES)}{rng.randrange(1, 9)}-{rng.randrange(10, 99)}-{rng.randrange(10, 99)}",
            postal=f"{rng.randrange(100, 999)}-{rng.randrange(1000, 9999)}", accession=f"A{digits[2]}",
            study_id=f"S{digits[3]}", insurer=f"{rng.randrange(10**7, 10**8)}",
            email=f"{given[3].lower()}.{family[3].lower()}{rng.randrange(100)}@example.jp",
            doctor=(rng.choice(families), rng.choice(givens)), facility=facility,
            exam=f"{rng.randrange(2012, 2025)}{rng.randrange(1, 13):02d}{rng.randrange(1, 29):02d}")
        people.append(person)
    return people


def needles(people):
    """What must stand in no output byte: (label, [spellings])."""
    out = []
    for person in people:
        for form, label in enumerate(("name, kanji", "name, kana", "name, kana", "name, romaji")):
            out.append((label, spellings(person.family[form], person.given[form])))
            out.append((f"clinician's {label}", spellings(person.doctor[0][form], person.doctor[1][form])))
        birth = person.birth
        values = {"patient ID": [person.pid], "other ID": [person.other_id], "accession": [person.accession],
                  "study ID": [person.study_id], "insurer": [person.insurer], "e-mail": [person.email],
                  "phone": [person.phone, person.phone.replace("-", "")], "postal code": [person.postal],
                  "address": [person.address], "facility": list(person.facility),
                  "birth date": [birth, f"{birth[:4]}-{birth[4:6]}-{birth[6:]}", f"{birth[:4]}/{birth[4:6]}/{birth[6:]}",
                                 f"{birth[:4]}年{int(birth[4:6])}月{int(birth[6:])}日"]}
        out.extend(values.items())
    return out


def spellings(family, given):
    """A name in both orders with the separators that stand in files."""
    return [a + s + b for a, b in ((family, given), (given, family)) for s in ("^", " ", "　", "", ", ", ",", "_", "-")]
