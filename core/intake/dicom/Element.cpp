#include "core/intake/dicom/Element.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace kamei::intake::dicom {
namespace {

constexpr std::array kVrs{vr::AE, vr::AS, vr::AT, vr::CS, vr::DA, vr::DS, vr::DT, vr::FD, vr::FL,
                          vr::IS, vr::LO, vr::LT, vr::OB, vr::OD, vr::OF, vr::OL, vr::OV, vr::OW,
                          vr::PN, vr::SH, vr::SL, vr::SQ, vr::SS, vr::ST, vr::SV, vr::TM, vr::UC,
                          vr::UI, vr::UL, vr::UN, vr::UR, vr::US, vr::UT, vr::UV};

void appendHex(std::string& out, std::uint16_t number) {
    constexpr std::string_view kDigits = "0123456789ABCDEF";
    for (int shift = 12; shift >= 0; shift -= 4) {
        out += kDigits[(number >> shift) & 0xF];
    }
}

std::optional<std::uint16_t> hex(std::string_view text) {
    std::uint16_t out = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out, 16);
    if (error != std::errc{} || end != text.data() + text.size()) {
        return std::nullopt;
    }
    return out;
}

} // namespace

std::string tagText(Tag tag) {
    std::string out = "(";
    appendHex(out, groupOf(tag));
    out += ',';
    appendHex(out, elementOf(tag));
    out += ')';
    return out;
}

std::optional<Tag> tagFromText(std::string_view text) {
    if (text.size() != 11 || text.front() != '(' || text[5] != ',' || text.back() != ')') {
        return std::nullopt;
    }
    const auto group = hex(text.substr(1, 4));
    const auto element = hex(text.substr(6, 4));
    if (!group || !element) {
        return std::nullopt;
    }
    return static_cast<Tag>(*group) << 16 | *element;
}

std::string vrText(Vr vr) {
    const auto code = static_cast<std::uint16_t>(vr);
    return {static_cast<char>(code >> 8), static_cast<char>(code & 0xFF)};
}

bool isKnownVr(Vr vr) {
    return std::ranges::find(kVrs, vr) != kVrs.end();
}

bool hasLongLength(Vr vr) {
    switch (static_cast<std::uint16_t>(vr)) {
    case static_cast<std::uint16_t>(vr::AE):
    case static_cast<std::uint16_t>(vr::AS):
    case static_cast<std::uint16_t>(vr::AT):
    case static_cast<std::uint16_t>(vr::CS):
    case static_cast<std::uint16_t>(vr::DA):
    case static_cast<std::uint16_t>(vr::DS):
    case static_cast<std::uint16_t>(vr::DT):
    case static_cast<std::uint16_t>(vr::FD):
    case static_cast<std::uint16_t>(vr::FL):
    case static_cast<std::uint16_t>(vr::IS):
    case static_cast<std::uint16_t>(vr::LO):
    case static_cast<std::uint16_t>(vr::LT):
    case static_cast<std::uint16_t>(vr::PN):
    case static_cast<std::uint16_t>(vr::SH):
    case static_cast<std::uint16_t>(vr::SL):
    case static_cast<std::uint16_t>(vr::SS):
    case static_cast<std::uint16_t>(vr::ST):
    case static_cast<std::uint16_t>(vr::TM):
    case static_cast<std::uint16_t>(vr::UI):
    case static_cast<std::uint16_t>(vr::UL):
    case static_cast<std::uint16_t>(vr::US):
        return false;
    default:
        return true;
    }
}

bool isCharacterSetVr(Vr vr) {
    return vr == vr::SH || vr == vr::LO || vr == vr::ST || vr == vr::LT || vr == vr::PN || vr == vr::UC ||
           vr == vr::UT;
}

bool isTextVr(Vr vr) {
    return isCharacterSetVr(vr) || vr == vr::AE || vr == vr::AS || vr == vr::CS || vr == vr::DA ||
           vr == vr::DS || vr == vr::DT || vr == vr::IS || vr == vr::TM || vr == vr::UI || vr == vr::UR;
}

bool isSingleTextVr(Vr vr) {
    return vr == vr::ST || vr == vr::LT || vr == vr::UT || vr == vr::UR;
}

bool isNumberVr(Vr vr) {
    return vr == vr::US || vr == vr::SS || vr == vr::UL || vr == vr::SL || vr == vr::FL || vr == vr::FD ||
           vr == vr::SV || vr == vr::UV || vr == vr::AT;
}

std::size_t numberSize(Vr vr) {
    if (vr == vr::US || vr == vr::SS || vr == vr::OW || vr == vr::AT) {
        return 2;
    }
    if (vr == vr::UL || vr == vr::SL || vr == vr::FL || vr == vr::OF || vr == vr::OL) {
        return 4;
    }
    if (vr == vr::FD || vr == vr::OD || vr == vr::OV || vr == vr::SV || vr == vr::UV) {
        return 8;
    }
    return 1;
}

std::string pathText(const std::vector<PathStep>& path) {
    std::string out;
    for (const PathStep& step : path) {
        if (!out.empty()) {
            out += '.';
        }
        out += tagText(step.tag);
        if (step.item == PathStep::kAnyItem) {
            out += "[*]";
        } else if (step.item >= 0) {
            out += '[' + std::to_string(step.item) + ']';
        }
    }
    return out;
}

std::vector<PathStep> pathFromText(std::string_view text) {
    std::vector<PathStep> out;
    while (!text.empty()) {
        const auto tag = tagFromText(text.substr(0, 11));
        if (!tag) {
            return {};
        }
        PathStep step{*tag, PathStep::kNoItem};
        text.remove_prefix(11);
        if (text.starts_with("[*]")) {
            step.item = PathStep::kAnyItem;
            text.remove_prefix(3);
        } else if (text.starts_with('[')) {
            const auto [end, error] = std::from_chars(text.data() + 1, text.data() + text.size(), step.item);
            if (error != std::errc{} || step.item < 0 || end == text.data() + text.size() || *end != ']') {
                return {};
            }
            text.remove_prefix(static_cast<std::size_t>(end - text.data()) + 1);
        }
        out.push_back(step);
        if (text.starts_with('.')) {
            text.remove_prefix(1);
            if (text.empty()) {
                return {};
            }
        } else if (!text.empty()) {
            return {};
        }
    }
    return out;
}

} // namespace kamei::intake::dicom
