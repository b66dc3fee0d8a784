#include "core/intake/dicom/Unopened.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <string>

namespace kamei::intake::dicom {
namespace {

constexpr Tag kMimeType = 0x00420012;
constexpr Tag kDocumentLength = 0x00420015;
constexpr Tag kDirectoryRecords = 0x00041220;
constexpr std::string_view kDirectoryClass = "1.2.840.10008.1.3.10";
/// Basic Voice Audio and General Audio Waveform Storage.
constexpr std::array<std::string_view, 2> kAudioClasses{"1.2.840.10008.5.1.4.1.1.9.4.1",
                                                        "1.2.840.10008.5.1.4.1.1.9.4.2"};

std::string lowerCase(std::string_view text) {
    std::string out(text);
    std::ranges::transform(out, out.begin(),
                           [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return out;
}

std::string_view documentWord(const Instance& instance) {
    const std::string type = lowerCase(instance.text(kMimeType));
    const std::string_view sopClass = instance.text(tags::SopClass);
    if (type == "application/pdf" || sopClass == "1.2.840.10008.5.1.4.1.1.104.1") {
        return "encapsulated-pdf";
    }
    if (type == "text/xml" || type == "application/xml" || sopClass == "1.2.840.10008.5.1.4.1.1.104.2") {
        return "encapsulated-cda";
    }
    return type.starts_with("model/") ? "encapsulated-model" : "encapsulated-document";
}

} // namespace

std::optional<std::string> documentInside(const Instance& instance) {
    const Element* element = instance.find(tags::EncapsulatedDocument);
    const std::string_view part = unopenedPart(instance);
    if ((part != "encapsulated-cda" && part != "encapsulated-pdf") || element->kind != Element::Kind::Value) {
        return std::nullopt;
    }
    const auto bytes = instance.value(*element);
    std::string out(reinterpret_cast<const char*>(bytes.data()), bytes.size());
    // Encapsulated Document Length tells padding from content where it is stated.
    const auto stated = instance.number(kDocumentLength);
    if (stated && *stated > 0 && static_cast<std::uint64_t>(*stated) + 1 == out.size()) {
        out.pop_back();
    } else if (!stated && !out.empty() && out.back() == '\0') {
        out.pop_back();
    }
    return out;
}

bool isDirectory(const Instance& instance) {
    const bool named = std::ranges::any_of(instance.meta(), [&](const Element& element) {
        const auto raw = instance.metaValue(element);
        return element.tag == tags::MediaStorageSopClass &&
               std::string_view(reinterpret_cast<const char*>(raw.data()), raw.size())
                   .starts_with(kDirectoryClass);
    });
    return named || instance.find(kDirectoryRecords) != nullptr;
}

std::string_view unopenedPart(const Instance& instance) {
    if (isDirectory(instance)) {
        return "dicomdir";
    }
    if (std::ranges::find(kAudioClasses, instance.text(tags::SopClass)) != kAudioClasses.end()) {
        return "audio";
    }
    return instance.find(tags::EncapsulatedDocument) == nullptr ? std::string_view{} : documentWord(instance);
}

} // namespace kamei::intake::dicom
