#include "ui/shell/Banner.h"

#include <QAccessible>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QToolButton>
#include <QVBoxLayout>

#include "ui/style/Widgets.h"
#include "ui/text/Sentences.h"

namespace kamei::ui::shell {

Banner::Banner(QWidget* parent)
    : QFrame(parent), m_what(style::label("badstrong")), m_rest(style::label("smalltext")),
      m_close(style::iconButton(QStringLiteral("cross"), {})) {
    setObjectName(QStringLiteral("banner"));
    QWidget::setProperty("surface", QStringLiteral("bad"));
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(16, 6, 8, 6);
    row->setSpacing(12);
    row->addWidget(style::iconLabel(QStringLiteral("warn"), "bad", 18), 0, Qt::AlignTop);
    auto* texts = new QVBoxLayout;
    texts->setSpacing(0);
    m_what->setObjectName(QStringLiteral("banner.what"));
    m_rest->setObjectName(QStringLiteral("banner.rest"));
    m_what->setWordWrap(true);
    m_rest->setWordWrap(true);
    texts->addWidget(m_what);
    texts->addWidget(m_rest);
    row->addLayout(texts, 1);
    m_close->setObjectName(QStringLiteral("banner.close"));
    row->addWidget(m_close, 0, Qt::AlignTop);
    connect(m_close, &QToolButton::clicked, this, &Banner::clear);
    hide();
}

void Banner::showError(const base::Error& error) {
    m_error = error;
    retranslate();
    show();
    QAccessibleEvent alert(this, QAccessible::Alert);
    QAccessible::updateAccessibility(&alert);
}

void Banner::clear() {
    m_error.reset();
    hide();
}

void Banner::retranslate() {
    m_close->setToolTip(tr("Close this message"));
    m_close->setAccessibleName(m_close->toolTip());
    if (m_error) {
        const text::ErrorSentence sentence = text::sentence(*m_error);
        m_what->setText(sentence.what);
        m_rest->setText(QStringLiteral("%1 %2").arg(sentence.safe, sentence.todo));
        setAccessibleName(sentence.what);
    }
}

void Banner::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
    }
    QFrame::changeEvent(event);
}

} // namespace kamei::ui::shell
