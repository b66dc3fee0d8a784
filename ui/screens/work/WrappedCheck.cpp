#include "ui/screens/work/WrappedCheck.h"

#include <QPainter>
#include <QStyleOptionButton>
#include <algorithm>

#include "ui/style/Theme.h"

namespace kamei::ui::screens::work {
namespace {

constexpr int kWrap = static_cast<int>(Qt::AlignLeft | Qt::AlignVCenter) | Qt::TextWordWrap;
constexpr int kTall = 10000;

} // namespace

WrappedCheck::WrappedCheck(QWidget* parent) : QCheckBox(parent) {
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Minimum);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

int WrappedCheck::wordsLeft() const {
    QStyleOptionButton option;
    initStyleOption(&option);
    return style()->subElementRect(QStyle::SE_CheckBoxIndicator, &option, this).right() + 1 +
           style::Theme::instance().px(8);
}

QSize WrappedCheck::minimumSizeHint() const {
    return {style::Theme::instance().px(120), QCheckBox::sizeHint().height()};
}

QSize WrappedCheck::sizeHint() const {
    return {wordsLeft() + fontMetrics().horizontalAdvance(text()) + 2, QCheckBox::sizeHint().height()};
}

int WrappedCheck::heightForWidth(int width) const {
    const QRect words(0, 0, std::max(1, width - wordsLeft()), kTall);
    return std::max(QCheckBox::sizeHint().height(),
                    fontMetrics().boundingRect(words, kWrap, text()).height());
}

bool WrappedCheck::hitButton(const QPoint& position) const {
    return rect().contains(position);
}

void WrappedCheck::paintEvent(QPaintEvent*) {
    QStyleOptionButton option;
    initStyleOption(&option);
    QPainter painter(this);
    QStyleOptionButton box = option;
    box.rect = style()->subElementRect(QStyle::SE_CheckBoxIndicator, &option, this);
    style()->drawPrimitive(QStyle::PE_IndicatorCheckBox, &box, &painter, this);
    painter.setPen(isEnabled() ? style::tokens().text : style::tokens().disabled);
    painter.drawText(rect().adjusted(wordsLeft(), 0, 0, 0), kWrap, text());
}

} // namespace kamei::ui::screens::work
