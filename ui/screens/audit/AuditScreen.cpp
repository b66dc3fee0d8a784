#include "ui/screens/audit/AuditScreen.h"

#include <QComboBox>
#include <QEvent>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSaveFile>
#include <QScrollBar>
#include <QSortFilterProxyModel>
#include <QSplitter>
#include <QTableView>
#include <QVBoxLayout>
#include <algorithm>
#include <array>

#include "ui/screens/audit/ExaminePanel.h"
#include "ui/screens/audit/SamplePanel.h"
#include "ui/style/Badges.h"
#include "ui/style/Theme.h"
#include "ui/style/Widgets.h"
#include "ui/tasks/TaskRunner.h"
#include "ui/text/Sentences.h"
#include "ui/text/Words.h"

namespace kamei::ui::screens {
namespace {

constexpr std::int64_t kPage = 2000;
/// Prefixes of the events that the filter offers; the first is everything.
constexpr std::array kPrefixes{"",      "import", "detect",  "finding",  "asset",
                               "stage", "sheet",  "release", "reviewer", "sample"};

} // namespace

AuditScreen::AuditScreen(shell::AppContext& context, QWidget* parent)
    : Screen(context, parent), m_sample(new SamplePanel(context)), m_examine(new ExaminePanel(context)),
      m_title(style::label("heading")), m_sign(new style::Badge), m_verdict(style::label("smallstrong")),
      m_kind(new QComboBox), m_words(new QLineEdit),
      m_verify(style::button("small", {}, QStringLiteral("refresh"))),
      m_save(style::button("small", {}, QStringLiteral("table"))), m_table(new QTableView),
      m_foot(style::label("small")), m_model(new AuditModel(this)), m_shown(new QSortFilterProxyModel(this)) {
    setObjectName(QStringLiteral("audit"));
    m_shown->setSourceModel(m_model);
    m_shown->setFilterKeyColumn(-1);
    m_shown->setFilterCaseSensitivity(Qt::CaseInsensitive);
    build();
    connect(m_kind, &QComboBox::activated, this, &AuditScreen::load);
    connect(m_words, &QLineEdit::textChanged, m_shown, &QSortFilterProxyModel::setFilterFixedString);
    connect(m_verify, &QPushButton::clicked, this, &AuditScreen::verify);
    connect(m_save, &QPushButton::clicked, this, &AuditScreen::saveTable);
    connect(m_table->verticalScrollBar(), &QScrollBar::valueChanged, this, [this](int value) {
        if (value == m_table->verticalScrollBar()->maximum()) {
            loadMore();
        }
    });
    connect(&context, &shell::AppContext::sessionChanged, this, [this] {
        m_result.reset();
        m_model->show({});
        showVerdict();
        m_sample->reload();
    });
    connect(&context, &shell::AppContext::reviewerChanged, this, [this] {
        if (isVisible()) {
            load();
            m_sample->reload();
        }
    });
    connect(&context, &shell::AppContext::changed, this, [this](const job::Change& change) {
        if (isVisible() &&
            (change.kind == job::Change::Kind::Samples || change.kind == job::Change::Kind::Confirmations)) {
            load();
        }
    });
    retranslate();
}

void AuditScreen::build() {
    const auto px = [](int at) { return style::Theme::instance().px(at); };
    auto* outer = new QHBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    auto* across = new QSplitter(Qt::Horizontal);
    auto* down = new QSplitter(Qt::Vertical);
    auto* log = new QWidget;
    down->addWidget(m_examine);
    down->addWidget(log);
    down->setStretchFactor(0, 1);
    down->setSizes({px(400), px(300)});
    across->addWidget(m_sample);
    across->addWidget(down);
    across->setStretchFactor(1, 1);
    across->setSizes({px(340), px(1000)});
    for (QSplitter* split : {across, down}) {
        split->setChildrenCollapsible(false);
        split->setHandleWidth(1);
    }
    outer->addWidget(across);
    connect(m_sample, &SamplePanel::chosen, m_examine, &ExaminePanel::show);
    connect(m_examine, &ExaminePanel::judged, this, [this] {
        m_sample->goOn();
        m_sample->reload();
    });
    auto* column = new QVBoxLayout(log);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    QHBoxLayout* head = nullptr;
    auto* bar = style::panelHead(m_title, &head);
    bar->setFixedHeight(px(44));
    head->setContentsMargins(16, 0, 16, 0);
    // Title, then the verdict, then the stretch that panelHead put in, then filters.
    head->insertWidget(0, style::iconLabel(QStringLiteral("audit")));
    auto* verdict = new QFrame;
    verdict->setObjectName(QStringLiteral("audit.verdictBox"));
    auto* verdictRow = new QHBoxLayout(verdict);
    verdictRow->setContentsMargins(8, 3, 10, 3);
    verdictRow->setSpacing(6);
    verdictRow->addWidget(m_sign);
    verdictRow->addWidget(m_verdict);
    m_verdict->setObjectName(QStringLiteral("audit.verdict"));
    head->insertWidget(2, verdict);
    m_kind->setProperty("kind", QStringLiteral("small"));
    m_kind->setObjectName(QStringLiteral("audit.kind"));
    m_kind->setMinimumWidth(px(150));
    for (const char* prefix : kPrefixes) {
        m_kind->addItem({}, QString::fromLatin1(prefix));
    }
    m_words->setProperty("kind", QStringLiteral("small"));
    m_words->setObjectName(QStringLiteral("audit.words"));
    m_words->setFixedWidth(px(180));
    m_words->setClearButtonEnabled(true);
    m_verify->setObjectName(QStringLiteral("audit.verify"));
    m_save->setObjectName(QStringLiteral("audit.save"));
    for (QWidget* widget : std::initializer_list<QWidget*>{m_kind, m_words, m_verify, m_save}) {
        head->addWidget(widget);
    }
    column->addWidget(bar);

    m_table->setObjectName(QStringLiteral("audit.table"));
    m_table->setModel(m_shown);
    m_table->setShowGrid(false);
    m_table->setAlternatingRowColors(true);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setWordWrap(false);
    m_table->setTabKeyNavigation(false);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(px(26));
    m_table->verticalHeader()->setMinimumSectionSize(px(20));
    auto* header = m_table->horizontalHeader();
    header->setFixedHeight(px(26));
    header->setHighlightSections(false);
    header->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    header->setTextElideMode(Qt::ElideRight); // where somebody makes a column narrow; the tool tip is whole
    for (int at = 0; at < AuditModel::Columns; ++at) {
        header->setSectionResizeMode(at, at == AuditModel::About ? QHeaderView::Stretch
                                                                 : QHeaderView::Interactive);
    }
    column->addWidget(m_table, 1);
    auto* foot = style::surface("footer");
    auto* row = new QHBoxLayout(foot);
    row->setContentsMargins(16, 6, 16, 6);
    row->addWidget(style::iconLabel(QStringLiteral("lock"), "text2"));
    row->addWidget(m_foot, 1);
    column->addWidget(foot);
}

void AuditScreen::fitColumns() {
    // What the contents need, and at least the name in the reader's language.
    constexpr std::array kWidths{150, 120, 170, 0, 100, 56};
    auto* header = m_table->horizontalHeader();
    header->ensurePolished();
    for (int at = 0; at < AuditModel::Columns; ++at) {
        if (at != AuditModel::About) {
            m_table->setColumnWidth(
                at, std::max(style::Theme::instance().px(kWidths[static_cast<std::size_t>(at)]),
                             header->sectionSizeHint(at)));
        }
    }
}

void AuditScreen::enter(const shell::Route&) {
    load();
    m_sample->reload();
    verify(); // what was found before says nothing of entries made since
    m_table->setFocus(Qt::OtherFocusReason);
}

void AuditScreen::load() {
    const auto session = context().session();
    if (!session) {
        return;
    }
    const quint64 question = ++m_question;
    m_loading = true;
    job::AuditQuery query;
    query.event = m_kind->currentData().toString().toStdString();
    query.limit = kPage;
    context().runner().look(
        this, [session, query] { return session->audit(query); },
        [this, question](base::Expected<std::vector<job::AuditRow>> rows) {
            if (question != m_question) {
                return;
            }
            m_loading = false;
            if (!rows) {
                context().showError(rows.error());
                return;
            }
            m_all = static_cast<std::int64_t>(rows->size()) < kPage;
            m_model->show(std::move(*rows));
        });
}

void AuditScreen::loadMore() {
    const auto session = context().session();
    if (!session || m_all || m_loading) {
        return;
    }
    const quint64 question = m_question;
    m_loading = true;
    job::AuditQuery query;
    query.event = m_kind->currentData().toString().toStdString();
    query.offset = m_model->rowCount();
    query.limit = kPage;
    context().runner().look(
        this, [session, query] { return session->audit(query); },
        [this, question](base::Expected<std::vector<job::AuditRow>> rows) {
            if (question != m_question) {
                return;
            }
            m_loading = false;
            if (rows) {
                m_all = static_cast<std::int64_t>(rows->size()) < kPage;
                m_model->append(std::move(*rows));
            }
        });
}

void AuditScreen::verify() {
    const auto session = context().session();
    if (!session || m_verifying) {
        return;
    }
    m_verifying = true;
    m_result.reset();
    showVerdict();
    context().runner().look(
        this, [session] { return session->verifyAll(); },
        [this, session](base::Expected<job::AuditState> result) {
            m_verifying = false;
            if (session == context().session()) {
                m_result = std::move(result);
                showVerdict();
            }
        });
}

void AuditScreen::showVerdict() {
    m_verify->setEnabled(!m_verifying);
    if (!m_result) {
        m_sign->showSign(style::Sign::Open);
        m_verdict->setText(m_verifying ? tr("Verifying…") : tr("Not verified yet"));
        style::setProperty(m_verdict, "role", "smallstrong");
        return;
    }
    const bool good = m_result->has_value();
    m_sign->showSign(good ? style::Sign::Accepted : style::Sign::Blocked);
    m_verdict->setText(
        good ? tr("Unbroken: %1 entries, %2 signed")
                   .arg(text::number((*m_result)->entries), text::number((*m_result)->signedEntries))
             : text::sentence(m_result->error()).what);
    style::setProperty(m_verdict, "role", good ? "okstrong" : "badstrong");
}

void AuditScreen::saveTable() {
    auto* dialog = new QFileDialog(this, tr("Save the log as a table"), {}, tr("Tables (*.csv)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(QStringLiteral("csv"));
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& path) {
        const auto session = context().session();
        if (!session) {
            return;
        }
        context().runner().look(
            this,
            [session, path]() -> base::Expected<std::int64_t> {
                job::AuditQuery query;
                query.newestFirst = false;
                query.limit = -1;
                const auto rows = session->audit(query);
                if (!rows) {
                    return tl::unexpected(rows.error());
                }
                QSaveFile file(path);
                if (!file.open(QIODevice::WriteOnly)) {
                    return base::fail(base::ErrorCode::PermissionDenied, "ui.audit.save");
                }
                file.write("number,time_ms,by,event,details,hash\r\n");
                const auto quoted = [](std::string value) {
                    for (std::size_t at = 0; (at = value.find('"', at)) != std::string::npos; at += 2) {
                        value.insert(at, 1, '"');
                    }
                    return '"' + value + '"';
                };
                for (const job::AuditRow& row : *rows) {
                    const std::string line = std::to_string(row.number) + ',' + std::to_string(row.at) + ',' +
                                             quoted(row.by) + ',' + quoted(row.event) + ',' +
                                             quoted(row.details) + ',' + row.hash + "\r\n";
                    file.write(line.data(), static_cast<qint64>(line.size()));
                }
                if (!file.commit()) {
                    return base::fail(base::ErrorCode::IoError, "ui.audit.save");
                }
                return static_cast<std::int64_t>(rows->size());
            },
            [this](const base::Expected<std::int64_t>& written) {
                if (written) {
                    context().say(tr("%1 entries saved.").arg(text::number(*written)));
                } else {
                    context().showError(written.error());
                }
            });
    });
    dialog->open();
}

void AuditScreen::retranslate() {
    m_title->setText(tr("Audit log"));
    const std::array names{tr("Everything"),
                           tr("Import"),
                           tr("Search for candidates"),
                           tr("Decisions"),
                           tr("Confirming and excluding"),
                           tr("Processing"),
                           tr("Purpose and notice"),
                           tr("Release"),
                           tr("People and keys"),
                           tr("Samples")};
    for (int at = 0; at < m_kind->count(); ++at) {
        m_kind->setItemText(at, names[static_cast<std::size_t>(at)]);
    }
    m_kind->setAccessibleName(tr("Kind of entry"));
    m_words->setPlaceholderText(tr("Filter the log"));
    m_words->setAccessibleName(m_words->placeholderText());
    m_verify->setText(tr("Verify again"));
    m_save->setText(tr("Save as table…"));
    m_table->setAccessibleName(m_title->text());
    m_foot->setText(
        tr("Nothing can be changed here but judgements of a sample; each is an entry of the log."));
    m_model->retranslate();
    fitColumns();
    showVerdict();
}

void AuditScreen::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
    }
    Screen::changeEvent(event);
}

} // namespace kamei::ui::screens
