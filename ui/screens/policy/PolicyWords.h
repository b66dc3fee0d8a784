#pragma once

#include <QString>
#include <string_view>

#include "core/model/Policy.h"

namespace kamei::ui::screens::policy {

/// Name of an option of PS3.15 Annex E.3 in the reader's language, and what it changes in one sentence.
[[nodiscard]] QString optionName(std::string_view option);
[[nodiscard]] QString optionSentence(std::string_view option);
/// What a base policy does, in one sentence.
[[nodiscard]] QString policySentence(std::string_view name);
/// "ACME · Tesla 9 · V1"; what is empty stands as "any".
[[nodiscard]] QString deviceName(const model::Device& device);

} // namespace kamei::ui::screens::policy
