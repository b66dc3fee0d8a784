#include <algorithm>
#include <cstring>

#include "core/detect/text/Page.h"
#include "core/intake/text/Roles.h"

namespace kamei::detect::text {
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

bool inHeading(const Page& page, const Candidate& c) {
    const auto next = std::upper_bound(page.headings.begin(), page.headings.end(), c.start,
                                       [](std::size_t at, const Stretch& line) { return at < line.start; });
    return c.rank < rank::Known && next != page.headings.begin() && c.start < std::prev(next)->end;
}

} // namespace

void findByRole(Page& page) {
    if (const std::string_view label = intake::text::labelOfRole(page.role); !label.empty()) {
        page.add(0, page.text.size(), labelOfWord(label), 0.99, "structure", rank::Known + 1);
    }
}

const std::vector<Candidate>& resolve(Page& page) {
    if (page.chosenOf == page.found.size()) {
        return page.chosen;
    }
    std::vector<const Candidate*> all; // they are larger than what the sort has to move
    all.reserve(page.found.size());
    for (const Candidate& c : page.found) {
        if (c.confidence > 0.05 && !vetoed(page, c) && !inHeading(page, c)) {
            all.push_back(&c);
        }
    }
    std::stable_sort(all.begin(), all.end(), [](const Candidate* a, const Candidate* b) {
        if (a->rank != b->rank) {
            return a->rank > b->rank;
        }
        if (a->end - a->start != b->end - b->start) {
            return a->end - a->start > b->end - b->start;
        }
        return a->confidence > b->confidence;
    });
    std::string used(page.text.size(), '\0');
    std::vector<Candidate>& out = page.chosen;
    out.clear();
    for (const Candidate* const c : all) {
        const std::size_t length = c->end - c->start;
        if (std::memchr(used.data() + c->start, 1, length) == nullptr) {
            std::memset(used.data() + c->start, 1, length);
            out.push_back(*c);
        }
    }
    std::sort(out.begin(), out.end(),
              [](const Candidate& a, const Candidate& b) { return a.start < b.start; });
    page.chosenOf = page.found.size();
    return out;
}

} // namespace kamei::detect::text
