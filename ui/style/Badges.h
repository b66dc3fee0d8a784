#pragma once

#include <QColor>
#include <QPainterPath>
#include <QRectF>
#include <QSize>
#include <QString>
#include <QWidget>

#include "core/model/Vocabulary.h"
#include "ui/style/Theme.h"

class QPainter;

namespace kamei::ui::style {

// Square = category, circle = state, pill = requirement. All lengths are for the standard font size;
// draw functions centre vertically in the rectangle given and return what they took.

/// The circle (or green square) that says where something stands.
enum class Sign { Open, OpenRequired, Accepted, Changed, Rejected, Confirmed, SentBack, Blocked, Seen };
[[nodiscard]] Sign signOf(model::DecisionState state, model::Requirement requirement);
/// The same words that the sign means, for screen readers and tool tips.
[[nodiscard]] QString signName(Sign sign);

[[nodiscard]] int categorySize();
[[nodiscard]] int signSize();
/// Draws the category's square with its letter at the left of `rect`.
void drawCategory(QPainter& painter, const QRectF& rect, model::Category category);
void drawSign(QPainter& painter, const QRectF& rect, Sign sign);

[[nodiscard]] int pillWidth(model::Requirement requirement);
/// Draws the requirement's pill at the right end of `rect`; the width taken.
int drawPill(QPainter& painter, const QRectF& rect, model::Requirement requirement);

/// Red filled counts are what blocks; outlined ones are the rest.
enum class CountKind { Bad, Outline, Neutral };
[[nodiscard]] int countWidth(qint64 count);
/// Draws a count at the right end of `rect`; the width taken.
int drawCount(QPainter& painter, const QRectF& rect, qint64 count, CountKind kind);
/// A bar of 8 px, filled from the left by `fraction` (0..1).
void drawMeter(QPainter& painter, const QRectF& rect, double fraction, bool complete = false);

/// The underline of a category along the bottom of `rect` (text highlights): solid, dash, dash-dot, dots,
/// double, wave.
void drawCategoryLine(QPainter& painter, const QRectF& rect, const CategoryLook& look);

/// Category square, state sign, requirement pill or count as a widget with its accessible name.
class Badge : public QWidget {
    Q_OBJECT

public:
    explicit Badge(QWidget* parent = nullptr);
    void showCategory(model::Category category);
    void showSign(Sign sign);
    void showPill(model::Requirement requirement);
    void showCount(qint64 count, CountKind kind);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    enum class Shape { None, Category, Sign, Pill, Count };
    void show(Shape shape);
    Shape m_shape = Shape::None;
    model::Category m_category = model::Category::None;
    Sign m_sign = Sign::Open;
    model::Requirement m_requirement = model::Requirement::None;
    qint64 m_count = 0;
    CountKind m_kind = CountKind::Neutral;
};

/// A bar of 8 px with its value as accessible text.
class Meter : public QWidget {
    Q_OBJECT

public:
    explicit Meter(QWidget* parent = nullptr);
    /// total 0 shows an empty bar.
    void setValue(qint64 done, qint64 total);
    [[nodiscard]] QSize sizeHint() const override { return {80, 8}; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    qint64 m_done = 0;
    qint64 m_total = 0;
};

} // namespace kamei::ui::style
