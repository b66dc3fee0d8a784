#pragma once

#include <cstdint>
#include <cstdlib>
#include <string>

#include "core/intake/text/Hints.h"
#include "core/intake/text/TextSource.h"

namespace kamei::fuzz {

/// A document without replacements comes back byte for byte; one whose parts are all replaced, and one whose
/// parts are all emptied, can be read again, and what was replaced in it then says so.
inline void checkMessage(const std::uint8_t* data, std::size_t size, std::string_view format) {
    using namespace intake::text;
    const std::string bytes(reinterpret_cast<const char*>(data), size);
    const auto source = TextSource::read(bytes, format);
    if (!source) {
        return;
    }
    const auto same = source->rewrite({});
    if (!same || *same != bytes) {
        std::abort();
    }
    (void)subjectHint(*source);
    (void)titleOf(*source);
    std::vector<TextSource::Replacement> changed;
    std::vector<TextSource::Replacement> emptied;
    std::int64_t last = 0;
    for (const Segment& segment : source->segments()) {
        if (segment.start < last || segment.end < segment.start) {
            std::abort(); // in order, without overlaps
        }
        last = segment.end;
        const auto length = static_cast<std::int64_t>(source->content(segment).size());
        for (const std::int64_t offset : {std::int64_t(0), length / 2, length}) {
            const std::int64_t at = source->toDocument(segment, offset);
            if (at < segment.start || at > segment.end) {
                std::abort();
            }
        }
        if (segment.role != "structure") {
            changed.push_back({segment.start, segment.end, "a|^~\\&<\"'}]\n"});
            emptied.push_back({segment.start, segment.end, {}});
        }
    }
    for (const auto& replacements : {changed, emptied}) {
        const auto written = source->rewrite(replacements);
        const auto again = written ? TextSource::read(*written, format) : source;
        // Nothing may be left by which the set of characters was told (an escape of ISO 2022 in what went).
        if (!written || (!again && again.error().code != base::ErrorCode::UnsupportedEncoding)) {
            std::abort();
        }
    }
}

} // namespace kamei::fuzz
