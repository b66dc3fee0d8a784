#include "ui/screens/work/RulePopup.h"

#include <QGridLayout>
#include <QGuiApplication>
#include <QLabel>
#include <QScreen>
#include <algorithm>

#include "ui/style/Badges.h"
#include "ui/style/Widgets.h"
#include "ui/text/Words.h"

namespace kamei::ui::screens::work {

QPoint insideScreen(const QPoint& globalAt, const QSize& size) {
    const QScreen* screen = QGuiApplication::screenAt(globalAt);
    const QRect area = (screen == nullptr ? QGuiApplication::primaryScreen() : screen)->availableGeometry();
    return {std::clamp(globalAt.x(), area.left(), std::max(area.left(), area.right() - size.width())),
            std::clamp(globalAt.y(), area.top(), std::max(area.top(), area.bottom() - size.height()))};
}

RulePopup::RulePopup(const guideline::Rule& rule, QWidget* parent) : QFrame(parent, Qt::Popup) {
    setAttribute(Qt::WA_DeleteOnClose);
    setObjectName(QStringLiteral("rulePopup"));
    setProperty("surface", QStringLiteral("card"));
    auto* grid = new QGridLayout(this);
    grid->setContentsMargins(16, 12, 16, 12);
    grid->setHorizontalSpacing(12);
    grid->setVerticalSpacing(6);
    auto* title = style::label("heading", tr("Guideline %1").arg(text::fromUtf8(rule.section)));
    grid->addWidget(title, 0, 0, 1, 2);
    int row = 1;
    const auto add = [&](const QString& name, QWidget* value) {
        grid->addWidget(style::label("small", name), row, 0, Qt::AlignTop);
        grid->addWidget(value, row++, 1, Qt::AlignLeft);
    };
    const auto words = [&](const QString& name, const QString& value) {
        if (!value.isEmpty() && value != QLatin1String("-")) {
            auto* label = style::label("smalltext", value);
            label->setWordWrap(true);
            label->setMinimumWidth(260);
            label->setTextInteractionFlags(Qt::TextSelectableByMouse);
            add(name, label);
        }
    };
    words(tr("Item"), text::fromUtf8(rule.itemJa) + QStringLiteral(" / ") + text::fromUtf8(rule.itemEn));
    words(tr("Attribute"), text::fromUtf8(rule.locator));
    auto* category = new style::Badge;
    category->showCategory(rule.category);
    auto* categoryRow = new QWidget;
    auto* categoryLayout = new QHBoxLayout(categoryRow);
    categoryLayout->setContentsMargins(0, 0, 0, 0);
    categoryLayout->addWidget(category);
    categoryLayout->addWidget(style::label("smalltext", text::categoryName(rule.category)));
    add(tr("Category"), categoryRow);
    auto* pill = new style::Badge;
    pill->showPill(rule.requirement);
    add(tr("Requirement"), pill);
    words(tr("Asked for"), text::fromUtf8(rule.actionText));
    words(tr("Rule"), text::fromUtf8(rule.id));
}

void RulePopup::openAt(const QPoint& globalAt) {
    adjustSize();
    move(insideScreen(globalAt, size()));
    QWidget::show();
}

} // namespace kamei::ui::screens::work
