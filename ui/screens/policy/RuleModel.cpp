#include "ui/screens/policy/RuleModel.h"

#include "ui/style/Icon.h"
#include "ui/style/Theme.h"
#include "ui/text/Words.h"

namespace kamei::ui::screens::policy {
namespace {

QString dataName(const std::string& type) {
    if (type == "clinical_text") {
        return RuleModel::tr("Clinical text");
    }
    if (type == "physiology") {
        return RuleModel::tr("Physiology");
    }
    if (type == "dicom") {
        return QStringLiteral("DICOM");
    }
    if (type == "image_content") {
        return RuleModel::tr("Pictures");
    }
    return type == "genetic" ? RuleModel::tr("Genome") : RuleModel::tr("Any");
}

} // namespace

void RuleModel::show(const guideline::RuleTable* rules, const model::Policy& policy) {
    const bool sameRows = rules == m_rules && rules != nullptr && policy.overrides == m_policy.overrides;
    if (sameRows) {
        m_policy = policy;
        return;
    }
    std::vector<Row> rows;
    if (rules != nullptr) {
        for (const guideline::Rule& rule : rules->rules()) {
            rows.push_back({rule.id, &rule});
        }
        for (const auto& [id, row] : policy.overrides) {
            if (rules->find(id) == nullptr) {
                rows.push_back({id, nullptr});
            }
        }
    }
    if (rows.size() == m_rows.size() && rules == m_rules) {
        m_policy = policy;
        m_rows = std::move(rows);
        emit dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
        return;
    }
    beginResetModel();
    m_rules = rules;
    m_policy = policy;
    m_rows = std::move(rows);
    endResetModel();
}

const RuleModel::Row* RuleModel::row(int at) const {
    return at < 0 || at >= static_cast<int>(m_rows.size()) ? nullptr : &m_rows[static_cast<std::size_t>(at)];
}

bool RuleModel::locked(const Row& row) {
    return row.rule != nullptr && row.rule->requirement == model::Requirement::Required;
}

int RuleModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int RuleModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : ColumnCount;
}

QString RuleModel::textOf(const Row& row, int column) const {
    const auto site = m_policy.overrides.find(row.id);
    switch (column) {
    case Item:
        return row.rule == nullptr ? text::fromUtf8(row.id) : text::ruleName(*row.rule);
    case Data:
        return row.rule == nullptr ? QStringLiteral("DICOM") : dataName(row.rule->dataType);
    case Need:
        return row.rule == nullptr ? QString() : text::requirementName(row.rule->requirement);
    case Section:
        return row.rule == nullptr ? QStringLiteral("PS3.15") : text::fromUtf8(row.rule->section);
    case Site:
        return site == m_policy.overrides.end() ? tr("as the policy") : text::actionName(site->second.action);
    default:
        return site == m_policy.overrides.end() ? QString() : text::fromUtf8(site->second.reason);
    }
}

QVariant RuleModel::data(const QModelIndex& index, int role) const {
    const Row* at = row(index.row());
    if (at == nullptr) {
        return {};
    }
    const bool site = m_policy.overrides.contains(at->id);
    switch (role) {
    case Qt::DisplayRole:
    case Qt::ToolTipRole:
        return textOf(*at, index.column());
    case Qt::AccessibleTextRole:
        return index.column() == Need && locked(*at) ? tr("%1, cannot be switched off").arg(textOf(*at, Need))
                                                     : textOf(*at, index.column());
    case Qt::DecorationRole:
        return index.column() == Need && locked(*at)
                   ? QVariant(style::icon(QStringLiteral("lock"), style::tokens().text2))
                   : QVariant();
    case Qt::FontRole:
        return style::Theme::instance().font(style::Type::Table, site && index.column() == Site);
    case Qt::ForegroundRole:
        return index.column() == Site && !site ? QVariant(style::tokens().text3) : QVariant();
    default:
        return {};
    }
}

QVariant RuleModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) {
        return {};
    }
    switch (section) {
    case Item:
        return tr("Item");
    case Data:
        return tr("Data");
    case Need:
        return tr("Need");
    case Section:
        return tr("Source");
    case Site:
        return tr("Rule of the site");
    default:
        return tr("Reason");
    }
}

} // namespace kamei::ui::screens::policy
