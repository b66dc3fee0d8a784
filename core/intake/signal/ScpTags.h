#pragma once

// Private to the room: what the sections of an SCP-ECG record say in words.

#include <string_view>
#include <vector>

#include "core/intake/signal/Scp.h"

namespace kamei::intake::signal {

/// The tags of section 1 (patient, recording, device; EN 1064 5.4). Malformed when they do not fill it.
[[nodiscard]] base::Expected<std::vector<Field>> scpTagFields(std::string_view bytes,
                                                              const ScpSection& section);
/// What the texts of section 1 are written in (tag 14, byte 17: the language support code).
[[nodiscard]] TextHabit scpTextHabit(std::string_view bytes, const ScpSection& section);
/// The statements of sections 8 and 11 with the date of their report (EN 1064 5.11, 5.14). One opaque field
/// when they are not laid out so.
[[nodiscard]] std::vector<Field> scpStatementFields(std::string_view bytes, const ScpSection& section,
                                                    const TextHabit& habit);
/// A section that only its maker understands (9, and all that EN 1064 does not define).
[[nodiscard]] Field scpOpaqueSection(const ScpSection& section);

inline constexpr std::size_t kScpSectionHeader = 16;

} // namespace kamei::intake::signal
