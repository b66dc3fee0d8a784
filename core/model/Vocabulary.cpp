#include "core/model/Vocabulary.h"

#include <array>
#include <cstddef>

namespace kamei::model {
namespace {

using namespace std::string_view_literals;

// In the order of the enumerators. These words stand in workspaces and in the command line's output.
constexpr std::array kCategories{"code1"sv,     "code2"sv, "identifier"sv, "quasi"sv,
                                 "financial"sv, "link"sv,  "contact"sv,    "none"sv};
constexpr std::array kRequirements{"required"sv, "recommended"sv, "conditional"sv, "none"sv};
constexpr std::array kActions{"keep"sv,           "delete"sv, "replace"sv, "generalise"sv, "shift"sv,
                              "clean"sv,          "mask"sv,   "deface"sv,  "top-code"sv,   "bottom-code"sv,
                              "microaggregate"sv, "swap"sv,   "noise"sv,   "synthesise"sv};
constexpr std::array kDecisionStates{"open"sv, "accepted"sv, "changed"sv, "rejected"sv};
constexpr std::array kOrigins{"rule"sv, "model"sv, "known"sv, "device"sv, "ocr"sv, "face"sv, "person"sv};
constexpr std::array kAssetKinds{"dicom-series"sv, "dicom-video"sv, "dicom-slide"sv, "dicom-document"sv,
                                 "text"sv,         "document"sv,    "table"sv,       "image"sv,
                                 "video"sv,        "slide"sv,       "signal"sv,      "genome"sv,
                                 "pdf"sv,          "volume"sv,      "unreadable"sv};
constexpr std::array kAssetStates{"imported"sv,  "detected"sv,  "decided"sv, "staged"sv,
                                  "confirmed"sv, "sent-back"sv, "excluded"sv};

template <class Enum, std::size_t N>
std::optional<Enum> find(const std::array<std::string_view, N>& words, std::string_view text) {
    for (std::size_t i = 0; i < N; ++i) {
        if (words[i] == text) {
            return static_cast<Enum>(i);
        }
    }
    return std::nullopt;
}

template <class Enum, std::size_t N>
std::string_view at(const std::array<std::string_view, N>& words, Enum value) {
    return words.at(static_cast<std::size_t>(value));
}

} // namespace

bool isDicom(AssetKind kind) {
    return kind == AssetKind::DicomSeries || kind == AssetKind::DicomVideo || kind == AssetKind::DicomSlide ||
           kind == AssetKind::DicomDocument;
}

std::string_view word(Category value) {
    return at(kCategories, value);
}
std::string_view word(Requirement value) {
    return at(kRequirements, value);
}
std::string_view word(Action value) {
    return at(kActions, value);
}
std::string_view word(DecisionState value) {
    return at(kDecisionStates, value);
}
std::string_view word(Origin value) {
    return at(kOrigins, value);
}
std::string_view word(AssetKind value) {
    return at(kAssetKinds, value);
}
std::string_view word(AssetState value) {
    return at(kAssetStates, value);
}

std::optional<Category> categoryFromWord(std::string_view text) {
    return find<Category>(kCategories, text);
}
std::optional<Requirement> requirementFromWord(std::string_view text) {
    return find<Requirement>(kRequirements, text);
}
std::optional<Action> actionFromWord(std::string_view text) {
    return find<Action>(kActions, text);
}
std::optional<DecisionState> decisionStateFromWord(std::string_view text) {
    return find<DecisionState>(kDecisionStates, text);
}
std::optional<AssetKind> assetKindFromWord(std::string_view text) {
    return find<AssetKind>(kAssetKinds, text);
}

} // namespace kamei::model
