#include <algorithm>
#include <array>

#include "core/detect/text/places/Units.h"
#include "core/detect/text/values/NumberShapes.h"

namespace kamei::detect::text::places {
namespace {

using namespace japanese;
using namespace values;

constexpr std::size_t kMostWords = 8;

/// Addresses in Latin letters: "1099-5 Shirakawa-cho, Takayama, Gifu 506-0199", "99 Fictional Lane, Apt 0".
/// They begin with the lot and hold a word of streets or of Japanese parts of towns.
class LatinAddressFinder {
public:
    explicit LatinAddressFinder(Page& page) : m_page(page) {}

    void run() {
        for (std::size_t i = 0; i < m_page.text.size(); ++i) {
            if (!isDigit(m_page.text[i]) || isWord(m_page.before(i)) || m_page.before(i) == U'-' ||
                m_page.before(i) == U'.') {
                continue;
            }
            std::size_t k = i;
            while (isDigit(m_page.at(k)) || (m_page.at(k) == U'-' && isDigit(m_page.at(k + 1)))) {
                ++k;
            }
            // The town begins with a capital right behind the lot.
            const std::size_t town = m_page.at(k) == U',' ? k + 2 : k + 1;
            if (k - i <= 12 && isBlank(m_page.at(town - 1)) && isUpper(m_page.at(town))) {
                read(i, town);
            }
            i = k - 1;
        }
    }

private:
    struct Word {
        std::size_t start = 0;
        std::size_t end = 0;
    };

    Word wordAt(std::size_t i) const {
        std::size_t end = i;
        while (isLatin(m_page.at(end)) || (m_page.at(end) == U'-' && isLatin(m_page.at(end + 1))) ||
               (m_page.at(end) == U'\'' && isLatin(m_page.at(end + 1)))) {
            ++end;
        }
        return {i, end};
    }

    static bool isTown(std::u32string_view word) {
        static constexpr std::array<std::u32string_view, 11> kEnds{U"-cho", U"-machi", U"-ku",   U"-shi",
                                                                   U"-ken", U"-gun",   U"-mura", U"-chome",
                                                                   U"-son", U"-fu",    U"-dori"};
        return std::any_of(kEnds.begin(), kEnds.end(), [&](std::u32string_view end) {
            return word.size() > end.size() + 1 && word.ends_with(end);
        });
    }

    static bool isStreet(std::u32string_view word) {
        static constexpr std::array<std::u32string_view, 12> kWords{
            U"Street", U"St",    U"Road",      U"Rd",   U"Lane",  U"Avenue",
            U"Ave",    U"Drive", U"Boulevard", U"Blvd", U"Court", U"Terrace"};
        return std::find(kWords.begin(), kWords.end(), word) != kWords.end();
    }

    void read(std::size_t start, std::size_t town) {
        std::size_t end = 0;
        bool place = false;
        std::size_t i = town;
        for (std::size_t words = 0; words < kMostWords; ++words) {
            const Word word = wordAt(i);
            if (word.end == word.start || !isUpper(m_page.at(word.start))) {
                break;
            }
            const std::u32string_view text = m_page.slice(word.start, word.end);
            place = place || isTown(text) || (words > 0 && isStreet(text));
            end = word.end;
            i = end;
            if (m_page.at(i) == U'.' && isStreet(text)) {
                ++i;
            }
            const bool comma = m_page.at(i) == U',';
            i = m_page.skipBlanks(comma ? i + 1 : i);
            if (text == U"Apt" || text == U"Room" || text == U"Unit") {
                while (isDigit(m_page.at(i))) {
                    end = ++i;
                }
            }
            if (i == end) {
                break;
            }
        }
        if (!place) {
            return;
        }
        m_page.add(start, end, Label::Address, 0.85, "rule.address-latin", rank::Organisation + 1);
        const std::size_t code = m_page.skipBlanks(m_page.at(end) == U',' ? end + 1 : end);
        if (const std::size_t length = readPostalCode(m_page.text, code);
            length > 0 && !isWord(m_page.at(code + length))) {
            m_page.add(code, code + length, Label::PostalCode, 0.85, "rule.postal-code", rank::Contact - 1);
        }
    }

    Page& m_page;
};

} // namespace

void findLatinAddresses(Page& page) {
    LatinAddressFinder(page).run();
}

} // namespace kamei::detect::text::places
