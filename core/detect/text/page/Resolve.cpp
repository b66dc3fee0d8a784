#include <algorithm>
#include <cstring>

#include "core/detect/text/page/Page.h"

namespace kamei::detect::text::page {
namespace {

bool isName(Label label) {
    return label <= Label::OtherName;
}

// Names of diseases, tests and instruments, and words that are none, veto what lies in them.
bool vetoed(const Page& page, const Candidate& c) {
    if (c.rank >= rank::Known || !(isName(c.label) || c.label == Label::Organization ||
                                   c.label == Label::Facility || c.label == Label::Occupation)) {
        return false;
    }
    for (std::size_t i = c.start >= 12 ? c.start - 12 : 0; i < c.end; ++i) {
        const Cue* const cue = page.cueFrom(i, kind::Eponym | kind::NotName);
        if (cue == nullptr || cue->end <= c.start) {
            continue;
        }
        // 主婦: no name, and a job.
        if (c.label == Label::Occupation && (cue->bits & kind::Occupation) != 0) {
            continue;
        }
        const bool covers = cue->start <= c.start && cue->end >= c.end;
        const bool begins = cue->start <= c.start && cue->end > c.start && (cue->bits & kind::Eponym) != 0;
        if (covers || (begins && isName(c.label))) {
            return true;
        }
    }
    return false;
}

bool isNumber(Label label) {
    return label == Label::Phone || label >= Label::ChartNo;
}

// Whether something longer that was found is of the kind of what is known and lies in it: 平塚市 is known of
// the person, 平塚市明石町9番9号 stands there. The whole goes, or the lot would stay.
bool holds(const Candidate& longer, const Candidate& known) {
    constexpr double kLikely = 0.4;
    if (longer.rank >= rank::Known || longer.confidence < kLikely || longer.start > known.start ||
        longer.end < known.end || longer.end - longer.start <= known.end - known.start) {
        return false;
    }
    const bool place = longer.label == Label::Facility || longer.label == Label::Organization;
    if (known.label == Label::Address || known.label == Label::Municipality) {
        return longer.label == Label::Address || place;
    }
    if (isName(known.label)) {
        return isName(longer.label) || place;
    }
    return isNumber(known.label) && isNumber(longer.label);
}

bool inHeading(const Page& page, const Candidate& c) {
    const auto next = std::upper_bound(page.headings.begin(), page.headings.end(), c.start,
                                       [](std::size_t at, const Stretch& line) { return at < line.start; });
    return c.rank < rank::Known && next != page.headings.begin() && c.start < std::prev(next)->end;
}

} // namespace

const std::vector<Candidate>& resolve(Page& page) {
    if (page.chosenOf == page.found.size()) {
        return page.chosen;
    }
    struct Ranked {
        const Candidate* what; // candidates are larger than what the sort has to move
        int rank;
    };
    std::vector<Ranked> all;
    all.reserve(page.found.size());
    bool anyKnown = false;
    for (const Candidate& c : page.found) {
        if (c.confidence > 0.05 && !vetoed(page, c) && !inHeading(page, c)) {
            all.push_back({&c, c.rank});
            anyKnown = anyKnown || c.rank == rank::Known;
        }
    }
    for (Ranked& longer : all) {
        if (anyKnown && std::any_of(all.begin(), all.end(), [&](const Ranked& known) {
                return known.what->rank == rank::Known && holds(*longer.what, *known.what);
            })) {
            longer.rank = rank::Known;
        }
    }
    std::stable_sort(all.begin(), all.end(), [](const Ranked& a, const Ranked& b) {
        if (a.rank != b.rank) {
            return a.rank > b.rank;
        }
        const std::size_t left = a.what->end - a.what->start;
        const std::size_t right = b.what->end - b.what->start;
        return left != right ? left > right : a.what->confidence > b.what->confidence;
    });
    std::string used(page.text.size(), '\0');
    std::vector<Candidate>& out = page.chosen;
    out.clear();
    for (const Ranked& next : all) {
        const Candidate& c = *next.what;
        const std::size_t length = c.end - c.start;
        if (std::memchr(used.data() + c.start, 1, length) == nullptr) {
            std::memset(used.data() + c.start, 1, length);
            out.push_back(c);
        }
    }
    std::sort(out.begin(), out.end(),
              [](const Candidate& a, const Candidate& b) { return a.start < b.start; });
    page.chosenOf = page.found.size();
    return out;
}

} // namespace kamei::detect::text::page
