#include "ui/screens/policy/OptionsPage.h"

#include <QCheckBox>
#include <QComboBox>
#include <QEvent>
#include <QGridLayout>
#include <QLabel>
#include <QScrollArea>
#include <QVBoxLayout>

#include "core/decide/Policies.h"
#include "ui/screens/policy/PolicyWords.h"
#include "ui/style/Theme.h"
#include "ui/style/Widgets.h"
#include "ui/text/Words.h"

namespace kamei::ui::screens::policy {

OptionsPage::OptionsPage(QWidget* parent)
    : QWidget(parent), m_base(new QComboBox), m_baseLabel(style::label("strong")),
      m_baseNote(style::label("small")), m_floor(style::label("small")) {
    const auto px = [](int at) { return style::Theme::instance().px(at); };
    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    auto* area = new QScrollArea;
    area->setWidgetResizable(true);
    area->setFrameShape(QFrame::NoFrame);
    auto* inside = new QWidget;
    auto* column = new QVBoxLayout(inside);
    column->setContentsMargins(24, 16, 24, 16);
    column->setSpacing(10);

    auto* base = new QGridLayout;
    base->setHorizontalSpacing(16);
    base->setColumnMinimumWidth(0, px(200));
    base->setColumnStretch(2, 1);
    m_base->setObjectName(QStringLiteral("policy.base"));
    m_base->setMinimumWidth(px(240));
    for (const decide::PolicyInfo& policy : decide::policies()) {
        m_base->addItem(text::fromUtf8(policy.name), text::fromUtf8(policy.name));
    }
    m_baseLabel->setBuddy(m_base);
    m_baseNote->setWordWrap(true);
    base->addWidget(m_baseLabel, 0, 0);
    base->addWidget(m_base, 0, 1);
    base->addWidget(m_baseNote, 0, 2);
    column->addLayout(base);
    m_floor->setWordWrap(true);
    column->addWidget(m_floor);
    column->addWidget(style::horizontalLine());

    auto* grid = new QGridLayout;
    grid->setHorizontalSpacing(16);
    grid->setVerticalSpacing(6);
    grid->setColumnStretch(3, 1);
    int row = 0;
    for (const decide::OptionInfo& option : decide::options()) {
        const QString id = text::fromUtf8(option.name);
        auto* box = new QCheckBox;
        box->setObjectName(QStringLiteral("policy.option.") + id);
        auto* code = style::label("mono", text::fromUtf8(option.code));
        auto* source = style::label("small", text::fromUtf8(option.source));
        auto* note = style::label("smalltext");
        note->setWordWrap(true);
        grid->addWidget(box, row, 0, Qt::AlignTop);
        grid->addWidget(code, row, 1, Qt::AlignTop);
        grid->addWidget(source, row, 2, Qt::AlignTop);
        grid->addWidget(note, row, 3, Qt::AlignTop);
        m_boxes.insert(id, box);
        m_notes.insert(id, note);
        connect(box, &QCheckBox::toggled, this,
                [this, name = std::string(option.name)](bool on) { toggle(name, on); });
        ++row;
    }
    column->addLayout(grid);
    column->addStretch(1);
    area->setWidget(inside);
    outer->addWidget(area);
    connect(m_base, &QComboBox::activated, this, &OptionsPage::choosePolicy);
    retranslate();
}

void OptionsPage::show(const model::Policy& policy, bool writable) {
    m_showing = true;
    m_policy = policy;
    m_base->setCurrentIndex(m_base->findData(text::fromUtf8(policy.name)));
    m_base->setEnabled(writable);
    m_baseNote->setText(policySentence(policy.name));
    for (const decide::OptionInfo& option : decide::options()) {
        QCheckBox* box = m_boxes.value(text::fromUtf8(option.name));
        box->setChecked(policy.has(option.name));
        box->setEnabled(writable);
    }
    m_showing = false;
}

void OptionsPage::choosePolicy() {
    const auto chosen = decide::policyFromText(m_base->currentData().toString().toStdString());
    if (!chosen) {
        return;
    }
    model::Policy policy = m_policy; // rules of the site stay
    policy.name = chosen->name;
    policy.options = chosen->options;
    emit edited(policy);
}

void OptionsPage::toggle(const std::string& option, bool on) {
    if (m_showing) {
        return;
    }
    model::Policy policy = m_policy;
    if (on) {
        policy.options.insert(option);
    } else {
        policy.options.erase(option);
    }
    // PS3.15 E.3.6: dates stay in one way or the other.
    if (on && (option == "full-dates" || option == "modified-dates")) {
        policy.options.erase(option == "full-dates" ? "modified-dates" : "full-dates");
    }
    emit edited(policy);
}

void OptionsPage::retranslate() {
    m_baseLabel->setText(tr("Base policy"));
    m_base->setAccessibleName(tr("Base policy"));
    m_baseNote->setText(policySentence(m_policy.name));
    m_floor->setText(
        tr("What the guideline requires is processed under every policy: names, numbers and codes that "
           "identify a person cannot be switched off here. An option says what of the rest may stay."));
    for (const decide::OptionInfo& option : decide::options()) {
        const QString id = text::fromUtf8(option.name);
        m_boxes.value(id)->setText(optionName(option.name));
        m_boxes.value(id)->setAccessibleDescription(optionSentence(option.name));
        m_notes.value(id)->setText(optionSentence(option.name));
    }
}

void OptionsPage::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
    }
    QWidget::changeEvent(event);
}

} // namespace kamei::ui::screens::policy
