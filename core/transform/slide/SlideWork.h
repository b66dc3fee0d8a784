#pragma once
// Private to core/transform/slide: the work of SlideWriter.

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "core/intake/slide/TiffBuild.h"
#include "core/transform/slide/SlideWriter.h"
#include "core/transform/slide/Surroundings.h"

namespace kamei::transform::slide {

/// A block that was rewritten; its bytes are made again where too many are held.
struct SlideWriter::Edited {
    std::uint64_t size = 0;
    std::shared_ptr<const std::string> bytes;
};

/// A page of the copy.
struct SlideWriter::Part {
    std::size_t index = 0; ///< of the page in the source
    std::shared_ptr<const intake::slide::BlockTable> table;
    std::vector<intake::slide::Field> fields;
    std::unordered_map<std::uint64_t, Edited> edited;
    std::string drawn;  ///< the one strip of a label drawn anew
    std::string tables; ///< JPEGTables, or the header of a Hamamatsu strip
    std::vector<std::size_t> children;
    bool child = false;
    std::uint64_t dataAt = 0;
    std::uint64_t dataSize = 0;
    std::uint64_t directoryAt = 0;
    std::uint64_t directorySize = 0;
    std::vector<std::uint64_t> offsets; ///< from dataAt
    std::vector<std::uint64_t> sizes;
};

class SlideWriter::Work {
public:
    Work(intake::slide::Slide slide, const Orders& orders)
        : m_slide(std::move(slide)), m_orders(orders), m_around(m_slide, m_orders) {}

    base::Expected<void> prepare();
    base::Expected<void> write(ByteSink& out);

private:
    [[nodiscard]] const intake::slide::Page& page(const Part& part) const {
        return m_slide.pages().all[part.index];
    }

    // SlideLayout.cpp
    base::Expected<void> choosePages();
    /// A picture drawn anew keeps its size up to a bound, and is one strip of LZW.
    base::Expected<void> draw(Part& part);
    base::Expected<void> editBlocks(Part& part);
    /// Places from the beginning of the page's data; blocks that shared a place go on sharing it.
    void placeBlocks(Part& part);
    void layOut();
    [[nodiscard]] std::uint64_t nextOf(std::size_t index) const;
    [[nodiscard]] std::vector<intake::slide::Field> fieldsOf(const Part& part) const;

    // SlideWriter.cpp
    base::Expected<std::string> edit(const Part& part, const PageMasks& masks, std::uint64_t block);
    base::Expected<void> put(ByteSink& out, const std::string& bytes);
    base::Expected<void> pad(ByteSink& out, std::uint64_t to);
    /// The bytes of a block as they are written.
    base::Expected<std::string> blockBytes(const Part& part, std::uint64_t block,
                                           const std::optional<PageMasks>& masks);
    base::Expected<void> writeBlocks(Part& part, ByteSink& out);
    base::Expected<void> writeStrip(Part& part, ByteSink& out);

    intake::slide::Slide m_slide;
    const Orders& m_orders;
    Surroundings m_around;
    std::vector<Part> m_parts;
    intake::slide::Dialect m_dialect = intake::slide::Dialect::Classic;
    std::uint64_t m_held = 0; ///< bytes of rewritten blocks in memory
    std::uint64_t m_end = 0;  ///< of the copy
    std::uint64_t m_at = 0;   ///< bytes written
};

/// The frame that a page belongs to: of a scan that of its plane.
[[nodiscard]] std::int32_t frameOf(const intake::slide::Slide& slide, std::size_t page);

/// Parts of the copy begin at multiples of it.
inline constexpr std::uint64_t kAlign = 8;

} // namespace kamei::transform::slide
