#include "ui/style/Widgets.h"

#include <QAction>
#include <QButtonGroup>
#include <QHBoxLayout>
#include <QPainter>
#include <QStyle>
#include <QStyleOption>
#include <QVariant>
#include <algorithm>

#include "ui/style/Icon.h"
#include "ui/style/Theme.h"

namespace kamei::ui::style {
namespace {

QColor tokenNamed(const QString& name) {
    const Tokens& t = tokens();
    if (name == QLatin1String("text2")) {
        return t.text2;
    }
    if (name == QLatin1String("text3")) {
        return t.text3;
    }
    if (name == QLatin1String("bad")) {
        return t.bad;
    }
    if (name == QLatin1String("warn")) {
        return t.warn;
    }
    if (name == QLatin1String("ok")) {
        return t.ok;
    }
    if (name == QLatin1String("accent")) {
        return t.accent;
    }
    return t.text;
}

/// A label that draws one icon sharply at every scale.
class IconLabel final : public QLabel {
public:
    IconLabel(QString icon, QString colour, int size, QWidget* parent)
        : QLabel(parent), m_icon(std::move(icon)), m_colour(std::move(colour)), m_size(size) {
        setFixedSize(m_size, m_size);
        connect(&Theme::instance(), &Theme::changed, this, [this] { update(); });
    }

protected:
    void paintEvent(QPaintEvent*) override {
        QPainter painter(this);
        drawIcon(painter, rect(), m_icon, isEnabled() ? tokenNamed(m_colour) : tokens().disabled);
    }

private:
    QString m_icon;
    QString m_colour;
    int m_size;
};

QFrame* head(const char* kind, int height, QLabel* title, QHBoxLayout** row, QWidget* parent) {
    QFrame* frame = surface(kind, parent);
    frame->setFixedHeight(Theme::instance().px(height));
    auto* layout = new QHBoxLayout(frame);
    layout->setContentsMargins(12, 0, 12, 0);
    layout->setSpacing(8);
    layout->addWidget(title);
    layout->addStretch(1);
    if (row != nullptr) {
        *row = layout;
    }
    return frame;
}

} // namespace

QLabel* label(const char* role, const QString& text, QWidget* parent) {
    auto* label = new QLabel(text, parent);
    label->setProperty("role", QLatin1String(role));
    return label;
}

ElidedLabel::ElidedLabel(const char* role, QWidget* parent) : QLabel(parent) {
    QWidget::setProperty("role", QLatin1String(role));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
}

QSize ElidedLabel::minimumSizeHint() const {
    return {fontMetrics().horizontalAdvance(QStringLiteral("…")), QLabel::minimumSizeHint().height()};
}

void ElidedLabel::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    const QString shown = fontMetrics().elidedText(text(), Qt::ElideRight, contentsRect().width());
    setToolTip(shown == text() ? QString() : text());
    QStyleOption option;
    option.initFrom(this);
    style()->drawItemText(&painter, contentsRect(), static_cast<int>(alignment() | Qt::TextSingleLine),
                          palette(), isEnabled(), shown, foregroundRole());
}

QPushButton* button(const char* kind, const QString& text, const QString& icon, QWidget* parent) {
    auto* made = new QPushButton(text, parent);
    made->setProperty("kind", QLatin1String(kind));
    // A dialog's default button is named by the dialog.
    made->setAutoDefault(false);
    if (QLatin1String(kind) == QLatin1String("link")) {
        made->setCursor(Qt::PointingHandCursor);
    }
    if (!icon.isEmpty()) {
        setThemedIcon(made, icon);
    }
    return made;
}

QToolButton* iconButton(const QString& icon, const QString& name, QWidget* parent) {
    auto* made = new QToolButton(parent);
    made->setProperty("kind", QStringLiteral("icon"));
    made->setToolTip(name);
    made->setAccessibleName(name);
    setThemedIcon(made, icon);
    return made;
}

/// Whether a widget lies on the ground of pictures, which is dark in every theme.
static bool onViewer(const QWidget* widget) {
    for (; widget != nullptr; widget = widget->parentWidget()) {
        const QString surface = widget->property("surface").toString();
        if (!surface.isEmpty()) {
            return surface.startsWith(QLatin1String("viewer"));
        }
    }
    return false;
}

void setThemedIcon(QAbstractButton* button, const QString& icon) {
    const bool first = !button->property("themedIcon").isValid();
    button->setProperty("themedIcon", icon);
    const auto apply = [button] {
        const QString kind = button->property("kind").toString();
        const bool onAccent = kind == QLatin1String("primary") || kind == QLatin1String("final");
        button->setIcon(style::icon(button->property("themedIcon").toString(),
                                    onAccent           ? tokens().onAccent
                                    : onViewer(button) ? Theme::instance().viewer().text
                                                       : QColor()));
        const int size = Theme::instance().px(16);
        // The style leaves 4 px between icon and word; a wider icon box with the drawing at its left makes 6.
        const bool beside =
            qobject_cast<QPushButton*>(button) != nullptr && button->layoutDirection() == Qt::LeftToRight;
        button->setIconSize(QSize(beside ? size + 2 : size, size));
    };
    apply();
    if (first) {
        QObject::connect(&Theme::instance(), &Theme::changed, button, apply);
    }
}

void bind(QPushButton* button, QAction* action) {
    const auto follow = [button, action] {
        button->setEnabled(action->isEnabled());
        QString text = action->text();
        button->setText(text.remove(QLatin1Char('&')));
    };
    follow();
    QObject::connect(action, &QAction::changed, button, follow);
    QObject::connect(button, &QPushButton::clicked, action, &QAction::trigger);
}

QFrame* surface(const char* kind, QWidget* parent) {
    auto* frame = new QFrame(parent);
    frame->setProperty("surface", QLatin1String(kind));
    return frame;
}

QFrame* sectionHead(QLabel* title, QHBoxLayout** row, QWidget* parent) {
    return head("section", 28, title, row, parent);
}

QFrame* panelHead(QLabel* title, QHBoxLayout** row, QWidget* parent) {
    return head("bar", 40, title, row, parent);
}

QFrame* horizontalLine(QWidget* parent) {
    auto* line = new QFrame(parent);
    line->setProperty("line", QStringLiteral("h"));
    return line;
}

QLabel* iconLabel(const QString& icon, const char* colour, int size, QWidget* parent) {
    return new IconLabel(icon, QString::fromLatin1(colour), Theme::instance().px(size), parent);
}

KeyCap::KeyCap(const QString& key, QWidget* parent) : QWidget(parent), m_key(key) {
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setAccessibleName(key);
}

QSize KeyCap::sizeHint() const {
    const QFontMetrics metrics(Theme::instance().font(Type::Note, true));
    const int height = Theme::instance().px(18);
    return {std::max(height, metrics.horizontalAdvance(m_key) + 10), height};
}

void KeyCap::paintEvent(QPaintEvent*) {
    const Theme& theme = Theme::instance();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(tokens().control);
    painter.setBrush(tokens().panel);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 3, 3);
    painter.setPen(tokens().text);
    painter.setFont(theme.font(Type::Note, true));
    painter.drawText(rect(), Qt::AlignCenter, m_key);
}

Segments::Segments(QWidget* parent)
    : QWidget(parent), m_row(new QHBoxLayout(this)), m_group(new QButtonGroup(this)) {
    m_row->setContentsMargins(0, 0, 0, 0);
    m_row->setSpacing(0);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    connect(m_group, &QButtonGroup::idClicked, this, &Segments::chosen);
}

QToolButton* Segments::add(const QString& text, const QString& icon) {
    auto* choice = new QToolButton(this);
    choice->setText(text);
    choice->setCheckable(true);
    choice->setToolButtonStyle(icon.isEmpty() ? Qt::ToolButtonTextOnly : Qt::ToolButtonTextBesideIcon);
    if (!icon.isEmpty()) {
        setThemedIcon(choice, icon);
    }
    const int id = static_cast<int>(m_group->buttons().size());
    m_group->addButton(choice, id);
    m_row->addWidget(choice);
    choice->setChecked(id == 0);
    shape();
    return choice;
}

void Segments::shape() {
    auto all = m_group->buttons();
    all.removeIf([](const QAbstractButton* choice) {
        return choice->isHidden() && choice->testAttribute(Qt::WA_WState_ExplicitShowHide);
    });
    for (qsizetype at = 0; at < all.size(); ++at) {
        const bool first = at == 0;
        const bool last = at + 1 == all.size();
        style::setProperty(all[at], "segment",
                           first && last ? "only"
                           : first       ? "first"
                           : last        ? "last"
                                         : "middle");
    }
}

void Segments::setShown(int id, bool shown) {
    if (auto* choice = m_group->button(id)) {
        choice->setVisible(shown);
        shape();
    }
}

void Segments::setText(int id, const QString& text) {
    if (auto* choice = m_group->button(id)) {
        choice->setText(text);
    }
}

int Segments::current() const {
    return m_group->checkedId();
}

void Segments::setCurrent(int id) {
    if (auto* choice = m_group->button(id)) {
        choice->setChecked(true);
    }
}

void setProperty(QWidget* widget, const char* name, const QVariant& value) {
    if (widget->property(name) == value) {
        return;
    }
    widget->setProperty(name, value);
    widget->style()->unpolish(widget);
    widget->style()->polish(widget);
    widget->update();
}

} // namespace kamei::ui::style
