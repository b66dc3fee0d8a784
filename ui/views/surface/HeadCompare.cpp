#include "ui/views/surface/HeadCompare.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QPushButton>
#include <QVBoxLayout>

#include "ui/style/Theme.h"
#include "ui/style/Widgets.h"
#include "ui/tasks/TaskRunner.h"
#include "ui/text/FaceWords.h"
#include "ui/views/surface/ViewStrip.h"

namespace kamei::ui::views::surface {
namespace {

constexpr double kFarMm = 20; ///< end of the scale of distances

struct Loaded {
    base::Expected<HeadData> before;
    base::Expected<HeadData> after;
};

} // namespace

HeadCompare::HeadCompare(tasks::TaskRunner& runner, QWidget* parent)
    : QWidget(parent), m_runner(runner), m_before(new SurfaceModel(runner, this)),
      m_after(new SurfaceModel(runner, this)), m_pair(new SurfacePair), m_strip(new ViewStrip),
      m_modes(new style::Segments), m_distance(style::button("small")),
      m_turn(style::button("small", {}, QStringLiteral("play"))) {
    setObjectName(QStringLiteral("headCompare"));
    style::setProperty(this, "surface", QStringLiteral("viewer"));
    setAttribute(Qt::WA_StyledBackground);
    m_pair->before().setModel(m_before);
    m_pair->after().setModel(m_after);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_pair, 1);
    auto* bar = style::surface("viewerbar");
    auto* row = new QHBoxLayout(bar);
    row->setContentsMargins(12, 6, 12, 6);
    for (int i = 0; i < 3; ++i) {
        m_modes->add({});
    }
    m_distance->setCheckable(true);
    m_turn->setCheckable(true);
    m_distance->setObjectName(QStringLiteral("compare.distance"));
    m_turn->setObjectName(QStringLiteral("compare.turn"));
    row->addWidget(m_modes);
    row->addStretch(1);
    row->addWidget(m_distance);
    row->addWidget(m_turn);
    column->addWidget(bar);
    auto* strip = new QHBoxLayout;
    strip->setContentsMargins(8, 6, 8, 6);
    strip->addWidget(m_strip);
    m_strip->setFixedHeight(style::Theme::instance().px(172));
    column->addLayout(strip);
    connect(m_modes, &style::Segments::chosen, this,
            [this](int id) { m_pair->setMode(static_cast<SurfacePair::Mode>(id)); });
    connect(m_turn, &QPushButton::clicked, m_pair, &SurfacePair::setTurning);
    connect(m_pair, &SurfacePair::turningChanged, m_turn, &QPushButton::setChecked);
    connect(m_pair, &SurfacePair::cameraChanged, m_strip, &ViewStrip::setCurrent);
    connect(m_strip, &ViewStrip::chosen, m_pair, &SurfacePair::setCamera);
    const auto paint = [this] {
        Paint colours;
        if (m_distance->isChecked()) {
            colours.distanceTo = m_before->shown(Detail::Full).surface;
            colours.farMm = kFarMm;
        }
        m_after->setPaint(colours);
        m_pair->after().setScaleMm(colours.distanceTo ? kFarMm : 0);
    };
    connect(m_distance, &QPushButton::toggled, this, paint);
    connect(m_before, &SurfaceModel::changed, this, paint);
    for (SurfaceView* view : {&m_pair->before(), &m_pair->after()}) {
        connect(view, &SurfaceView::thresholdStepped, this, [this](int steps) {
            if (m_before->source()) {
                const auto [low, high] = m_before->source()->range();
                m_before->setThreshold(m_before->threshold() + steps * (high - low) / 60);
                m_after->setThreshold(m_before->threshold());
            }
        });
    }
    retranslate();
}

HeadCompare::~HeadCompare() {
    m_stop.request_stop();
}

void HeadCompare::show(std::shared_ptr<job::Session> session, base::AssetId asset, const QString& before,
                       const QString& after) {
    m_stop.request_stop();
    m_stop = {};
    ++m_generation;
    m_session = std::move(session);
    m_asset = asset;
    m_beforeNote = before;
    m_afterNote = after;
    m_before->setSource(nullptr);
    m_after->setSource(nullptr);
    m_pair->setHasAfter(false);
    m_pair->setTurning(false);
    m_loaded = !m_session || !asset.valid();
    if (isVisible()) {
        load();
    }
}

void HeadCompare::load() {
    if (m_loaded) {
        return;
    }
    m_loaded = true;
    m_pair->before().setNotice(tr("Reading the volume…"));
    m_runner.look(
        this,
        [session = m_session, asset = m_asset, stop = m_stop.get_token()]() -> Loaded {
            auto before = readHead(*session, asset, job::Side::Before, stop);
            if (!before) {
                return {tl::unexpected(before.error()), tl::unexpected(before.error())};
            }
            auto staged = readHead(*session, asset, job::Side::After, stop);
            if (staged) {
                *staged = withVoxels(*before, staged->volume);
            }
            return {std::move(before), std::move(staged)};
        },
        [this, generation = m_generation](Loaded loaded) {
            if (generation != m_generation) {
                return;
            }
            if (!loaded.before) {
                m_pair->before().setNotice(text::volumeReason(loaded.before.error()));
                return;
            }
            m_pair->before().setNotice({});
            for (SurfaceView* view : {&m_pair->before(), &m_pair->after()}) {
                view->setStance(loaded.before->stance);
            }
            m_before->setThreshold(loaded.before->skin);
            m_after->setThreshold(loaded.before->skin);
            m_before->setSource(loaded.before->source);
            m_pair->setHasAfter(true);
            if (loaded.after) {
                m_pair->after().setNotice({});
                m_after->setSource(loaded.after->source);
            } else {
                m_pair->after().setNotice(text::volumeReason(loaded.after.error()));
            }
            m_strip->setModels(m_before, m_after, loaded.before->stance);
            m_pair->setCamera({});
            retranslate();
        });
}

void HeadCompare::retranslate() {
    m_modes->setText(0, tr("Side by side"));
    m_modes->setText(1, tr("Swipe"));
    m_modes->setText(2, tr("Flicker"));
    m_distance->setText(tr("Distance"));
    m_distance->setToolTip(tr("Colours show how far the new surface lies from the old one."));
    m_turn->setText(tr("Turn"));
    m_turn->setToolTip(tr("Turns the head round (R)"));
    m_pair->before().setCaptions(tr("Before"), m_beforeNote);
    m_pair->after().setCaptions(tr("After processing"), m_afterNote);
}

void HeadCompare::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
    }
    QWidget::changeEvent(event);
}

void HeadCompare::showEvent(QShowEvent*) {
    load();
}

} // namespace kamei::ui::views::surface
