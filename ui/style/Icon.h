#pragma once

#include <QColor>
#include <QIcon>
#include <QPixmap>
#include <QRectF>
#include <QString>

class QPainter;

namespace kamei::ui::style {

/// An icon of resources/icons by name ("home"), drawn in `colour` where the file says currentColor;
/// an invalid colour means the theme's text colour. Empty for an unknown name.
[[nodiscard]] QPixmap iconPixmap(const QString& name, int sizePx, qreal devicePixelRatio,
                                 const QColor& colour = {});
/// The same as an icon with normal, disabled and selected states in the present theme's colours. Ask again
/// after Theme::changed.
[[nodiscard]] QIcon icon(const QString& name, const QColor& colour = {});
[[nodiscard]] bool hasIcon(const QString& name);
/// Draws an icon into a square rectangle.
void drawIcon(QPainter& painter, const QRectF& rect, const QString& name, const QColor& colour);

} // namespace kamei::ui::style
