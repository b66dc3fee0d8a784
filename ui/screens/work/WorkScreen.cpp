#include "ui/screens/work/WorkScreen.h"

#include <QAbstractButton>
#include <QAction>
#include <QComboBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QSettings>
#include <QSplitter>
#include <algorithm>

#include "core/decide/Masks.h"
#include "ui/screens/work/AssetPage.h"
#include "ui/screens/work/DetailPanel.h"
#include "ui/screens/work/FindingsPanel.h"
#include "ui/screens/work/ScopeBox.h"
#include "ui/screens/work/TreePanel.h"
#include "ui/screens/work/WorkRoute.h"
#include "ui/shell/ActionRegistry.h"
#include "ui/style/Theme.h"
#include "ui/tasks/TaskRunner.h"
#include "ui/text/Words.h"

namespace kamei::ui::screens::work {
namespace {

const QString kColumns = QStringLiteral("work/columns");
const QString kInspector = QStringLiteral("work/inspector");

} // namespace

WorkScreen::WorkScreen(shell::AppContext& context, QWidget* parent)
    : Screen(context, parent), m_tree(new TreePanel(context)), m_page(new AssetPage(context)),
      m_findings(new FindingsPanel), m_detail(new DetailPanel(context)),
      m_columns(new QSplitter(Qt::Horizontal)), m_inspector(new QSplitter(Qt::Vertical)) {
    setObjectName(QStringLiteral("workScreen"));
    build();
    addActions();
    connect(&context, &shell::AppContext::sessionChanged, this, &WorkScreen::sessionChanged);
    connect(&context, &shell::AppContext::changed, this, &WorkScreen::changed);
    connect(m_tree, &TreePanel::assetChosen, this,
            [this](base::AssetId asset) { open(asset, {}, Start::First); });
    connect(m_tree, &TreePanel::loaded, this, &WorkScreen::arrive);
    connect(m_findings, &FindingsPanel::selected, this, &WorkScreen::select);
    connect(m_page, &AssetPage::findingSelected, this, &WorkScreen::select);
    connect(m_page, &AssetPage::marked, this, &WorkScreen::add);
    connect(m_page, &AssetPage::columnDecided, this, &WorkScreen::decideColumn);
    connect(m_page, &AssetPage::findingsMade, this, &WorkScreen::push);
    connect(m_page, &AssetPage::excludeWanted, this, &WorkScreen::exclude);
    connect(m_page, &AssetPage::placesKnown, this, [this] {
        if (const models::FindingRow* row = m_findings->model().find(m_current)) {
            showFinding(*row);
        }
    });
    connect(m_detail, &DetailPanel::acceptWanted, this, &WorkScreen::accept);
    connect(m_detail, &DetailPanel::left, this, [this] { m_tree->setFocus(Qt::OtherFocusReason); });
    connect(m_detail, &DetailPanel::rejectWanted, this, &WorkScreen::reject);
    connect(m_detail, &DetailPanel::changeWanted, this, &WorkScreen::change);
    connect(m_detail, &DetailPanel::removeWanted, this, &WorkScreen::removeCurrent);
    retranslate();
    sessionChanged();
}

WorkScreen::~WorkScreen() = default;

void WorkScreen::build() {
    const auto& theme = style::Theme::instance();
    m_inspector->addWidget(m_findings);
    m_inspector->addWidget(m_detail);
    m_inspector->setChildrenCollapsible(false);
    m_inspector->setStretchFactor(0, 2);
    m_inspector->setStretchFactor(1, 3);
    m_inspector->setMinimumWidth(320);
    m_inspector->setProperty("surface", QStringLiteral("panel"));
    m_inspector->setAttribute(Qt::WA_StyledBackground);
    m_columns->setObjectName(QStringLiteral("workColumns"));
    m_columns->addWidget(m_tree);
    m_columns->addWidget(m_page);
    m_columns->addWidget(m_inspector);
    m_columns->setChildrenCollapsible(false);
    m_columns->setStretchFactor(0, 0);
    m_columns->setStretchFactor(1, 1);
    m_columns->setStretchFactor(2, 0);
    m_columns->setSizes({theme.px(248), 10000, theme.px(352)});
    m_inspector->setSizes({theme.px(262), theme.px(430)});
    const QSettings settings;
    m_columns->restoreState(settings.value(kColumns).toByteArray());
    m_inspector->restoreState(settings.value(kInspector).toByteArray());
    connect(m_columns, &QSplitter::splitterMoved, this,
            [this] { QSettings().setValue(kColumns, m_columns->saveState()); });
    connect(m_inspector, &QSplitter::splitterMoved, this,
            [this] { QSettings().setValue(kInspector, m_inspector->saveState()); });
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(m_columns);
    // Space presses a focused button; it is the key for "all alike" only elsewhere.
    for (QAbstractButton* button : findChildren<QAbstractButton*>()) {
        button->installEventFilter(this);
    }
    for (QComboBox* combo : findChildren<QComboBox*>()) {
        combo->installEventFilter(this);
    }
}

void WorkScreen::addActions() {
    const auto addAction = [this](const char* id, const QKeySequence& keys, const QString& icon, auto slot) {
        QAction* action = context().actions().add(QString::fromLatin1(id), {}, keys, icon);
        action->setEnabled(false);
        connect(action, &QAction::triggered, this, slot);
        m_actions << action;
    };
    addAction("work.next", Qt::Key_J, QStringLiteral("down"), [this] { step(true); });
    addAction("work.previous", Qt::Key_K, QStringLiteral("up"), [this] { step(false); });
    addAction("work.accept", Qt::Key_A, QStringLiteral("check"), [this] { accept(); });
    addAction("work.reject", Qt::Key_R, QStringLiteral("cross"), [this] { reject(); });
    addAction("work.change", Qt::Key_E, QStringLiteral("pencil"), [this] { m_detail->openActions(); });
    addAction("work.all-alike", Qt::Key_Space, QStringLiteral("copy"),
              [this] { m_detail->scope().toggle(); });
    addAction("work.undo", Qt::Key_U, QStringLiteral("undo"), [this] { context().undoStack().undo(); });
    addAction("work.before-after", Qt::Key_Backslash, QStringLiteral("before-after"),
              [this] { m_page->toggleSide(); });
    addAction("work.next-change", Qt::CTRL | Qt::Key_Down, QStringLiteral("down"),
              [this] { m_page->nextChange(); });
    addAction("work.find", QKeySequence::Find, QStringLiteral("search"), [this] { m_page->find(); });
    addAction("work.filter", Qt::CTRL | Qt::SHIFT | Qt::Key_F, QStringLiteral("filter"),
              [this] { m_tree->focusFilter(); });
    for (const char* id : {"work.next", "work.previous", "work.next-change"}) {
        shell::ActionRegistry::repeat(context().actions().action(QString::fromLatin1(id)));
    }
}

void WorkScreen::retranslate() {
    const QStringList names{tr("Next finding"),           tr("Previous finding"),   tr("Accept the finding"),
                            tr("Reject the finding"),     tr("Change the action…"), tr("Apply to all alike"),
                            tr("Undo the last decision"), tr("Before / after"),     tr("Next change"),
                            tr("Find in the text"),       tr("Filter subjects")};
    for (qsizetype i = 0; i < m_actions.size(); ++i) {
        m_actions[i]->setText(names[i]);
    }
}

bool WorkScreen::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::ShortcutOverride && static_cast<QKeyEvent*>(event)->key() == Qt::Key_Space) {
        event->accept();
        return true;
    }
    return Screen::eventFilter(watched, event);
}

void WorkScreen::showEvent(QShowEvent* event) {
    Screen::showEvent(event);
    for (QAction* action : std::as_const(m_actions)) {
        action->setEnabled(context().session() != nullptr);
    }
}

void WorkScreen::hideEvent(QHideEvent* event) {
    Screen::hideEvent(event);
    for (QAction* action : std::as_const(m_actions)) {
        action->setEnabled(false);
    }
}

void WorkScreen::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
        reload(); // titles of findings
    }
    Screen::changeEvent(event);
}

void WorkScreen::sessionChanged() {
    ++m_generation;
    m_asset = {};
    m_opening = {};
    m_current = {};
    m_wanted = {};
    m_arriving.reset();
    m_page->clear();
    m_findings->setFindings({}, nullptr);
    m_detail->clear();
    m_tree->model().setSession(context().session());
}

void WorkScreen::enter(const shell::Route& route) {
    m_entering = true;
    m_page->focusViewer();
    m_arriving.reset();
    const WorkRoute way = workRoute(route, m_tree->model().query());
    const bool anew = !(way.tree == m_tree->model().query());
    if (way.findings) {
        m_findings->setFilter(*way.findings);
    }
    m_tree->setQuery(way.tree);
    const auto session = context().session();
    if (!session) {
        return;
    }
    switch (way.opens) {
    case WorkRoute::Opens::Row:
        m_arriving = route; // opened when the list is there
        if (!anew) {
            m_tree->model().reload(); // sources may have changed since
        }
        break;
    case WorkRoute::Opens::Named:
        if (route.asset.valid()) {
            open(route.asset, route.finding, Start::First);
        } else {
            openFinding(route.finding);
        }
        break;
    case WorkRoute::Opens::Finding:
        if (!way.findings && !route.subject.valid() && m_asset.asset.id.valid()) {
            return; // nothing is asked for: what is shown stays
        }
        [[fallthrough]];
    case WorkRoute::Opens::OfKind:
        context().runner().look(
            this, [session, way] { return placeOf(*session, way); },
            [this, route, generation = m_generation](WorkPlace place) {
                if (generation != m_generation) {
                    return;
                }
                if (place.asset.valid()) {
                    open(place.asset, place.finding, Start::First);
                } else if (const QString words = nothingAt(route); !words.isEmpty()) {
                    context().say(words);
                }
            });
        break;
    }
}

void WorkScreen::openFinding(base::FindingId id) {
    context().runner().look(
        this, [session = context().session(), id] { return session->finding(id); },
        [this](base::Expected<std::optional<model::Finding>> finding) {
            if (finding && *finding) {
                open((*finding)->asset, (*finding)->id, Start::First);
            }
        });
}

void WorkScreen::arrive() {
    if (!m_arriving) {
        return;
    }
    const shell::Route route = *std::exchange(m_arriving, std::nullopt);
    const models::WorkTreeModel& tree = m_tree->model();
    const models::TreeRow* first = tree.row(tree.index(0, 0));
    if (tree.indexOf(route.asset).isValid()) {
        open(route.asset, route.finding, Start::First);
    } else if (first != nullptr && first->isAsset &&
               first->asset.asset.state != model::AssetState::Excluded) {
        open(first->asset.asset.id, {}, Start::First);
    } else {
        context().say(nothingAt(route));
    }
}

void WorkScreen::openFirst() {
    m_tree->model().nextOpen({}, true, [this](base::AssetId asset) {
        if (asset.valid()) {
            open(asset, {}, Start::First);
        }
    });
}

void WorkScreen::open(base::AssetId asset, base::FindingId finding, Start start) {
    const auto session = context().session();
    m_arriving.reset();
    if (!session) {
        return;
    }
    if (asset == m_asset.asset.id && m_opening == asset) {
        if (finding.valid()) {
            select(finding);
        }
        return;
    }
    m_opening = asset;
    m_wanted = finding;
    m_start = start;
    // A key pressed before the other asset is there must not decide what stood here.
    m_current = {};
    m_detail->clear();
    struct Opened {
        std::optional<job::AssetRow> row;
        std::vector<model::Finding> findings;
        QString subject;
    };
    context().runner().look(
        this,
        [session, asset] {
            Opened opened;
            auto row = session->asset(asset);
            if (row && *row) {
                opened.row = std::move(**row);
                job::FindingQuery query;
                query.asset = asset;
                if (auto findings = session->findings(query)) {
                    opened.findings = std::move(*findings);
                }
                if (const auto subject = session->subject(opened.row->asset.subject); subject && *subject) {
                    opened.subject = text::subjectName((*subject)->number);
                }
            }
            return opened;
        },
        [this, generation = ++m_generation](Opened opened) {
            if (generation != m_generation) {
                return;
            }
            if (!opened.row) {
                m_opening = m_asset.asset.id; // gone meanwhile: what is shown stays
                return;
            }
            m_asset = std::move(*opened.row);
            m_current = {};
            m_detail->clear();
            m_findings->setFindings(opened.findings, &context().session()->rules());
            m_page->open(m_asset, std::move(opened.findings), opened.subject);
            m_tree->show(m_asset.asset.id, m_asset.asset.subject, m_asset.asset.kind);
            base::FindingId first = std::exchange(m_wanted, {});
            if (!first.valid() && m_start != Start::Nothing) {
                first = m_findings->start(m_start == Start::First);
            }
            if (first.valid()) {
                select(first);
            }
            if (std::exchange(m_entering, false)) {
                m_page->focusViewer();
            }
        });
}

void WorkScreen::reload() {
    const auto session = context().session();
    if (!session || !m_asset.asset.id.valid() || m_opening != m_asset.asset.id) {
        return; // another asset is being opened, and comes fresh
    }
    struct Fresh {
        std::optional<job::AssetRow> row;
        std::vector<model::Finding> findings;
    };
    context().runner().look(
        this,
        [session, asset = m_asset.asset.id] {
            Fresh fresh;
            job::FindingQuery query;
            query.asset = asset;
            auto row = session->asset(asset);
            auto findings = session->findings(query);
            if (row && *row && findings) {
                fresh.row = std::move(**row);
                fresh.findings = std::move(*findings);
            }
            return fresh;
        },
        [this, generation = m_generation, asset = m_asset.asset.id](Fresh fresh) {
            if (generation != m_generation || asset != m_asset.asset.id || asset != m_opening || !fresh.row) {
                return;
            }
            m_asset = std::move(*fresh.row);
            m_findings->setFindings(fresh.findings, &context().session()->rules());
            m_page->update(m_asset, std::move(fresh.findings));
            // The same finding stays where it is shown: a mask drawn beside it must not turn the page away.
            const base::FindingId wanted = m_wanted.valid() ? std::exchange(m_wanted, {}) : m_current;
            if (m_findings->model().find(wanted) != nullptr) {
                select(wanted);
            } else {
                m_detail->clear();
            }
        });
}

void WorkScreen::changed(const job::Change& change) {
    using Kind = job::Change::Kind;
    if (change.kind == Kind::Sheet || change.kind == Kind::Templates) {
        return;
    }
    if (change.kind == Kind::Assets && !change.asset.valid()) {
        m_tree->model().refresh({});
    } else {
        m_tree->model().refresh(change.asset);
    }
    const bool mine = !change.asset.valid() || change.asset == m_asset.asset.id;
    if (mine && change.kind != Kind::Confirmations) {
        reload();
    }
}

void WorkScreen::select(base::FindingId finding) {
    const models::FindingRow* row = m_findings->model().find(finding);
    if (row == nullptr) {
        // Just drawn or added: it comes with the next reading.
        m_wanted = finding;
        return;
    }
    const bool another = finding != m_current;
    m_leaveNext = m_leaveNext && !another;
    m_current = finding;
    m_findings->select(finding);
    showFinding(*row);
    if (another) {
        m_page->setCurrent(finding);
    }
}

void WorkScreen::showFinding(const models::FindingRow& row) {
    const auto& all = m_findings->model().all();
    const auto masks = [&all](bool open) {
        return static_cast<int>(std::ranges::count_if(all, [open](const models::FindingRow& other) {
            return decide::hasMask(other.finding) &&
                   (other.finding.state == model::DecisionState::Open) == open &&
                   (open ? other.finding.suggested : other.finding.effective()) == model::Action::Mask;
        }));
    };
    m_detail->show(row, m_asset.asset, m_page->placeOf(row.finding), masks(false), masks(true));
}

void WorkScreen::step(bool forward) {
    if (!m_asset.asset.id.valid()) {
        openFirst();
    } else if ((forward && std::exchange(m_leaveNext, false)) || !m_findings->move(forward)) {
        nextAsset(forward);
    }
}

void WorkScreen::nextAsset(bool forward) {
    m_tree->model().nextOpen(
        m_asset.asset.id, forward,
        [this, forward](base::AssetId asset) {
            if (asset.valid()) {
                open(asset, {}, forward ? Start::First : Start::Last);
            } else {
                context().say(forward ? tr("Nothing open follows.") : tr("Nothing open precedes."));
            }
        },
        // An asset of which the filter hides everything would be an empty page.
        [filter = m_findings->model().filter()](const job::Counts& counts) {
            return models::listsOpen(filter, counts);
        });
}

} // namespace kamei::ui::screens::work
