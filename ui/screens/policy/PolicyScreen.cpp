#include "ui/screens/policy/PolicyScreen.h"

#include <QAction>
#include <QEvent>
#include <QFile>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QSaveFile>
#include <QStackedWidget>
#include <QVBoxLayout>

#include "core/base/FileIo.h"
#include "core/decide/Policies.h"
#include "ui/screens/policy/ConfirmingPage.h"
#include "ui/screens/policy/OptionsPage.h"
#include "ui/screens/policy/PrivatePage.h"
#include "ui/screens/policy/RulesPage.h"
#include "ui/screens/policy/TrialPage.h"
#include "ui/shell/ActionRegistry.h"
#include "ui/style/Theme.h"
#include "ui/style/Widgets.h"
#include "ui/tasks/TaskRunner.h"
#include "ui/text/Words.h"

namespace kamei::ui::screens::policy {
namespace {

constexpr std::uint64_t kLongestPolicy = 1U << 20U;

} // namespace

PolicyScreen::PolicyScreen(shell::AppContext& context, QWidget* parent)
    : Screen(context, parent), m_title(style::label("heading")), m_name(style::label("small")),
      m_import(style::button("small", {}, QStringLiteral("import"))),
      m_export(style::button("small", {}, QStringLiteral("save"))), m_tabs(new style::Segments),
      m_pages(new QStackedWidget), m_options(new OptionsPage), m_rules(new RulesPage),
      m_private(new PrivatePage), m_trial(new TrialPage(context)), m_confirming(new ConfirmingPage),
      m_effectText(style::label("smalltext")), m_takeBack(style::button("")),
      m_save(style::button("primary")) {
    setObjectName(QStringLiteral("policy"));
    build();
    connect(m_options, &OptionsPage::edited, this, &PolicyScreen::edit);
    connect(m_rules, &RulesPage::edited, this, &PolicyScreen::edit);
    connect(m_private, &PrivatePage::edited, this, &PolicyScreen::edit);
    connect(m_confirming, &ConfirmingPage::edited, this, &PolicyScreen::edit);
    connect(m_private, &PrivatePage::findingWanted, this,
            [this](base::AssetId asset, base::FindingId finding) {
                shell::Route route{shell::ScreenId::Work};
                route.asset = asset;
                route.finding = finding;
                this->context().go(route);
            });
    connect(m_tabs, &style::Segments::chosen, m_pages, &QStackedWidget::setCurrentIndex);
    connect(m_save, &QPushButton::clicked, this, &PolicyScreen::save);
    connect(m_takeBack, &QPushButton::clicked, this, &PolicyScreen::takeBack);
    connect(m_import, &QPushButton::clicked, this, [this] {
        auto* dialog = new QFileDialog(this, tr("Read a policy from a file"));
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        dialog->setNameFilter(tr("Policies (*.json)"));
        connect(dialog, &QFileDialog::fileSelected, this, &PolicyScreen::importFile);
        dialog->open();
    });
    connect(m_export, &QPushButton::clicked, this, [this] {
        auto* dialog = new QFileDialog(this, tr("Write the policy to a file"));
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        dialog->setAcceptMode(QFileDialog::AcceptSave);
        dialog->setDefaultSuffix(QStringLiteral("json"));
        dialog->selectFile(QStringLiteral("policy.json"));
        connect(dialog, &QFileDialog::fileSelected, this, &PolicyScreen::exportFile);
        dialog->open();
    });
    connect(&context, &shell::AppContext::sessionChanged, this, [this] {
        m_read = false;
        m_elementsDue = true;
        m_saved = m_draft = {};
        m_private->show(std::vector<job::PrivateElement>());
        m_trial->reset();
        if (isVisible()) {
            read();
        }
    });
    connect(&context, &shell::AppContext::changed, this, [this](const job::Change& change) {
        if (change.kind == job::Change::Kind::Findings || change.kind == job::Change::Kind::Assets) {
            m_elementsDue = true;
            read();
        }
    });
    retranslate();
}

PolicyScreen::~PolicyScreen() = default;

void PolicyScreen::build() {
    const auto px = [](int at) { return style::Theme::instance().px(at); };
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    QHBoxLayout* head = nullptr;
    auto* bar = style::panelHead(m_title, &head);
    bar->setFixedHeight(px(44));
    head->setContentsMargins(16, 0, 16, 0);
    head->insertWidget(0, style::iconLabel(QStringLiteral("seal")));
    head->insertWidget(2, m_name);
    m_tabs->setObjectName(QStringLiteral("policy.tabs"));
    for (int at = Options; at <= Confirming; ++at) {
        m_tabs->add({})->setObjectName(QStringLiteral("policy.tab%1").arg(at));
    }
    head->addWidget(m_tabs);
    m_import->setObjectName(QStringLiteral("policy.import"));
    m_export->setObjectName(QStringLiteral("policy.export"));
    head->addWidget(m_import);
    head->addWidget(m_export);
    column->addWidget(bar);
    m_pages->addWidget(m_options);
    m_pages->addWidget(m_rules);
    m_pages->addWidget(m_private);
    m_pages->addWidget(m_trial);
    m_pages->addWidget(m_confirming);
    column->addWidget(m_pages, 1);
    auto* foot = style::surface("footer");
    auto* row = new QHBoxLayout(foot);
    row->setContentsMargins(16, 6, 16, 6);
    row->setSpacing(8);
    m_effectText->setObjectName(QStringLiteral("policy.effect"));
    m_effectText->setWordWrap(true);
    m_takeBack->setObjectName(QStringLiteral("policy.takeBack"));
    m_save->setObjectName(QStringLiteral("policy.save"));
    row->addWidget(m_effectText, 1);
    row->addWidget(m_takeBack);
    row->addWidget(m_save);
    column->addWidget(foot);
    m_tabs->setCurrent(Options);
}

void PolicyScreen::enter(const shell::Route& route) {
    const QStringList words = route.filter.split(QLatin1Char('\n'));
    const Page page = words.front() == QLatin1String("private") ? Private
                      : words.front() == QLatin1String("trial") ? Trial
                      : words.front() == QLatin1String("rules") ? Rules
                      : words.front() == QLatin1String("confirming")
                          ? Confirming
                          : static_cast<Page>(m_pages->currentIndex());
    m_tabs->setCurrent(page);
    m_pages->setCurrentIndex(page);
    m_wanted = page == Private ? words.mid(1) : QStringList();
    m_elementsDue = m_elementsDue || !m_wanted.isEmpty();
    read();
    if (page == Trial && route.asset.valid()) {
        m_trial->tryAsset(route.asset);
    }
}

/// What is saved may have been changed here, or taken back; a draft that nobody has touched follows it.
void PolicyScreen::read() {
    const auto session = context().session();
    if (!session) {
        return;
    }
    const auto info = session->info();
    if (!info) {
        context().showError(info.error());
        return;
    }
    if (!m_read) {
        m_read = true;
        m_saved = m_draft = info->policy;
        showDraft();
    } else if (info->policy != m_saved) {
        const bool follow = !dirty() || m_draft == info->policy;
        m_saved = info->policy;
        m_draft = follow ? m_saved : m_draft;
        showDraft();
        // What the change concerns waits for the detectors.
        if (QAction* detect = context().actions().action(QStringLiteral("app.detect"))) {
            detect->trigger();
        }
    }
    if (m_elementsDue && isVisible()) {
        readElements();
    }
}

void PolicyScreen::readElements() {
    m_elementsDue = false;
    context().runner().look(
        this, [session = context().session()] { return job::privateElements(*session); },
        [this, session = context().session()](base::Expected<std::vector<job::PrivateElement>> elements) {
            if (session != context().session()) {
                return;
            }
            if (!elements) {
                context().showError(elements.error());
                return;
            }
            m_private->show(std::move(*elements));
            if (m_wanted.size() == 2) {
                m_private->reveal(m_wanted[0].toStdString(), m_wanted[1].toStdString());
                m_wanted.clear();
            }
        });
}

void PolicyScreen::showDraft() {
    const auto session = context().session();
    const bool writable = session && session->writable();
    m_options->show(m_draft, writable);
    m_rules->show(session ? &session->rules() : nullptr, m_draft, writable);
    m_private->show(m_draft, writable);
    m_trial->show(m_draft);
    m_confirming->show(m_draft, writable);
    m_name->setText(text::fromUtf8(m_draft.name));
    m_import->setEnabled(writable);
    askEffect();
}

void PolicyScreen::edit(const model::Policy& policy) {
    m_draft = policy;
    showDraft();
}

void PolicyScreen::askEffect() {
    ++m_generation;
    m_effect = job::PolicyEffect{};
    showEffect();
    const auto session = context().session();
    if (!dirty() || !session || !session->writable()) {
        return;
    }
    m_effect.reset();
    showEffect();
    context().runner().look(
        this, [session, draft = m_draft] { return job::effectOf(*session, draft); },
        [this, generation = m_generation](base::Expected<job::PolicyEffect> effect) {
            if (generation != m_generation) {
                return;
            }
            m_effect = effect ? *effect : job::PolicyEffect{};
            if (!effect) {
                context().showError(effect.error());
            }
            showEffect();
        });
}

void PolicyScreen::showEffect() {
    m_save->setEnabled(dirty() && m_effect.has_value());
    m_takeBack->setEnabled(dirty());
    if (!dirty()) {
        m_effectText->setText(tr("The policy is as saved."));
    } else if (!m_effect) {
        m_effectText->setText(tr("Looking what saving would do…"));
    } else if (m_effect->assets == 0 && m_effect->waiting > 0) {
        m_effectText->setText(tr("Saving changes no data; %1 confirmed data will wait for a signature or a "
                                 "second person. It can be undone.")
                                  .arg(text::number(m_effect->waiting)));
    } else if (m_effect->assets == 0) {
        m_effectText->setText(tr("Saving changes no data of this workspace. It can be undone."));
    } else {
        m_effectText->setText(tr("Saving examines %1 data again and decides %2 candidates by the site's "
                                 "list; %3 processed data "
                                 "become outdated and have to be processed and confirmed anew. Decisions "
                                 "that people made stay. It can "
                                 "be undone.")
                                  .arg(text::number(m_effect->assets), text::number(m_effect->findings),
                                       text::number(m_effect->staged)));
    }
}

void PolicyScreen::save() {
    const model::Policy draft = m_draft;
    if (!context().push(decide::SetPolicy{draft, {}}, tr("Change the policy"))) {
        return;
    }
    m_elementsDue = true;
    read();
}

void PolicyScreen::takeBack() {
    m_draft = m_saved;
    showDraft();
}

void PolicyScreen::importFile(const QString& path) {
    const auto content =
        base::readFile(std::filesystem::path(QFile::encodeName(path).toStdString()), kLongestPolicy);
    const auto policy = content ? decide::policyFromJson(*content) : tl::unexpected(content.error());
    if (!policy) {
        context().showError(policy.error());
        return;
    }
    edit(*policy);
    context().say(tr("The policy was read. It acts once it is saved."));
}

void PolicyScreen::exportFile(const QString& path) {
    QSaveFile file(path);
    const QByteArray json = QByteArray::fromStdString(decide::toJson(m_draft)) + '\n';
    const bool written = file.open(QIODevice::WriteOnly) && file.write(json) == json.size() && file.commit();
    if (!written) {
        context().showError({base::ErrorCode::IoError, {}, "ui.screens.policy"});
        return;
    }
    context().say(tr("The policy was written."));
}

void PolicyScreen::retranslate() {
    m_title->setText(tr("Policy of the workspace"));
    m_tabs->setText(Options, tr("Options"));
    m_tabs->setText(Rules, tr("Rules of the site"));
    m_tabs->setText(Private, tr("Private elements of devices"));
    m_tabs->setText(Trial, tr("Try on a file"));
    m_tabs->setText(Confirming, tr("Who confirms"));
    m_tabs->setAccessibleName(tr("Parts of the policy"));
    m_import->setText(tr("Read a file…"));
    m_export->setText(tr("Write a file…"));
    m_takeBack->setText(tr("Take changes back"));
    m_save->setText(tr("Save the policy"));
    showEffect();
}

void PolicyScreen::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
    }
    Screen::changeEvent(event);
}

} // namespace kamei::ui::screens::policy
