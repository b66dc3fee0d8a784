#include "ui/screens/release/PapersDialog.h"

#include <QComboBox>
#include <QCoreApplication>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QTabWidget>
#include <QTableWidget>
#include <QVBoxLayout>
#include <array>
#include <span>

#include "core/release/Sentences.h"
#include "ui/style/Theme.h"
#include "ui/style/Widgets.h"
#include "ui/text/Language.h"
#include "ui/text/Words.h"

namespace kamei::ui::screens {
namespace {

constexpr int kWord = Qt::UserRole;
constexpr int kNeedColumn = 3;

/// The papers and this window say it in the same words.
QString paperWord(const std::string& key) {
    static const auto sentences = release::Sentences::load();
    const bool japanese = text::japanese();
    return sentences ? text::fromUtf8((*sentences)(key, japanese ? release::Language::Japanese
                                                                 : release::Language::English))
                     : text::fromUtf8(key);
}

QTableWidget* table(const QString& name, const QStringList& columns, int wide) {
    auto* out = new QTableWidget(0, static_cast<int>(columns.size()));
    out->setObjectName(name);
    out->setHorizontalHeaderLabels(columns);
    out->setShowGrid(false);
    out->setWordWrap(true);
    out->setTabKeyNavigation(false);
    out->setSelectionBehavior(QAbstractItemView::SelectRows);
    out->verticalHeader()->hide();
    out->verticalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    out->horizontalHeader()->setHighlightSections(false);
    out->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    out->horizontalHeader()->setSectionResizeMode(wide, QHeaderView::Stretch);
    return out;
}

QTableWidgetItem* cell(const QString& text, bool editable = false) {
    auto* out = new QTableWidgetItem(text);
    out->setToolTip(text);
    if (!editable) {
        out->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable);
    }
    return out;
}

void setNote(model::PurposeSheet& sheet, const std::string& key, const QString& value) {
    const std::string text = value.trimmed().toStdString();
    if (text.empty()) {
        sheet.notes.erase(key);
    } else {
        sheet.notes[key] = text;
    }
}

} // namespace

PapersDialog::PapersDialog(const model::PurposeSheet& sheet, std::vector<release::KeptItem> items,
                           bool writable, QWidget* parent)
    : QDialog(parent), m_sheet(sheet), m_items(std::move(items)), m_writable(writable),
      m_advisor(guideline::Advisor::load()), m_tabs(new QTabWidget), m_advice(nullptr), m_kept(nullptr),
      m_state(style::label("small")) {
    setObjectName(QStringLiteral("papersDialog"));
    setWindowTitle(tr("Legal basis and papers"));
    const auto px = [](int at) { return style::Theme::instance().px(at); };
    resize(px(980), px(640));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(24, 20, 24, 20);
    column->setSpacing(10);
    column->addWidget(style::label("page", windowTitle()));
    m_tabs->setObjectName(QStringLiteral("papers.tabs"));
    m_tabs->addTab(buildBasis(), tr("Legal basis"));
    m_tabs->addTab(buildContract(), tr("Contract (3.7.2)"));
    m_tabs->addTab(buildKept(), tr("What is kept (4.9)"));
    column->addWidget(m_tabs, 1);
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    auto* print = style::button("", tr("Write all papers…"));
    print->setObjectName(QStringLiteral("papers.print"));
    print->setToolTip(
        tr("Notice, terms, contract checklist, duties, legal basis and what is kept, in Japanese and "
           "English, as HTML and PDF"));
    auto* cancel = style::button("", tr("Cancel"));
    auto* save = style::button("primary", tr("Save"));
    save->setObjectName(QStringLiteral("papers.save"));
    save->setEnabled(writable);
    m_state->setWordWrap(true);
    buttons->addWidget(m_state, 1);
    buttons->addWidget(print);
    buttons->addWidget(cancel);
    buttons->addWidget(save);
    column->addLayout(buttons);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(save, &QPushButton::clicked, this, &QDialog::accept);
    connect(print, &QPushButton::clicked, this, [this] {
        const QString folder = QFileDialog::getExistingDirectory(this, tr("Folder for the papers"));
        if (!folder.isEmpty()) {
            emit papersWanted(folder);
        }
    });
    showAdvice();
    count();
}

QWidget* PapersDialog::buildBasis() {
    auto* page = new QWidget;
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins(0, 12, 0, 0);
    column->setSpacing(8);
    auto* questions = new QHBoxLayout;
    questions->setSpacing(12);
    const guideline::Situation situation = release::situationOf(m_sheet);
    const auto ask = [&](const char* name, std::span<const std::string_view> words,
                         const std::string& value) {
        auto* box = new QComboBox;
        box->setObjectName(QStringLiteral("papers.") + QLatin1String(name));
        const std::string key = std::string("basis.") + name;
        for (const std::string_view word : words) {
            box->addItem(paperWord(key + '.' + std::string(word)),
                         QString::fromLatin1(word.data(), static_cast<qsizetype>(word.size())));
        }
        box->setCurrentIndex(box->findData(QString::fromStdString(value)));
        box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
        box->setMinimumContentsLength(12);
        box->setAccessibleName(paperWord(key));
        auto* part = new QVBoxLayout;
        part->setSpacing(2);
        auto* caption = style::label("small", paperWord(key));
        caption->setBuddy(box);
        part->addWidget(caption);
        part->addWidget(box);
        questions->addLayout(part, 1);
        m_questions.append(box);
        connect(box, &QComboBox::currentIndexChanged, this, &PapersDialog::showAdvice);
    };
    ask("provider", guideline::kProviders, situation.provider);
    ask("stage", guideline::kStages, situation.stage);
    ask("aim", guideline::kAims, situation.aim);
    ask("recipient", guideline::kRecipients, situation.recipient);
    column->addLayout(questions);
    m_advice = table(QStringLiteral("papers.advice"),
                     {paperWord("basis.basis"), paperWord("basis.verdict"), paperWord("basis.text"),
                      paperWord("report.section")},
                     2);
    m_advice->setAccessibleName(tr("Legal basis"));
    column->addWidget(m_advice, 1);
    auto* disclaimer = style::label("smallstrong", paperWord("basis.disclaimer"));
    disclaimer->setWordWrap(true);
    column->addWidget(disclaimer);
    return page;
}

void PapersDialog::showAdvice() {
    if (m_questions.size() < 4 || !m_advisor || m_advice == nullptr) {
        return;
    }
    const auto word = [this](int at) { return m_questions[at]->currentData().toString().toStdString(); };
    const auto advice = m_advisor->advise({word(0), word(1), word(2), word(3)});
    m_advice->setRowCount(0);
    if (!advice) {
        return;
    }
    const bool japanese = text::japanese();
    for (const guideline::Advice& one : *advice) {
        const int row = m_advice->rowCount();
        m_advice->insertRow(row);
        m_advice->setItem(row, 0, cell(paperWord("basis.basis." + one.basis)));
        m_advice->setItem(row, 1, cell(paperWord("basis.verdict." + one.verdict)));
        m_advice->setItem(row, 2, cell(text::fromUtf8(japanese ? one.ja : one.en)));
        m_advice->setItem(row, 3, cell(text::fromUtf8(one.section)));
    }
    m_advice->resizeColumnToContents(0);
    m_advice->resizeColumnToContents(1);
    m_advice->resizeColumnToContents(3);
}

QWidget* PapersDialog::buildContract() {
    auto* inner = new QWidget;
    auto* grid = new QGridLayout(inner);
    grid->setContentsMargins(0, 12, 12, 0);
    grid->setHorizontalSpacing(16);
    grid->setVerticalSpacing(8);
    grid->setColumnStretch(1, 3);
    grid->setColumnStretch(0, 2);
    for (int item = 1; item <= release::kContractItems; ++item) {
        const std::string key = release::contractKey(item);
        const QString name = QStringLiteral("%1. %2").arg(item).arg(paperWord(key));
        auto* caption = style::label("smalltext", name);
        caption->setWordWrap(true);
        const auto agreed = m_sheet.notes.find(key);
        auto* edit =
            new QPlainTextEdit(agreed == m_sheet.notes.end() ? QString() : text::fromUtf8(agreed->second));
        edit->setObjectName(QStringLiteral("papers.") + QString::fromStdString(key));
        edit->setAccessibleName(name);
        edit->setTabChangesFocus(true);
        edit->setFixedHeight(style::Theme::instance().px(44));
        edit->setReadOnly(!m_writable);
        caption->setBuddy(edit);
        grid->addWidget(caption, item - 1, 0, Qt::AlignTop);
        grid->addWidget(edit, item - 1, 1);
        m_contract.append(edit);
        connect(edit, &QPlainTextEdit::textChanged, this, &PapersDialog::count);
    }
    grid->setRowStretch(release::kContractItems, 1);
    auto* area = new QScrollArea;
    area->setWidgetResizable(true);
    area->setFrameShape(QFrame::NoFrame);
    area->setWidget(inner);
    return area;
}

void PapersDialog::showKept() {
    m_tabs->setCurrentIndex(2);
}

QWidget* PapersDialog::buildKept() {
    auto* page = new QWidget;
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins(0, 12, 0, 0);
    auto* intro = style::label("small", paperWord("minimisation.intro"));
    intro->setWordWrap(true);
    column->addWidget(intro);
    m_kept = table(QStringLiteral("papers.kept"),
                   {paperWord("report.item"), paperWord("report.section"), paperWord("report.count"),
                    paperWord("minimisation.need")},
                   kNeedColumn);
    m_kept->setAccessibleName(tr("What is kept (4.9)"));
    const bool japanese = text::japanese();
    for (const release::KeptItem& item : m_items) {
        const int row = m_kept->rowCount();
        m_kept->insertRow(row);
        const std::string& name = japanese ? item.itemJa : item.itemEn;
        m_kept->setItem(row, 0,
                        cell(name.empty() ? text::labelName(item.item)
                                          : QStringLiteral("%1 (%2)").arg(text::fromUtf8(name),
                                                                          text::labelName(item.item))));
        m_kept->item(row, 0)->setData(kWord, text::fromUtf8(item.item));
        m_kept->setItem(row, 1, cell(text::fromUtf8(item.section)));
        m_kept->setItem(row, 2, cell(text::number(item.count)));
        m_kept->setItem(row, kNeedColumn, cell(text::fromUtf8(item.need), m_writable));
    }
    m_kept->setColumnWidth(0, style::Theme::instance().px(300));
    m_kept->resizeColumnToContents(1);
    m_kept->resizeColumnToContents(2);
    column->addWidget(m_kept, 1);
    connect(m_kept, &QTableWidget::itemChanged, this, &PapersDialog::count);
    return page;
}

void PapersDialog::count() {
    const model::PurposeSheet edited = sheet();
    int needs = 0;
    for (const release::KeptItem& item : m_items) {
        needs += edited.notes.contains("need." + item.item) ? 0 : 1;
    }
    m_state->setText(tr("Open: %1 items of the contract, %2 kept items without a purpose")
                         .arg(release::openContractItems(edited).size())
                         .arg(needs));
}

model::PurposeSheet PapersDialog::sheet() const {
    model::PurposeSheet out = m_sheet;
    const std::array names{"basis.provider", "basis.stage", "basis.aim", "basis.recipient"};
    for (std::size_t at = 0; at < names.size(); ++at) {
        setNote(out, names[at], m_questions[static_cast<qsizetype>(at)]->currentData().toString());
    }
    for (int item = 1; item <= m_contract.size(); ++item) {
        setNote(out, release::contractKey(item), m_contract[item - 1]->toPlainText());
    }
    for (int row = 0; m_kept != nullptr && row < m_kept->rowCount(); ++row) {
        setNote(out, "need." + m_kept->item(row, 0)->data(kWord).toString().toStdString(),
                m_kept->item(row, kNeedColumn)->text());
    }
    return out;
}

} // namespace kamei::ui::screens
