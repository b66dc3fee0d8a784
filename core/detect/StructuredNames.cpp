#include "core/detect/StructuredNames.h"

#include <algorithm>
#include <array>
#include <map>

#include "core/detect/StructuredRoles.h"

namespace kamei::detect {
namespace {

using intake::text::Segment;

constexpr std::array<std::string_view, 4> kNames{"patient.name", "patient.kana", "family.name",
                                                 "clinician.name"};

/// What the parts of one name have in common, and where in it a part stands: surname, given name, others.
struct Place {
    std::string name;
    int part = 0;
};

constexpr int kSurname = 0;
constexpr int kGiven = 1;
constexpr int kWhole = 2;
constexpr int kNone = 3;

Place placeOf(const std::string& path) {
    const std::size_t dot = path.rfind('.');
    if (dot == std::string::npos) {
        return {path, kWhole};
    }
    const std::string whole = path.substr(0, dot);
    const std::string_view last = std::string_view(path).substr(dot + 1);
    if (last == "family") {
        return {whole, kSurname};
    }
    if (last.starts_with("given")) {
        return {whole, kGiven};
    }
    if (last.starts_with("prefix") || last.starts_with("suffix")) {
        return {whole, kNone};
    }
    if (last.find_first_not_of("0123456789") != std::string_view::npos) {
        return {path, kWhole}; // FHIR: text, display
    }
    // HL7: XPN begins with the surname, XCN and CNN with a number.
    const std::size_t dash = whole.find('-');
    const bool numbered = dash != std::string::npos && !whole.starts_with("PID") &&
                          !whole.starts_with("NK1") && !whole.starts_with("GT1") &&
                          !whole.starts_with("MRG") && !whole.starts_with("IN1");
    const int component = std::atoi(std::string(last).c_str()) - (numbered ? 1 : 0);
    return {whole, component == 1 ? kSurname : component == 2 ? kGiven : component == 0 ? kWhole : kNone};
}

struct Name {
    std::string kind;
    std::string surname;
    std::string given;
    std::vector<std::string> whole;
};

} // namespace

bool isNamePart(std::string_view role) {
    return std::ranges::find(kNames, role) != kNames.end();
}

std::vector<model::KnownIdentifier> structuredNames(const intake::text::TextSource& source) {
    std::vector<model::KnownIdentifier> out;
    const auto keep = [&out](const std::string& kind, const std::string& value) {
        const bool known = std::ranges::any_of(
            out, [&](const model::KnownIdentifier& k) { return k.kind == kind && k.value == value; });
        if (!value.empty() && !known) {
            out.push_back({{}, kind, value, {}, {}});
        }
    };
    Name name;
    std::string now;
    const auto flush = [&] {
        keep(name.kind, name.surname + (name.surname.empty() || name.given.empty() ? "" : "^") + name.given);
        for (const std::string& whole : name.whole) {
            keep(name.kind, whole);
        }
        name = {};
    };
    for (const Segment& segment : source.segments()) {
        if (!isNamePart(segment.role) || segment.escaping == intake::text::Escaping::JsonValue) {
            continue;
        }
        const auto meaning = meaningOf(segment.role, segment.path);
        const Place place = placeOf(segment.path);
        const bool again = (place.part == kSurname && !name.surname.empty()) || place.name != now;
        if (again) { // the next message has the same path
            flush();
            now = place.name;
        }
        name.kind = meaning ? std::string(meaning->known) : std::string("other");
        const std::string value = source.content(segment);
        if (place.part == kSurname) {
            name.surname = value;
        } else if (place.part == kGiven) {
            name.given += (name.given.empty() ? "" : " ") + value;
        } else if (place.part == kWhole) {
            name.whole.push_back(value);
        }
    }
    flush();
    return out;
}

} // namespace kamei::detect
