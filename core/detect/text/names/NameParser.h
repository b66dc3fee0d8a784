#pragma once

#include <cstddef>
#include <optional>

#include "core/detect/text/names/Units.h"

namespace kamei::detect::text::names {

/// What a stretch of text looks like as a personal name; better evidence last.
enum class NameShape { Unknown, Kana, Roman, Given, Surname, Foreign, Full };

struct NameMatch {
    std::size_t start = 0;
    std::size_t end = 0;
    NameShape shape = NameShape::Unknown;
    bool bounded = false; ///< nothing that could belong to the name follows (precedes, when read backwards)
};

/// How much stands before a name: "氏名:" says more than "担当 ".
enum class Lead { Nothing, Attached, Blank, Marked };

/// Reads personal names with the lists of surnames and given names and MeCab's words.
class NameParser {
public:
    explicit NameParser(const Page& page) : m_page(page) {}

    /// The name that begins at `start`, given what leads to it.
    /// `trusted`: a relative or a name's field leads, so that a listed name is one even if it is also a word.
    [[nodiscard]] std::optional<NameMatch> forward(std::size_t start, Lead lead, bool trusted = false) const;
    /// One or two kanji that are also a word, between marks: a name only behind a role ("担当医 港").
    [[nodiscard]] std::optional<NameMatch> shortWord(std::size_t start) const;
    /// The name that ends at `end`, before an honorific or title.
    [[nodiscard]] std::optional<NameMatch> backward(std::size_t end) const;
    /// Surname, at most one blank, given name: both in the lists.
    [[nodiscard]] std::optional<NameMatch> full(std::size_t start, bool blankNeeded) const;

    /// Whether one kanji is no name here because it is part of an ordinary word: of a longer word of MeCab's
    /// that is no person's name, or, read as a prefix and nobody's surname, of a job ("元養護教諭").
    [[nodiscard]] bool partOfWord(std::size_t start, std::size_t end) const;

    /// A word that no list and no dictionary knows as anything but a name.
    [[nodiscard]] bool nameLike(std::size_t start, std::size_t end) const;

    /// Whether a name may end here: mark, blank, particle, honorific, title, label.
    [[nodiscard]] bool endsHere(std::size_t i) const;
    [[nodiscard]] bool endsHard(std::size_t i) const;
    [[nodiscard]] bool beginsHere(std::size_t i) const;

private:
    [[nodiscard]] std::optional<NameMatch> roman(std::size_t start) const;
    [[nodiscard]] std::optional<NameMatch> katakana(std::size_t start) const;
    [[nodiscard]] std::size_t unknownRun(std::size_t start) const;
    [[nodiscard]] bool knownWords(std::size_t start, std::size_t end) const;
    [[nodiscard]] bool cueBegins(std::size_t i) const;
    [[nodiscard]] bool givenAt(std::size_t i) const;
    [[nodiscard]] bool plainWord(std::size_t start, std::size_t end) const;
    [[nodiscard]] NameShape shapeOf(std::size_t start, std::size_t end) const;
    [[nodiscard]] int leftEvidence(std::size_t start) const;

    const Page& m_page;
};

/// Letters of names in Latin letters: O'Brien, Jean-Luc, Kim S.H.
[[nodiscard]] inline bool isRomanLetter(char32_t c) {
    return japanese::isLatin(c) || oneOf(U"'-.", c);
}
/// Hiragana that join a name to its sentence or end the sentence behind it.
[[nodiscard]] inline bool isParticleLetter(char32_t c) {
    return oneOf(U"はがのをにへともでやかよねだ", c);
}
/// Characters of names in Japanese.
[[nodiscard]] inline bool isNameCharacter(char32_t c) {
    return japanese::isKanji(c) || japanese::isHiragana(c) || japanese::isKatakana(c) || c == U'ヶ' ||
           c == U'ケ' || c == U'ノ';
}
/// 心窩部痛, 丘疹, 外陰: ends like a complaint or a part of the body.
[[nodiscard]] bool endsLikeBody(std::u32string_view text);

} // namespace kamei::detect::text::names
