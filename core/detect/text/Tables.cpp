#include <algorithm>
#include <array>

#include "core/detect/text/TableCells.h"

namespace kamei::detect::text {
namespace {

using namespace japanese;

constexpr std::size_t kFewestCells = 3;
constexpr std::size_t kMostCells = 40;
constexpr int kMostStrange = 2; // rows side by side that do not fit a table of aligned columns

// How the cells of a row are parted.
enum class Mark { Comma, Bar, Tab, Slash, Blanks, Blank };

/// Rows below a heading of key words: 受付No,ID,氏名,カナ,生年月日. Every cell has the label of its column.
class TableFinder {
public:
    explicit TableFinder(Page& page) : m_page(page), m_reader(page) {}

    void run() {
        for (std::size_t start = 0; start < m_page.text.size();) {
            const std::size_t end = lineEnd(start);
            std::size_t next = end + 1;
            if (const auto mark = markOf({start, end}); mark && heading({start, end}, *mark)) {
                m_fitting = 0;
                next = rows(next, *mark);
                if (m_fitting > 0) {
                    m_page.headings.push_back({start, end});
                }
            } else if (mark == Mark::Bar || mark == Mark::Tab) {
                pairs({start, end}, *mark);
            }
            start = next;
        }
    }

private:
    std::size_t lineEnd(std::size_t start) const {
        std::size_t end = start;
        while (end < m_page.text.size() && !isLineEnd(m_page.text[end])) {
            ++end;
        }
        return end;
    }

    // The mark that parts the most cells, if a line has enough of it.
    std::optional<Mark> markOf(Stretch line) const {
        std::array<std::size_t, 6> counts{};
        char32_t last = 0;
        for (std::size_t i = line.start; i < line.end; ++i) {
            const char32_t c = m_page.text[i];
            if (c == U',') {
                ++counts[0];
            } else if (c == U'|') {
                ++counts[1];
            } else if (c == U'\t') {
                ++counts[2];
            } else if (c == U'/') {
                ++counts[3];
            } else if (c == U' ') {
                counts[4] += last == U' ' && i > line.start + 1 && m_page.text[i - 2] != U' ' ? 1 : 0;
                counts[5] += last != U' ' ? 1 : 0;
            }
            last = c;
        }
        for (std::size_t k = 0; k < counts.size(); ++k) {
            if (counts[k] + 1 >= kFewestCells) {
                return static_cast<Mark>(k);
            }
        }
        return std::nullopt;
    }

    bool parts(std::size_t i, Mark mark) const {
        const char32_t c = m_page.text[i];
        switch (mark) {
        case Mark::Comma:
            return c == U',';
        case Mark::Bar:
            return c == U'|';
        case Mark::Tab:
            return c == U'\t';
        case Mark::Slash: // not within 1979/06/12
            return c == U'/' && !(isDigit(m_page.before(i)) && isDigit(m_page.at(i + 1)));
        default:
            return false;
        }
    }

    Stretch unquoted(Stretch cell) const {
        const bool quoted =
            cell.end > cell.start + 1 && m_page.at(cell.start) == U'"' && m_page.before(cell.end) == U'"';
        return quoted ? Stretch{cell.start + 1, cell.end - 1} : cell;
    }

    void split(Stretch line, Mark mark, std::vector<Stretch>& out) const {
        out.clear();
        if (mark == Mark::Blanks || mark == Mark::Blank) {
            const std::size_t wide = mark == Mark::Blanks ? 2 : 1;
            for (std::size_t i = m_page.skipBlanks(line.start); i < line.end;) {
                std::size_t k = i;
                std::size_t next = k;
                while (k < line.end && (next = m_page.skipBlanks(k)) - k < wide && next <= line.end) {
                    k = next > k ? next : k + 1;
                }
                out.push_back({i, std::min(k, line.end)});
                i = std::max(next, k);
            }
            return;
        }
        std::size_t start = line.start;
        bool quoted = false;
        for (std::size_t i = line.start; i <= line.end; ++i) {
            if (i < line.end && m_page.text[i] == U'"' && mark == Mark::Comma) {
                quoted = !quoted;
            }
            if (i == line.end || (!quoted && parts(i, mark))) {
                const std::size_t first = std::min(m_page.skipBlanks(start), i);
                out.push_back(unquoted({first, std::max(first, m_page.skipBlanksBack(i))}));
                start = i + 1;
            }
        }
    }

    // Heads that are key words only in a heading; those of exports of picture archives are the keywords of
    // PS3.6.
    static std::uint64_t plainHead(std::u32string_view text) {
        static constexpr std::array<std::pair<std::u32string_view, std::uint64_t>, 24> kHeads{
            {{U"name", kind::PatientField},
             {U"kana", kind::PatientField},
             {U"かな", kind::PatientField},
             {U"よみ", kind::PatientField},
             {U"名", kind::PatientField},
             {U"id", kind::ChartLabel},
             {U"sex", kind::SexLabel},
             {U"age", kind::AgeLabel},
             {U"齢", kind::AgeLabel},
             {U"歳", kind::AgeLabel},
             {U"dr", kind::ClinicianCue},
             {U"受持", kind::ClinicianCue},
             {U"PatientID", kind::ChartLabel},
             {U"OtherPatientIDs", kind::ChartLabel},
             {U"PatientName", kind::PatientField},
             {U"PatientBirthDate", kind::BirthLabel},
             {U"PatientSex", kind::SexLabel},
             {U"PatientAge", kind::AgeLabel},
             {U"AccessionNumber", kind::ExamLabel},
             {U"StudyDate", kind::DateLabel},
             {U"StudyInstanceUID", kind::ExamLabel},
             {U"ReferringPhysicianName", kind::ClinicianCue},
             {U"PerformingPhysicianName", kind::ClinicianCue},
             {U"InstitutionName", kind::FacilityLabel}}};
        for (const auto& [word, bits] : kHeads) {
            if (word == text) {
                return bits;
            }
        }
        return 0;
    }

    Column columnOf(Stretch cell) const {
        std::size_t end = cell.end;
        if (end > cell.start && m_page.before(end) == U')') {
            const std::size_t open = m_page.slice(cell.start, end).find(U'(');
            end = open == std::u32string_view::npos ? end : cell.start + open;
        }
        Column out;
        const std::u32string_view text = m_page.slice(cell.start, end);
        const Cue* const cue = m_page.cueFrom(cell.start, kind::AnyLabel | kind::NameCue);
        out.bits = cue != nullptr && cue->end == end ? cue->bits : plainHead(text);
        out.counts = (out.bits & kind::ChartLabel) != 0 && text.size() <= 3 && text != U"ID" && text != U"id";
        out.sign = text.ends_with(U"記号");
        out.kana = (out.bits & kind::PatientField) != 0 &&
                   (text.find(U"カナ") != text.npos || text.find(U"ガナ") != text.npos || text == U"kana" ||
                    text.find(U"よみ") != text.npos || text.find(U"ヨミ") != text.npos);
        // What somebody did is headed like who did it: 確認, 判定.
        if ((out.bits & kind::Decoy) != 0 || m_page.lexicon.isTerm(text, term::Activity)) {
            out.bits &= ~(kind::NumberLabel | kind::NameCue);
        }
        out.key = {static_cast<std::uint32_t>(cell.start), static_cast<std::uint32_t>(end), out.bits};
        return out;
    }

    // Whether a column holds what was measured, so that its neighbours name tests.
    static bool measures(std::u32string_view text) {
        static constexpr std::array<std::u32string_view, 10> kHeads{U"Value",  U"value", U"Units", U"Unit",
                                                                    U"Result", U"結果",  U"単位",  U"基準値",
                                                                    U"測定値", U"検査値"};
        return std::find(kHeads.begin(), kHeads.end(), text) != kHeads.end();
    }

    // 男, 山田 太郎: behind its key word it is a value, and the line no heading.
    bool isValue(std::u32string_view text) const {
        const std::u32string_view first = text.substr(0, text.find(U' '));
        return text == U"男" || text == U"女" ||
               (first.size() > 1 && (m_page.lexicon.isSurname(first) || m_page.lexicon.isGiven(first)));
    }

    // Whether a column can only be of people: 患者ID, 電話, but not 検体番号 nor No.
    bool isOfPerson(const Column& column) const {
        static constexpr std::array<std::u32string_view, 8> kNumbered{
            U"患者", U"カルテ", U"診察券", U"診療録", U"受診者", U"利用者", U"被験者", U"対象者"};
        constexpr std::uint64_t kOfPeople = kind::NameCue | kind::BirthLabel | kind::SexLabel |
                                            kind::AddressLabel | kind::InsuranceLabel | kind::PhoneLabel |
                                            kind::MyNumberLabel | kind::PensionLabel | kind::LicenceLabel |
                                            kind::PassportLabel;
        return (column.bits & kOfPeople) != 0 ||
               ((column.bits & kind::ChartLabel) != 0 &&
                std::any_of(kNumbered.begin(), kNumbered.end(), [&](std::u32string_view word) {
                    return m_page.startsWith(column.key.start, word);
                }));
    }

    // 小鳥遊 誠一郎: a family name and a given name.
    static bool isTwoWords(std::u32string_view text) {
        const std::size_t blank = text.find(U' ');
        return blank != text.npos && blank > 0 && blank + 1 < text.size() &&
               std::all_of(text.begin(), text.end(),
                           [](char32_t c) { return c == U' ' || names::isNameCharacter(c); });
    }

    // At least two key words side by side, one of which is of a person, and nothing that is a value.
    bool heading(Stretch line, Mark mark) {
        split(line, mark, m_cells);
        if (m_cells.size() < kFewestCells || m_cells.size() > kMostCells) {
            return false;
        }
        m_columns.clear();
        std::size_t labels = 0;
        std::size_t filled = 0;
        bool beside = false;
        bool person = false;
        bool last = false;
        bool named = false;
        for (const Stretch cell : m_cells) {
            Column column;
            if (cell.end > cell.start) {
                const std::u32string_view text = m_page.slice(cell.start, cell.end);
                if (measures(text) || cell.end - cell.start > 24 ||
                    std::any_of(text.begin(), text.end(), isDigit)) {
                    return false;
                }
                column = columnOf(cell);
                const bool label = column.bits != 0;
                if (!label && last && (isValue(text) || (named && isTwoWords(text)))) {
                    return false;
                }
                ++filled;
                labels += label ? 1 : 0;
                beside = beside || (label && last);
                last = label;
                named = (column.bits & kind::NameCue) != 0;
                person = person || isOfPerson(column);
            } else {
                last = false; // 氏名||性別|男: a field that was left open
            }
            m_columns.push_back(column);
        }
        const bool all = labels == filled;
        const bool blanks = mark == Mark::Blanks || mark == Mark::Blank;
        const bool enough = mark == Mark::Blank ? all && labels >= 4 : labels >= (blanks ? 3 : 2);
        // One name and much else heads tables of tests as well; two words in three or three in all do not.
        if (!beside || !person || !enough || (labels < 3 && labels * 2 + 1 < filled)) {
            return false;
        }
        m_reader.setColumns(m_columns);
        return true;
    }

    // |患者ID|0-218834|氏名|宗我部 誠一|: key words with their values behind them.
    void pairs(Stretch line, Mark mark) {
        split(line, mark, m_cells);
        m_reader.setColumns({});
        for (std::size_t k = 0; k + 1 < m_cells.size(); ++k) {
            if (m_cells[k].end == m_cells[k].start) {
                continue;
            }
            if (const Column column = columnOf(m_cells[k]);
                column.bits != 0 && columnOf(m_cells[k + 1]).bits == 0) {
                m_reader.read(column, m_cells[++k]);
            }
        }
    }

    static bool onlyLines(std::u32string_view text) {
        return std::all_of(text.begin(), text.end(), [](char32_t c) { return oneOf(U"-=+|: \t", c); });
    }

    // Reads the rows that begin at `start`; where the table ends.
    std::size_t rows(std::size_t start, Mark mark) {
        const std::size_t width = m_columns.size();
        std::size_t lastLabel = 0;
        for (std::size_t k = 0; k < width; ++k) {
            lastLabel = m_columns[k].bits != 0 ? k : lastLabel;
        }
        const bool blanks = mark == Mark::Blanks || mark == Mark::Blank;
        int strange = 0; // rows in aligned columns that do not fit
        while (start < m_page.text.size()) {
            const Stretch line{start, lineEnd(start)};
            split(line, mark, m_cells);
            if (m_cells.size() < 2 || m_page.skipBlanks(line.start) >= line.end) {
                break;
            }
            const std::size_t next = line.end + 1;
            if (onlyLines(m_page.slice(line.start, line.end))) {
                start = next;
                continue;
            }
            if (blanks && m_cells.size() > width) {
                joinNames(width);
            }
            const bool fits = m_cells.size() == width || (!blanks && m_cells.size() > lastLabel &&
                                                          (m_cells.size() < width || lastLabel + 1 < width));
            if (fits) {
                ++m_fitting;
                strange = 0;
                for (std::size_t k = 0; k < std::min(width, m_cells.size()); ++k) {
                    const Column& column = m_columns[k];
                    m_reader.read(column, m_cells[k]);
                    if (column.bits != 0 && !column.counts) {
                        m_page.cells.push_back({column.key, m_cells[k]});
                    }
                }
            } else if (mark == Mark::Blank || (!blanks && m_cells.size() * 2 < width) ||
                       ++strange > kMostStrange) {
                break; // in aligned columns "(空床)" is no end
            }
            start = next;
        }
        return start;
    }

    // "1 佐藤 太郎 70 男": the blank in a name parts no cells.
    void joinNames(std::size_t width) {
        std::size_t names = 0;
        for (const Column& column : m_columns) {
            names += (column.bits & kind::PatientField) != 0 ? 1 : 0;
        }
        if (m_cells.size() != width + names) {
            return;
        }
        std::vector<Stretch> joined;
        std::size_t at = 0;
        for (const Column& column : m_columns) {
            const std::size_t first = at;
            at += (column.bits & kind::PatientField) != 0 ? 2 : 1;
            joined.push_back({m_cells[first].start, m_cells[at - 1].end});
        }
        m_cells = std::move(joined);
    }

    Page& m_page;
    std::vector<Stretch> m_cells;
    std::vector<Column> m_columns;
    std::size_t m_fitting = 0; ///< rows of the table that have its columns
    CellReader m_reader;
};

} // namespace

void findTables(Page& page) {
    TableFinder(page).run();
}

} // namespace kamei::detect::text
