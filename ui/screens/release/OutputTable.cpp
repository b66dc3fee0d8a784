#include "ui/screens/release/OutputTable.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QVBoxLayout>
#include <array>

#include "ui/style/Theme.h"
#include "ui/style/Widgets.h"
#include "ui/text/Words.h"

namespace kamei::ui::screens {
namespace {

struct File {
    const char* icon;
    const char* name;
};
// What core/release writes (ReleaseWriter.h).
constexpr std::array kFiles{File{"folder", "data/"}, File{"hash", "manifest.json, .sha256, .sig"},
                            File{"text", "report.html, report.json"}, File{"text", "card.html, terms.html"},
                            File{"text", "notice.html"}};

} // namespace

OutputTable::OutputTable(QWidget* parent)
    : QWidget(parent), m_folder(style::label("mono")), m_hint(style::label("small")) {
    const auto px = [](int at) { return style::Theme::instance().px(at); };
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    const auto addRow = [&](const char* icon, QLabel* name, QLabel* note, int indent) {
        auto* frame = style::surface("bar");
        frame->setFixedHeight(px(26));
        auto* row = new QHBoxLayout(frame);
        row->setContentsMargins(12 + indent, 0, 12, 0);
        row->setSpacing(10);
        row->addWidget(style::iconLabel(QString::fromLatin1(icon)));
        name->setFixedWidth(px(216) - indent);
        row->addWidget(name);
        if (note != nullptr) {
            row->addWidget(note, 1);
        } else {
            row->addStretch(1);
        }
        column->addWidget(frame);
    };
    addRow("folder", m_folder, nullptr, 0);
    for (const File& file : kFiles) {
        auto* note = new style::ElidedLabel("small");
        m_notes.append(note);
        addRow(file.icon, style::label("mono", QString::fromLatin1(file.name)), note, 18);
    }
    auto* hint = new QHBoxLayout;
    hint->setContentsMargins(12, 6, 12, 6);
    hint->setSpacing(10);
    hint->addWidget(style::iconLabel(QStringLiteral("info"), "text2"), 0, Qt::AlignTop);
    m_hint->setWordWrap(true);
    hint->addWidget(m_hint, 1);
    column->addLayout(hint);
    retranslate();
}

void OutputTable::showFolder(const QString& name) {
    m_folder->setText((name.isEmpty() ? QStringLiteral("…") : name) + QLatin1Char('/'));
}

void OutputTable::showCounts(std::int64_t subjects, std::int64_t assets) {
    m_subjects = subjects;
    m_assets = assets;
    retranslate();
}

void OutputTable::retranslate() {
    const std::array notes{tr("Processed files (%1 subjects, %2 data sets)")
                               .arg(text::number(m_subjects), text::number(m_assets)),
                           tr("SHA-256 of every file, and who confirmed it"),
                           tr("Report: the eight steps, recommended points not done"),
                           tr("Terms of use: no collation, no passing on"), tr("Public notice (3.7.1)")};
    for (qsizetype at = 0; at < m_notes.size(); ++at) {
        m_notes[at]->setText(notes[static_cast<std::size_t>(at)]);
    }
    m_hint->setText(
        tr("No names, no correspondence table, no details of processing. Every file is read back and "
           "compared after writing."));
}

void OutputTable::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
    }
    QWidget::changeEvent(event);
}

} // namespace kamei::ui::screens
