// TextView: mouse and keyboard.
#include <QAccessible>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QScrollBar>
#include <QTextBoundaryFinder>
#include <algorithm>

#include "ui/views/text/TextView.h"
#include "ui/views/text/TextViewParts.h"

namespace kamei::ui::views::text {

int TextView::positionAt(const QPoint& point) {
    if (!m_paper || m_heights.size() == 0) {
        return 0;
    }
    const int row = m_heights.at(std::max(0, point.y() - rowTop(0)));
    const auto& source = m_paper->rows()[static_cast<std::size_t>(row)];
    const Line& laid = line(row);
    const int number = std::clamp((point.y() - rowTop(row)) / m_lineHeight, 0, laid.layout->lineCount() - 1);
    const QTextLine part = laid.layout->lineAt(number);
    return source.start + (part.isValid() ? part.xToCursor(point.x() - textRect().left()) : 0);
}

void TextView::scrollRuler(int y) {
    const QRect ruler = rulerRect();
    const double total = verticalScrollBar()->maximum() + verticalScrollBar()->pageStep();
    const double middle = total * (y - ruler.top()) / std::max(1, ruler.height());
    verticalScrollBar()->setValue(static_cast<int>(middle) - verticalScrollBar()->pageStep() / 2);
}

void TextView::mousePressEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton || !m_paper) {
        return;
    }
    const QPoint point = event->position().toPoint();
    if (rulerRect().contains(point)) {
        m_scrollingRuler = true;
        scrollRuler(point.y());
        return;
    }
    m_pressed = point;
    m_selecting = true;
    moveCaret(positionAt(point), (event->modifiers() & Qt::ShiftModifier) != 0);
}

void TextView::mouseMoveEvent(QMouseEvent* event) {
    const QPoint point = event->position().toPoint();
    if (m_scrollingRuler) {
        scrollRuler(point.y());
        return;
    }
    viewport()->setCursor(textRect().contains(point) ? Qt::IBeamCursor : Qt::ArrowCursor);
    if (!m_selecting) {
        return;
    }
    moveCaret(positionAt(point), true);
    if (paperRect().contains(point)) {
        m_autoScroll.stop();
    } else if (!m_autoScroll.isActive()) {
        m_autoScroll.start(40, this);
    }
}

void TextView::timerEvent(QTimerEvent* event) {
    if (event->timerId() != m_autoScroll.timerId()) {
        QAbstractScrollArea::timerEvent(event);
        return;
    }
    const QPoint point = viewport()->mapFromGlobal(QCursor::pos());
    const QRect paper = paperRect();
    const int step = point.y() < paper.top() ? -m_lineHeight : point.y() > paper.bottom() ? m_lineHeight : 0;
    verticalScrollBar()->setValue(verticalScrollBar()->value() + step);
    moveCaret(positionAt(QPoint(point.x(), std::clamp(point.y(), paper.top(), paper.bottom()))), true);
}

void TextView::mouseReleaseEvent(QMouseEvent* event) {
    m_autoScroll.stop();
    if (m_scrollingRuler || event->button() != Qt::LeftButton || !m_selecting) {
        m_scrollingRuler = false;
        return;
    }
    m_selecting = false;
    const QPoint point = event->position().toPoint();
    if (hasSelection()) {
        const auto [start, end] = selection();
        emit selectionMade(start, end);
        return;
    }
    // A click picks the candidate under it; clicking again goes to the one around it.
    const auto here = m_highlights.at(positionAt(point));
    std::vector<base::FindingId> under;
    for (const base::FindingId id : here) {
        under.push_back(id);
    }
    if (under.empty() && positionAt(point) > 0) {
        under = m_highlights.at(positionAt(point) - 1); // right half of a last character
    }
    if (under.empty()) {
        return;
    }
    const auto now = std::find(under.begin(), under.end(), m_current);
    const auto next = now == under.end() || std::next(now) == under.end() ? under.begin() : std::next(now);
    emit findingClicked(*next);
}

void TextView::mouseDoubleClickEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton || !m_paper) {
        return;
    }
    const int position = positionAt(event->position().toPoint());
    const auto& row = m_paper->rows()[static_cast<std::size_t>(m_paper->rowAt(position))];
    QTextBoundaryFinder finder(QTextBoundaryFinder::Word, m_paper->text().mid(row.start, row.length));
    finder.setPosition(position - row.start);
    const int start =
        finder.isAtBoundary() ? position - row.start : static_cast<int>(finder.toPreviousBoundary());
    finder.setPosition(start);
    const auto end = static_cast<int>(finder.toNextBoundary());
    if (start >= 0 && end > start) {
        select(row.start + start, row.start + end);
        emit selectionMade(row.start + start, row.start + end);
    }
}

void TextView::moveCaret(int position, bool extend) {
    m_caret = std::clamp(position, 0, m_paper ? static_cast<int>(m_paper->text().size()) : 0);
    if (!extend) {
        m_anchor = m_caret;
    }
    viewport()->update();
    if (QAccessible::isActive()) {
        QAccessibleValueChangeEvent change(this, currentLine());
        QAccessible::updateAccessibility(&change);
    }
}

void TextView::moveVertically(int lines, bool extend) {
    const QRect at = characterRect(m_caret);
    moveCaret(positionAt(QPoint(at.left(), at.center().y() + lines * m_lineHeight)), extend);
    scrollTo(m_caret);
}

void TextView::keyPressEvent(QKeyEvent* event) {
    if (!m_paper) {
        QAbstractScrollArea::keyPressEvent(event);
        return;
    }
    const bool extend = (event->modifiers() & Qt::ShiftModifier) != 0;
    const bool control = (event->modifiers() & Qt::ControlModifier) != 0;
    const auto& text = m_paper->text();
    const auto step = [&](int position, int by) {
        int next = position + by;
        if (next > 0 && next < text.size() && text.at(next).isLowSurrogate()) {
            next += by;
        }
        return next;
    };
    const auto& row = m_paper->rows()[static_cast<std::size_t>(m_paper->rowAt(m_caret))];
    const int page = std::max(1, paperRect().height() / m_lineHeight - 1);
    switch (event->key()) {
    case Qt::Key_Left:
        moveCaret(step(m_caret, -1), extend);
        break;
    case Qt::Key_Right:
        moveCaret(step(m_caret, 1), extend);
        break;
    case Qt::Key_Up:
        moveVertically(-1, extend);
        return;
    case Qt::Key_Down:
        if (control) {
            QAbstractScrollArea::keyPressEvent(event); // next change
            return;
        }
        moveVertically(1, extend);
        return;
    case Qt::Key_PageUp:
        verticalScrollBar()->setValue(verticalScrollBar()->value() - verticalScrollBar()->pageStep());
        moveVertically(-page, extend);
        return;
    case Qt::Key_PageDown:
        verticalScrollBar()->setValue(verticalScrollBar()->value() + verticalScrollBar()->pageStep());
        moveVertically(page, extend);
        return;
    case Qt::Key_Home:
        moveCaret(control ? 0 : row.start, extend);
        break;
    case Qt::Key_End:
        moveCaret(control ? static_cast<int>(text.size()) : row.start + row.length, extend);
        break;
    case Qt::Key_Escape:
        moveCaret(m_caret, false);
        break;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (hasSelection()) {
            const auto [start, end] = selection();
            emit selectionMade(start, end);
        } else if (const auto here = m_highlights.at(m_caret); !here.empty()) {
            emit findingClicked(here.front());
        }
        return;
    default:
        QAbstractScrollArea::keyPressEvent(event);
        return;
    }
    scrollTo(m_caret);
}

bool TextView::focusNextPrevChild(bool next) {
    // Tab picks among overlapping candidates; with the last of them it leaves the text.
    if (const Highlight* highlight = m_highlights.find(m_current)) {
        std::vector<base::FindingId> overlapping;
        m_highlights.in(highlight->start, highlight->end,
                        [&overlapping](const Highlight& other) { overlapping.push_back(other.finding); });
        const auto now = std::find(overlapping.begin(), overlapping.end(), m_current);
        if (next && now != overlapping.end() && std::next(now) != overlapping.end()) {
            emit findingClicked(*std::next(now));
            return true;
        }
        if (!next && now != overlapping.end() && now != overlapping.begin()) {
            emit findingClicked(*std::prev(now));
            return true;
        }
    }
    return QAbstractScrollArea::focusNextPrevChild(next);
}

} // namespace kamei::ui::views::text
