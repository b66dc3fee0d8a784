#pragma once

#include <QString>

#include "core/model/Asset.h"

namespace kamei::ui::text {

/// What an asset is called in the window. A text or a series has a title of its own and keeps it. Of a
/// picture, clip, slide, PDF or sequence nothing of its own may be shown (it may name a person): import gives
/// its form and size (intake::Description::title), which are put into the reader's words here. Without any
/// title the kind.
[[nodiscard]] QString assetTitle(const model::Asset& asset);

} // namespace kamei::ui::text
