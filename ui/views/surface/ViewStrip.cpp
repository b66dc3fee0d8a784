#include "ui/views/surface/ViewStrip.h"

#include <QCoreApplication>
#include <QEvent>
#include <QGridLayout>
#include <QPainter>

#include "ui/style/Theme.h"
#include "ui/views/surface/Renderer.h"

namespace kamei::ui::views::surface {
namespace {

struct Names {
    Q_DECLARE_TR_FUNCTIONS(StandardViews)
};

} // namespace

QString viewName(StandardView view) {
    switch (view) {
    case StandardView::Front:
        return Names::tr("Front");
    case StandardView::RightOblique:
        return Names::tr("Front R");
    case StandardView::Right:
        return Names::tr("Right");
    case StandardView::LeftOblique:
        return Names::tr("Front L");
    case StandardView::Left:
        return Names::tr("Left");
    case StandardView::Below:
        return Names::tr("Below");
    }
    return {};
}

ViewTile::ViewTile(StandardView view, bool after, QWidget* parent)
    : QAbstractButton(parent), m_view(view), m_after(after) {
    setObjectName(QStringLiteral("viewTile.%1%2").arg(static_cast<int>(view) + 1).arg(after ? "b" : "a"));
    setCheckable(true);
    setFocusPolicy(Qt::TabFocus);
    setCursor(Qt::PointingHandCursor);
    setMinimumSize(44, 44);
    setMaximumHeight(style::Theme::instance().px(110));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
}

void ViewTile::setModel(SurfaceModel* model, const Stance& stance) {
    if (m_model != model) {
        if (m_model) {
            m_model->disconnect(this);
        }
        m_model = model;
        m_image = {};
        if (m_model) {
            connect(m_model, &SurfaceModel::changed, this, &ViewTile::redraw);
        }
    }
    m_stance = stance;
    redraw();
    update();
}

void ViewTile::setCaption(const QString& caption) {
    m_caption = caption;
    setAccessibleName(m_after ? tr("%1, after").arg(caption) : tr("%1, before").arg(caption));
    setToolTip(QStringLiteral("%1 (%2)").arg(caption).arg(static_cast<int>(m_view) + 1));
    update();
}

QSize ViewTile::sizeHint() const {
    return {style::Theme::instance().px(84), style::Theme::instance().px(84)};
}

void ViewTile::redraw() {
    if (!isVisible() || !m_model) {
        return;
    }
    const auto shown = m_model->shown(Detail::Full);
    if (!shown.surface) {
        m_image = {};
        update();
        return;
    }
    Picture picture;
    picture.size = (QSizeF(size()) * devicePixelRatioF()).toSize();
    picture.pose = poseOf(cameraOf(m_view), m_stance, picture.size);
    picture.back = picture.backTop = style::Theme::instance().viewer().back;
    picture.parts.push_back({shown.surface, shown.colours, m_model->tone(), 1});
    picture.instead = [source = m_model->source(), threshold = m_model->threshold(), pose = picture.pose,
                       size = picture.size, back = picture.back] {
        return castRays(source->volume(), threshold, pose, size, back);
    };
    Renderer::instance().draw(this, 0, std::move(picture), [this](const QImage& image) {
        m_image = image;
        update();
    });
}

void ViewTile::resizeEvent(QResizeEvent*) {
    redraw();
}

void ViewTile::showEvent(QShowEvent*) {
    redraw();
}

void ViewTile::paintEvent(QPaintEvent*) {
    const auto& theme = style::Theme::instance();
    QPainter painter(this);
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    painter.fillRect(rect(), theme.viewer().back);
    if (!m_image.isNull()) {
        painter.drawImage(rect(), m_image);
    }
    if (!m_after) {
        painter.setFont(theme.font(style::Type::Note));
        const int high = theme.px(16);
        const int wide = std::min(width() - 2, painter.fontMetrics().horizontalAdvance(m_caption) + 8);
        const QRect box(1, height() - high - 1, wide, high);
        painter.fillRect(box, QColor(0x1A, 0x1D, 0x23, 0xD8));
        painter.setPen(theme.viewer().text);
        painter.drawText(box, Qt::AlignCenter,
                         painter.fontMetrics().elidedText(m_caption, Qt::ElideRight, wide - 4));
    }
    const bool marked = isChecked() || hasFocus();
    painter.setPen(QPen(marked ? theme.tokensOf(true).accent : theme.viewer().line, marked ? 2 : 1));
    painter.drawRect(rect().adjusted(0, 0, -1, -1));
}

ViewStrip::ViewStrip(QWidget* parent) : QWidget(parent) {
    setObjectName(QStringLiteral("viewStrip"));
    auto* grid = new QGridLayout(this);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setSpacing(6);
    int column = 0;
    for (const StandardView view : kStandardViews) {
        for (const bool after : {false, true}) {
            auto* tile = new ViewTile(view, after, this);
            grid->addWidget(tile, after ? 1 : 0, column);
            (after ? m_after : m_before).append(tile);
            connect(tile, &QAbstractButton::clicked, this, [this, view] { emit chosen(cameraOf(view)); });
        }
        ++column;
    }
    retranslate();
    setCurrent({});
}

void ViewStrip::setModels(SurfaceModel* before, SurfaceModel* after, const Stance& stance) {
    for (ViewTile* tile : std::as_const(m_before)) {
        tile->setModel(before, stance);
    }
    for (ViewTile* tile : std::as_const(m_after)) {
        tile->setVisible(after != nullptr);
        tile->setModel(after, stance);
    }
}

void ViewStrip::setCurrent(const Camera& camera) {
    const auto view = standardViewOf(camera);
    for (const auto* row : {&m_before, &m_after}) {
        for (ViewTile* tile : *row) {
            tile->setChecked(view && tile->view() == *view);
        }
    }
}

void ViewStrip::retranslate() {
    for (const auto* row : {&m_before, &m_after}) {
        for (ViewTile* tile : *row) {
            tile->setCaption(viewName(tile->view()));
        }
    }
}

void ViewStrip::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
    }
    QWidget::changeEvent(event);
}

} // namespace kamei::ui::views::surface
