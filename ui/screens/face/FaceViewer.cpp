#include "ui/screens/face/FaceViewer.h"

#include <QComboBox>
#include <QDoubleSpinBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QSlider>
#include <QToolButton>
#include <QVBoxLayout>
#include <cmath>

#include "ui/style/KeyHints.h"
#include "ui/style/Theme.h"
#include "ui/style/Widgets.h"
#include "ui/views/surface/ViewStrip.h"

namespace kamei::ui::screens::face {
namespace {

using views::surface::Cut;
using views::surface::SliceTool;
using views::surface::SurfaceTool;

constexpr int kSteps = 1000;            ///< of the slider over the range of values
constexpr double kStepShare = 1 / 60.0; ///< of the range that [ and ] go
constexpr double kFarMm = 20;           ///< end of the scale of distances
const QColor kNeutral(0xB8, 0xB4, 0xAC);
const QColor kSkinTone(0xE2, 0xB0, 0x93);

QToolButton* toggle(const char* name) {
    auto* button = new QToolButton;
    button->setObjectName(QLatin1String(name));
    button->setCheckable(true);
    button->setProperty("kind", QStringLiteral("small"));
    return button;
}

QDoubleSpinBox* spin(const char* name, double least, double most) {
    auto* box = new QDoubleSpinBox;
    box->setObjectName(QLatin1String(name));
    box->setRange(least, most);
    box->setDecimals(0);
    box->setKeyboardTracking(false);
    box->setProperty("kind", QStringLiteral("small"));
    return box;
}

} // namespace

FaceViewer::FaceViewer(tasks::TaskRunner& runner, MaskEditor* editor, QWidget* parent)
    : QWidget(parent), m_editor(editor), m_beforeModel(new views::surface::SurfaceModel(runner, this)),
      m_afterModel(new views::surface::SurfaceModel(runner, this)),
      m_boneModel(new views::surface::SurfaceModel(runner, this)),
      m_boneAfter(new views::surface::SurfaceModel(runner, this)), m_pair(new views::surface::SurfacePair),
      m_strip(new views::surface::ViewStrip), m_sliceBefore(new views::surface::SliceView),
      m_sliceAfter(new views::surface::SliceView), m_title(new style::ElidedLabel("heading")),
      m_facts(style::label("small")), m_modes(new style::Segments),
      m_link(style::button("small", {}, QStringLiteral("link"))), m_thresholdLabel(style::label("small")),
      m_slider(new QSlider(Qt::Horizontal)), m_threshold(spin("face.threshold", -32768, 65535)),
      m_depthLabel(style::label("small")), m_depth(spin("face.depth", 3, 40)),
      m_region(toggle("face.region")), m_inside(toggle("face.inside")), m_skin(toggle("face.skin")),
      m_distance(toggle("face.distance")), m_turn(style::button("small", {}, QStringLiteral("play"))),
      m_stripTitle(style::label("small")), m_sliceTitle(style::label("small")), m_cut(new QComboBox),
      m_tools(new style::Segments), m_radius(spin("face.radius", 1, 30)), m_hints(new style::KeyHints) {
    setObjectName(QStringLiteral("faceViewer"));
    style::setProperty(this, "surface", QStringLiteral("viewer"));
    setAttribute(Qt::WA_StyledBackground);
    m_sliceBefore->setObjectName(QStringLiteral("face.sliceBefore"));
    m_sliceAfter->setObjectName(QStringLiteral("face.sliceAfter"));
    m_pair->before().setModel(m_beforeModel);
    m_pair->after().setModel(m_afterModel);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(buildHead());
    column->addWidget(m_pair, 1);
    column->addWidget(buildBar());
    column->addWidget(buildLower());
    column->addWidget(m_hints);
    connectAll();
    retranslate();
    clear({}, {});
}

QWidget* FaceViewer::buildBar() {
    const auto& theme = style::Theme::instance();
    auto* bar = style::surface("viewerbar");
    bar->setFixedHeight(theme.px(40));
    auto* row = new QHBoxLayout(bar);
    row->setContentsMargins(12, 0, 12, 0);
    row->setSpacing(5); // at 1366 pixels all of it has to fit
    m_slider->setObjectName(QStringLiteral("face.slider"));
    m_slider->setRange(0, kSteps);
    m_slider->setMinimumWidth(theme.px(44));
    m_slider->setFocusPolicy(Qt::StrongFocus);
    m_depth->setSuffix(QStringLiteral(" mm"));
    m_threshold->setFixedWidth(theme.px(84));
    m_depth->setFixedWidth(theme.px(66));
    m_turn->setObjectName(QStringLiteral("face.turn"));
    m_turn->setCheckable(true);
    m_thresholdLabel->setBuddy(m_threshold);
    m_depthLabel->setBuddy(m_depth);
    row->addWidget(m_thresholdLabel);
    row->addWidget(m_slider, 1);
    row->addWidget(m_threshold);
    row->addWidget(m_depthLabel);
    row->addWidget(m_depth);
    row->addWidget(m_region);
    row->addWidget(m_inside);
    row->addWidget(m_skin);
    row->addWidget(m_distance);
    row->addWidget(m_turn);
    return bar;
}

void FaceViewer::connectAll() {
    using views::surface::Camera;
    using views::surface::SliceView;
    using views::surface::SurfaceView;
    connect(m_modes, &style::Segments::chosen, this,
            [this](int id) { m_pair->setMode(static_cast<views::surface::SurfacePair::Mode>(id)); });
    connect(m_link, &QPushButton::toggled, m_pair, &views::surface::SurfacePair::setLinked);
    connect(m_slider, &QSlider::valueChanged, this, [this](int at) {
        if (!m_setting && m_before) {
            const auto [low, high] = m_before->source->range();
            setThreshold(std::round(low + (high - low) * at / kSteps));
        }
    });
    connect(m_threshold, &QDoubleSpinBox::valueChanged, this, [this](double value) {
        if (!m_setting) {
            setThreshold(value);
        }
    });
    connect(m_depth, &QDoubleSpinBox::valueChanged, this, [this](double mm) {
        if (!m_setting) {
            emit depthChanged(mm);
        }
    });
    connect(m_region, &QToolButton::toggled, this, &FaceViewer::showMask);
    connect(m_inside, &QToolButton::toggled, this, &FaceViewer::showSides);
    connect(m_skin, &QToolButton::toggled, this, &FaceViewer::showSides);
    connect(m_distance, &QToolButton::toggled, this, &FaceViewer::showSides);
    connect(m_turn, &QPushButton::clicked, m_pair, &views::surface::SurfacePair::setTurning);
    connect(m_pair, &views::surface::SurfacePair::turningChanged, m_turn, &QPushButton::setChecked);
    connect(m_pair, &views::surface::SurfacePair::cameraChanged, m_strip,
            &views::surface::ViewStrip::setCurrent);
    connect(m_strip, &views::surface::ViewStrip::chosen, m_pair, &views::surface::SurfacePair::setCamera);
    connect(m_cut, &QComboBox::currentIndexChanged, this, [this](int at) {
        m_sliceBefore->setCut(static_cast<Cut>(at));
        m_sliceAfter->setCut(static_cast<Cut>(at));
        showSliceTitle();
    });
    connect(m_tools, &style::Segments::chosen, this, &FaceViewer::setTool);
    connect(m_radius, &QDoubleSpinBox::valueChanged, this, [this](double) { setTool(m_tools->current()); });
    connect(m_editor, &MaskEditor::changed, this, &FaceViewer::showMask);
    // The distance can be measured once both surfaces are there.
    connect(m_beforeModel, &views::surface::SurfaceModel::changed, this, [this] {
        if (m_distance->isChecked()) {
            showSides();
        }
    });
    for (SurfaceView* view : {&m_pair->before(), &m_pair->after()}) {
        connect(view, &SurfaceView::thresholdStepped, this, &FaceViewer::stepThreshold);
        connect(view, &SurfaceView::touched, this, [this](const model::PointMm& place, bool) {
            m_sliceBefore->showPlace(place);
            m_sliceAfter->showPlace(place);
            m_editor->sphere(place, m_radius->value(), m_tools->current() == 1);
        });
        connect(view, &SurfaceView::touchEnded, m_editor, &MaskEditor::end);
    }
    for (SliceView* view : {m_sliceBefore, m_sliceAfter}) {
        SliceView* other = view == m_sliceBefore ? m_sliceAfter : m_sliceBefore;
        connect(view, &SliceView::sliceChanged, this, [this, other](int slice) {
            other->setSlice(slice);
            showSliceTitle();
        });
        connect(view, &SliceView::dabbed, this,
                [this, view](const std::vector<model::PointPx>& outline, bool) {
                    m_editor->outline(view->plane().across, view->slice(), outline, m_tools->current() == 1);
                });
        connect(view, &SliceView::strokeEnded, m_editor, &MaskEditor::end);
    }
}

void FaceViewer::clear(const QString& title, const QString& notice) {
    m_before.reset();
    m_after.reset();
    m_title->setText(title);
    m_facts->clear();
    for (auto* model : {m_beforeModel, m_afterModel, m_boneModel, m_boneAfter}) {
        model->setPaint({});
        model->setSource(nullptr);
    }
    m_sliceBefore->setVolume(nullptr);
    m_sliceAfter->setVolume(nullptr);
    m_pair->setHasAfter(false);
    m_pair->setTurning(false);
    m_computing = false;
    showCaptions();
    m_pair->before().setNotice(notice);
    m_strip->setModels(m_beforeModel, nullptr, {});
    for (QWidget* widget : std::initializer_list<QWidget*>{m_slider, m_threshold, m_turn, m_inside, m_skin,
                                                           m_distance, m_modes, m_link, m_tools, m_cut}) {
        widget->setEnabled(false);
    }
    setDepth(m_depth->value(), false);
    showSliceTitle();
}

void FaceViewer::setTitle(const QString& title, const QString& facts) {
    m_title->setText(title);
    m_facts->setText(facts);
}

void FaceViewer::setBefore(const HeadData& head, std::optional<double> score) {
    const bool another = !m_before || m_before->volume != head.volume;
    m_before = head;
    m_pair->before().setNotice({});
    m_scoreBefore = score;
    for (auto* view : {&m_pair->before(), &m_pair->after()}) {
        view->setStance(head.stance);
    }
    m_beforeModel->setSource(head.source);
    m_boneModel->setSource(nullptr);
    m_threshold->setSuffix(head.volume->modality == "CT" ? QStringLiteral(" HU") : QString());
    if (another) {
        setThreshold(std::round(head.skin));
        m_pair->setCamera({});
        m_strip->setCurrent({});
    }
    m_sliceBefore->setVolume(head.volume);
    const auto [low, high] = head.source->range();
    const bool isCt = head.volume->modality == "CT";
    for (auto* slice : {m_sliceBefore, m_sliceAfter}) {
        slice->setWindow(isCt ? -300 : low, isCt ? 500 : high);
    }
    for (QWidget* widget :
         std::initializer_list<QWidget*>{m_slider, m_threshold, m_turn, m_inside, m_skin, m_cut}) {
        widget->setEnabled(true);
    }
    setAfter({});
    showSliceTitle();
}

void FaceViewer::setAfter(const std::optional<HeadData>& head, bool processed, std::optional<double> score) {
    m_after = head;
    m_processed = processed;
    m_scoreAfter = score;
    m_computing = false;
    m_afterModel->setSource(head ? head->source : nullptr);
    m_sliceAfter->setVolume(head ? head->volume : nullptr);
    m_sliceAfter->setSlice(m_sliceBefore->slice());
    showCaptions();
    showSides();
}

void FaceViewer::setBusy() {
    m_computing = true;
    m_pair->setHasAfter(true);
    showCaptions();
}

void FaceViewer::showSides() {
    using views::surface::Detail;
    const bool has = m_after.has_value();
    m_pair->setHasAfter(has);
    m_sliceAfter->setVisible(has);
    m_modes->setEnabled(has);
    m_link->setEnabled(has);
    m_distance->setEnabled(has);
    m_strip->setModels(m_beforeModel, has ? m_afterModel : nullptr,
                       m_before ? m_before->stance : views::surface::Stance{});
    const QColor tone = m_skin->isChecked() ? kSkinTone : kNeutral;
    m_beforeModel->setTone(tone);
    m_afterModel->setTone(tone);
    const bool inside = m_inside->isChecked() && m_before;
    if (inside && m_before->bone && !m_boneModel->source()) {
        m_boneModel->setThreshold(*m_before->bone);
        m_boneModel->setSource(std::make_shared<views::surface::SurfaceSource>(m_before->volume));
    }
    const bool bone = inside && m_before->bone;
    if (bone && m_after && (!m_boneAfter->source() || m_boneAfter->source()->shared() != m_after->volume)) {
        m_boneAfter->setThreshold(*m_before->bone);
        m_boneAfter->setSource(std::make_shared<views::surface::SurfaceSource>(m_after->volume));
    }
    m_pair->before().setInside(inside, bone ? m_boneModel : nullptr);
    m_pair->after().setInside(inside, bone ? m_boneAfter : nullptr);
    views::surface::Paint paint;
    if (has && m_distance->isChecked()) {
        paint.distanceTo = m_beforeModel->shown(Detail::Full).surface;
        paint.farMm = kFarMm;
    }
    m_afterModel->setPaint(paint);
    m_pair->after().setScaleMm(paint.distanceTo ? kFarMm : 0);
    showMask();
}

void FaceViewer::showMask() {
    views::surface::Paint paint;
    // On the surface only when it is asked for or drawn on: else it would hide the face that is judged.
    if (m_region->isChecked() || m_tools->current() > 0) {
        paint.mask = m_editor->mask();
    }
    m_region->setEnabled(m_editor->mask() != nullptr);
    m_beforeModel->setPaint(paint);
    m_sliceBefore->setMask(m_editor->mask());
    m_sliceAfter->setMask(nullptr);
}

void FaceViewer::setDepth(double mm, bool enabled) {
    m_setting = true;
    m_depth->setValue(mm);
    m_setting = false;
    m_depth->setEnabled(enabled);
    m_depthLabel->setEnabled(enabled);
}

void FaceViewer::setEditable(bool editable) {
    m_editable = editable;
    m_tools->setEnabled(editable);
    m_radius->setEnabled(editable);
    if (!editable) {
        m_tools->setCurrent(0);
    }
    setTool(m_tools->current());
}

void FaceViewer::setTool(int tool) {
    for (auto* view : {&m_pair->before(), &m_pair->after()}) {
        view->setTool(static_cast<SurfaceTool>(tool));
        view->setRadiusMm(m_radius->value());
    }
    for (auto* view : {m_sliceBefore, m_sliceAfter}) {
        view->setTool(static_cast<SliceTool>(tool));
        view->setRadiusMm(m_radius->value());
    }
    showMask();
    retranslate();
}

void FaceViewer::setThreshold(double value) {
    if (!m_before) {
        return;
    }
    const auto [low, high] = m_before->source->range();
    m_setting = true;
    m_threshold->setRange(low, high);
    m_threshold->setValue(value);
    m_slider->setValue(static_cast<int>(std::lround((value - low) / std::max(high - low, 1e-9) * kSteps)));
    m_setting = false;
    m_beforeModel->setThreshold(value);
    m_afterModel->setThreshold(value);
}

void FaceViewer::stepThreshold(int steps) {
    if (m_before) {
        const auto [low, high] = m_before->source->range();
        setThreshold(std::round(m_threshold->value() + (high - low) * kStepShare * steps));
    }
}

void FaceViewer::nextMode() {
    if (m_after) {
        m_modes->setCurrent((m_modes->current() + 1) % 3);
        m_pair->setMode(static_cast<views::surface::SurfacePair::Mode>(m_modes->current()));
    }
}

void FaceViewer::takeFocus() {
    m_pair->before().setFocus(Qt::OtherFocusReason);
}

void FaceViewer::setNote(const QString& note) {
    m_note = note;
    retranslate();
}

} // namespace kamei::ui::screens::face
