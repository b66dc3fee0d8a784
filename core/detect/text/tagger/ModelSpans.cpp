#include <algorithm>
#include <array>

#include "core/detect/text/names/NameParser.h"
#include "core/detect/text/tagger/Tagging.h"

namespace kamei::detect::text::tagger {
namespace {

using namespace names;

enum class Group { Name, Organisation, Place, Other };

Group groupOf(Label label) {
    return label <= Label::OtherName                                  ? Group::Name
           : label == Label::Facility || label == Label::Organization ? Group::Organisation
           : label == Label::Address || label == Label::Municipality  ? Group::Place
                                                                      : Group::Other;
}

std::string_view sourceOf(Label label) {
    switch (groupOf(label)) {
    case Group::Name:
        return "model.name";
    case Group::Organisation:
        return "model.organisation";
    case Group::Place:
        return "model.place";
    default:
        return "model.other";
    }
}

// Lines without letters of a name need no look: tables of numbers.
bool worthReading(const Page& page, const TagLine& line) {
    return std::any_of(line.begin(), line.end(), [&](const TagWord& word) {
        const char32_t c = page.at(word.start);
        return japanese::isJapanese(c) || japanese::isUpper(c);
    });
}

// Whether a line is in Japanese, which the model was made for. What devices write in Latin letters is full of
// words with capitals and is not read eagerly.
bool inJapanese(const Page& page, const TagLine& line) {
    return std::any_of(line.begin(), line.end(),
                       [&](const TagWord& word) { return japanese::isJapanese(page.at(word.start)); });
}

// Dates and ages have forms of their own, which rules read better: the model only tells them from other
// things.
bool leftToRules(Label label) {
    return label == Label::Date || label == Label::Age || label == Label::Municipality;
}

constexpr double kLeast = 0.25;      // what is less likely is not shown
constexpr double kLeastAlone = 0.9;  // the same where the rules found nobody: case reports, tables
constexpr double kLeastLatin = 0.5;  // the same in a text without Japanese, which the model was not made for
constexpr double kLeastAmong = 0.05; // the same in a text that is full of people

// A text in which the rules found so much is full of people: handovers, letters, rosters. It is read more
// eagerly by so much, since somebody will look at it name by name anyway; texts about nobody never are.
constexpr std::ptrdiff_t kFull = 3;
constexpr std::int32_t kMoreEager = 500;

// How often the rules found anything of a person: names, places of care, numbers; not dates, ages and sexes.
std::ptrdiff_t foundOfPeople(const std::vector<Candidate>& chosen) {
    return std::count_if(chosen.begin(), chosen.end(), [](const Candidate& c) {
        return c.rank >= rank::Shape && c.label != Label::Date && c.label != Label::Age &&
               c.label != Label::Sex && c.label != Label::Occupation && c.label != Label::Municipality;
    });
}

// How sure a span is that was found so much more eagerly than what confidence was measured with.
double confidenceOf(const SequenceModel& model, std::int32_t margin, std::int32_t more) {
    constexpr double kBelowAll = 0.5; // of the least sure that were measured
    return (margin < more ? kBelowAll : 1.0) * model.confidence(margin - more);
}

// Whether the model by itself is sure of people or places of care: it seldom errs twice in a text about
// nobody.
bool agreesOnSomebody(const Page& page, std::size_t first) {
    constexpr double kSureOf = 0.9;
    constexpr std::ptrdiff_t kFew = 3;
    return std::count_if(page.found.begin() + static_cast<std::ptrdiff_t>(first), page.found.end(),
                         [](const Candidate& c) {
                             return c.confidence >= kSureOf && groupOf(c.label) != Group::Other;
                         }) >= kFew;
}

bool isPlainPos(Pos pos) {
    return pos == Pos::Noun || pos == Pos::ActionNoun || pos == Pos::Adverbial || pos == Pos::Other ||
           pos == Pos::Particle || pos == Pos::Adjective || pos == Pos::Verb || pos == Pos::Auxiliary;
}

// 社会的, 電子的方式: known words none of which names anybody, and one of them longer than a character.
bool plainRun(const Page& page, std::size_t start, std::size_t end) {
    const std::u32string_view text = page.slice(start, end);
    bool word = false;
    for (std::size_t i = start; i < end;) {
        const Morpheme* const part = page.morphemeAt(i);
        if (part == nullptr || part->unknown || !(isPlainPos(part->pos) || part->pos == Pos::Suffix)) {
            return false;
        }
        word = word || (part->end - part->start > 1 && isPlainPos(part->pos));
        i = part->end;
    }
    return word && !page.lexicon.isSurname(text) && !page.lexicon.isGiven(text);
}

// An ordinary word by the dictionary, in no list of names: the model must be surer of it.
bool plainWord(const Page& page, std::size_t start, std::size_t end) {
    const Morpheme* const word = page.morphemeAt(start);
    const bool whole = word != nullptr && word->start <= start && word->end >= end && !word->unknown;
    const std::u32string_view text = page.slice(start, end);
    if (!whole) {
        return plainRun(page, start, end);
    }
    return word->pos != Pos::Person && word->pos != Pos::Surname && word->pos != Pos::Given &&
           word->pos != Pos::Place && word->pos != Pos::ProperNoun && word->pos != Pos::Organisation &&
           page.lexicon.bearers(text) == 0 && !page.lexicon.isGiven(text);
}

// Marks and, in names, digits do not stand inside.
bool possible(const Page& page, std::size_t start, std::size_t end, Label label) {
    const std::u32string_view text = page.slice(start, end);
    const bool name = groupOf(label) == Group::Name;
    const bool organisation = groupOf(label) == Group::Organisation;
    // 【整形外科] 再診, 御中　　　呼吸器内科: headings; JAN 4900000000000: what number it is stands there.
    if (organisation && (text.find_first_of(U"【】[]「」#") != text.npos || text.find(U"  ") != text.npos)) {
        return false;
    }
    if (groupOf(label) == Group::Other &&
        (page.cueFrom(start, kind::Decoy) != nullptr || page.labelBefore(start, kind::Decoy) != nullptr)) {
        return false;
    }
    // 検体コメント: numbers have digits.
    if ((label == Label::ChartNo || label == Label::ExamId) &&
        std::none_of(text.begin(), text.end(), japanese::isDigit)) {
        return false;
    }
    if (std::none_of(text.begin(), text.end(), japanese::isWord)) {
        return false; // control characters of a text that was decoded wrongly
    }
    return std::none_of(text.begin(), text.end(), [name](char32_t c) {
        return japanese::isLineEnd(c) || c == U'。' || c == U'、' || c == U',' || c == U':' || c == U'<' ||
               c == U'>' || (!name && (c == U';' || c == U'=' || c == U'\t')) ||
               (name && (japanese::isDigit(c) || (isStop(c) && c != U'・')));
    });
}

// Whether a name stands alone: no kanji beside it but words of the list or, behind it, a whole word.
bool standsAlone(const Page& page, std::size_t start, std::size_t end) {
    using japanese::isKanji;
    const bool left =
        !isKanji(page.before(start)) || !isKanji(page.at(start)) || page.cueTo(start, ~0ULL) != nullptr;
    const Morpheme* const next = page.morphemeAt(end);
    const bool word = next != nullptr && next->start == end && next->pos == Pos::ActionNoun;
    const bool right = !isKanji(page.at(end)) || page.cueFrom(end, ~0ULL) != nullptr || word;
    return left && right;
}

// Whether a word that leads to names or follows them stands beside it.
bool hasCue(const Page& page, std::size_t start, std::size_t end) {
    return page.cueFrom(page.skipBlanks(end), kind::NameEnd) != nullptr ||
           page.labelBefore(start, kind::NameCue) != nullptr;
}

// Words in katakana that nothing says to be a name are mostly drugs, devices and methods.
bool borrowedWord(const Page& page, std::size_t start, std::size_t end) {
    const std::u32string_view text = page.slice(start, end);
    const bool whole =
        std::none_of(text.begin(), text.end(), [](char32_t c) { return c == U'・' || c == U' '; });
    return whole && std::any_of(text.begin(), text.end(), japanese::isKatakana) &&
           !hasCue(page, start, end) && page.lexicon.bearers(text) == 0 && !page.lexicon.isGiven(text);
}

// What bears a name and is none: 原田スコア, 山口分類, 川平法.
bool namesAThing(const Page& page, std::size_t end) {
    static constexpr std::array<std::u32string_view, 22> kThings{
        U"分類", U"スコア", U"式",     U"法",   U"徴候",   U"症候群", U"病",   U"靱帯",
        U"反射", U"試験",   U"テスト", U"基準", U"鉗子",   U"現象",   U"結節", U"斑",
        U"反応", U"三角",   U"手術",   U"療法", U"ギルフ", U"クレペ"};
    // 木村・竹本分類: the thing is named for both.
    std::size_t thing = end;
    if (page.at(end) == U'・' || page.at(end) == U'-' || page.at(end) == U'–') {
        for (++thing; japanese::isKanji(page.at(thing)) && thing - end < 6; ++thing) {
            if (std::any_of(kThings.begin(), kThings.end(),
                            [&](std::u32string_view word) { return page.startsWith(thing, word); })) {
                return true;
            }
        }
        return false;
    }
    return std::any_of(kThings.begin(), kThings.end(),
                       [&](std::u32string_view word) { return page.startsWith(end, word); });
}

// What stands alone in recordings, between times: events, and no names.
bool namesAnEvent(const Page& page, std::size_t start, std::size_t end) {
    static constexpr std::array<std::u32string_view, 8> kEvents{U"閉眼", U"開眼", U"瞬目",   U"体動",
                                                                U"入眠", U"覚醒", U"過換気", U"光刺激"};
    return std::find(kEvents.begin(), kEvents.end(), page.slice(start, end)) != kEvents.end();
}

// 心窩部痛, 丘疹, 外陰部炎: what ends like a part or a complaint of the body, and 読影, 職業: words that lead
// to names and values.
bool namesNobody(const Page& page, std::size_t start, std::size_t end) {
    const std::u32string_view text = page.slice(start, end);
    if (page.lexicon.isSurname(text) || page.lexicon.isGiven(text)) {
        return false;
    }
    return endsLikeBody(text) ||
           page.lexicon.is(text, kind::AnyLabel | kind::ClinicianCue | kind::OtherCue | kind::Decoy);
}

// <Item>, ABDOMEN WITH: elements of XML and phrases in capitals are nobody's.
bool namesAField(const Page& page, std::size_t start, std::size_t end) {
    static constexpr std::array<std::u32string_view, 8> kBetween{U"WITH", U"WITHOUT", U"AND",  U"OF",
                                                                 U"FOR",  U"FROM",    U"OVER", U"AFTER"};
    if (page.before(start) == U'<' || (page.before(start) == U'/' && page.endsWith(start - 1, U"<"))) {
        return true;
    }
    for (std::size_t i = start; i < end; ++i) {
        const bool begins = i == start || page.before(i) == U' ';
        if (begins && std::any_of(kBetween.begin(), kBetween.end(), [&](std::u32string_view word) {
                return page.startsWith(i, word) && !japanese::isLatin(page.at(i + word.size()));
            })) {
            return true;
        }
    }
    return false;
}

// Whether a word in Latin letters is said behind names and is none itself: "Itakano sensei wa".
bool isTitle(std::u32string_view word) {
    static constexpr std::array<std::u32string_view, 5> kTitles{U"sensei", U"san", U"sama", U"kun", U"chan"};
    return std::find(kTitles.begin(), kTitles.end(), word) != kTitles.end();
}

// A span from a title on is no name; before it the name ends.
std::size_t untilTitle(const Page& page, std::size_t start, std::size_t end) {
    for (std::size_t i = start; i < end;) {
        const std::size_t blank = std::min(page.slice(i, end).find(U' '), end - i) + i;
        if (isTitle(page.slice(i, blank))) {
            return page.skipBlanksBack(i);
        }
        i = blank + 1;
    }
    return end;
}

// Whether the edges of a span lie within a run of katakana or of Latin letters.
bool cutsWord(const Page& page, std::size_t start, std::size_t end) {
    const auto joined = [](char32_t a, char32_t b) {
        return (japanese::isKatakana(a) && japanese::isKatakana(b)) ||
               (japanese::isLatin(a) && japanese::isLatin(b));
    };
    return joined(page.before(start), page.at(start)) || joined(page.before(end), page.at(end));
}

// の附属病院, における情報通信: a name of an organisation begins with no particle and no ending.
bool beginsWithin(const Page& page, std::size_t start) {
    const Morpheme* const word = page.morphemeAt(start);
    return word != nullptr && !word->unknown && japanese::isHiragana(page.at(start)) &&
           (word->pos == Pos::Particle || word->pos == Pos::Auxiliary || word->pos == Pos::Verb) &&
           (word->start < start || start > 0) && !isStop(page.before(start)) &&
           !japanese::isSpace(page.before(start));
}

// Adds a span of the model unless it is less sure than `least`: alone where the rules found nothing, or over
// weaker candidates inside it.
void offer(Page& page, const std::vector<Candidate>& chosen, std::size_t start, std::size_t end, Label label,
           double confidence, double least) {
    if (groupOf(label) == Group::Name) {
        end = untilTitle(page, start, end);
        if (end <= start) {
            return;
        }
        confidence *= plainWord(page, start, end) ? 0.5 : 1.0;
        confidence *= standsAlone(page, start, end) ? 1.0 : 0.6;
        confidence *= end - start > 1 || hasCue(page, start, end) ? 1.0 : 0.6;
        confidence *= borrowedWord(page, start, end) ? 0.4 : 1.0;
        // 3行目, 2本立て: what is counted; 3山田 is somebody's number and name.
        const std::u32string_view text = page.slice(start, end);
        confidence *= japanese::isDigit(page.before(start)) && !japanese::isLatin(page.at(start)) &&
                              !page.lexicon.isSurname(text.substr(0, text.find(U' ')))
                          ? 0.2
                          : 1.0;
        // Every word of English may begin with a capital, and DICOM writes all of them in capitals.
        confidence *= japanese::isLatin(page.at(start)) ? 0.5 : 1.0;
    }
    if (groupOf(label) != Group::Place && namesNobody(page, start, end)) {
        return;
    }
    if (groupOf(label) == Group::Name && (namesAThing(page, end) || cutsWord(page, start, end) ||
                                          namesAnEvent(page, start, end) || namesAField(page, start, end))) {
        return;
    }
    if (groupOf(label) == Group::Organisation) {
        if (namesAThing(page, end) || beginsWithin(page, start)) {
            return;
        }
        confidence *= plainRun(page, start, end) ? 0.6 : 1.0;
    }
    if (confidence < least || !possible(page, start, end, label)) {
        return;
    }
    int rank = rank::Model;
    auto near = std::lower_bound(chosen.begin(), chosen.end(), start,
                                 [](const Candidate& c, std::size_t at) { return c.end <= at; });
    for (; near != chosen.end() && near->start < end; ++near) {
        const bool inside = near->start >= start && near->end <= end &&
                            near->end - near->start < end - start && near->rank < rank::Contact &&
                            groupOf(near->label) == groupOf(label);
        if (!inside || confidence < 0.7) {
            return;
        }
        rank = std::max(rank, near->rank);
    }
    page.add(start, end, label, confidence, sourceOf(label), rank);
}

// 3/4 正常, 2/6 収縮期雑音: where nobody and no certain date stands, small fractions are no days.
void leaveFractions(Page& page) {
    constexpr int kLargest = 6; // grades of murmurs, parts of a dose, steps of a pain scale
    const auto date = [](const Candidate& c) { return c.label == Label::Date && c.rank >= rank::Cued; };
    if (std::none_of(page.found.begin(), page.found.end(), date)) {
        page.remove(0, [](const Candidate& c) {
            return c.source == "rule.date-slash" && c.day.month <= c.day.day && c.day.day <= kLargest;
        });
    }
}

} // namespace

void findByModel(Page& page, const SequenceModel& model) {
    if (page.morphemes.empty()) {
        return;
    }
    const std::vector<Candidate>& chosen = resolve(page);
    const std::size_t first = page.found.size();
    const std::ptrdiff_t people = foundOfPeople(chosen);
    const auto& lines = tagLines(page, chosen);
    const bool japanese =
        std::any_of(lines.begin(), lines.end(), [&](const TagLine& line) { return inJapanese(page, line); });
    for (const TagLine& line : lines) {
        if (!worthReading(page, line)) {
            continue;
        }
        const bool eager = people >= kFull && inJapanese(page, line);
        const std::int32_t more = eager ? kMoreEager : 0;
        const double least = eager ? kLeastAmong : japanese ? kLeast : kLeastLatin;
        const Decoded* const read = readLine(line, model, kEagerness + more);
        if (read == nullptr) {
            continue;
        }
        const Decoded& decoded = *read;
        for (std::size_t i = 0; i < line.size(); ++i) {
            const std::size_t state = decoded.states[i];
            if (!isFirst(state)) {
                continue;
            }
            const Label label = kModelLabels[labelOfState(state)];
            // In records that devices write every number follows a word: those of people have key words.
            if (leftToRules(label) || (!japanese && groupOf(label) == Group::Other)) {
                continue;
            }
            std::size_t last = i;
            std::int32_t margin = decoded.margins[i];
            while (last + 1 < line.size() && decoded.states[last + 1] == state + 1) {
                ++last;
                margin = std::min(margin, decoded.margins[last]);
            }
            offer(page, chosen, line[i].start, line[last].end, label, confidenceOf(model, margin, more),
                  least);
        }
    }
    if (people == 0 && !agreesOnSomebody(page, first)) {
        // Numbers that nobody stands beside and no word leads to are of products, codes and tags.
        page.remove(first, [](const Candidate& c) {
            return c.confidence < kLeastAlone || groupOf(c.label) == Group::Other;
        });
        leaveFractions(page);
    }
}

} // namespace kamei::detect::text::tagger
