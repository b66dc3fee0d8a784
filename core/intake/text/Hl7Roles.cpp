#include "core/intake/text/Hl7Roles.h"

#include <algorithm>
#include <array>

namespace kamei::intake::text {
namespace {

constexpr std::string_view kStructure = "structure";
constexpr std::string_view kText = "text";
constexpr std::string_view kLocal = "local";

/// A code or number says nothing of a person by itself; whatever is longer or no ASCII is read as text.
std::string_view codeRole(std::string_view raw) {
    raw = raw.substr(0, raw.find_last_not_of(' ') + 1);
    constexpr std::size_t kLongestCode = 40;
    const bool plain =
        raw.size() <= kLongestCode && std::all_of(raw.begin(), raw.end(), [](char c) {
            return static_cast<unsigned char>(c) > 0x20 && static_cast<unsigned char>(c) < 0x7F;
        });
    return plain ? kStructure : kText;
}

/// A time where a number is expected: systems put dates of their own into fields that are seldom used.
bool looksLikeTime(std::string_view raw) {
    const bool length = raw.size() == 8 || raw.size() == 12 || raw.size() == 14 || raw.size() == 17;
    if (!length || raw.find_first_not_of("0123456789") != std::string_view::npos) {
        return false;
    }
    const std::string_view month = raw.substr(4, 2);
    const std::string_view day = raw.substr(6, 2);
    return (raw.starts_with("19") || raw.starts_with("20")) && month >= "01" && month <= "12" &&
           day >= "01" && day <= "31";
}

std::string_view byActor(std::string_view kind, std::string_view patient, std::string_view family,
                         std::string_view clinician, std::string_view facility) {
    switch (kind.size() > 1 ? kind[1] : 'C') {
    case 'P':
        return patient;
    case 'F':
        return family;
    case 'H':
        return facility;
    default:
        return clinician;
    }
}

std::string_view nameRole(std::string_view kind, std::string_view representation) {
    return byActor(kind, representation == "P" ? "patient.kana" : "patient.name", "family.name",
                   "clinician.name", "facility.name");
}
std::string_view numberRole(std::string_view kind) {
    return byActor(kind, "patient.id", "family.id", "clinician.id", "facility.id");
}
std::string_view addressRole(std::string_view kind) {
    return byActor(kind, "patient.address", "family.address", "clinician.address", "facility.address");
}
std::string_view phoneRole(std::string_view kind) {
    return byActor(kind, "patient.phone", "family.phone", "clinician.phone", "facility.phone");
}

/// 2.A.88 XPN
std::string_view personName(const Hl7Place& at, std::string_view kind, std::string_view raw) {
    if (at.component <= 5 || at.component == 6 || at.component == 14) {
        return nameRole(kind, at.representation); // prefix, suffix and degree tell as much
    }
    return at.component == 10 || at.component == 12 || at.component == 13 ? "document.date" : codeRole(raw);
}

/// 2.A.86 XCN
std::string_view numberAndName(const Hl7Place& at, std::string_view kind, std::string_view raw) {
    if (at.component == 1) {
        // Many systems send the name alone, where the number belongs.
        const bool number =
            std::all_of(raw.begin(), raw.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
        return number ? numberRole(kind) : nameRole(kind, {});
    }
    if (at.component <= 7 || at.component == 21) {
        return nameRole(kind, {});
    }
    if (at.component == 9 || at.component == 14 || at.component == 22 || at.component == 23) {
        return "facility.id";
    }
    const bool date = at.component == 17 || at.component == 19 || at.component == 20;
    return date ? "document.date" : codeRole(raw);
}

/// 2.A.14 CX
std::string_view number(const Hl7Place& at, std::string_view role, std::string_view raw) {
    switch (at.component) {
    case 1:
        return role;
    case 4:
    case 6:
    case 9:
    case 10:
        return "facility.id";
    case 7:
    case 8:
        return "document.date";
    default:
        return codeRole(raw);
    }
}

/// 2.A.28 EI; a CX looks alike up to its fourth component.
std::string_view entity(int component, std::string_view raw) {
    return component == 1                     ? "order.id"
           : component == 2 || component == 3 ? "facility.id"
           : component == 4 || component == 6 ? "facility.id"
           : component == 5                   ? codeRole(raw)
                                              : "document.date";
}

/// 2.A.87 XAD. Street, other designation, city, state, other geographic designation (where Japan writes the
/// whole), county, tract.
std::string_view address(const Hl7Place& at, std::string_view kind, std::string_view raw) {
    switch (at.component) {
    case 5:
        return byActor(kind, "patient.postal-code", "family.address", "clinician.address",
                       "facility.address");
    case 6:
    case 7:
        return codeRole(raw);
    case 11:
        return codeRole(raw);
    case 12:
    case 13:
    case 14:
        return "document.date";
    default:
        return addressRole(kind);
    }
}

/// 2.A.89 XTN
std::string_view telephone(const Hl7Place& at, std::string_view kind, std::string_view raw) {
    switch (at.component) {
    case 2:
    case 3:
        return codeRole(raw);
    case 4:
        return kind.ends_with('P') ? "patient.email" : phoneRole(kind);
    default:
        return phoneRole(kind);
    }
}

/// 2.A.53 PL: ward, room and bed; facility; building and floor.
std::string_view location(const Hl7Place& at, std::string_view raw) {
    switch (at.component) {
    case 4:
    case 10:
    case 11:
        return "facility.id";
    case 5:
    case 6:
        return codeRole(raw);
    default:
        return "location";
    }
}

/// 2.A.47 NDL: who (CNN: number, surname, given name ...), from, to, where.
std::string_view nameDateLocation(const Hl7Place& at, std::string_view raw) {
    if (at.component == 1) {
        if (at.subcomponent == 1) {
            return at.alone ? "clinician.name" : "clinician.id";
        }
        return at.subcomponent <= 7 ? "clinician.name" : at.subcomponent <= 8 ? codeRole(raw) : "facility.id";
    }
    return at.component <= 3 ? "document.date" : "location";
}

/// 2.A.69 CE, 2.A.13 CWE
std::string_view coded(const Hl7Place& at, std::string_view raw) {
    return at.component == 2 || at.component == 5 || at.component == 9 ? kText : codeRole(raw);
}

std::string_view timing(const Hl7Place& at, std::string_view raw) {
    return at.component == 4 || at.component == 5 ? "document.date" : codeRole(raw);
}

/// OBX-5 by OBX-2 (HL7 table 0125).
std::string_view observation(const Hl7Place& at, std::string_view raw) {
    struct Row {
        std::string_view type;
        std::string_view kind;
    };
    static constexpr std::array kRows{
        Row{"NM", "s"},   Row{"SN", "s"},   Row{"ST", "t"},   Row{"TX", "t"},   Row{"FT", "t"},
        Row{"CE", "c"},   Row{"CWE", "c"},  Row{"CNE", "c"},  Row{"CF", "c"},   Row{"CK", "kP"},
        Row{"ID", "s"},   Row{"IS", "s"},   Row{"SI", "s"},   Row{"TM", "s"},   Row{"DT", "d"},
        Row{"TS", "d"},   Row{"DTM", "d"},  Row{"DR", "d"},   Row{"CP", "s"},   Row{"MO", "s"},
        Row{"CQ", "s"},   Row{"NA", "s"},   Row{"NR", "s"},   Row{"CX", "kP"},  Row{"XPN", "nP"},
        Row{"PN", "nP"},  Row{"XCN", "xC"}, Row{"CN", "xC"},  Row{"XAD", "aP"}, Row{"AD", "aP"},
        Row{"XTN", "pP"}, Row{"TN", "pP"},  Row{"XON", "oH"}, Row{"HD", "h"},   Row{"PL", "l"},
        Row{"EI", "i"},   Row{"", "t"}};
    if (at.valueType == "ED" || at.valueType == "RP") {
        return "attachment"; // 2.A.24, 2.A.65: a file, or where it lies
    }
    const auto* const row =
        std::find_if(kRows.begin(), kRows.end(), [&](const Row& r) { return r.type == at.valueType; });
    return row == kRows.end() ? kLocal : hl7Role(at, row->kind, raw);
}

} // namespace

std::string_view hl7Role(const Hl7Place& place, std::string_view kind, std::string_view raw) {
    switch (kind.empty() ? '-' : kind.front()) {
    case 'S':
        return kStructure;
    case 's':
        // OBX-5 of type NM counts, whatever it looks like.
        return place.field != 5 && looksLikeTime(raw) ? "document.date" : codeRole(raw);
    case 'c':
        return coded(place, raw);
    case 't':
        return kText;
    case 'd':
        return "document.date";
    case 'D':
        return place.component == 2 ? "document.date" : codeRole(raw);
    case 'q':
        return timing(place, raw);
    case 'i':
        return entity(place.component, raw);
    case 'I':
        return place.component <= 2 ? entity(place.subcomponent, raw) : kLocal;
    case 'm':
        return "document.id";
    case 'n':
        return personName(place, kind, raw);
    case 'x':
        return numberAndName(place, kind, raw);
    case 'k':
        return number(place, numberRole(kind), raw);
    case 'a':
        return address(place, kind, raw);
    case 'A':
        return addressRole(kind);
    case 'p':
        return telephone(place, kind, raw);
    case 'h':
        return "facility.id";
    case 'o': // 2.A.90 XON: name, then numbers and who gives them
        return place.component == 1 ? "facility.name" : place.component == 2 ? codeRole(raw) : "facility.id";
    case 'l':
        return location(place, raw);
    case 'N':
        return nameDateLocation(place, raw);
    case 'v':
        return observation(place, raw);
    case 'b':
        return place.component == 1 ? (kind.ends_with('P') ? "patient.birth-date" : "family.birth-date")
                                    : kStructure;
    case 'g':
        return place.component == 1 ? "patient.sex" : coded(place, raw);
    case 'r':
        return "patient.trait";
    case 'y':
        return "patient.marital";
    case 'j':
        return "insurance.number";
    case 'f':
        return "family.other";
    case 'Y':
        return "patient.national-id";
    case 'L':
        return place.component == 1 ? "patient.licence" : codeRole(raw);
    default:
        return kLocal;
    }
}

} // namespace kamei::intake::text
