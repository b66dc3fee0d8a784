#include "core/intake/image/Containers.h"

#include <algorithm>
#include <array>
#include <cstdio>

#include "core/intake/encoding/Encoding.h"
#include "core/intake/encoding/Unicode.h"

namespace kamei::intake::image {
namespace {

constexpr std::size_t kMaxParts = 100'000;

std::uint8_t u8(std::string_view bytes, std::size_t at) {
    return static_cast<std::uint8_t>(bytes[at]);
}

std::uint64_t number(std::string_view bytes, std::size_t at, std::size_t count, bool big) {
    std::uint64_t value = 0;
    if (at > bytes.size() || count > bytes.size() - at) {
        return 0;
    }
    for (std::size_t i = 0; i < count; ++i) {
        value = (value << 8) | u8(bytes, big ? at + i : at + count - 1 - i);
    }
    return value;
}

/// A part of the bytes, shortened to what is there.
std::string_view part(std::string_view bytes, std::uint64_t at, std::uint64_t count) {
    return at >= bytes.size() ? std::string_view()
                              : bytes.substr(at, std::min<std::uint64_t>(count, bytes.size() - at));
}

/// From the first scan on, markers stand between entropy-coded bytes; EOI ends the picture.
std::size_t endOfScans(std::string_view bytes, std::size_t at) {
    while (at + 1 < bytes.size()) {
        if (u8(bytes, at) != 0xFF || u8(bytes, at + 1) == 0 || u8(bytes, at + 1) == 0xFF) {
            ++at;
            continue;
        }
        const std::uint8_t marker = u8(bytes, at + 1);
        if (marker == 0xD9) {
            return at + 2;
        }
        const bool restart = marker >= 0xD0 && marker <= 0xD7;
        at += 2;
        if (!restart && marker != 0x01) {
            at += number(bytes, at, 2, true);
        }
    }
    return bytes.size();
}

struct TiffIfd {
    std::string_view bytes;
    bool big = false; ///< byte order
    bool bigTiff = false;

    [[nodiscard]] std::size_t offsetSize() const { return bigTiff ? 8 : 4; }
};

std::string tagName(std::uint64_t tag) {
    struct Name {
        std::uint64_t tag;
        std::string_view name;
    };
    static constexpr std::array kNames{
        Name{269, "DocumentName"}, Name{270, "ImageDescription"}, Name{271, "Make"},
        Name{272, "Model"},        Name{285, "PageName"},         Name{305, "Software"},
        Name{306, "DateTime"},     Name{315, "Artist"},           Name{316, "HostComputer"},
        Name{333, "InkNames"},     Name{337, "TargetPrinter"},    Name{33432, "Copyright"}};
    const auto* const found =
        std::find_if(kNames.begin(), kNames.end(), [&](const Name& row) { return row.tag == tag; });
    if (found != kNames.end()) {
        return std::string(found->name);
    }
    std::array<char, 16> text{};
    std::snprintf(text.data(), text.size(), "0x%04x", static_cast<unsigned>(tag));
    return text.data();
}

/// Texts of one directory; the offset of the next one.
std::uint64_t readIfd(const TiffIfd& file, std::uint64_t at, const std::string& prefix,
                      std::vector<MetadataEntry>& out) {
    const std::size_t countSize = file.bigTiff ? 8 : 2;
    const std::uint64_t count = number(file.bytes, at, countSize, file.big);
    const std::size_t entrySize = file.bigTiff ? 20 : 12;
    if (count == 0 || count > 4096 || at + countSize + count * entrySize > file.bytes.size()) {
        return 0;
    }
    for (std::uint64_t i = 0; i < count; ++i) {
        const std::size_t entry = at + countSize + i * entrySize;
        const std::uint64_t tag = number(file.bytes, entry, 2, file.big);
        const std::uint64_t type = number(file.bytes, entry + 2, 2, file.big);
        const std::uint64_t length = number(file.bytes, entry + 4, file.offsetSize(), file.big);
        const std::size_t valueAt = entry + 4 + file.offsetSize();
        const bool isPrivate = tag >= 32768;
        const bool text = type == 2 || (isPrivate && (type == 1 || type == 7));
        if (!text || length == 0) {
            continue;
        }
        const std::uint64_t from =
            length <= file.offsetSize() ? valueAt : number(file.bytes, valueAt, file.offsetSize(), file.big);
        out.push_back({prefix + tagName(tag), readable(part(file.bytes, from, length))});
    }
    return number(file.bytes, at + countSize + count * entrySize, file.offsetSize(), file.big);
}

} // namespace

std::string readable(std::string_view bytes) {
    constexpr std::int64_t kMaxPoints = 2000;
    while (!bytes.empty() && bytes.back() == '\0') {
        bytes.remove_suffix(1);
    }
    const std::string size = std::to_string(bytes.size()) + " bytes";
    std::string text;
    if (const auto guess = encoding::detect(bytes.substr(0, 65536)); guess && bytes.size() <= 65536) {
        text = encoding::decode(bytes, guess->encoding).value_or(size);
    } else {
        return size;
    }
    if (encoding::countCodePoints(text) > kMaxPoints) {
        text = encoding::toUtf8(encoding::toUtf32(text).substr(0, kMaxPoints));
    }
    return text;
}

JpegStructure jpegStructure(std::string_view bytes) {
    JpegStructure out;
    out.end = bytes.size();
    std::size_t at = 2;
    while (at + 4 <= bytes.size() && out.segments.size() < kMaxParts) {
        if (u8(bytes, at) != 0xFF) {
            ++at; // filler that decoders skip as well
            continue;
        }
        const std::uint8_t marker = u8(bytes, at + 1);
        if (marker == 0xFF || marker == 0 || marker == 0x01 || (marker >= 0xD0 && marker <= 0xD8)) {
            at += marker == 0xFF ? 1 : 2;
            continue;
        }
        if (marker == 0xD9) {
            out.end = at + 2;
            return out;
        }
        const std::uint64_t length = number(bytes, at + 2, 2, true);
        if (length < 2) {
            return out;
        }
        if (marker == 0xDA) {
            out.end = endOfScans(bytes, at + 2 + length);
            return out;
        }
        out.segments.push_back({marker, part(bytes, at + 4, length - 2)});
        at += 2 + length;
    }
    return out;
}

PngStructure pngStructure(std::string_view bytes) {
    PngStructure out;
    out.end = bytes.size();
    std::size_t at = 8;
    while (at + 12 <= bytes.size() && out.chunks.size() < kMaxParts) {
        const std::uint64_t length = number(bytes, at, 4, true);
        const std::string_view type = bytes.substr(at + 4, 4);
        out.chunks.push_back({type, part(bytes, at + 8, length)});
        at += 12 + length;
        if (type == "IEND") {
            out.end = std::min(at, bytes.size());
            break;
        }
    }
    return out;
}

std::vector<MetadataEntry> tiffTexts(std::string_view bytes) {
    std::vector<MetadataEntry> out;
    TiffIfd file{bytes, bytes.starts_with("MM"), false};
    file.bigTiff = number(bytes, 2, 2, file.big) == 43;
    std::uint64_t next = number(bytes, file.bigTiff ? 8 : 4, file.offsetSize(), file.big);
    // Directories may form a loop; a picture has no more pages than this.
    for (int page = 1; next != 0 && page <= 10'000 && out.size() < kMaxParts; ++page) {
        next = readIfd(file, next, "Tiff.Page" + std::to_string(page) + ".", out);
    }
    return out;
}

std::vector<MetadataEntry> iccTexts(std::string_view profile) {
    struct Name {
        std::string_view signature;
        std::string_view key;
    };
    static constexpr std::array kNames{Name{"desc", "Icc.Description"}, Name{"cprt", "Icc.Copyright"},
                                       Name{"dmnd", "Icc.Manufacturer"}, Name{"dmdd", "Icc.Model"}};
    std::vector<MetadataEntry> out;
    const std::uint64_t count = std::min<std::uint64_t>(number(profile, 128, 4, true), 200);
    for (std::uint64_t i = 0; i < count; ++i) {
        const std::string_view entry = part(profile, 132 + i * 12, 12);
        if (entry.size() < 12) {
            break;
        }
        const std::string_view data = part(profile, number(entry, 4, 4, true), number(entry, 8, 4, true));
        std::string value;
        if (data.starts_with("desc")) {
            const std::uint64_t length = number(data, 8, 4, true);
            value = readable(part(data, 12, length));
        } else if (data.starts_with("text")) {
            value = readable(part(data, 8, data.size()));
        } else if (data.starts_with("mluc")) {
            const std::string_view text = part(data, number(data, 24, 4, true), number(data, 20, 4, true));
            value = encoding::decode(text, encoding::Encoding::Utf16Be).value_or(std::string());
        }
        const auto* const name = std::find_if(
            kNames.begin(), kNames.end(), [&](const Name& row) { return entry.starts_with(row.signature); });
        if (!value.empty()) {
            out.push_back(
                {name == kNames.end() ? "Icc." + std::string(entry.substr(0, 4)) : std::string(name->key),
                 value});
        }
    }
    return out;
}

} // namespace kamei::intake::image
