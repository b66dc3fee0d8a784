#include "ui/screens/policy/ConfirmingPage.h"

#include <QCheckBox>
#include <QEvent>
#include <QGridLayout>
#include <QLabel>
#include <QScrollArea>
#include <QVBoxLayout>

#include "core/review/Confirm.h"
#include "ui/style/Widgets.h"
#include "ui/text/Words.h"

namespace kamei::ui::screens::policy {
namespace {

constexpr int kColumns = 3;

} // namespace

ConfirmingPage::ConfirmingPage(QWidget* parent)
    : QWidget(parent), m_signatures(new QCheckBox), m_signaturesNote(style::label("smalltext")),
      m_secondTitle(style::label("strong")), m_secondNote(style::label("smalltext")),
      m_source(style::label("small")) {
    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    auto* area = new QScrollArea;
    area->setWidgetResizable(true);
    area->setFrameShape(QFrame::NoFrame);
    auto* inside = new QWidget;
    auto* column = new QVBoxLayout(inside);
    column->setContentsMargins(24, 16, 24, 16);
    column->setSpacing(10);
    m_signatures->setObjectName(QStringLiteral("policy.signatures"));
    for (QLabel* note : {m_signaturesNote, m_secondNote, m_source}) {
        note->setWordWrap(true);
    }
    column->addWidget(m_signatures);
    column->addWidget(m_signaturesNote);
    column->addWidget(style::horizontalLine());
    column->addWidget(m_secondTitle);
    column->addWidget(m_secondNote);
    auto* grid = new QGridLayout;
    grid->setHorizontalSpacing(16);
    grid->setVerticalSpacing(6);
    grid->setColumnStretch(kColumns, 1);
    for (int kind = 0; kind <= static_cast<int>(model::AssetKind::Unreadable); ++kind) {
        // What cannot be confirmed at all needs no second person.
        if (!review::lookRuleFor(static_cast<model::AssetKind>(kind))) {
            continue;
        }
        auto* box = new QCheckBox;
        box->setObjectName(QStringLiteral("policy.second.") +
                           text::fromUtf8(model::word(static_cast<model::AssetKind>(kind))));
        const int place = static_cast<int>(m_kinds.size());
        grid->addWidget(box, place / kColumns, place % kColumns);
        m_kinds.insert(kind, box);
        connect(box, &QCheckBox::toggled, this, &ConfirmingPage::changed);
    }
    column->addLayout(grid);
    column->addWidget(style::horizontalLine());
    column->addWidget(m_source);
    column->addStretch(1);
    area->setWidget(inside);
    outer->addWidget(area);
    connect(m_signatures, &QCheckBox::toggled, this, &ConfirmingPage::changed);
    retranslate();
}

void ConfirmingPage::show(const model::Policy& policy, bool writable) {
    m_showing = true;
    m_policy = policy;
    m_signatures->setChecked(policy.signatures);
    m_signatures->setEnabled(writable);
    for (auto it = m_kinds.cbegin(); it != m_kinds.cend(); ++it) {
        it.value()->setChecked(policy.secondPerson.contains(static_cast<model::AssetKind>(it.key())));
        it.value()->setEnabled(writable);
    }
    m_showing = false;
}

void ConfirmingPage::changed() {
    if (m_showing) {
        return;
    }
    model::Policy policy = m_policy;
    policy.signatures = m_signatures->isChecked();
    policy.secondPerson.clear();
    for (auto it = m_kinds.cbegin(); it != m_kinds.cend(); ++it) {
        if (it.value()->isChecked()) {
            policy.secondPerson.insert(static_cast<model::AssetKind>(it.key()));
        }
    }
    emit edited(policy);
}

void ConfirmingPage::retranslate() {
    m_signatures->setText(tr("Only signed confirmations count"));
    m_signaturesNote->setText(
        tr("Confirmations, overrulings, reasons and the release are accepted only of somebody who is signed "
           "in with a key of their own. What was confirmed without one has to be looked at again."));
    m_signatures->setAccessibleDescription(m_signaturesNote->text());
    m_secondTitle->setText(tr("A second, different person confirms too"));
    m_secondNote->setText(
        tr("Data of these kinds are released only when two people looked at the same bytes."));
    for (auto it = m_kinds.cbegin(); it != m_kinds.cend(); ++it) {
        it.value()->setText(text::kindName(static_cast<model::AssetKind>(it.key())));
        it.value()->setAccessibleDescription(m_secondTitle->text());
    }
    m_source->setText(
        tr("The guideline asks that what may identify people is looked for by eye (5.2.2, 5.3.2, 5.4.2); it "
           "names neither keys nor a second person. These are rules of the site, checked before release. "
           "Who changed them, and when, stands in the audit log."));
}

void ConfirmingPage::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
    }
    QWidget::changeEvent(event);
}

} // namespace kamei::ui::screens::policy
