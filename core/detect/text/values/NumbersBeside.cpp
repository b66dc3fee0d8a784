#include <algorithm>

#include "core/detect/text/values/DateForms.h"
#include "core/detect/text/values/NumberShapes.h"
#include "core/detect/text/values/Units.h"

namespace kamei::detect::text::values {
namespace {

using namespace japanese;

constexpr std::size_t kMostCandidates = 4096; // of a page
constexpr std::size_t kFewestDigits = 5;      // of a number that only its place behind a name shows

/// Numbers that their neighbours show: behind the name of a patient, behind another chart number.
class BesideFinder {
public:
    explicit BesideFinder(Page& page) : m_page(page) {}

    void run() {
        for (std::size_t k = 0; k < m_page.found.size() && k < kMostCandidates; ++k) {
            const Candidate c = m_page.found[k];
            if ((c.label == Label::PatientName || c.label == Label::OtherName) && c.confidence >= 0.4) {
                behindName(c.end);
            } else if (c.label == Label::ChartNo || c.label == Label::ExamId) {
                behindNumber(c);
            }
        }
        halves();
    }

private:
    bool ends(std::size_t i) const {
        const char32_t c = m_page.at(i);
        return !isWord(c) && !oneOf(U"%/.,~*×℃°:-", c);
    }

    // 00-9913-2, 3301-4, 40012; no pressure of the blood, no date.
    bool chartLike(const NumberShape& shape) const {
        const std::u32string_view text = m_page.slice(shape.start, shape.end);
        const auto hyphens = std::count(text.begin(), text.end(), U'-');
        if (shape.letters > 0 || shape.grouped || shape.digits.size() < kFewestDigits ||
            shape.digits.size() > 10 ||
            static_cast<std::size_t>(hyphens) + shape.digits.size() != text.size() || !ends(shape.end)) {
            return false;
        }
        const std::size_t first = text.find(U'-');
        const bool pressure = hyphens == 1 && first >= 2 && first <= 3 && text.size() - first <= 4 &&
                              text[0] <= U'2' && (first == 3 || text[0] >= U'8');
        const auto date = readDate(m_page.text, shape.start);
        return !pressure && !(date && shape.start + date->length >= shape.end);
    }

    // Past age and sex, which may stand between: "阿倍 仲子 77 女 330-11".
    std::size_t pastTraits(std::size_t i) const {
        for (int step = 0; step < 4; ++step) {
            const std::size_t from = i;
            if (const Cue* const title = m_page.cueFrom(i, kind::NameEnd)) {
                i = title->end;
            }
            i = m_page.skipBlanks(i);
            std::size_t k = i;
            while (isDigit(m_page.at(k)) && k - i < 3) {
                ++k;
            }
            if (k > i && (oneOf(U"歳才", m_page.at(k)) || isBlank(m_page.at(k)))) {
                i = k + (isBlank(m_page.at(k)) ? 0 : 1);
            } else if (oneOf(U"男女", m_page.at(i)) ||
                       (oneOf(U"MF", m_page.at(i)) && isBlank(m_page.at(i + 1)))) {
                i += m_page.at(i + 1) == U'性' ? 2 : 1;
            }
            if (i == from) {
                break;
            }
        }
        return m_page.skipBlanks(i);
    }

    // What something longer holds is part of it: the lot of an address.
    bool inside(const NumberShape& shape) const {
        return std::any_of(m_page.found.begin(), m_page.found.end(), [&](const Candidate& c) {
            return c.start < shape.end && shape.start < c.end &&
                   (c.rank >= rank::Shape || c.start < shape.start || c.end > shape.end);
        });
    }

    void behindName(std::size_t end) {
        std::size_t i = pastTraits(end);
        const bool bracket = m_page.at(i) == U'(';
        i += bracket ? 1 : 0;
        if (i == end || !isDigit(m_page.at(i))) {
            return;
        }
        const auto shape = readNumberShape(m_page.text, i);
        if (shape && chartLike(*shape) && !inside(*shape)) {
            m_page.add(shape->start, shape->end, Label::ChartNo, 0.5, "structure.beside-name", rank::Shape);
        }
    }

    // "IDが0071-3と0071-8": a second number of the same form.
    void behindNumber(const Candidate& number) {
        std::size_t i = m_page.skipBlanks(number.end);
        if (!oneOf(U"と、・,/→", m_page.at(i))) {
            return;
        }
        i = m_page.skipBlanks(i + 1);
        const auto shape = isDigit(m_page.at(i)) ? readNumberShape(m_page.text, i) : std::nullopt;
        if (!shape || !ends(shape->end) || m_page.taken(shape->start, shape->end, rank::Shape)) {
            return;
        }
        const std::u32string_view first = m_page.slice(number.start, number.end);
        const std::u32string_view second = m_page.slice(shape->start, shape->end);
        const bool same = first.size() == second.size() && second.size() >= 4 &&
                          std::equal(first.begin(), first.end(), second.begin(), [](char32_t a, char32_t b) {
                              return (isDigit(a) && isDigit(b)) || a == b;
                          });
        if (same) {
            m_page.add(shape->start, shape->end, number.label, 0.7, "structure.beside-number", rank::Shape);
        }
    }

    // 奈添12・003456: symbol and number of an insurance are one number with its mark.
    void halves() {
        const std::vector<Candidate> chosen = resolve(m_page);
        const auto part = [](const Candidate& c) {
            return c.label == Label::InsuranceNo && c.rank < rank::Known;
        };
        for (std::size_t first = 0, next = 1; first < chosen.size(); first = next++) {
            while (part(chosen[first]) && next < chosen.size() && part(chosen[next]) &&
                   chosen[next].start == chosen[next - 1].end + 1 &&
                   m_page.at(chosen[next - 1].end) == U'・') {
                ++next;
            }
            const Candidate& last = chosen[next - 1];
            if (next - first > 1) {
                m_page.add(chosen[first].start, last.end, last.label,
                           std::min(chosen[first].confidence, last.confidence), "structure.halves",
                           rank::Known - 1);
            }
        }
    }

    Page& m_page;
};

} // namespace

void findNumbersBeside(Page& page) {
    BesideFinder(page).run();
}

} // namespace kamei::detect::text::values
