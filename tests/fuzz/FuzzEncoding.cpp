#include <cstdint>
#include <cstdlib>

#include "core/intake/encoding/Encoding.h"
#include "core/intake/encoding/Unicode.h"

using namespace kamei::intake::encoding;

/// Whatever decodes can be spliced: a patch in the middle leaves both sides readable.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    (void)detect(bytes);
    for (const Encoding encoding : {Encoding::Utf8, Encoding::Utf8Bom, Encoding::Utf16Le, Encoding::Utf16Be,
                                    Encoding::Cp932, Encoding::EucJp, Encoding::Iso2022Jp}) {
        std::vector<std::uint32_t> offsets;
        const auto text = decode(bytes, encoding, &offsets);
        if (!text) {
            continue;
        }
        const std::u32string points = toUtf32(*text);
        if (offsets.size() != points.size() + 1) {
            std::abort();
        }
        const std::size_t begin = points.size() / 3;
        const std::size_t end = points.size() * 2 / 3;
        const auto spliced = splice(bytes, encoding, {{offsets[begin], offsets[end], "氏A"}});
        const auto again = spliced ? decode(*spliced, encoding) : spliced;
        if (!again || *again != toUtf8(points.substr(0, begin) + U"氏A" + points.substr(end))) {
            std::abort();
        }
    }
    return 0;
}
