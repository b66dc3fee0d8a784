#include <algorithm>

#include "core/intake/encoding/Unicode.h"
#include "core/intake/text/Escapes.h"
#include "core/intake/text/TextSource.h"

namespace kamei::intake::text {
namespace {

using base::ErrorCode;
using Replacement = TextSource::Replacement;

constexpr std::string_view kPlace = "intake.text.rewrite";

/// Sorted, without overlaps: the union of overlapping ones takes the value of the earliest.
std::vector<Replacement> merged(std::vector<Replacement> all) {
    std::stable_sort(all.begin(), all.end(),
                     [](const Replacement& a, const Replacement& b) { return a.start < b.start; });
    std::vector<Replacement> out;
    for (Replacement& next : all) {
        if (!out.empty() && next.start < out.back().end) {
            out.back().end = std::max(out.back().end, next.end);
        } else {
            out.push_back(std::move(next));
        }
    }
    return out;
}

/// Where records of a table stand, with their quotes and line ends; in order.
std::vector<Replacement> rangesOfRows(const std::vector<Segment>& segments, std::vector<std::int64_t> rows,
                                      std::int64_t length) {
    std::ranges::sort(rows);
    std::vector<Replacement> out;
    const auto startOf = [](const Segment& first) {
        return first.start - (first.escaping == Escaping::CsvQuoted ? 1 : 0);
    };
    for (const std::int64_t row : rows) {
        const auto first = std::ranges::lower_bound(segments, row, {}, &Segment::row);
        const auto next = std::ranges::upper_bound(segments, row, {}, &Segment::row);
        if (first == next || (!out.empty() && out.back().start == startOf(*first))) {
            continue;
        }
        out.push_back({startOf(*first), next == segments.end() ? length : startOf(*next), {}});
    }
    return out;
}

/// Widens a range inside a segment so that it does not cut an escape in two.
void widen(std::string_view raw, Escaping escaping, const Spelling& spelling, std::int64_t& start,
           std::int64_t& end) {
    if (escaping == Escaping::None || escaping == Escaping::JsonValue) {
        return;
    }
    std::int64_t point = 0;
    for (std::size_t byte = 0; byte < raw.size();) {
        const Written next = writtenAt(raw, byte, escaping, spelling);
        const std::size_t length = std::max<std::size_t>(next.length, 1);
        const std::int64_t after =
            point + (isEscape(next, raw, byte) ? static_cast<std::int64_t>(length) : 1);
        if (start > point && start < after) {
            start = point;
        }
        if (end > point && end < after) {
            end = after;
        }
        point = after;
        byte += length;
    }
}

std::string replaceAll(std::string text, std::string_view what, std::string_view with) {
    for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + with.size())) {
        text.replace(at, what.size(), with);
    }
    return text;
}

/// Content without escapes in XML (CDATA, comment, processing instruction) must not end its own enclosure.
std::string unescapedXml(const std::string& value, std::string_view path) {
    if (path.ends_with("/comment()")) {
        return replaceAll(value, "--", "- -");
    }
    if (path.ends_with("/processing-instruction()")) {
        return replaceAll(value, "?>", "? >");
    }
    if (path.ends_with("/doctype()")) {
        return replaceAll(value, ">", "");
    }
    return replaceAll(value, "]]>", "]]]]><![CDATA[>");
}

} // namespace

std::vector<Replacement> TextSource::plain(std::vector<Piece> pieces) {
    std::vector<Replacement> out;
    out.reserve(pieces.size());
    for (Piece& piece : pieces) {
        out.push_back(std::move(piece.what));
    }
    return out;
}

/// A cell without quotes into which a delimiter, quote or line break is written gets quotes as a whole.
std::vector<Replacement> TextSource::quoteBareCells(std::vector<Piece> pieces) const {
    const std::string special = std::string("\"\r\n") + m_delimiter;
    std::vector<Replacement> out;
    for (std::size_t i = 0; i < pieces.size();) {
        const Segment& cell = m_segments[pieces[i].segment];
        std::size_t end = i;
        bool needsQuotes = false;
        while (end < pieces.size() && pieces[end].segment == pieces[i].segment) {
            needsQuotes = needsQuotes || pieces[end].what.value.find_first_of(special) != std::string::npos;
            ++end;
        }
        if (cell.escaping != Escaping::None || !needsQuotes) {
            for (; i < end; ++i) {
                out.push_back(std::move(pieces[i].what));
            }
            continue;
        }
        std::string whole;
        std::int64_t at = cell.start;
        for (; i < end; ++i) {
            whole += slice(at, pieces[i].what.start) + pieces[i].what.value;
            at = pieces[i].what.end;
        }
        whole += slice(at, cell.end);
        out.push_back({cell.start, cell.end, '"' + escape(whole, Escaping::CsvQuoted) + '"'});
    }
    return out;
}

/// A new value as it is written into a segment.
std::string TextSource::writtenFor(const std::string& value, const Segment& segment) const {
    if (segment.escaping != Escaping::None) {
        return escape(value, segment.escaping, m_spelling);
    }
    if (m_kind == Kind::Message) { // several fields at once: none of them is left
        return escape(value, Escaping::Hl7, m_spelling);
    }
    return m_kind == Kind::Xml ? unescapedXml(value, segment.path) : value;
}

base::Expected<std::vector<Replacement>> TextSource::resolve(std::vector<Replacement> replacements) const {
    std::vector<Piece> pieces;
    for (Replacement& wanted : merged(std::move(replacements))) {
        auto segment = std::lower_bound(m_segments.begin(), m_segments.end(), wanted.start,
                                        [](const Segment& s, std::int64_t start) { return s.end < start; });
        bool first = true;
        for (; segment != m_segments.end() && segment->start <= wanted.end; ++segment) {
            const std::int64_t start = std::max(wanted.start, segment->start);
            const std::int64_t end = std::min(wanted.end, segment->end);
            // An empty range may stand at the edge of a segment; others must share a character with it.
            if (start > end || (start == end && wanted.start != wanted.end)) {
                continue;
            }
            if (wanted.start == wanted.end && !first) {
                break;
            }
            const std::string_view content = raw(*segment);
            std::int64_t from = start - segment->start;
            std::int64_t to = end - segment->start;
            widen(content, segment->escaping, m_spelling, from, to);
            Replacement piece{segment->start + from, segment->start + to, {}};
            if (first) {
                piece.value = writtenFor(wanted.value, *segment);
            }
            pieces.push_back({static_cast<std::size_t>(segment - m_segments.begin()), std::move(piece)});
            first = false;
        }
        if (first) {
            return base::fail(ErrorCode::InvalidArgument, kPlace);
        }
    }
    if (m_kind == Kind::Fhir) {
        return merged(jsonReplacements(std::move(pieces)));
    }
    if (m_cda) {
        return merged(cdaReplacements(std::move(pieces)));
    }
    return merged(m_kind == Kind::Table ? quoteBareCells(std::move(pieces)) : plain(std::move(pieces)));
}

base::Expected<std::string> TextSource::rewrite(std::vector<Replacement> replacements) const {
    return rewrite(std::move(replacements), {});
}

base::Expected<std::string> TextSource::rewrite(std::vector<Replacement> replacements,
                                                const RowChanges& rows) const {
    for (const Replacement& replacement : replacements) {
        if (replacement.start < 0 || replacement.end < replacement.start || replacement.end > m_length) {
            return base::fail(ErrorCode::InvalidArgument, kPlace);
        }
    }
    if (m_kind != Kind::Table && (!rows.removed.empty() || !rows.appended.empty())) {
        return base::fail(ErrorCode::InvalidArgument, kPlace);
    }
    auto resolved = resolve(std::move(replacements));
    if (!resolved) {
        return tl::unexpected(resolved.error());
    }
    const std::vector<Replacement> gone = rangesOfRows(m_segments, rows.removed, m_length);
    std::erase_if(*resolved, [&](const Replacement& r) {
        const auto row = std::ranges::upper_bound(gone, r.start, {}, &Replacement::start);
        return row != gone.begin() && r.start < std::prev(row)->end;
    });
    resolved->insert(resolved->end(), gone.begin(), gone.end());
    std::ranges::stable_sort(*resolved, {}, &Replacement::start);
    if (!rows.appended.empty()) {
        resolved->push_back({m_length, m_length, written(rows)});
    }
    return splice(std::move(*resolved));
}

std::string TextSource::written(const RowChanges& rows) const {
    const std::string_view line =
        m_text.find("\r\n") != std::string::npos                                           ? "\r\n"
        : m_text.find('\n') == std::string::npos && m_text.find('\r') != std::string::npos ? "\r"
                                                                                           : "\n";
    std::vector<bool> quoted; // as in the last record
    const std::int64_t last = m_segments.empty() ? -1 : m_segments.back().row;
    for (auto cell = m_segments.rbegin(); cell != m_segments.rend() && cell->row == last; ++cell) {
        quoted.resize(std::max(quoted.size(), static_cast<std::size_t>(cell->column) + 1));
        quoted[static_cast<std::size_t>(cell->column)] = cell->escaping == Escaping::CsvQuoted;
    }
    const std::string special = std::string("\"\r\n") + m_delimiter;
    const bool ended = m_text.empty() || m_text.ends_with('\n') || m_text.ends_with('\r');
    std::string out(ended ? "" : line);
    for (std::size_t r = 0; r < rows.appended.size(); ++r) {
        for (std::size_t c = 0; c < rows.appended[r].size(); ++c) {
            const std::string& value = rows.appended[r][c];
            const bool quotes =
                (c < quoted.size() && quoted[c]) || value.find_first_of(special) != std::string::npos;
            out += c > 0 ? std::string(1, m_delimiter) : std::string();
            out += quotes ? '"' + escape(value, Escaping::CsvQuoted) + '"' : value;
        }
        if (ended || r + 1 < rows.appended.size()) {
            out += line; // a file without a last line end keeps none
        }
    }
    return out;
}

base::Expected<std::string> TextSource::splice(std::vector<Replacement> resolved) const {
    std::vector<encoding::Patch> patches;
    patches.reserve(resolved.size());
    const std::size_t mark = encoding::byteOrderMarkLength(m_bytes, m_encoding);
    for (Replacement& replacement : resolved) {
        encoding::Patch patch;
        if (m_byteOffset.empty()) {
            patch.begin = mark + byteOf(replacement.start);
            patch.end = mark + byteOf(replacement.end);
        } else {
            patch.begin = m_byteOffset[static_cast<std::size_t>(replacement.start)];
            patch.end = m_byteOffset[static_cast<std::size_t>(replacement.end)];
        }
        patch.utf8 = std::move(replacement.value);
        patches.push_back(std::move(patch));
    }
    return encoding::splice(m_bytes, m_encoding, patches);
}

} // namespace kamei::intake::text
