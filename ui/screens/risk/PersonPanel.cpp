#include "ui/screens/risk/PersonPanel.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTextDocument>
#include <QVBoxLayout>
#include <algorithm>
#include <span>

#include "ui/style/Theme.h"
#include "ui/style/Widgets.h"
#include "ui/tasks/TaskRunner.h"
#include "ui/text/RiskWords.h"
#include "ui/text/TitleWords.h"
#include "ui/text/Words.h"

namespace kamei::ui::screens {
namespace {

constexpr std::size_t kMostCombinations = 6;
constexpr std::size_t kMostAssets = 4;
constexpr std::size_t kMostNamed = 40; ///< in the tool tip

} // namespace

PersonPanel::PersonPanel(shell::AppContext& context, QWidget* parent)
    : QFrame(parent), m_context(context), m_title(style::label("heading")), m_size(style::label("small")),
      m_combinationsHead(style::label("section")), m_combinations(new QVBoxLayout),
      m_assetsHead(style::label("section")), m_assets(new QVBoxLayout), m_reasonHead(style::label("section")),
      m_reason(new QPlainTextEdit), m_save(style::button("final")), m_note(style::label("small")) {
    QWidget::setProperty("surface", QStringLiteral("panel"));
    setObjectName(QStringLiteral("risk.person"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    QHBoxLayout* head = nullptr;
    column->addWidget(style::panelHead(m_title, &head));
    head->addWidget(m_size);
    const auto section = [&](QLabel* title, QVBoxLayout* rows) {
        column->addWidget(style::sectionHead(title));
        rows->setContentsMargins(12, 8, 12, 8);
        rows->setSpacing(6);
        column->addLayout(rows);
    };
    section(m_combinationsHead, m_combinations);
    section(m_assetsHead, m_assets);
    column->addWidget(style::sectionHead(m_reasonHead));
    auto* reason = new QVBoxLayout;
    reason->setContentsMargins(12, 10, 12, 12);
    reason->setSpacing(8);
    m_reason->setObjectName(QStringLiteral("risk.reason"));
    m_reason->setFixedHeight(style::Theme::instance().px(84));
    m_reason->setTabChangesFocus(true);
    reason->addWidget(m_reason);
    m_note->setWordWrap(true);
    reason->addWidget(m_note);
    m_save->setObjectName(QStringLiteral("risk.save"));
    reason->addWidget(m_save);
    column->addLayout(reason);
    column->addStretch(1);
    connect(m_save, &QPushButton::clicked, this, &PersonPanel::save);
    connect(m_reason, &QPlainTextEdit::textChanged, this, [this] {
        m_save->setEnabled(m_subject.valid() && !m_reason->toPlainText().trimmed().isEmpty() &&
                           m_context.session() && m_context.session()->writable());
    });
    retranslate();
}

void PersonPanel::clearRows(QVBoxLayout* rows) {
    while (QLayoutItem* item = rows->takeAt(0)) {
        delete item->widget();
        delete item;
    }
}

void PersonPanel::showCombinations(const RiskData& shown) {
    clearRows(m_combinations);
    const auto& all = shown.analysis.singledOut;
    const auto person = std::find_if(
        all.begin(), all.end(), [this](const risk::SingledOut& one) { return one.subject == m_subject; });
    const bool single = person != all.end();
    if (!single) {
        auto* words = style::label("small", tr("Nobody here is the only one with these values."));
        words->setWordWrap(true);
        m_combinations->addWidget(words);
        return;
    }
    if (person->combinations.empty()) {
        auto* words = style::label("small", tr("Only all values together single this person out."));
        words->setWordWrap(true);
        m_combinations->addWidget(words);
    }
    for (std::size_t at = 0; at < std::min(kMostCombinations, person->combinations.size()); ++at) {
        QStringList parts;
        for (const risk::FieldValue& value : person->combinations[at]) {
            const QString shownAs =
                QStringLiteral("%1 %2").arg(text::fieldName(value.field), text::valueName(value));
            const bool open = std::ranges::find(person->undecided, value.field) != person->undecided.end();
            parts.append(open ? tr("%1 (not decided yet)").arg(shownAs) : shownAs);
        }
        auto* words = style::label("smalltext", parts.join(QStringLiteral(" × ")));
        words->setWordWrap(true);
        m_combinations->addWidget(words);
    }
}

void PersonPanel::showAssets(const RiskData& shown, const risk::EquivalenceClass& group) {
    clearRows(m_assets);
    const auto session = m_context.session();
    const auto& people = shown.analysis.singledOut;
    const auto person = std::find_if(people.begin(), people.end(), [this](const risk::SingledOut& one) {
        return one.subject == m_subject;
    });
    std::vector<base::AssetId> ids =
        person != people.end() && !person->assets.empty() ? person->assets : group.assets;
    const std::size_t all = ids.size();
    ids.resize(std::min(ids.size(), kMostNamed));
    const base::SubjectId subject = m_subject;
    m_context.runner().look(
        this,
        [session, ids] {
            std::vector<job::AssetRow> rows;
            for (const base::AssetId id : ids) {
                if (auto row = session->asset(id); row && *row) {
                    rows.push_back(std::move(**row));
                }
            }
            return rows;
        },
        [this, subject, all](const std::vector<job::AssetRow>& rows) {
            if (subject != m_subject) {
                return;
            }
            clearRows(m_assets);
            for (const job::AssetRow& row : std::span(rows).first(std::min(rows.size(), kMostAssets))) {
                auto* link = style::button("link", text::assetTitle(row.asset));
                shell::Route route{shell::ScreenId::Work};
                route.subject = row.asset.subject;
                route.asset = row.asset.id;
                connect(link, &QPushButton::clicked, this, [this, route] { m_context.go(route); });
                m_assets->addWidget(link, 0, Qt::AlignLeft);
            }
            if (rows.size() > kMostAssets) {
                auto* words = style::label(
                    "small", tr("and %n further places", nullptr, static_cast<int>(all - kMostAssets)));
                words->setObjectName(QStringLiteral("risk.morePlaces"));
                QStringList titles;
                for (const job::AssetRow& row : std::span(rows).subspan(kMostAssets)) {
                    titles.append(text::assetTitle(row.asset));
                }
                if (all > rows.size()) {
                    titles.append(QStringLiteral("…"));
                }
                words->setToolTip(Qt::convertFromPlainText(titles.join(QLatin1Char('\n'))));
                m_assets->addWidget(words);
            }
        });
}

void PersonPanel::show(const RiskData* shown, const risk::EquivalenceClass* group) {
    m_data = shown;
    m_group = group;
    m_subject = group != nullptr && !group->subjects.empty() ? group->subjects.front() : base::SubjectId{};
    const bool any = shown != nullptr && m_subject.valid();
    const bool single = any && group->size <= 1;
    m_reason->setEnabled(single);
    m_save->setEnabled(false);
    if (!any) {
        m_title->setText(tr("No one is chosen"));
        m_size->setText({});
        m_reason->clear();
        clearRows(m_combinations);
        clearRows(m_assets);
        return;
    }
    const auto person = shown->people.find(m_subject);
    m_title->setText(text::subjectName(person != shown->people.end() ? person->second.number : 0));
    m_size->setText(single ? tr("singled out")
                           : tr("one of %n people", nullptr, static_cast<int>(group->size)));
    m_reason->setPlainText(person != shown->people.end() ? text::fromUtf8(person->second.reason) : QString());
    m_save->setEnabled(false);
    showCombinations(*shown);
    showAssets(*shown, *group);
}

void PersonPanel::save() {
    const auto session = m_context.session();
    if (!session || !m_subject.valid()) {
        return;
    }
    const std::string reason = m_reason->toPlainText().trimmed().toStdString();
    if (auto saved = session->setRiskReason(m_subject, reason, m_context.reviewer().toStdString()); !saved) {
        m_context.showError(saved.error());
        return;
    }
    m_context.say(tr("The reason is recorded."));
    m_save->setEnabled(false);
    emit reasonSaved();
}

void PersonPanel::retranslate() {
    m_combinationsHead->setText(tr("Singled out by"));
    m_assetsHead->setText(tr("Where the values stand"));
    m_reasonHead->setText(tr("Reason for leaving it so (5.6)"));
    m_reason->setPlaceholderText(tr("For example: the combination cannot be known outside of the hospital"));
    m_reason->setAccessibleName(m_reasonHead->text());
    m_note->setText(tr("Otherwise generalise or delete one of the values: the links above lead to them."));
    m_save->setText(tr("Record the reason"));
    show(m_data, m_group);
}

void PersonPanel::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
    }
    QFrame::changeEvent(event);
}

} // namespace kamei::ui::screens
