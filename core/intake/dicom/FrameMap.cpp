#include "core/intake/dicom/FrameMap.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace kamei::intake::dicom {
namespace {

using base::ErrorCode;
constexpr std::string_view kPlace = "intake.dicom.frames";

std::uint32_t littleEndian(std::span<const std::byte> bytes, std::size_t at) {
    std::uint32_t out = 0;
    for (std::size_t i = 4; i-- > 0;) {
        out = out << 8 | std::to_integer<std::uint32_t>(bytes[at + i]);
    }
    return out;
}

/// The fragments at which the entries of the Basic Offset Table point; empty when one points elsewhere.
base::Expected<std::vector<std::size_t>> tableOf(const Instance& instance) {
    const auto& fragments = instance.fragments();
    // More entries than fragments say nothing that could be true.
    if (fragments[0].length == 0 || fragments[0].length % 4 != 0 ||
        fragments[0].length / 4 > fragments.size() - 1) {
        return std::vector<std::size_t>{};
    }
    std::vector<std::byte> table(static_cast<std::size_t>(fragments[0].length));
    if (auto got = instance.read(fragments[0].offset, table); !got) {
        return tl::unexpected(got.error());
    }
    std::vector<std::size_t> begins;
    const std::uint64_t base = fragments[1].offset;
    std::size_t i = 1;
    for (std::size_t f = 0; f < table.size(); f += 4) {
        const std::uint64_t at = base + littleEndian(table, f);
        while (i < fragments.size() && fragments[i].offset < at) {
            ++i;
        }
        const bool ascends = begins.empty() ? i == 1 : i > begins.back();
        if (i >= fragments.size() || fragments[i].offset != at || !ascends) {
            return std::vector<std::size_t>{};
        }
        begins.push_back(i);
    }
    return begins;
}

bool beginsCodestream(std::span<const std::byte> head) {
    constexpr std::array<std::string_view, 5> kBeginnings{"\xFF\xD8\xFF", "\xFF\x4F\xFF\x51",
                                                          std::string_view("\0\0\0\x0CjP  ", 8),
                                                          std::string_view("\0\0\0\x0CJXL ", 8), "\xFF\x0A"};
    const std::string_view text(reinterpret_cast<const char*>(head.data()), head.size());
    return std::ranges::any_of(kBeginnings, [&](std::string_view b) { return text.starts_with(b); });
}

std::vector<std::size_t> codestreamsOf(const Instance& instance) {
    const auto& fragments = instance.fragments();
    std::vector<std::size_t> begins;
    for (std::size_t i = 1; i < fragments.size(); ++i) {
        std::array<std::byte, 8> head{};
        const auto part = std::span(head).first(std::min<std::size_t>(head.size(), fragments[i].length));
        if (instance.read(fragments[i].offset, part) && beginsCodestream(part)) {
            begins.push_back(i);
        }
    }
    return begins;
}

std::vector<FrameParts> partsOf(const std::vector<std::size_t>& begins, std::size_t end) {
    std::vector<FrameParts> out;
    for (std::size_t b = 0; b < begins.size(); ++b) {
        const std::size_t next = b + 1 < begins.size() ? begins[b + 1] : end;
        out.push_back({begins[b], next - begins[b]});
    }
    return out;
}

} // namespace

base::Expected<std::vector<FrameParts>> mapFrames(const Instance& instance, std::int64_t stated) {
    const auto& fragments = instance.fragments();
    if (fragments.size() < 2) {
        return base::fail(ErrorCode::Malformed, kPlace, {tagText(tags::PixelData)});
    }
    const std::size_t count = fragments.size() - 1;
    const auto wanted = static_cast<std::size_t>(std::max<std::int64_t>(1, stated));
    if (wanted >= count) {
        std::vector<FrameParts> out(count);
        for (std::size_t i = 0; i < count; ++i) {
            out[i] = {i + 1, 1};
        }
        return out;
    }
    const auto table = tableOf(instance);
    if (!table) {
        return tl::unexpected(table.error());
    }
    if (table->size() == wanted && wanted > 1) {
        return partsOf(*table, fragments.size());
    }
    const std::vector<std::size_t> begins = codestreamsOf(instance);
    if (begins.size() > 1 && begins.front() == 1) {
        std::vector<FrameParts> out = partsOf(begins, fragments.size());
        out.resize(std::min(out.size(), wanted));
        return out;
    }
    if (wanted == 1) {
        return std::vector<FrameParts>{{1, count}};
    }
    // Nothing tells: RLE, whose frames are one fragment each (PS3.5 A.4.2).
    std::vector<FrameParts> out(wanted);
    for (std::size_t i = 0; i < wanted; ++i) {
        out[i] = {i + 1, 1};
    }
    return out;
}

base::Expected<bool> isOffsetTableSound(const Instance& instance, const std::vector<FrameParts>& parts) {
    if (instance.fragments()[0].length == 0) {
        return true;
    }
    const auto table = tableOf(instance);
    if (!table) {
        return tl::unexpected(table.error());
    }
    return std::ranges::equal(*table, parts, {}, {}, &FrameParts::first);
}

} // namespace kamei::intake::dicom
