#include "core/transform/text/NewValue.h"

#include <algorithm>
#include <array>

#include "core/intake/encoding/Unicode.h"
#include "core/intake/text/DateNotation.h"
#include "core/transform/text/Municipality.h"
#include "core/transform/text/Placeholder.h"
#include "core/transform/text/Reference.h"

namespace kamei::transform::text {
namespace {

using intake::text::DateNotation;
using model::Action;

constexpr std::int32_t kTopAge = 90; ///< policy guideline-2024: ages of 90 and over become one class

std::string deleted(const OldValue& old) {
    return old.whole ? std::string() : placeholder(old.label, old.japanese);
}

/// Blanks do not make another name.
std::string withoutBlanks(std::string_view text) {
    std::u32string out = intake::encoding::toUtf32(text);
    std::erase_if(
        out, [](char32_t c) { return c == U' ' || c == 0x3000 || c == U'\t' || c == U'\r' || c == U'\n'; });
    return intake::encoding::toUtf8(out);
}

std::string_view tokenPrefix(std::string_view label) {
    struct Row {
        std::string_view label;
        std::string_view prefix;
    };
    static constexpr std::array kRows{Row{"FAMILY_NAME", "F"},  Row{"CLINICIAN_NAME", "D"},
                                      Row{"OTHER_NAME", "N"},   Row{"FACILITY", "H"},
                                      Row{"ORGANIZATION", "O"}, Row{"EXAM_ID", "E"}};
    const auto* const found =
        std::find_if(kRows.begin(), kRows.end(), [&](const Row& row) { return row.label == label; });
    return found == kRows.end() ? "X" : found->prefix;
}

/// A number at the beginning of an age, with what follows it.
struct Age {
    std::int32_t years = 0;
    std::u32string unit;
};

std::optional<Age> parseAge(std::string_view text) {
    static constexpr std::u32string_view kKanji = U"〇一二三四五六七八九";
    const std::u32string all = intake::encoding::toUtf32(text);
    std::size_t i = 0;
    while (i < all.size() && (all[i] == U' ' || all[i] == U'満' || all[i] == 0x3000)) {
        ++i;
    }
    Age out;
    std::size_t digits = 0;
    for (; i < all.size() && digits < 4; ++i, ++digits) {
        const char32_t c = all[i];
        const std::size_t kanji = kKanji.find(c);
        if (c >= U'0' && c <= U'9') {
            out.years = out.years * 10 + static_cast<std::int32_t>(c - U'0');
        } else if (c >= 0xFF10 && c <= 0xFF19) {
            out.years = out.years * 10 + static_cast<std::int32_t>(c - 0xFF10);
        } else if (c == U'十') {
            out.years = (out.years == 0 ? 1 : out.years) * 10;
        } else if (c == U'百') {
            out.years = (out.years == 0 ? 1 : out.years) * 100;
        } else if (kanji != std::u32string_view::npos) {
            const bool afterTen = digits > 0 && (all[i - 1] == U'十' || all[i - 1] == U'百');
            out.years = afterTen ? out.years + static_cast<std::int32_t>(kanji)
                                 : out.years * 10 + static_cast<std::int32_t>(kanji);
        } else {
            break;
        }
    }
    out.unit = all.substr(i);
    return digits == 0 ? std::nullopt : std::optional(out);
}

bool countsMonths(const Age& age) {
    static constexpr std::array<std::u32string_view, 9> kUnits{U"か月", U"カ月", U"ヶ月", U"ヵ月", U"ケ月",
                                                               U"ヶ",   U"日",   U"mo",   U"M"};
    return std::any_of(kUnits.begin(), kUnits.end(),
                       [&](std::u32string_view unit) { return age.unit.starts_with(unit); });
}

std::optional<std::string> topCoded(const OldValue& old) {
    const auto age = parseAge(old.text);
    if (!age) {
        return deleted(old);
    }
    if (age->years < kTopAge || countsMonths(*age)) {
        return std::nullopt;
    }
    if (age->unit.empty()) {
        return "90"; // a bare number stays a number
    }
    return old.japanese ? "90歳以上" : "90 or older";
}

std::string ageBand(const OldValue& old) {
    const auto age = parseAge(old.text);
    if (!age || countsMonths(*age)) {
        return deleted(old);
    }
    if (age->years >= kTopAge) {
        return topCoded(old).value_or(deleted(old));
    }
    const std::string decade = std::to_string(age->years / 10 * 10);
    if (age->unit.empty()) {
        return decade;
    }
    return old.japanese ? (age->years < 10 ? "10歳未満" : decade + "代") : decade + "s";
}

std::string generalised(const OldValue& old) {
    if (isDate(old.label)) {
        const auto date = DateNotation::parse(old.text);
        return date ? date->toMonth(old.whole) : deleted(old);
    }
    if (old.label == "ADDRESS" || old.label == "MUNICIPALITY") {
        return toMunicipality(old.text).value_or(deleted(old));
    }
    return old.label == "AGE" ? ageBand(old) : deleted(old);
}

std::string shifted(const OldValue& old, const Person& person) {
    const auto date = DateNotation::parse(old.text);
    const auto moved = date ? date->shifted(person.shiftDays) : std::nullopt;
    return moved.value_or(deleted(old));
}

std::string replaced(const OldValue& old, const Person& person, const pseudonym::Key& key) {
    if (old.uid) {
        return key.uid(old.text);
    }
    if (old.reference) {
        return newReference(old.text, key);
    }
    if (old.label == "PATIENT_NAME" || old.label == "CHART_NO") {
        return person.pseudonym;
    }
    if (isDate(old.label)) {
        return shifted(old, person);
    }
    return key.token(old.label, withoutBlanks(old.text), tokenPrefix(old.label));
}

} // namespace

bool isDate(std::string_view label) {
    return label == "DATE" || label == "BIRTH_DATE";
}

std::optional<std::string> newValue(const OldValue& old, Action action, const Person& person,
                                    const pseudonym::Key& key) {
    switch (action) {
    case Action::Replace:
        return replaced(old, person, key);
    case Action::Generalise:
        return generalised(old);
    case Action::Shift:
    case Action::Noise:
        return shifted(old, person);
    case Action::TopCode:
        return old.label == "BIRTH_DATE" ? std::optional(generalised(old)) : topCoded(old);
    case Action::Keep:
        return std::nullopt;
    default:
        return deleted(old);
    }
}

} // namespace kamei::transform::text
