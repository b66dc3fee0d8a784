#include "core/job/KeptPlaces.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "core/decide/Rules.h"
#include "core/intake/Format.h"
#include "core/intake/text/TextSource.h"
#include "core/model/Method.h"

namespace kamei::job {
namespace {

using intake::text::Segment;
using intake::text::TextSource;
using model::Finding;
using stage::ResidualSearch;
using Kind = model::Locator::Kind;

/// The one name in directory records of instances (PS3.3 2024b F.5, presentation states); all others stand in
/// those of patients, studies and series.
constexpr std::string_view kContentCreator = "(0070,0084)";

constexpr std::string_view kPdf = "pdf"; // intake::Format::id

bool acts(const Finding& finding) {
    return finding.effective() != model::Action::Keep;
}

/// Whether one path is the other or a sequence around it; "[*]" stands for every item of a sequence.
bool isAround(std::string_view outer, std::string_view inner) {
    while (!outer.empty() && !inner.empty()) {
        if (outer.starts_with("[*]") && inner.front() == '[') {
            const std::size_t end = inner.find(']');
            outer.remove_prefix(3);
            inner.remove_prefix(end == std::string_view::npos ? inner.size() : end + 1);
        } else if (outer.front() == inner.front()) {
            outer.remove_prefix(1);
            inner.remove_prefix(1);
        } else {
            return false;
        }
    }
    return outer.empty() && (inner.empty() || inner.front() == '.' || inner.front() == '[');
}

bool overlap(const model::Locator& a, const model::Locator& b) {
    return a.start < b.end && b.start < a.end;
}

/// Rectangles of pages that have an area in common.
bool overlapOnPage(const model::Locator& a, const model::Locator& b) {
    const bool pages = a.frames.all() || b.frames.all() ||
                       (a.frames.first <= b.frames.last && b.frames.first <= a.frames.last);
    return pages && a.rect.x < b.rect.x + b.rect.width && b.rect.x < a.rect.x + a.rect.width &&
           a.rect.y < b.rect.y + b.rect.height && b.rect.y < a.rect.y + a.rect.height;
}

bool removesRecord(const Finding& finding) {
    const auto method = model::methodFromJson(finding.method);
    return acts(finding) && finding.locator.kind == Kind::Cell && (!method || method->record);
}

/// Whether what one finding does reaches the place at which the other one leaves everything as it is.
bool takesAway(const Finding& acting, const Finding& kept) {
    const model::Locator& at = kept.locator;
    const model::Locator& by = acting.locator;
    switch (at.kind) {
    case Kind::Attribute:
        return by.kind == Kind::Attribute && isAround(by.path, at.path);
    case Kind::Text:
    case Kind::Cell:
        return ((by.kind == Kind::Text || by.kind == Kind::Cell) && overlap(at, by)) ||
               (at.kind == Kind::Cell && by.kind == Kind::Column && at.column == by.column) ||
               (at.kind == Kind::Cell && at.row == by.row && removesRecord(acting));
    case Kind::Column:
        return by.kind == Kind::Column && at.column == by.column;
    case Kind::Pixels:
        return by.kind == Kind::Pixels && overlapOnPage(at, by);
    default:
        return false;
    }
}

bool isSamePlace(const model::Locator& a, const model::Locator& b) {
    const auto inText = [](const model::Locator& one) {
        return one.kind == Kind::Text || one.kind == Kind::Cell;
    };
    if (inText(a) && inText(b)) {
        return overlap(a, b);
    }
    if (a.kind != b.kind) {
        return false;
    }
    return a.kind == Kind::Pixels   ? overlapOnPage(a, b)
           : a.kind == Kind::Column ? a.column == b.column
                                    : a.path == b.path;
}

/// What was left in at places of these kinds, each place once, the longest of those that lie over each other.
std::vector<const Finding*> placesOf(std::span<const Finding> findings, std::span<const Kind> kinds) {
    std::vector<const Finding*> kept;
    for (const Finding& finding : findings) {
        if (std::ranges::find(kinds, finding.locator.kind) != kinds.end() &&
            decide::leftInWithReason(finding)) {
            kept.push_back(&finding);
        }
    }
    std::vector<const Finding*> acting;
    for (const Finding& finding : findings) {
        if (!kept.empty() && acts(finding)) {
            acting.push_back(&finding);
        }
    }
    std::ranges::stable_sort(kept, [](const Finding* a, const Finding* b) {
        return a->locator.end - a->locator.start > b->locator.end - b->locator.start;
    });
    std::vector<const Finding*> out;
    for (const Finding* one : kept) {
        const bool gone =
            std::ranges::any_of(acting, [&](const Finding* other) { return takesAway(*other, *one); });
        const bool counted = std::ranges::any_of(
            out, [&](const Finding* other) { return isSamePlace(other->locator, one->locator); });
        if (!gone && !counted) {
            out.push_back(one);
        }
    }
    return out;
}

/// The cells of columns that stay, as the only source holds them, but for records that go.
void countCells(std::span<const Finding> findings, const std::set<std::int32_t>& columns,
                const model::Source& source, std::map<std::string, std::uint64_t>& out) {
    auto content = intake::readContent(source);
    if (!content) {
        return;
    }
    const auto table = TextSource::read(std::move(*content), source.format);
    if (!table) {
        return;
    }
    std::set<std::int64_t> gone;
    std::set<std::pair<std::int64_t, std::int32_t>> changed;
    for (const Finding& finding : findings) {
        if (acts(finding) && finding.locator.kind == Kind::Cell) {
            changed.emplace(finding.locator.row, finding.locator.column);
        }
        if (removesRecord(finding)) {
            gone.insert(finding.locator.row);
        }
    }
    for (const Segment& cell : table->segments()) {
        const bool header = table->hasHeader() && cell.row == 0;
        if (columns.contains(cell.column) && !header && cell.end > cell.start && !gone.contains(cell.row) &&
            !changed.contains({cell.row, cell.column})) {
            ++out[table->content(cell)];
        }
    }
}

std::vector<ResidualSearch::Kept> listed(const std::map<std::string, std::uint64_t>& places) {
    std::vector<ResidualSearch::Kept> out;
    for (const auto& [text, count] : places) {
        out.push_back({text, count});
    }
    return out;
}

} // namespace

std::vector<ResidualSearch::Kept> keptInFile(std::span<const Finding> findings,
                                             std::span<const model::Source> sources) {
    static constexpr std::array kEverySource{Kind::Attribute};
    static constexpr std::array kOnlySource{Kind::Attribute, Kind::Text, Kind::Cell, Kind::Column};
    static constexpr std::array kPages{Kind::Pixels};
    // A place in text does not say in which of several sources it lies; letters of a picture are no bytes.
    std::span<const Kind> kinds(kEverySource);
    if (sources.size() == 1) {
        kinds = sources.front().format == kPdf ? std::span<const Kind>(kPages) : kOnlySource;
    }
    std::map<std::string, std::uint64_t> places;
    std::set<std::int32_t> columns;
    const std::vector<const Finding*> kept = placesOf(findings, kinds);
    for (const Finding* one : kept) {
        if (one->locator.kind == Kind::Column) {
            columns.insert(one->locator.column);
        }
    }
    for (const Finding* one : kept) {
        const bool inColumn = one->locator.kind == Kind::Column ||
                              (one->locator.kind == Kind::Cell && columns.contains(one->locator.column));
        places[one->text] += inColumn ? 0 : 1;
    }
    if (!columns.empty()) {
        countCells(findings, columns, sources.front(), places);
    }
    std::erase_if(places, [](const auto& row) { return row.second == 0; });
    return listed(places);
}

std::vector<ResidualSearch::Kept> keptInDirectory(std::span<const Finding> findings) {
    static constexpr std::array kAttributes{Kind::Attribute};
    std::map<std::string, std::uint64_t> places;
    for (const Finding* one : placesOf(findings, kAttributes)) {
        if (one->locator.path.find('[') == std::string::npos) {
            places[one->text] +=
                one->locator.path == kContentCreator ? static_cast<std::uint64_t>(one->instances) : 1;
        }
    }
    return listed(places);
}

} // namespace kamei::job
