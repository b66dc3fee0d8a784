#include "core/detect/text/page/Spacing.h"

#include <algorithm>
#include <string>
#include <vector>

#include "core/detect/text/words/Lexicon.h"

namespace kamei::detect::text::page {
namespace {

using namespace japanese;
using namespace words;

constexpr std::size_t kFewestLetters = 4;  // that stand apart, in a line that counts as spaced
constexpr std::size_t kWidestGap = 3;      // of blanks between words of such a line
constexpr std::size_t kFewestJapanese = 3; // of them; lines of single digits and letters are tables

class Joiner {
public:
    Joiner(Normalised& text, std::string_view utf8, const PhraseTrie& words)
        : m_text(text), m_utf8(utf8), m_words(words) {}

    void run() {
        const std::u32string& text = m_text.text;
        bool before = false; // whether the line before was spaced
        std::size_t seen = 0;
        // A letter alone has a blank two places behind another: most texts are through after this search.
        for (std::size_t at = text.find(U' '); at != text.npos; at = text.find(U' ', at + 1)) {
            if (at + 2 >= text.size() || text[at + 2] != U' ' || text[at + 1] == U' ') {
                continue;
            }
            const std::size_t lineEnd = std::min(text.find(U'\n', at), text.size());
            const std::size_t newLine = text.rfind(U'\n', at);
            const std::size_t start = newLine == text.npos ? 0 : newLine + 1;
            before = before && start == seen;
            before = line(start, lineEnd, before);
            seen = lineEnd + 1;
            at = lineEnd < text.size() ? lineEnd : text.size() - 1;
        }
        if (!m_drop.empty()) {
            std::sort(m_drop.begin(), m_drop.end());
            compress();
        }
    }

private:
    // A run of characters without a blank. What closes a sentence belongs to the letter before it.
    struct Word {
        std::size_t start;
        std::size_t end;
        bool alone;
    };

    bool line(std::size_t start, std::size_t end, bool behindSpaced) {
        const std::u32string& text = m_text.text;
        m_line.clear();
        std::size_t letters = 0;
        std::size_t japanese = 0;
        std::size_t apart = 0;
        bool marked = false;
        for (std::size_t i = start; i < end;) {
            if (isBlank(text[i])) {
                ++i;
                continue;
            }
            std::size_t k = i;
            while (k < end && !isBlank(text[k])) {
                ++k;
            }
            const bool closed = k - i == 2 && (text[k - 1] == U'、' || text[k - 1] == U'。');
            const bool alone = (k - i == 1 || closed) && text[i] != U'|';
            m_line.push_back({i, k, alone});
            letters += k - i;
            i = k;
        }
        for (std::size_t w = 0; w < m_line.size(); ++w) {
            const Word& word = m_line[w];
            const bool behind = w > 0 && m_line[w - 1].alone && word.start - m_line[w - 1].end == 1;
            const bool ahead =
                w + 1 < m_line.size() && m_line[w + 1].alone && m_line[w + 1].start - word.end == 1;
            if (word.alone && (behind || ahead)) {
                apart += word.end - word.start;
                japanese += isJapanese(text[word.start]) ? 1 : 0;
                marked = marked || text[word.start] == U'-' || isLatin(text[word.start]);
            }
        }
        if (apart < kFewestLetters || apart * 2 <= letters ||
            (japanese < kFewestJapanese && !(behindSpaced && marked))) {
            return false;
        }
        return join();
    }

    bool join() {
        if (m_original.empty()) {
            m_original = toCodePoints(m_utf8);
        }
        const std::u32string& text = m_text.text;
        m_joined.clear();
        m_gaps.clear();
        for (std::size_t w = 0; w < m_line.size(); ++w) {
            const Word& word = m_line[w];
            if (w > 0) {
                const Word& last = m_line[w - 1];
                const std::size_t gap = last.end;
                const bool single = word.start - gap == 1 && m_original[m_text.begin[gap]] == U' ';
                const bool between = text[gap - 1] != U'|' && text[word.start] != U'|';
                if (single && between && (last.alone || word.alone)) {
                    m_gaps.push_back({gap, m_joined.size()});
                } else {
                    m_joined.push_back(U' ');
                }
                narrow(gap, word.start);
            }
            m_joined.append(text, word.start, word.end - word.start);
        }
        // The edges of key words keep their blanks: "主治医 南江口", not a name that might begin anywhere.
        m_edges.assign(m_joined.size() + 1, false);
        for (std::size_t i = 0; i < m_joined.size();) {
            const PhraseTrie::Match match = m_words.longest(m_joined, i);
            if (match.length < 2 || (match.bits & (kind::AnyLabel | kind::NameCue)) == 0) {
                i += std::max<std::size_t>(match.length, 1);
                continue;
            }
            m_edges[i] = true;
            i += match.length;
            m_edges[i] = true;
        }
        for (const Gap& gap : m_gaps) {
            if (!m_edges[gap.joined]) {
                m_drop.push_back(gap.at);
            }
        }
        return true;
    }

    // Where letters stand apart, the blank between words is two or three wide: "上 別 府   実".
    void narrow(std::size_t start, std::size_t end) {
        if (end - start > 1 && end - start <= kWidestGap) {
            for (std::size_t i = start + 1; i < end; ++i) {
                m_drop.push_back(i);
            }
        }
    }

    void compress() {
        std::size_t to = m_drop.front();
        auto next = m_drop.begin();
        for (std::size_t from = to; from < m_text.text.size(); ++from) {
            if (next != m_drop.end() && *next == from) {
                ++next;
                continue;
            }
            m_text.text[to] = m_text.text[from];
            m_text.begin[to] = m_text.begin[from];
            m_text.end[to] = m_text.end[from];
            ++to;
        }
        m_text.text.resize(to);
        m_text.begin.resize(to);
        m_text.end.resize(to);
    }

    struct Gap {
        std::size_t at;     ///< of the blank in the text
        std::size_t joined; ///< of what follows it in the joined line
    };

    Normalised& m_text;
    std::string_view m_utf8;
    const PhraseTrie& m_words;
    std::u32string m_original; ///< read only when a line asks for it
    std::vector<Word> m_line;
    std::u32string m_joined;
    std::vector<Gap> m_gaps;
    std::vector<bool> m_edges;
    std::vector<std::size_t> m_drop;
};

} // namespace

void joinSpacedLetters(Normalised& text, std::string_view utf8, const PhraseTrie& words) {
    Joiner(text, utf8, words).run();
}

} // namespace kamei::detect::text::page
