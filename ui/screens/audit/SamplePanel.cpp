#include "ui/screens/audit/SamplePanel.h"

#include <QDoubleSpinBox>
#include <QEvent>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QTableView>
#include <QVBoxLayout>
#include <map>

#include "ui/screens/audit/BoundPlot.h"
#include "ui/style/Theme.h"
#include "ui/style/Widgets.h"
#include "ui/tasks/TaskRunner.h"
#include "ui/text/TitleWords.h"
#include "ui/text/Words.h"

namespace kamei::ui::screens {

struct SamplePanel::Loaded {
    std::optional<model::AuditSample> sample;
    std::optional<job::SampleBound> bound;
    std::vector<SampleRow> rows;
};

SamplePanel::SamplePanel(shell::AppContext& context, QWidget* parent)
    : QWidget(parent), m_context(context), m_title(style::label("heading")), m_facts(style::label("small")),
      m_confidenceName(style::label("small")), m_toleratedName(style::label("small")),
      m_confidence(new QDoubleSpinBox), m_tolerated(new QDoubleSpinBox),
      m_draw(style::button("small", {}, QStringLiteral("sample"))), m_boundTitle(style::label("section")),
      m_bound(style::label("page")), m_boundNote(style::label("small")), m_plot(new BoundPlot),
      m_listTitle(style::label("section")), m_left(style::label("small")), m_model(new SampleModel(this)),
      m_table(new QTableView), m_sendBack(style::button("small", {}, QStringLiteral("return"))) {
    setObjectName(QStringLiteral("samplePanel"));
    build();
    connect(m_draw, &QPushButton::clicked, this, &SamplePanel::draw);
    connect(m_sendBack, &QPushButton::clicked, this, &SamplePanel::sendBack);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            [this](const QModelIndex& index) { emit chosen(m_model->row(index)); });
    retranslate();
}

void SamplePanel::build() {
    const auto px = [](int at) { return style::Theme::instance().px(at); };
    style::setProperty(this, "surface", QStringLiteral("panel"));
    setAttribute(Qt::WA_StyledBackground);
    setMinimumWidth(px(280));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    QHBoxLayout* head = nullptr;
    column->addWidget(style::panelHead(m_title, &head, this));
    head->addStretch(1);
    m_draw->setObjectName(QStringLiteral("audit.draw"));
    head->addWidget(m_draw);
    auto* wanted = new QGridLayout;
    wanted->setContentsMargins(12, 8, 12, 4);
    wanted->setHorizontalSpacing(8);
    m_confidence->setObjectName(QStringLiteral("audit.confidence"));
    m_confidence->setRange(80, 99.9);
    m_confidence->setDecimals(1);
    m_confidence->setValue(95);
    m_tolerated->setObjectName(QStringLiteral("audit.tolerated"));
    m_tolerated->setRange(0, 50);
    m_tolerated->setDecimals(1);
    m_tolerated->setSingleStep(0.5);
    m_tolerated->setValue(1);
    int row = 0;
    for (const auto& [name, field] :
         {std::pair{m_confidenceName, m_confidence}, {m_toleratedName, m_tolerated}}) {
        field->setSuffix(QStringLiteral(" %"));
        name->setBuddy(field);
        wanted->addWidget(name, row, 0);
        wanted->addWidget(field, row, 1);
        ++row;
    }
    wanted->setColumnStretch(0, 1);
    column->addLayout(wanted);
    m_facts->setObjectName(QStringLiteral("audit.facts"));
    m_facts->setWordWrap(true);
    m_facts->setContentsMargins(12, 2, 12, 8);
    column->addWidget(m_facts);
    column->addWidget(style::sectionHead(m_boundTitle, nullptr, this));
    m_bound->setObjectName(QStringLiteral("audit.bound"));
    m_bound->setContentsMargins(12, 4, 12, 0);
    m_boundNote->setWordWrap(true);
    m_boundNote->setContentsMargins(12, 0, 12, 4);
    column->addWidget(m_bound);
    column->addWidget(m_boundNote);
    auto* plot = new QHBoxLayout;
    plot->setContentsMargins(8, 0, 4, 4);
    plot->addWidget(m_plot);
    column->addLayout(plot, 2);
    QHBoxLayout* listHead = nullptr;
    column->addWidget(style::sectionHead(m_listTitle, &listHead, this));
    listHead->addStretch(1);
    listHead->addWidget(m_left);
    m_table->setObjectName(QStringLiteral("audit.sample"));
    m_table->setModel(m_model);
    m_table->setShowGrid(false);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setWordWrap(false);
    m_table->setTabKeyNavigation(false);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(px(26));
    auto* header = m_table->horizontalHeader();
    header->setFixedHeight(px(26));
    header->setHighlightSections(false);
    header->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    header->setTextElideMode(Qt::ElideRight); // the tool tip has the whole name
    header->setSectionResizeMode(QHeaderView::ResizeToContents);
    header->setSectionResizeMode(SampleModel::Data, QHeaderView::Stretch);
    column->addWidget(m_table, 3);
    auto* foot = new QHBoxLayout;
    foot->setContentsMargins(12, 6, 12, 8);
    m_sendBack->setObjectName(QStringLiteral("audit.sendBack"));
    foot->addWidget(m_sendBack);
    foot->addStretch(1);
    column->addLayout(foot);
}

void SamplePanel::reload() {
    const auto session = m_context.session();
    const quint64 question = ++m_question;
    if (!session) {
        m_sample.reset();
        m_result.reset();
        m_model->show({});
        showFacts();
        emit chosen(nullptr);
        return;
    }
    m_context.runner().look(
        this,
        [session]() -> Loaded {
            Loaded out;
            const auto samples = session->auditSamples();
            if (!samples || samples->empty()) {
                return out;
            }
            out.sample = samples->front();
            if (auto bound = job::sampleBound(*session, out.sample->id)) {
                out.bound = std::move(*bound);
            }
            const auto items = session->auditItems(out.sample->id).value_or(std::vector<model::AuditItem>{});
            std::map<base::SubjectId, std::int64_t> numbers;
            for (const job::SubjectRow& row :
                 session->subjects({}).value_or(std::vector<job::SubjectRow>{})) {
                numbers.emplace(row.id, row.number);
            }
            for (const model::AuditItem& item : items) {
                SampleRow row;
                row.item = item;
                if (const auto asset = session->asset(item.asset); asset && *asset) {
                    const model::Asset& found = (*asset)->asset;
                    row.kind = found.kind;
                    row.title = text::assetTitle(found);
                    if (found.subject.valid()) {
                        row.subject = text::subjectName(numbers[found.subject]);
                    }
                }
                row.changed = session->stagedDigest(item.asset).value_or(base::Sha256{}) != item.sha256;
                out.rows.push_back(std::move(row));
            }
            return out;
        },
        [this, question](Loaded loaded) {
            if (question != m_question) {
                return;
            }
            const bool same = m_sample && loaded.sample && m_sample->id == loaded.sample->id;
            const int before = same ? m_table->currentIndex().row() : -1;
            m_sample = std::move(loaded.sample);
            m_result = std::move(loaded.bound);
            m_model->show(std::move(loaded.rows));
            showFacts();
            int at = before >= 0 && before < m_model->rowCount() ? before : m_model->nextOpen(-1);
            if (at < 0 && m_model->rowCount() > 0) {
                at = 0;
            }
            m_table->setCurrentIndex(m_model->index(at, 0));
            emit chosen(m_model->row(m_table->currentIndex()));
        });
}

void SamplePanel::goOn() {
    const int next = m_model->nextOpen(m_table->currentIndex().row());
    if (next >= 0) {
        m_table->setCurrentIndex(m_model->index(next, 0));
    }
}

void SamplePanel::draw() {
    const auto session = m_context.session();
    if (!session) {
        return;
    }
    job::SampleSpec spec;
    spec.confidence = m_confidence->value() / 100;
    spec.tolerated = m_tolerated->value() / 100;
    m_context.runner().look(
        this,
        [session, spec, by = m_context.reviewer().toStdString()] { return session->drawSample(spec, by); },
        [this](const base::Expected<std::int64_t>& drawn) {
            if (!drawn) {
                m_context.showError(drawn.error());
                return;
            }
            reload();
        });
}

void SamplePanel::sendBack() {
    const auto session = m_context.session();
    if (!session || !m_sample) {
        return;
    }
    const auto done = session->sendBackLeaks(m_sample->id, m_context.reviewer().toStdString());
    if (!done) {
        m_context.showError(done.error());
        return;
    }
    m_context.say(tr("%n data sent back: to be decided, processed and confirmed again.", nullptr,
                     static_cast<int>(*done)));
    reload();
}

void SamplePanel::showFacts() {
    const bool writable = m_context.session() && m_context.session()->writable();
    m_draw->setEnabled(writable);
    m_draw->setText(m_sample ? tr("Draw another") : tr("Draw a sample"));
    if (!m_sample) {
        m_facts->setText(
            tr("No sample was drawn yet. It is drawn at random from what is confirmed, stratified by "
               "kind of data, so large that without a leak it shows what is wanted above."));
        m_bound->setText(QStringLiteral("–"));
        m_boundNote->clear();
        m_plot->show(std::nullopt, 0.01);
        m_listTitle->setText(tr("To be looked at"));
        m_left->clear();
        m_sendBack->setVisible(false);
        return;
    }
    std::int64_t population = 0;
    std::int64_t drawn = 0;
    for (const auto& stratum : m_sample->strata) {
        population += stratum.population;
        drawn += stratum.drawn;
    }
    const QString seed = QString::fromStdString(m_sample->seed.hex());
    m_facts->setText(
        tr("%1 of %2 confirmed data, from each of %3 kinds (%4 confidence, at most %5 leaks). Seed %6, "
           "logged. Drawn by %7, %8.")
            .arg(text::number(drawn), text::number(population),
                 text::number(static_cast<std::int64_t>(m_sample->strata.size())),
                 percent(m_sample->confidence), percent(m_sample->tolerated), seed.left(8),
                 text::fromUtf8(m_sample->drawnBy), text::dateTime(m_sample->drawnAt)));
    m_facts->setToolTip(seed);
    m_listTitle->setText(tr("%n data drawn", nullptr, static_cast<int>(drawn)));
    if (!m_result) {
        return;
    }
    const auto share = [&](std::int64_t count) {
        return population == 0 ? 0 : static_cast<double>(count) / static_cast<double>(population);
    };
    m_bound->setText(QStringLiteral("≤ %1").arg(percent(share(m_result->bound))));
    m_bound->setAccessibleName(
        tr("Upper bound on the share of leaks: %1").arg(percent(share(m_result->bound))));
    m_boundNote->setText(
        tr("With %1 confidence: at most %2 of %3 data. %4 leaks and %5 unsure in %6 judged. If the "
           "rest is clean: ≤ %7. For data made in the same way (Clopper-Pearson): ≤ %8.")
            .arg(percent(m_result->confidence), text::number(m_result->bound), text::number(population),
                 text::number(m_result->leaks), text::number(m_result->unsure),
                 text::number(m_result->judged), percent(share(m_result->whenClean)),
                 percent(m_result->rate)));
    QStringList kinds;
    for (const auto& kind : m_result->kinds) {
        kinds.append(tr("%1: %2 of %3 judged, at most %4 leaks among %5")
                         .arg(text::kindName(kind.kind), text::number(kind.judged), text::number(kind.drawn),
                              text::number(kind.bound), text::number(kind.population)));
    }
    m_boundNote->setToolTip(kinds.join(QLatin1Char('\n')));
    m_plot->show(m_result, m_sample->tolerated);
    m_plot->setToolTip(m_boundNote->toolTip());
    m_left->setText(tr("%1 left").arg(text::number(drawn - m_result->judged)));
    int failed = 0;
    for (const SampleRow& row : m_model->rows()) {
        failed += row.item.judgement == model::Judgement::Leak && !row.item.sentBack ? 1 : 0;
    }
    m_sendBack->setVisible(failed > 0);
    m_sendBack->setEnabled(writable);
    m_sendBack->setText(tr("Send back what failed (%1)").arg(text::number(failed)));
}

void SamplePanel::retranslate() {
    m_title->setText(tr("Sample"));
    m_confidenceName->setText(tr("Confidence wanted"));
    m_toleratedName->setText(tr("Leaks to be excluded above"));
    m_confidence->setAccessibleName(m_confidenceName->text());
    m_tolerated->setAccessibleName(m_toleratedName->text());
    m_boundTitle->setText(tr("Bound on the share of leaks"));
    m_table->setAccessibleName(tr("Data drawn"));
    m_model->retranslate();
    showFacts();
}

void SamplePanel::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
    }
    QWidget::changeEvent(event);
}

} // namespace kamei::ui::screens
