#include "core/intake/dicom/SlideGeometry.h"

#include <algorithm>
#include <bit>
#include <charconv>
#include <cmath>
#include <optional>

namespace kamei::intake::dicom {
namespace {

using base::ErrorCode;
constexpr std::string_view kPlace = "intake.dicom.slide";
constexpr Tag kVolumeWidth = 0x00480001, kVolumeHeight = 0x00480002, kMatrixColumns = 0x00480006,
              kMatrixRows = 0x00480007, kMatrixOrigin = 0x00480008, kOrientation = 0x00480102,
              kColumnPosition = 0x0048021E, kRowPosition = 0x0048021F, kPlanePosition = 0x0048021A,
              kOffsetX = 0x0040072A, kOffsetY = 0x0040073A, kPerFrame = 0x52009230,
              kOrganization = 0x00209311, kFrameOfReference = 0x00200052, kConcatenation = 0x00209161,
              kConcatenationOffset = 0x00209228;
/// A slide of a metre, scanned at a tenth of a micrometre.
constexpr std::int64_t kMostPixels = 10'000'000;

base::Error unclear(Tag tag) {
    return {ErrorCode::Malformed, {tagText(tag)}, std::string(kPlace)};
}

std::optional<double> numberOf(const Instance& instance, const Element* element, std::size_t index = 0) {
    if (element == nullptr || element->kind != Element::Kind::Value) {
        return std::nullopt;
    }
    double out = 0;
    if (isNumberVr(element->vr)) {
        const auto bytes = instance.value(*element);
        const std::size_t size = numberSize(element->vr);
        if (size == 0 || bytes.size() < (index + 1) * size) {
            return std::nullopt;
        }
        std::uint64_t raw = 0;
        for (std::size_t i = 0; i < size; ++i) {
            const std::size_t at = element->syntax.bigEndian ? i : size - 1 - i;
            raw = raw << 8 | std::to_integer<std::uint64_t>(bytes[index * size + at]);
        }
        out = element->vr == vr::FD   ? std::bit_cast<double>(raw)
              : element->vr == vr::FL ? std::bit_cast<float>(static_cast<std::uint32_t>(raw))
              : element->vr == vr::SL ? static_cast<std::int32_t>(static_cast<std::uint32_t>(raw))
              : element->vr == vr::SS ? static_cast<std::int16_t>(static_cast<std::uint16_t>(raw))
                                      : static_cast<double>(raw);
    } else {
        std::string_view text = instance.text(*element);
        for (; index > 0; --index) {
            const std::size_t cut = text.find('\\');
            if (cut == std::string_view::npos) {
                return std::nullopt;
            }
            text.remove_prefix(cut + 1);
        }
        text = text.substr(0, text.find('\\'));
        text.remove_prefix(std::min(text.find_first_not_of(" +"), text.size()));
        text = text.substr(0, text.find(' '));
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
        if (error != std::errc{} || end != text.data() + text.size()) {
            return std::nullopt;
        }
    }
    return std::isfinite(out) ? std::optional(out) : std::nullopt;
}

/// An element of the item that begins at `item` on the tape.
const Element* within(const Instance& instance, std::size_t item, Tag tag) {
    const auto& tape = instance.elements();
    for (std::size_t i = item + 1; i < tape[item].next; i = tape[i].next) {
        if (tape[i].tag == tag) {
            return &tape[i];
        }
    }
    return nullptr;
}

/// Places on the tape of the items of a sequence.
std::vector<std::size_t> itemsOf(const Instance& instance, const Element* sequence) {
    std::vector<std::size_t> out;
    if (sequence == nullptr || sequence->kind != Element::Kind::Sequence) {
        return out;
    }
    const auto& tape = instance.elements();
    const auto at = static_cast<std::size_t>(sequence - tape.data());
    for (std::size_t item = at + 1; item < tape[at].next; item = tape[item].next) {
        out.push_back(item);
    }
    return out;
}

std::optional<std::int64_t> positive(const Instance& instance, Tag tag) {
    const auto value = numberOf(instance, instance.find(tag));
    return value && *value >= 1 && *value <= kMostPixels ? std::optional(std::llround(*value)) : std::nullopt;
}

base::Expected<std::vector<SlideGeometry::Corner>> cornersOf(const Instance& instance, std::int32_t frames) {
    const auto items = itemsOf(instance, instance.find(kPerFrame));
    if (items.size() != static_cast<std::size_t>(frames)) {
        return tl::unexpected(unclear(kPerFrame));
    }
    std::vector<SlideGeometry::Corner> out;
    out.reserve(items.size());
    for (const std::size_t item : items) {
        const auto position = itemsOf(instance, within(instance, item, kPlanePosition));
        const auto column = position.size() != 1
                                ? std::nullopt
                                : numberOf(instance, within(instance, position.front(), kColumnPosition));
        const auto row = position.size() != 1
                             ? std::nullopt
                             : numberOf(instance, within(instance, position.front(), kRowPosition));
        if (!column || !row || std::abs(*column) > kMostPixels || std::abs(*row) > kMostPixels) {
            return tl::unexpected(unclear(kPlanePosition));
        }
        out.push_back({std::llround(*column) - 1, std::llround(*row) - 1});
    }
    return out;
}

/// Number of frames, places and organization of the tiles.
base::Expected<void> readTiles(const Instance& instance, SlideGeometry& out) {
    const std::int64_t frames = std::max<std::int64_t>(1, instance.number(tags::NumberOfFrames).value_or(1));
    const auto tileColumns = positive(instance, tags::Columns);
    const auto tileRows = positive(instance, tags::Rows);
    if (!tileColumns || !tileRows || frames > kMostPixels) {
        return tl::unexpected(unclear(tags::NumberOfFrames));
    }
    out.frames = static_cast<std::int32_t>(frames);
    out.tileColumns = static_cast<std::int32_t>(*tileColumns);
    out.tileRows = static_cast<std::int32_t>(*tileRows);
    const bool part = instance.find(kConcatenation) != nullptr;
    if (part) {
        const auto before = numberOf(instance, instance.find(kConcatenationOffset));
        if (!before || *before < 0 || *before > kMostPixels) {
            return tl::unexpected(unclear(kConcatenationOffset));
        }
        out.firstFrame = std::llround(*before);
    }
    const std::int64_t tiles = ((out.columns + out.tileColumns - 1) / out.tileColumns) *
                               ((out.rows + out.tileRows - 1) / out.tileRows);
    const std::string_view stated = instance.text(kOrganization);
    // Without a word for it one tile that holds everything can lie in one way only.
    out.full = stated == "TILED_FULL" || (stated.empty() && tiles == 1);
    if (out.full) {
        // Plane after plane, path after path: all of them hold every tile.
        if (!part && frames % tiles != 0) {
            return tl::unexpected(unclear(tags::NumberOfFrames));
        }
        return {};
    }
    auto corners = cornersOf(instance, out.frames);
    if (!corners) {
        return tl::unexpected(corners.error());
    }
    out.corners = std::move(*corners);
    return {};
}

} // namespace

SlidePart slidePartOf(std::string_view imageType) {
    for (int i = 0; i < 2; ++i) {
        const std::size_t cut = imageType.find('\\');
        imageType.remove_prefix(cut == std::string_view::npos ? imageType.size() : cut + 1);
    }
    imageType = imageType.substr(0, imageType.find('\\'));
    imageType = imageType.substr(0, imageType.find_last_not_of(' ') + 1);
    return imageType == "VOLUME" || imageType == "THUMBNAIL" ? SlidePart::Volume
           : imageType == "LABEL"                            ? SlidePart::Label
           : imageType == "OVERVIEW"                         ? SlidePart::Overview
                                                             : SlidePart::Undefined;
}

SlideGeometry::Corner SlideGeometry::cornerOf(std::int32_t frame) const {
    if (!full) {
        return corners[static_cast<std::size_t>(frame)];
    }
    const std::int64_t tile = (firstFrame + frame) % (across() * down());
    return {tile % across() * tileColumns, tile / across() * tileRows};
}

std::vector<std::int32_t> SlideGeometry::framesIn(std::int64_t left, std::int64_t top, std::int64_t right,
                                                  std::int64_t bottom) const {
    std::vector<std::int32_t> out;
    if (!full) {
        for (std::size_t i = 0; i < corners.size(); ++i) {
            const Corner& at = corners[i];
            if (at.column < right && at.column + tileColumns > left && at.row < bottom &&
                at.row + tileRows > top) {
                out.push_back(static_cast<std::int32_t>(i));
            }
        }
        return out;
    }
    // Tiles at the right and the lower edge are stored whole: what lies beyond the matrix counts too.
    const auto tile = [](std::int64_t at, std::int64_t size, std::int64_t count) {
        return std::clamp<std::int64_t>(at < 0 ? 0 : at / size, 0, count);
    };
    const std::int64_t firstColumn = tile(left, tileColumns, across());
    const std::int64_t endColumn = right <= 0 ? 0 : tile(right + tileColumns - 1, tileColumns, across());
    const std::int64_t firstRow = tile(top, tileRows, down());
    const std::int64_t endRow = bottom <= 0 ? 0 : tile(bottom + tileRows - 1, tileRows, down());
    const std::int64_t tiles = across() * down();
    for (std::int64_t plane = firstFrame / tiles; plane * tiles < firstFrame + frames; ++plane) {
        for (std::int64_t row = firstRow; row < endRow; ++row) {
            for (std::int64_t column = firstColumn; column < endColumn; ++column) {
                const std::int64_t frame = plane * tiles + row * across() + column - firstFrame;
                if (frame >= 0 && frame < frames) {
                    out.push_back(static_cast<std::int32_t>(frame));
                }
            }
        }
    }
    return out;
}

base::Expected<SlideGeometry> slideGeometry(const Instance& instance) {
    SlideGeometry out;
    out.part = slidePartOf(instance.text(tags::ImageType));
    out.frameOfReference = instance.text(kFrameOfReference);
    const auto columns = positive(instance, kMatrixColumns);
    const auto rows = positive(instance, kMatrixRows);
    if (!columns || !rows) {
        return tl::unexpected(unclear(columns ? kMatrixRows : kMatrixColumns));
    }
    out.columns = *columns;
    out.rows = *rows;
    const auto width = numberOf(instance, instance.find(kVolumeWidth));
    const auto height = numberOf(instance, instance.find(kVolumeHeight));
    if (!width || !height || *width <= 0 || *height <= 0) {
        return tl::unexpected(unclear(width ? kVolumeHeight : kVolumeWidth));
    }
    out.columnMm = *width / static_cast<double>(*columns);
    out.rowMm = *height / static_cast<double>(*rows);
    const auto origin = itemsOf(instance, instance.find(kMatrixOrigin));
    const auto x =
        origin.size() == 1 ? numberOf(instance, within(instance, origin.front(), kOffsetX)) : std::nullopt;
    const auto y =
        origin.size() == 1 ? numberOf(instance, within(instance, origin.front(), kOffsetY)) : std::nullopt;
    if (!x || !y) {
        return tl::unexpected(unclear(kMatrixOrigin));
    }
    out.originMm = {*x, *y};
    for (std::size_t i = 0; i < out.orientation.size(); ++i) {
        const auto value = numberOf(instance, instance.find(kOrientation), i);
        if (!value) {
            return tl::unexpected(unclear(kOrientation));
        }
        out.orientation[i] = *value;
    }
    if (auto read = readTiles(instance, out); !read) {
        return tl::unexpected(read.error());
    }
    return out;
}

} // namespace kamei::intake::dicom
