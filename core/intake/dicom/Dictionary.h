#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/intake/dicom/Element.h"

namespace kamei::intake::dicom {

/// One attribute of the standard (PS3.6, edition named in resources/dicom/attributes.tsv).
struct DictionaryEntry {
    Vr vr = vr::UN; ///< the first one where the standard names several ("US or SS")
    std::string vm;
    std::uint32_t mostValues = 0; ///< by the VM; 0 where it sets no bound
    std::string keyword;
    std::string name;
    bool retired = false;
};

/// The data dictionary; immutable, shared between threads.
class Dictionary {
public:
    /// Loaded from the resource at first use. Empty when the resource is missing: see loaded().
    [[nodiscard]] static const Dictionary& shared();
    [[nodiscard]] bool loaded() const { return !m_entries.empty(); }

    /// Null for private and unknown attributes. Repeating groups (50xx, 60xx) are understood.
    [[nodiscard]] const DictionaryEntry* find(Tag tag) const;
    /// VR under which an element without one is read: UL for group lengths, LO for private creators, else UN.
    [[nodiscard]] Vr vrOf(Tag tag) const;

private:
    struct Pattern {
        Tag mask = 0;
        Tag value = 0;
        std::uint32_t entry = 0;
    };
    Dictionary();
    void add(Tag tag, std::uint32_t entry);

    std::vector<DictionaryEntry> m_entries;
    std::vector<std::pair<Tag, std::uint32_t>> m_slots; ///< open addressing; entry + 1, 0 is free
    std::vector<Pattern> m_patterns;
};

} // namespace kamei::intake::dicom
