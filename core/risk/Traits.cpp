#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "core/detect/japanese/Calendar.h"
#include "core/risk/Risk.h"

namespace kamei::risk {
namespace {

using model::Action;
using model::Locator;

enum class Shape { Sex, Age, BirthDate, Place, Plain, Date, Face };

struct FieldRow {
    std::string_view label; ///< keyword of an attribute or label of the text detector
    std::string_view field;
    Shape shape;
};

// Descriptions of a person that others may know (Guideline 4.3(3), 4.6). Dates of examinations are shifted
// per subject and are no trait then; where a person decided to keep them, each day tells (Guideline 4.9(8)).
constexpr std::array kFields{
    FieldRow{"PatientSex", "sex", Shape::Sex},
    FieldRow{"SEX", "sex", Shape::Sex},
    FieldRow{"PatientAge", "age", Shape::Age},
    FieldRow{"AGE", "age", Shape::Age},
    FieldRow{"PatientBirthDate", "birth-date", Shape::BirthDate},
    FieldRow{"BIRTH_DATE", "birth-date", Shape::BirthDate},
    FieldRow{"PatientAddress", "municipality", Shape::Place},
    FieldRow{"ADDRESS", "municipality", Shape::Place},
    FieldRow{"MUNICIPALITY", "municipality", Shape::Place},
    FieldRow{"RegionOfResidence", "region", Shape::Plain},
    FieldRow{"CountryOfResidence", "country", Shape::Plain},
    FieldRow{"POSTAL_CODE", "postal-code", Shape::Plain},
    FieldRow{"Occupation", "occupation", Shape::Plain},
    FieldRow{"OCCUPATION", "occupation", Shape::Plain},
    FieldRow{"ORGANIZATION", "affiliation", Shape::Plain},
    FieldRow{"MilitaryRank", "affiliation", Shape::Plain},
    FieldRow{"BranchOfService", "affiliation", Shape::Plain},
    FieldRow{"InstitutionName", "facility", Shape::Plain},
    FieldRow{"FACILITY", "facility", Shape::Plain},
    FieldRow{"EthnicGroup", "ethnic-group", Shape::Plain},
    FieldRow{"PatientReligiousPreference", "religion", Shape::Plain},
    FieldRow{"StudyDate", "examination-date", Shape::Date},
    FieldRow{"SeriesDate", "examination-date", Shape::Date},
    FieldRow{"AcquisitionDate", "examination-date", Shape::Date},
    FieldRow{"FaceSurface", "face", Shape::Face},
    FieldRow{"PatientSize", "height", Shape::Plain},
    FieldRow{"PatientWeight", "weight", Shape::Plain},
};

std::string trimmed(std::string_view text) {
    constexpr std::string_view kBlank = " \t\r\n";
    const std::size_t first = text.find_first_not_of(kBlank);
    if (first == std::string_view::npos) {
        return {};
    }
    return std::string(text.substr(first, text.find_last_not_of(kBlank) - first + 1));
}

// Full-width digits are written as ASCII ones.
std::string asciiDigits(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const std::string_view rest = text.substr(i, 3);
        if (rest >= "０" && rest <= "９" && rest.size() == 3) {
            out += static_cast<char>('0' + (static_cast<unsigned char>(rest[2]) - 0x90));
            i += 2;
        } else {
            out += text[i];
        }
    }
    return out;
}

std::string sexOf(std::string_view text) {
    const auto has = [text](std::string_view part) { return text.find(part) != std::string_view::npos; };
    const std::string upper = trimmed(text);
    if (has("女") || upper == "F" || upper == "f" || has("emale")) {
        return "F";
    }
    if (has("男") || upper == "M" || upper == "m" || has("ale")) {
        return "M";
    }
    return upper;
}

// "045Y", "45歳", "45 歳", "090Y": years; months, weeks and days are less than a year unless they say more.
std::string ageOf(std::string_view text) {
    const std::string plain = asciiDigits(text);
    const std::size_t first = plain.find_first_of("0123456789");
    if (first == std::string::npos) {
        return trimmed(plain);
    }
    std::size_t end = first;
    int number = 0;
    for (; end < plain.size() && plain[end] >= '0' && plain[end] <= '9' && number < 100'000; ++end) {
        number = number * 10 + (plain[end] - '0');
    }
    const std::string_view unit = std::string_view(plain).substr(end);
    const auto starts = [unit](std::string_view word) { return unit.starts_with(word); };
    if (starts("M") || starts("か月") || starts("ヶ月") || starts("カ月")) {
        number /= 12;
    } else if (starts("W") || starts("週")) {
        number /= 52;
    } else if (starts("D") || starts("日")) {
        number /= 365;
    }
    return std::to_string(number);
}

// 東京都中央区築地5-1-1 -> 東京都中央区 (Guideline 4.8.3).
std::string municipalityOf(std::string_view text) {
    constexpr std::size_t kCharacter = 3;
    std::size_t from = 0;
    for (const std::string_view end : {"都", "道", "府", "県"}) {
        const std::size_t at = text.find(end);
        if (at != std::string_view::npos && at >= 2 * kCharacter && at <= 3 * kCharacter) {
            from = at + kCharacter;
            break;
        }
    }
    std::size_t nearest = std::string_view::npos;
    for (const std::string_view end : {"市", "区", "町", "村"}) {
        nearest = std::min(nearest, text.find(end, from + kCharacter));
    }
    return nearest == std::string_view::npos ? trimmed(text) : trimmed(text.substr(0, nearest + kCharacter));
}

/// "11-JUL-1992" of an EDF+ header (EDF+ specification 2.1.3.3) as 19920711; anything else as it is.
std::string plainDay(std::string_view text) {
    constexpr std::string_view kMonths = "JANFEBMARAPRMAYJUNJULAUGSEPOCTNOVDEC";
    const std::string day = trimmed(text);
    if (day.size() != 11 || day[2] != '-' || day[6] != '-') {
        return day;
    }
    const std::size_t month = kMonths.find(day.substr(3, 3));
    if (month == std::string_view::npos || month % 3 != 0) {
        return day;
    }
    const std::string number = std::to_string(month / 3 + 1);
    return day.substr(7) + (number.size() < 2 ? "0" : "") + number + day.substr(0, 2);
}

std::string dayOf(std::string_view text, bool generalised) {
    const auto day = detect::japanese::parseDay(plainDay(text));
    if (!day) {
        return trimmed(text); // unread: as telling as it can be
    }
    const std::string month = detect::japanese::yearMonth(*day);
    return generalised ? month : month + (day->day < 10 ? "-0" : "-") + std::to_string(day->day);
}

Trait birthOf(std::string_view text, bool generalised) {
    const bool read = detect::japanese::parseDay(plainDay(text)).has_value();
    return {generalised && read ? "birth-month" : "birth-date", dayOf(text, generalised), {}, true};
}

bool isStructured(const Locator& locator) {
    return locator.kind == Locator::Kind::Attribute || locator.kind == Locator::Kind::Column ||
           locator.path.find("recordTarget") != std::string::npos;
}

bool reveals(Action action) {
    return action == Action::Keep || action == Action::Generalise || action == Action::TopCode ||
           action == Action::BottomCode || action == Action::Microaggregate;
}

std::string normalised(Shape shape, std::string_view text) {
    switch (shape) {
    case Shape::Sex:
        return sexOf(text);
    case Shape::Age:
        return ageOf(text);
    case Shape::Place:
        return asciiDigits(trimmed(text));
    case Shape::Face:
        return "kept";
    case Shape::Date:
    case Shape::BirthDate:
    case Shape::Plain:
        break;
    }
    return asciiDigits(trimmed(text));
}

/// A quasi-identifier that a person saw and no field is for.
bool isChosen(const model::Finding& finding) {
    return finding.origin == model::Origin::Person && finding.category == model::Category::QuasiIdentifier &&
           finding.locator.kind != Locator::Kind::Pixels && finding.locator.kind != Locator::Kind::Column;
}

/// What a finding reveals that is decided as it stands.
std::optional<Trait> revealed(const model::Finding& finding) {
    const auto* const row = std::ranges::find(kFields, std::string_view(finding.label), &FieldRow::label);
    const Action action = finding.effective();
    if (row == kFields.end() && isChosen(finding) && reveals(action) && !trimmed(finding.text).empty()) {
        const bool known = action != Action::Keep && !finding.replacement.empty();
        return Trait{"chosen", asciiDigits(trimmed(known ? finding.replacement : finding.text)),
                     finding.asset, false};
    }
    if (row != kFields.end() && row->shape == Shape::Face) {
        return action == Action::Keep
                   ? std::optional(Trait{std::string(row->field), "kept", finding.asset, true})
                   : std::nullopt;
    }
    if (row == kFields.end() || !reveals(action) || finding.locator.kind == Locator::Kind::Column ||
        trimmed(finding.text).empty()) {
        return std::nullopt;
    }
    const bool changed = action != Action::Keep;
    const bool known = changed && !finding.replacement.empty() && action == finding.suggested;
    Trait out;
    if (row->shape == Shape::BirthDate) {
        out = birthOf(finding.text, changed);
    } else if (row->shape == Shape::Date) {
        out = {std::string(row->field), dayOf(finding.text, changed), {}, true};
    } else if (changed && row->shape == Shape::Place) {
        out = {std::string(row->field), municipalityOf(known ? finding.replacement : finding.text), {}, true};
    } else {
        out = {std::string(row->field),
               normalised(row->shape, known ? finding.replacement : finding.text),
               {},
               true};
    }
    out.asset = finding.asset;
    out.structured = isStructured(finding.locator);
    return out;
}

std::optional<Trait> traitOf(const model::Finding& finding) {
    if (finding.state != model::DecisionState::Open) {
        return revealed(finding);
    }
    const auto* const row = std::ranges::find(kFields, std::string_view(finding.label), &FieldRow::label);
    if (row != kFields.end() && row->shape == Shape::Date) {
        return std::nullopt;
    }
    model::Finding staged = finding;
    staged.state = model::DecisionState::Accepted;
    staged.action = finding.suggested;
    auto out = revealed(staged);
    if (out) {
        out->decided = false;
    }
    return out;
}

} // namespace

std::optional<Trait> traitOfCell(std::string_view label, std::string_view value, base::AssetId asset) {
    const auto* const row = std::ranges::find(kFields, label, &FieldRow::label);
    const std::string text = asciiDigits(trimmed(value));
    if (row == kFields.end() || text.empty()) {
        return std::nullopt;
    }
    // A cell is processed already: "40-49", "1958-08", "90+" stay as they are.
    const bool plain = text.find_first_not_of("0123456789") == std::string::npos;
    Trait out{std::string(row->field), text, asset, true};
    if (row->shape == Shape::Sex || (row->shape == Shape::Age && plain)) {
        out.value = normalised(row->shape, text);
    } else if (row->shape == Shape::BirthDate || row->shape == Shape::Date) {
        out.value = dayOf(text, false);
        if (row->shape == Shape::BirthDate && out.value.size() <= 7) {
            out.field = "birth-month";
        }
    }
    return out;
}

std::vector<Trait> traitsOf(std::span<const model::Finding> findings) {
    std::vector<Trait> out;
    for (const model::Finding& finding : findings) {
        auto trait = traitOf(finding);
        const auto same = [&trait](const Trait& other) {
            return other.field == trait->field && other.value == trait->value && other.asset == trait->asset;
        };
        if (!trait || trait->value.empty()) {
            continue;
        }
        if (const auto it = std::ranges::find_if(out, same); it != out.end()) {
            it->structured = it->structured || trait->structured;
            it->decided = it->decided || trait->decided;
        } else {
            out.push_back(std::move(*trait));
        }
    }
    return out;
}

} // namespace kamei::risk
