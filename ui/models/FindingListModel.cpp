#include "ui/models/FindingListModel.h"

#include <QHash>
#include <algorithm>

#include "core/guideline/Steps.h"
#include "ui/style/Badges.h"
#include "ui/text/Words.h"

namespace kamei::ui::models {
namespace {

using model::DecisionState;
using model::Requirement;

bool isOpen(const model::Finding& finding) {
    return finding.state == DecisionState::Open;
}

int urgencyOf(const model::Finding& finding) {
    if (!isOpen(finding)) {
        return 4;
    }
    return static_cast<int>(finding.requirement); // required, recommended, conditional, none
}

} // namespace

QString spaced(const QString& keyword) {
    QString words;
    for (qsizetype i = 0; i < keyword.size(); ++i) {
        const bool starts =
            i > 0 && keyword[i].isUpper() &&
            (keyword[i - 1].isLower() || (i + 1 < keyword.size() && keyword[i + 1].isLower()));
        if (starts) {
            words += QLatin1Char(' ');
        }
        words += keyword[i];
    }
    return words;
}

QString titleOf(const model::Finding& finding, const guideline::RuleTable* rules) {
    const QString label = text::fromUtf8(finding.label);
    const QString name = text::labelName(finding.label);
    if (name != label) {
        return name;
    }
    if (const guideline::Rule* rule = rules == nullptr ? nullptr : rules->find(finding.rule)) {
        return text::ruleName(*rule);
    }
    return label.isEmpty() ? text::categoryName(finding.category) : spaced(label);
}

bool listsOpen(const FindingFilter& filter, const job::Counts& counts) {
    return (filter.required && counts.openRequired > 0) ||
           (filter.recommended && counts.openRecommended > 0) ||
           (filter.judge && counts.openConditional > 0) || (filter.others && counts.openNone > 0);
}

void FindingListModel::setFindings(std::vector<model::Finding> findings, const guideline::RuleTable* rules) {
    QHash<QString, qint64> sameValue;
    for (const auto& finding : findings) {
        ++sameValue[text::fromUtf8(finding.label) + QChar(u'\0') + text::fromUtf8(finding.text)];
    }
    beginResetModel();
    m_rows.clear();
    m_rows.reserve(findings.size());
    m_counts = {};
    for (auto& finding : findings) {
        FindingRow row;
        row.title = titleOf(finding, rules);
        row.value = text::fromUtf8(finding.text).left(200).simplified();
        row.alike = finding.instances > 1 ? finding.instances
                                          : sameValue.value(text::fromUtf8(finding.label) + QChar(u'\0') +
                                                            text::fromUtf8(finding.text));
        ++m_counts.total;
        if (isOpen(finding)) {
            ++m_counts.open;
            m_counts.required += finding.requirement == Requirement::Required ? 1 : 0;
            m_counts.recommended += finding.requirement == Requirement::Recommended ? 1 : 0;
            m_counts.judge += finding.requirement == Requirement::Conditional ? 1 : 0;
        } else {
            ++m_counts.done;
        }
        row.finding = std::move(finding);
        m_rows.push_back(std::move(row));
    }
    arrange();
    endResetModel();
    emit countsChanged();
}

void FindingListModel::arrange() {
    m_shown.clear();
    for (std::size_t i = 0; i < m_rows.size(); ++i) {
        const model::Finding& finding = m_rows[i].finding;
        const bool listed = [&] {
            if (m_filter.step != 0 &&
                guideline::stepOf(finding.category, finding.requirement) != m_filter.step) {
                return false;
            }
            if (!isOpen(finding)) {
                return m_filter.done;
            }
            switch (finding.requirement) {
            case Requirement::Required:
                return m_filter.required;
            case Requirement::Recommended:
                return m_filter.recommended;
            case Requirement::Conditional:
                return m_filter.judge;
            case Requirement::None:
                break;
            }
            return m_filter.others;
        }();
        if (listed) {
            m_shown.push_back(static_cast<int>(i));
        }
    }
    if (m_order == Order::Urgency) {
        std::stable_sort(m_shown.begin(), m_shown.end(), [this](int a, int b) {
            return urgencyOf(m_rows[static_cast<std::size_t>(a)].finding) <
                   urgencyOf(m_rows[static_cast<std::size_t>(b)].finding);
        });
    }
}

void FindingListModel::setFilter(const FindingFilter& filter) {
    if (filter == m_filter) {
        return;
    }
    beginResetModel();
    m_filter = filter;
    arrange();
    endResetModel();
}

void FindingListModel::setOrder(Order order) {
    if (order == m_order) {
        return;
    }
    beginResetModel();
    m_order = order;
    arrange();
    endResetModel();
}

const FindingRow* FindingListModel::at(const QModelIndex& index) const {
    if (!index.isValid() || index.model() != this || index.row() >= static_cast<int>(m_shown.size())) {
        return nullptr;
    }
    return &m_rows[static_cast<std::size_t>(m_shown[static_cast<std::size_t>(index.row())])];
}

const FindingRow* FindingListModel::find(base::FindingId id) const {
    const auto row = std::find_if(m_rows.begin(), m_rows.end(),
                                  [id](const FindingRow& candidate) { return candidate.finding.id == id; });
    return row == m_rows.end() ? nullptr : &*row;
}

QModelIndex FindingListModel::indexOf(base::FindingId id) const {
    for (std::size_t i = 0; i < m_shown.size(); ++i) {
        if (m_rows[static_cast<std::size_t>(m_shown[i])].finding.id == id) {
            return index(static_cast<int>(i));
        }
    }
    return {};
}

int FindingListModel::nextOpen(int row, bool forward) const {
    for (int i = row; i >= 0 && i < static_cast<int>(m_shown.size()); i += forward ? 1 : -1) {
        if (isOpen(m_rows[static_cast<std::size_t>(m_shown[static_cast<std::size_t>(i)])].finding)) {
            return i;
        }
    }
    return -1;
}

int FindingListModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_shown.size());
}

QVariant FindingListModel::data(const QModelIndex& index, int role) const {
    const FindingRow* row = at(index);
    if (row == nullptr) {
        return {};
    }
    if (role == Qt::DisplayRole) {
        return row->value.isEmpty() ? row->title : row->title + QStringLiteral("　") + row->value;
    }
    if (role == Qt::AccessibleTextRole || role == Qt::ToolTipRole) {
        const model::Finding& finding = row->finding;
        return QStringList{row->title, row->value, text::categoryName(finding.category),
                           text::requirementName(finding.requirement), text::stateName(finding.state)}
            .join(QStringLiteral(", "));
    }
    return {};
}

} // namespace kamei::ui::models
