#pragma once

#include <QAbstractScrollArea>
#include <QBasicTimer>
#include <QCache>
#include <QPixmap>
#include <QTextLayout>
#include <memory>

#include "ui/views/text/Highlights.h"
#include "ui/views/text/PaperText.h"
#include "ui/views/text/RowHeights.h"

namespace kamei::ui::views::text {

/// A text on paper with its findings: line numbers, a category square for each line, highlights, the
/// current finding boxed, and at the right an overview of what is still open, which also scrolls.
/// Only visible rows are laid out, so that 10 MB scroll without a stall. Positions are UTF-16 in
/// PaperText::text(). Mouse and keyboard select text to add a finding.
class TextView : public QAbstractScrollArea {
    Q_OBJECT

public:
    explicit TextView(QWidget* parent = nullptr);
    ~TextView() override;

    /// Shows a text. The place stays when `keepPlace` (the same asset with new decisions).
    void setPaper(std::shared_ptr<const PaperText> paper, Highlights highlights, bool keepPlace = false);
    void clear();
    void setHighlights(Highlights highlights);
    [[nodiscard]] const std::shared_ptr<const PaperText>& paper() const { return m_paper; }
    [[nodiscard]] const Highlights& highlights() const { return m_highlights; }

    /// Boxes a finding and brings it into view.
    void setCurrent(base::FindingId finding, bool scroll = true);
    [[nodiscard]] base::FindingId current() const { return m_current; }
    /// Marks all places of `needle` (case does not matter); empty marks none.
    void setNeedle(const QString& needle);
    /// Selects the next place of the needle after the caret, around the end if need be; false when there is
    /// none.
    bool findNext(bool forward);

    void select(int start, int end);
    [[nodiscard]] bool hasSelection() const { return m_anchor != m_caret; }
    [[nodiscard]] std::pair<int, int> selection() const;
    void scrollTo(int position);
    /// Rectangle of a character, in coordinates of viewport(); where a popup is put.
    [[nodiscard]] QRect characterRect(int position);
    /// Text of the line with the caret, for screen readers.
    [[nodiscard]] QString currentLine() const;
    /// First visible row, and the same for a view that follows this one.
    [[nodiscard]] int firstRow() const;
    void showRow(int row);
    /// The visible part of a highlight, for tests and popups; empty when it is not on screen.
    [[nodiscard]] QRect highlightRect(base::FindingId finding);

signals:
    void findingClicked(kamei::base::FindingId finding);
    /// A person selected text to add a finding: positions start..end.
    void selectionMade(int start, int end);
    void firstRowChanged(int row);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void scrollContentsBy(int dx, int dy) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void timerEvent(QTimerEvent* event) override;
    bool focusNextPrevChild(bool next) override;
    void changeEvent(QEvent* event) override;

private:
    struct Line {
        std::unique_ptr<QTextLayout> layout;
        int height = 0;
    };
    /// One visual line's part of a range.
    struct Part {
        QRectF box; ///< from the top of the characters to the underline
        qreal baseline = 0;
        bool first = false;
        bool last = false;
    };

    void themeChanged();
    void estimate();
    void layoutVisible();
    Line& line(int row);
    [[nodiscard]] QRect paperRect() const;
    [[nodiscard]] QRect textRect() const;
    [[nodiscard]] QRect rulerRect() const;
    [[nodiscard]] int gutterWidth() const;
    [[nodiscard]] int rowTop(int row) const; ///< in viewport()
    void updateRange();
    template <class Visit> void parts(int row, int start, int end, Visit visit);
    [[nodiscard]] int positionAt(const QPoint& point);
    void paintGutter(QPainter& painter, int row, int top, int height);
    void paintRow(QPainter& painter, int row, int top);
    void paintRuler(QPainter& painter);
    void moveCaret(int position, bool extend);
    void moveVertically(int lines, bool extend);
    void scrollRuler(int y);

    std::shared_ptr<const PaperText> m_paper;
    Highlights m_highlights;
    RowHeights m_heights;
    QCache<int, Line> m_lines;
    QPixmap m_marks;      ///< overview marks, drawn anew when text, size or findings change
    int m_marksTotal = 0; ///< height of the text when the marks were drawn
    base::FindingId m_current;
    QString m_needle;
    QFont m_font;
    QFont m_headingFont;
    int m_lineHeight = 27;
    int m_anchor = 0;
    int m_caret = 0;
    bool m_selecting = false;
    bool m_scrollingRuler = false;
    QPoint m_pressed;
    QBasicTimer m_autoScroll;
};

} // namespace kamei::ui::views::text
