#include <algorithm>
#include <array>

#include "core/detect/japanese/Numerals.h"
#include "core/detect/text/names/NameParser.h"
#include "core/detect/text/names/Units.h"

namespace kamei::detect::text::names {
namespace {

using namespace japanese;

Label labelOf(std::uint64_t bits) {
    return (bits & kind::Kin) != 0            ? Label::FamilyName
           : (bits & kind::PatientField) != 0 ? Label::PatientName
           : (bits & kind::ClinicianCue) != 0 ? Label::ClinicianName
                                              : Label::OtherName;
}

std::string_view sourceOf(Label label) {
    return label == Label::FamilyName      ? "cue.family"
           : label == Label::PatientName   ? "cue.patient"
           : label == Label::ClinicianName ? "cue.clinician"
                                           : "cue.person";
}

double confidenceOf(NameShape shape, Lead lead) {
    const double lift = lead == Lead::Marked ? 0.08 : lead == Lead::Blank ? 0.04 : 0.0;
    switch (shape) {
    case NameShape::Full:
    case NameShape::Foreign:
        return 0.9 + lift;
    case NameShape::Surname:
        return 0.82 + lift;
    case NameShape::Given:
    case NameShape::Roman:
        return 0.75 + lift;
    case NameShape::Kana:
        return 0.65 + lift;
    default:
        return 0.55 + lift;
    }
}

class NameFinder {
public:
    explicit NameFinder(Page& page) : m_page(page), m_parser(page) {}

    void run() {
        for (const Cue& cue : m_page.cues) {
            if ((cue.bits & kind::NameCue) != 0) {
                afterCue(cue);
            }
        }
        for (const Cue& cue : m_page.cues) {
            if ((cue.bits & kind::NameEnd) != 0) {
                beforeTitle(cue);
            }
        }
    }

private:
    // "氏名(カナ) ", "姓名(自署):": how a field is to be filled in; the place behind, or `i`.
    std::size_t pastRemark(std::size_t i) const {
        static constexpr std::array<std::u32string_view, 12> kRemarks{
            U"フリガナ", U"ふりがな", U"カナ",     U"かな", U"カタカナ", U"自署",
            U"表記",     U"漢字",     U"ローマ字", U"署名", U"楷書",     U"本人"};
        const std::size_t open = m_page.skipBlanks(i);
        constexpr std::size_t kLongest = 12;
        const std::size_t length = m_page.slice(open, open + kLongest).find(U')');
        const std::size_t close = open + length;
        const bool remark = m_page.at(open) == U'(' && length != m_page.text.npos &&
                            std::any_of(kRemarks.begin(), kRemarks.end(), [&](std::u32string_view word) {
                                return m_page.endsWith(close, word);
                            });
        return remark ? close + 1 : i;
    }

    // What stands between a cue and a name; the place of the name.
    std::size_t pastSeparators(std::size_t i, bool kin, Lead& lead) const {
        lead = Lead::Attached;
        for (std::size_t steps = 0; steps < 4; ++steps) {
            const char32_t c = m_page.at(i);
            if (isBlank(c)) {
                lead = std::max(lead, Lead::Blank);
            } else if (c == U':' || c == U'=' || (isOpen(c)) || c == U'】' || c == U'>' || c == U']' ||
                       c == U'」' || c == U'→' || c == U'|') {
                lead = Lead::Marked;
            } else if (kin && (m_page.startsWith(i, U"二人") || m_page.startsWith(i, U"2人") ||
                               m_page.startsWith(i, U"三人"))) {
                ++i;
            } else if (!kin && c == U'は' && steps == 0 && isBlank(m_page.at(i + 1))) {
                lead = Lead::Blank; // "表記は NADEEM KHAN"
            } else if (kin && c == U'の' && steps == 0) {
                lead = Lead::Attached;
            } else {
                break;
            }
            ++i;
        }
        return i;
    }

    // "呼吸器外科 西 知也": a department between the role and the name.
    std::size_t pastDepartment(std::size_t i) const {
        std::size_t k = i;
        while (isKanji(m_page.at(k)) || isKatakana(m_page.at(k))) {
            ++k;
        }
        if (k > i + 1 && isBlank(m_page.at(k)) && oneOf(U"科部室課局", m_page.before(k)) &&
            !m_page.lexicon.isSurname(m_page.slice(i, k))) {
            return k + 1;
        }
        return i;
    }

    void afterCue(const Cue& cue) {
        const bool kin = (cue.bits & kind::Kin) != 0;
        Lead lead = Lead::Nothing;
        const bool field = (cue.bits & kind::PatientField) != 0;
        std::size_t i = pastSeparators(field ? pastRemark(cue.end) : cue.end, kin, lead);
        const bool latin = isLatin(m_page.before(cue.end)) || m_page.before(cue.end) == U'.';
        if (latin && lead == Lead::Attached) {
            lead = Lead::Blank; // Ns渡, Dr.青天目
        }
        if (m_page.lexicon.isTerm(m_page.slice(cue.start, cue.end), term::AliasField)) {
            lead = std::max(lead, Lead::Marked);
        }
        // 21st Ave, MR HEADER: no therapist and no gentleman; MR 田中 of a company is somebody.
        const std::u32string_view word = m_page.slice(cue.start, cue.end);
        if ((word == U"st" && isDigit(m_page.before(cue.start))) ||
            ((word == U"MR" || word == U"MS") && isLatin(m_page.at(i)))) {
            return;
        }
        // A cue inside a longer word is none: the 子 of 子宮, the 記 of 憶記.
        const bool single = cue.end - cue.start == 1;
        if (single && (!m_page.wordStarts(cue.start) ||
                       (isKanji(m_page.before(cue.start)) && (cue.bits & kind::Kin) != 0 &&
                        m_page.cueTo(cue.start, ~0ULL) == nullptr && lead != Lead::Attached))) {
            return;
        }
        if (lead == Lead::Attached && (!m_page.wordStarts(i) || !m_page.wordStarts(cue.end)) &&
            m_page.at(cue.end) != U'の') {
            const auto name = m_parser.forward(i, lead, kin);
            const bool listed = name && kin && name->end - name->start > 1 &&
                                name->shape >= NameShape::Given && name->bounded;
            if (!listed && (!name || m_page.cueFrom(name->end, kind::Honorific) == nullptr)) {
                return;
            }
        }
        if (lead >= Lead::Blank) {
            i = pastDepartment(i);
        }
        const std::u32string_view between = m_page.slice(cue.end, i);
        const Cue* const next = m_page.cueFrom(i, kind::NameCue);
        if (next != nullptr && (next->end - next->start > 1 || lead >= Lead::Blank) &&
            m_parser.full(i, true) == std::nullopt) {
            return; // 担当 看護師 光永: the next cue speaks for itself
        }
        auto name = m_parser.forward(i, lead, kin);
        const bool activity = m_page.lexicon.isTerm(m_page.slice(cue.start, cue.end), term::Activity);
        double confidence = 0;
        if (!name && lead >= Lead::Blank && !activity && (cue.bits & kind::ClinicianCue) != 0) {
            name = m_parser.shortWord(i);
            confidence = 0.45;
        }
        if (!name) {
            return;
        }
        // 医師「熱がなければ」: what somebody says, not what somebody is called.
        const std::size_t behind = m_page.skipBlanks(name->end);
        if (between.find(U'「') != std::u32string_view::npos && !isClose(m_page.at(behind)) &&
            m_page.cueFrom(behind, kind::NameEnd) == nullptr) {
            return;
        }
        // 息子さん来てます
        const Morpheme* const verb = m_page.morphemeAt(name->start);
        if (name->end - name->start == 1 && verb != nullptr && verb->pos == Pos::Verb &&
            isHiragana(m_page.at(name->end))) {
            return;
        }
        // CP 左42%: a side with its value.
        if (name->end - name->start == 1 && oneOf(U"左右上下前後中", m_page.at(name->start)) &&
            isDigit(m_page.at(behind))) {
            return;
        }
        const Label label = labelOf(cue.bits);
        // Words that also head what was found or done, and never take a name that no list knows.
        const bool header = name->shape == NameShape::Unknown && name->end - name->start > 1 &&
                            (isSpace(m_page.at(name->end)) || m_page.at(name->end) == 0);
        const bool roman =
            name->shape == NameShape::Roman && lead == Lead::Blank && isLower(m_page.at(i + 1));
        if (activity && name->shape < NameShape::Surname && !header && !roman) {
            return;
        }
        if (name->shape == NameShape::Unknown && m_page.lexicon.places().longest(m_page.text, i).length > 1) {
            return;
        }
        const bool weakField = label == Label::PatientName && lead != Lead::Marked;
        if (weakField && name->shape <= NameShape::Given &&
            m_page.cueFrom(name->end, kind::Honorific) == nullptr) {
            return; // "患者 説明", "本人 希望"
        }
        if (confidence == 0) {
            confidence = activity && name->shape < NameShape::Surname ? 0.5 : confidenceOf(name->shape, lead);
        }
        add(*name, label, confidence, sourceOf(label));
        continueList(*name, label, lead);
    }

    void add(const NameMatch& name, Label label, double confidence, std::string_view source) {
        m_page.add(name.start, name.end, label, confidence, source, rank::Cued);
    }

    // "雑賀・根来", "宇喜多/日野原", "(真由、奈緒)".
    void continueList(NameMatch name, Label label, Lead lead) {
        for (int more = 0; more < 6; ++more) {
            std::size_t i = name.end;
            if (const Cue* const end = m_page.cueFrom(i, kind::NameEnd)) {
                i = end->end;
            }
            if (!oneOf(U"、・,/と→", m_page.at(i))) {
                return;
            }
            const char32_t mark = m_page.at(i);
            i = m_page.skipBlanks(i + 1);
            if (m_page.cueFrom(i, kind::NameCue | kind::AnyLabel | kind::NotName) != nullptr) {
                return;
            }
            const auto next = m_parser.forward(i, Lead::Blank);
            const bool titled = next && m_page.cueFrom(next->end, kind::NameEnd) != nullptr;
            const bool listed =
                next && (next->shape >= NameShape::Given || mark == U'・' || mark == U'/' || titled);
            if (!next || !listed || (!next->bounded && !titled) || (mark == U'と' && !titled)) {
                return;
            }
            const bool role = m_page.startsWith(next->end, U"病院") || m_page.startsWith(next->end, U"市");
            if (role || (lead == Lead::Nothing)) {
                return;
            }
            add(*next, label, confidenceOf(next->shape, Lead::Attached) - 0.1, "cue.list");
            name = *next;
        }
    }

    // The cue that leads to a name, if one stands right before it.
    const Cue* leadOf(std::size_t start) const {
        std::size_t i = start;
        for (int steps = 0; steps < 3 && i > 0; ++steps) {
            if (const Cue* const cue = m_page.cueTo(i, kind::NameCue)) {
                return cue;
            }
            const char32_t c = m_page.before(i);
            if (!(isBlank(c) || c == U'の' || c == U':' || isOpen(c))) {
                return nullptr;
            }
            --i;
        }
        return m_page.cueTo(i, kind::NameCue);
    }

    bool organisationBefore(std::size_t start, Label label) const {
        return std::any_of(m_page.found.begin(), m_page.found.end(), [&](const Candidate& c) {
            return c.label == label && c.end <= start && start - c.end <= 2;
        });
    }

    // "大鋸様", "中土佐氏", "そうすけくん": who is addressed so is somebody, though no list knows the name.
    void honoured(const Cue& cue) {
        const std::u32string_view title = m_page.slice(cue.start, cue.end);
        const bool doctor = title == U"先生";
        if ((cue.bits & kind::Honorific) == 0 && !doctor) {
            return;
        }
        std::size_t start = cue.start;
        const auto alike = [first = m_page.before(cue.start)](char32_t c) {
            return isKanji(first)      ? isKanji(c)
                   : isHiragana(first) ? isHiragana(c)
                                       : isKatakana(first) && isKatakana(c);
        };
        while (start > 0 && alike(m_page.before(start))) {
            --start;
        }
        const std::u32string_view text = m_page.slice(start, cue.start);
        const bool kana = !text.empty() && !isKanji(text.front());
        const bool bounded =
            m_parser.beginsHere(start) || (!kana && oneOf(U"をはがにとのへ", m_page.before(start)));
        if (text.size() < 2 || text.size() > (kana ? 5U : 4U) || !bounded || m_page.lexicon.is(text, ~0ULL) ||
            m_page.cueTo(cue.start, ~0ULL) != nullptr ||
            oneOf(U"者員師士手族医官人屋長生家客方親様者々各皆上", text.back())) {
            return;
        }
        const Morpheme* const word = m_page.morphemeAt(start);
        const bool plain =
            word != nullptr && word->start == start && word->end >= cue.start && !word->unknown &&
            (word->pos == Pos::Noun || word->pos == Pos::ActionNoun || word->pos == Pos::Adverbial ||
             word->pos == Pos::Verb || word->pos == Pos::Other || word->pos == Pos::Adjective ||
             word->pos == Pos::Particle);
        const char32_t next = m_page.at(cue.end);
        const bool form = title == U"様" &&
                          (isKanji(next) || next == U'の' || next == U'に' || next == U'な') &&
                          m_page.cueFrom(cue.end + 1, kind::Kin) == nullptr; // 顆粒様陰影, 膜様の
        if (form || (plain && title != U"氏" && !(title == U"様" && m_parser.beginsHere(start))) ||
            (kana &&
             (title == U"様" || title == U"氏" || m_page.at(start) == U'お' || m_page.at(start) == U'ご'))) {
            return;
        }
        const NameMatch name{start, cue.start, NameShape::Unknown, true};
        if (!m_page.taken(name.start, name.end, rank::Word)) {
            m_page.add(name.start, name.end, doctor ? Label::ClinicianName : Label::OtherName, 0.5,
                       "title.unlisted", rank::Shape);
        }
    }

    void beforeTitle(const Cue& cue) {
        std::size_t end = cue.start;
        const char32_t next = m_page.at(cue.end);
        if ((isKatakana(m_page.before(cue.end)) && isKatakana(next)) ||
            ((cue.bits & kind::TitleOther) != 0 && isKanji(next) && !m_page.wordStarts(cue.end))) {
            return; // サマリー, 部長室
        }
        if (m_page.slice(cue.start, cue.end) == U"様" &&
            (isLatin(m_page.before(end)) ||
             (isKanji(next) && !oneOf(U"方宅名同本より、", next) &&
              (m_page.cueFrom(cue.end, ~0ULL) == nullptr || m_page.startsWith(cue.end, U"母斑"))))) {
            return; // Paneth様変化
        }
        const bool bracket = isOpen(m_page.before(end)) && (cue.bits & kind::TitleClinician) != 0;
        if (bracket) {
            --end;
        }
        const std::size_t blanks = m_page.skipBlanksBack(end);
        // Behind a blank only a title or 様 and its like, not the くん of another word.
        if (end - blanks > 1 && (cue.bits & kind::TitleClinician) == 0) {
            return;
        }
        end = blanks;
        // "Dr.菊地": the title leads.
        const bool leads = (cue.bits & kind::ClinicianCue) != 0;
        if (leads && end != cue.start && !bracket) {
            if (m_page.slice(cue.start, cue.end).size() <= 3 || m_page.cueTo(end, kind::NameEnd) != nullptr) {
                return;
            }
        }
        if (leads && m_page.before(cue.end) == U'.') {
            return;
        }
        auto name = m_parser.backward(end);
        if (!name && end == cue.start) {
            honoured(cue);
            return;
        }
        // フサン, ソーブサン: drugs and dressings; ヤマダサン is somebody.
        if (name && m_page.slice(cue.start, cue.end) == U"サン" && isKatakana(m_page.before(end)) &&
            end == cue.start && name->shape < NameShape::Surname && !m_page.wordStarts(cue.start)) {
            return;
        }
        const bool likeness = name && name->shape == NameShape::Unknown &&
                              m_page.slice(cue.start, cue.end) == U"様" && isHiragana(next);
        if (!name || likeness || // 扁平苔癬様の (bracket && name->shape != NameShape::Full) ||
            (end != cue.start && name->shape < NameShape::Surname && !name->bounded)) {
            return;
        }
        const bool address = (cue.bits & kind::Honorific) != 0 || m_page.slice(cue.start, cue.end) == U"先生";
        if (!address && end == cue.start && m_parser.partOfWord(name->start, name->end)) {
            return; // 元養護教諭, 現校長: what somebody was or is, not a name; 元さん and 元先生 are
        }
        const Cue* const office = m_page.cueFrom(name->start + 1, kind::TitleOther | kind::Occupation);
        if (oneOf(U"前元現旧新副", m_page.at(name->start)) && office != nullptr && office->end == name->end) {
            return; // 前校長先生
        }
        if (!address && name->shape == NameShape::Unknown &&
            oneOf(U"部科室課局院班係", m_page.before(name->end)) && name->end - name->start > 2) {
            return; // 倫理部 部長: where, not who
        }
        if (!address && end == cue.start && name->end - name->start == 1 &&
            oneOf(U"前元現旧新副各同両故総", m_page.at(name->start))) {
            return; // 前校長, though 前 is a surname too; 前さん is a person
        }
        if (leads && end != cue.start && name->shape < NameShape::Full &&
            m_parser.forward(m_page.skipBlanks(cue.end), Lead::Blank)) {
            return; // "入江 看護師 光永": the title belongs to what follows
        }
        Label label = (cue.bits & kind::TitleClinician) != 0 ? Label::ClinicianName : Label::OtherName;
        std::string_view source = (cue.bits & kind::TitleClinician) != 0 ? "title.clinician"
                                  : (cue.bits & kind::TitleOther) != 0   ? "title.person"
                                                                         : "title.honorific";
        if (label == Label::ClinicianName && organisationBefore(name->start, Label::Organization)) {
            label = Label::OtherName; // a teacher
        }
        if (const Cue* const lead = leadOf(name->start)) {
            const bool neutral = (cue.bits & kind::Honorific) != 0;
            if ((lead->bits & (kind::Kin | kind::PatientField)) != 0 || neutral ||
                (lead->bits & kind::ClinicianCue) == 0) {
                label = labelOf(lead->bits);
                source = sourceOf(label);
            }
        }
        const double confidence = confidenceOf(name->shape, Lead::Attached) + (name->bounded ? 0.05 : -0.1);
        if (!m_page.taken(name->start, name->end, rank::Cued)) {
            add(*name, label, confidence, source);
        }
    }

    Page& m_page;
    NameParser m_parser;
};

} // namespace

void findNames(Page& page) {
    NameFinder(page).run();
}

} // namespace kamei::detect::text::names
