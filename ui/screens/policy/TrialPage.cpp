#include "ui/screens/policy/TrialPage.h"

#include <QComboBox>
#include <QEvent>
#include <QFile>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>
#include <filesystem>

#include "ui/style/Theme.h"
#include "ui/style/Widgets.h"
#include "ui/tasks/TaskRunner.h"
#include "ui/text/Sentences.h"
#include "ui/text/TitleWords.h"
#include "ui/text/Words.h"
#include "ui/views/attributes/AttributeView.h"

namespace kamei::ui::screens::policy {
namespace {

/// As many as a person scrolls through; any other file can be chosen from disk.
constexpr std::int64_t kMostAssets = 500;

} // namespace

TrialPage::TrialPage(shell::AppContext& context, QWidget* parent)
    : QWidget(parent), m_context(context), m_assetLabel(style::label("smalltext")), m_assets(new QComboBox),
      m_browse(style::button("small", {}, QStringLiteral("open"))), m_state(style::label("small")),
      m_view(new views::attributes::AttributeView) {
    const auto px = [](int at) { return style::Theme::instance().px(at); };
    m_assets->setObjectName(QStringLiteral("policy.trialAsset"));
    m_assets->setMinimumWidth(px(280));
    m_browse->setObjectName(QStringLiteral("policy.trialFile"));
    m_state->setObjectName(QStringLiteral("policy.trialState"));
    m_state->setWordWrap(true);
    m_assetLabel->setBuddy(m_assets);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    auto* bar = style::surface("bar");
    auto* row = new QHBoxLayout(bar);
    row->setContentsMargins(16, 5, 16, 5);
    row->setSpacing(8);
    row->addWidget(m_assetLabel);
    row->addWidget(m_assets);
    row->addWidget(m_browse);
    row->addWidget(m_state, 1);
    column->addWidget(bar);
    column->addWidget(m_view, 1);
    connect(m_assets, &QComboBox::activated, this,
            [this] { tryAsset(base::AssetId{m_assets->currentData().toLongLong()}); });
    connect(m_browse, &QPushButton::clicked, this, &TrialPage::browse);
    retranslate();
}

void TrialPage::reset() {
    m_file.clear();
    m_asset = {};
    m_assets->clear();
    m_view->clear();
    m_due = false;
    ++m_generation;
    retranslate();
}

void TrialPage::show(const model::Policy& policy) {
    if (policy == m_policy) {
        return;
    }
    m_policy = policy;
    m_due = true;
    if (isVisible()) {
        run();
    }
}

void TrialPage::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    listAssets();
    if (m_due) {
        run();
    }
}

void TrialPage::listAssets() {
    const auto session = m_context.session();
    if (!session || m_assets->count() > 0) {
        return;
    }
    job::AssetQuery query;
    query.limit = kMostAssets;
    query.includeExcluded = false;
    const auto rows = session->assets(query);
    m_assets->addItem(tr("Choose data of this workspace"), 0);
    if (!rows) {
        return;
    }
    for (const job::AssetRow& row : *rows) {
        if (model::isDicom(row.asset.kind)) {
            m_assets->addItem(text::assetTitle(row.asset), static_cast<qlonglong>(row.asset.id.value));
        }
    }
    m_assets->setCurrentIndex(qMax(0, m_assets->findData(static_cast<qlonglong>(m_asset.value))));
}

void TrialPage::browse() {
    auto* dialog = new QFileDialog(this, tr("Try the policy on a DICOM file"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, &TrialPage::tryFile);
    dialog->open();
}

void TrialPage::tryFile(const QString& path) {
    m_file = path;
    m_asset = {};
    m_assets->setCurrentIndex(0);
    run();
}

void TrialPage::tryAsset(base::AssetId asset) {
    m_asset = asset;
    m_file.clear();
    m_assets->setCurrentIndex(qMax(0, m_assets->findData(static_cast<qlonglong>(asset.value))));
    run();
}

void TrialPage::run() {
    m_due = false;
    const auto session = m_context.session();
    if (!session || (m_file.isEmpty() && !m_asset.valid())) {
        return;
    }
    m_state->setText(tr("Trying the policy…"));
    const std::filesystem::path file(QFile::encodeName(m_file).toStdString());
    m_context.runner().look(
        this,
        [session, policy = m_policy, file, asset = m_asset] {
            return asset.valid() ? job::tryPolicy(*session, policy, asset)
                                 : job::tryPolicy(*session, policy, file);
        },
        [this, generation = ++m_generation](base::Expected<job::PolicyTrial> trial) {
            if (generation == m_generation) {
                shown(std::move(trial));
            }
        });
}

void TrialPage::shown(base::Expected<job::PolicyTrial> trial) {
    if (!trial) {
        const text::ErrorSentence sentence = text::sentence(trial.error());
        m_state->setText(sentence.what + QLatin1Char(' ') + sentence.todo);
        m_view->clear();
        return;
    }
    m_state->setText(
        tr("Every suggestion carried out, nothing decided by hand. The workspace is not touched."));
    const auto session = m_context.session();
    m_view->setLines(std::move(trial->lines), std::move(trial->findings),
                     session ? &session->rules() : nullptr, true);
}

void TrialPage::retranslate() {
    m_assetLabel->setText(tr("Data"));
    m_assets->setAccessibleName(tr("Data of this workspace"));
    m_browse->setText(tr("DICOM file…"));
    if (m_file.isEmpty() && !m_asset.valid()) {
        m_state->setText(
            tr("Shows the attributes before and after under the edited policy. Nothing of the file is "
               "written or learned."));
    }
    if (m_assets->count() > 0) {
        m_assets->setItemText(0, tr("Choose data of this workspace"));
    }
}

void TrialPage::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
    }
    QWidget::changeEvent(event);
}

} // namespace kamei::ui::screens::policy
