#pragma once

#include <string>
#include <unordered_set>
#include <vector>

#include "core/detect/known/Spellings.h"

namespace kamei::detect::known {

/// Adds a text unless it is there or too short to mean anything.
class SpellingList {
public:
    void add(std::u32string_view text);
    void addAscii(std::string_view text);
    [[nodiscard]] std::vector<std::string> take() { return std::move(m_texts); }

private:
    std::vector<std::string> m_texts;
    std::unordered_set<std::string> m_seen;
};

/// All spellings of a whole name.
void addNameSpellings(const NameParts& name, SpellingList& out);

} // namespace kamei::detect::known
