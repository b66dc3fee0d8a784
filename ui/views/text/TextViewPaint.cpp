// TextView: painting of rows, gutter and overview.
#include <QPainter>
#include <QPainterPath>
#include <QScrollBar>
#include <cmath>

#include "ui/style/Badges.h"
#include "ui/style/Theme.h"
#include "ui/views/text/TextView.h"
#include "ui/views/text/TextViewParts.h"

namespace kamei::ui::views::text {
namespace {

constexpr int kMaxSquares = 3;

/// Which categories a row shows, in order of their place, each once.
QList<model::Category> categoriesIn(const Highlights& highlights, int start, int end) {
    QList<model::Category> found;
    highlights.in(start, end, [&found](const Highlight& highlight) {
        const auto category =
            highlight.category == model::Category::Code1 ? model::Category::Code2 : highlight.category;
        if (!highlight.written && !found.contains(category)) {
            found.append(category);
        }
    });
    return found;
}

} // namespace

void TextView::paintEvent(QPaintEvent*) {
    const auto& t = style::tokens();
    QPainter painter(viewport());
    painter.fillRect(viewport()->rect(), style::Theme::instance().viewer().back);
    const QRect paper = paperRect();
    painter.fillRect(paper, t.paper);
    if (!m_paper) {
        return;
    }
    layoutVisible();
    QRect gutter = paper;
    gutter.setWidth(gutterWidth());
    painter.fillRect(gutter, t.gutter);
    painter.fillRect(gutter.right(), gutter.top(), 1, gutter.height(), t.line);
    painter.setClipRect(paper);
    if (m_heights.size() > 0) {
        int row = firstRow();
        int y = rowTop(row);
        while (row < m_heights.size() && y <= paper.bottom()) {
            const int height = m_heights.height(row);
            paintGutter(painter, row, y, height);
            painter.setClipRect(paper.adjusted(gutterWidth(), 0, -rulerRect().width(), 0));
            paintRow(painter, row, y);
            painter.setClipRect(paper);
            y += height;
            ++row;
        }
    }
    paintRuler(painter);
}

void TextView::paintGutter(QPainter& painter, int row, int top, int) {
    const auto& theme = style::Theme::instance();
    const auto& source = m_paper->rows()[static_cast<std::size_t>(row)];
    if (source.number > 0) {
        painter.setFont(theme.font(style::Type::Note));
        painter.setPen(style::tokens().text3);
        const int digits = std::max(2, static_cast<int>(QString::number(m_paper->lines()).size()));
        const QRect number(paperRect().left() + theme.px(4), top, theme.px(6) + digits * theme.px(7),
                           m_lineHeight);
        painter.drawText(number, Qt::AlignRight | Qt::AlignVCenter, QString::number(source.number));
    }
    const auto categories =
        categoriesIn(m_highlights, source.start, source.start + std::max(1, source.length));
    if (categories.isEmpty()) {
        return;
    }
    const qreal size = theme.px(15);
    const qreal step = size + 2;
    const auto shown = std::min<qsizetype>(categories.size(), kMaxSquares);
    qreal x = paperRect().left() + gutterWidth() - theme.px(4) - kMaxSquares * step;
    for (qsizetype i = 0; i < shown; ++i) {
        painter.save();
        painter.translate(x, top + std::round((m_lineHeight - size) / 2.0));
        const qreal scale = size / style::categorySize();
        painter.scale(scale, scale);
        style::drawCategory(painter, QRectF(0, 0, style::categorySize(), style::categorySize()),
                            categories[i]);
        painter.restore();
        x += step;
    }
}

void TextView::paintRow(QPainter& painter, int row, int top) {
    const auto& theme = style::Theme::instance();
    const auto& t = style::tokens();
    const auto& source = m_paper->rows()[static_cast<std::size_t>(row)];
    const int end = source.start + source.length;
    painter.setRenderHint(QPainter::Antialiasing);

    const Highlight* boxed = nullptr;
    m_highlights.in(source.start, end, [&](const Highlight& highlight) {
        if (highlight.finding == m_current) {
            boxed = &highlight;
        }
        if (highlight.written || highlight.state == model::DecisionState::Open) {
            const QColor back = highlight.written ? t.okBack : theme.category(highlight.category).tint;
            parts(row, highlight.start, highlight.end,
                  [&](const Part& part) { painter.fillRect(part.box, back); });
        }
    });

    QList<QTextLayout::FormatRange> formats;
    const auto mark = [&](int from, int to, const QColor& back, const QColor& ink) {
        QTextLayout::FormatRange range;
        range.start = std::max(from, source.start) - source.start;
        range.length = std::min(to, end) - source.start - range.start;
        if (range.length > 0) {
            range.format.setBackground(back);
            range.format.setForeground(ink);
            formats.append(range);
        }
    };
    if (!m_needle.isEmpty()) {
        const QString& text = m_paper->text();
        const int from = std::max(0, source.start - static_cast<int>(m_needle.size()));
        const QStringView around = QStringView(text).mid(from, end + m_needle.size() - from);
        for (auto at = around.indexOf(m_needle, 0, Qt::CaseInsensitive); at >= 0;
             at = around.indexOf(m_needle, at + 1, Qt::CaseInsensitive)) {
            const int start = from + static_cast<int>(at);
            mark(start, start + static_cast<int>(m_needle.size()), t.warnBack, t.text);
        }
    }
    const auto [selectionStart, selectionEnd] = selection();
    mark(selectionStart, selectionEnd, t.accent, t.onAccent);

    const Line& laid = line(row);
    painter.setPen(t.text);
    laid.layout->draw(&painter, QPointF(textRect().left(), top), formats);

    m_highlights.in(source.start, end, [&](const Highlight& highlight) {
        if (highlight.written) {
            return;
        }
        const style::CategoryLook look = theme.category(highlight.category);
        parts(row, highlight.start, highlight.end, [&](const Part& part) {
            // Lines of candidates that lie around others are drawn below theirs.
            style::drawCategoryLine(painter, part.box.adjusted(0, 0, 0, 1.0 + highlight.level * 4.0), look);
            if (highlight.state == model::DecisionState::Rejected) {
                painter.setPen(QPen(t.text2, 1.2));
                const qreal y = part.baseline - m_font.pixelSize() * 0.36;
                painter.drawLine(QPointF(part.box.left(), y), QPointF(part.box.right(), y));
            }
        });
    });
    if (boxed != nullptr) {
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(t.accent, 2));
        parts(row, boxed->start, boxed->end, [&](const Part& part) {
            painter.drawRoundedRect(part.box.adjusted(-2, -3, 2, 3 + boxed->level * 4.0), 2, 2);
        });
    }
    if (hasFocus() && !hasSelection() && m_caret >= source.start && m_caret <= end) {
        const QRect at = characterRect(m_caret);
        painter.fillRect(QRect(at.left(), at.top() + theme.px(4), 1, m_lineHeight - theme.px(8)), t.text);
    }
}

void TextView::paintRuler(QPainter& painter) {
    const auto& theme = style::Theme::instance();
    const auto& t = style::tokens();
    const QRect ruler = rulerRect();
    const qreal ratio = devicePixelRatioF();
    if (m_marks.isNull() || m_marks.deviceIndependentSize().toSize() != ruler.size()) {
        m_marks = QPixmap(ruler.size() * ratio);
        m_marks.setDevicePixelRatio(ratio);
        m_marks.fill(t.gutter);
        QPainter marks(&m_marks);
        marks.fillRect(0, 0, 1, ruler.height(), t.line);
        m_marksTotal = m_heights.total();
        const int total = std::max({1, m_marksTotal, ruler.height()});
        int lastY = -1;
        model::Category lastCategory = model::Category::None;
        // What is decided is left out: the overview shows where work remains.
        for (const auto& highlight : m_highlights.all()) {
            if (highlight.state != model::DecisionState::Open && !highlight.written) {
                continue;
            }
            const int row = m_paper->rowAt(highlight.start);
            const int y = static_cast<int>(static_cast<qint64>(m_heights.top(row) + m_lineHeight / 2) *
                                           ruler.height() / total);
            if (y == lastY && highlight.category == lastCategory) {
                continue;
            }
            lastY = y;
            lastCategory = highlight.category;
            marks.fillRect(theme.px(3), std::min(y, ruler.height() - 3), ruler.width() - theme.px(5), 3,
                           highlight.written ? t.ok : theme.category(highlight.category).line);
        }
    }
    painter.drawPixmap(ruler.topLeft(), m_marks);
    const QScrollBar* bar = verticalScrollBar();
    if (bar->maximum() > 0) {
        const qreal total = bar->maximum() + bar->pageStep();
        const qreal top = ruler.top() + ruler.height() * bar->value() / total;
        const qreal height = std::max<qreal>(24, ruler.height() * bar->pageStep() / total);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(QPen(t.control, 1));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(QRectF(ruler.left() + 1.5, std::min(top, ruler.bottom() - height) + 1.5,
                                       ruler.width() - 3, height - 3),
                                3, 3);
    }
}

} // namespace kamei::ui::views::text
