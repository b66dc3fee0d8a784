#include <algorithm>
#include <array>

#include "core/detect/text/places/OrganisationBounds.h"
#include "core/detect/text/places/Units.h"

namespace kamei::detect::text::places {

using namespace japanese;

namespace {

// The 元 of 紹介元医師 says where something came from, not what somebody was.
bool namesOrigin(const Page& page, std::size_t origin) {
    static constexpr std::array<std::u32string_view, 16> kOrigins{
        U"紹介", U"依頼", U"送付", U"派遣", U"送信", U"発信", U"請求", U"発行",
        U"販売", U"製造", U"提供", U"勤務", U"送り", U"搬送", U"転送", U"差出"};
    return std::any_of(kOrigins.begin(), kOrigins.end(),
                       [&](std::u32string_view word) { return page.endsWith(origin, word); });
}

// 母よしみは, 妻さくらは, 父の妹尾 一さんは: who has the job that follows. `at` stands behind the は.
bool toldOfRelative(const Page& page, std::size_t at) {
    if (at < 2 || page.before(at) != U'は') {
        return false;
    }
    for (std::size_t end = at - 1; end > 0 && at - end < 9 && !isStop(page.before(end)); --end) {
        if (page.cueTo(end, kind::Kin) != nullptr) {
            return true;
        }
    }
    return false;
}

// 日の出タクシーの運転手: where somebody works stands before.
bool atEmployer(const Page& page, std::size_t start) {
    return page.before(start) == U'の' &&
           std::any_of(page.found.begin(), page.found.end(), [start](const Candidate& c) {
               return (c.label == Label::Organization || c.label == Label::Facility) && c.end + 1 == start;
           });
}

// "(45・介護福祉士)", "27才 F 調理師": behind an age or sex.
bool behindAge(const Page& page, std::size_t start) {
    return std::any_of(page.found.begin(), page.found.end(), [start](const Candidate& c) {
        return (c.label == Label::Age || c.label == Label::Sex) && c.end < start && start - c.end <= 2;
    });
}

// "a retired machinist", "works as a school librarian": the words behind, up to three.
void addEnglishJobs(Page& page, std::u32string_view lead) {
    static constexpr std::array<std::u32string_view, 12> kBehind{
        U"at", U"in", U"from", U"seen", U"with", U"who", U"and", U"for", U"of", U"on", U"to", U"by"};
    for (std::size_t at = page.text.find(lead); at != std::u32string_view::npos;
         at = page.text.find(lead, at + 1)) {
        const std::size_t start = at + lead.size();
        std::size_t end = start;
        for (std::size_t i = start, words = 0; words < 3 && isLower(page.at(i)); ++words) {
            std::size_t last = i;
            while (isLower(page.at(last))) {
                ++last;
            }
            const std::u32string_view word = page.slice(i, last);
            if (std::find(kBehind.begin(), kBehind.end(), word) != kBehind.end() || isWord(page.at(last))) {
                break;
            }
            end = last;
            i = page.at(last) == U' ' ? last + 1 : page.text.size();
        }
        if (end > start + 2) {
            page.add(start, end, Label::Occupation, 0.5, "cue.occupation", rank::Shape);
        }
    }
}

} // namespace

void findOccupations(Page& page) {
    for (const Cue& cue : page.cues) {
        if ((cue.bits & kind::JobLabel) != 0) {
            std::size_t i = cue.end;
            bool marked = false;
            while (isBlank(page.at(i)) || page.at(i) == U':' || isOpen(page.at(i)) || page.at(i) == U'は') {
                marked = true;
                ++i;
            }
            std::size_t end = i;
            while (end - i < 16 && (isKanji(page.at(end)) || isKatakana(page.at(end)) ||
                                    isHiragana(page.at(end)) || isLatin(page.at(end)))) {
                const Morpheme* const word = page.morphemeAt(end);
                if (word != nullptr && word->start == end && end > i &&
                    (word->pos == Pos::Particle || word->pos == Pos::Auxiliary) && page.at(end) != U'の') {
                    break;
                }
                ++end;
            }
            const bool listed = page.cueFrom(i, kind::Occupation) != nullptr;
            const bool attached = listed && !marked && page.wordStarts(cue.start);
            // 仕事は二日間休むよう: what is told of the work, not what it is.
            bool told = false;
            for (std::size_t k = i; k < end && page.before(i) == U'は' && !listed; ++k) {
                const Morpheme* const word = page.morphemeAt(k);
                told = told || (word != nullptr && (word->pos == Pos::Verb || word->pos == Pos::Adverbial ||
                                                    word->pos == Pos::Adjective || word->pos == Pos::Number));
            }
            if (end - i >= 2 && (marked || attached) && !told &&
                page.cueFrom(i, kind::AnyLabel | kind::NameCue | kind::NotName) == nullptr) {
                page.add(i, end, Label::Occupation, listed ? 0.95 : 0.7, "cue.occupation", rank::Cued);
            } else if (listed && (marked || attached)) {
                page.add(i, page.cueFrom(i, kind::Occupation)->end, Label::Occupation, 0.9, "cue.occupation",
                         rank::Cued);
            }
            continue;
        }
        if ((cue.bits & kind::Occupation) == 0) {
            continue;
        }
        const std::u32string_view job = page.slice(cue.start, cue.end);
        if (isKatakana(page.before(cue.end)) && isKatakana(page.at(cue.end))) {
            continue; // セレコックス is no cook
        }
        std::size_t start = cue.start;
        const bool former =
            page.before(start) == U'前' || (page.before(start) == U'元' && !namesOrigin(page, start - 1));
        const bool relative = toldOfRelative(page, start);
        const bool opens = relative || start == 0 || isOpen(page.before(start)) ||
                           oneOf(U"・、,/(「", page.before(start)) ||
                           (isBlank(page.before(start)) && !isWord(page.at(start >= 2 ? start - 2 : 0)));
        const bool title = std::any_of(page.found.begin(), page.found.end(), [&](const Candidate& c) {
            return c.label <= Label::OtherName &&
                   ((c.start >= cue.end && c.start <= cue.end + 1 && !isOpen(page.at(cue.end))) ||
                    (c.end <= cue.start && c.end + 1 >= cue.start && !isOpen(page.before(cue.start)) &&
                     page.before(cue.start) != U'は'));
        });
        const bool closes = isClose(page.at(cue.end)) || oneOf(U"、,・/。(", page.at(cue.end)) ||
                            page.startsWith(cue.end, U"として") || page.startsWith(cue.end, U"である") ||
                            page.startsWith(cue.end, U"だった") || page.startsWith(cue.end, U"のため") ||
                            page.startsWith(cue.end, U"に戻") || page.startsWith(cue.end, U"に復") ||
                            page.startsWith(cue.end, U"を営") || page.startsWith(cue.end, U"勤務") ||
                            page.startsWith(cue.end, U"をして") || page.startsWith(cue.end, U"で、") ||
                            page.startsWith(cue.end, U"でアルバイト") || page.at(cue.end) == 0 ||
                            isLineEnd(page.at(cue.end));
        const bool titled = page.cueFrom(cue.end, kind::NameEnd) != nullptr || isKanji(page.at(cue.end));
        const bool staff = page.lexicon.isTerm(job, term::StaffJob) ||
                           (cue.bits & (kind::ClinicianCue | kind::TitleClinician)) != 0;
        const bool common = page.lexicon.isTerm(job, term::CommonJob) ||
                            (cue.bits & (kind::OtherCue | kind::TitleOther)) != 0 || job.size() < 2;
        if (former && page.before(start) == U'元') {
            --start;
        } else {
            // 元旅館板前: what was done before stands between.
            for (std::size_t k = start;
                 k > 0 && start - k < 7 && (isKanji(page.before(k)) || isKatakana(page.before(k))); --k) {
                if (page.before(k) == U'元' && page.wordStarts(k - 1) && !namesOrigin(page, k - 1)) {
                    start = k - 1;
                    break;
                }
            }
        }
        const bool aged = opens && closes && behindAge(page, cue.start);
        const bool employed = closes && !staff && atEmployer(page, cue.start);
        if (title ||
            (staff && !(former || aged || (opens && closes && (relative || isOpen(page.before(cue.start)))) ||
                        page.startsWith(cue.end, U"に戻") || page.startsWith(cue.end, U"として"))) ||
            (common && !(former || employed || (opens && closes))) ||
            (titled && !former && !opens && !closes)) {
            continue;
        }
        // A compound such as 森林組合職員 extends to the left over kanji and katakana.
        while (start > 0 && start == cue.start &&
               (isKanji(page.before(start)) || isKatakana(page.before(start))) && cue.start - start < 6 &&
               page.cueTo(start, kind::NameCue | kind::NameEnd | kind::AnyLabel) == nullptr &&
               !page.wordStarts(start)) {
            --start;
        }
        if (isKatakana(page.before(start)) && isKatakana(page.at(start))) {
            continue; // バブコック is no cook either
        }
        page.add(start, cue.end, Label::Occupation, former || opens || closes ? 0.8 : 0.5,
                 "gazetteer.occupation", former || opens ? rank::Word : rank::Shape);
    }
    for (const std::u32string_view lead :
         {std::u32string_view(U"etired "), std::u32string_view(U"works as a "),
          std::u32string_view(U"works as an "), std::u32string_view(U"worked as a "),
          std::u32string_view(U"worked as an ")}) {
        addEnglishJobs(page, lead);
    }
}

} // namespace kamei::detect::text::places
