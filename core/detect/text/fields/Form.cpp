#include "core/detect/japanese/Normalise.h"
#include "core/detect/text/fields/Field.h"

namespace kamei::detect::text::fields {

using namespace japanese;

std::size_t digitsIn(const Page& page, std::size_t start, std::size_t end) {
    return static_cast<std::size_t>(std::count_if(page.text.begin() + static_cast<std::ptrdiff_t>(start),
                                                  page.text.begin() + static_cast<std::ptrdiff_t>(end),
                                                  isDigit));
}

bool Covered::has(std::size_t i) const {
    return std::any_of(inside.begin(), inside.end(),
                       [i](const Candidate& c) { return c.start <= i && i < c.end; });
}

int Covered::rank(int least) const {
    for (const Candidate& c : inside) {
        least = std::max(least, c.rank);
    }
    return least;
}

Covered Form::covered(std::size_t start, std::size_t end) const {
    const auto first = std::lower_bound(m_chosen.begin(), m_chosen.end(), start,
                                        [](const Candidate& c, std::size_t at) { return c.end <= at; });
    const auto last = std::lower_bound(first, m_chosen.end(), end,
                                       [](const Candidate& c, std::size_t at) { return c.start < at; });
    return {std::span(first, last)};
}

bool Form::leaves(std::size_t start, std::size_t end, Told told) const {
    const Covered found = covered(start, end);
    for (std::size_t i = start; i < end; ++i) {
        const char32_t c = m_page.text[i];
        const bool tells = told == Told::Code ? isDigit(c) || isLatin(c) : isWord(c);
        if (tells && !found.has(i)) {
            return true;
        }
    }
    return false;
}

void Form::finish() {
    constexpr double kSecondStrength = 0.45; // shown, and asked about, as what is less sure
    for (const Candidate& c : m_added) {
        m_page.add(c.start, c.end, c.label, kSecondStrength, "structure.field", c.rank);
    }
}

} // namespace kamei::detect::text::fields
