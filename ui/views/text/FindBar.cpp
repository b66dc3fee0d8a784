#include "ui/views/text/FindBar.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>

#include "ui/style/Widgets.h"

namespace kamei::ui::views::text {

FindBar::FindBar(QWidget* parent)
    : QFrame(parent), m_field(new QLineEdit), m_result(style::label("small")),
      m_previous(style::iconButton(QStringLiteral("up"), {})),
      m_next(style::iconButton(QStringLiteral("down"), {})),
      m_close(style::iconButton(QStringLiteral("cross"), {})) {
    setProperty("surface", "bar");
    setObjectName(QStringLiteral("findBar"));
    m_field->setObjectName(QStringLiteral("findField"));
    m_field->setClearButtonEnabled(true);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(12, 4, 8, 4);
    row->setSpacing(4);
    row->addWidget(m_field, 1);
    row->addWidget(m_result);
    row->addWidget(m_previous);
    row->addWidget(m_next);
    row->addWidget(m_close);
    connect(m_field, &QLineEdit::textChanged, this, &FindBar::needleChanged);
    connect(static_cast<QAbstractButton*>(m_previous), &QAbstractButton::clicked, this,
            [this] { emit nextWanted(false); });
    connect(static_cast<QAbstractButton*>(m_next), &QAbstractButton::clicked, this,
            [this] { emit nextWanted(true); });
    connect(static_cast<QAbstractButton*>(m_close), &QAbstractButton::clicked, this, &FindBar::close);
    retranslate();
    hide();
}

void FindBar::retranslate() {
    m_field->setPlaceholderText(tr("Find in the text"));
    m_field->setAccessibleName(tr("Find in the text"));
    const auto name = [](QWidget* button, const QString& text) {
        button->setToolTip(text);
        button->setAccessibleName(text);
    };
    name(m_previous, tr("Previous place"));
    name(m_next, tr("Next place"));
    name(m_close, tr("Close search"));
}

void FindBar::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
    }
    QFrame::changeEvent(event);
}

void FindBar::open() {
    show();
    m_field->setFocus(Qt::ShortcutFocusReason);
    m_field->selectAll();
}

void FindBar::showFound(bool found) {
    m_result->setText(found || m_field->text().isEmpty() ? QString() : tr("Not found"));
}

void FindBar::close() {
    hide();
    m_field->clear();
    emit closed();
}

void FindBar::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Escape) {
        close();
    } else if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
        emit nextWanted((event->modifiers() & Qt::ShiftModifier) == 0);
    } else {
        QFrame::keyPressEvent(event);
    }
}

} // namespace kamei::ui::views::text
