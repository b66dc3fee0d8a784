#pragma once

#include <algorithm>
#include <cstddef>
#include <span>
#include <vector>

#include "core/detect/text/page/Page.h"

namespace kamei::detect::text::fields {

using namespace page; // as every room that reads a page

/// What leads from a key word to its value.
enum class Mark {
    Blank, ///< "氏名 山田太郎"
    Below, ///< the key word stands alone in its line, the value in the next
    Sign,  ///< ":", "=", "|", a tab, the bracket around the key word, the heading of a column
};

/// A field of a form: a key word that heads a line, a column of a table or a bracket, and the value that it
/// leads to, up to the end of the line, a gap, or the next key word.
struct Field {
    Cue key;
    std::size_t start = 0; ///< of the value, in the normalised text; never empty
    std::size_t end = 0;
    Mark mark = Mark::Blank;
    Stretch instruction; ///< "(和暦)" between the key word and the value; empty where there is none
};

/// The fields of a page. Values such as なし and 不明 make none.
[[nodiscard]] std::vector<Field> readFields(const Page& page);

/// What was found in a range, as far as it came out on top.
struct Covered {
    std::span<const Candidate> inside; ///< candidates that overlap the range, in order
    [[nodiscard]] bool has(std::size_t i) const;
    /// The highest rank among them, at least `least`.
    [[nodiscard]] int rank(int least) const;
};

/// What a value is told by: of a day and a number the digits and Latin letters, of all else every letter.
enum class Told { Letters, Code };

/// A page whose fields are read: what was found before, and what its fields add, which is put to the page at
/// once when all are read, since every addition makes the page be resolved anew.
class Form {
public:
    explicit Form(Page& page) : m_page(page), m_chosen(resolve(page)) {}
    [[nodiscard]] const Page& page() const { return m_page; }
    [[nodiscard]] Covered covered(std::size_t start, std::size_t end) const;
    /// Whether something in a range that tells the value was not found.
    [[nodiscard]] bool leaves(std::size_t start, std::size_t end, Told told) const;
    /// A value of the second strength.
    void add(std::size_t start, std::size_t end, Label label, int rank) {
        m_added.push_back({start, end, label, 0, {}, rank, {}});
    }
    void finish();

private:
    Page& m_page;
    std::vector<Candidate> m_chosen;
    std::vector<Candidate> m_added;
};

/// The words of a range for which a test holds: whether there is one.
template <class Test> bool anyWord(const Page& page, std::size_t start, std::size_t end, const Test& test) {
    for (std::size_t i = start; i < end;) {
        const Morpheme* const word = page.morphemeAt(i);
        if (word != nullptr && test(*word)) {
            return true;
        }
        i = word != nullptr ? std::max<std::size_t>(word->end, i + 1) : i + 1;
    }
    return false;
}

/// Digits in a range.
[[nodiscard]] std::size_t digitsIn(const Page& page, std::size_t start, std::size_t end);

/// Takes a range whole where something of it was not found, unless something was found in it that is not
/// `alike`.
template <class Alike>
void take(Form& form, std::size_t start, std::size_t end, Label label, Told told, const Alike& alike) {
    const Covered covered = form.covered(start, end);
    const bool other = std::any_of(covered.inside.begin(), covered.inside.end(), [&](const Candidate& c) {
        return c.rank >= rank::Known || c.start < start || c.end > end || !alike(c.label);
    });
    if (!other && form.leaves(start, end, told)) {
        form.add(start, end, label, covered.rank(rank::Number));
    }
}

// Each takes what its kind of key word leads to, as far as it was not found whole.

void addName(Form& form, const Field& field);
void addSex(Form& form, const Field& field);
/// Marked ones of two sexes side by side, behind whatever key word.
void addChoices(Form& form);
void addAge(Form& form, const Field& field);
/// Addresses, places of work, facilities and jobs: the pieces beside what was found.
void addPieces(Form& form, const Field& field, Label label, std::size_t longest);

} // namespace kamei::detect::text::fields
