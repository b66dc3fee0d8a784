#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "core/base/Error.h"
#include "core/intake/dicom/Element.h"

namespace kamei::intake::dicom {

/// Reads the elements of a data set onto a flat tape. Knows nothing of files: bytes in, elements out.
///
/// Reading ends at the top-level pixel data, whose header becomes the last element; its value need not be
/// in `bytes`. Sequences of UN elements and of private elements in implicit VR are read where they
/// are well-formed, else the value stays a plain one. Runs of zeros behind the last element are padding.
/// Numbers of a length that neither VR nor VM admit, and pixel data or documents inside items, are Opaque.
struct TapeReader {
    static constexpr int kDeepest = 64;
    static constexpr std::size_t kMostElements = 4'000'000;

    std::span<const std::byte> bytes; ///< the beginning of the data, or all of it
    std::uint64_t base = 0;           ///< place of bytes[0]; offsets of elements count from the same zero
    std::uint64_t total = 0; ///< where the data ends, in the same count; at least base + bytes.size()
    Syntax syntax;

    enum class Outcome {
        End,      ///< everything was read
        Pixels,   ///< stopped at pixel data, the last element of the tape
        NeedMore, ///< `bytes` ended before `total`, and what comes next is needed
    };
    struct Result {
        Outcome outcome = Outcome::End;
        std::uint64_t position = 0; ///< End: behind the last byte read
    };

    /// Appends to tape, from byte `position` on. Errors name the element that cannot be read (its tag is
    /// no patient data): Truncated, Malformed, TooDeep, TooManyEntries.
    [[nodiscard]] base::Expected<Result> read(std::uint64_t position, std::vector<Element>& tape) const;
};

/// File meta group at `position` (PS3.10 7.1), Explicit VR Little Endian whatever follows; its stated
/// length is not trusted. Yields where the data set begins; nothing when `bytes` is too short to tell.
[[nodiscard]] base::Expected<std::optional<std::uint64_t>> readMeta(std::span<const std::byte> bytes,
                                                                    std::uint64_t position,
                                                                    std::uint64_t total,
                                                                    std::vector<Element>& tape);

/// How a data set seems to be written, from its first element; nothing when it does not look like one.
[[nodiscard]] std::optional<Syntax> guessSyntax(std::span<const std::byte> firstBytes);

} // namespace kamei::intake::dicom
