#pragma once

#include <string>
#include <string_view>

#include "core/base/Clock.h"
#include "core/base/Error.h"
#include "core/model/Review.h"

namespace kamei::release {

/// What becomes of the deleted information (削除情報等: key, correspondence, shifts) after release
/// (Guideline 3.8: destroyed promptly; kept only with a particular reason, until a date).
enum class Fate { Destroy, Keep };

/// The fate that the sheet asks for. Errors: ReasonRequired ("keepReason" or "keepUntil") when it is to be
/// kept without reason, or without a date (YYYY-MM-DD) that is not before `today`.
[[nodiscard]] base::Expected<Fate> fateOf(const model::PurposeSheet& sheet, std::string_view today);

/// The present day in UTC, "YYYY-MM-DD".
[[nodiscard]] std::string dayOf(base::TimeMs time);

} // namespace kamei::release
