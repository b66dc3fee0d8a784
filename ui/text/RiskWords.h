#pragma once

#include <QString>
#include <string>

#include "core/risk/Risk.h"

namespace kamei::ui::text {

/// Name of a field of risk::Trait in the reader's language.
[[nodiscard]] QString fieldName(const std::string& field);
/// A value as it is shown ("F" -> female).
[[nodiscard]] QString valueName(const risk::FieldValue& value);

} // namespace kamei::ui::text
