#include "ui/style/Icon.h"

#include <QFile>
#include <QHash>
#include <QIconEngine>
#include <QPainter>
#include <QSvgRenderer>
#include <memory>

#include "ui/style/Theme.h"

namespace kamei::ui::style {
namespace {

QByteArray source(const QString& name) {
    static QHash<QString, QByteArray> cache;
    if (const auto found = cache.constFind(name); found != cache.constEnd()) {
        return *found;
    }
    QFile file(QStringLiteral(":/icons/%1.svg").arg(name));
    const QByteArray text = file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    cache.insert(name, text);
    return text;
}

QSvgRenderer* renderer(const QString& name, const QColor& colour) {
    static QHash<QString, std::shared_ptr<QSvgRenderer>> cache;
    const QString key = name + colour.name(QColor::HexArgb);
    if (const auto found = cache.constFind(key); found != cache.constEnd()) {
        return found->get();
    }
    QByteArray svg = source(name);
    if (svg.isEmpty()) {
        return nullptr;
    }
    svg.replace("currentColor", colour.name(QColor::HexRgb).toLatin1());
    auto made = std::make_shared<QSvgRenderer>(svg);
    cache.insert(key, made);
    return made.get();
}

/// Draws at the size and in the colour that the moment asks for: sharp at every scale.
class Engine final : public QIconEngine {
public:
    Engine(QString name, QColor colour) : m_name(std::move(name)), m_colour(std::move(colour)) {}

    void paint(QPainter* painter, const QRect& rect, QIcon::Mode mode, QIcon::State) override {
        QColor colour = m_colour.isValid() ? m_colour : tokens().text;
        if (mode == QIcon::Disabled) {
            colour = tokens().disabled;
        }
        const int side = qMin(rect.width(), rect.height());
        drawIcon(*painter, QRectF(rect.left(), rect.top() + (rect.height() - side) / 2.0, side, side), m_name,
                 colour);
    }
    QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State state) override {
        QPixmap pixmap(size);
        pixmap.fill(Qt::transparent);
        QPainter painter(&pixmap);
        paint(&painter, QRect(QPoint(0, 0), size), mode, state);
        return pixmap;
    }
    [[nodiscard]] QIconEngine* clone() const override { return new Engine(m_name, m_colour); }

private:
    QString m_name;
    QColor m_colour;
};

} // namespace

bool hasIcon(const QString& name) {
    return !source(name).isEmpty();
}

void drawIcon(QPainter& painter, const QRectF& rect, const QString& name, const QColor& colour) {
    if (QSvgRenderer* svg = renderer(name, colour)) {
        painter.save();
        painter.setRenderHint(QPainter::Antialiasing);
        svg->render(&painter, rect);
        painter.restore();
    }
}

QPixmap iconPixmap(const QString& name, int sizePx, qreal devicePixelRatio, const QColor& colour) {
    const int device = qRound(sizePx * devicePixelRatio);
    QPixmap pixmap(device, device);
    pixmap.fill(Qt::transparent);
    {
        QPainter painter(&pixmap);
        drawIcon(painter, QRectF(0, 0, device, device), name, colour.isValid() ? colour : tokens().text);
    }
    pixmap.setDevicePixelRatio(devicePixelRatio);
    return pixmap;
}

QIcon icon(const QString& name, const QColor& colour) {
    return hasIcon(name) ? QIcon(new Engine(name, colour)) : QIcon();
}

} // namespace kamei::ui::style
