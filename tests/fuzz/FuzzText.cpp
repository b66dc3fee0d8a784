#include <cstdint>
#include <cstdlib>
#include <string>

#include "core/intake/text/Hints.h"
#include "core/intake/text/TextSource.h"

using namespace kamei::intake::text;

/// The first byte chooses the format. A document without replacements comes back byte for byte, and one whose
/// parts are all replaced can be read again and holds the new values.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) {
        return 0;
    }
    static constexpr std::string_view kFormats[] = {"text", "csv", "xml", "cda"};
    const std::string_view format = kFormats[data[0] % 4];
    const std::string bytes(reinterpret_cast<const char*>(data + 1), size - 1);
    const auto source = TextSource::read(bytes, format);
    if (!source) {
        return 0;
    }
    const auto same = source->rewrite({});
    if (!same || *same != bytes) {
        std::abort();
    }
    (void)subjectHint(*source);
    (void)tableHints(*source);
    (void)titleOf(*source);
    std::vector<TextSource::Replacement> all;
    for (const Segment& segment : source->segments()) {
        const auto length = static_cast<std::int64_t>(source->content(segment).size());
        for (const std::int64_t offset : {std::int64_t(0), length / 2}) {
            const std::int64_t at = source->toDocument(segment, offset);
            if (at < segment.start || at > segment.end) {
                std::abort();
            }
        }
        all.push_back({segment.start, segment.end, "a<&\"',]]>--?>\n"});
    }
    const auto written = source->rewrite(all);
    if (!written) {
        std::abort();
    }
    if (format == "xml" || format == "cda") {
        const auto again = TextSource::read(*written, format);
        if (!again) {
            std::abort();
        }
    }
    return 0;
}
