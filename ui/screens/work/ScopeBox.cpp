#include "ui/screens/work/ScopeBox.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <map>

#include "ui/screens/work/Breakable.h"
#include "ui/screens/work/WrappedCheck.h"
#include "ui/style/Theme.h"
#include "ui/style/Widgets.h"
#include "ui/tasks/TaskRunner.h"
#include "ui/text/TitleWords.h"
#include "ui/text/Words.h"

namespace kamei::ui::screens::work {
namespace {

using job::Scope;

// The line below tells where the others are; beyond this many it would be no help.
constexpr std::size_t kPlacesLimit = 400;

} // namespace

ScopeBox::ScopeBox(shell::AppContext& context, QWidget* parent)
    : QWidget(parent), m_context(context), m_card(style::surface("card")), m_check(new WrappedCheck),
      m_places(style::label("small")), m_other(style::button("link")) {
    m_check->setObjectName(QStringLiteral("applyToAll"));
    m_other->setObjectName(QStringLiteral("otherScope"));
    m_places->setWordWrap(true);
    QFont bold = m_check->font();
    bold.setBold(true);
    m_check->setFont(bold);
    auto* cardRow = new QHBoxLayout(m_card);
    cardRow->setContentsMargins(10, 5, 10, 5);
    cardRow->addWidget(m_check, 1);
    auto* below = new QHBoxLayout;
    below->setContentsMargins(2, 0, 2, 0);
    below->addWidget(m_places, 1);
    below->addWidget(m_other, 0, Qt::AlignTop);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    column->addWidget(m_card);
    column->addLayout(below);
    connect(m_check, &QCheckBox::toggled, this, [this] {
        style::setProperty(m_card, "surface", m_check->isChecked() ? "cardnow" : "card");
        emit countChanged();
    });
    connect(m_other, &QPushButton::clicked, this, &ScopeBox::openMenu);
    clear();
}

void ScopeBox::setFinding(const model::Finding& finding) {
    const bool another = finding.id != m_finding;
    m_finding = finding.id;
    if (another) {
        m_waiting = {};
        m_check->setChecked(false);
        const bool text = finding.locator.kind == model::Locator::Kind::Text ||
                          finding.locator.kind == model::Locator::Kind::Cell;
        m_scope = !text                     ? Scope::SameRuleInSubject
                  : finding.subject.valid() ? Scope::SameValueInSubject
                                            : Scope::SameValueEverywhere;
    }
    setEnabled(true);
    look();
}

void ScopeBox::clear() {
    ++m_generation;
    m_finding = {};
    m_alike.clear();
    m_known = false;
    m_waiting = {};
    m_check->setChecked(false);
    setEnabled(false);
    showWords();
}

void ScopeBox::toggle() {
    if (m_check->isEnabled()) {
        m_check->toggle();
    }
}

bool ScopeBox::all() const {
    return m_check->isChecked();
}

qint64 ScopeBox::count() const {
    return all() && m_known ? static_cast<qint64>(m_alike.size()) : 1;
}

void ScopeBox::setScope(Scope scope) {
    m_scope = scope;
    look();
    m_check->setChecked(true);
}

void ScopeBox::look() {
    ++m_generation;
    m_known = false;
    showWords();
    const auto session = m_context.session();
    if (!session || !m_finding.valid()) {
        return;
    }
    m_context.runner().look(
        this, [session, id = m_finding, scope = m_scope] { return session->alike(id, scope); },
        [this, generation = m_generation](base::Expected<std::vector<base::FindingId>> ids) {
            if (generation != m_generation) {
                return;
            }
            m_alike = ids ? std::move(*ids) : std::vector{m_finding};
            m_known = true;
            showWords();
            emit countChanged();
            if (m_waiting) {
                auto use = std::exchange(m_waiting, {});
                use(m_alike);
            }
            if (m_alike.size() > 1 && m_alike.size() <= kPlacesLimit) {
                lookPlaces(m_alike);
            }
        });
}

void ScopeBox::lookPlaces(std::vector<base::FindingId> ids) {
    using Places = std::vector<std::pair<QString, int>>;
    m_context.runner().look(
        this,
        [session = m_context.session(), ids = std::move(ids)] {
            std::map<std::int64_t, int> byAsset;
            for (const base::FindingId id : ids) {
                if (const auto finding = session->finding(id); finding && *finding) {
                    ++byAsset[(*finding)->asset.value];
                }
            }
            Places places;
            for (const auto& [asset, count] : byAsset) {
                const auto row = session->asset(base::AssetId{asset});
                if (row && *row) {
                    const model::Asset& found = (*row)->asset;
                    places.emplace_back(ui::text::assetTitle(found), count);
                }
            }
            return places;
        },
        [this, generation = m_generation](Places places) {
            if (generation != m_generation) {
                return;
            }
            QStringList words;
            for (const auto& [title, count] : places) {
                if (words.size() == 4) {
                    words << QStringLiteral("…");
                    break;
                }
                words << tr("%1 %2").arg(title, ui::text::number(count));
            }
            m_places->setText(breakable(words.join(QStringLiteral(" · "))));
        });
}

void ScopeBox::withTargets(std::function<void(std::vector<base::FindingId>)> use) {
    if (!m_finding.valid()) {
        return;
    }
    if (!all()) {
        use({m_finding});
    } else if (m_known) {
        use(m_alike);
    } else {
        m_waiting = std::move(use);
    }
}

QString ScopeBox::scopeName(Scope scope, qint64 count) {
    const auto n = static_cast<int>(count);
    switch (scope) {
    case Scope::SameValueInSubject:
        return tr("Apply to all %n occurrences of this subject", nullptr, n);
    case Scope::SameRuleInAsset:
        return tr("Apply to all %n of this rule in this asset", nullptr, n);
    case Scope::SameRuleInSubject:
        return tr("Apply to all %n of this rule in this subject", nullptr, n);
    case Scope::SameRuleEverywhere:
        return tr("Apply to all %n of this rule everywhere", nullptr, n);
    case Scope::SameValueEverywhere:
        return tr("Apply to all %n occurrences everywhere", nullptr, n);
    }
    return {};
}

void ScopeBox::openMenu() {
    auto* menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("scopeMenu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const std::pair<Scope, QString> all[] = {
        {Scope::SameValueInSubject, tr("Same value in this subject")},
        {Scope::SameRuleInAsset, tr("Same rule in this asset")},
        {Scope::SameRuleInSubject, tr("Same rule in this subject")},
        {Scope::SameRuleEverywhere, tr("Same rule everywhere")},
        {Scope::SameValueEverywhere, tr("Same value everywhere")},
    };
    for (const auto& [scope, words] : all) {
        QAction* action = menu->addAction(words, this, [this, scope = scope] { setScope(scope); });
        action->setCheckable(true);
        action->setChecked(scope == m_scope);
        // The counts come while the menu is open.
        m_context.runner().look(
            action,
            [session = m_context.session(), id = m_finding, scope = scope] {
                return session->alike(id, scope);
            },
            [action, words = words](base::Expected<std::vector<base::FindingId>> ids) {
                if (ids) {
                    action->setText(
                        tr("%1: %2").arg(words, ui::text::number(static_cast<qint64>(ids->size()))));
                }
            });
    }
    menu->popup(m_other->mapToGlobal(QPoint(0, m_other->height())));
}

void ScopeBox::showWords() {
    const qint64 count = m_known ? static_cast<qint64>(m_alike.size()) : 1;
    m_check->setText(scopeName(m_scope, count));
    m_check->setEnabled(m_finding.valid() && (!m_known || count > 1 || m_check->isChecked()));
    m_other->setText(tr("Other scope…"));
    m_places->setText(m_known && count == 1 ? tr("No other one is alike") : QString());
}

void ScopeBox::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) {
        showWords();
    }
    QWidget::changeEvent(event);
}

} // namespace kamei::ui::screens::work
