// What stays of a slide and where it goes; the bytes are written in SlideWriter.cpp.
#include <algorithm>
#include <set>
#include <tiff.h>

#include "core/transform/slide/Cleaned.h"
#include "core/transform/slide/Label.h"
#include "core/transform/slide/Slack.h"
#include "core/transform/slide/SlideWork.h"

namespace kamei::transform::slide {
namespace {

using base::ErrorCode;
using intake::slide::Dialect;
using intake::slide::Field;
using intake::slide::Page;
using intake::slide::Role;

constexpr std::string_view kPlace = "transform.slide.write";
constexpr std::uint64_t kMostHeld = std::uint64_t{96} << 20;
constexpr std::uint64_t kMostOfTiff = 0xFFFF0000;
constexpr std::uint16_t kIntervalStarts = 65426;
constexpr std::uint16_t kIntervalStartsHigh = 65432;

std::uint64_t aligned(std::uint64_t at) {
    return (at + kAlign - 1) / kAlign * kAlign;
}

/// Offsets take the type of the dialect.
std::uint16_t offsetType(Dialect dialect) {
    return dialect == Dialect::Big ? TIFF_LONG8 : TIFF_LONG;
}

} // namespace

base::Expected<void> SlideWriter::Work::prepare() {
    if (auto chosen = choosePages(); !chosen) {
        return chosen;
    }
    std::uint64_t total = 0;
    for (Part& part : m_parts) {
        auto done = part.drawn.empty() ? editBlocks(part) : base::Expected<void>();
        if (!done) {
            return done;
        }
        placeBlocks(part);
        total += part.dataSize;
    }
    // Blocks that serve many pages would be written many times.
    if (total > 2 * m_slide.structure().bytes->size() + (std::uint64_t{64} << 20)) {
        return base::fail(ErrorCode::Malformed, kPlace, {"shared-tiles"});
    }
    m_dialect = m_slide.structure().dialect;
    layOut();
    if (m_dialect == Dialect::Classic && m_end > kMostOfTiff) {
        m_dialect = Dialect::Big;
        layOut();
    }
    return {};
}

base::Expected<void> SlideWriter::Work::choosePages() {
    const auto& pages = m_slide.pages().all;
    for (const auto& [frame, action] : m_orders.pictures) {
        const auto index = static_cast<std::size_t>(frame) - 1;
        if (frame < 1 || index >= m_slide.pictures().size() || m_slide.pictures()[index].role == Role::Scan) {
            // A decision that nothing carries out would let through what it was about.
            return base::fail(ErrorCode::NotPossible, kPlace, {std::string(model::word(action))});
        }
    }
    std::vector<std::optional<std::size_t>> places; // of the chain
    std::map<std::size_t, std::size_t> partOfDirectory;
    std::set<std::size_t> children;
    for (const auto& directory : m_slide.structure().directories) {
        children.insert(directory.children.begin(), directory.children.end());
    }
    std::size_t written = 0;
    for (std::size_t i = 0; i < pages.size(); ++i) {
        const auto order = pages[i].role == Role::Scan ? m_orders.pictures.end()
                                                       : m_orders.pictures.find(frameOf(m_slide, i));
        const bool child = children.contains(pages[i].directory);
        const bool gone = order != m_orders.pictures.end() && order->second == model::Action::Delete;
        if (!child) {
            places.push_back(gone ? std::nullopt : std::optional(written));
            written += gone ? 0 : 1;
        }
        if (gone) {
            continue;
        }
        Part part;
        part.index = i;
        part.child = child;
        if (order != m_orders.pictures.end()) {
            if (auto done = draw(part); !done) {
                return done;
            }
        } else {
            auto table = m_slide.blocks(i);
            if (!table) {
                return tl::unexpected(table.error());
            }
            part.table = std::move(*table);
        }
        partOfDirectory[pages[i].directory] = m_parts.size();
        m_parts.push_back(std::move(part));
    }
    const auto ome = cleanOme(m_slide, places);
    if (!ome) {
        return tl::unexpected(ome.error());
    }
    for (Part& part : m_parts) {
        if (part.drawn.empty()) {
            part.fields = cleanFields(m_slide, part.index, *ome);
        }
        for (const std::size_t child : m_slide.structure().directories[page(part).directory].children) {
            if (const auto found = partOfDirectory.find(child); found != partOfDirectory.end()) {
                part.children.push_back(found->second);
            }
        }
    }
    return {};
}

base::Expected<void> SlideWriter::Work::draw(Part& part) {
    constexpr std::uint32_t kMostSide = 2000;
    const Page& old = page(part);
    const double scale = std::min(1.0, double(kMostSide) / std::max(old.width, old.height));
    Page fresh;
    fresh.width = std::max<std::uint32_t>(16, static_cast<std::uint32_t>(old.width * scale));
    fresh.height = std::max<std::uint32_t>(16, static_cast<std::uint32_t>(old.height * scale));
    fresh.blockWidth = fresh.width;
    fresh.blockHeight = fresh.height;
    fresh.samples = 3;
    fresh.photometric = PHOTOMETRIC_RGB;
    fresh.compression = COMPRESSION_LZW;
    fresh.codec = intake::slide::Codec::Lzw;
    const auto raster = drawLabel(fresh.width, fresh.height, m_orders.labelText);
    auto strip = intake::slide::encodeBlock(m_slide.structure(), fresh, raster.samples, 0);
    if (!strip) {
        return tl::unexpected(strip.error());
    }
    part.drawn = std::move(*strip);
    const bool big = m_slide.structure().bigEndian;
    const auto add = [&](std::uint16_t tag, std::uint16_t type, std::vector<std::uint64_t> values) {
        part.fields.push_back(intake::slide::numberField(tag, type, values, big));
    };
    add(TIFFTAG_SUBFILETYPE, TIFF_LONG, {old.reduced ? 1U : 0U});
    add(TIFFTAG_IMAGEWIDTH, TIFF_LONG, {fresh.width});
    add(TIFFTAG_IMAGELENGTH, TIFF_LONG, {fresh.height});
    add(TIFFTAG_BITSPERSAMPLE, TIFF_SHORT, {8, 8, 8});
    add(TIFFTAG_COMPRESSION, TIFF_SHORT, {fresh.compression});
    add(TIFFTAG_PHOTOMETRIC, TIFF_SHORT, {fresh.photometric});
    add(TIFFTAG_SAMPLESPERPIXEL, TIFF_SHORT, {3});
    add(TIFFTAG_ROWSPERSTRIP, TIFF_LONG, {fresh.height});
    add(TIFFTAG_PLANARCONFIG, TIFF_SHORT, {PLANARCONFIG_CONTIG});
    for (const Field& field : cleanFields(m_slide, part.index, {})) {
        if (field.tag == TIFFTAG_IMAGEDESCRIPTION || field.tag == TIFFTAG_MAKE || field.tag >= 65420) {
            part.fields.push_back(field);
        }
    }
    std::ranges::sort(part.fields, {}, &Field::tag);
    return {};
}

base::Expected<void> SlideWriter::Work::editBlocks(Part& part) {
    const PageMasks masks = masksOn(m_slide, m_orders, part.index);
    if (masks.empty()) {
        return {};
    }
    const Page& of = page(part);
    const PageMasks::Range range = masks.range();
    const std::uint64_t planes = of.blocks() / (std::uint64_t{of.columns()} * of.rows());
    std::map<std::string, Edited> blacks; // blocks that are covered whole look alike
    for (std::uint64_t plane = 0; plane < planes; ++plane) {
        for (std::uint32_t row = range.firstRow; row < range.endRow; ++row) {
            for (std::uint32_t column = range.firstColumn; column < range.endColumn; ++column) {
                const std::uint64_t block = (plane * of.rows() + row) * of.columns() + column;
                const auto cover = masks.cover(column, row);
                if (cover == PageMasks::Cover::None || part.table->sizes[block] == 0) {
                    continue;
                }
                std::string like;
                if (cover == PageMasks::Cover::All && masks.plain()) {
                    like = std::to_string(of.rowsOf(row)) + ' ' +
                           (of.intervals ? std::to_string(block + 1 == of.blocks() ? 8 : block % 8) : "");
                    if (const auto same = blacks.find(like); same != blacks.end()) {
                        part.edited[block] = same->second;
                        continue;
                    }
                }
                auto bytes = edit(part, masks, block);
                if (!bytes) {
                    return tl::unexpected(bytes.error());
                }
                if (bytes->empty()) {
                    continue;
                }
                Edited one{bytes->size(), nullptr};
                if (!like.empty() || m_held + bytes->size() <= kMostHeld) {
                    m_held += bytes->size();
                    one.bytes = std::make_shared<const std::string>(std::move(*bytes));
                }
                if (!like.empty()) {
                    blacks[like] = one;
                }
                part.edited[block] = std::move(one);
            }
        }
    }
    return {};
}

void SlideWriter::Work::placeBlocks(Part& part) {
    const Page& of = page(part);
    if (!part.drawn.empty()) {
        part.offsets = {0};
        part.sizes = {part.drawn.size()};
        part.dataSize = part.drawn.size();
        return;
    }
    part.tables = of.intervals                 ? part.table->tables
                  : part.table->tables.empty() ? std::string()
                                               : cleanTables(part.table->tables);
    std::uint64_t at = of.intervals ? part.tables.size() : 0;
    std::unordered_map<std::uint64_t, std::uint64_t> shared;
    std::vector<std::uint64_t> sorted = part.table->offsets;
    std::ranges::sort(sorted);
    const bool sharing = std::ranges::adjacent_find(sorted) != sorted.end();
    sorted.clear();
    part.offsets.resize(of.blocks());
    part.sizes.resize(of.blocks());
    for (std::uint64_t block = 0; block < of.blocks(); ++block) {
        const auto edited = part.edited.find(block);
        const std::uint64_t source = part.table->offsets[block];
        std::uint64_t size = part.table->sizes[block];
        if (size == 0) {
            continue;
        }
        if (edited != part.edited.end()) {
            size = edited->second.size;
        } else if (sharing) {
            if (const auto [place, fresh] = shared.try_emplace(source, at); !fresh) {
                part.offsets[block] = place->second;
                part.sizes[block] = size;
                continue;
            }
        }
        part.offsets[block] = at;
        part.sizes[block] = size;
        at += of.intervals ? size : size + size % 2; // blocks begin at whole words
    }
    part.dataSize = at;
}

void SlideWriter::Work::layOut() {
    const bool big = m_slide.structure().bigEndian;
    std::uint64_t at = intake::slide::headerBytes(m_dialect, big, 0).size();
    for (Part& part : m_parts) {
        part.dataAt = aligned(at);
        part.directoryAt = aligned(part.dataAt + part.dataSize);
        part.directorySize = intake::slide::directorySize(fieldsOf(part), m_dialect);
        at = part.directoryAt + part.directorySize;
    }
    m_end = at;
}

std::uint64_t SlideWriter::Work::nextOf(std::size_t index) const {
    if (m_parts[index].child) {
        return 0;
    }
    for (std::size_t next = index + 1; next < m_parts.size(); ++next) {
        if (!m_parts[next].child) {
            return m_parts[next].directoryAt;
        }
    }
    return 0;
}

std::vector<Field> SlideWriter::Work::fieldsOf(const Part& part) const {
    const bool big = m_slide.structure().bigEndian;
    const Page& of = page(part);
    const bool tiled = of.tiled && part.drawn.empty();
    const bool strip = of.intervals && part.drawn.empty();
    const std::uint16_t type = offsetType(m_dialect);
    std::vector<Field> out = part.fields;
    std::vector<std::uint64_t> places = part.offsets;
    for (std::size_t i = 0; i < places.size(); ++i) {
        places[i] = part.sizes[i] == 0 ? 0 : places[i] + part.dataAt;
    }
    std::vector<std::uint64_t> sizes = part.sizes;
    if (strip) {
        std::vector<std::uint64_t> low;
        std::vector<std::uint64_t> high;
        for (const std::uint64_t start : part.offsets) {
            low.push_back(start & 0xFFFFFFFF);
            high.push_back(start >> 32);
        }
        out.push_back(intake::slide::numberField(kIntervalStarts, TIFF_LONG, low, big));
        if (high.back() != 0) {
            out.push_back(intake::slide::numberField(kIntervalStartsHigh, TIFF_LONG, high, big));
        }
        places = {part.dataAt};
        sizes = {part.dataSize};
    }
    const bool wide = m_dialect == Dialect::Ndpi && places.size() == 1;
    const std::uint16_t kind = wide ? std::uint16_t{TIFF_LONG8} : type;
    out.push_back(
        intake::slide::numberField(tiled ? TIFFTAG_TILEOFFSETS : TIFFTAG_STRIPOFFSETS, kind, places, big));
    out.push_back(intake::slide::numberField(tiled ? TIFFTAG_TILEBYTECOUNTS : TIFFTAG_STRIPBYTECOUNTS, kind,
                                             sizes, big));
    if (!part.tables.empty() && !strip) {
        out.push_back({TIFFTAG_JPEGTABLES, TIFF_UNDEFINED, part.tables.size(), part.tables});
    }
    if (!part.children.empty()) {
        std::vector<std::uint64_t> children;
        for (const std::size_t child : part.children) {
            children.push_back(m_parts[child].directoryAt);
        }
        out.push_back(intake::slide::numberField(
            TIFFTAG_SUBIFD, m_dialect == Dialect::Big ? TIFF_IFD8 : TIFF_LONG, children, big));
    }
    std::ranges::sort(out, {}, &Field::tag);
    return out;
}

} // namespace kamei::transform::slide
