#include "ui/screens/audit/AuditModel.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QJsonDocument>
#include <QJsonObject>
#include <array>
#include <utility>

#include "ui/style/Theme.h"
#include "ui/text/Words.h"

namespace kamei::ui::screens {
namespace {

QString detailName(const QString& key) {
    static constexpr std::array<std::pair<const char*, const char*>, 42> kNames{{
        {"count", QT_TRANSLATE_NOOP("AuditDetails", "candidates")},
        {"assets", QT_TRANSLATE_NOOP("AuditDetails", "data")},
        {"asset", QT_TRANSLATE_NOOP("AuditDetails", "data no.")},
        {"finding", QT_TRANSLATE_NOOP("AuditDetails", "candidate no.")},
        {"findings", QT_TRANSLATE_NOOP("AuditDetails", "numbers")},
        {"findings-added", QT_TRANSLATE_NOOP("AuditDetails", "new candidates")},
        {"files", QT_TRANSLATE_NOOP("AuditDetails", "files")},
        {"sources", QT_TRANSLATE_NOOP("AuditDetails", "files")},
        {"problems", QT_TRANSLATE_NOOP("AuditDetails", "unreadable")},
        {"residuals", QT_TRANSLATE_NOOP("AuditDetails", "residuals")},
        {"state", QT_TRANSLATE_NOOP("AuditDetails", "decision")},
        {"action", QT_TRANSLATE_NOOP("AuditDetails", "action")},
        {"policy", QT_TRANSLATE_NOOP("AuditDetails", "rules")},
        {"schema", QT_TRANSLATE_NOOP("AuditDetails", "version")},
        {"subject", QT_TRANSLATE_NOOP("AuditDetails", "subject no.")},
        {"until", QT_TRANSLATE_NOOP("AuditDetails", "until")},
        {"sha256", QT_TRANSLATE_NOOP("AuditDetails", "SHA-256")},
        {"shown", QT_TRANSLATE_NOOP("AuditDetails", "shown")},
        {"total", QT_TRANSLATE_NOOP("AuditDetails", "of")},
        {"residual-files", QT_TRANSLATE_NOOP("AuditDetails", "with residuals")},
        {"keep-deleted-information", QT_TRANSLATE_NOOP("AuditDetails", "deleted information kept")},
        {"sheet", QT_TRANSLATE_NOOP("AuditDetails", "digest of the texts")},
        {"policy-digest", QT_TRANSLATE_NOOP("AuditDetails", "digest of the rules")},
        {"by-name", QT_TRANSLATE_NOOP("AuditDetails", "joined by name")},
        {"by-folder", QT_TRANSLATE_NOOP("AuditDetails", "joined by folder")},
        {"manifest", QT_TRANSLATE_NOOP("AuditDetails", "manifest")},
        {"reason", QT_TRANSLATE_NOOP("AuditDetails", "digest of the reason")},
        {"detail", QT_TRANSLATE_NOOP("AuditDetails", "digest of the change")},
        {"known", QT_TRANSLATE_NOOP("AuditDetails", "known identifiers")},
        {"key", QT_TRANSLATE_NOOP("AuditDetails", "key")},
        {"signed-with", QT_TRANSLATE_NOOP("AuditDetails", "signed with")},
        {"decisions", QT_TRANSLATE_NOOP("AuditDetails", "digest of the decisions")},
        {"seen", QT_TRANSLATE_NOOP("AuditDetails", "on the screen")},
        {"note", QT_TRANSLATE_NOOP("AuditDetails", "digest of the note")},
        {"overruled", QT_TRANSLATE_NOOP("AuditDetails", "kept though required")},
        {"person", QT_TRANSLATE_NOOP("AuditDetails", "digest of the person")},
        {"state-digest", QT_TRANSLATE_NOOP("AuditDetails", "digest of the state")},
        {"seed", QT_TRANSLATE_NOOP("AuditDetails", "seed")},
        {"population", QT_TRANSLATE_NOOP("AuditDetails", "drawn from")},
        {"size", QT_TRANSLATE_NOOP("AuditDetails", "size")},
        {"position", QT_TRANSLATE_NOOP("AuditDetails", "place in the sample")},
        {"judgement", QT_TRANSLATE_NOOP("AuditDetails", "judgement")},
    }};
    for (const auto& [word, name] : kNames) {
        if (key == QLatin1String(word)) {
            return QCoreApplication::translate("AuditDetails", name);
        }
    }
    return key;
}

QString valueText(const QString& key, const QJsonValue& value) {
    if (value.isDouble()) {
        return text::number(value.toInteger());
    }
    if (value.isBool()) {
        return value.toBool() ? QStringLiteral("✓") : QStringLiteral("–");
    }
    const QString words = value.toString();
    if (key == QLatin1String("state")) {
        if (const auto state = model::decisionStateFromWord(words.toStdString())) {
            return text::stateName(*state);
        }
    }
    if (key == QLatin1String("action")) {
        if (const auto action = model::actionFromWord(words.toStdString())) {
            return text::actionName(*action);
        }
    }
    // Digests are long; their beginning is enough to compare by eye.
    return words.size() == 64 ? words.left(8) + QChar(0x2026) : words;
}

} // namespace

QString detailsText(const std::string& json) {
    const QJsonObject object = QJsonDocument::fromJson(QByteArray::fromStdString(json)).object();
    QStringList parts;
    for (auto it = object.begin(); it != object.end(); ++it) {
        parts.append(QStringLiteral("%1 %2").arg(detailName(it.key()), valueText(it.key(), it.value())));
    }
    return parts.join(QStringLiteral(" · "));
}

void AuditModel::show(std::vector<job::AuditRow> rows) {
    beginResetModel();
    m_rows = std::move(rows);
    endResetModel();
}

void AuditModel::append(std::vector<job::AuditRow> rows) {
    if (rows.empty()) {
        return;
    }
    const int first = static_cast<int>(m_rows.size());
    beginInsertRows({}, first, first + static_cast<int>(rows.size()) - 1);
    m_rows.insert(m_rows.end(), std::make_move_iterator(rows.begin()), std::make_move_iterator(rows.end()));
    endInsertRows();
}

int AuditModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int AuditModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : Columns;
}

QVariant AuditModel::data(const QModelIndex& index, int role) const {
    const job::AuditRow& row = m_rows[static_cast<std::size_t>(index.row())];
    if (role == Qt::FontRole && (index.column() == Time || index.column() == Hash)) {
        return style::Theme::instance().monoFont();
    }
    if (role == Qt::TextAlignmentRole && index.column() == Number) {
        return static_cast<int>(Qt::AlignRight | Qt::AlignVCenter);
    }
    if (role == Qt::ToolTipRole) {
        return index.column() == Hash    ? text::fromUtf8(row.hash)
               : index.column() == About ? detailsText(row.details)
                                         : QVariant();
    }
    if (role != Qt::DisplayRole) {
        return {};
    }
    switch (index.column()) {
    case Time:
        return QDateTime::fromMSecsSinceEpoch(row.at).toString(QStringLiteral("yyyy-MM-dd HH:mm:ss"));
    case Who:
        return row.by.empty() ? tr("(no name)") : text::fromUtf8(row.by);
    case Action:
        return text::auditEventName(text::fromUtf8(row.event));
    case About:
        return detailsText(row.details);
    case Hash:
        return text::fromUtf8(row.hash).left(4) + QChar(0x2026) + text::fromUtf8(row.hash).right(2);
    case Number:
        return text::number(row.number);
    default:
        return {};
    }
}

QVariant AuditModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || (role != Qt::DisplayRole && role != Qt::ToolTipRole)) {
        return {};
    }
    switch (section) {
    case Time:
        return tr("Time");
    case Who:
        return tr("Who");
    case Action:
        return tr("What");
    case About:
        return tr("About");
    case Hash:
        return tr("Hash of the entry");
    case Number:
        return tr("No.");
    default:
        return {};
    }
}

void AuditModel::retranslate() {
    emit headerDataChanged(Qt::Horizontal, 0, Columns - 1);
    if (!m_rows.empty()) {
        emit dataChanged(index(0, 0), index(rowCount() - 1, Columns - 1));
    }
}

} // namespace kamei::ui::screens
