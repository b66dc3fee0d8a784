#include "core/intake/dicom/Htj2k.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <mutex>
#include <stdexcept>

#include <openjph/ojph_arch.h>
#include <openjph/ojph_codestream.h>
#include <openjph/ojph_file.h>
#include <openjph/ojph_mem.h>
#include <openjph/ojph_message.h>
#include <openjph/ojph_params.h>

namespace kamei::intake::dicom {
namespace {

using base::ErrorCode;
constexpr std::string_view kPlace = "intake.dicom.htj2k";
constexpr std::string_view kRpcl = "1.2.840.10008.1.2.4.202";
constexpr std::array<std::string_view, 3> kSyntaxes{"1.2.840.10008.1.2.4.201", kRpcl,
                                                    "1.2.840.10008.1.2.4.203"};
constexpr std::size_t kLargestSample =
    25; // bits that the library's 32-bit path carries through its transforms

// Bases without a virtual destructor are the library's; these live as long as the process.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wnon-virtual-dtor"
struct SilentInfo final : ojph::message_info {
    void operator()(int, const char*, int, const char*, ...) override {}
};
struct SilentWarning final : ojph::message_warning {
    void operator()(int, const char*, int, const char*, ...) override {}
};
/// The library's own prints before it throws.
struct ThrowingError final : ojph::message_error {
    void operator()(int, const char*, int, const char*, ...) override { throw std::runtime_error("ojph"); }
};
#pragma GCC diagnostic pop

void silence() {
    static std::once_flag once;
    std::call_once(once, [] {
        static SilentInfo info;
        static SilentWarning warning;
        static ThrowingError error;
        ojph::configure_info(&info);
        ojph::configure_warning(&warning);
        ojph::configure_error(&error);
    });
}

std::int32_t sampleAt(std::span<const std::byte> samples, std::size_t index, std::size_t unit,
                      const PixelFormat& format) {
    std::uint32_t value = 0;
    std::memcpy(&value, samples.data() + index * unit, unit);
    const int unused = 32 - format.bitsStored;
    return format.isSigned ? static_cast<std::int32_t>(value << unused) >> unused
                           : static_cast<std::int32_t>(value << unused >> unused);
}

/// The marker with the length of the only tile-part, before its start (15444-1 A.7.1): the library writes
/// none.
bool insertTileLengths(std::vector<std::byte>& stream) {
    constexpr std::array kStartOfTile{std::byte{0xFF}, std::byte{0x90}};
    std::size_t at = 2;
    while (at + 12 <= stream.size() && !std::equal(kStartOfTile.begin(), kStartOfTile.end(),
                                                   stream.begin() + static_cast<std::ptrdiff_t>(at))) {
        at += 2 + (std::to_integer<std::size_t>(stream[at + 2]) << 8 |
                   std::to_integer<std::size_t>(stream[at + 3]));
    }
    if (at + 12 > stream.size()) {
        return false;
    }
    const auto begin = stream.begin() + static_cast<std::ptrdiff_t>(at);
    std::array<std::byte, 10> marker{std::byte{0xFF}, std::byte{0x55}, std::byte{0},
                                     std::byte{8},    std::byte{0},    std::byte{0x40}};
    std::copy_n(begin + 6, 4, marker.begin() + 6); // Psot
    stream.insert(begin, marker.begin(), marker.end());
    return true;
}

} // namespace

bool isHtj2k(std::string_view transferSyntax) {
    return std::ranges::find(kSyntaxes, transferSyntax) != kSyntaxes.end();
}

base::Expected<std::vector<std::byte>>
encodeHtj2k(std::span<const std::byte> samples, const PixelFormat& format, std::string_view transferSyntax) {
    if (format.planar || format.bitsStored > static_cast<std::int32_t>(kLargestSample)) {
        return base::fail(ErrorCode::NotPossible, kPlace, {std::string(transferSyntax)});
    }
    silence();
    const auto components = static_cast<ojph::ui32>(format.samples);
    const auto columns = static_cast<ojph::ui32>(format.columns);
    const auto rows = static_cast<ojph::ui32>(format.rows);
    const auto unit = static_cast<std::size_t>(format.bitsAllocated / 8);
    try {
        ojph::codestream codestream;
        ojph::param_siz size = codestream.access_siz();
        size.set_image_extent(ojph::point(columns, rows));
        size.set_num_components(components);
        for (ojph::ui32 c = 0; c < components; ++c) {
            size.set_component(c, ojph::point(1, 1), static_cast<ojph::ui32>(format.bitsStored),
                               format.isSigned);
        }
        ojph::param_cod coding = codestream.access_cod();
        ojph::ui32 decompositions = 5;
        while (decompositions > 0 && std::min(columns, rows) >> decompositions == 0) {
            --decompositions;
        }
        coding.set_num_decomposition(decompositions);
        coding.set_reversible(true);
        coding.set_progression_order("RPCL");
        coding.set_color_transform(components == 3 &&
                                   (format.photometric == "YBR_RCT" || format.photometric == "YBR_ICT"));
        codestream.set_planar(false);
        ojph::mem_outfile out;
        out.open();
        codestream.write_headers(&out);
        ojph::ui32 component = 0;
        ojph::line_buf* line = codestream.exchange(nullptr, component);
        for (std::size_t i = 0; line != nullptr && i < static_cast<std::size_t>(rows) * components; ++i) {
            const std::size_t first = i / components * columns * components + component;
            for (std::size_t x = 0; x < columns; ++x) {
                line->i32[x] = sampleAt(samples, first + x * components, unit, format);
            }
            line = codestream.exchange(line, component);
        }
        codestream.flush();
        const auto* data = reinterpret_cast<const std::byte*>(out.get_data());
        std::vector<std::byte> stream(data, data + out.tell());
        codestream.close();
        if (transferSyntax == kRpcl && !insertTileLengths(stream)) {
            return base::fail(ErrorCode::NotPossible, kPlace, {std::string(transferSyntax)});
        }
        return stream;
    } catch (...) { // the library throws texts as well as exceptions
        return base::fail(ErrorCode::NotPossible, kPlace, {std::string(transferSyntax)});
    }
}

} // namespace kamei::intake::dicom
