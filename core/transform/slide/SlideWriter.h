#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "core/base/Error.h"
#include "core/intake/slide/Slide.h"
#include "core/model/Mask.h"
#include "core/model/Vocabulary.h"
#include "core/transform/Transform.h"
#include "core/transform/slide/PageMasks.h"

namespace kamei::transform::slide {

/// What is done to a slide.
struct Orders {
    /// In pixels of the base on frames of the scan, of the picture itself on others.
    std::vector<model::Mask> masks;
    /// Frames of pictures that are left out (Delete) or drawn anew (Replace); see intake::slide::Picture.
    std::map<std::int32_t, model::Action> pictures;
    std::string labelText; ///< of a label that is drawn anew
};

/// The masks that fall on a page. Those of a plane fall on every level of it; those of the first also on
/// thumbnails of the whole scan.
[[nodiscard]] PageMasks masksOn(const intake::slide::Slide& slide, const Orders& orders, std::size_t page);

/// Writes a slide anew: a header, the blocks of each page that stays, byte for byte where no mask touches
/// them (but see clean()), and directories with nothing but layout (cleanFields()). Bytes of the source that
/// no such block holds do not come along: no removed label, no slack, no trailer, no old tile. Same dialect
/// and byte order; BigTIFF where the copy outgrows TIFF.
class SlideWriter {
public:
    SlideWriter(intake::slide::Slide slide, const Orders& orders);
    ~SlideWriter();
    SlideWriter(const SlideWriter&) = delete;
    SlideWriter& operator=(const SlideWriter&) = delete;

    /// Rewrites what masks touch and lays out the copy; nothing is written yet. Work grows with the masks and
    /// the number of tiles, memory with the number of tiles; rewritten tiles are held up to 96 MiB, above
    /// that made twice.
    [[nodiscard]] base::Expected<void> prepare();
    [[nodiscard]] base::Expected<void> write(ByteSink& out);

private:
    struct Part;
    struct Edited;
    class Work;
    std::unique_ptr<Work> m_work;
};

} // namespace kamei::transform::slide
