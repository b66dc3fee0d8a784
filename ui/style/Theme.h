#pragma once

#include <QColor>
#include <QFont>
#include <QObject>
#include <QPen>
#include <QString>

#include "core/model/Vocabulary.h"

class QApplication;

namespace kamei::ui::style {

enum class Mode { System, Light, Dark };

/// The colours of one theme (design tokens). Every text colour has at least 4.5:1 on panel and window,
/// every line that carries meaning at least 3:1; a test computes it.
struct Tokens {
    QColor window, panel, alternate, header, line, control;
    QColor text, text2, text3, disabled;
    QColor accent, onAccent, selection, hover;
    QColor bad, badBack, warn, warnBack, ok, okBack;
    QColor button, field, paper, gutter;
};

/// Image viewers are dark in both themes.
struct ViewerTokens {
    QColor back{0x0F, 0x11, 0x15}, bar{0x1A, 0x1D, 0x23}, line{0x3A, 0x40, 0x4A};
    QColor text{0xDE, 0xE3, 0xEA}, text2{0xA3, 0xAC, 0xB9};
};

/// How a category is drawn: square with letter, line under text or around a region (Okabe-Ito palette;
/// each with a letter and a line style of its own, because colour is never the only sign).
struct CategoryLook {
    enum class Line { Solid, Dash, DashDot, Dot, Double, Wave };
    QColor fill;   ///< of the square
    QColor letter; ///< on the square
    QColor line;   ///< underline and box in the present theme
    QColor tint;   ///< behind text that is open: fill at 20 % (light) or 30 % (dark)
    Line style = Line::Solid;
};

/// Sizes of type in pixels at the standard font size of 13.
enum class Type { Note = 11, Table = 12, Base = 13, Heading = 14, Page = 18, Number = 22 };

/// The look of the program: one for the process, GUI thread only.
class Theme : public QObject {
    Q_OBJECT

public:
    [[nodiscard]] static Theme& instance();

    /// Sets palette, fonts and style sheet of the application; again after each change.
    void apply(QApplication& application, Mode mode, int basePx = 13);
    [[nodiscard]] Mode mode() const { return m_mode; }
    [[nodiscard]] bool dark() const { return m_dark; }
    [[nodiscard]] int basePx() const { return m_basePx; }

    [[nodiscard]] const Tokens& tokens() const { return m_tokens; }
    [[nodiscard]] const ViewerTokens& viewer() const { return m_viewer; }
    [[nodiscard]] CategoryLook category(model::Category category) const;
    /// Colours of the dark theme's lines, for boxes in the always dark viewer.
    [[nodiscard]] CategoryLook viewerCategory(model::Category category) const;

    [[nodiscard]] QFont font(Type type = Type::Base, bool bold = false) const;
    /// Noto Sans Mono CJK JP 12, for tags and hashes.
    [[nodiscard]] QFont monoFont() const;
    /// A length of the design (at font size 13) for the present font size: row heights, column widths.
    [[nodiscard]] int px(int atStandard) const;

    [[nodiscard]] static Tokens tokensOf(bool dark);

signals:
    void changed();

private:
    Theme() = default;
    Mode m_mode = Mode::System;
    bool m_dark = false;
    int m_basePx = 13;
    Tokens m_tokens = tokensOf(false);
    ViewerTokens m_viewer;
};

[[nodiscard]] inline const Tokens& tokens() {
    return Theme::instance().tokens();
}

/// A pen in a category's line style, `width` in device-independent pixels. Double and wave lines are drawn by
/// drawCategoryLine (Badges.h); the pen they get here is solid and long-dashed.
[[nodiscard]] QPen categoryPen(const CategoryLook& look, qreal width = 2.0);

/// WCAG 2 contrast ratio of two opaque colours, 1..21.
[[nodiscard]] double contrast(const QColor& one, const QColor& other);

} // namespace kamei::ui::style
