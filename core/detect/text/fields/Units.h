#pragma once

#include "core/detect/text/page/Page.h"

namespace kamei::detect::text::fields {

/// Takes the values of fields whole where what they say was not found, or found in part: "生年月日
/// 3-45.02.01", "氏名:小鳥遊ひより" (Guideline 5.2.2: what is filled into a form is known by its place). In
/// the second strength. After all others.
void findFieldValues(page::Page& page);

} // namespace kamei::detect::text::fields
