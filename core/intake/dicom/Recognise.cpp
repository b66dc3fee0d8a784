#include <algorithm>
#include <cstring>

#include "core/intake/dicom/DicomFormat.h"
#include "core/intake/dicom/Dictionary.h"
#include "core/intake/dicom/Tape.h"

namespace kamei::intake::dicom {
namespace {

constexpr std::size_t kPreamble = 128;
constexpr int kConvincing = 3; ///< elements in ascending order that convince without "DICM"

std::uint32_t littleEndian(const std::byte* p, int bytes) {
    std::uint32_t out = 0;
    for (int i = bytes - 1; i >= 0; --i) {
        out = out << 8 | std::to_integer<std::uint32_t>(p[i]);
    }
    return out;
}

/// Whether a run of known elements stands at the start, in ascending order, with lengths that fit.
bool beginsLikeDataSet(std::span<const std::byte> head, std::uint64_t size) {
    const auto syntax = guessSyntax(head);
    if (!syntax) {
        return false;
    }
    const auto swapped = [&](std::uint32_t value, int bytes) {
        return !syntax->bigEndian ? value
               : bytes == 2       ? (value >> 8 | (value & 0xFF) << 8)
                                  : __builtin_bswap32(value);
    };
    std::uint64_t position = 0;
    Tag last = 0;
    for (int seen = 0; seen < kConvincing; ++seen) {
        if (position + 12 > head.size()) {
            return seen > 1 || (seen > 0 && position >= size);
        }
        const std::byte* p = head.data() + position;
        const Tag tag = swapped(littleEndian(p, 2), 2) << 16 | swapped(littleEndian(p + 2, 2), 2);
        const std::uint16_t group = groupOf(tag);
        if (seen == 0 && group != 0x0002 && group != 0x0008) {
            return false;
        }
        if (tag <= last || (Dictionary::shared().find(tag) == nullptr && elementOf(tag) != 0)) {
            return false;
        }
        std::uint64_t length = swapped(littleEndian(p + 4, 4), 4);
        std::uint64_t header = 8;
        if (syntax->explicitVr) {
            const Vr vr = makeVr(static_cast<char>(p[4]), static_cast<char>(p[5]));
            if (!isKnownVr(vr)) {
                return false;
            }
            header = hasLongLength(vr) ? 12 : 8;
            length =
                hasLongLength(vr) ? swapped(littleEndian(p + 8, 4), 4) : swapped(littleEndian(p + 6, 2), 2);
        }
        if (length > size || position + header + length > size) {
            return length == 0xFFFFFFFF && seen > 0;
        }
        last = tag;
        position += header + length;
    }
    return true;
}

} // namespace

bool looksLikeDirectory(const Sample& sample) {
    constexpr std::string_view kClass = "1.2.840.10008.1.3.10";
    if (sample.head.size() < kPreamble + 4 || std::memcmp(sample.head.data() + kPreamble, "DICM", 4) != 0) {
        return false;
    }
    std::vector<Element> meta;
    (void)readMeta(sample.head, kPreamble + 4, sample.size, meta); // what could be read of it is enough
    return std::ranges::any_of(meta, [&](const Element& element) {
        const auto end = element.offset + kClass.size();
        return element.tag == tags::MediaStorageSopClass && element.length >= kClass.size() &&
               end <= sample.head.size() &&
               std::memcmp(sample.head.data() + element.offset, kClass.data(), kClass.size()) == 0;
    });
}

bool looksLikeDicom(const Sample& sample) {
    const auto magicAt = [&](std::size_t offset) {
        return sample.head.size() >= offset + 4 && std::memcmp(sample.head.data() + offset, "DICM", 4) == 0;
    };
    if (magicAt(kPreamble)) {
        return true;
    }
    return magicAt(0) ? sample.head.size() > 8 && littleEndian(sample.head.data() + 4, 2) == 2
                      : beginsLikeDataSet(sample.head, sample.size);
}

} // namespace kamei::intake::dicom
