#pragma once

#include "ui/style/Theme.h"

/// Sizes of the timeline, in device-independent pixels at the present font size.
namespace kamei::ui::views::image::timeline {

[[nodiscard]] inline int rulerHeight() {
    return style::Theme::instance().px(24);
}
[[nodiscard]] inline int rowHeight() {
    return style::Theme::instance().px(24);
}
[[nodiscard]] inline int labelWidth() {
    return style::Theme::instance().px(168);
}

} // namespace kamei::ui::views::image::timeline
