#include <algorithm>

#include "core/detect/text/names/NameParser.h"
#include "core/detect/text/names/Units.h"

namespace kamei::detect::text::names {
namespace {

using namespace japanese;

// Names that no role and no honorific leads to: headers, signatures, cells, readings.
class FreeNameFinder {
public:
    explicit FreeNameFinder(Page& page) : m_page(page), m_parser(page) {}

    void run() {
        freestanding();
        readings();
    }

private:
    void add(const NameMatch& name, Label label, double confidence, std::string_view source) {
        m_page.add(name.start, name.end, label, confidence, source, rank::Cued);
    }

    bool organisationBefore(std::size_t start, Label label) const {
        return std::any_of(m_page.found.begin(), m_page.found.end(), [&](const Candidate& c) {
            return c.label == label && c.end <= start && start - c.end <= 2;
        });
    }

    bool personBehind(std::size_t end) const {
        std::size_t i = end;
        if (const Cue* const honorific = m_page.cueFrom(i, kind::Honorific)) {
            i = honorific->end;
        }
        const std::size_t limit = std::min(m_page.text.size(), i + 14);
        for (; i < limit && !isLineEnd(m_page.at(i)); ++i) {
            const char32_t c = m_page.at(i);
            if (c == U'歳' || c == U'才' || c == U'男' || c == U'女' || c == U'♂' || c == U'♀') {
                return true;
            }
            if (isOpen(c) && isKatakana(m_page.at(i + 1)) && i - end < 3) {
                return true;
            }
        }
        return std::any_of(m_page.found.begin(), m_page.found.end(), [&](const Candidate& c) {
            return c.label == Label::BirthDate && c.start >= end && c.start < end + 10;
        });
    }

    bool hasPatient() const {
        return std::any_of(m_page.found.begin(), m_page.found.end(), [](const Candidate& c) {
            return c.label == Label::PatientName && c.confidence > 0.7;
        });
    }

    // Names that nothing leads to: headers and signatures.
    void freestanding() {
        bool patient = hasPatient();
        for (std::size_t i = 0; i < m_page.text.size(); ++i) {
            const char32_t c = m_page.text[i];
            if (!isKanji(c) && !(isKatakana(c) && isKatakana(m_page.at(i + 1)))) {
                continue;
            }
            const bool begins = m_parser.beginsHere(i);
            if (!begins && !m_page.wordStarts(i)) {
                continue;
            }
            if (m_page.cueFrom(i, kind::NotName | kind::Eponym | kind::AnyLabel) != nullptr ||
                m_page.taken(i, i + 1, rank::Cued)) {
                continue;
            }
            auto name = isKanji(c) ? m_parser.full(i, true) : std::nullopt;
            double confidence = 0.75;
            if (!name && begins) {
                name = m_parser.forward(i, Lead::Blank);
                const bool header =
                    name && personBehind(name->end) && name->shape != NameShape::Surname &&
                    name->shape != NameShape::Given && (name->end - name->start >= 3) &&
                    (name->shape != NameShape::Unknown ||
                     m_page.slice(name->start, name->end).find(U' ') != std::u32string_view::npos);
                const bool kanaName = name && name->shape == NameShape::Kana;
                if (!header || kanaName) {
                    name.reset();
                }
                confidence = 0.6;
            } else if (name && !begins && !personBehind(name->end)) {
                confidence = 0.5;
            }
            if (!name || m_page.taken(name->start, name->end, rank::Cued)) {
                continue;
            }
            const bool person = personBehind(name->end);
            const bool behindFacility = organisationBefore(name->start, Label::Facility) ||
                                        oneOf(U"科室", m_page.before(m_page.skipBlanksBack(name->start)));
            const Label label = person && !patient    ? Label::PatientName
                                : behindFacility      ? Label::ClinicianName
                                : !patient            ? Label::PatientName
                                : endsLine(name->end) ? Label::ClinicianName
                                                      : Label::OtherName;
            patient = patient || label == Label::PatientName;
            add(*name, label, confidence, "gazetteer.full-name");
            i = name->end - 1;
        }
        departments();
        cells();
        quoted();
        siblings();
        personWords();
    }

    bool endsLine(std::size_t i) const { return i >= m_page.text.size() || isLineEnd(m_page.at(i)); }

    // "医事課 月岡", "小児外科 毛利": a department, a blank, a surname.
    void departments() {
        for (std::size_t i = 2; i < m_page.text.size(); ++i) {
            if (!isBlank(m_page.before(i)) || !oneOf(U"科課室部棟", m_page.at(i - 2)) ||
                !isKanji(m_page.text[i]) || m_page.taken(i, i + 1, rank::Shape)) {
                continue;
            }
            const auto name = m_parser.forward(i, Lead::Blank);
            const bool rare = name && name->shape == NameShape::Unknown && name->end - name->start >= 2;
            if (name && (name->shape >= NameShape::Surname || rare) && name->bounded &&
                m_page.cueFrom(i, kind::NameCue | kind::AnyLabel | kind::NotName | kind::Eponym) == nullptr) {
                m_page.add(name->start, name->end,
                           m_page.at(i - 2) == U'課' ? Label::OtherName : Label::ClinicianName, 0.5,
                           "cue.department", rank::Word);
            }
        }
    }

    // 「喜久雄が待っている」: who is spoken of in what was said.
    void quoted() {
        for (std::size_t i = 1; i < m_page.text.size(); ++i) {
            if (m_page.before(i) != U'「' || m_page.taken(i, i + 1, rank::Shape)) {
                continue;
            }
            for (std::size_t length = 4; length > 1; --length) {
                const std::u32string_view text = m_page.slice(i, std::min(i + length, m_page.text.size()));
                const Morpheme* const word = m_page.morphemeAt(i);
                const bool name =
                    word != nullptr && (word->unknown || word->pos == Pos::Given || word->pos == Pos::Person);
                if (text.size() == length && name && m_page.lexicon.isGiven(text) &&
                    oneOf(U"がはもにを", m_page.at(i + length))) {
                    m_page.add(i, i + length, Label::FamilyName, 0.5, "gazetteer.quoted", rank::Shape);
                    break;
                }
            }
        }
    }

    // "09:12,武井,S,...": a listed surname that fills a cell.
    void cells() {
        for (std::size_t i = 1; i < m_page.text.size(); ++i) {
            if (!isKanji(m_page.text[i]) || !oneOf(U",|\t", m_page.before(i))) {
                continue;
            }
            std::size_t end = i;
            while (end - i < 5 && isKanji(m_page.at(end))) {
                ++end;
            }
            const std::u32string_view text = m_page.slice(i, end);
            if ((oneOf(U",|\t\n", m_page.at(end)) || m_page.at(end) == U'→') && text.size() > 1 &&
                m_page.lexicon.isSurname(text) && !m_page.lexicon.is(text, ~0ULL) &&
                !m_page.taken(i, end, rank::Shape)) {
                m_page.add(i, end, Label::ClinicianName, m_page.lexicon.bearers(text) > 0 ? 0.6 : 0.45,
                           "gazetteer.cell", rank::Shape);
            }
            i = end;
        }
    }

    // "宇喜多/日野原/研修 蛍": the names before one that was found.
    void siblings() {
        for (std::size_t k = 0; k < m_page.found.size(); ++k) {
            const Candidate name = m_page.found[k];
            if (name.label > Label::OtherName || name.rank < rank::Shape || name.start < 3) {
                continue;
            }
            std::size_t mark = name.start;
            if (const Cue* const cue = m_page.cueTo(m_page.skipBlanksBack(mark), kind::NameCue)) {
                mark = cue->start;
            }
            if (!oneOf(U"/・", m_page.before(mark))) {
                continue;
            }
            const auto before = m_parser.backward(mark - 1);
            if (before && before->bounded && before->shape >= NameShape::Surname &&
                !m_page.taken(before->start, before->end, rank::Shape)) {
                m_page.add(before->start, before->end, name.label, 0.6, "cue.list", rank::Shape);
            }
        }
    }

    // What MeCab reads as surname and given name, with nothing else to say so.
    void personWords() {
        for (std::size_t k = 0; k + 1 < m_page.morphemes.size(); ++k) {
            const Morpheme& a = m_page.morphemes[k];
            const Morpheme& b = m_page.morphemes[k + 1];
            if (a.pos == Pos::Surname && b.pos == Pos::Given && a.end == b.start && b.end - b.start >= 1 &&
                b.end - a.start >= 3 && m_parser.endsHere(b.end) &&
                !m_page.taken(a.start, b.end, rank::Shape) &&
                m_page.cueFrom(a.start, kind::Eponym | kind::NotName) == nullptr) {
                const bool listed = m_page.lexicon.isSurname(m_page.slice(a.start, a.end)) &&
                                    m_page.lexicon.isGiven(m_page.slice(b.start, b.end));
                m_page.add(a.start, b.end, hasPatient() ? Label::OtherName : Label::PatientName,
                           listed ? 0.55 : 0.4, "mecab.person", rank::Guess);
            }
        }
    }

    // "平 雅人(タイラ マサト)", "阿比留 勇 (ABIRU ISAMU)": the reading behind a name.
    void readings() {
        for (std::size_t k = 0; k < m_page.found.size(); ++k) {
            const Candidate name = m_page.found[k];
            if (name.label > Label::OtherName) {
                continue;
            }
            std::size_t i = name.end;
            if (const Cue* const honorific = m_page.cueFrom(i, kind::Honorific)) {
                i = honorific->end;
            }
            i = m_page.skipBlanks(i);
            if (const Cue* const honorific = m_page.cueFrom(i, kind::Honorific)) {
                i = m_page.skipBlanks(honorific->end);
            }
            const bool open = isOpen(m_page.at(i)) || m_page.at(i) == U'|' || m_page.at(i) == U'/';
            const std::size_t start = open ? i + 1 : i;
            std::size_t end = start;
            const char32_t first = m_page.at(start);
            const auto belongs = [&](char32_t c) {
                return isLatin(first)      ? isLatin(c) || c == U'\'' || c == U',' || c == U'-'
                       : isKatakana(first) ? isKatakana(c)
                                           : isHiragana(first) && isHiragana(c);
            };
            while (end - start < 24 &&
                   (belongs(m_page.at(end)) || (isBlank(m_page.at(end)) && belongs(m_page.at(end + 1))))) {
                ++end;
            }
            const bool closed = open ? isClose(m_page.at(end)) || m_page.at(end) == U'/' ||
                                           m_page.at(end) == U'|' || m_page.at(end) == U'、'
                                     : isKatakana(first) && (m_parser.endsHard(end));
            const bool kana = isKatakana(first) || isHiragana(first);
            const bool upper =
                isUpper(first) && m_page.slice(start, end).find(U' ') != std::u32string_view::npos;
            if (end - start >= 2 && closed && (kana || upper) && end - start <= 24 &&
                (open || name.label == Label::PatientName) &&
                !m_page.lexicon.is(m_page.slice(start, end), ~0ULL)) {
                m_page.add(start, end, name.label, upper ? 0.55 : 0.7, "cue.reading", rank::Word);
            }
        }
    }

    Page& m_page;
    NameParser m_parser;
};

} // namespace

void findFreeNames(Page& page) {
    FreeNameFinder(page).run();
}

} // namespace kamei::detect::text::names
