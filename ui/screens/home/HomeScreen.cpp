#include "ui/screens/home/HomeScreen.h"
#include "core/job/Predecessor.h"

#include <QAction>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QStackedWidget>
#include <QVBoxLayout>

#include "ui/screens/home/KindTable.h"
#include "ui/screens/home/OnwardStrip.h"
#include "ui/screens/home/RecentPanel.h"
#include "ui/screens/home/StepRoad.h"
#include "ui/screens/home/TaskList.h"
#include "ui/screens/home/Today.h"
#include "ui/screens/home/WelcomePage.h"
#include "ui/shell/ActionRegistry.h"
#include "ui/shell/Pulse.h"
#include "ui/style/Theme.h"
#include "ui/style/Widgets.h"
#include "ui/tasks/TaskRunner.h"
#include "ui/text/Words.h"

namespace kamei::ui::screens {

HomeScreen::HomeScreen(shell::AppContext& context, QWidget* parent)
    : Screen(context, parent), m_pages(new QStackedWidget(this)), m_welcome(new WelcomePage(context)),
      m_title(style::label("page")), m_source(new style::ElidedLabel("small")),
      m_totals(style::label("small")), m_import(style::button("", {}, QStringLiteral("plus"))),
      m_road(new StepRoad), m_onward(new OnwardStrip), m_tasks(new TaskList(context)), m_kinds(new KindTable),
      m_recent(new RecentPanel(context)), m_today(new Today(context)) {
    setObjectName(QStringLiteral("home"));
    build();
    connect(&context.pulse(), &shell::Pulse::updated, this, &HomeScreen::refresh);
    connect(&context.pulse(), &shell::Pulse::gateUpdated, this, &HomeScreen::refresh);
    connect(&context, &shell::AppContext::sessionChanged, this, [this] {
        m_sheet = {};
        m_welcome->refresh();
        m_recent->refresh();
        readSheet();
        refresh();
    });
    connect(&context, &shell::AppContext::changed, this, [this](const job::Change& change) {
        if (change.kind == job::Change::Kind::Sheet) {
            readSheet();
        }
    });
    connect(m_road, &StepRoad::opened, this, &HomeScreen::openStep);
    connect(m_road, &StepRoad::papersWanted, this, [this] {
        shell::Route route{shell::ScreenId::Release};
        route.step = 8;
        route.filter = QStringLiteral("kept");
        this->context().go(route);
    });
    connect(m_onward, &OnwardStrip::gateOpened, this,
            [this] { this->context().go({shell::ScreenId::Release}); });
    connect(m_kinds, &KindTable::opened, this, [this](model::AssetKind kind) {
        shell::Route route{shell::ScreenId::Work};
        route.filter = QStringLiteral("kind:") + text::fromUtf8(model::word(kind));
        this->context().go(route);
    });
    retranslate();
    refresh();
}

void HomeScreen::build() {
    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->addWidget(m_pages);
    m_pages->addWidget(m_welcome);
    auto* page = new QWidget;
    m_pages->addWidget(page);
    const auto px = [](int at) { return style::Theme::instance().px(at); };
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins(24, 0, 24, 16);
    column->setSpacing(12);

    auto* head = new QHBoxLayout;
    head->setSpacing(16);
    head->addWidget(m_title);
    head->addWidget(m_source, 1);
    head->addWidget(m_totals);
    m_import->setObjectName(QStringLiteral("home.import"));
    auto* menu = new QMenu(m_import);
    menu->addAction(context().actions().action(QStringLiteral("app.import-files")));
    menu->addAction(context().actions().action(QStringLiteral("app.import-folder")));
    m_import->setMenu(menu);
    head->addWidget(m_import);
    auto* headBox = new QWidget;
    headBox->setLayout(head);
    head->setContentsMargins(0, 0, 0, 0);
    headBox->setFixedHeight(px(52));
    column->addWidget(headBox);
    column->setSpacing(0);
    column->addWidget(m_road);
    column->addSpacing(12);
    column->addWidget(m_onward);
    column->addSpacing(12);

    auto* panels = new QHBoxLayout;
    panels->setSpacing(12);
    m_tasks->setMinimumWidth(px(432));
    m_tasks->setMaximumWidth(px(448));
    m_recent->setFixedWidth(px(228));
    m_tasks->foot()->addWidget(m_today);
    panels->addWidget(m_tasks, 5);
    panels->addWidget(m_kinds, 7);
    panels->addWidget(m_recent);
    column->addLayout(panels, 1);
}

void HomeScreen::enter(const shell::Route&) {
    refresh();
    m_today->refresh();
    m_focusFirst = true;
    takeFocus();
}

void HomeScreen::takeFocus() {
    if (!m_focusFirst || !isVisible()) {
        return;
    }
    if (!context().session()) {
        m_welcome->focusFirst();
    } else if (context().pulse().overview()) {
        m_tasks->focusFirst();
        m_focusFirst = false;
    }
}

void HomeScreen::showEvent(QShowEvent* event) {
    Screen::showEvent(event);
    takeFocus();
}

void HomeScreen::readSheet() {
    const auto session = context().session();
    if (!session) {
        return;
    }
    context().runner().look(
        this, [session] { return session->sheet(); },
        [this](base::Expected<model::PurposeSheet> sheet) {
            if (sheet) {
                m_sheet = std::move(*sheet);
                refresh();
            }
        });
}

void HomeScreen::refresh() {
    const shell::Pulse& pulse = context().pulse();
    m_pages->setCurrentIndex(context().session() ? 1 : 0);
    if (!pulse.overview()) {
        return;
    }
    const job::Overview& overview = *pulse.overview();
    std::int64_t singledOut = 0;
    if (pulse.gate()) {
        for (const release::GatePoint& point : *pulse.gate()) {
            if (point.condition == release::Condition::NobodySingledOut) {
                singledOut = point.count;
            }
        }
    }
    m_totals->setText(
        tr("Subjects <b>%1</b>&nbsp;&nbsp;&nbsp;Data <b>%2</b>&nbsp;&nbsp;&nbsp;Images <b>%3</b>")
            .arg(text::number(overview.subjects), text::number(overview.assets),
                 text::number(overview.frames)));
    m_road->show(overview, m_sheet, singledOut, pulse.currentStep());
    m_onward->show(overview, pulse.gate(), pulse.gateBusy());
    QList<Task> tasks = tasksFor(overview, pulse.gate(), pulse.openFaces());
    if (const auto& info = pulse.info(); info && !info->keptUntil.empty()) {
        if (auto kept = keptTask(info->keptUntil, QDate::currentDate())) {
            tasks.prepend(std::move(*kept));
        }
    }
    const auto continues = job::continuesUntil(*context().session());
    if (auto past = continuedTask(continues.value_or(""), QDate::currentDate())) {
        tasks.prepend(std::move(*past));
    }
    m_tasks->show(tasks);
    m_kinds->show(overview.kinds);
    m_import->setEnabled(context().session() && context().session()->writable());
    if (isVisible()) {
        m_today->refresh();
    }
    takeFocus();
}

void HomeScreen::openStep(int step) {
    shell::Route route{step <= 2 ? shell::ScreenId::Release : shell::ScreenId::Work};
    route.step = step;
    if (step <= 2) {
        route.filter = QStringLiteral("sheet");
    } else if (step == 3) {
        const auto& overview = context().pulse().overview();
        route.filter = overview && overview->unreadable > 0 ? QStringLiteral("unreadable") : QString();
    } else {
        const auto& overview = context().pulse().overview();
        route.openOnly = overview && overview->steps[static_cast<std::size_t>(step - 1)].findings.open() > 0;
    }
    context().go(route);
}

void HomeScreen::retranslate() {
    m_title->setText(tr("The eight steps of pseudonymisation"));
    m_source->setText(
        tr("Guideline on the use of digital medical data for AI research and development, 4.9 (figure 8)"));
    m_import->setText(tr("Import data…"));
    refresh();
}

void HomeScreen::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
    }
    Screen::changeEvent(event);
}

} // namespace kamei::ui::screens
