#pragma once

#include <algorithm>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/detect/japanese/Calendar.h"
#include "core/detect/japanese/CharacterSet.h"
#include "core/detect/japanese/Normalise.h"
#include "core/detect/text/page/Label.h"
#include "core/detect/text/words/Lexicon.h"
#include "core/detect/text/words/Morphemes.h"

namespace kamei::detect::text::page {

namespace kind = words::kind;
namespace term = words::term;
namespace place = words::place;
using words::Analyser;
using words::Lexicon;
using words::Morpheme;
using words::PhraseTrie;
using words::Pos;

/// A word of the word list in the text: range of the normalised text.
struct Cue {
    std::uint32_t start = 0;
    std::uint32_t end = 0;
    std::uint64_t bits = 0;
};

/// A candidate before overlaps are resolved; range of the normalised text.
struct Candidate {
    std::size_t start = 0;
    std::size_t end = 0;
    Label label = Label::OtherName;
    double confidence = 0;
    std::string_view source; ///< static text
    /// Larger wins where candidates overlap: known identifiers, structure, words, guesses.
    int rank = 0;
    japanese::Day day{}; ///< dates: what they say, 0 where left open
};

/// A range of the normalised text.
struct Stretch {
    std::size_t start = 0;
    std::size_t end = 0;
};

/// What stands below a key word in a table.
struct Cell {
    Cue key;
    Stretch value;
};

/// Ranks of candidates.
namespace rank {
enum : int {
    Model = 5, ///< the trained model, where no rule found anything
    Guess = 10,
    Shape = 20,
    Word = 30,
    Lone = 39, ///< a known surname of somebody of whom no more is known
    Cued = 40,
    Number = 50,
    Place = 55,
    Organisation = 60,
    Contact = 80,
    Known = 100
};
} // namespace rank

/// One text being looked at: normal form, words, cues, and the candidates found so far. The units
/// (Dates, Numbers, Names ...) read it and add candidates.
struct Page {
    Page(std::string_view utf8, const Lexicon& words, const Analyser& analyser);

    const Lexicon& lexicon;
    japanese::Normalised normalised;
    std::u32string_view text;
    std::vector<Morpheme> morphemes;
    std::vector<Cue> cues; ///< longest words, not overlapping, in order
    std::vector<Candidate> found;
    std::vector<Candidate> chosen; ///< resolve() of the first `chosenOf` of those found
    std::size_t chosenOf = SIZE_MAX;
    std::vector<Stretch> headings; ///< of tables, in order: they name values and hold none
    std::vector<Cell> cells;       ///< of tables, in order
    std::string_view role;         ///< TextDetector::detect

    [[nodiscard]] char32_t at(std::size_t i) const { return i < text.size() ? text[i] : U'\0'; }
    [[nodiscard]] char32_t before(std::size_t i) const { return i > 0 ? text[i - 1] : U'\0'; }
    [[nodiscard]] std::u32string_view slice(std::size_t start, std::size_t end) const {
        return text.substr(start, end - start);
    }
    [[nodiscard]] bool startsWith(std::size_t i, std::u32string_view what) const {
        // The first character decides nearly always, and asks for no call.
        return i < text.size() && !what.empty() && text[i] == what.front() &&
               text.substr(i).starts_with(what);
    }
    [[nodiscard]] bool endsWith(std::size_t i, std::u32string_view what) const {
        return i > 0 && i <= text.size() && !what.empty() && text[i - 1] == what.back() &&
               text.substr(0, i).ends_with(what);
    }
    /// The cue that begins or ends exactly here and has one of the kinds; null when there is none.
    [[nodiscard]] const Cue* cueFrom(std::size_t start, std::uint64_t bits) const {
        return start < text.size() ? cueIn(m_cueFrom[start], bits) : nullptr;
    }
    [[nodiscard]] const Cue* cueTo(std::size_t end, std::uint64_t bits) const {
        return end <= text.size() ? cueIn(m_cueTo[end], bits) : nullptr;
    }
    /// The word that covers a place; null for blanks.
    [[nodiscard]] const Morpheme* morphemeAt(std::size_t i) const {
        return i < text.size() && m_morphemeFrom[i] >= 0
                   ? &morphemes[static_cast<std::size_t>(m_morphemeFrom[i])]
                   : nullptr;
    }
    [[nodiscard]] bool wordStarts(std::size_t i) const {
        const Morpheme* const word = morphemeAt(i);
        return word == nullptr || word->start == i;
    }
    [[nodiscard]] std::size_t skipBlanks(std::size_t i) const {
        while (japanese::isBlank(at(i))) {
            ++i;
        }
        return i;
    }
    [[nodiscard]] std::size_t skipBlanksBack(std::size_t i) const {
        while (i > 0 && japanese::isBlank(text[i - 1])) {
            --i;
        }
        return i;
    }
    /// The last cue of the kinds whose end lies at most `reach` before `i` on the same line, with nothing
    /// but separators, brackets and particles between; null when there is none.
    [[nodiscard]] const Cue* labelBefore(std::size_t i, std::uint64_t bits, std::size_t reach = 6) const;

    void add(std::size_t start, std::size_t end, Label label, double confidence, std::string_view source,
             int rank);
    /// Takes away the candidates from the given one on for which `test` holds.
    template <class Test> void remove(std::size_t from, const Test& test) {
        found.erase(std::remove_if(found.begin() + static_cast<std::ptrdiff_t>(from), found.end(), test),
                    found.end());
        chosenOf = SIZE_MAX;
    }
    /// True when a found candidate of at least this rank overlaps the range.
    [[nodiscard]] bool taken(std::size_t start, std::size_t end, int atLeast) const;

private:
    [[nodiscard]] const Cue* cueIn(std::int32_t index, std::uint64_t bits) const {
        const Cue* const cue = index < 0 ? nullptr : &cues[static_cast<std::size_t>(index)];
        return cue != nullptr && (cue->bits & bits) != 0 ? cue : nullptr;
    }

    std::vector<std::int32_t> m_cueFrom;      ///< index of the cue that starts at each place, -1
    std::vector<std::int32_t> m_cueTo;        ///< index of the cue that ends at each place, -1
    std::vector<std::int32_t> m_morphemeFrom; ///< index of the morpheme that covers each place, -1
};

/// Whether a character is one of a list; no character (0) is in none.
[[nodiscard]] inline bool oneOf(std::u32string_view list, char32_t c) {
    return c != 0 && list.find(c) != std::u32string_view::npos;
}
[[nodiscard]] inline bool isOpen(char32_t c) {
    static constexpr japanese::CharacterSet kSet{U"([{<「『【〈《〔“‘"};
    return kSet.has(c);
}
[[nodiscard]] inline bool isClose(char32_t c) {
    static constexpr japanese::CharacterSet kSet{U")]}>」』】〉》〕”’"};
    return kSet.has(c);
}
/// Whether a line, bracket or sentence mark: nothing that belongs together runs across it.
[[nodiscard]] inline bool isStop(char32_t c) {
    static constexpr japanese::CharacterSet kSet{U"([{<「『【〈《〔“‘", U")]}>」』】〉》〕”’",
                                                 U"、。,:;!?・/|=＝→←↑↓※■●○◎★◆#*+\"'\n\r"};
    return c == 0 || kSet.has(c);
}

/// Non-overlapping candidates in order; vetoes applied. Kept until a candidate is added or removed, and valid
/// until the next call behind that: units change candidates by Page::add() and remove() alone.
[[nodiscard]] const std::vector<Candidate>& resolve(Page& page);

} // namespace kamei::detect::text::page
