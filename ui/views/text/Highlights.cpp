#include "ui/views/text/Highlights.h"

#include <algorithm>

namespace kamei::ui::views::text {
namespace {

bool inText(const model::Finding& finding) {
    return (finding.locator.kind == model::Locator::Kind::Text ||
            finding.locator.kind == model::Locator::Kind::Cell) &&
           finding.locator.end > finding.locator.start;
}

} // namespace

Highlights::Highlights(std::vector<Highlight> rows) : m_rows(std::move(rows)) {
    std::stable_sort(m_rows.begin(), m_rows.end(), [](const Highlight& a, const Highlight& b) {
        return a.start != b.start ? a.start < b.start : a.end > b.end;
    });
    m_furthest.reserve(m_rows.size());
    int furthest = 0;
    for (const auto& row : m_rows) {
        furthest = std::max(furthest, row.end);
        m_furthest.push_back(furthest);
    }
    // From the back, so that what lies inside has its level before what lies around it.
    for (std::size_t i = m_rows.size(); i-- > 0;) {
        for (std::size_t j = i + 1; j < m_rows.size() && m_rows[j].start < m_rows[i].end; ++j) {
            m_rows[i].level = std::min(2, std::max(m_rows[i].level, m_rows[j].level + 1));
            if (m_rows[i].level == 2) {
                break;
            }
        }
    }
}

std::size_t Highlights::firstNotBefore(int position) const {
    const auto row = std::lower_bound(m_rows.begin(), m_rows.end(), position,
                                      [](const Highlight& highlight, int p) { return highlight.start < p; });
    return static_cast<std::size_t>(row - m_rows.begin());
}

std::vector<base::FindingId> Highlights::at(int position) const {
    std::vector<Highlight> found;
    in(position, position + 1, [&found](const Highlight& highlight) { found.push_back(highlight); });
    std::stable_sort(found.begin(), found.end(), [](const Highlight& a, const Highlight& b) {
        return a.end - a.start < b.end - b.start;
    });
    std::vector<base::FindingId> ids;
    ids.reserve(found.size());
    for (const auto& highlight : found) {
        ids.push_back(highlight.finding);
    }
    return ids;
}

const Highlight* Highlights::find(base::FindingId finding) const {
    const auto row = std::find_if(m_rows.begin(), m_rows.end(), [finding](const Highlight& highlight) {
        return highlight.finding == finding;
    });
    return row == m_rows.end() ? nullptr : &*row;
}

Highlights highlightsOf(const PaperText& paper, const std::vector<model::Finding>& findings) {
    std::vector<Highlight> rows;
    rows.reserve(findings.size());
    for (const auto& finding : findings) {
        if (!inText(finding)) {
            continue;
        }
        if (const auto range = paper.fromSource(finding.locator.start, finding.locator.end)) {
            rows.push_back(
                {finding.id, range->first, range->second, finding.category, finding.state, 0, false});
        }
    }
    return Highlights(std::move(rows));
}

Highlights writtenParts(const PaperText& after, const job::ShownText& before,
                        const std::vector<model::Finding>& findings) {
    struct Cut {
        std::int64_t start;
        std::int64_t end;
        const model::Finding* finding;
    };
    std::vector<Cut> cuts;
    for (const auto& finding : findings) {
        // What is open is staged as suggested, so that nothing open leaves unprocessed.
        const model::Action action =
            finding.state == model::DecisionState::Open ? finding.suggested : finding.effective();
        if (inText(finding) && action != model::Action::Keep) {
            cuts.push_back({finding.locator.start, finding.locator.end, &finding});
        }
    }
    std::sort(cuts.begin(), cuts.end(), [](const Cut& a, const Cut& b) { return a.start < b.start; });
    std::vector<Cut> merged; // overlapping ones are written as one (TextSource::rewrite)
    for (const auto& cut : cuts) {
        if (!merged.empty() && cut.start < merged.back().end) {
            merged.back().end = std::max(merged.back().end, cut.end);
        } else {
            merged.push_back(cut);
        }
    }
    // Both sides as they stand in their files; positions on the paper follow from code points.
    const std::string& text = after.shown().source.text();
    std::vector<Highlight> rows;
    std::size_t at = 0;
    std::int64_t gapStart = 0;
    std::int64_t codePoint = 0;
    std::size_t counted = 0;
    const auto codePointAt = [&](std::size_t byte) {
        for (; counted < byte; ++counted) {
            codePoint += (static_cast<unsigned char>(text[counted]) & 0xC0U) != 0x80U ? 1 : 0;
        }
        return codePoint;
    };
    std::size_t writtenFrom = 0;
    const Cut* open = nullptr;
    for (std::size_t i = 0; i <= merged.size(); ++i) {
        const bool last = i == merged.size();
        const std::string gap =
            before.source.slice(gapStart, last ? before.source.length() : merged[i].start);
        std::size_t found = at;
        if (last) {
            found = text.size() >= gap.size() ? text.size() - gap.size() : std::string::npos;
        } else if (open != nullptr) {
            found = text.find(gap, at);
        }
        if (found == std::string::npos || found < at || text.compare(found, gap.size(), gap) != 0) {
            return {};
        }
        if (open != nullptr && found > writtenFrom) {
            const std::int64_t start = codePointAt(writtenFrom);
            const std::int64_t end = codePointAt(found);
            if (const auto range = after.fromSource(start, end)) {
                rows.push_back({open->finding->id, range->first, range->second, open->finding->category,
                                open->finding->state, 0, true});
            }
        }
        if (last) {
            break;
        }
        at = found + gap.size();
        writtenFrom = at;
        gapStart = merged[i].end;
        open = &merged[i];
    }
    return Highlights(std::move(rows));
}

} // namespace kamei::ui::views::text
