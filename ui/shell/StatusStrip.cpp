#include "ui/shell/StatusStrip.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QProgressBar>
#include <QPushButton>
#include <QTimer>

#include "ui/shell/Pulse.h"
#include "ui/style/Badges.h"
#include "ui/style/Theme.h"
#include "ui/style/Widgets.h"
#include "ui/tasks/TaskRunner.h"
#include "ui/text/Words.h"

namespace kamei::ui::shell {
namespace {

constexpr int kMessageMs = 6000;

/// A part of the strip with the line that ends it.
QWidget* part(QHBoxLayout* row, const QList<QWidget*>& widgets, const char* name) {
    auto* box = new QWidget;
    box->setObjectName(QString::fromLatin1(name));
    auto* inner = new QHBoxLayout(box);
    inner->setContentsMargins(12, 0, 0, 0);
    inner->setSpacing(6);
    for (QWidget* widget : widgets) {
        inner->addWidget(widget);
    }
    inner->addSpacing(6);
    auto* line = new QFrame;
    line->setProperty("line", QStringLiteral("v"));
    line->setFixedHeight(14);
    inner->addWidget(line);
    row->addWidget(box);
    return box;
}

} // namespace

StatusStrip::StatusStrip(AppContext& context, QWidget* parent)
    : QWidget(parent), m_context(context), m_step(style::label("smalltext")), m_required(new style::Badge),
      m_requiredText(style::label("smalltext")), m_recommended(new style::Badge),
      m_recommendedText(style::label("smalltext")), m_unreadable(style::label("smalltext")),
      m_message(new style::ElidedLabel("small")), m_messageEnd(new QTimer(this)),
      m_jobName(style::label("smalltext")), m_bar(new QProgressBar), m_percent(style::label("smalltext")),
      m_left(style::label("small")), m_cancel(style::button("small")) {
    setObjectName(QStringLiteral("statusStrip"));
    build();
    m_messageEnd->setSingleShot(true);
    m_messageEnd->setInterval(kMessageMs);
    connect(m_messageEnd, &QTimer::timeout, m_message, &QLabel::clear);
    connect(&m_context, &AppContext::message, this, &StatusStrip::say);
    connect(&m_context.pulse(), &Pulse::updated, this, &StatusStrip::showCounts);

    auto& runner = m_context.runner();
    connect(&runner, &tasks::TaskRunner::started, this, [this](const QString& word) {
        m_jobWord = word;
        showJob({}, 0, 0, -1);
        m_cancel->setEnabled(true);
        m_jobPart->show();
    });
    connect(&runner, &tasks::TaskRunner::progressed, this, &StatusStrip::showJob);
    connect(&runner, &tasks::TaskRunner::finished, this, [this](const QString&, bool cancelled) {
        m_jobPart->hide();
        if (cancelled) {
            say(tr("Cancelled. What was finished is kept; nothing is partial."));
        }
    });
    connect(m_cancel, &QPushButton::clicked, this, [this] {
        m_cancel->setEnabled(false); // stopping takes as long as the file in hand
        m_context.runner().cancel();
    });
    retranslate();
}

void StatusStrip::build() {
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 1, 8, 0);
    row->setSpacing(0);
    part(row, {m_step}, "status.step");
    m_requiredPart = part(row, {m_required, m_requiredText}, "status.required");
    m_recommendedPart = part(row, {m_recommended, m_recommendedText}, "status.recommended");
    m_unreadablePart =
        part(row, {style::iconLabel(QStringLiteral("warn")), m_unreadable}, "status.unreadable");
    row->addSpacing(12);
    m_message->setObjectName(QStringLiteral("status.message"));
    row->addWidget(m_message, 1);

    m_jobPart = new QWidget;
    m_jobPart->setObjectName(QStringLiteral("status.job"));
    auto* job = new QHBoxLayout(m_jobPart);
    job->setContentsMargins(0, 0, 0, 0);
    job->setSpacing(8);
    m_bar->setFixedWidth(144);
    m_bar->setTextVisible(false);
    m_bar->setObjectName(QStringLiteral("status.bar"));
    m_cancel->setObjectName(QStringLiteral("status.cancel"));
    m_cancel->setFixedHeight(style::Theme::instance().px(22));
    for (QWidget* widget : std::initializer_list<QWidget*>{m_jobName, m_bar, m_percent, m_left, m_cancel}) {
        job->addWidget(widget);
    }
    row->addWidget(m_jobPart);
    m_jobPart->hide();
}

void StatusStrip::retranslate() {
    m_requiredText->setText(tr("required open"));
    m_recommendedText->setText(tr("recommended open"));
    m_cancel->setText(tr("Cancel"));
    m_cancel->setAccessibleName(tr("Cancel the running job"));
    m_bar->setAccessibleName(tr("Progress of the running job"));
    showCounts();
}

void StatusStrip::showCounts() {
    const auto& overview = m_context.pulse().overview();
    for (QWidget* widget : {m_requiredPart, m_recommendedPart, m_unreadablePart}) {
        widget->setVisible(overview.has_value());
    }
    if (!overview) {
        m_step->setText(m_context.session() ? tr("Reading the workspace…") : tr("No workspace is open"));
        return;
    }
    const int step = m_context.pulse().currentStep();
    m_step->setText(tr("Step %1 of 8: %2").arg(text::stepNumber(step), text::stepName(step)));
    const std::int64_t required = overview->findings.openRequired;
    m_required->showCount(required, required > 0 ? style::CountKind::Bad : style::CountKind::Outline);
    m_recommended->showCount(overview->findings.openRecommended, style::CountKind::Outline);
    m_unreadablePart->setVisible(overview->unreadable > 0);
    m_unreadable->setText(tr("%n unreadable", nullptr, static_cast<int>(overview->unreadable)));
}

void StatusStrip::showJob(const QString& phase, quint64 done, quint64 total, int secondsLeft) {
    m_jobName->setText(phase.isEmpty() ? text::jobName(m_jobWord) : text::phaseName(phase));
    m_bar->setRange(0, total > 0 ? 1000 : 0);
    if (total > 0) {
        m_bar->setValue(static_cast<int>(1000.0 * static_cast<double>(done) / static_cast<double>(total)));
    }
    m_percent->setText(total > 0 ? QStringLiteral("%1 %").arg(done * 100 / total) : QString());
    m_left->setText(secondsLeft >= 0 ? tr("%1 left").arg(text::remaining(secondsLeft)) : QString());
}

void StatusStrip::say(const QString& text) {
    m_message->setText(text);
    m_messageEnd->start();
}

void StatusStrip::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
    }
    QWidget::changeEvent(event);
}

void StatusStrip::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.fillRect(rect(), style::tokens().header);
    painter.fillRect(QRect(0, 0, width(), 1), style::tokens().line);
}

} // namespace kamei::ui::shell
