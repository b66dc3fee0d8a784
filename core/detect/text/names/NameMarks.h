#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "core/detect/text/names/Units.h"

namespace kamei::detect::text::names {

/// Kanji, and the small letters between kanji: 鶴ヶ丘, 木ノ脇.
[[nodiscard]] inline bool inKanjiName(char32_t c) {
    return japanese::isKanji(c) || oneOf(U"ヶケノ", c);
}
/// Whether MeCab reads words of which none is or may be a name.
[[nodiscard]] bool plainWords(const Page& page, Stretch range);
/// Whether a name that nothing but its place shows may end here: a mark, a blank, an honorific or title.
[[nodiscard]] bool nameCloses(const Page& page, std::size_t end);
/// The run of one script that begins here, as names are written; middle dots hold katakana together.
[[nodiscard]] Stretch wordAt(const Page& page, std::size_t start);

/// What rules and model chose in a page, for finders that go by the names beside; with what these add.
class NameMarks {
public:
    struct Name {
        std::size_t start = 0;
        std::size_t end = 0;
        Label label = Label::OtherName;
    };

    explicit NameMarks(Page& page);

    [[nodiscard]] const std::vector<Name>& names() const { return m_names; }
    [[nodiscard]] bool startsName(std::size_t i) const { return (m_marks[i] & NameStarts) != 0; }
    [[nodiscard]] bool used(Stretch range) const;
    /// Whether a word may be a name where its neighbours are names: not taken, no word of the lists, no plain
    /// word unless it is a surname too.
    [[nodiscard]] bool possible(Stretch word) const;
    /// Adds a name where nothing was chosen.
    void add(Stretch range, Label label, double confidence, std::string_view source);
    /// Adds a name over the names that were chosen within it or ran into it; where a rule
    /// found anything else, nothing.
    void take(Stretch range, Label label, double confidence, std::string_view source);

private:
    enum : std::uint8_t { Used = 1, NameStarts = 2 };
    void mark(const Candidate& c);

    Page& m_page;
    std::vector<std::uint8_t> m_marks; ///< of each place
    std::vector<Name> m_names;
};

} // namespace kamei::detect::text::names
