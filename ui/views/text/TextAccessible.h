#pragma once

namespace kamei::ui::views::text {

/// Gives screen readers the line with the caret as the value of a TextView. Once for the process.
void installTextAccessibility();

} // namespace kamei::ui::views::text
