#include "ui/views/text/PaperText.h"

#include <algorithm>

namespace kamei::ui::views::text {
namespace {

using intake::text::Escaping;

// A line longer than this is laid out in parts: QTextLayout takes seconds for a megabyte in one go.
constexpr int kRowLimit = 1200;

bool looksLikeHeading(QStringView line, int number) {
    const QStringView trimmed = line.trimmed();
    if (trimmed.isEmpty() || trimmed.size() > 40) {
        return false;
    }
    static const QString opening = QStringLiteral("【〔［■●◆▼");
    return opening.contains(trimmed.front()) ||
           (number == 1 && !trimmed.contains(u'：') && !trimmed.contains(u':') && !trimmed.contains(u'<'));
}

} // namespace

std::shared_ptr<const PaperText> PaperText::make(std::shared_ptr<const job::ShownText> shown, Form form) {
    auto paper = std::make_shared<PaperText>();
    paper->m_shown = std::move(shown);
    paper->m_form = form;
    const auto& segments = paper->m_shown->source.segments();
    // Fields of a message, a header or a table of variants read as lines, not as paragraphs one by one.
    const bool structured = std::any_of(segments.begin(), segments.end(), [](const auto& s) {
        return s.escaping == Escaping::Xml || s.escaping == Escaping::Json ||
               s.escaping == Escaping::JsonXml || s.escaping == Escaping::JsonValue;
    });
    if (form == Form::Document && structured) {
        paper->readDocument();
    } else {
        paper->readSource();
    }
    paper->findAstral();
    paper->findRows();
    return paper;
}

std::shared_ptr<const PaperText> PaperText::ofSegment(std::shared_ptr<const job::ShownText> shown,
                                                      std::size_t segment) {
    auto paper = std::make_shared<PaperText>();
    paper->m_shown = std::move(shown);
    const auto& from = paper->m_shown->source.segments()[segment];
    paper->m_text = QString::fromStdString(paper->m_shown->source.content(from));
    Piece piece;
    piece.length = static_cast<int>(paper->m_text.size());
    piece.sourceStart = from.start;
    piece.sourceEnd = from.end;
    piece.segment = static_cast<int>(segment);
    paper->m_pieces.push_back(piece);
    paper->m_headings.push_back(-1); // no line of a cell is a heading
    paper->findAstral();
    paper->findRows();
    return paper;
}

void PaperText::readSource() {
    const auto& source = m_shown->source;
    m_text = QString::fromStdString(source.text());
    Piece piece;
    piece.length = static_cast<int>(m_text.size());
    piece.sourceEnd = source.length();
    m_pieces.push_back(piece);
}

void PaperText::findAstral() {
    for (int i = 0; i < m_text.size(); ++i) {
        if (m_text.at(i).isHighSurrogate()) {
            m_astral.push_back(i);
        }
    }
}

void PaperText::findRows() {
    const bool plainDocument = m_form == Form::Document && m_headings.empty();
    int start = 0;
    const auto size = static_cast<int>(m_text.size());
    while (start <= size) {
        int end = start;
        while (end < size && m_text.at(end) != u'\n' && m_text.at(end) != u'\r') {
            ++end;
        }
        ++m_lines;
        const bool heading = plainDocument
                                 ? looksLikeHeading(QStringView(m_text).mid(start, end - start), m_lines)
                                 : std::binary_search(m_headings.begin(), m_headings.end(), start);
        int from = start;
        do {
            int length = std::min(end - from, kRowLimit);
            if (from + length < end && m_text.at(from + length - 1).isHighSurrogate()) {
                --length;
            }
            m_rows.push_back({from, length, from == start ? m_lines : 0, heading});
            from += length;
        } while (from < end);
        if (end >= size) {
            break;
        }
        start = end + 1;
        if (m_text.at(end) == u'\r' && start < size && m_text.at(start) == u'\n') {
            ++start;
        }
        if (start == size) {
            break; // a final line end does not open another line
        }
    }
}

int PaperText::rowAt(int position) const {
    const auto next = std::upper_bound(m_rows.begin(), m_rows.end(), position,
                                       [](int p, const Row& row) { return p < row.start; });
    return std::max(0, static_cast<int>(next - m_rows.begin()) - 1);
}

int PaperText::codePointsBefore(int position) const {
    const auto pairs = std::lower_bound(m_astral.begin(), m_astral.end(), position) - m_astral.begin();
    return position - static_cast<int>(pairs);
}

int PaperText::positionOf(int codePoint) const {
    // m_astral[i] - i is the code point index of the i-th surrogate pair: ascending.
    std::size_t low = 0;
    std::size_t high = m_astral.size();
    while (low < high) {
        const std::size_t middle = (low + high) / 2;
        if (m_astral[middle] - static_cast<int>(middle) < codePoint) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return codePoint + static_cast<int>(low);
}

std::int64_t PaperText::sourceAt(const Piece& piece, int position) const {
    const std::int64_t offset = codePointsBefore(position) - codePointsBefore(piece.start);
    if (piece.segment < 0) {
        return piece.sourceStart + offset;
    }
    const auto& segment = m_shown->source.segments()[static_cast<std::size_t>(piece.segment)];
    if (segment.escaping == Escaping::None) {
        return segment.start + piece.contentOffset + offset;
    }
    return m_shown->source.toDocument(segment, piece.contentOffset + offset);
}

int PaperText::positionIn(const Piece& piece, std::int64_t sourceOffset) const {
    int low = piece.start;
    int high = piece.start + piece.length;
    if (piece.segment < 0) {
        return std::min(high, positionOf(static_cast<int>(sourceOffset - piece.sourceStart)));
    }
    while (low < high) {
        const int middle = (low + high) / 2;
        if (sourceAt(piece, middle) < sourceOffset) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

std::optional<std::pair<int, int>> PaperText::fromSource(std::int64_t start, std::int64_t end) const {
    auto piece = std::upper_bound(m_pieces.begin(), m_pieces.end(), start,
                                  [](std::int64_t s, const Piece& p) { return s < p.sourceStart; });
    if (piece != m_pieces.begin() && std::prev(piece)->sourceEnd > start) {
        --piece;
    }
    if (piece == m_pieces.end() || piece->sourceStart >= end) {
        return std::nullopt;
    }
    const int first = positionIn(*piece, std::max(start, piece->sourceStart));
    auto last = piece;
    while (std::next(last) != m_pieces.end() && std::next(last)->sourceStart < end) {
        ++last;
    }
    const int after = positionIn(*last, std::min(end, last->sourceEnd));
    if (after <= first) {
        return std::nullopt;
    }
    return std::pair{first, after};
}

std::optional<std::pair<std::int64_t, std::int64_t>> PaperText::toSource(int start, int end) const {
    auto piece = std::upper_bound(m_pieces.begin(), m_pieces.end(), start,
                                  [](int s, const Piece& p) { return s < p.start; });
    if (piece != m_pieces.begin() && std::prev(piece)->start + std::prev(piece)->length > start) {
        --piece;
    }
    if (piece == m_pieces.end() || piece->start >= end) {
        return std::nullopt;
    }
    const int from = std::max(start, piece->start);
    const int to = std::min(end, piece->start + piece->length); // one finding lies in one segment
    return std::pair{sourceAt(*piece, from), sourceAt(*piece, to)};
}

QString PaperText::pathAt(int position) const {
    const auto piece = std::upper_bound(m_pieces.begin(), m_pieces.end(), position,
                                        [](int s, const Piece& p) { return s < p.start; });
    if (piece == m_pieces.begin()) {
        return {};
    }
    const auto& segments = m_shown->source.segments();
    const Piece& found = *std::prev(piece);
    if (found.segment >= 0) {
        return QString::fromStdString(segments[static_cast<std::size_t>(found.segment)].path);
    }
    // The file as it stands: the segment around this place, if any.
    const std::int64_t at = sourceAt(found, position);
    const auto next = std::upper_bound(segments.begin(), segments.end(), at,
                                       [](std::int64_t s, const auto& segment) { return s < segment.start; });
    if (next == segments.begin() || std::prev(next)->end < at) {
        return {};
    }
    return QString::fromStdString(std::prev(next)->path);
}

} // namespace kamei::ui::views::text
