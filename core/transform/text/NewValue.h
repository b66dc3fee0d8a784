#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/model/Vocabulary.h"
#include "core/transform/pseudonym/Pseudonym.h"

namespace kamei::transform::text {

/// The person a value belongs to.
struct Person {
    std::string key;       ///< model::Subject::key
    std::string pseudonym; ///< 仮ID
    std::int32_t shiftDays = 0;
};

/// A value to be processed.
struct OldValue {
    std::string_view text;  ///< UTF-8, escapes resolved
    std::string_view label; ///< see labelOf
    bool whole = false;     ///< the whole content of a cell, attribute or text node
    bool japanese = true;   ///< the document has Japanese in it
    bool uid = false;       ///< stands where only a UID may (HL7 v3 II.root)
    bool reference = false; ///< a FHIR id, or a reference to one
};

/// Whether values under a label are dates: "DATE", "BIRTH_DATE".
[[nodiscard]] bool isDate(std::string_view label);

/// What stands in its place; nothing when the value stays as it is. `action` is none that text cannot
/// undergo.
[[nodiscard]] std::optional<std::string> newValue(const OldValue& old, model::Action action,
                                                  const Person& person, const pseudonym::Key& key);

} // namespace kamei::transform::text
