#include "ui/screens/people/PersonDetail.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTableWidget>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/screens/people/AssignBox.h"
#include "ui/style/Theme.h"
#include "ui/style/Widgets.h"
#include "ui/tasks/TaskRunner.h"
#include "ui/text/TitleWords.h"
#include "ui/text/Words.h"

namespace kamei::ui::screens {
namespace {

constexpr int kId = Qt::UserRole;
constexpr std::int64_t kMostAssets = 500;

} // namespace

PersonDetail::PersonDetail(shell::AppContext& context, QWidget* parent)
    : QFrame(parent), m_context(context), m_title(style::label("heading")), m_what(style::label("smalltext")),
      m_evidenceHead(style::label("section")), m_evidence(new QTableWidget(0, 4)),
      m_assetsHead(style::label("section")), m_assets(new QListWidget), m_reasonHead(style::label("section")),
      m_reason(new QPlainTextEdit), m_note(style::label("small")), m_merge(style::button("primary")),
      m_settle(style::button("")), m_assign(new AssignBox(QStringLiteral("people.assign"))) {
    QWidget::setProperty("surface", QStringLiteral("panel"));
    setObjectName(QStringLiteral("people.detail"));
    const auto px = [](int at) { return style::Theme::instance().px(at); };
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(style::panelHead(m_title));
    m_what->setWordWrap(true);
    m_what->setContentsMargins(12, 8, 12, 8);
    column->addWidget(m_what);
    column->addWidget(style::sectionHead(m_evidenceHead));
    m_evidence->setObjectName(QStringLiteral("people.evidence"));
    m_evidence->setShowGrid(false);
    m_evidence->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_evidence->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_evidence->setTabKeyNavigation(false);
    m_evidence->verticalHeader()->hide();
    m_evidence->verticalHeader()->setDefaultSectionSize(px(26));
    m_evidence->horizontalHeader()->setHighlightSections(false);
    m_evidence->horizontalHeader()->setSectionResizeMode(2, QHeaderView::Stretch);
    column->addWidget(m_evidence, 3);
    column->addWidget(style::sectionHead(m_assetsHead));
    m_assets->setObjectName(QStringLiteral("people.assets"));
    column->addWidget(m_assets, 2);
    column->addWidget(style::sectionHead(m_reasonHead));
    auto* foot = new QVBoxLayout;
    foot->setContentsMargins(12, 8, 12, 12);
    foot->setSpacing(8);
    m_reason->setObjectName(QStringLiteral("people.reason"));
    m_reason->setFixedHeight(px(52));
    m_reason->setTabChangesFocus(true);
    foot->addWidget(m_reason);
    m_note->setWordWrap(true);
    foot->addWidget(m_note);
    m_merge->setObjectName(QStringLiteral("people.merge"));
    m_settle->setObjectName(QStringLiteral("people.settle"));
    for (QPushButton* button : {m_merge, m_settle}) {
        foot->addWidget(button);
    }
    foot->addWidget(m_assign);
    column->addLayout(foot);
    connect(m_merge, &QPushButton::clicked, this, &PersonDetail::merge);
    connect(m_settle, &QPushButton::clicked, this, &PersonDetail::settle);
    connect(m_assign, &AssignBox::asked, this, &PersonDetail::assign);
    connect(m_reason, &QPlainTextEdit::textChanged, this, &PersonDetail::enableButtons);
    connect(m_assets, &QListWidget::itemChanged, this, &PersonDetail::enableButtons);
    connect(m_assets, &QListWidget::itemActivated, this, [this](const QListWidgetItem* item) {
        shell::Route route{shell::ScreenId::Work};
        route.asset = {item->data(kId).toLongLong()};
        m_context.go(route);
    });
    retranslate();
}

QString PersonDetail::nameOf(base::SubjectId id) const {
    if (m_data == nullptr) {
        return {};
    }
    const auto found = m_data->people.find(id);
    return found == m_data->people.end() ? QString() : text::subjectName(found->second.row.number);
}

void PersonDetail::show(const PeopleData* known, const std::vector<base::SubjectId>& people,
                        const job::SubjectDoubt* doubt) {
    m_data = known;
    m_people = people;
    m_doubt = doubt;
    m_reason->setPlainText(doubt != nullptr ? text::fromUtf8(doubt->settled) : QString());
    retranslate();
    m_assign->setPeople(known, people.size() == 1 ? people.front() : base::SubjectId{});
    showEvidence();
    showAssets();
    enableButtons();
}

void PersonDetail::showEvidence() {
    m_evidence->setRowCount(0);
    if (m_data == nullptr) {
        return;
    }
    const auto add = [this](base::SubjectId who, const std::string& field, const std::string& value,
                            std::size_t assets) {
        const int row = m_evidence->rowCount();
        m_evidence->insertRow(row);
        const QStringList cells{nameOf(who), evidenceField(field), evidenceValue(field, value),
                                assets == 0 ? QString() : text::number(static_cast<std::int64_t>(assets))};
        for (int column = 0; column < cells.size(); ++column) {
            auto* item = new QTableWidgetItem(cells[column]);
            item->setToolTip(cells[column]);
            m_evidence->setItem(row, column, item);
        }
    };
    if (m_doubt != nullptr) {
        for (const auto& row : m_doubt->evidence) {
            add(row.subject, row.field, row.value, row.assets.size());
        }
    } else {
        for (const base::SubjectId id : m_people) {
            const auto person = m_data->people.find(id);
            if (person == m_data->people.end()) {
                continue;
            }
            const model::SubjectHint& hint = person->second.hint;
            add(id, "patient-id", hint.patientId + (hint.issuer.empty() ? "" : " (" + hint.issuer + ")"), 0);
            for (const std::string& name : hint.names) {
                add(id, "name", name, 0);
            }
            if (!hint.birthDate.empty()) {
                add(id, "birth-date", hint.birthDate, 0);
            }
        }
    }
    m_evidence->resizeColumnToContents(0);
    m_evidence->resizeColumnToContents(1);
    m_evidence->resizeColumnToContents(3);
}

void PersonDetail::showAssets() {
    m_assets->clear();
    const auto session = m_context.session();
    const quint64 question = ++m_question;
    // Data are told apart within one person; of two, each has its own.
    const bool one = m_people.size() == 1 && session != nullptr;
    m_assets->setVisible(one);
    m_assetsHead->parentWidget()->setVisible(one);
    if (!one) {
        return;
    }
    job::AssetQuery query;
    query.subject = m_people.front();
    query.limit = kMostAssets;
    std::map<base::AssetId, QStringList> stated;
    if (m_doubt != nullptr) {
        for (const auto& row : m_doubt->evidence) {
            for (const base::AssetId asset : row.assets) {
                stated[asset].append(evidenceValue(row.field, row.value));
            }
        }
    }
    m_context.runner().look(
        this, [session, query] { return session->assets(query); },
        [this, question, stated](base::Expected<std::vector<job::AssetRow>> rows) {
            if (question != m_question || !rows) {
                return;
            }
            const QSignalBlocker quiet(m_assets);
            for (const job::AssetRow& row : *rows) {
                QString words =
                    text::kindName(row.asset.kind) + QStringLiteral("  ") + text::assetTitle(row.asset);
                if (const auto found = stated.find(row.asset.id); found != stated.end()) {
                    words += QStringLiteral(" — ") + found->second.join(QStringLiteral(", "));
                }
                auto* item = new QListWidgetItem(words, m_assets);
                item->setData(kId, static_cast<qlonglong>(row.asset.id.value));
                item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsUserCheckable);
                item->setCheckState(Qt::Unchecked);
                item->setToolTip(words);
            }
            enableButtons();
        });
}

std::vector<base::AssetId> PersonDetail::ticked() const {
    std::vector<base::AssetId> out;
    for (int row = 0; row < m_assets->count(); ++row) {
        const QListWidgetItem* item = m_assets->item(row);
        if (item->checkState() == Qt::Checked) {
            out.push_back({item->data(kId).toLongLong()});
        }
    }
    return out;
}

void PersonDetail::enableButtons() {
    const auto session = m_context.session();
    const bool writable = session != nullptr && session->writable();
    const bool reason = !m_reason->toPlainText().trimmed().isEmpty();
    m_merge->setVisible(m_people.size() > 1);
    m_merge->setEnabled(writable && m_people.size() > 1);
    m_settle->setVisible(m_doubt != nullptr);
    const bool settled = m_doubt != nullptr && !m_doubt->settled.empty();
    const bool same = settled && text::fromUtf8(m_doubt->settled) == m_reason->toPlainText().trimmed();
    m_settle->setEnabled(writable && !same && (reason || settled));
    const auto chosen = static_cast<int>(ticked().size());
    m_assign->setVisible(m_people.size() == 1);
    m_assign->setAssets(chosen, writable);
}

void PersonDetail::merge() {
    decide::MergeSubjects edit{{m_people.begin() + 1, m_people.end()},
                               m_people.front(),
                               m_reason->toPlainText().trimmed().toStdString()};
    m_context.push(edit, tr("Merge %n people", nullptr, static_cast<int>(m_people.size())));
}

void PersonDetail::settle() {
    if (m_doubt == nullptr) {
        return;
    }
    const base::SubjectId other = m_doubt->other.valid() ? m_doubt->other : m_doubt->one;
    m_context.push(
        decide::SettleSubjects{m_doubt->one, other, m_reason->toPlainText().trimmed().toStdString()},
        m_doubt->other.valid() ? tr("Keep two people apart") : tr("Keep one person together"));
}

void PersonDetail::assign() {
    m_context.push(m_assign->edit(ticked(), m_reason->toPlainText().trimmed().toStdString()),
                   tr("Say whose data are"));
}

void PersonDetail::retranslate() {
    QStringList names;
    for (const base::SubjectId id : m_people) {
        names.append(nameOf(id));
    }
    m_title->setText(names.isEmpty() ? tr("Nobody chosen") : names.join(tr(" and ")));
    m_what->setText(m_doubt != nullptr ? doubtName(m_doubt->kind) : tr("What sources state, and the data."));
    m_evidenceHead->setText(tr("What is stated"));
    m_evidence->setHorizontalHeaderLabels({tr("Person"), tr("Field"), tr("Value"), tr("Data")});
    m_evidence->setAccessibleName(m_evidenceHead->text());
    m_assetsHead->setText(tr("Data of this person: tick what is another's"));
    m_assets->setAccessibleName(m_assetsHead->text());
    m_reasonHead->setText(tr("Reason"));
    m_reason->setAccessibleName(m_reasonHead->text());
    m_assign->retranslate();
    m_note->setText(
        tr("All data of everybody concerned are examined and processed again; nothing staged stays "
           "valid. Every step can be undone."));
    m_merge->setText(names.size() > 1 ? tr("One person: merge into %1").arg(names.front()) : QString());
    m_settle->setText(m_people.size() > 1 ? tr("Two people: keep them apart") : tr("It is one person"));
}

} // namespace kamei::ui::screens
