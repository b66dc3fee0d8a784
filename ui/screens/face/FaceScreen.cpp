#include "ui/screens/face/FaceScreen.h"

#include <QAction>
#include <QComboBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QListView>
#include <QSplitter>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/screens/face/FaceListModel.h"
#include "ui/screens/face/FaceViewer.h"
#include "ui/screens/face/MaskEditor.h"
#include "ui/screens/face/RemovalBox.h"
#include "ui/shell/ActionRegistry.h"
#include "ui/style/Theme.h"
#include "ui/style/Widgets.h"
#include "ui/views/surface/ViewStrip.h"

namespace kamei::ui::screens::face {
namespace {

constexpr int kSoonMs = 300;  ///< changes of the workspace that come together are read once
constexpr int kAfterMs = 350; ///< strokes and options rest before the side after is computed

} // namespace

FaceScreen::FaceScreen(shell::AppContext& context, QWidget* parent)
    : Screen(context, parent), m_model(new FaceListModel(this)), m_list(new QListView),
      m_listTitle(style::label("heading")), m_listCount(style::label("small")), m_order(new QComboBox),
      m_tally(style::label("note")), m_editor(new MaskEditor(this)),
      m_viewer(new FaceViewer(context.runner(), m_editor)), m_panel(new FacePanel) {
    setObjectName(QStringLiteral("faceScreen"));
    auto* split = new QSplitter(Qt::Horizontal, this);
    split->setObjectName(QStringLiteral("faceSplitter"));
    split->setChildrenCollapsible(false);
    split->setHandleWidth(1);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(split);
    split->addWidget(buildList());
    split->addWidget(m_viewer);
    split->addWidget(m_panel);
    split->setStretchFactor(1, 1);
    split->setSizes({232, 800, 332});
    m_soon.setSingleShot(true);
    m_soon.setInterval(kSoonMs);
    m_afterSoon.setSingleShot(true);
    m_afterSoon.setInterval(kAfterMs);
    addActions();
    connectAll();
    retranslate();
    fillPanel();
}

FaceScreen::~FaceScreen() {
    m_stop.request_stop();
}

QWidget* FaceScreen::buildList() {
    auto* side = style::surface("panel", this);
    side->setMinimumWidth(200);
    auto* column = new QVBoxLayout(side);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    QHBoxLayout* head = nullptr;
    column->addWidget(style::panelHead(m_listTitle, &head, side));
    head->addWidget(m_listCount);
    head->addStretch(1);
    auto* order = new QHBoxLayout;
    order->setContentsMargins(12, 6, 12, 6);
    m_order->setObjectName(QStringLiteral("face.order"));
    m_order->setProperty("kind", QStringLiteral("small"));
    for (int i = 0; i < 3; ++i) {
        m_order->addItem({});
    }
    order->addWidget(m_order);
    order->addStretch(1);
    column->addLayout(order);
    m_list->setObjectName(QStringLiteral("face.list"));
    m_list->setModel(m_model);
    m_list->setItemDelegate(new FaceDelegate(m_list));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setUniformItemSizes(true);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    column->addWidget(m_list, 1);
    auto* foot = style::surface("footer");
    auto* footRow = new QHBoxLayout(foot);
    footRow->setContentsMargins(12, 6, 12, 6);
    m_tally->setObjectName(QStringLiteral("face.tally"));
    footRow->addWidget(m_tally);
    column->addWidget(foot);
    return side;
}

void FaceScreen::addActions() {
    const auto add = [this](const char* id, const QKeySequence& keys, const QString& icon, auto slot) {
        QAction* action = context().actions().add(QString::fromLatin1(id), {}, keys, icon);
        action->setEnabled(false);
        connect(action, &QAction::triggered, this, slot);
        m_actions << action;
    };
    add("face.next", Qt::Key_J, QStringLiteral("next"), [this] { move(1); });
    add("face.previous", Qt::Key_K, QStringLiteral("previous"), [this] { move(-1); });
    add("face.keep", Qt::Key_H, QStringLiteral("check"), [this] { m_panel->choose(Choice::Keep); });
    add("face.remove", Qt::Key_D, QStringLiteral("erase"), [this] { m_panel->choose(Choice::Remove); });
    add("face.confirm", Qt::Key_A, QStringLiteral("check"), [this] { decide(); });
    add("face.later", Qt::Key_L, QStringLiteral("next"), [this] { moveToOpen(); });
    add("face.turn", Qt::Key_R, QStringLiteral("play"), [this] { m_viewer->turnTable(); });
    add("face.threshold-down", Qt::Key_BracketLeft, QStringLiteral("minus"),
        [this] { m_viewer->stepThreshold(-1); });
    add("face.threshold-up", Qt::Key_BracketRight, QStringLiteral("plus"),
        [this] { m_viewer->stepThreshold(1); });
    for (const char* id : {"face.next", "face.previous", "face.threshold-down", "face.threshold-up"}) {
        shell::ActionRegistry::repeat(context().actions().action(QString::fromLatin1(id)));
    }
    add("face.compare", Qt::Key_Backslash, QStringLiteral("before-after"), [this] { m_viewer->nextMode(); });
    for (const auto view : views::surface::kStandardViews) {
        const int number = static_cast<int>(view) + 1;
        add(qPrintable(QStringLiteral("face.view-%1").arg(number)), QKeySequence(QString::number(number)),
            QStringLiteral("face"), [this, view] { m_viewer->setCamera(views::surface::cameraOf(view)); });
    }
}

void FaceScreen::connectAll() {
    connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this,
            [this](const QModelIndex& index) {
                if (index.isValid()) {
                    select(base::AssetId{index.data(FaceListModel::AssetRole).toLongLong()});
                }
            });
    connect(m_order, &QComboBox::currentIndexChanged, this, [this](int at) {
        m_model->setOrder(static_cast<FaceListModel::Order>(at));
        m_list->setCurrentIndex(m_model->indexOf(m_asset));
    });
    connect(&m_soon, &QTimer::timeout, this, &FaceScreen::read);
    connect(&m_afterSoon, &QTimer::timeout, this, &FaceScreen::showAfter);
    connect(m_panel, &FacePanel::choiceChanged, this, &FaceScreen::choiceChanged);
    connect(m_panel, &FacePanel::decided, this, &FaceScreen::decide);
    connect(m_panel, &FacePanel::laterWanted, this, &FaceScreen::moveToOpen);
    connect(m_panel, &FacePanel::riskWanted, this, [this] { context().go({shell::ScreenId::Risk}); });
    connect(&m_panel->removal(), &RemovalBox::changed, this, &FaceScreen::removalChanged);
    connect(m_viewer, &FaceViewer::depthChanged, this, [this](double mm) {
        model::Deface wanted = m_removal;
        wanted.depthMm = mm;
        removalChanged(wanted);
    });
    connect(m_editor, &MaskEditor::edited, this, &FaceScreen::strokeDone);
    connect(&context(), &shell::AppContext::changed, this, [this](const job::Change&) {
        if (isVisible()) {
            m_soon.start();
        }
    });
    connect(&context(), &shell::AppContext::reviewerChanged, this, [this] { fillPanel(); });
    connect(&context(), &shell::AppContext::sessionChanged, this, [this] {
        m_asset = {};
        select({});
        m_model->setRows({});
        showCounts();
        if (isVisible()) {
            m_soon.start();
        }
    });
}

void FaceScreen::retranslate() {
    m_listTitle->setText(tr("Faces"));
    m_list->setAccessibleName(tr("Heads whose face is judged"));
    m_order->setItemText(0, tr("To be judged first"));
    m_order->setItemText(1, tr("By subject"));
    m_order->setItemText(2, tr("By detection"));
    m_order->setAccessibleName(tr("Order"));
    QStringList names{tr("Next head"),
                      tr("Previous head"),
                      tr("Keep the face"),
                      tr("Remove the face"),
                      tr("Confirm the judgement"),
                      tr("Judge this head later"),
                      tr("Turn the head round"),
                      tr("Lower the skin threshold"),
                      tr("Raise the skin threshold"),
                      tr("Change the comparison")};
    for (const auto view : views::surface::kStandardViews) {
        names << tr("View: %1").arg(views::surface::viewName(view));
    }
    for (qsizetype i = 0; i < m_actions.size(); ++i) {
        m_actions[i]->setText(names.at(i));
    }
    m_viewer->setNote(tr("Outside the removed region every voxel stays as it is"));
    m_model->retranslate();
    showCounts();
    if (const FaceRow* row = current(); row != nullptr && m_head) {
        m_viewer->setTitle(titleOf(*row), factsOf(*m_head->volume));
        showRegionNotes();
    } else {
        showNotice();
    }
}

void FaceScreen::showCounts() {
    const auto count = [this](auto matches) {
        return static_cast<int>(std::ranges::count_if(m_model->rows(), matches));
    };
    const int open = count([](const FaceRow& row) { return isOpen(row.standing); });
    m_listCount->setText(tr("%1, %2 to judge").arg(m_model->rowCount()).arg(open));
    m_tally->setText(tr("Judged %1: removed %2, kept %3")
                         .arg(m_model->rowCount() - open)
                         .arg(count([](const FaceRow& row) { return row.standing == Standing::Removed; }))
                         .arg(count([](const FaceRow& row) { return row.standing == Standing::Kept; })));
}

const FaceRow* FaceScreen::current() const {
    const auto found = std::ranges::find_if(
        m_model->rows(), [this](const FaceRow& row) { return row.row.asset.id == m_asset; });
    return found == m_model->rows().end() ? nullptr : &*found;
}

void FaceScreen::enter(const shell::Route& route) {
    m_wanted = route.asset;
    read();
    m_viewer->takeFocus();
}

void FaceScreen::move(int by) {
    const int row = std::clamp(m_list->currentIndex().row() + by, 0, std::max(0, m_model->rowCount() - 1));
    m_list->setCurrentIndex(m_model->index(row));
}

void FaceScreen::moveToOpen() {
    const int from = m_list->currentIndex().row();
    for (int i = 1; i < m_model->rowCount(); ++i) {
        const int row = (from + i) % m_model->rowCount();
        if (isOpen(m_model->rows().at(static_cast<std::size_t>(row)).standing)) {
            m_list->setCurrentIndex(m_model->index(row));
            return;
        }
    }
}

void FaceScreen::showEvent(QShowEvent* event) {
    Screen::showEvent(event);
    for (QAction* action : std::as_const(m_actions)) {
        action->setEnabled(true);
    }
}

void FaceScreen::hideEvent(QHideEvent* event) {
    Screen::hideEvent(event);
    for (QAction* action : std::as_const(m_actions)) {
        action->setEnabled(false);
    }
}

void FaceScreen::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
    }
    Screen::changeEvent(event);
}

} // namespace kamei::ui::screens::face
