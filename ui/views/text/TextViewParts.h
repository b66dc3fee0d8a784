#pragma once

#include <QTextLayout>
#include <algorithm>

#include "ui/views/text/TextView.h"

// Shared by the source files of TextView only.
namespace kamei::ui::views::text {

/// Sizes of the design at the standard font size.
inline constexpr int kGutterWidth = 84;
inline constexpr int kRulerWidth = 14;
/// Where the baseline lies in a line, as a part of its height.
inline constexpr double kBaseline = 0.66;

/// The rectangles of a range in the visual lines of one row, in coordinates of the viewport.
template <class Visit> void TextView::parts(int row, int start, int end, Visit visit) {
    const auto& source = m_paper->rows()[static_cast<std::size_t>(row)];
    const int from = std::max(start, source.start) - source.start;
    const int to = std::min(end, source.start + source.length) - source.start;
    const Line& laid = line(row);
    const int top = rowTop(row);
    const int left = textRect().left();
    for (int i = 0; i < laid.layout->lineCount(); ++i) {
        const QTextLine text = laid.layout->lineAt(i);
        const int lineStart = std::max(from, text.textStart());
        const int lineEnd = std::min(to, text.textStart() + text.textLength());
        if (lineStart >= lineEnd) {
            continue;
        }
        Part part;
        const qreal x1 = left + text.cursorToX(lineStart);
        const qreal x2 = left + text.cursorToX(lineEnd);
        part.baseline = top + i * m_lineHeight + std::round(m_lineHeight * kBaseline);
        const qreal em = m_font.pixelSize();
        part.box = QRectF(QPointF(x1, part.baseline - em), QPointF(x2, part.baseline + em * 0.5));
        part.first = lineStart + source.start == start;
        part.last = lineEnd + source.start == end;
        visit(part);
    }
}

} // namespace kamei::ui::views::text
