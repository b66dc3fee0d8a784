#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "core/detect/text/Units.h"

namespace kamei::detect::text {

/// A name or organisation that was found with good reason, to be looked for in the whole document.
struct Mention {
    std::u32string text;
    Label label = Label::OtherName;
    bool part = false; ///< a surname alone, taken from a full name
};

/// The mentions of a document, each text once. Of an endless document the first ones (its subject's) and the
/// last ones (names come back near to where they stood) are kept, so that memory stays flat.
class Mentions {
public:
    static constexpr std::size_t kMost = 4096;

    void add(std::u32string_view text, Label label, bool part);
    [[nodiscard]] const std::vector<Mention>& all() const { return m_all; }

private:
    struct Hash {
        using is_transparent = void;
        std::size_t operator()(std::u32string_view text) const {
            return std::hash<std::u32string_view>()(text);
        }
    };

    std::vector<Mention> m_all;
    std::unordered_set<std::u32string, Hash, std::equal_to<>> m_texts;
    std::size_t m_oldest = kMost / 2; ///< what the next one replaces when the list is full
};

/// Adds what the page says with good reason.
void collectMentions(const Page& page, Mentions& mentions);
/// Adds candidates where a mention stands in the page again.
void spreadMentions(Page& page, const Mentions& mentions);

} // namespace kamei::detect::text
