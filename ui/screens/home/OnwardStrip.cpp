#include "ui/screens/home/OnwardStrip.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>

#include "ui/style/Badges.h"
#include "ui/style/Theme.h"
#include "ui/style/Widgets.h"
#include "ui/text/Words.h"

namespace kamei::ui::screens {

OnwardStrip::OnwardStrip(QWidget* parent)
    : QFrame(parent), m_title(style::label("strong")), m_stagedName(style::label("smalltext")),
      m_staged(style::label("smallstrong")), m_stagedOf(style::label("small")), m_stagedBar(new style::Meter),
      m_stale(style::label("small")), m_confirmedName(style::label("smalltext")),
      m_confirmed(style::label("smallstrong")), m_confirmedOf(style::label("small")),
      m_confirmedBar(new style::Meter), m_sentBack(style::label("small")), m_gateSign(new style::Badge),
      m_gate(style::label("smallstrong")), m_gateNote(style::label("small")),
      m_gateLink(style::button("link")) {
    QWidget::setProperty("surface", QStringLiteral("card"));
    setObjectName(QStringLiteral("home.onward"));
    setFixedHeight(style::Theme::instance().px(48));
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(16, 0, 16, 0);
    row->setSpacing(8);
    const auto chevron = [row] {
        row->addSpacing(8);
        row->addWidget(style::iconLabel(QStringLiteral("right"), "text3"));
        row->addSpacing(8);
    };
    row->addWidget(m_title);
    row->addSpacing(8);
    row->addWidget(style::iconLabel(QStringLiteral("stage")));
    for (QWidget* widget : std::initializer_list<QWidget*>{m_stagedName, m_staged, m_stagedOf}) {
        row->addWidget(widget);
    }
    row->addWidget(m_stagedBar, 1);
    row->addWidget(m_stale);
    chevron();
    row->addWidget(style::iconLabel(QStringLiteral("eye")));
    for (QWidget* widget : std::initializer_list<QWidget*>{m_confirmedName, m_confirmed, m_confirmedOf}) {
        row->addWidget(widget);
    }
    row->addWidget(m_confirmedBar, 1);
    row->addWidget(m_sentBack);
    chevron();
    for (QWidget* widget : std::initializer_list<QWidget*>{m_gateSign, m_gate, m_gateNote, m_gateLink}) {
        row->addWidget(widget);
    }
    m_gateLink->setObjectName(QStringLiteral("home.gate"));
    connect(m_gateLink, &QPushButton::clicked, this, &OnwardStrip::gateOpened);
    retranslate();
}

void OnwardStrip::retranslate() {
    m_title->setText(tr("Further on"));
    m_stagedName->setText(tr("Processed"));
    m_confirmedName->setText(tr("Confirmed by eye"));
    m_gateLink->setText(tr("Show the conditions"));
    m_stagedBar->setAccessibleDescription(m_stagedName->text());
    m_confirmedBar->setAccessibleDescription(m_confirmedName->text());
}

void OnwardStrip::show(const job::Overview& overview,
                       const std::optional<std::vector<release::GatePoint>>& gate, bool checking) {
    const QString all = QStringLiteral("/ ") + text::number(overview.assets);
    m_staged->setText(text::number(overview.staged));
    m_stagedOf->setText(all);
    m_stagedBar->setValue(overview.staged, overview.assets);
    m_stale->setText(tr("%1 to be processed").arg(text::number(overview.stale)));
    m_stale->setVisible(overview.stale > 0);
    m_confirmed->setText(text::number(overview.confirmed));
    m_confirmedOf->setText(all);
    m_confirmedBar->setValue(overview.confirmed, overview.assets);
    m_sentBack->setText(tr("%1 sent back").arg(text::number(overview.sentBack)));
    m_sentBack->setVisible(overview.sentBack > 0);
    const bool open = gate && gate->empty();
    m_gateSign->showSign(open ? style::Sign::Accepted : gate ? style::Sign::Blocked : style::Sign::Open);
    if (open) {
        m_gate->setText(tr("Ready for release"));
        m_gateNote->setText({});
    } else if (gate) {
        m_gate->setText(tr("Release not possible"));
        m_gateNote->setText(tr("%1 of %2 conditions open")
                                .arg(text::number(static_cast<std::int64_t>(gate->size())))
                                .arg(release::kConditions.size()));
    } else {
        m_gate->setText(checking ? tr("Checking the conditions…") : tr("Conditions not checked yet"));
        m_gateNote->setText({});
    }
    m_gateNote->setVisible(!m_gateNote->text().isEmpty());
}

void OnwardStrip::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
    }
    QFrame::changeEvent(event);
}

} // namespace kamei::ui::screens
