#include "ui/screens/home/TaskList.h"

#include <QAction>
#include <QApplication>
#include <QCoreApplication>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>
#include <algorithm>

#include "core/release/Gate.h"
#include "ui/shell/ActionRegistry.h"
#include "ui/style/Theme.h"
#include "ui/style/Widgets.h"
#include "ui/text/Words.h"

namespace kamei::ui::screens {
namespace {

constexpr int kMost = 5;
constexpr int kRowHeight = 54;

struct Tasks {
    Q_DECLARE_TR_FUNCTIONS(Tasks)
};

std::int64_t openAt(const std::optional<std::vector<release::GatePoint>>& gate,
                    release::Condition condition) {
    if (gate) {
        for (const release::GatePoint& point : *gate) {
            if (point.condition == condition) {
                return point.count;
            }
        }
    }
    return 0;
}

shell::Route work(const char* filter) {
    shell::Route route{shell::ScreenId::Work};
    route.openOnly = true;
    route.filter = QString::fromLatin1(filter);
    return route;
}

} // namespace

QList<Task> tasksFor(const job::Overview& overview,
                     const std::optional<std::vector<release::GatePoint>>& gate, std::int64_t openFaces) {
    using style::Sign;
    QList<Task> tasks;
    const auto add = [&](std::int64_t count, Task task) {
        if (count > 0) {
            tasks.append(std::move(task));
        }
    };
    const auto& findings = overview.findings;
    const int n = static_cast<int>(findings.openRequired);
    add(overview.assets + overview.unreadable == 0 ? 1 : 0,
        {Sign::Open,
         Tasks::tr("Import data"),
         Tasks::tr("Files or a folder; sources are never changed."),
         Tasks::tr("Import…"),
         {},
         QStringLiteral("app.import-folder")});
    add(findings.openRequired, {Sign::OpenRequired,
                                Tasks::tr("Decide on %n required candidates", nullptr, n),
                                Tasks::tr("They block release until somebody decides."),
                                Tasks::tr("Start deciding"),
                                work("required"),
                                {}});
    add(overview.unreadable, {Sign::Blocked,
                              Tasks::tr("Settle what becomes of %n unreadable data", nullptr,
                                        static_cast<int>(overview.unreadable)),
                              Tasks::tr("Replace them, or exclude them with a reason."),
                              Tasks::tr("Show the list"),
                              work("unreadable"),
                              {}});
    add(overview.sentBack,
        {Sign::SentBack,
         Tasks::tr("Correct %n data that were sent back", nullptr, static_cast<int>(overview.sentBack)),
         Tasks::tr("The reviewers' notes say what is left."),
         Tasks::tr("Show them"),
         work("sent-back"),
         {}});
    add(overview.residuals, {Sign::Blocked,
                             Tasks::tr("Remove identifiers left in %n processed files", nullptr,
                                       static_cast<int>(overview.residuals)),
                             Tasks::tr("Found by the residual search after processing."),
                             Tasks::tr("Show them"),
                             work("residual"),
                             {}});
    const std::int64_t singledOut = openAt(gate, release::Condition::NobodySingledOut);
    add(singledOut,
        {Sign::Open,
         Tasks::tr("Look at %n people who are singled out", nullptr, static_cast<int>(singledOut)),
         Tasks::tr("By combinations of quasi-identifiers across data types."),
         Tasks::tr("Open Risk"),
         {shell::ScreenId::Risk},
         {}});
    add(openFaces, {Sign::Open,
                    Tasks::tr("Judge %n faces in CT and MR", nullptr, static_cast<int>(openFaces)),
                    Tasks::tr("Keep them as quasi-identifiers with a reason, or remove them (5.4.4)."),
                    Tasks::tr("Open Face"),
                    {shell::ScreenId::Face},
                    {}});
    add(findings.openConditional,
        {Sign::Open,
         Tasks::tr("Judge %n conditional candidates", nullptr, static_cast<int>(findings.openConditional)),
         Tasks::tr("UIDs that can be searched, faces: the guideline leaves it to you."),
         Tasks::tr("Judge"),
         work("conditional"),
         {}});
    add(overview.stale,
        {Sign::Open,
         Tasks::tr("Process %n data with the present decisions", nullptr, static_cast<int>(overview.stale)),
         Tasks::tr("Writes the files that are then confirmed and released."),
         Tasks::tr("Process"),
         {},
         QStringLiteral("app.stage")});
    const std::int64_t toConfirm = overview.staged - overview.confirmed;
    add(toConfirm, {Sign::Open,
                    Tasks::tr("Confirm by eye (%n left)", nullptr, static_cast<int>(toConfirm)),
                    Tasks::tr("What you confirm is, byte for byte, what leaves."),
                    Tasks::tr("Go on confirming"),
                    {shell::ScreenId::Confirm},
                    {}});
    shell::Route sheet{shell::ScreenId::Release};
    sheet.filter = QStringLiteral("sheet");
    const std::int64_t fields = openAt(gate, release::Condition::SheetComplete);
    add(fields, {Sign::Open,
                 Tasks::tr("Fill in purpose and notice (%n fields)", nullptr, static_cast<int>(fields)),
                 Tasks::tr("Purpose, data items and joint use (3.7.1)."),
                 Tasks::tr("Fill in"),
                 sheet,
                 {}});
    add(findings.openRecommended, {Sign::Open,
                                   Tasks::tr("Decide on %n recommended candidates", nullptr,
                                             static_cast<int>(findings.openRecommended)),
                                   Tasks::tr("Release is possible without; the report will say so."),
                                   Tasks::tr("Decide"),
                                   work("recommended"),
                                   {}});
    add(gate && gate->empty() ? 1 : 0, {Sign::Accepted,
                                        Tasks::tr("Release"),
                                        Tasks::tr("Every condition is met."),
                                        Tasks::tr("Go to release"),
                                        {shell::ScreenId::Release},
                                        {}});
    return tasks;
}

std::optional<Task> keptTask(const std::string& until, const QDate& today) {
    using style::Sign;
    constexpr int kAhead = 30;
    const QDate day = QDate::fromString(text::fromUtf8(until), Qt::ISODate);
    if (!day.isValid() || today.daysTo(day) > kAhead) {
        return std::nullopt;
    }
    const bool due = day < today;
    return Task{due ? style::Sign::Blocked : style::Sign::Open,
                due ? Tasks::tr("Destroy the deleted information: its day has passed")
                    : Tasks::tr("Deleted information is kept until %1").arg(day.toString(Qt::ISODate)),
                due ? Tasks::tr("It was to be kept until %1 (3.8).").arg(day.toString(Qt::ISODate))
                    : Tasks::tr("It has to be destroyed then (3.8)."),
                Tasks::tr("Destroy…"),
                {},
                QStringLiteral("app.destroy-kept")};
}

std::optional<Task> continuedTask(const std::string& until, const QDate& today) {
    const QDate day = QDate::fromString(text::fromUtf8(until), Qt::ISODate);
    if (!day.isValid() || day >= today) {
        return std::nullopt;
    }
    return Task{style::Sign::Open,
                Tasks::tr("The deleted information this workspace goes on from is past its day"),
                Tasks::tr("It was to be kept until %1; it is destroyed where it lies (3.8).")
                    .arg(day.toString(Qt::ISODate)),
                Tasks::tr("Open the log"),
                {shell::ScreenId::Audit},
                {}};
}

TaskList::TaskList(shell::AppContext& context, QWidget* parent)
    : QFrame(parent), m_context(context), m_title(style::label("heading")),
      m_hintBefore(style::label("note")), m_hintAfter(style::label("note")), m_rows(new QVBoxLayout),
      m_foot(new QVBoxLayout) {
    QWidget::setProperty("surface", QStringLiteral("card"));
    setObjectName(QStringLiteral("home.tasks"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(1, 1, 1, 1);
    column->setSpacing(0);
    QHBoxLayout* head = nullptr;
    column->addWidget(style::panelHead(m_title, &head));
    head->addWidget(m_hintBefore);
    head->addWidget(new style::KeyCap(QStringLiteral("Enter")));
    head->addWidget(m_hintAfter);
    m_rows->setSpacing(0);
    column->addLayout(m_rows);
    column->addStretch(1);
    column->addLayout(m_foot);
    retranslate();
}

void TaskList::retranslate() {
    m_title->setText(tr("Next"));
    m_hintBefore->setText(tr("most urgent first ·"));
    m_hintAfter->setText(tr("starts"));
    m_hintAfter->setVisible(!m_hintAfter->text().isEmpty());
}

QWidget* TaskList::row(const Task& task, bool first) {
    const auto px = [](int at) { return style::Theme::instance().px(at); };
    auto* frame = style::surface("bar");
    frame->setFixedHeight(px(kRowHeight));
    auto* line = new QHBoxLayout(frame);
    line->setContentsMargins(15, 0, 12, 0);
    line->setSpacing(12);
    auto* sign = new style::Badge;
    sign->showSign(task.sign);
    line->addWidget(sign);
    auto* words = new QVBoxLayout;
    words->setSpacing(0);
    words->addStretch(1);
    auto* title = new style::ElidedLabel("strong");
    title->setText(task.title);
    auto* note = new style::ElidedLabel("small");
    note->setText(task.note);
    words->addWidget(title);
    words->addWidget(note);
    words->addStretch(1);
    line->addLayout(words, 1);
    auto* button = style::button(first ? "primary" : "", task.button);
    button->setObjectName(QStringLiteral("home.task"));
    button->setAccessibleName(QStringLiteral("%1: %2").arg(task.button, task.title));
    button->setMinimumWidth(px(112));
    // Enter presses it as well as Space.
    button->setAutoDefault(true);
    connect(button, &QPushButton::clicked, this, [this, task] { run(task); });
    line->addWidget(button);
    return frame;
}

void TaskList::show(const QList<Task>& tasks) {
    const QList<Task> shown = tasks.mid(0, kMost);
    if (shown == m_tasks) {
        return; // keeps the focus where it is
    }
    m_tasks = shown;
    const QWidget* focused = QApplication::focusWidget();
    const bool hadFocus = focused != nullptr && isAncestorOf(focused);
    while (QLayoutItem* item = m_rows->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    for (qsizetype at = 0; at < shown.size(); ++at) {
        m_rows->addWidget(row(shown[at], at == 0));
    }
    fit();
    if (hadFocus) {
        focusFirst();
    }
}

void TaskList::fit() {
    // Whole rows only: what does not fit is less urgent than what does.
    const int room = height() - style::Theme::instance().px(40) - m_foot->sizeHint().height() - 2;
    const int most = std::max(3, room / style::Theme::instance().px(kRowHeight));
    for (int at = 0; at < m_rows->count(); ++at) {
        m_rows->itemAt(at)->widget()->setVisible(at < most);
    }
}

void TaskList::resizeEvent(QResizeEvent* event) {
    QFrame::resizeEvent(event);
    fit();
}

void TaskList::focusFirst() {
    if (auto* first = findChild<QPushButton*>(QStringLiteral("home.task"))) {
        first->setFocus(Qt::OtherFocusReason);
    }
}

void TaskList::run(const Task& task) {
    if (task.action.isEmpty()) {
        m_context.go(task.route);
    } else if (QAction* action = m_context.actions().action(task.action)) {
        action->trigger();
    }
}

void TaskList::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
    }
    QFrame::changeEvent(event);
}

} // namespace kamei::ui::screens
