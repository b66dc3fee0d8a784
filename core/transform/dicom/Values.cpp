#include "core/transform/dicom/Values.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "core/detect/attribute/Profile.h"
#include "core/detect/attribute/ValueForms.h"
#include "core/intake/dicom/CharacterSet.h"

namespace kamei::transform::dicom {
namespace {

namespace vr = intake::dicom::vr;
namespace tags = intake::dicom::tags;

constexpr Tag kCodingScheme = 0x00080102;

template <class Change> std::string eachValue(std::string_view value, Vr vr, Change change) {
    std::string out;
    bool first = true;
    for (const std::string_view one : intake::dicom::valuesOf(value, vr)) {
        if (!first) {
            out += '\\';
        }
        first = false;
        out += change(one);
    }
    return out;
}

std::string digitsOf(std::string_view text) {
    std::string out;
    std::ranges::copy_if(text, std::back_inserter(out), [](char c) { return c >= '0' && c <= '9'; });
    return out;
}

/// The eight digits of a date that a DA value states, "1997.04.24" included; empty for ranges and nonsense.
std::string dateOf(std::string_view value) {
    const bool dotted =
        value.size() == 10 && value[4] == value[7] && (value[4] == '.' || value[4] == '-' || value[4] == '/');
    std::string digits = digitsOf(value);
    return digits.size() == 8 && (dotted || value.size() == 8) ? digits : std::string{};
}

/// What stands where no date is known: it is nobody's date, and moved it would tell by how much.
bool isPlaceholder(std::string_view date) {
    constexpr std::array<std::string_view, 8> kPlaceholders{"00010101", "18581117", "18991230", "18991231",
                                                            "19000101", "19010101", "19700101", "99991231"};
    return std::ranges::find(kPlaceholders, date) != kPlaceholders.end();
}

std::string shiftedDate(std::string_view value, std::int32_t days) {
    const std::string date = dateOf(value);
    if (isPlaceholder(date)) {
        return date;
    }
    const auto moved = pseudonym::shiftDate(date, days);
    return moved ? *moved : std::string{};
}

std::string shiftedDateTime(std::string_view value, std::int32_t days) {
    if (!detect::attribute::hasForm(value, vr::DT)) {
        return {};
    }
    if (isPlaceholder(value.substr(0, 8))) {
        return std::string(value.substr(0, 8));
    }

    const std::size_t digits = static_cast<std::size_t>(
        std::ranges::find_if(value, [](char c) { return c < '0' || c > '9'; }) - value.begin());
    const std::size_t precision = std::min<std::size_t>(digits, 8);
    if (precision < 4 || precision % 2 != 0) {
        return {};
    }
    std::string whole(value.substr(0, precision));
    whole += std::string_view("0101").substr(precision - 4);
    const auto moved = pseudonym::shiftDate(whole, days);
    return moved ? moved->substr(0, precision) + std::string(value.substr(precision)) : std::string{};
}

} // namespace

std::string shiftedDates(std::string_view value, std::int32_t days) {
    return eachValue(value, vr::DA, [&](std::string_view one) -> std::string {
        const std::size_t dash = one.size() == 10 ? std::string_view::npos : one.find('-');
        if (dash == std::string_view::npos) {
            return shiftedDate(one, days);
        }
        // A range, as in queries (PS3.4 C.2.2.2.5); one end may be open.
        const std::string_view from = one.substr(0, dash);
        const std::string_view to = one.substr(dash + 1);
        const std::string movedFrom = shiftedDate(from, days);
        const std::string movedTo = shiftedDate(to, days);
        const bool whole = movedFrom.empty() == from.empty() && movedTo.empty() == to.empty();
        return whole && one.size() > 1 ? movedFrom + '-' + movedTo : std::string{};
    });
}

std::string shiftedDateTimes(std::string_view value, std::int32_t days) {
    return eachValue(value, vr::DT, [&](std::string_view one) { return shiftedDateTime(one, days); });
}

std::string monthOf(std::string_view value, Vr valueVr) {
    return eachValue(value, valueVr, [&](std::string_view one) -> std::string {
        const std::string date = valueVr == vr::DT ? digitsOf(one.substr(0, 8)) : dateOf(one);
        const auto month = pseudonym::generaliseDateToMonth(date);
        return month ? *month : std::string{};
    });
}

std::string topCodedAge(std::string_view value) {
    return eachValue(value, vr::AS, [](std::string_view one) -> std::string {
        int years = 0;
        const auto [end, error] = std::from_chars(one.data(), one.data() + one.size(), years);
        const bool whole = error == std::errc{} && one.size() == 4 && end == one.data() + 3 &&
                           std::string_view("DWMY").find(*end) != std::string_view::npos;
        if (!whole) {
            return {}; // what is no age cannot be vouched for
        }
        return *end == 'Y' && years >= 90 ? std::string("090Y") : std::string(one);
    });
}

std::string replacedUids(std::string_view value, const pseudonym::Key& key) {
    return eachValue(value, vr::UI, [&](std::string_view one) -> std::string {
        if (one.empty() || detect::attribute::Profile::isWellKnownUid(one)) {
            return std::string(one);
        }
        return key.uid(one);
    });
}

std::string dummyOf(Tag tag, Vr valueVr, const Person& person, const pseudonym::Key& key,
                    std::string_view original) {
    const bool patient = intake::dicom::groupOf(tag) == intake::dicom::groupOf(tags::PatientName);
    if (tag == tags::PatientId || (patient && valueVr == vr::PN)) {
        return person.pseudonym;
    }
    if (tag == kCodingScheme) {
        return "99REMOVED"; // 99: a scheme of nobody's registry (PS3.3 8.2)
    }
    switch (static_cast<std::uint16_t>(valueVr)) {
    case static_cast<std::uint16_t>(vr::UR):
        return "urn:removed";
    case static_cast<std::uint16_t>(vr::DA):
        return "19000101";
    case static_cast<std::uint16_t>(vr::DT):
        return "19000101000000";
    case static_cast<std::uint16_t>(vr::TM):
        return "000000";
    case static_cast<std::uint16_t>(vr::AS):
        return "000Y";
    case static_cast<std::uint16_t>(vr::UI):
        return original.empty() ? std::string{} : replacedUids(original, key);
    case static_cast<std::uint16_t>(vr::IS):
    case static_cast<std::uint16_t>(vr::DS):
        return "0";
    case static_cast<std::uint16_t>(vr::US):
    case static_cast<std::uint16_t>(vr::SS):
    case static_cast<std::uint16_t>(vr::OB):
    case static_cast<std::uint16_t>(vr::OW):
    case static_cast<std::uint16_t>(vr::UN):
        return std::string(2, '\0');
    case static_cast<std::uint16_t>(vr::UL):
    case static_cast<std::uint16_t>(vr::SL):
    case static_cast<std::uint16_t>(vr::FL):
    case static_cast<std::uint16_t>(vr::AT):
    case static_cast<std::uint16_t>(vr::OL):
    case static_cast<std::uint16_t>(vr::OF):
        return std::string(4, '\0');
    case static_cast<std::uint16_t>(vr::FD):
    case static_cast<std::uint16_t>(vr::OD):
    case static_cast<std::uint16_t>(vr::SV):
    case static_cast<std::uint16_t>(vr::UV):
    case static_cast<std::uint16_t>(vr::OV):
        return std::string(8, '\0');
    case static_cast<std::uint16_t>(vr::SQ):
        return {};
    default:
        return "REMOVED";
    }
}

std::optional<int> yearsBetween(std::string_view from, std::string_view to) {
    const std::string a = dateOf(from);
    const std::string b = dateOf(to);
    if (a.empty() || b.empty()) {
        return std::nullopt;
    }
    int first = 0;
    int second = 0;
    std::from_chars(a.data(), a.data() + a.size(), first);
    std::from_chars(b.data(), b.data() + b.size(), second);
    return (second - first) / 10'000;
}

std::size_t longest(Vr valueVr) {
    if (valueVr == vr::SH || valueVr == vr::AE || valueVr == vr::CS) {
        return 16;
    }
    if (valueVr == vr::LO) {
        return 64;
    }
    if (valueVr == vr::ST) {
        return 1024;
    }
    return valueVr == vr::LT ? 10'240 : 0;
}

} // namespace kamei::transform::dicom
