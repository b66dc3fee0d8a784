#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <string>

#include "core/intake/slide/Slide.h"
#include "core/model/Mask.h"
#include "core/transform/slide/PageMasks.h"

namespace kamei::transform::slide {

struct Orders;

/// The colours around masks, for those that are filled with more than black. Taken once from the picture that
/// a mask was drawn on, so that tiles and levels agree; and only of pixels that no masked pixel can have
/// touched: none under a mask, in JPEG none of a block (of up to 32 pixels) that a mask touches, in JPEG 2000
/// none of such a tile (Guideline 4.7.1: nothing can be computed back). Thread-safe.
class Surroundings {
public:
    /// Both outlive it.
    Surroundings(const intake::slide::Slide& slide, const Orders& orders)
        : m_slide(slide), m_orders(orders) {}

    /// Red, green and blue, 0..65535, around a mask that was drawn on a page; nothing where no pixel can be
    /// asked: it is black then. Errors of reading.
    [[nodiscard]] base::Expected<std::optional<Colour>> of(std::size_t page, const model::Mask& mask);

private:
    [[nodiscard]] base::Expected<std::optional<Colour>> look(std::size_t page, const model::Mask& mask) const;

    const intake::slide::Slide& m_slide;
    const Orders& m_orders;
    std::mutex m_mutex;
    std::map<std::string, std::optional<Colour>> m_known;
};

} // namespace kamei::transform::slide
