#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>

#include "core/intake/dicom/Element.h"

namespace kamei::intake::dicom {

/// What is known of a private element (sources and editions: resources/dicom/private.tsv).
struct PrivateEntry {
    Vr vr = vr::UN;   ///< UN where none is known, or the sources differ
    std::string name; ///< in English; may be empty
    enum class Advice : std::uint8_t { None, Keep, Remove };
    Advice advice = Advice::None; ///< of the knowledge base of The Cancer Imaging Archive
};

/// Names and VRs of private elements; immutable, shared between threads.
class PrivateDictionary {
public:
    /// Loaded from the resource at first use; empty when the resource is missing.
    [[nodiscard]] static const PrivateDictionary& shared();

    /// By the owner of the block and group and low byte of the tag (PS3.5 7.8.1). Null for unknown ones.
    [[nodiscard]] const PrivateEntry* find(std::string_view creator, Tag tag) const;
    [[nodiscard]] std::size_t size() const { return m_size; }

private:
    PrivateDictionary();
    std::map<std::string, std::unordered_map<std::uint32_t, PrivateEntry>, std::less<>> m_creators;
    std::size_t m_size = 0;
};

/// The VR as which a private value of `length` bytes is understood: as read, or, where it was read as UN
/// (implicit VR, or an unknowing writer; PS3.5 6.2.2), by the dictionary when the length allows it.
[[nodiscard]] Vr privateVr(std::string_view creator, Tag tag, Vr read, std::uint64_t length);

} // namespace kamei::intake::dicom
