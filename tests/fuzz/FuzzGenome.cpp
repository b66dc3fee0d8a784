#include <cstdint>
#include <cstdlib>
#include <string>

#include "core/detect/genome/Judge.h"
#include "core/intake/genome/Variants.h"

using namespace kamei::intake;

/// Parts of a variant file lie in order inside its text; VCF without replacements comes back byte for byte;
/// with every name and header value replaced it can be read again.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string bytes(reinterpret_cast<const char*>(data), size);
    const auto variants = genome::open(bytes);
    if (!variants) {
        return 0;
    }
    (void)kamei::detect::genome::toJson(kamei::detect::genome::judge(variants->text.text(), variants->whole));
    std::int64_t end = 0;
    std::vector<text::TextSource::Replacement> all;
    for (const text::Segment& part : variants->text.segments()) {
        if (part.start < end || part.end <= part.start || part.end > variants->text.length()) {
            std::abort();
        }
        end = part.end;
        if (part.role == "patient.id" || part.role == "vcf.unknown") {
            all.push_back({part.start, part.end, "S-0123456789AB" + std::to_string(all.size())});
        }
    }
    const auto same = genome::rewrite(bytes, *variants, {});
    if (variants->whole && variants->container == genome::Container::Plain && (!same || *same != bytes)) {
        std::abort();
    }
    if (const auto written = genome::rewrite(bytes, *variants, all); written && !genome::open(*written)) {
        std::abort();
    }
    return 0;
}
