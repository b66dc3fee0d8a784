#include "ui/screens/face/FaceListModel.h"

#include <QPainter>
#include <algorithm>

#include "ui/style/Badges.h"
#include "ui/style/Theme.h"

namespace kamei::ui::screens::face {
namespace {

style::Sign signOf(Standing standing) {
    switch (standing) {
    case Standing::Open:
        return style::Sign::Open;
    case Standing::Kept:
        return style::Sign::Accepted;
    case Standing::Removed:
        return style::Sign::Changed;
    case Standing::StillSeen:
        return style::Sign::Blocked;
    case Standing::Excluded:
        return style::Sign::Rejected;
    case Standing::NoFace:
        return style::Sign::Seen;
    }
    return style::Sign::Open;
}

} // namespace

FaceListModel::FaceListModel(QObject* parent) : QAbstractListModel(parent) {}

void FaceListModel::setRows(std::vector<FaceRow> rows) {
    beginResetModel();
    m_rows = std::move(rows);
    sort();
    endResetModel();
}

void FaceListModel::setOrder(Order order) {
    beginResetModel();
    m_order = order;
    sort();
    endResetModel();
}

void FaceListModel::retranslate() {
    if (!m_rows.empty()) {
        emit dataChanged(index(0), index(rowCount() - 1));
    }
}

void FaceListModel::sort() {
    std::ranges::stable_sort(m_rows, [this](const FaceRow& a, const FaceRow& b) {
        if (m_order == Order::OpenFirst && isOpen(a.standing) != isOpen(b.standing)) {
            return isOpen(a.standing);
        }
        if (m_order == Order::ByScore && a.row.score != b.row.score) {
            return a.row.score > b.row.score;
        }
        return std::pair(a.row.subjectNumber, a.row.asset.id.value) <
               std::pair(b.row.subjectNumber, b.row.asset.id.value);
    });
}

QModelIndex FaceListModel::indexOf(base::AssetId asset) const {
    const auto found =
        std::ranges::find_if(m_rows, [asset](const FaceRow& r) { return r.row.asset.id == asset; });
    return found == m_rows.end() ? QModelIndex() : index(static_cast<int>(found - m_rows.begin()));
}

int FaceListModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

QVariant FaceListModel::data(const QModelIndex& index, int role) const {
    const FaceRow& row = m_rows.at(static_cast<std::size_t>(index.row()));
    switch (role) {
    case Qt::DisplayRole:
    case TitleRole:
        return titleOf(row);
    case Qt::ToolTipRole:
        return QString(titleOf(row) + QLatin1Char('\n') + noteOf(row));
    case Qt::AccessibleTextRole:
        return QStringList{titleOf(row), standingName(row.standing), noteOf(row)}.join(QStringLiteral(", "));
    case AssetRole:
        return QVariant::fromValue<qint64>(row.row.asset.id.value);
    case StandingRole:
        return static_cast<int>(row.standing);
    case NoteRole:
        return noteOf(row);
    default:
        return {};
    }
}

void FaceDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                         const QModelIndex& index) const {
    const style::Tokens& look = style::tokens();
    const style::Theme& theme = style::Theme::instance();
    const QRect area = option.rect;
    const bool chosen = option.state.testFlag(QStyle::State_Selected);
    painter->save();
    if (chosen) {
        painter->fillRect(area, look.selection);
        painter->fillRect(QRect(area.left(), area.top(), 3, area.height()), look.accent);
    }
    const auto standing = static_cast<Standing>(index.data(FaceListModel::StandingRole).toInt());
    style::drawSign(*painter, QRectF(area.left() + 12, area.top(), 18, area.height()), signOf(standing));
    const int left = area.left() + theme.px(36);
    const int width = area.right() - left - 8;
    const int half = area.height() / 2;
    const auto line = [&](const QString& words, const QFont& font, const QColor& ink, const QRect& box) {
        painter->setFont(font);
        painter->setPen(ink);
        painter->drawText(box, Qt::AlignVCenter | Qt::AlignLeft,
                          painter->fontMetrics().elidedText(words, Qt::ElideRight, width));
    };
    line(index.data(FaceListModel::TitleRole).toString(), theme.font(style::Type::Base, chosen), look.text,
         QRect(left, area.top() + 3, width, half));
    line(index.data(FaceListModel::NoteRole).toString(), theme.font(style::Type::Note),
         standing == Standing::StillSeen ? look.bad : look.text2,
         QRect(left, area.top() + half - 3, width, half));
    painter->restore();
}

QSize FaceDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex&) const {
    return {option.rect.width(), style::Theme::instance().px(44)};
}

} // namespace kamei::ui::screens::face
