#include "ui/screens/audit/SampleModel.h"

#include "ui/style/Icon.h"
#include "ui/style/Theme.h"
#include "ui/text/Words.h"

namespace kamei::ui::screens {

QString judgementName(model::Judgement judgement) {
    switch (judgement) {
    case model::Judgement::None:
        return SampleModel::tr("not yet");
    case model::Judgement::Clean:
        return QStringLiteral("✓ ") + SampleModel::tr("clean");
    case model::Judgement::Leak:
        return QStringLiteral("✕ ") + SampleModel::tr("leak");
    case model::Judgement::Unsure:
        return QStringLiteral("? ") + SampleModel::tr("unsure");
    }
    return {};
}

void SampleModel::show(std::vector<SampleRow> rows) {
    beginResetModel();
    m_rows = std::move(rows);
    endResetModel();
}

const SampleRow* SampleModel::row(const QModelIndex& index) const {
    return index.isValid() ? &m_rows[static_cast<std::size_t>(index.row())] : nullptr;
}

int SampleModel::nextOpen(int from) const {
    const int count = rowCount();
    for (int i = 1; i <= count; ++i) {
        const int at = (from + i + count) % count;
        if (m_rows[static_cast<std::size_t>(at)].item.judgement == model::Judgement::None) {
            return at;
        }
    }
    return -1;
}

int SampleModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int SampleModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : Columns;
}

QVariant SampleModel::data(const QModelIndex& index, int role) const {
    const SampleRow& row = m_rows[static_cast<std::size_t>(index.row())];
    if (role == Qt::FontRole && index.column() == Hash) {
        return style::Theme::instance().monoFont();
    }
    if (role == Qt::ToolTipRole) {
        return index.column() == Hash  ? QString::fromStdString(row.item.sha256.hex())
               : row.item.note.empty() ? row.title
                                       : text::fromUtf8(row.item.note);
    }
    if (role != Qt::DisplayRole) {
        return {};
    }
    switch (index.column()) {
    case Number:
        return text::number(row.item.position);
    case Subject:
        return row.subject;
    case Data:
        return row.title;
    case Hash: {
        const QString hex = QString::fromStdString(row.item.sha256.hex());
        return hex.left(4) + QChar(0x2026) + hex.right(2);
    }
    case Judged:
        return row.item.sentBack ? tr("sent back")
               : row.changed     ? tr("changed since")
                                 : judgementName(row.item.judgement);
    default:
        return {};
    }
}

QVariant SampleModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || (role != Qt::DisplayRole && role != Qt::ToolTipRole)) {
        return {};
    }
    switch (section) {
    case Number:
        return tr("No.");
    case Subject:
        return tr("Subject");
    case Data:
        return tr("Data");
    case Hash:
        return QStringLiteral("SHA-256");
    case Judged:
        return tr("Judgement");
    default:
        return {};
    }
}

void SampleModel::retranslate() {
    emit headerDataChanged(Qt::Horizontal, 0, Columns - 1);
    if (!m_rows.empty()) {
        emit dataChanged(index(0, 0), index(rowCount() - 1, Columns - 1));
    }
}

} // namespace kamei::ui::screens
