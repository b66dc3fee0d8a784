#pragma once

#include <cstdint>
#include <vector>

#include "core/model/Finding.h"
#include "ui/views/text/PaperText.h"

namespace kamei::ui::views::text {

/// A finding as it is marked on the paper. Filled while open, line only once decided, struck when
/// rejected.
struct Highlight {
    base::FindingId finding;
    int start = 0; ///< UTF-16 position in PaperText::text()
    int end = 0;
    model::Category category = model::Category::None;
    model::DecisionState state = model::DecisionState::Open;
    /// 0 for the innermost of overlapping candidates; each one around it draws its line lower.
    int level = 0;
    /// Where a value was put in place of another (the side after processing).
    bool written = false;
};

/// All highlights of a text, found by position.
class Highlights {
public:
    Highlights() = default;
    explicit Highlights(std::vector<Highlight> rows);

    /// Highlights that overlap start..end, in order of their start. `visit` takes a const Highlight&.
    template <class Visit> void in(int start, int end, Visit visit) const {
        auto i = firstNotBefore(end);
        std::size_t from = i;
        while (from > 0 && m_furthest[from - 1] > start) {
            --from;
        }
        for (; from < i; ++from) {
            if (m_rows[from].end > start) {
                visit(m_rows[from]);
            }
        }
    }
    /// Findings at a position, innermost first.
    [[nodiscard]] std::vector<base::FindingId> at(int position) const;
    [[nodiscard]] const Highlight* find(base::FindingId finding) const;
    [[nodiscard]] const std::vector<Highlight>& all() const { return m_rows; }

private:
    [[nodiscard]] std::size_t firstNotBefore(int position) const;

    std::vector<Highlight> m_rows; ///< by start, longer first
    std::vector<int> m_furthest;   ///< largest end of rows 0..i
};

/// Highlights of an asset's findings on the side before processing. Any thread.
[[nodiscard]] Highlights highlightsOf(const PaperText& paper, const std::vector<model::Finding>& findings);

/// What processing wrote, marked on the side after it: found by matching the stretches between the
/// findings that were carried out, in order. Empty when the two sides do not fit. Any thread.
[[nodiscard]] Highlights writtenParts(const PaperText& after, const job::ShownText& before,
                                      const std::vector<model::Finding>& findings);

} // namespace kamei::ui::views::text
