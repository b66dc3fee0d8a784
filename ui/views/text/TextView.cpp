#include "ui/views/text/TextView.h"

#include <QEvent>
#include <QScrollBar>
#include <QStringMatcher>
#include <algorithm>
#include <cmath>

#include "ui/style/Theme.h"
#include "ui/views/text/TextAccessible.h"
#include "ui/views/text/TextViewParts.h"

namespace kamei::ui::views::text {

TextView::TextView(QWidget* parent) : QAbstractScrollArea(parent), m_lines(500) {
    installTextAccessibility();
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff); // the overview at the right scrolls
    setFocusPolicy(Qt::StrongFocus);
    viewport()->setCursor(Qt::IBeamCursor);
    viewport()->setMouseTracking(true);
    setMinimumSize(240, 160);
    connect(&style::Theme::instance(), &style::Theme::changed, this, &TextView::themeChanged);
    themeChanged();
}

TextView::~TextView() = default;

void TextView::themeChanged() {
    const auto& theme = style::Theme::instance();
    const bool source = m_paper && m_paper->form() == Form::Source;
    m_font = source ? theme.monoFont() : theme.font(style::Type::Heading);
    m_headingFont = m_font;
    m_headingFont.setBold(true);
    m_lineHeight = theme.px(source ? 24 : 27);
    m_lines.clear();
    m_marks = {};
    estimate();
    viewport()->update();
}

void TextView::changeEvent(QEvent* event) {
    if (event->type() == QEvent::FontChange || event->type() == QEvent::LanguageChange) {
        viewport()->update(); // letters of the categories change with the language
    }
    QAbstractScrollArea::changeEvent(event);
}

void TextView::setPaper(std::shared_ptr<const PaperText> paper, Highlights highlights, bool keepPlace) {
    const int place = keepPlace ? verticalScrollBar()->value() : 0;
    m_paper = std::move(paper);
    m_highlights = std::move(highlights);
    const auto size = m_paper ? static_cast<int>(m_paper->text().size()) : 0;
    m_anchor = keepPlace ? std::min(m_anchor, size) : 0;
    m_caret = keepPlace ? std::min(m_caret, size) : 0;
    themeChanged(); // font, estimates
    verticalScrollBar()->setValue(place);
    viewport()->update();
}

void TextView::clear() {
    m_current = {};
    setPaper({}, {});
}

void TextView::setHighlights(Highlights highlights) {
    m_highlights = std::move(highlights);
    m_marks = {};
    viewport()->update();
}

void TextView::setCurrent(base::FindingId finding, bool scroll) {
    m_current = finding;
    if (const Highlight* highlight = m_highlights.find(finding)) {
        m_anchor = m_caret = highlight->start;
        if (scroll) {
            scrollTo(highlight->start);
        }
    }
    viewport()->update();
}

void TextView::setNeedle(const QString& needle) {
    m_needle = needle;
    viewport()->update();
}

bool TextView::findNext(bool forward) {
    if (!m_paper || m_needle.isEmpty()) {
        return false;
    }
    const QString& text = m_paper->text();
    const auto [start, end] = selection();
    qsizetype found = -1;
    if (forward) {
        const QStringMatcher matcher(m_needle, Qt::CaseInsensitive);
        found = matcher.indexIn(text, hasSelection() ? end : start);
        found = found < 0 ? matcher.indexIn(text) : found;
    } else {
        found = start > 0 ? text.lastIndexOf(m_needle, start - 1, Qt::CaseInsensitive) : -1;
        found = found < 0 ? text.lastIndexOf(m_needle, -1, Qt::CaseInsensitive) : found;
    }
    if (found < 0) {
        return false;
    }
    select(static_cast<int>(found), static_cast<int>(found + m_needle.size()));
    scrollTo(static_cast<int>(found));
    return true;
}

void TextView::select(int start, int end) {
    m_anchor = start;
    m_caret = end;
    viewport()->update();
}

std::pair<int, int> TextView::selection() const {
    return std::minmax(m_anchor, m_caret);
}

QRect TextView::paperRect() const {
    const int frame = style::Theme::instance().px(8);
    return viewport()->rect().adjusted(frame, frame, -frame, 0);
}

int TextView::gutterWidth() const {
    const auto& theme = style::Theme::instance();
    const int digits = m_paper ? static_cast<int>(QString::number(m_paper->lines()).size()) : 1;
    return theme.px(kGutterWidth) + std::max(0, digits - 3) * theme.px(7);
}

QRect TextView::rulerRect() const {
    const QRect paper = paperRect();
    const int width = style::Theme::instance().px(kRulerWidth);
    return {paper.right() + 1 - width, paper.top(), width, paper.height()};
}

QRect TextView::textRect() const {
    const int pad = style::Theme::instance().px(16);
    return paperRect().adjusted(gutterWidth() + pad, 0, -rulerRect().width() - pad, 0);
}

void TextView::estimate() {
    m_lines.clear();
    m_marks = {};
    if (!m_paper) {
        m_heights.reset({});
        updateRange();
        return;
    }
    // Mean width of a character, from the beginning of the text: heights are only estimated until a row
    // is laid out.
    const QString sample = m_paper->text().left(2000).simplified();
    const qreal mean = sample.isEmpty() ? 8.0
                                        : QFontMetricsF(m_font).horizontalAdvance(sample) /
                                              static_cast<qreal>(sample.size());
    const qreal width = std::max(80, textRect().width());
    std::vector<int> heights;
    heights.reserve(m_paper->rows().size());
    for (const auto& row : m_paper->rows()) {
        const int lines = std::max(1, static_cast<int>(std::ceil(row.length * mean / width)));
        heights.push_back(lines * m_lineHeight);
    }
    m_heights.reset(std::move(heights));
    updateRange();
}

void TextView::updateRange() {
    const int page = std::max(1, paperRect().height());
    const int pads = 2 * style::Theme::instance().px(10);
    verticalScrollBar()->setPageStep(page);
    verticalScrollBar()->setSingleStep(m_lineHeight);
    verticalScrollBar()->setRange(0, std::max(0, m_heights.total() + pads - page));
}

int TextView::rowTop(int row) const {
    return paperRect().top() + style::Theme::instance().px(10) + m_heights.top(row) -
           verticalScrollBar()->value();
}

TextView::Line& TextView::line(int row) {
    if (Line* known = m_lines.object(row)) {
        return *known;
    }
    const auto& source = m_paper->rows()[static_cast<std::size_t>(row)];
    auto made = std::make_unique<Line>();
    made->layout = std::make_unique<QTextLayout>(m_paper->text().mid(source.start, source.length),
                                                 source.heading ? m_headingFont : m_font);
    QTextOption option;
    option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    option.setTabStopDistance(QFontMetricsF(m_font).horizontalAdvance(QLatin1Char(' ')) * 8);
    made->layout->setTextOption(option);
    made->layout->setCacheEnabled(true);
    made->layout->beginLayout();
    const qreal width = std::max(80, textRect().width());
    qreal y = 0;
    while (true) {
        QTextLine part = made->layout->createLine();
        if (!part.isValid()) {
            break;
        }
        part.setLineWidth(width);
        // Every visual line has the same height and baseline, whatever fonts its characters come from.
        part.setPosition({0, y + std::round(m_lineHeight * kBaseline) - part.ascent()});
        y += m_lineHeight;
    }
    made->layout->endLayout();
    made->height = std::max(m_lineHeight, static_cast<int>(y));
    m_heights.set(row, made->height);
    Line* raw = made.release();
    m_lines.insert(row, raw);
    return *raw;
}

void TextView::layoutVisible() {
    if (!m_paper || m_heights.size() == 0) {
        return;
    }
    const int total = m_heights.total();
    int row = firstRow();
    int y = rowTop(row);
    const int bottom = paperRect().bottom();
    while (row < m_heights.size() && y <= bottom) {
        y += line(row).height;
        ++row;
    }
    if (m_heights.total() != total) {
        updateRange();
        if (std::abs(m_heights.total() - m_marksTotal) * 50 > m_marksTotal) {
            m_marks = {}; // smaller corrections would not move a mark visibly
        }
    }
}

int TextView::firstRow() const {
    return m_heights.at(std::max(0, verticalScrollBar()->value() - style::Theme::instance().px(10)));
}

void TextView::showRow(int row) {
    if (m_paper && row >= 0 && row < m_heights.size()) {
        verticalScrollBar()->setValue(m_heights.top(row));
    }
}

void TextView::scrollTo(int position) {
    if (!m_paper) {
        return;
    }
    const int row = m_paper->rowAt(position);
    // Twice: laying out what lies between corrects the estimated heights above.
    for (int round = 0; round < 2; ++round) {
        line(row);
        layoutVisible();
        const QRect at = characterRect(position);
        const QRect paper = paperRect();
        if (at.top() >= paper.top() && at.bottom() <= paper.bottom() - m_lineHeight) {
            break;
        }
        verticalScrollBar()->setValue(verticalScrollBar()->value() + at.center().y() - paper.top() -
                                      paper.height() / 3);
    }
}

QRect TextView::characterRect(int position) {
    if (!m_paper) {
        return {};
    }
    const int row = m_paper->rowAt(position);
    const auto& source = m_paper->rows()[static_cast<std::size_t>(row)];
    const int inRow = std::clamp(position - source.start, 0, source.length);
    const Line& laid = line(row);
    const QTextLine part = laid.layout->lineForTextPosition(inRow);
    const int number = part.isValid() ? part.lineNumber() : 0;
    const qreal x = part.isValid() ? part.cursorToX(inRow) : 0;
    return {textRect().left() + static_cast<int>(x), rowTop(row) + number * m_lineHeight, 2, m_lineHeight};
}

QString TextView::currentLine() const {
    if (!m_paper || m_paper->rows().empty()) {
        return {};
    }
    const auto& row = m_paper->rows()[static_cast<std::size_t>(m_paper->rowAt(m_caret))];
    return m_paper->text().mid(row.start, row.length);
}

QRect TextView::highlightRect(base::FindingId finding) {
    const Highlight* highlight = m_highlights.find(finding);
    if (highlight == nullptr || !m_paper) {
        return {};
    }
    const int row = m_paper->rowAt(highlight->start);
    QRect found;
    parts(row, highlight->start, highlight->end, [&found](const Part& part) {
        if (part.first) {
            found = part.box.toAlignedRect();
        }
    });
    return found.intersected(viewport()->rect());
}

void TextView::resizeEvent(QResizeEvent* event) {
    const int row = firstRow();
    QAbstractScrollArea::resizeEvent(event);
    const bool atTop = verticalScrollBar()->value() == 0;
    estimate();
    if (!atTop) {
        showRow(row);
    }
}

void TextView::scrollContentsBy(int, int) {
    viewport()->update();
    emit firstRowChanged(firstRow());
}

} // namespace kamei::ui::views::text
