#include "ui/screens/home/Today.h"

#include <QDateTime>
#include <QEvent>
#include <QHBoxLayout>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLabel>
#include <QVBoxLayout>

#include "ui/style/Widgets.h"
#include "ui/tasks/TaskRunner.h"
#include "ui/text/Words.h"

namespace kamei::ui::screens {
namespace {

/// A day's entries; more than this in a day are not counted one by one.
constexpr std::int64_t kMostEntries = 5000;

} // namespace

Today::Today(shell::AppContext& context, QWidget* parent)
    : QWidget(parent), m_context(context), m_title(style::label("smallstrong")),
      m_decided(style::label("small")), m_confirmed(style::label("small")), m_sentBack(style::label("small")),
      m_last(style::label("small")) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(style::horizontalLine());
    auto* inner = new QVBoxLayout;
    inner->setContentsMargins(12, 8, 12, 8);
    inner->setSpacing(4);
    inner->addWidget(m_title);
    auto* row = new QHBoxLayout;
    row->setSpacing(8);
    for (QLabel* figure : {m_decided, m_confirmed, m_sentBack, m_last}) {
        row->addWidget(figure);
        if (figure != m_last) {
            row->addStretch(1);
        }
    }
    inner->addLayout(row);
    column->addLayout(inner);
    retranslate();
}

void Today::refresh() {
    const auto session = m_context.session();
    if (!session || m_busy) {
        return;
    }
    m_busy = true;
    const base::TimeMs midnight = QDateTime(QDate::currentDate(), QTime(0, 0)).toMSecsSinceEpoch();
    m_context.runner().look(
        this,
        [session, midnight] {
            Figures figures;
            job::AuditQuery query;
            query.limit = kMostEntries;
            const auto rows = session->audit(query);
            if (!rows) {
                return figures;
            }
            for (const job::AuditRow& row : *rows) {
                figures.last = qMax(figures.last, row.at);
                if (row.at < midnight) {
                    break; // newest first
                }
                if (row.event == "finding.decided") {
                    const QJsonObject details =
                        QJsonDocument::fromJson(QByteArray::fromStdString(row.details)).object();
                    figures.decided += details.value(QStringLiteral("count")).toInteger(1);
                } else if (row.event == "asset.confirmed") {
                    ++figures.confirmed;
                } else if (row.event == "asset.sent-back") {
                    ++figures.sentBack;
                }
            }
            return figures;
        },
        [this](const Figures& figures) {
            m_busy = false;
            m_figures = figures;
            retranslate();
        });
}

void Today::retranslate() {
    m_title->setText(tr("Today"));
    const auto show = [](QLabel* label, const QString& name, const QString& value) {
        label->setText(QStringLiteral("%1 <b>%2</b>").arg(name, value));
    };
    show(m_decided, tr("Decided"), text::number(m_figures.decided));
    show(m_confirmed, tr("Confirmed"), text::number(m_figures.confirmed));
    show(m_sentBack, tr("Sent back"), text::number(m_figures.sentBack));
    show(m_last, tr("Last saved"),
         m_figures.last > 0 ? QDateTime::fromMSecsSinceEpoch(m_figures.last).toString(QStringLiteral("HH:mm"))
                            : QStringLiteral("–"));
}

void Today::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
    }
    QWidget::changeEvent(event);
}

} // namespace kamei::ui::screens
