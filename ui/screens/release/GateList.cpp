#include "ui/screens/release/GateList.h"

#include <QCoreApplication>
#include <QEvent>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/style/Badges.h"
#include "ui/style/Theme.h"
#include "ui/style/Widgets.h"
#include "ui/text/Words.h"

namespace kamei::ui::screens {
namespace {

struct Gate {
    Q_DECLARE_TR_FUNCTIONS(Gate)
};

QString noteOf(release::Condition condition) {
    using C = release::Condition;
    switch (condition) {
    case C::RequiredDecided:
        return Gate::tr("What the guideline requires, decided by a person");
    case C::ConditionalJudged:
        return Gate::tr("UIDs that can be searched, faces: kept or processed, with a judgement");
    case C::UnreadableDecided:
        return Gate::tr("Replaced by a readable copy, or excluded with a reason");
    case C::StagedCurrent:
        return Gate::tr("Nothing was decided after processing");
    case C::Confirmed:
        return Gate::tr("A person looked at the bytes that leave");
    case C::SecondPerson:
        return Gate::tr("For the kinds of data that the rules name");
    case C::ConfirmationsSigned:
        return Gate::tr("With the key of the person who looked, where the rules ask for it");
    case C::ResidualsClear:
        return Gate::tr("Every known identifier, in every encoding");
    case C::NobodySingledOut:
        return Gate::tr("Quasi-identifiers across data types (5.6)");
    case C::SubjectsSettled:
        return Gate::tr("No person in two, no two in one (4.9)");
    case C::SheetComplete:
        return Gate::tr("What has to be specified and published before use");
    case C::SourcesUnchanged:
        return Gate::tr("Size and time of every source compared with the import");
    case C::AuditVerifies:
        return Gate::tr("Every entry holds the digest of the one before");
    }
    return {};
}

QString countOf(const release::GatePoint& point) {
    const int n = static_cast<int>(point.count);
    using C = release::Condition;
    switch (point.condition) {
    case C::NobodySingledOut:
        return Gate::tr("%n people", nullptr, n);
    case C::SubjectsSettled:
        return Gate::tr("%n doubts", nullptr, n);
    case C::SheetComplete:
        return Gate::tr("%n fields", nullptr, n);
    case C::StagedCurrent:
        return n == 0 ? Gate::tr("no data") : Gate::tr("%n data", nullptr, n);
    case C::Confirmed:
    case C::SecondPerson:
    case C::ConfirmationsSigned:
    case C::UnreadableDecided:
        return Gate::tr("%n data", nullptr, n);
    case C::ResidualsClear:
    case C::SourcesUnchanged:
        return Gate::tr("%n files", nullptr, n);
    case C::AuditVerifies:
        return Gate::tr("broken");
    default:
        return Gate::tr("%n candidates", nullptr, n);
    }
}

QString buttonOf(release::Condition condition) {
    using C = release::Condition;
    switch (condition) {
    case C::RequiredDecided:
    case C::ConditionalJudged:
        return Gate::tr("Decide");
    case C::UnreadableDecided:
    case C::SourcesUnchanged:
        return Gate::tr("List");
    case C::StagedCurrent:
        return Gate::tr("Process");
    case C::Confirmed:
    case C::SecondPerson:
    case C::ConfirmationsSigned:
        return Gate::tr("Confirm");
    case C::ResidualsClear:
        return Gate::tr("Places found");
    case C::NobodySingledOut:
        return Gate::tr("Risk");
    case C::SubjectsSettled:
        return Gate::tr("People");
    case C::SheetComplete:
        return Gate::tr("Fill in");
    case C::AuditVerifies:
        return Gate::tr("Audit");
    }
    return {};
}

} // namespace

GateRow::GateRow(release::Condition condition, QWidget* parent)
    : QWidget(parent), m_condition(condition), m_sign(new style::Badge),
      m_title(new style::ElidedLabel("strong")), m_note(new style::ElidedLabel("small")),
      m_count(style::label("badstrong")), m_button(style::button("small", {}, QStringLiteral("right"))) {
    const auto px = [](int at) { return style::Theme::instance().px(at); };
    const auto word = release::word(condition);
    setObjectName(QStringLiteral("gate.") + text::fromUtf8(word));
    setFixedHeight(px(54));
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(16, 0, 16, 1);
    row->setSpacing(12);
    row->addWidget(m_sign);
    auto* words = new QVBoxLayout;
    words->setSpacing(0);
    words->addStretch(1);
    words->addWidget(m_title);
    words->addWidget(m_note);
    words->addStretch(1);
    row->addLayout(words, 1);
    m_count->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    row->addWidget(m_count);
    m_button->setFixedWidth(px(116));
    m_button->setLayoutDirection(Qt::RightToLeft); // the arrow stands behind the word
    m_button->setObjectName(QStringLiteral("gate.open.") + text::fromUtf8(word));
    auto keep = m_button->sizePolicy();
    keep.setRetainSizeWhenHidden(true);
    m_button->setSizePolicy(keep);
    row->addWidget(m_button);
}

void GateRow::show(bool known, const release::GatePoint* point) {
    m_title->setText(text::conditionName(m_condition));
    m_note->setText(noteOf(m_condition));
    m_button->setText(buttonOf(m_condition));
    m_button->setAccessibleName(QStringLiteral("%1: %2").arg(m_button->text(), m_title->text()));
    m_button->setVisible(point != nullptr);
    m_sign->showSign(!known             ? style::Sign::Open
                     : point != nullptr ? style::Sign::Blocked
                                        : style::Sign::Accepted);
    m_count->setText(!known ? QStringLiteral("–") : point != nullptr ? countOf(*point) : tr("met"));
    style::setProperty(m_count, "role", !known ? "small" : point != nullptr ? "badstrong" : "okstrong");
    setAccessibleName(QStringLiteral("%1: %2").arg(m_title->text(), m_count->text()));
}

void GateRow::setCurrent(bool current) {
    m_current = current;
    update();
}

void GateRow::paintEvent(QPaintEvent*) {
    const style::Tokens& t = style::tokens();
    QPainter painter(this);
    painter.fillRect(rect(), m_current ? t.selection : t.panel);
    if (m_current) {
        painter.fillRect(QRect(0, 0, 3, height()), t.accent);
    }
    painter.fillRect(QRect(0, height() - 1, width(), 1), t.line);
}

GateList::GateList(QWidget* parent) : QWidget(parent) {
    setObjectName(QStringLiteral("gate"));
    setFocusPolicy(Qt::StrongFocus);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    for (const release::Condition condition : release::kConditions) {
        auto* row = new GateRow(condition, this);
        column->addWidget(row);
        connect(row->button(), &QPushButton::clicked, this, [this, condition] { emit opened(condition); });
        m_rows.append(row);
    }
    column->addStretch(1);
    show(std::nullopt);
}

void GateList::show(const std::optional<std::vector<release::GatePoint>>& points) {
    m_points = points;
    int firstOpen = -1;
    for (int at = 0; at < m_rows.size(); ++at) {
        const release::GatePoint* open = nullptr;
        if (points) {
            const auto found =
                std::find_if(points->begin(), points->end(), [&](const release::GatePoint& point) {
                    return point.condition == m_rows[at]->condition();
                });
            open = found != points->end() ? &*found : nullptr;
        }
        m_rows[at]->show(points.has_value(), open);
        if (open != nullptr && firstOpen < 0) {
            firstOpen = at;
        }
    }
    if (!hasFocus()) {
        setCurrent(firstOpen);
    }
}

void GateList::setCurrent(int row) {
    m_current = row;
    for (int at = 0; at < m_rows.size(); ++at) {
        m_rows[at]->setCurrent(at == row);
    }
    if (row >= 0) {
        for (QWidget* up = parentWidget(); up != nullptr; up = up->parentWidget()) {
            if (auto* area = qobject_cast<QScrollArea*>(up)) {
                area->ensureWidgetVisible(m_rows[row], 0, 0);
                break;
            }
        }
    }
}

void GateList::focusInEvent(QFocusEvent* event) {
    if (m_current < 0) {
        setCurrent(0);
    }
    QWidget::focusInEvent(event);
}

void GateList::keyPressEvent(QKeyEvent* event) {
    const int last = static_cast<int>(m_rows.size()) - 1;
    switch (event->key()) {
    case Qt::Key_J:
    case Qt::Key_Down:
        setCurrent(std::min(m_current + 1, last));
        return;
    case Qt::Key_K:
    case Qt::Key_Up:
        setCurrent(std::max(m_current - 1, 0));
        return;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (m_current >= 0 && !m_rows[m_current]->button()->isHidden()) {
            emit opened(m_rows[m_current]->condition());
        }
        return;
    default:
        QWidget::keyPressEvent(event);
    }
}

void GateList::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) {
        show(m_points);
    }
    QWidget::changeEvent(event);
}

} // namespace kamei::ui::screens
