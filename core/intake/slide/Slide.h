#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/Error.h"
#include "core/intake/slide/Blocks.h"
#include "core/intake/slide/Pages.h"
#include "core/model/Asset.h"
#include "core/model/Raster.h"

namespace kamei::intake::slide {

/// One level of a plane.
struct Level {
    std::uint32_t width = 0;
    std::uint32_t height = 0;
    double downsample = 1.0; ///< pixels of the base a pixel, of the wider side
};

/// A picture that is looked at as one. Frame f of a slide (from 1) is pictures()[f - 1]: the planes of the
/// scan first, as overviews, then label, macro, thumbnail and others in the file's order.
struct Picture {
    Role role = Role::Scan;
    std::size_t plane = 0; ///< of a scan
    std::size_t page = 0;  ///< in pages().all; of a scan its base
};

/// Something that a slide says beside its pixels.
struct Statement {
    std::string
        key; ///< "Slide.Aperio.User", "Slide.Tiff.DateTime", "Slide.Ndpi.Serial", "Slide.Ome.Experimenter"
    std::string value; ///< UTF-8, at most 2,000 code points
};

/// A slide of TIFF structure, opened at its directories; pixels are read where they are asked for.
/// Thread-safe, cheap to copy.
class Slide {
public:
    /// SourceMissing, NotReadable, and what readStructure() and readPages() refuse.
    [[nodiscard]] static base::Expected<Slide> open(const model::Source& source);
    [[nodiscard]] static base::Expected<Slide> open(std::shared_ptr<const ByteSource> bytes);

    /// What is decoded in place of a stored block: for showing what masks will do.
    using BlockFilter =
        std::function<base::Expected<std::string>(std::size_t page, std::uint64_t block, std::string raw)>;
    [[nodiscard]] Slide filtered(BlockFilter filter) const;

    [[nodiscard]] const Structure& structure() const;
    [[nodiscard]] const Pages& pages() const;
    [[nodiscard]] const std::vector<Picture>& pictures() const;
    [[nodiscard]] std::vector<Level> levels(std::size_t plane = 0) const;
    /// Where the blocks of a page lie; read once and kept.
    [[nodiscard]] base::Expected<std::shared_ptr<const BlockTable>> blocks(std::size_t page) const;

    /// A part of a level in its pixels; what lies beyond the picture or was never written is white. Grey or
    /// RGB; 16 bits where stored so. TooLarge above 2^26 pixels, InvalidArgument, and the errors of
    /// decodeBlock().
    [[nodiscard]] base::Expected<model::Raster> readRegion(std::size_t plane, std::size_t level,
                                                           std::int64_t x, std::int64_t y,
                                                           std::uint32_t width, std::uint32_t height) const;
    /// The same of any page.
    [[nodiscard]] base::Expected<model::Raster> readPage(std::size_t page, std::int64_t x, std::int64_t y,
                                                         std::uint32_t width, std::uint32_t height) const;
    /// A frame as a whole: a scan at most kOverviewSide wide and high, from the smallest level that serves;
    /// other pictures as they are (TooLarge above 2^26 pixels). NotPossible when there is no such frame.
    [[nodiscard]] base::Expected<model::Raster> picture(std::int32_t frame) const;
    static constexpr std::uint32_t kOverviewSide = 2048;

    /// Everything it says beside its pixels and their layout.
    [[nodiscard]] std::vector<Statement> statements() const;

private:
    struct State;
    std::shared_ptr<State> m_state;
    BlockFilter m_filter;
};

/// The word of a role, as in the facts of a source and in keys of findings: "scan" "thumbnail" "label"
/// "macro" "other".
[[nodiscard]] std::string_view word(Role role);

} // namespace kamei::intake::slide
