#include "ui/screens/confirm/ConfirmListModel.h"

#include <QPainter>
#include <algorithm>

#include "ui/style/Badges.h"
#include "ui/style/Icon.h"
#include "ui/style/Theme.h"
#include "ui/text/TitleWords.h"
#include "ui/text/Words.h"

namespace kamei::ui::screens::confirm {
namespace {

style::Sign signOf(ConfirmRow::Status status) {
    switch (status) {
    case ConfirmRow::Status::Confirmed:
        return style::Sign::Confirmed;
    case ConfirmRow::Status::SentBack:
        return style::Sign::SentBack;
    case ConfirmRow::Status::Stale:
        return style::Sign::Blocked;
    case ConfirmRow::Status::Waiting:
        break;
    }
    return style::Sign::Open;
}

} // namespace

ConfirmListModel::ConfirmListModel(QObject* parent) : QAbstractListModel(parent) {}

void ConfirmListModel::setRows(std::vector<ConfirmRow> rows) {
    beginResetModel();
    m_rows = std::move(rows);
    endResetModel();
}

QModelIndex ConfirmListModel::indexOf(base::AssetId asset) const {
    const auto found =
        std::ranges::find_if(m_rows, [asset](const ConfirmRow& r) { return r.row.asset.id == asset; });
    return found == m_rows.end() ? QModelIndex() : index(static_cast<int>(found - m_rows.begin()));
}

int ConfirmListModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

QVariant ConfirmListModel::data(const QModelIndex& index, int role) const {
    const ConfirmRow& row = m_rows.at(static_cast<std::size_t>(index.row()));
    const QString title = text::assetTitle(row.row.asset);
    switch (role) {
    case Qt::DisplayRole:
        return QString(row.subject + QStringLiteral(" ") + title);
    case Qt::AccessibleTextRole:
        return QString(row.subject + QStringLiteral(" ") + title + QStringLiteral(", ") +
                       style::signName(signOf(row.status)) + QStringLiteral(", ") + row.note);
    case AssetRole:
        return QVariant::fromValue<qint64>(row.row.asset.id.value);
    case StatusRole:
        return static_cast<int>(row.status);
    case ForMeRole:
        return row.forMe;
    case NoteRole:
        return row.note;
    case TitleRole:
        return title;
    case SubjectRole:
        return row.subject;
    case KindRole:
        return text::kindIcon(row.row.asset.kind);
    default:
        return {};
    }
}

void ConfirmDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                            const QModelIndex& index) const {
    const style::Tokens& look = style::tokens();
    const style::Theme& theme = style::Theme::instance();
    const QRect area = option.rect;
    painter->save();
    if (option.state.testFlag(QStyle::State_Selected)) {
        painter->fillRect(area, look.selection);
        painter->fillRect(QRect(area.left(), area.top(), 3, area.height()), look.accent);
    }
    painter->setPen(look.line);
    painter->drawLine(area.bottomLeft(), area.bottomRight());
    const auto status = static_cast<ConfirmRow::Status>(index.data(ConfirmListModel::StatusRole).toInt());
    style::drawSign(*painter, QRectF(area.left() + 12, area.top(), 18, area.height()), signOf(status));
    style::drawIcon(*painter, QRectF(area.left() + 36, area.top() + (area.height() - 16) / 2.0, 16, 16),
                    index.data(ConfirmListModel::KindRole).toString(), look.text);
    const int left = area.left() + 62;
    const int width = area.right() - left - 10;
    const int half = area.height() / 2;
    painter->setFont(theme.font(style::Type::Base, option.state.testFlag(QStyle::State_Selected)));
    painter->setPen(look.text);
    const QString subject = index.data(ConfirmListModel::SubjectRole).toString();
    const QString first = subject.isEmpty() ? index.data(ConfirmListModel::TitleRole).toString()
                                            : subject + QStringLiteral("　") +
                                                  index.data(ConfirmListModel::TitleRole).toString();
    painter->drawText(QRect(left, area.top() + 2, width, half), Qt::AlignVCenter | Qt::AlignLeft,
                      painter->fontMetrics().elidedText(first, Qt::ElideRight, width));
    painter->setFont(theme.font(style::Type::Note));
    painter->setPen(status == ConfirmRow::Status::Stale ? look.bad : look.text2);
    painter->drawText(QRect(left, area.top() + half - 2, width, half), Qt::AlignVCenter | Qt::AlignLeft,
                      painter->fontMetrics().elidedText(index.data(ConfirmListModel::NoteRole).toString(),
                                                        Qt::ElideRight, width));
    painter->restore();
}

QSize ConfirmDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex&) const {
    return {option.rect.width(), style::Theme::instance().px(44)};
}

} // namespace kamei::ui::screens::confirm
