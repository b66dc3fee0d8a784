#include "ui/screens/release/FatePanel.h"

#include <QDateEdit>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QRadioButton>
#include <QVBoxLayout>

#include "ui/style/Theme.h"
#include "ui/style/Widgets.h"
#include "ui/text/Words.h"

namespace kamei::ui::screens {
namespace {

constexpr int kIndent = 24;

} // namespace

FatePanel::FatePanel(QWidget* parent)
    : QWidget(parent), m_destroy(new QRadioButton), m_destroyNote(style::label("small")),
      m_keep(new QRadioButton), m_keepNote(style::label("small")), m_reasonName(style::label("small")),
      m_reason(new QLineEdit), m_untilName(style::label("small")), m_until(new QDateEdit) {
    setObjectName(QStringLiteral("release.fate"));
    const auto px = [](int at) { return style::Theme::instance().px(at); };
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(12, 8, 12, 8);
    column->setSpacing(2);
    const auto indented = [&](QLayout* layout) {
        layout->setContentsMargins(kIndent, 0, 0, 0);
        column->addLayout(layout);
    };
    const auto note = [&](QLabel* label) {
        label->setWordWrap(true);
        auto* row = new QHBoxLayout;
        row->addWidget(label, 1);
        indented(row);
    };
    m_destroy->setObjectName(QStringLiteral("fate.destroy"));
    m_keep->setObjectName(QStringLiteral("fate.keep"));
    column->addWidget(m_destroy);
    note(m_destroyNote);
    column->addSpacing(2);
    column->addWidget(m_keep);
    note(m_keepNote);
    column->addSpacing(4);
    auto* row = new QHBoxLayout;
    row->setSpacing(8);
    m_reason->setProperty("kind", QStringLiteral("small"));
    m_reason->setObjectName(QStringLiteral("fate.reason"));
    m_reasonName->setBuddy(m_reason);
    m_until->setProperty("kind", QStringLiteral("small"));
    m_until->setObjectName(QStringLiteral("fate.until"));
    m_until->setDisplayFormat(QStringLiteral("yyyy-MM-dd"));
    m_until->setCalendarPopup(true);
    m_until->setMinimumDate(QDate::currentDate());
    m_until->setFixedWidth(px(128));
    m_untilName->setBuddy(m_until);
    row->addWidget(m_reasonName);
    row->addWidget(m_reason, 1);
    row->addWidget(m_untilName);
    row->addWidget(m_until);
    indented(row);
    connect(m_destroy, &QRadioButton::clicked, this, &FatePanel::tell);
    connect(m_keep, &QRadioButton::clicked, this, &FatePanel::tell);
    connect(m_reason, &QLineEdit::editingFinished, this, &FatePanel::tell);
    connect(m_until, &QDateEdit::dateChanged, this, &FatePanel::tell);
    retranslate();
}

void FatePanel::show(const model::PurposeSheet& sheet, bool changeable) {
    m_showing = true;
    (sheet.keepDeletedInformation ? m_keep : m_destroy)->setChecked(true);
    if (!m_reason->hasFocus()) {
        m_reason->setText(text::fromUtf8(sheet.keepReason));
    }
    const QDate until = QDate::fromString(text::fromUtf8(sheet.keepUntil), Qt::ISODate);
    m_until->setDate(until.isValid() ? until : QDate::currentDate().addYears(1));
    m_destroy->setEnabled(changeable);
    m_keep->setEnabled(changeable);
    for (QWidget* widget : std::initializer_list<QWidget*>{m_reasonName, m_reason, m_untilName, m_until}) {
        widget->setEnabled(changeable && sheet.keepDeletedInformation);
    }
    style::setProperty(m_reason, "invalid", sheet.keepDeletedInformation && sheet.keepReason.empty());
    m_showing = false;
}

void FatePanel::tell() {
    if (m_showing) {
        return;
    }
    emit changed(m_keep->isChecked(), m_reason->text().trimmed(), m_until->date().toString(Qt::ISODate));
}

void FatePanel::retranslate() {
    m_destroy->setText(tr("Destroy promptly after release (recommended)"));
    m_destroyNote->setText(
        tr("Correspondence table, key of replacements, date shifts and original values are erased; "
           "only the record of the erasure stays. There is no way back."));
    m_keep->setText(tr("Keep sealed until a day"));
    m_keepNote->setText(
        tr("Only for a particular reason. It is written beside the workspace, encrypted under a passphrase; "
           "reason and day are recorded in the log and in the report."));
    m_reasonName->setText(tr("Reason"));
    m_reason->setPlaceholderText(tr("For example: to answer questions about adverse events"));
    m_reason->setAccessibleName(tr("Reason for keeping the deleted information"));
    m_untilName->setText(tr("Until"));
    m_until->setAccessibleName(tr("Day until which the deleted information is kept"));
}

void FatePanel::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
    }
    QWidget::changeEvent(event);
}

} // namespace kamei::ui::screens
