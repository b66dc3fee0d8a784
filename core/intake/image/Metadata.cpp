#include "core/intake/image/Metadata.h"

#include <algorithm>
#include <array>
#include <exiv2/exiv2.hpp>
#include <memory>
#include <mutex>

#include "core/intake/encoding/Unicode.h"
#include "core/intake/image/BmpLayout.h"
#include "core/intake/image/Containers.h"

namespace kamei::intake::image {
namespace {

constexpr std::int64_t kMaxPoints = 2000;

std::string shortened(std::string text) {
    if (encoding::countCodePoints(text) > kMaxPoints) {
        return encoding::toUtf8(encoding::toUtf32(text).substr(0, kMaxPoints));
    }
    return text;
}

void lockXmp(void* data, bool lock) {
    auto* const mutex = static_cast<std::mutex*>(data);
    lock ? mutex->lock() : mutex->unlock();
}

/// Exiv2's XMP toolkit has process-wide state that must be set up once, with a lock.
void initialise() {
    static std::once_flag once;
    std::call_once(once, [] {
        static std::mutex mutex;
        Exiv2::LogMsg::setLevel(Exiv2::LogMsg::mute); // messages hold values of tags
        Exiv2::XmpParser::initialize(lockXmp, &mutex);
    });
}

using ImagePtr = std::unique_ptr<Exiv2::Image>;

/// Opens bytes with Exiv2; null when it does not know or cannot read them.
ImagePtr open(std::string_view bytes) {
    initialise();
    try {
        // The factory's own pointer type changes with the version of Exiv2.
        ImagePtr image(Exiv2::ImageFactory::open(reinterpret_cast<const Exiv2::byte*>(bytes.data()),
                                                 static_cast<long>(bytes.size()))
                           .release());
        if (image.get() != nullptr) {
            image->readMetadata();
        }
        return image;
    } catch (const std::exception&) {
        return ImagePtr();
    }
}

/// What only describes the layout of pixels: no statement about anybody.
bool isStructural(const std::string& key) {
    static constexpr std::array<std::string_view, 44> kNames{"ImageWidth",
                                                             "ImageLength",
                                                             "BitsPerSample",
                                                             "Compression",
                                                             "PhotometricInterpretation",
                                                             "StripOffsets",
                                                             "SamplesPerPixel",
                                                             "RowsPerStrip",
                                                             "StripByteCounts",
                                                             "XResolution",
                                                             "YResolution",
                                                             "PlanarConfiguration",
                                                             "ResolutionUnit",
                                                             "TileWidth",
                                                             "TileLength",
                                                             "TileOffsets",
                                                             "TileByteCounts",
                                                             "ExtraSamples",
                                                             "SampleFormat",
                                                             "Predictor",
                                                             "ColorMap",
                                                             "JPEGTables",
                                                             "YCbCrSubSampling",
                                                             "YCbCrPositioning",
                                                             "YCbCrCoefficients",
                                                             "ReferenceBlackWhite",
                                                             "Orientation",
                                                             "FillOrder",
                                                             "NewSubfileType",
                                                             "SubfileType",
                                                             "ExifTag",
                                                             "GPSTag",
                                                             "InteroperabilityTag",
                                                             "ExifVersion",
                                                             "ComponentsConfiguration",
                                                             "FlashpixVersion",
                                                             "ColorSpace",
                                                             "PixelXDimension",
                                                             "PixelYDimension",
                                                             "JPEGInterchangeFormat",
                                                             "JPEGInterchangeFormatLength",
                                                             "InteroperabilityIndex",
                                                             "InteroperabilityVersion",
                                                             "CompressedBitsPerPixel"};
    const std::size_t dot = key.rfind('.');
    return std::find(kNames.begin(), kNames.end(), std::string_view(key).substr(dot + 1)) != kNames.end();
}

template <class Data> void addAll(const Data& data, std::vector<MetadataEntry>& out) {
    for (const auto& datum : data) {
        const std::string key = datum.key();
        if (isStructural(key)) {
            continue;
        }
        const bool thumbnail = key.starts_with("Exif.Thumbnail.");
        if (thumbnail) {
            continue; // one entry stands for the whole thumbnail
        }
        std::string value =
            datum.size() > 65536 ? std::to_string(datum.size()) + " bytes" : readable(datum.print());
        out.push_back({key, shortened(std::move(value))});
    }
}

void addExiv2(std::string_view bytes, std::string_view container, std::vector<MetadataEntry>& out) {
    const ImagePtr image = open(bytes);
    if (image.get() == nullptr) {
        out.push_back({std::string(container) + ".Unreadable", std::to_string(bytes.size()) + " bytes"});
        return;
    }
    try {
        addAll(image->exifData(), out);
        addAll(image->iptcData(), out);
        addAll(image->xmpData(), out);
        const auto isThumbnail = [](const Exiv2::Exifdatum& datum) {
            return datum.key() == "Exif.Thumbnail.JPEGInterchangeFormat";
        };
        if (std::any_of(image->exifData().begin(), image->exifData().end(), isThumbnail)) {
            const Exiv2::DataBuf thumbnail = Exiv2::ExifThumbC(image->exifData()).copy();
            out.push_back({"Exif.Thumbnail", std::to_string(thumbnail.size_) + " bytes"});
        }
    } catch (const std::exception&) {
        out.push_back({std::string(container) + ".Unreadable", std::to_string(bytes.size()) + " bytes"});
    }
}

void addJpeg(std::string_view bytes, std::vector<MetadataEntry>& out) {
    const JpegStructure structure = jpegStructure(bytes);
    for (const JpegSegment& segment : structure.segments) {
        const bool known = segment.data.starts_with("Exif\0") ||
                           segment.data.starts_with("http://ns.adobe.com/xap/1.0/\0") ||
                           segment.data.starts_with("ICC_PROFILE") || segment.data.starts_with("JFIF") ||
                           (segment.marker == 0xEE && segment.data.starts_with("Adobe")) ||
                           (segment.marker == 0xED && segment.data.starts_with("Photoshop"));
        if (segment.marker == 0xFE) {
            out.push_back({"Jpeg.Comment", readable(segment.data)});
        } else if (segment.marker >= 0xE0 && segment.marker <= 0xEF && !known) {
            out.push_back({"Jpeg.APP" + std::to_string(segment.marker - 0xE0), readable(segment.data)});
        }
    }
    if (structure.end < bytes.size()) {
        out.push_back({"Jpeg.Trailer", std::to_string(bytes.size() - structure.end) + " bytes"});
    }
}

void addPng(std::string_view bytes, std::vector<MetadataEntry>& out) {
    static constexpr std::array<std::string_view, 16> kPixels{"IHDR", "PLTE", "IDAT", "IEND", "tRNS", "gAMA",
                                                              "cHRM", "sRGB", "iCCP", "bKGD", "pHYs", "sBIT",
                                                              "hIST", "eXIf", "cICP", "sPLT"};
    const PngStructure structure = pngStructure(bytes);
    for (const PngChunk& chunk : structure.chunks) {
        if (std::find(kPixels.begin(), kPixels.end(), chunk.type) != kPixels.end()) {
            continue;
        }
        const bool text = chunk.type == "tEXt" || chunk.type == "zTXt" || chunk.type == "iTXt";
        const std::size_t keyEnd = text ? std::min(chunk.data.find('\0'), chunk.data.size()) : 0;
        const std::string key =
            "Png." + readable(chunk.type) + (text ? "." + readable(chunk.data.substr(0, keyEnd)) : "");
        std::string_view value = chunk.data.substr(std::min(keyEnd + (text ? 1 : 0), chunk.data.size()));
        if (chunk.type == "iTXt" && value.size() > 2 &&
            value[0] == '\0') { // uncompressed: language and translated key first
            for (int i = 0; i < 2; ++i) {
                value = value.substr(std::min(value.find('\0', i == 0 ? 2 : 0) + 1, value.size()));
            }
        }
        out.push_back({key, readable(value)});
    }
    if (structure.end < bytes.size()) {
        out.push_back({"Png.Trailer", std::to_string(bytes.size() - structure.end) + " bytes"});
    }
}

// Exiv2 reads no HEIF as Debian builds it: its parsers are given the parts.
void addHeif(std::string_view bytes, std::vector<MetadataEntry>& out) {
    initialise();
    const HeifParts parts = heifParts(bytes);
    if (!parts.readable) {
        out.push_back({"Heif.Unreadable", std::to_string(bytes.size()) + " bytes"});
        return;
    }
    try {
        Exiv2::ExifData exif;
        Exiv2::XmpData xmp;
        if (!parts.exif.empty()) {
            Exiv2::ExifParser::decode(exif, reinterpret_cast<const Exiv2::byte*>(parts.exif.data()),
                                      static_cast<std::uint32_t>(parts.exif.size()));
        }
        if (!parts.xmp.empty() && Exiv2::XmpParser::decode(xmp, parts.xmp) != 0) {
            out.push_back({"Xmp.Unreadable", readable(parts.xmp)});
        }
        if (exif.empty() && !parts.exif.empty()) {
            out.push_back({"Exif.Unreadable", readable(parts.exif)});
        }
        addAll(exif, out);
        addAll(xmp, out);
    } catch (const std::exception&) {
        out.push_back({"Heif.Unreadable", std::to_string(parts.exif.size() + parts.xmp.size()) + " bytes"});
    }
    out.insert(out.end(), parts.others.begin(), parts.others.end());
}

} // namespace

std::vector<MetadataEntry> readMetadata(std::string_view bytes, std::string_view format) {
    std::vector<MetadataEntry> out;
    if (format == "jpeg") {
        addExiv2(bytes, "Jpeg", out);
        addJpeg(bytes, out);
    } else if (format == "png") {
        addExiv2(bytes, "Png", out);
        addPng(bytes, out);
    } else if (format == "tiff") {
        addExiv2(bytes, "Tiff", out);
        for (MetadataEntry& entry : tiffTexts(bytes)) {
            // The first page is what Exiv2 has read, in its own names.
            if (!entry.key.starts_with("Tiff.Page1.") || entry.key.starts_with("Tiff.Page1.0x")) {
                out.push_back(std::move(entry));
            }
        }
    } else if (format == "heif") {
        addHeif(bytes, out);
    } else if (format == "bmp") {
        for (MetadataEntry& entry : bmpRemainders(bytes)) {
            out.push_back(std::move(entry));
        }
    } else {
        out.push_back({std::string(format) + ".Unreadable", std::to_string(bytes.size()) + " bytes"});
    }
    const std::string profile = format == "heif" ? heifParts(bytes).profile : iccProfileOf(bytes);
    for (MetadataEntry& entry : iccTexts(profile)) {
        out.push_back(std::move(entry));
    }
    return out;
}

std::int32_t orientationOf(std::string_view bytes) {
    const ImagePtr image = open(bytes);
    if (image.get() == nullptr) {
        return 1;
    }
    try {
        const auto found = image->exifData().findKey(Exiv2::ExifKey("Exif.Image.Orientation"));
        const long value = found == image->exifData().end() || found->count() == 0 ? 1 : found->toLong();
        return value >= 1 && value <= 8 ? static_cast<std::int32_t>(value) : 1;
    } catch (const std::exception&) {
        return 1;
    }
}

std::string iccProfileOf(std::string_view bytes) {
    const ImagePtr image = open(bytes);
    if (image.get() == nullptr || !image->iccProfileDefined()) {
        return {};
    }
    const Exiv2::DataBuf* profile = image->iccProfile();
    return {reinterpret_cast<const char*>(profile->pData_), static_cast<std::size_t>(profile->size_)};
}

bool isCommonProfile(std::string_view profile) {
    static constexpr std::array<std::string_view, 10> kDescriptions{"sRGB IEC61966-2.1",
                                                                    "sRGB",
                                                                    "sRGB built-in",
                                                                    "Adobe RGB (1998)",
                                                                    "Display P3",
                                                                    "c2",
                                                                    "c2ci",
                                                                    "Dot Gain 20%",
                                                                    "Gray Gamma 2.2",
                                                                    "Generic Gray Gamma 2.2 Profile"};
    // Header of ICC.1:2010, 7.2: the size first, the signature at 36. Common profiles are small: a long one
    // with a common name holds something else as well.
    constexpr std::size_t kMostBytes = 16384;
    const bool sound =
        profile.size() >= 132 && profile.size() <= kMostBytes && profile.substr(36, 4) == "acsp";
    std::size_t stated = 0;
    for (std::size_t i = 0; sound && i < 4; ++i) {
        stated = (stated << 8) | static_cast<unsigned char>(profile[i]);
    }
    if (!sound || stated != profile.size()) {
        return false;
    }
    const auto texts = iccTexts(profile);
    const auto found = std::find_if(texts.begin(), texts.end(),
                                    [](const MetadataEntry& e) { return e.key == "Icc.Description"; });
    return found != texts.end() &&
           std::find(kDescriptions.begin(), kDescriptions.end(), found->value) != kDescriptions.end();
}

} // namespace kamei::intake::image
