#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/intake/dicom/CharacterSet.h"
#include "core/intake/dicom/Element.h"
#include "core/intake/dicom/Instance.h"
#include "core/model/Policy.h"

namespace kamei::detect::attribute {

/// What the header says made the instance; trimmed, in UTF-8.
[[nodiscard]] model::Device deviceOf(const intake::dicom::Instance& instance);

/// What a finding on a private element remembers, so that a person can decide once for a device. Held in
/// Finding::detail beside what the transform needs: {"private":{"element":"0C","vr":"IS","manufacturer",
/// "model","software","values":["0","1000"]}}.
struct PrivateFacts {
    static constexpr std::size_t kMostExamples = 8;

    intake::dicom::Vr vr{};
    model::Device device;
    std::vector<std::string> examples; ///< first distinct values, at most kMostExamples, each shortened
};

/// What withFacts() wrote; nothing for findings that are not on private elements.
[[nodiscard]] std::optional<PrivateFacts> factsOf(const std::string& detail);

/// A value as a person reads it: text and numbers as such, all else as "n bytes".
[[nodiscard]] std::string exampleOf(std::span<const std::byte> value, intake::dicom::Vr vr, bool bigEndian,
                                    const intake::dicom::CharacterSet& set);

/// Runs of at least four characters that a text could be made of, decoded, joined by line breaks; for values
/// of bytes that nobody declares to be text. At most the first MiB is read: `whole` says whether that was
/// all.
[[nodiscard]] std::string textIn(std::span<const std::byte> value, const intake::dicom::CharacterSet& set,
                                 bool& whole);
/// The same for a value that is declared to be numbers: runs of ASCII and of valid UTF-8 alone, since bytes
/// of numbers make runs of anything else. `written` is set when the whole value reads as words rather than
/// numbers.
[[nodiscard]] std::string textInNumbers(std::span<const std::byte> value, bool& written);
/// Whether a text holds what looks like a UID of an instance (PS3.5 9): at least five components.
[[nodiscard]] bool holdsUid(std::string_view text);

/// `detail` (a JSON object, or empty) with the facts added.
[[nodiscard]] std::string withFacts(const std::string& detail, intake::dicom::Tag tag,
                                    const PrivateFacts& facts);

} // namespace kamei::detect::attribute
