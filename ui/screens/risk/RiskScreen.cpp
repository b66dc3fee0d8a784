#include "ui/screens/risk/RiskScreen.h"

#include <QCheckBox>
#include <QComboBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QScrollArea>
#include <QTableView>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>
#include <numeric>

#include "ui/screens/risk/Histogram.h"
#include "ui/screens/risk/PersonPanel.h"
#include "ui/screens/risk/RiskTable.h"
#include "ui/style/Badges.h"
#include "ui/style/Theme.h"
#include "ui/style/Widgets.h"
#include "ui/tasks/TaskRunner.h"
#include "ui/text/RiskWords.h"
#include "ui/text/Words.h"

namespace kamei::ui::screens {
namespace {

constexpr int kLaterMs = 800;
constexpr int kRowsMeasured = 50;

QFrame* verticalLine() {
    auto* line = new QFrame;
    line->setProperty("line", QStringLiteral("v"));
    return line;
}

} // namespace

RiskScreen::RiskScreen(shell::AppContext& context, QWidget* parent)
    : Screen(context, parent), m_fieldsHead(style::label("heading")), m_fieldsCount(style::label("small")),
      m_fields(new QVBoxLayout), m_records(new QComboBox), m_population(style::label("small")),
      m_fieldsNote(style::label("small")), m_title(style::label("heading")),
      m_totals(new style::ElidedLabel("small")), m_which(new style::Segments),
      m_chartTitle(style::label("strong")), m_chartNote(style::label("note")), m_chart(new Histogram),
      m_table(new QTableView), m_model(new RiskModel(this)), m_person(new PersonPanel(context)) {
    setObjectName(QStringLiteral("risk"));
    m_later.setSingleShot(true);
    m_later.setInterval(kLaterMs);
    build();
    connect(&m_later, &QTimer::timeout, this, &RiskScreen::read);
    connect(&context, &shell::AppContext::changed, this, [this] {
        m_stale = true;
        if (isVisible()) {
            m_later.start();
        }
    });
    connect(&context, &shell::AppContext::sessionChanged, this, [this] {
        m_data.reset();
        m_shown = {};
        m_stale = true;
        m_person->show(nullptr, nullptr);
        showFields();
        showAnalysis();
    });
    connect(m_which, &style::Segments::chosen, this, &RiskScreen::showAnalysis);
    connect(m_person, &PersonPanel::reasonSaved, this, &RiskScreen::read);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            &RiskScreen::showChosen);
    retranslate();
}

void RiskScreen::build() {
    const auto px = [](int at) { return style::Theme::instance().px(at); };
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);

    auto* left = style::surface("panel");
    left->setFixedWidth(px(248));
    auto* leftColumn = new QVBoxLayout(left);
    leftColumn->setContentsMargins(0, 0, 0, 0);
    leftColumn->setSpacing(0);
    QHBoxLayout* head = nullptr;
    leftColumn->addWidget(style::panelHead(m_fieldsHead, &head));
    head->addWidget(m_fieldsCount);
    m_fields->setSpacing(0);
    m_fields->setContentsMargins(0, 0, 0, 0);
    auto* list = style::surface("panel");
    auto* listColumn = new QVBoxLayout(list);
    listColumn->setContentsMargins(0, 0, 0, 0);
    listColumn->addLayout(m_fields);
    listColumn->addStretch(1);
    auto* listArea = new QScrollArea;
    listArea->setWidgetResizable(true);
    listArea->setFrameShape(QFrame::NoFrame);
    listArea->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    listArea->setFocusPolicy(Qt::NoFocus);
    listArea->setWidget(list);
    leftColumn->addWidget(listArea, 1);
    auto* foot = style::surface("footer");
    auto* footRow = new QVBoxLayout(foot);
    footRow->setContentsMargins(12, 8, 12, 8);
    m_records->setObjectName(QStringLiteral("risk.records"));
    m_records->setProperty("kind", QStringLiteral("small"));
    m_records->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    footRow->addWidget(m_records);
    connect(m_records, &QComboBox::activated, this, &RiskScreen::narrow);
    m_fieldsNote->setWordWrap(true);
    footRow->addWidget(m_fieldsNote);
    leftColumn->addWidget(foot);
    row->addWidget(left);
    row->addWidget(verticalLine());

    auto* centre = new QVBoxLayout;
    centre->setSpacing(0);
    QHBoxLayout* titleRow = nullptr;
    auto* bar = style::panelHead(m_title, &titleRow);
    titleRow->insertWidget(1, m_totals, 4);
    m_which->setObjectName(QStringLiteral("risk.which"));
    m_which->add({});
    m_which->add({});
    m_which->setCurrent(1);
    titleRow->addWidget(m_which);
    centre->addWidget(bar);
    auto* chartBox = new QVBoxLayout;
    chartBox->setContentsMargins(12, 12, 12, 12);
    auto* card = style::surface("card");
    auto* cardColumn = new QVBoxLayout(card);
    cardColumn->setContentsMargins(12, 8, 12, 4);
    cardColumn->setSpacing(2);
    auto* chartHead = new QHBoxLayout;
    chartHead->addWidget(m_chartTitle, 1);
    chartHead->addWidget(m_chartNote);
    cardColumn->addLayout(chartHead);
    m_chart->setFixedHeight(px(160));
    cardColumn->addWidget(m_chart);
    m_population->setObjectName(QStringLiteral("risk.population"));
    m_population->setWordWrap(true);
    cardColumn->addWidget(m_population);
    chartBox->addWidget(card);
    centre->addLayout(chartBox);
    centre->addWidget(style::horizontalLine());
    m_table->setObjectName(QStringLiteral("risk.table"));
    m_table->setModel(m_model);
    m_table->setItemDelegate(new RiskDelegate(m_table));
    m_table->setShowGrid(false);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setTabKeyNavigation(false);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(px(28));
    m_table->verticalHeader()->setMinimumSectionSize(px(20));
    m_table->horizontalHeader()->setFixedHeight(px(26));
    m_table->horizontalHeader()->setHighlightSections(false);
    m_table->horizontalHeader()->setTextElideMode(Qt::ElideRight); // the tool tip has the whole name
    centre->addWidget(m_table, 1);
    row->addLayout(centre, 1);
    row->addWidget(verticalLine());

    auto* area = new QScrollArea;
    area->setWidgetResizable(true);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    area->setFocusPolicy(Qt::NoFocus);
    area->setWidget(m_person);
    area->setFixedWidth(px(336));
    row->addWidget(area);
}

void RiskScreen::enter(const shell::Route&) {
    if (m_stale) {
        read();
    }
    m_table->setFocus(Qt::OtherFocusReason);
}

void RiskScreen::read() {
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
    m_totals->setText(tr("Computing…"));
    context().runner().look(
        this, [session] { return readRisk(*session); },
        [this, session](base::Expected<RiskData> read) {
            m_busy = false;
            if (session != context().session()) {
                return;
            }
            if (!read) {
                m_totals->setText({});
                context().showError(read.error());
                return;
            }
            m_data = std::move(*read);
            showFields();
            narrow();
        });
}

void RiskScreen::showFields() {
    QStringList trials;
    for (const QComboBox* box : std::as_const(m_trials)) {
        trials.append(box->currentData().toString());
    }
    QStringList off;
    for (const QCheckBox* box : std::as_const(m_boxes)) {
        if (!box->isChecked()) {
            off.append(box->property("field").toString());
        }
    }
    while (QLayoutItem* item = m_fields->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    m_boxes.clear();
    m_trials.clear();
    if (!m_data) {
        m_fieldsCount->setText({});
        return;
    }
    for (const risk::FieldSummary& field : m_data->analysis.fields) {
        auto* frame = style::surface("bar");
        auto* rows = new QVBoxLayout(frame);
        rows->setContentsMargins(12, 4, 12, 5);
        rows->setSpacing(2);
        auto* row = new QHBoxLayout;
        rows->addLayout(row);
        auto* box = new QCheckBox(text::fieldName(field.field));
        const QString word = text::fromUtf8(field.field);
        box->setProperty("field", word);
        box->setObjectName(QStringLiteral("risk.field.") + word);
        box->setChecked(!off.contains(word));
        connect(box, &QCheckBox::toggled, this, &RiskScreen::narrow);
        row->addWidget(box, 1);
        row->addWidget(style::label("small", tr("%n values", nullptr, static_cast<int>(field.values))));
        auto* trial = new QComboBox;
        trial->setProperty("kind", QStringLiteral("small"));
        trial->setObjectName(QStringLiteral("risk.trial.") + word);
        trial->setAccessibleName(tr("Method tried on: %1").arg(text::fieldName(field.field)));
        trial->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
        for (const TrialChoice& choice : trialsFor(field.field)) {
            trial->addItem(choice.name, choice.trial);
            if (!choice.trial.isEmpty() && trials.contains(choice.trial)) {
                trial->setCurrentIndex(trial->count() - 1);
            }
        }
        connect(trial, &QComboBox::activated, this, &RiskScreen::narrow);
        rows->addWidget(trial);
        m_trials.append(trial);
        m_fields->addWidget(frame);
        m_boxes.append(box);
    }
}

void RiskScreen::narrow() {
    if (!m_data) {
        return;
    }
    std::vector<std::string> fields;
    for (const QCheckBox* box : std::as_const(m_boxes)) {
        if (box->isChecked()) {
            fields.push_back(box->property("field").toString().toStdString());
        }
    }
    m_fieldsCount->setText(QStringLiteral("%1 / %2").arg(fields.size()).arg(m_boxes.size()));
    std::vector<std::string> trials;
    for (const QComboBox* box : std::as_const(m_trials)) {
        trials.push_back(box->currentData().toString().toStdString());
    }
    trials.push_back(m_records->currentData().toString().toStdString());
    const bool none = std::ranges::all_of(trials, [](const std::string& trial) { return trial.empty(); });
    if (none && fields.size() == static_cast<std::size_t>(m_boxes.size())) {
        ++m_question;
        m_shown = *m_data;
        showAnalysis();
        return;
    }
    if (fields.empty()) {
        ++m_question;
        m_shown = {};
        m_shown.people = m_data->people;
        showAnalysis();
        return;
    }
    const quint64 question = ++m_question;
    context().runner().look(
        this,
        [full = RiskData{{}, m_data->people, m_data->subjects, m_data->population, {}, 0}, fields, trials] {
            return seen(full, fields, trials);
        },
        [this, question](base::Expected<RiskData> shown) {
            if (question != m_question || !m_data) {
                return;
            }
            if (!shown) {
                // A method that means nothing for the values as they stand (noise on bands) is no error.
                m_totals->setText(tr("This cannot be tried on these values."));
                return;
            }
            m_shown = std::move(*shown);
            showAnalysis();
        });
}

void RiskScreen::showPopulation() {
    if (!m_data || m_shown.population.people == 0) {
        m_population->setText({});
        return;
    }
    const risk::PopulationRisk& risk = m_shown.population;
    const QString people = text::number(risk.population);
    QString words =
        risk.sampleUniques == 0 ? tr("Nobody is alone here; the cohort comes from %1 people.").arg(people)
        : risk.fitted ? tr("Of the %1 people the cohort comes from (2020 census), about %2 would be alone as "
                           "well: one alone "
                           "here is alone there with a probability of %3 % (Pitman model, Hoshino 2001).")
                            .arg(people, text::number(std::llround(risk.populationUniques)),
                                 QString::number(100 * risk.shareUnique, 'f', risk.shareUnique < 0.1 ? 1 : 0))
                      : tr("The cohort is too small to estimate how many of the %1 people it comes from are "
                           "alone as well; "
                           "everybody alone here counts as alone there.")
                            .arg(people);
    QStringList lost;
    for (const risk::FieldLoss& loss : m_shown.losses) {
        lost.append(tr("%1: %2 % of what it tells is lost, %3 → %4 values")
                        .arg(text::fieldName(loss.field), QString::number(100 * loss.lost, 'f', 0),
                             text::number(loss.distinctBefore), text::number(loss.distinctAfter)));
    }
    if (m_shown.recordsDeleted > 0) {
        lost.append(tr("%n records deleted", nullptr, static_cast<int>(m_shown.recordsDeleted)));
    }
    if (!lost.isEmpty()) {
        words +=
            QStringLiteral("\n") + tr("Tried: %1. Nothing is changed.").arg(lost.join(QStringLiteral("; ")));
    }
    m_population->setText(words);
}

void RiskScreen::showAnalysis() {
    const risk::Analysis& analysis = m_shown.analysis;
    std::array<std::int64_t, 5> people{};
    for (const risk::EquivalenceClass& group : analysis.classes) {
        const std::size_t slot = group.size <= 1   ? 0
                                 : group.size == 2 ? 1
                                 : group.size <= 4 ? 2
                                 : group.size <= 9 ? 3
                                                   : 4;
        people[slot] += static_cast<std::int64_t>(group.subjects.size());
    }
    m_chart->show(people);
    m_totals->setText(m_data ? tr("%1 subjects, %2 combinations, %3 singled out")
                                   .arg(text::number(analysis.subjects),
                                        text::number(static_cast<std::int64_t>(analysis.classes.size())),
                                        text::number(static_cast<std::int64_t>(analysis.singledOut.size())))
                             : QString());
    showPopulation();
    m_model->show(analysis, m_shown.people, m_which->current() == 0);
    fitColumns();
    if (m_model->rowCount() > 0) {
        m_table->selectRow(0);
    } else {
        m_person->show(nullptr, nullptr);
    }
}

void RiskScreen::fitColumns() {
    const int columns = m_model->columnCount();
    const auto px = [](int at) { return style::Theme::instance().px(at); };
    const QFontMetrics metrics(style::Theme::instance().font(style::Type::Table));
    const QFontMetrics headMetrics(style::Theme::instance().font(style::Type::Table, true));
    std::vector<int> widths;
    for (int at = 0; at < columns; ++at) {
        // As wide as the first rows need.
        int wide = headMetrics.horizontalAdvance(
            m_model->headerData(at, Qt::Horizontal, Qt::DisplayRole).toString());
        for (int row = 0; row < std::min(kRowsMeasured, m_model->rowCount()); ++row) {
            wide = std::max(wide, metrics.horizontalAdvance(
                                      m_model->data(m_model->index(row, at), Qt::DisplayRole).toString()));
        }
        const int sign = at == columns - 1 ? style::signSize() + 6 : 0;
        widths.push_back(std::min(wide + 24 + sign, px(132)));
    }
    // Where there is no room for all, the fields give way: who it is and what became of it stay readable.
    int excess = std::accumulate(widths.begin(), widths.end(), 0) - m_table->viewport()->width();
    // The widest gives first.
    while (excess > 0 && columns > 3) {
        const auto widest = std::max_element(widths.begin() + 1, widths.end() - 2);
        if (*widest <= px(60)) {
            break;
        }
        --*widest;
        --excess;
    }
    auto* header = m_table->horizontalHeader();
    for (int at = 0; at < columns; ++at) {
        const bool rest = at == columns - 2 && excess <= 0;
        header->setSectionResizeMode(at, rest ? QHeaderView::Stretch : QHeaderView::Interactive);
        if (!rest) {
            m_table->setColumnWidth(at, widths[static_cast<std::size_t>(at)]);
        }
    }
}

void RiskScreen::showChosen() {
    const int row = m_table->currentIndex().row();
    m_person->show(&m_shown, row >= 0 && row < m_model->rowCount() ? &m_model->group(row) : nullptr);
}

void RiskScreen::retranslate() {
    m_fieldsHead->setText(tr("Fields combined"));
    m_fieldsNote->setText(
        tr("Computed from the values after processing, one row a person across all kinds of data "
           "(5.6). The gate always looks at all fields. An asterisk: not decided yet, as processing would "
           "leave it."));
    const QVariant record = m_records->currentData();
    m_records->clear();
    for (const TrialChoice& choice : recordTrials()) {
        m_records->addItem(choice.name, choice.trial);
    }
    m_records->setCurrentIndex(std::max(0, m_records->findData(record)));
    m_records->setAccessibleName(tr("Method tried on records"));
    m_title->setText(tr("Combinations of quasi-identifiers"));
    m_which->setText(0, tr("1 or 2 people"));
    m_which->setText(1, tr("All"));
    m_chartTitle->setText(tr("People who share a combination"));
    m_chartNote->setText(tr("vertical: number of subjects"));
    m_table->setAccessibleName(m_title->text());
    showFields();
    showAnalysis();
}

void RiskScreen::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
    }
    Screen::changeEvent(event);
}

} // namespace kamei::ui::screens
