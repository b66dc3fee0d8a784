#include <algorithm>
#include <array>

#include "core/detect/text/fields/Field.h"

namespace kamei::detect::text::fields {
namespace {

using namespace japanese;

// Whether a value tells something rather than naming it: "職場 復帰を検討".
bool tells(const Page& page, std::size_t start, std::size_t end) {
    static constexpr std::array<std::u32string_view, 14> kWords{U"予定", U"希望", U"検討", U"調整", U"確認",
                                                                U"連絡", U"相談", U"復帰", U"休職", U"退職",
                                                                U"可",   U"否",   U"待ち", U"説明"};
    const bool sentence = anyWord(page, start, end, [&](const Morpheme& word) {
        return word.pos == Pos::Verb || word.pos == Pos::Auxiliary || word.pos == Pos::Adjective ||
               (word.pos == Pos::Particle && word.end - word.start == 1 &&
                oneOf(U"はがをにでへともや", page.text[word.start]));
    });
    return sentence || std::any_of(kWords.begin(), kWords.end(), [&](std::u32string_view word) {
               return page.endsWith(end, word) || page.startsWith(start, word);
           });
}

// Whether a value of which nothing was found may be a proper name: not 県外, 一人暮らし, 抗菌薬投与, 高校卒.
bool mayBeProper(const Page& page, const Field& field, Label label) {
    const std::u32string_view value = page.slice(field.start, field.end);
    if (label == Label::Address) { // 自宅 and 住まい also head how somebody lives
        const bool named = oneOf(U"所籍地先s", page.before(field.key.end));
        return named && (digitsIn(page, field.start, field.end) > 0 ||
                         (value.size() > 2 && std::none_of(value.begin(), value.end(), isHiragana)));
    }
    const Morpheme* const last = page.morphemeAt(field.end - 1);
    return label == Label::Occupation ||
           (!oneOf(U"卒中等科部課室棟係", value.back()) && (last == nullptr || last->pos != Pos::ActionNoun));
}

// Whether a piece beside what was found may be part of a proper name: not "週2回", 内科, 体験 behind a
// facility.
bool mayStandAlone(const Page& page, std::size_t start, std::size_t end, Label label) {
    if (label == Label::Address || label == Label::Occupation) {
        return true;
    }
    const Morpheme* const last = page.morphemeAt(end - 1);
    return digitsIn(page, start, end) == 0 && !oneOf(U"科来棟室", page.text[end - 1]) &&
           !isLatin(page.text[start]) && (last == nullptr || last->pos != Pos::ActionNoun);
}

// "住所 松本市大手": what follows a place that was found belongs to it, though no sign leads to the field.
bool beginsFound(const Form& form, const Field& field) {
    const Covered covered = form.covered(field.start, field.end);
    return !covered.inside.empty() && covered.inside.front().start == field.start;
}

} // namespace

// What stands in a field of an address, of a place of work or of a job and was not found: each piece for
// itself, beside what was found.
void addPieces(Form& form, const Field& field, Label label, std::size_t longest) {
    const Page& page = form.page();
    const std::size_t end = field.end;
    if (field.mark == Mark::Blank && !beginsFound(form, field)) {
        return;
    }
    if (end - field.start > longest || tells(page, field.start, end)) {
        return;
    }
    const Covered covered = form.covered(field.start, end);
    if (covered.inside.empty() && !mayBeProper(page, field, label)) {
        return;
    }
    for (std::size_t i = field.start; i < end;) {
        if (!isWord(page.text[i]) || covered.has(i)) {
            ++i;
            continue;
        }
        std::size_t to = i;
        for (std::size_t k = i; k < end && !covered.has(k) && !isOpen(page.text[k]); ++k) {
            to = isWord(page.text[k]) ? k + 1 : to;
        }
        const auto same = std::find_if(covered.inside.begin(), covered.inside.end(), [&](const Candidate& c) {
            // "Bluewave Trading": words in Latin letters belong together.
            const bool beside =
                c.end == i || (c.end + 1 == i && isBlank(page.text[c.end]) && isLatin(page.text[i]));
            return beside && c.rank < rank::Known && (c.label == label || c.label == Label::Municipality);
        });
        const bool joined = same != covered.inside.end() && same->start >= field.start;
        const bool beside =
            to < end && covered.has(to); // ア|パート: what was found there is no more than a part
        if (joined ||
            (field.mark != Mark::Blank && (beside || to - i > 1) && mayStandAlone(page, i, to, label))) {
            form.add(joined ? same->start : i, to, label, joined ? same->rank : rank::Guess);
        }
        i = to;
    }
}

} // namespace kamei::detect::text::fields
