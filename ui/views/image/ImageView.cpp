#include "ui/views/image/ImageView.h"

#include <QAction>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QScrollArea>
#include <QTimer>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/shell/ActionRegistry.h"
#include "ui/style/Theme.h"
#include "ui/style/Widgets.h"
#include "ui/tasks/TaskRunner.h"
#include "ui/views/image/ClipBar.h"
#include "ui/views/image/DeepZoom.h"
#include "ui/views/image/FrameBar.h"
#include "ui/views/image/MaskBar.h"
#include "ui/views/image/OverviewStrip.h"
#include "ui/views/image/SoundBar.h"

namespace kamei::ui::views::image {
namespace {

constexpr int kFlickerMs = 450;

} // namespace

ImageView::ImageView(shell::AppContext& context, QWidget* parent)
    : QWidget(parent), m_context(context), m_canvas(new ImageCanvas(this)),
      m_tools(style::surface("viewerbar", this)), m_frames(new FrameBar(this)), m_maskBar(new MaskBar(this)),
      m_overview(new OverviewStrip(this)), m_info(style::label("small", {}, this)),
      m_flicker(new QTimer(this)) {
    setObjectName(QStringLiteral("imageView"));
    setFocusProxy(m_canvas);
    addTimeline();
    addSoundBar();
    style::setProperty(m_maskBar, "surface", QStringLiteral("panel"));
    m_maskBar->setAttribute(Qt::WA_StyledBackground);
    m_frames->setAttribute(Qt::WA_StyledBackground);
    m_clipBar->setAttribute(Qt::WA_StyledBackground);
    auto* infoBar = style::surface("viewerbar", this);
    auto* infoRow = new QHBoxLayout(infoBar);
    infoRow->setContentsMargins(12, 4, 12, 4);
    infoRow->addWidget(m_info);
    addTools();
    addActions();
    auto* middle = new QHBoxLayout;
    middle->setSpacing(0);
    middle->addWidget(m_tools);
    middle->addWidget(m_canvas, 1);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(middle, 1);
    column->addWidget(infoBar);
    auto* commands = new QHBoxLayout;
    commands->setSpacing(0);
    commands->addWidget(m_frames, 1);
    commands->addWidget(m_clipBar);
    column->addLayout(commands);
    column->addWidget(m_timelineArea);
    column->addWidget(m_maskBar);
    column->addWidget(m_soundBar);
    column->addWidget(m_overview);

    m_flicker->setInterval(kFlickerMs);
    connect(m_flicker, &QTimer::timeout, this, [this] {
        m_flickerAfter = !m_flickerAfter;
        display();
    });
    connect(m_canvas, &ImageCanvas::stepped, this, [this](int by) { setFrame(m_frame + by); });
    connect(m_canvas, &ImageCanvas::viewChanged, this, &ImageView::updateInfo);
    connect(m_canvas, &ImageCanvas::windowDragged, this, &ImageView::dragWindow);
    connect(m_canvas, &ImageCanvas::drawn, this, &ImageView::addMask);
    connect(m_canvas, &ImageCanvas::reshaped, this, &ImageView::reshapeFigure);
    connect(m_canvas, &ImageCanvas::erased, this, &ImageView::eraseMask);
    connect(m_canvas, &ImageCanvas::selected, this, [this](base::FindingId finding) {
        selectFinding(finding);
        emit findingSelected(finding);
    });
    connect(m_frames, &FrameBar::chosen, this, &ImageView::setFrame);
    connect(m_maskBar, &MaskBar::changed, this, &ImageView::changeMask);
    connect(m_maskBar, &MaskBar::applyToDevice, this, &ImageView::applyToDevice);
    connect(m_overview, &OverviewStrip::chosen, this, &ImageView::showOverview);
    connect(&context, &shell::AppContext::changed, this, [this](const job::Change& change) {
        if (m_asset.valid() && (!change.asset.valid() || change.asset == m_asset)) {
            ++m_afterRevision; // what is still being read for the old decisions must not be kept
            m_cache.removeIf(
                [](const auto& entry) { return entry.key().second == static_cast<int>(job::Side::After); });
            dropDeep(job::Side::After);
            reloadMasks();
        }
    });
    retranslate();
}

ImageView::~ImageView() {
    stopCuts();
}

void ImageView::addTools() {
    auto* column = new QVBoxLayout(m_tools);
    column->setContentsMargins(4, 8, 4, 8);
    column->setSpacing(4);
    m_tools->setFixedWidth(40);
    addTool(Tool::Select, QStringLiteral("image.select"), QStringLiteral("select"));
    addTool(Tool::Pan, QStringLiteral("image.pan"), QStringLiteral("pan"));
    addTool(Tool::Window, QStringLiteral("image.window"), QStringLiteral("window-level"));
    addTool(Tool::Zoom, QStringLiteral("image.zoom"), QStringLiteral("zoom"));
    addTool(Tool::Box, QStringLiteral("mask.box"), QStringLiteral("box"));
    addTool(Tool::Ellipse, QStringLiteral("mask.ellipse"), QStringLiteral("ellipse"));
    addTool(Tool::Polygon, QStringLiteral("mask.polygon"), QStringLiteral("polygon"));
    addTool(Tool::Brush, QStringLiteral("mask.brush"), QStringLiteral("brush"));
    addTool(Tool::Erase, QStringLiteral("mask.erase"), QStringLiteral("erase"));
    m_visible = style::iconButton(QStringLiteral("eye"), {}, m_tools);
    m_visible->setCheckable(true);
    m_visible->setChecked(true);
    connect(m_visible, &QToolButton::toggled, m_canvas, &ImageCanvas::setMasksVisible);
    column->addSpacing(8);
    column->addWidget(m_visible);
    column->addStretch(1);
    setTool(Tool::Select);
}

QToolButton* ImageView::addTool(Tool tool, const QString& id, const QString& icon) {
    QToolButton* button = style::iconButton(icon, {}, m_tools);
    button->setObjectName(id);
    button->setCheckable(true);
    button->setAutoExclusive(true);
    connect(button, &QToolButton::clicked, this, [this, tool] { setTool(tool); });
    m_toolButtons.insert(static_cast<int>(tool), button);
    m_tools->layout()->addWidget(button);
    return button;
}

void ImageView::addActions() {
    const auto add = [this](const QString& id, const QKeySequence& keys, const QString& icon, Tool tool) {
        // One registry for the window, several image views: the visible one that may draw takes the key.
        QAction* action = m_context.actions().action(id);
        if (action == nullptr) {
            action = m_context.actions().add(id, {}, keys, icon);
            action->setEnabled(
                false); // until a view that may draw is on the screen: others have the same keys
        }
        connect(action, &QAction::triggered, this, [this, tool] {
            if (isVisible() && !m_readOnly) {
                setTool(tool);
                m_canvas->setFocus();
            }
        });
        m_actions.insert(static_cast<int>(tool), action);
    };
    add(QStringLiteral("work.mask-box"), Qt::Key_B, QStringLiteral("box"), Tool::Box);
    add(QStringLiteral("work.mask-polygon"), Qt::Key_P, QStringLiteral("polygon"), Tool::Polygon);
    add(QStringLiteral("work.mask-brush"), {}, QStringLiteral("brush"), Tool::Brush);
    const auto command = [this](const QString& id, const QKeySequence& keys, const QString& icon,
                                auto&& run) {
        QAction* action = m_context.actions().action(id);
        if (action == nullptr) {
            action = m_context.actions().add(id, {}, keys, icon);
            action->setEnabled(false);
        }
        connect(action, &QAction::triggered, this, [this, run] {
            if (isVisible() && m_isClip) {
                run();
            }
        });
        m_clipActions.insert(id, action);
    };
    command(QStringLiteral("work.mask-key"), Qt::Key_N, QStringLiteral("keyframe"), [this] { setKey(); });
    command(QStringLiteral("work.mask-from"), Qt::Key_I, QStringLiteral("first"),
            [this] { setRangeEnd(true); });
    command(QStringLiteral("work.mask-until"), Qt::Key_O, QStringLiteral("last"),
            [this] { setRangeEnd(false); });
    command(QStringLiteral("work.mask-track"), Qt::Key_T, QStringLiteral("track"), [this] { trackMask(); });
    command(QStringLiteral("work.cut-previous"), Qt::Key_BracketLeft, QStringLiteral("previous"),
            [this] { goToCut(-1); });
    command(QStringLiteral("work.cut-next"), Qt::Key_BracketRight, QStringLiteral("next"),
            [this] { goToCut(1); });
    command(QStringLiteral("work.play"), Qt::Key_L, QStringLiteral("play"),
            [this] { m_frames->togglePlay(); });
    add(QStringLiteral("work.mask-select"), Qt::Key_V, QStringLiteral("select"), Tool::Select);
}

void ImageView::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    setActionsEnabled(!m_readOnly);
    if (m_cutsWanted) {
        loadCuts();
    }
}

void ImageView::hideEvent(QHideEvent* event) {
    QWidget::hideEvent(event);
    stopCuts(); // it may take minutes, and nobody looks
    setActionsEnabled(false);
}

void ImageView::setActionsEnabled(bool enabled) {
    if (!m_readOnly) {
        for (QAction* action : std::as_const(m_actions)) {
            action->setEnabled(enabled);
        }
        for (QAction* action : std::as_const(m_clipActions)) {
            action->setEnabled(enabled);
        }
    }
}

void ImageView::retranslate() {
    const QHash<int, QString> names{
        {static_cast<int>(Tool::Select), tr("Select (V)")},
        {static_cast<int>(Tool::Pan), tr("Move the picture")},
        {static_cast<int>(Tool::Window), tr("Brightness")},
        {static_cast<int>(Tool::Zoom), tr("Zoom")},
        {static_cast<int>(Tool::Box), tr("Box (B)")},
        {static_cast<int>(Tool::Ellipse), tr("Ellipse")},
        {static_cast<int>(Tool::Polygon), tr("Polygon (P)")},
        {static_cast<int>(Tool::Brush), tr("Brush")},
        {static_cast<int>(Tool::Erase), tr("Remove a mask")},
    };
    for (auto it = m_toolButtons.cbegin(); it != m_toolButtons.cend(); ++it) {
        it.value()->setToolTip(names.value(it.key()));
        it.value()->setAccessibleName(names.value(it.key()));
    }
    m_actions.value(static_cast<int>(Tool::Box))->setText(tr("Draw a box"));
    m_actions.value(static_cast<int>(Tool::Polygon))->setText(tr("Draw a polygon"));
    m_actions.value(static_cast<int>(Tool::Brush))->setText(tr("Draw with the brush"));
    m_actions.value(static_cast<int>(Tool::Select))->setText(tr("Select masks"));
    m_clipActions.value(QStringLiteral("work.mask-key"))->setText(tr("Set a key frame of the mask"));
    m_clipActions.value(QStringLiteral("work.mask-from"))
        ->setText(tr("Let the mask, or the silence, begin here"));
    m_clipActions.value(QStringLiteral("work.mask-until"))
        ->setText(tr("Let the mask, or the silence, end here"));
    m_clipActions.value(QStringLiteral("work.mask-track"))->setText(tr("Let the mask follow what it covers"));
    m_clipActions.value(QStringLiteral("work.cut-previous"))->setText(tr("Go back to where a scene begins"));
    m_clipActions.value(QStringLiteral("work.cut-next"))->setText(tr("Go to the next scene"));
    m_clipActions.value(QStringLiteral("work.play"))->setText(tr("Play or stop"));
    m_visible->setToolTip(tr("Show masks"));
    m_visible->setAccessibleName(tr("Show masks"));
    m_canvas->setAccessibleName(tr("Picture"));
    updateInfo();
}

void ImageView::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
    }
    QWidget::changeEvent(event);
}

void ImageView::setTool(Tool tool) {
    m_canvas->setTool(tool);
    if (QToolButton* button = m_toolButtons.value(static_cast<int>(tool))) {
        button->setChecked(true);
    }
}

void ImageView::setReadOnly(bool readOnly) {
    m_readOnly = readOnly;
    m_canvas->setEditable(!readOnly);
    m_tools->setVisible(!readOnly);
    m_canvas->setMasksVisible(!readOnly);
    m_overview->setVisible(!readOnly);
    m_maskBar->hide();
    m_soundBar->hide();
}

void ImageView::show(base::AssetId asset) {
    if (asset == m_asset) {
        reloadMasks();
        return;
    }
    m_asset = asset;
    m_frame = 1;
    m_selected = {};
    m_window.reset();
    m_series.reset();
    m_overviewIndex = -1;
    m_cache.clear();
    m_canvas->setDeep(nullptr, nullptr);
    dropDeep({});
    m_scans = 0;
    m_roles.clear();
    m_canvas->setPictures({}, {});
    m_canvas->setMasks({});
    m_overview->clear();
    m_maskBar->hide();
    m_findings.clear();
    m_silenceBegun = 0;
    m_cutsWanted = false;
    stopCuts();
    showSounds();
    ++m_generation;
    reload();
}

void ImageView::setSide(job::Side side) {
    setCompare(side == job::Side::Before ? Compare::Before : Compare::After);
}

void ImageView::setCompare(Compare mode) {
    m_canvas->setCompare(mode);
    mode == Compare::Flicker ? m_flicker->start() : m_flicker->stop();
    m_flickerAfter = false;
    if (mode == Compare::SideBySide) {
        m_canvas->fit();
    }
    setFrame(m_frame);
}

bool ImageView::wants(job::Side side) const {
    switch (m_canvas->compare()) {
    case Compare::Before:
        return side == job::Side::Before;
    case Compare::After:
        return side == job::Side::After;
    default:
        return true;
    }
}

void ImageView::setFrame(int frame) {
    m_frame = std::clamp(frame, 1, std::max(m_frameCount, 1));
    m_frames->setFrame(m_frame);
    m_canvas->setFrame(m_frame);
    if (m_overviewIndex >= 0) {
        m_overviewIndex = -1;
    }
    for (const job::Side side : {job::Side::Before, job::Side::After}) {
        if (wants(side)) {
            if (isScan(m_frame)) {
                loadDeep(m_frame, side);
            }
            load(m_frame, side);
        }
    }
    display();
    updateInfo();
    updateClip();
}

void ImageView::selectFinding(base::FindingId finding) {
    m_silenceBegun = finding == m_selected ? m_silenceBegun : 0;
    m_selected = finding;
    m_canvas->select(finding);
    const auto item = itemOf(finding);
    if (item && !item->mask.frames.contains(m_frame)) {
        setFrame(item->mask.frames.first);
    }
    if (item) {
        m_frames->setRange(item->mask.frames.first, item->mask.frames.last);
    } else {
        m_frames->clearRange();
    }
    const bool device = m_row && !m_row->asset.device.empty() && !showsPages();
    m_maskBar->show(m_readOnly ? std::nullopt : item, m_frameCount,
                    device ? std::optional(m_sameDevice) : std::nullopt);
    updateClip();
}

std::optional<MaskItem> ImageView::itemOf(base::FindingId finding) const {
    const auto found = std::ranges::find(m_items, finding, &MaskItem::finding);
    return found == m_items.end() ? std::nullopt : std::optional(*found);
}

void ImageView::display() {
    if (m_overviewIndex >= 0) {
        return;
    }
    const Shown before = m_cache.value({m_frame, static_cast<int>(job::Side::Before)});
    const Shown after = m_cache.value({m_frame, static_cast<int>(job::Side::After)});
    if (before.image.isNull() && after.image.isNull()) {
        return;
    }
    DeepZoom* const deepBefore = isScan(m_frame) ? deepOf(job::Side::Before) : nullptr;
    DeepZoom* const deepAfter = isScan(m_frame) ? deepOf(job::Side::After) : nullptr;
    if (isScan(m_frame) && deepBefore == nullptr && deepAfter == nullptr) {
        return; // without it, places on the overview would be taken for places on the slide
    }
    const bool flickering = m_canvas->compare() == Compare::Flicker;
    m_canvas->setDeep(deepBefore, flickering && !m_flickerAfter ? deepBefore : deepAfter);
    m_canvas->setPictures(before.image, flickering && !m_flickerAfter ? before.image : after.image);
    const Shown& wanted = m_canvas->compare() == Compare::Before ? before : after;
    if (!wanted.image.isNull()) {
        emit frameShown(m_frame);
    }
    updateInfo();
}

void ImageView::updateInfo() {
    const Shown any = m_cache.value(
        {m_frame, static_cast<int>(wants(job::Side::After) ? job::Side::After : job::Side::Before)});
    QStringList parts;
    if (m_overviewIndex >= 0) {
        parts << tr("Series overview");
    } else {
        parts << tr("Picture %1 of %2").arg(m_frame).arg(m_frameCount);
        if (const QString role = roleText(m_frame); !role.isEmpty()) {
            parts << role;
        }
    }
    parts << QStringLiteral("%1 %").arg(qRound(m_canvas->scale() * 100));
    if (m_window) {
        parts << QStringLiteral("W %1 L %2").arg(qRound(m_window->width)).arg(qRound(m_window->center));
    }
    if (any.preview) {
        parts << tr("preview, not staged yet");
    }
    m_info->setText(parts.join(QStringLiteral("　")));
}

void ImageView::dragWindow(double widthSteps, double centerSteps) {
    if (!m_window) {
        return;
    }
    const double unit = std::max(m_window->width / 300.0, 0.5);
    m_window->width = std::max(m_window->width + widthSteps * unit, 1.0);
    m_window->center += centerSteps * unit;
    for (auto it = m_cache.begin(); it != m_cache.end(); ++it) {
        if (it->raster && it.key().first == m_frame) {
            it->image = toImage(*it->raster, *m_window);
        }
    }
    for (DeepZoom* const deep : std::as_const(m_deep)) {
        if (deep != nullptr) {
            deep->setWindow(*m_window);
        }
    }
    display();
}

} // namespace kamei::ui::views::image
