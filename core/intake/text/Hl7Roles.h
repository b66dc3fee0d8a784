#pragma once

#include <string>
#include <string_view>

namespace kamei::intake::text {

/// Where in a message a value stands; fields, components and sub-components are counted from 1.
struct Hl7Place {
    std::string_view segment;
    int field = 0;
    int component = 1;
    int subcomponent = 1;
    bool alone = false; ///< the component has no sub-components
    /// OBX-2 of the segment, empty elsewhere.
    std::string_view valueType;
    /// The eighth component of the repetition (XPN.8: A, I, P; XPN.7 and others elsewhere).
    std::string_view representation;
};

/// Role of a value by the data type of its field (HL7 v2.5 2.A); `kind` is of hl7Field(). "local" where the
/// standard has no such component.
[[nodiscard]] std::string_view hl7Role(const Hl7Place& place, std::string_view kind, std::string_view raw);

} // namespace kamei::intake::text
