#include "core/detect/attribute/PrivateValues.h"

#include <algorithm>
#include <array>
#include <bit>
#include <charconv>
#include <nlohmann/json.hpp>
#include <type_traits>

namespace kamei::detect::attribute {
namespace {

namespace vr = intake::dicom::vr;
namespace tags = intake::dicom::tags;
using intake::dicom::CharacterSet;
using intake::dicom::Element;
using intake::dicom::Instance;
using intake::dicom::Vr;

constexpr std::size_t kMostCodePoints = 64;
constexpr std::size_t kMostNumbers = 16;
constexpr std::size_t kMostBytes = 1U << 20U;
constexpr std::size_t kShortestRun = 4;

std::string shortened(std::string text) {
    std::size_t points = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if ((static_cast<unsigned char>(text[i]) & 0xC0) != 0x80 && points++ == kMostCodePoints) {
            text.resize(i);
            text += "…";
            break;
        }
    }
    return text;
}

std::string trimmed(std::string_view text) {
    const std::size_t first = text.find_first_not_of(std::string_view(" \0", 2));
    if (first == std::string_view::npos) {
        return {};
    }
    return std::string(text.substr(first, text.find_last_not_of(std::string_view(" \0", 2)) - first + 1));
}

std::string_view rawOf(std::span<const std::byte> bytes) {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

template <class Number> std::string numbersOf(std::span<const std::byte> bytes, bool bigEndian) {
    std::string out;
    std::size_t count = 0;
    for (std::size_t at = 0; at + sizeof(Number) <= bytes.size(); at += sizeof(Number)) {
        if (count++ == kMostNumbers) {
            return out + "\\…";
        }
        std::array<std::byte, sizeof(Number)> raw{};
        std::copy_n(bytes.begin() + static_cast<std::ptrdiff_t>(at), raw.size(), raw.begin());
        if (bigEndian) {
            std::reverse(raw.begin(), raw.end());
        }
        std::array<char, 32> text{};
        const auto number = std::bit_cast<Number>(raw);
        const auto end = std::to_chars(text.data(), text.data() + text.size(), number).ptr;
        out += (out.empty() ? "" : "\\") + std::string(text.data(), end);
    }
    return out;
}

} // namespace

model::Device deviceOf(const Instance& instance) {
    CharacterSet set;
    if (const Element* declared = instance.find(tags::SpecificCharacterSet)) {
        set = CharacterSet::fromValue(instance.text(*declared));
    }
    const auto text = [&](intake::dicom::Tag tag) {
        const Element* element = instance.find(tag);
        return element == nullptr || element->kind != Element::Kind::Value
                   ? std::string{}
                   : trimmed(set.decode(instance.text(*element), vr::LO).utf8);
    };
    return {text(tags::Manufacturer), text(tags::ManufacturerModel), text(tags::SoftwareVersions)};
}

std::string exampleOf(std::span<const std::byte> value, Vr valueVr, bool bigEndian, const CharacterSet& set) {
    if (intake::dicom::isTextVr(valueVr)) {
        return shortened(trimmed(set.decode(rawOf(value), valueVr).utf8));
    }
    if (valueVr == vr::US || valueVr == vr::AT) {
        return numbersOf<std::uint16_t>(value, bigEndian);
    }
    if (valueVr == vr::SS) {
        return numbersOf<std::int16_t>(value, bigEndian);
    }
    if (valueVr == vr::UL) {
        return numbersOf<std::uint32_t>(value, bigEndian);
    }
    if (valueVr == vr::SL) {
        return numbersOf<std::int32_t>(value, bigEndian);
    }
    if (valueVr == vr::FL) {
        return numbersOf<float>(value, bigEndian);
    }
    if (valueVr == vr::FD) {
        return numbersOf<double>(value, bigEndian);
    }
    if (valueVr == vr::UV) {
        return numbersOf<std::uint64_t>(value, bigEndian);
    }
    if (valueVr == vr::SV) {
        return numbersOf<std::int64_t>(value, bigEndian);
    }
    return std::to_string(value.size()) + " bytes";
}

std::string textIn(std::span<const std::byte> value, const CharacterSet& set, bool& whole) {
    whole = value.size() <= kMostBytes;
    const std::string_view raw = rawOf(value.first(std::min(value.size(), kMostBytes)));
    std::string out;
    const auto take = [&](std::string_view run) {
        if (run.size() >= kShortestRun) {
            out += (out.empty() ? "" : "\n") + set.decode(run, vr::UT).utf8;
        }
    };
    std::size_t begin = 0;
    for (std::size_t at = 0; at <= raw.size(); ++at) {
        const bool inside = at < raw.size() &&
                            (static_cast<unsigned char>(raw[at]) >= 0x20 || raw[at] == 0x1B) &&
                            raw[at] != 0x7F;
        if (!inside) {
            take(raw.substr(begin, at - begin));
            begin = at + 1;
        }
    }
    // Two bytes a character: text that the runs above see as single letters with a zero between them.
    std::string wide;
    for (std::size_t at = 0; at + 1 < raw.size(); ++at) {
        const bool letter = raw[at] >= 0x20 && raw[at] < 0x7F && raw[at + 1] == 0;
        if (letter) {
            wide += raw[at++];
        } else if (!wide.empty()) {
            take(wide);
            wide.clear();
        }
    }
    take(wide);
    return out;
}

std::string textInNumbers(std::span<const std::byte> value, bool& written) {
    constexpr std::size_t kShortestWords = 8;
    constexpr std::ptrdiff_t kFewestLetters = 4;
    const std::string_view raw = rawOf(value.first(std::min(value.size(), kMostBytes)));
    const auto isLetter = [](char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); };
    const std::string_view words = raw.substr(0, raw.find_last_not_of(std::string_view(" \0", 2)) + 1);
    written = words.size() >= kShortestWords && std::ranges::count_if(words, isLetter) >= kFewestLetters &&
              std::ranges::all_of(words, [](char c) { return c >= 0x20 && c < 0x7F; });
    std::string out;
    std::string run;
    const auto take = [&] {
        if (run.size() >= kShortestRun) {
            out += (out.empty() ? "" : "\n") + run;
        }
        run.clear();
    };
    for (std::size_t at = 0; at < raw.size();) {
        const auto lead = static_cast<unsigned char>(raw[at]);
        const std::size_t length = lead >= 0xE0 && lead < 0xF0 ? 3 : lead >= 0xC2 && lead < 0xE0 ? 2 : 1;
        const bool ascii = length == 1 && lead >= 0x20 && lead < 0x7F;
        const bool wide = length > 1 && at + length <= raw.size() &&
                          std::ranges::all_of(raw.substr(at + 1, length - 1), [](char c) {
                              return (static_cast<unsigned char>(c) & 0xC0) == 0x80;
                          });
        if (ascii || wide) {
            run += raw.substr(at, length);
            at += length;
        } else {
            take();
            ++at;
        }
    }
    take();
    return out;
}

bool holdsUid(std::string_view text) {
    constexpr int kComponents = 5;
    int dots = 0;
    bool digit = false;
    for (const char c : text) {
        if (c >= '0' && c <= '9') {
            digit = true;
        } else if (c == '.' && digit) {
            ++dots;
            digit = false;
        } else {
            dots = 0;
            digit = false;
        }
        if (dots >= kComponents - 1 && digit) {
            return true;
        }
    }
    return false;
}

std::optional<PrivateFacts> factsOf(const std::string& detail) {
    const auto all = nlohmann::json::parse(detail, nullptr, false);
    if (!all.is_object() || !all.contains("private")) {
        return std::nullopt;
    }
    try {
        const auto& in = all.at("private");
        const auto vr = in.at("vr").get<std::string>();
        PrivateFacts out;
        out.vr = vr.size() == 2 ? intake::dicom::makeVr(vr[0], vr[1]) : vr::UN;
        out.device = {in.at("manufacturer").get<std::string>(), in.at("model").get<std::string>(),
                      in.at("software").get<std::string>()};
        out.examples = in.at("values").get<std::vector<std::string>>();
        return out;
    } catch (const nlohmann::json::exception&) {
        return std::nullopt;
    }
}

std::string withFacts(const std::string& detail, intake::dicom::Tag tag, const PrivateFacts& facts) {
    const std::string tagText = intake::dicom::tagText(tag); // "(0019,100C)"
    nlohmann::ordered_json all =
        detail.empty() ? nlohmann::ordered_json::object() : nlohmann::ordered_json::parse(detail);
    all["private"] = {{"element", tagText.substr(8, 2)},           {"vr", intake::dicom::vrText(facts.vr)},
                      {"manufacturer", facts.device.manufacturer}, {"model", facts.device.model},
                      {"software", facts.device.softwareVersion},  {"values", facts.examples}};
    return all.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

} // namespace kamei::detect::attribute
