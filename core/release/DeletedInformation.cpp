#include "core/release/DeletedInformation.h"

#include <algorithm>

#include "core/release/Gate.h"

namespace kamei::release {

base::Expected<Fate> fateOf(const model::PurposeSheet& sheet, std::string_view today) {
    if (!sheet.keepDeletedInformation) {
        return Fate::Destroy;
    }
    const auto missing = missingFields(sheet, today);
    for (const char* field : {"keepReason", "keepUntil"}) {
        if (std::ranges::find(missing, field) != missing.end()) {
            return base::fail(base::ErrorCode::ReasonRequired, "release.deleted-information", {field});
        }
    }
    return Fate::Keep;
}

std::string dayOf(base::TimeMs time) {
    return base::iso8601(time).substr(0, 10);
}

} // namespace kamei::release
