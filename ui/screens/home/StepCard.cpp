#include "ui/screens/home/StepCard.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include "ui/style/Badges.h"
#include "ui/style/Theme.h"
#include "ui/style/Widgets.h"
#include "ui/text/Words.h"

namespace kamei::ui::screens {
namespace {

/// The step that keeps what the purpose needs and no more (Guideline 4.9(8)): what that is, and the papers
/// that say so (2.4 to 2.6, 3.7), are read from there.
constexpr int kMinimising = 8;

/// Steps 4 to 6 are required, 7 and 8 recommended (Guideline 4.9, figure 8).
bool required(int step) {
    return step <= 6;
}

} // namespace

StepCard::StepCard(int step, QWidget* parent)
    : QFrame(parent), m_step(step), m_title(style::label("strong")), m_countRow(new QWidget),
      m_pill(new style::Badge), m_number(style::label("number")), m_unit(style::label("small")),
      m_words(style::label("small")), m_meter(new style::Meter), m_progress(style::label("note")),
      m_open(style::button("link")), m_papers(step == kMinimising ? style::button("link") : nullptr) {
    QWidget::setProperty("surface", QStringLiteral("card"));
    setObjectName(QStringLiteral("home.step%1").arg(step));
    const auto px = [](int at) { return style::Theme::instance().px(at); };
    setFixedHeight(px(168));
    setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);

    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(10, 8, 10, 6);
    column->setSpacing(0);
    m_title->setWordWrap(true);
    m_title->setFixedHeight(px(38));
    m_title->setAlignment(Qt::AlignLeft | Qt::AlignTop);
    column->addWidget(m_title);

    auto* count = new QHBoxLayout(m_countRow);
    count->setContentsMargins(0, 0, 0, 0);
    count->setSpacing(6);
    m_pill->showPill(required(step) ? model::Requirement::Required : model::Requirement::Recommended);
    count->addWidget(m_pill);
    count->addWidget(m_number);
    count->addWidget(m_unit);
    count->addStretch(1);
    m_countRow->setFixedHeight(px(32));
    column->addWidget(m_countRow);
    m_words->setWordWrap(true);
    m_words->setAlignment(Qt::AlignLeft | Qt::AlignTop);
    m_words->setMaximumHeight(px(60));
    column->addWidget(m_words);
    for (int at = 0; at < 3; ++at) {
        m_lines.append(new style::ElidedLabel("small"));
        m_lines.last()->setFixedHeight(px(19));
        column->addWidget(m_lines.last());
    }
    if (step == kMinimising) {
        column->addWidget(m_papers, 0, Qt::AlignLeft);
    }
    column->addStretch(1);
    column->addWidget(m_meter);
    column->addSpacing(2);
    auto* foot = new QHBoxLayout;
    foot->setContentsMargins(0, 0, 0, 0);
    foot->setSpacing(4);
    foot->addWidget(m_progress, 1);
    foot->addWidget(m_open);
    column->addLayout(foot);
    m_open->setObjectName(QStringLiteral("home.step%1.open").arg(step));
    if (m_papers != nullptr) {
        m_papers->setObjectName(QStringLiteral("home.papers"));
        connect(m_papers, &QPushButton::clicked, this, &StepCard::papersWanted);
    }
    connect(m_open, &QPushButton::clicked, this, [this] { emit opened(m_step); });
    m_countRow->setVisible(step >= 4);
    m_words->setVisible(step <= 2);
    retranslate();
}

void StepCard::line(int at, const QString& html) {
    m_lines[at]->setText(html);
    m_lines[at]->setVisible(!html.isEmpty());
}

void StepCard::retranslate() {
    m_title->setText(QStringLiteral("%1 %2").arg(text::stepNumber(m_step), text::stepName(m_step)));
    m_unit->setText(tr("open", "count of findings without decision"));
    m_open->setText(tr("Open", "go there"));
    if (m_papers != nullptr) {
        m_papers->setText(tr("What is kept, papers…"));
        m_papers->setAccessibleName(tr("What is kept for what, legal basis, notice and contract"));
        m_papers->setToolTip(m_papers->accessibleName());
    }
    m_open->setAccessibleName(tr("Open step %1: %2").arg(m_step).arg(text::stepName(m_step)));
    setAccessibleName(m_title->text());
}

void StepCard::showSheet(const QString& words, bool done) {
    // Three lines hold about this much; the whole text is on the release screen.
    m_words->setText(words.isEmpty()     ? tr("Not written yet")
                     : words.size() > 44 ? words.left(43) + QChar(0x2026)
                                         : words);
    for (int at = 0; at < m_lines.size(); ++at) {
        line(at, {});
    }
    m_meter->setValue(done ? 1 : 0, 1);
    m_progress->setText(done ? tr("Filled in") : tr("To be filled in"));
    m_open->setText(done ? tr("Review") : tr("Fill in"));
}

void StepCard::showDetection(const job::Overview& overview) {
    const job::StepCounts& counts = overview.steps[2];
    line(0, tr("%1 candidates").arg(text::number(overview.findings.total)));
    line(1, counts.total > counts.done
                ? tr("%1 data not examined yet").arg(text::number(counts.total - counts.done))
                : QString());
    line(2, overview.unreadable > 0 ? tr("%1 unreadable").arg(text::number(overview.unreadable)) : QString());
    m_meter->setValue(counts.done, counts.total);
    m_progress->setText(QStringLiteral("%1 / %2").arg(text::number(counts.done), text::number(counts.total)));
}

void StepCard::showFindings(const job::StepCounts& counts, std::int64_t singledOut) {
    const bool isRequired = required(m_step);
    const std::int64_t open = isRequired ? counts.findings.openRequired : counts.findings.openRecommended;
    m_number->setText(text::number(open));
    style::setProperty(m_number, "role", isRequired && open > 0 ? "numberbad" : "number");
    fitCount();
    QStringList lines;
    if (isRequired && counts.findings.openRecommended > 0) {
        lines.append(tr("%1 recommended").arg(text::number(counts.findings.openRecommended)));
    }
    if (!isRequired && counts.findings.openRequired > 0) {
        lines.append(tr("%1 required").arg(text::number(counts.findings.openRequired)));
    }
    if (counts.findings.openConditional > 0) {
        lines.append(tr("%1 to be judged").arg(text::number(counts.findings.openConditional)));
    }
    if (m_step == 5 && singledOut > 0) {
        lines.append(tr("%1 singled out").arg(text::number(singledOut)));
    }
    for (int at = 0; at < m_lines.size(); ++at) {
        line(at, lines.value(at));
    }
    m_meter->setValue(counts.done, counts.total);
    m_progress->setText(QStringLiteral("%1 / %2").arg(text::number(counts.done), text::number(counts.total)));
}

void StepCard::fitCount() {
    // The pill and the number say it; the unit goes when the card is too narrow for all three.
    const int wanted = m_pill->sizeHint().width() + m_number->sizeHint().width() + m_unit->sizeHint().width();
    m_unit->setVisible(wanted + 2 * 6 <= contentsRect().width() - 20);
}

void StepCard::resizeEvent(QResizeEvent* event) {
    QFrame::resizeEvent(event);
    fitCount();
}

void StepCard::setNow(bool now) {
    style::setProperty(this, "surface", now ? "cardnow" : "card");
}

} // namespace kamei::ui::screens
