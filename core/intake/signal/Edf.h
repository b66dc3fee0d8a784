#pragma once

// Private to the room: EDF (Kemp 1992), EDF+ (Kemp and Olivan 2003), BDF and BDF+ (BioSemi).

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/Error.h"
#include "core/intake/encoding/Encoding.h"
#include "core/intake/signal/Page.h"

namespace kamei::intake::signal {

/// A text of an annotation list (EDF+ 2.2.2): bytes of the file between two 0x14.
struct Annotation {
    std::string_view onset;
    std::string_view duration;
    std::size_t at = 0;
    std::size_t size = 0;
};
/// The bytes of one annotation signal in one data record.
struct Area {
    std::size_t at = 0;
    std::size_t size = 0;
    std::size_t used = 0;  ///< bytes before the zeros with which it is filled
    std::size_t first = 0; ///< of the annotations that lie in it
    std::size_t count = 0;
};

/// Where things lie in a file whose sizes all agree.
struct EdfLayout {
    bool bdf = false;
    bool plus = false;
    std::size_t signals = 0;
    std::size_t headerSize = 0;
    std::uint64_t records = 0;
    std::size_t recordSize = 0;
    std::vector<Annotation> annotations; ///< texts that say anything
    std::vector<Area> areas;             ///< those that hold such texts
    encoding::Encoding headerEncoding = encoding::Encoding::Utf8;
    encoding::Encoding annotationEncoding = encoding::Encoding::Utf8;

    /// Where a field of a signal lies: fields stand together, all signals of one after the other.
    [[nodiscard]] std::size_t signalField(std::size_t before, std::size_t width, std::size_t signal) const;
};

/// Byte and length of the fields of the header.
inline constexpr std::size_t kPatientAt = 8;
inline constexpr std::size_t kRecordingAt = 88;
inline constexpr std::size_t kIdentification = 80;
inline constexpr std::size_t kStartDateAt = 168;
inline constexpr std::size_t kStartTimeAt = 176;
inline constexpr std::size_t kReservedAt = 192;
inline constexpr std::size_t kReserved = 44;
inline constexpr std::size_t kFixedHeader = 256;

[[nodiscard]] base::Expected<EdfLayout> edfLayout(std::string_view bytes);
/// The four fixed parts of an identification of EDF+ and what follows them, with their place in the field;
/// empty when it does not have its four parts (EDF+ 2.1.3.3, 2.1.3.4).
struct EdfPart {
    std::size_t at = 0; ///< in the file
    std::size_t size = 0;
};
[[nodiscard]] std::vector<EdfPart> identificationParts(std::string_view bytes, std::size_t at,
                                                       bool recording);

[[nodiscard]] base::Expected<Page> edfPage(std::string_view bytes);
[[nodiscard]] base::Expected<std::string> rewriteEdf(std::string bytes, const Page& page,
                                                     const std::vector<Change>& changes);

} // namespace kamei::intake::signal
