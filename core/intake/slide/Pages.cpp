#include "core/intake/slide/Pages.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <map>
#include <tiff.h>

#include "core/intake/slide/Ndpi.h"

namespace kamei::intake::slide {
namespace {

using base::ErrorCode;

constexpr std::string_view kPlace = "intake.slide.pages";
constexpr std::uint32_t kMaxSide = 1U << 24;
constexpr std::uint32_t kMaxBlockSide = 1U << 16;
constexpr std::uint64_t kMaxBlockBytes = std::uint64_t{128} << 20;
constexpr std::uint16_t kSourceLens = 65421;
constexpr std::uint16_t kFocusPlane = 65424;

base::Expected<void> unsupported(const char* why) {
    return base::fail(ErrorCode::UnsupportedFormat, kPlace, {why});
}

std::optional<Codec> codecOf(std::uint64_t compression) {
    switch (compression) {
    case COMPRESSION_NONE:
        return Codec::None;
    case COMPRESSION_LZW:
        return Codec::Lzw;
    case COMPRESSION_ADOBE_DEFLATE:
    case COMPRESSION_DEFLATE:
        return Codec::Deflate;
    case COMPRESSION_PACKBITS:
        return Codec::PackBits;
    case COMPRESSION_JPEG:
        return Codec::Jpeg;
    case COMPRESSION_JP2000:
    case 33003: // Aperio: components as they are (YCbCr)
    case 33005: // Aperio: RGB
        return Codec::Jpeg2000;
    default:
        return std::nullopt;
    }
}

class PageReader {
public:
    PageReader(const Structure& structure, std::size_t index, Vendor vendor)
        : m_structure(structure), m_directory(structure.directories[index]), m_vendor(vendor) {
        m_page.directory = index;
    }

    base::Expected<Page> read() {
        if (auto done = size(); !done) {
            return tl::unexpected(done.error());
        }
        if (auto done = samples(); !done) {
            return tl::unexpected(done.error());
        }
        if (auto done = blocks(); !done) {
            return tl::unexpected(done.error());
        }
        return m_page;
    }

private:
    [[nodiscard]] std::uint64_t number(std::uint16_t tag, std::uint64_t otherwise) const {
        return m_structure.number(m_directory, tag).value_or(otherwise);
    }

    base::Expected<void> size() {
        const std::uint64_t width = number(TIFFTAG_IMAGEWIDTH, 0);
        const std::uint64_t height = number(TIFFTAG_IMAGELENGTH, 0);
        if (width == 0 || height == 0) {
            return base::fail(ErrorCode::Malformed, kPlace);
        }
        if (width > kMaxSide || height > kMaxSide) {
            return base::fail(ErrorCode::TooLarge, kPlace, {std::to_string(kMaxSide)});
        }
        m_page.width = static_cast<std::uint32_t>(width);
        m_page.height = static_cast<std::uint32_t>(height);
        m_page.reduced = (number(TIFFTAG_SUBFILETYPE, 0) & FILETYPE_REDUCEDIMAGE) != 0;
        return {};
    }

    base::Expected<void> samples() {
        const auto narrow = [](std::uint64_t value) {
            return static_cast<std::uint16_t>(std::min<std::uint64_t>(value, 0xFFFF));
        };
        m_page.bits = narrow(number(TIFFTAG_BITSPERSAMPLE, 1));
        m_page.samples = narrow(number(TIFFTAG_SAMPLESPERPIXEL, 1));
        m_page.photometric = narrow(number(TIFFTAG_PHOTOMETRIC, PHOTOMETRIC_MINISBLACK));
        m_page.compression = narrow(number(TIFFTAG_COMPRESSION, COMPRESSION_NONE));
        m_page.predictor = narrow(number(TIFFTAG_PREDICTOR, 1));
        m_page.sampleFormat = narrow(number(TIFFTAG_SAMPLEFORMAT, SAMPLEFORMAT_UINT));
        m_page.separate = number(TIFFTAG_PLANARCONFIG, PLANARCONFIG_CONTIG) == PLANARCONFIG_SEPARATE;
        const auto codec = codecOf(m_page.compression);
        if (!codec) {
            return unsupported("slide (compression)");
        }
        m_page.codec = *codec;
        const Entry* const bits = m_directory.find(TIFFTAG_BITSPERSAMPLE);
        if (bits != nullptr) {
            const auto all = m_structure.numbers(*bits, 64);
            if (!all || std::ranges::any_of(*all, [&](auto value) { return value != m_page.bits; })) {
                return unsupported("slide (samples)");
            }
        }
        const bool depth = m_page.bits == 8 || m_page.bits == 16;
        const bool grey =
            m_page.photometric == PHOTOMETRIC_MINISBLACK || m_page.photometric == PHOTOMETRIC_MINISWHITE;
        const bool coded = m_page.codec == Codec::Jpeg || m_page.codec == Codec::Jpeg2000;
        const bool rgb = m_page.photometric == PHOTOMETRIC_RGB && m_page.samples >= 3;
        const bool colour = m_page.photometric == PHOTOMETRIC_YCBCR && m_page.samples == 3 && coded;
        const bool format =
            m_page.sampleFormat == SAMPLEFORMAT_UINT || m_page.sampleFormat == SAMPLEFORMAT_VOID ||
            (m_page.sampleFormat == SAMPLEFORMAT_INT && grey && m_page.samples == 1 && !coded);
        if (!depth || m_page.samples == 0 || m_page.samples > 16 || !format || (!grey && !rgb && !colour) ||
            (coded && m_page.bits != 8) || (coded && m_page.separate) ||
            (m_page.codec == Codec::Jpeg && m_page.samples != 1 && m_page.samples != 3) ||
            number(TIFFTAG_FILLORDER, FILLORDER_MSB2LSB) != FILLORDER_MSB2LSB ||
            number(TIFFTAG_IMAGEDEPTH, 1) != 1) {
            return unsupported("slide (samples)");
        }
        const bool predicts = m_page.codec == Codec::Lzw || m_page.codec == Codec::Deflate;
        if (!predicts) {
            m_page.predictor = PREDICTOR_NONE;
        }
        return m_page.predictor > PREDICTOR_HORIZONTAL ? unsupported("slide (predictor)")
                                                       : base::Expected<void>();
    }

    base::Expected<void> blocks() {
        m_page.tiled = m_directory.find(TIFFTAG_TILEWIDTH) != nullptr;
        std::uint64_t width = m_page.width;
        std::uint64_t height = m_page.height;
        if (m_page.tiled) {
            width = number(TIFFTAG_TILEWIDTH, 0);
            height = number(TIFFTAG_TILELENGTH, 0);
        } else {
            height = std::min<std::uint64_t>(number(TIFFTAG_ROWSPERSTRIP, 0xFFFFFFFF), height);
        }
        if (width == 0 || height == 0) {
            return base::fail(ErrorCode::Malformed, kPlace);
        }
        if (m_vendor == Vendor::Hamamatsu && m_page.codec == Codec::Jpeg && !m_page.tiled &&
            height == m_page.height) {
            const auto intervals = intervalsOf(m_structure, m_directory, m_page.width, m_page.height);
            if (!intervals) {
                return tl::unexpected(intervals.error());
            }
            if (*intervals) {
                m_page.intervals = true;
                width = (*intervals)->width;
                height = (*intervals)->height;
            }
        }
        if (m_page.tiled && (width > kMaxBlockSide || height > kMaxBlockSide)) {
            return base::fail(ErrorCode::TooLarge, kPlace, {std::to_string(kMaxBlockSide)});
        }
        const std::uint64_t pixel = (m_page.separate ? 1U : m_page.samples) * (m_page.bits / 8U);
        if (width * height > kMaxBlockBytes / pixel) {
            return base::fail(ErrorCode::TooLarge, kPlace, {std::to_string(kMaxBlockBytes)});
        }
        m_page.blockWidth = static_cast<std::uint32_t>(width);
        m_page.blockHeight = static_cast<std::uint32_t>(height);
        return m_page.blocks() > kMaxBlocks
                   ? base::fail(ErrorCode::TooManyEntries, kPlace, {std::to_string(kMaxBlocks)})
                   : base::Expected<void>();
    }

    const Structure& m_structure;
    const Directory& m_directory;
    Vendor m_vendor;
    Page m_page;
};

/// A float value of one tag; nothing when it is none.
std::optional<float> floatOf(const Structure& structure, const Directory& directory, std::uint16_t tag) {
    const Entry* const entry = directory.find(tag);
    if (entry == nullptr || entry->type != TIFF_FLOAT || entry->count != 1) {
        return std::nullopt;
    }
    const auto bytes = structure.raw(*entry, 4);
    if (!bytes || bytes->size() != 4) {
        return std::nullopt;
    }
    std::array<char, 4> order{};
    std::ranges::copy(*bytes, order.begin());
    if (structure.bigEndian) {
        std::ranges::reverse(order);
    }
    float out = 0;
    std::memcpy(&out, order.data(), 4);
    return out;
}

std::string lowered(std::string text) {
    std::ranges::transform(text, text.begin(),
                           [](unsigned char c) { return c < 0x80 ? std::tolower(c) : c; });
    return text;
}

/// What a description says that a page shows: Aperio writes it behind the line of its version, others at the
/// beginning.
Role roleByText(const std::string& description, Vendor vendor) {
    std::string text = lowered(description.substr(0, 4096));
    if (vendor == Vendor::Aperio) {
        const auto line = text.find('\n');
        text = line == std::string::npos ? std::string() : text.substr(line + 1);
    }
    const auto start = text.find_first_not_of(" \r\n\t");
    text = start == std::string::npos ? std::string() : text.substr(start);
    return text.starts_with("label")       ? Role::Label
           : text.starts_with("macro")     ? Role::Macro
           : text.starts_with("thumbnail") ? Role::Thumbnail
                                           : Role::Other;
}

/// Vendors whose tiles overlap or whose pictures lie in their descriptions: their geometry is lost with it.
bool isForeign(const std::string& description, const std::string& software) {
    return description.find("http://www.leica-microsystems.com/scn/") != std::string::npos ||
           description.find("<iScan") != std::string::npos || software.starts_with("MedScan");
}

Vendor vendorOf(const Structure& structure) {
    const Directory& first = structure.directories.front();
    const std::string description = structure.text(first, TIFFTAG_IMAGEDESCRIPTION);
    if (structure.dialect == Dialect::Ndpi) {
        return Vendor::Hamamatsu;
    }
    if (description.starts_with("Aperio")) {
        return Vendor::Aperio;
    }
    const bool ome = description.find("<OME") != std::string::npos &&
                     description.find("openmicroscopy.org/Schemas/OME") != std::string::npos;
    return ome ? Vendor::Ome : Vendor::Generic;
}

bool sameShape(const Page& a, const Page& b) {
    const double ratio = double(a.width) / a.height;
    const double other = double(b.width) / b.height;
    // A side of a reduced picture is rounded to whole pixels.
    const double slack = 0.02 + 2.0 / std::min({a.width, a.height, b.width, b.height});
    return std::abs(ratio - other) / ratio <= slack;
}

void hamamatsuRole(const Structure& structure, Page& page, std::map<std::int64_t, std::size_t>& focus,
                   Pages& out) {
    const Directory& directory = structure.directories[page.directory];
    const float lens = floatOf(structure, directory, kSourceLens).value_or(0);
    if (lens > 0) {
        page.role = Role::Scan;
        const auto z = static_cast<std::int32_t>(structure.number(directory, kFocusPlane).value_or(0));
        const auto [place, fresh] = focus.try_emplace(z, out.planes.size());
        if (fresh) {
            out.planes.emplace_back();
        }
        page.plane = place->second;
        out.planes[page.plane].push_back(out.all.size());
    } else {
        page.role = lens == -1 ? Role::Macro : Role::Other; // -2: map of what was focused on
    }
}

/// Chain pages of all other vendors. A pyramid is a page of tiles and the smaller ones behind it of its
/// shape.
void genericRole(const Structure& structure, Page& page, Pages& out) {
    const std::string text = structure.text(structure.directories[page.directory], TIFFTAG_IMAGEDESCRIPTION);
    const Role said = roleByText(text, out.vendor);
    const bool first = out.all.empty();
    const Page* const base = out.planes.empty() ? nullptr : &out.all[out.planes[0].front()];
    if (!first && (said == Role::Label || said == Role::Macro)) {
        page.role = said;
        return;
    }
    const bool smaller = base != nullptr && page.width <= base->width && page.height <= base->height &&
                         (page.width < base->width || page.height < base->height);
    if (out.vendor == Vendor::Ome) {
        page.role = Role::Scan; // every page of the chain is a plane
        if (!first && (page.width != base->width || page.height != base->height)) {
            page.role = Role::Other; // of another image of the file: label, macro
        }
    } else if (first) {
        page.role = Role::Scan;
    } else if (smaller && page.tiled && sameShape(*base, page)) {
        page.role = Role::Scan;
        out.planes[0].push_back(out.all.size());
        return;
    } else if ((smaller || (out.vendor == Vendor::Aperio && !page.tiled)) && sameShape(*base, page) &&
               (page.reduced || said == Role::Thumbnail || out.all.size() == 1)) {
        page.role = Role::Thumbnail;
    } else if (base != nullptr && page.width == base->width && page.height == base->height && page.tiled) {
        page.role = Role::Scan;
    }
    if (page.role == Role::Scan) {
        page.plane = out.planes.size();
        out.planes.push_back({out.all.size()});
    }
}

} // namespace

bool isSlide(const Structure& structure) {
    const std::string description = structure.text(structure.directories.front(), TIFFTAG_IMAGEDESCRIPTION);
    const std::string software = structure.text(structure.directories.front(), TIFFTAG_SOFTWARE);
    if (vendorOf(structure) != Vendor::Generic || isForeign(description, software)) {
        return true;
    }
    const auto tiledSide = [&](const Directory& directory, std::uint16_t tag) {
        return directory.find(TIFFTAG_TILEWIDTH) == nullptr ? 0
                                                            : structure.number(directory, tag).value_or(0);
    };
    const Directory& first = structure.directories.front();
    const std::uint64_t width = tiledSide(first, TIFFTAG_IMAGEWIDTH);
    const std::uint64_t height = tiledSide(first, TIFFTAG_IMAGELENGTH);
    if (width == 0 || height == 0) {
        return false;
    }
    const bool large = width > (std::uint64_t{1} << 28) / height;
    const bool pyramid = std::ranges::any_of(structure.directories, [&](const Directory& directory) {
        const std::uint64_t other = tiledSide(directory, TIFFTAG_IMAGEWIDTH);
        return other > 0 && other < width;
    });
    return large || pyramid;
}

base::Expected<Pages> readPages(const Structure& structure) {
    Pages out;
    out.vendor = vendorOf(structure);
    std::map<std::int64_t, std::size_t> focus;
    for (std::size_t i = 0; i < structure.chain; ++i) {
        const Directory& directory = structure.directories[i];
        if (isForeign(structure.text(directory, TIFFTAG_IMAGEDESCRIPTION),
                      structure.text(directory, TIFFTAG_SOFTWARE)) ||
            isForeign(structure.text(directory, TIFFTAG_XMLPACKET), {})) {
            return base::fail(ErrorCode::UnsupportedFormat, kPlace, {"slide-other"});
        }
        auto page = PageReader(structure, i, out.vendor).read();
        if (!page) {
            return tl::unexpected(page.error());
        }
        if (out.vendor == Vendor::Hamamatsu) {
            hamamatsuRole(structure, *page, focus, out);
        } else {
            genericRole(structure, *page, out);
        }
        out.all.push_back(*page);
        const std::size_t parent = out.all.size() - 1;
        for (const std::size_t child : directory.children) {
            auto level = PageReader(structure, child, out.vendor).read();
            if (!level) {
                return tl::unexpected(level.error());
            }
            const Page& whole = out.all[parent];
            level->role = whole.role == Role::Scan && sameShape(whole, *level) && level->width < whole.width
                              ? Role::Scan
                              : Role::Other;
            level->plane = whole.plane;
            if (level->role == Role::Scan) {
                out.planes[level->plane].push_back(out.all.size());
            }
            out.all.push_back(*level);
        }
    }
    if (out.planes.empty()) {
        return base::fail(ErrorCode::UnsupportedFormat, kPlace, {"slide (no scan)"});
    }
    for (auto& levels : out.planes) {
        std::ranges::stable_sort(
            levels, [&](std::size_t a, std::size_t b) { return out.all[a].width > out.all[b].width; });
    }
    return out;
}

} // namespace kamei::intake::slide
