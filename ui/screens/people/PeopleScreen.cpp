#include "ui/screens/people/PeopleScreen.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QSortFilterProxyModel>
#include <QStackedWidget>
#include <QStandardItemModel>
#include <QTableView>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/screens/people/NobodyDetail.h"
#include "ui/screens/people/PersonDetail.h"
#include "ui/style/Theme.h"
#include "ui/style/Widgets.h"
#include "ui/tasks/TaskRunner.h"
#include "ui/text/Words.h"

namespace kamei::ui::screens {
namespace {

constexpr int kLaterMs = 500;
constexpr int kRow = Qt::UserRole; ///< index of a doubt or of data, or id of a person
enum Which { Doubts = 0, Everybody = 1, Nobodys = 2 };

QFrame* verticalLine() {
    auto* line = new QFrame;
    line->setProperty("line", QStringLiteral("v"));
    return line;
}

} // namespace

PeopleScreen::PeopleScreen(shell::AppContext& context, QWidget* parent)
    : Screen(context, parent), m_title(style::label("heading")), m_totals(new style::ElidedLabel("small")),
      m_which(new style::Segments), m_words(new QLineEdit), m_table(new QTableView),
      m_model(new QStandardItemModel(this)), m_shown(new QSortFilterProxyModel(this)),
      m_side(new QStackedWidget), m_detail(new PersonDetail(context)), m_nobody(new NobodyDetail(context)),
      m_nothing(style::label("muted")) {
    setObjectName(QStringLiteral("people"));
    m_later.setSingleShot(true);
    m_later.setInterval(kLaterMs);
    m_shown->setSourceModel(m_model);
    m_shown->setFilterKeyColumn(-1);
    m_shown->setFilterCaseSensitivity(Qt::CaseInsensitive);
    build();
    connect(&m_later, &QTimer::timeout, this, &PeopleScreen::read);
    connect(&context, &shell::AppContext::changed, this, [this](const job::Change& change) {
        if (change.kind != job::Change::Kind::Assets) {
            return;
        }
        m_stale = true;
        if (isVisible()) {
            m_later.start();
        }
    });
    connect(&context, &shell::AppContext::sessionChanged, this, [this] {
        m_detail->show(nullptr, {}, nullptr);
        m_nobody->setPeople(nullptr);
        m_data.reset();
        m_stale = true;
        showRows();
    });
    connect(m_which, &style::Segments::chosen, this, &PeopleScreen::showRows);
    connect(m_words, &QLineEdit::textChanged, m_shown, &QSortFilterProxyModel::setFilterFixedString);
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this,
            &PeopleScreen::showChosen);
    connect(m_table, &QTableView::activated, this, [this](const QModelIndex& at) {
        if (m_data && m_which->current() == Nobodys) {
            const auto row = static_cast<std::size_t>(at.siblingAtColumn(0).data(kRow).toLongLong());
            m_nobody->look(m_data->nobodys.at(row).row.asset.id);
        }
    });
    retranslate();
}

void PeopleScreen::build() {
    const auto px = [](int at) { return style::Theme::instance().px(at); };
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    auto* left = new QVBoxLayout;
    left->setSpacing(0);
    QHBoxLayout* head = nullptr;
    auto* bar = style::panelHead(m_title, &head);
    head->insertWidget(1, m_totals, 4);
    m_words->setProperty("kind", QStringLiteral("small"));
    m_words->setObjectName(QStringLiteral("people.words"));
    m_words->setFixedWidth(px(160));
    m_words->setClearButtonEnabled(true);
    head->addWidget(m_words);
    m_which->setObjectName(QStringLiteral("people.which"));
    m_which->add({});
    m_which->add({});
    m_which->add({});
    m_which->setCurrent(Doubts);
    head->addWidget(m_which);
    left->addWidget(bar);
    m_table->setObjectName(QStringLiteral("people.table"));
    m_table->setModel(m_shown);
    m_table->setShowGrid(false);
    m_table->setAlternatingRowColors(true);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setTabKeyNavigation(false);
    m_table->setWordWrap(false);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(px(28));
    m_table->horizontalHeader()->setFixedHeight(px(26));
    m_table->horizontalHeader()->setHighlightSections(false);
    m_table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_nothing->setObjectName(QStringLiteral("people.nothing"));
    m_nothing->setAlignment(Qt::AlignCenter);
    m_nothing->setWordWrap(true);
    m_nothing->setContentsMargins(24, 24, 24, 24);
    left->addWidget(m_nothing, 1);
    left->addWidget(m_table, 1);
    row->addLayout(left, 1);
    row->addWidget(verticalLine());
    m_side->setFixedWidth(px(440));
    m_side->addWidget(m_detail);
    m_side->addWidget(m_nobody);
    row->addWidget(m_side);
}

void PeopleScreen::enter(const shell::Route&) {
    if (m_stale) {
        read();
    }
    m_table->setFocus(Qt::OtherFocusReason);
}

void PeopleScreen::read() {
    const auto session = context().session();
    if (!session) {
        return;
    }
    if (m_busy) {
        m_later.start();
        return;
    }
    m_busy = true;
    m_stale = false;
    m_totals->setText(tr("Comparing…"));
    context().runner().look(
        this, [session] { return readPeople(*session); },
        [this, session](base::Expected<PeopleData> found) {
            m_busy = false;
            if (session != context().session()) {
                return;
            }
            if (!found) {
                m_totals->setText({});
                context().showError(found.error());
                return;
            }
            m_detail->show(nullptr, {}, nullptr);
            m_data = std::move(*found);
            showRows();
        });
}

void PeopleScreen::showRows() {
    const int which = m_which->current();
    m_table->setSelectionMode(which == Doubts ? QAbstractItemView::SingleSelection
                                              : QAbstractItemView::ExtendedSelection);
    m_side->setCurrentWidget(which == Nobodys ? static_cast<QWidget*>(m_nobody) : m_detail);
    m_model->clear();
    m_model->setHorizontalHeaderLabels(
        which == Doubts ? QStringList{tr("State"), tr("Person"), tr("Doubt")}
        : which == Everybody
            ? QStringList{tr("Person"), tr("Name"), tr("Birth date"), tr("Chart number"), tr("Data")}
            : QStringList{tr("Kind"), tr("Data"), tr("Folder and file")});
    m_nobody->setPeople(m_data ? &*m_data : nullptr);
    m_nobody->show({});
    if (!m_data) {
        m_which->setText(Nobodys, tr("Nobody known"));
        m_totals->setText({});
        m_nothing->hide();
        m_table->show();
        m_detail->show(nullptr, {}, nullptr);
        return;
    }
    m_which->setText(
        Nobodys,
        tr("Nobody known (%1)").arg(text::number(static_cast<std::int64_t>(m_data->nobodys.size()))));
    if (which == Doubts) {
        fillDoubts();
    } else if (which == Everybody) {
        fillEverybody();
    } else {
        fillNobodys();
    }
    const bool empty = m_model->rowCount() == 0;
    m_nothing->setText(which == Doubts
                           ? tr("No doubts: what the sources state of each person agrees, and no two people "
                                "look like one.")
                       : which == Everybody ? tr("No source names a person yet.")
                                            : tr("Of all data it is known whose they are."));
    m_nothing->setVisible(empty);
    m_table->setVisible(!empty);
    m_totals->setText(tr("%1 people, %2 open doubts")
                          .arg(text::number(static_cast<std::int64_t>(m_data->people.size())) +
                                   (m_data->more ? QStringLiteral("+") : QString()),
                               text::number(m_data->doubts.open())));
    auto* header = m_table->horizontalHeader();
    for (int column = 0; column < m_model->columnCount(); ++column) {
        m_table->resizeColumnToContents(column);
    }
    header->setStretchLastSection(true);
    if (m_shown->rowCount() > 0) {
        m_table->selectRow(0);
    } else {
        m_detail->show(nullptr, {}, nullptr);
    }
}

void PeopleScreen::addRow(const QStringList& cells, qlonglong key) {
    QList<QStandardItem*> row;
    for (const QString& cell : cells) {
        row.append(new QStandardItem(cell));
        row.back()->setToolTip(cell);
    }
    row.front()->setData(key, kRow);
    m_model->appendRow(row);
}

void PeopleScreen::fillDoubts() {
    const auto name = [this](base::SubjectId id) {
        const auto person = m_data->people.find(id);
        return person == m_data->people.end() ? QString() : text::subjectName(person->second.row.number);
    };
    for (std::size_t at = 0; at < m_data->doubts.doubts.size(); ++at) {
        const job::SubjectDoubt& doubt = m_data->doubts.doubts[at];
        const QString state = !doubt.settled.empty() ? tr("settled") : doubt.blocks ? tr("open") : tr("note");
        const QString who = doubt.other.valid() ? name(doubt.one) + QStringLiteral(" · ") + name(doubt.other)
                                                : name(doubt.one);
        addRow({state, who, doubtName(doubt.kind)}, static_cast<qlonglong>(at));
    }
}

void PeopleScreen::fillEverybody() {
    for (const auto& [id, person] : m_data->people) {
        const std::string first = person.hint.names.empty() ? std::string() : person.hint.names.front();
        addRow({text::subjectName(person.row.number), evidenceValue("name", first),
                evidenceValue("birth-date", person.hint.birthDate), text::fromUtf8(person.hint.patientId),
                text::number(person.row.assets)},
               static_cast<qlonglong>(id.value));
    }
}

void PeopleScreen::fillNobodys() {
    for (std::size_t at = 0; at < m_data->nobodys.size(); ++at) {
        const PeopleData::Unassigned& one = m_data->nobodys[at];
        addRow({text::kindName(one.row.asset.kind), text::fromUtf8(one.row.asset.title), one.place},
               static_cast<qlonglong>(at));
    }
}

void PeopleScreen::showChosen() {
    if (!m_data) {
        return;
    }
    const QModelIndexList rows = m_table->selectionModel()->selectedRows();
    if (m_which->current() == Nobodys) {
        std::vector<const PeopleData::Unassigned*> chosen;
        for (const QModelIndex& row : rows) {
            chosen.push_back(&m_data->nobodys.at(static_cast<std::size_t>(row.data(kRow).toLongLong())));
        }
        m_nobody->show(chosen);
        return;
    }
    if (rows.isEmpty()) {
        m_detail->show(&*m_data, {}, nullptr);
        return;
    }
    if (m_which->current() == Doubts) {
        const auto at = static_cast<std::size_t>(rows.front().data(kRow).toLongLong());
        const job::SubjectDoubt& doubt = m_data->doubts.doubts.at(at);
        std::vector<base::SubjectId> people{doubt.one};
        if (doubt.other.valid()) {
            people.push_back(doubt.other);
        }
        m_detail->show(&*m_data, people, &doubt);
        return;
    }
    std::vector<base::SubjectId> people;
    for (const QModelIndex& row : rows) {
        people.push_back({row.data(kRow).toLongLong()});
    }
    std::ranges::sort(people);
    m_detail->show(&*m_data, people, nullptr);
}

void PeopleScreen::retranslate() {
    m_title->setText(tr("Whose data they are"));
    m_words->setPlaceholderText(tr("Filter"));
    m_words->setAccessibleName(tr("Filter people"));
    m_which->setText(Doubts, tr("Doubts"));
    m_which->setText(Everybody, tr("Everybody"));
    m_table->setAccessibleName(m_title->text());
    m_detail->retranslate();
    m_nobody->retranslate();
    showRows();
}

void PeopleScreen::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
    }
    Screen::changeEvent(event);
}

} // namespace kamei::ui::screens
