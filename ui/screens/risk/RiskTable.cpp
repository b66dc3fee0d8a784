#include "ui/screens/risk/RiskTable.h"

#include <QPainter>
#include <algorithm>

#include "ui/style/Theme.h"
#include "ui/text/RiskWords.h"
#include "ui/text/Words.h"

namespace kamei::ui::screens {
namespace {

constexpr std::size_t kPeopleNamed = 3;
/// Classes of this size and below are what somebody has to look at.
constexpr std::int64_t kSmall = 2;

} // namespace

void RiskModel::show(const risk::Analysis& analysis, const std::map<base::SubjectId, Person>& people,
                     bool smallOnly) {
    beginResetModel();
    m_people = people;
    m_groups = analysis.classes;
    if (smallOnly) {
        std::erase_if(m_groups, [](const risk::EquivalenceClass& group) { return group.size > kSmall; });
    }
    m_fields.clear();
    for (const risk::FieldSummary& field : analysis.fields) {
        m_fields.push_back(field.field);
    }
    endResetModel();
}

int RiskModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_groups.size());
}

int RiskModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : stateColumn() + 1;
}

QString RiskModel::peopleOf(const risk::EquivalenceClass& group) const {
    if (group.subjects.size() > kPeopleNamed) {
        return tr("%n people", nullptr, static_cast<int>(group.subjects.size()));
    }
    QStringList names;
    for (const base::SubjectId subject : group.subjects) {
        const auto person = m_people.find(subject);
        names.append(text::subjectName(person != m_people.end() ? person->second.number : 0));
    }
    return names.join(QStringLiteral(", "));
}

bool RiskModel::reasonsFor(const risk::EquivalenceClass& group) const {
    return std::all_of(group.subjects.begin(), group.subjects.end(), [this](base::SubjectId subject) {
        const auto person = m_people.find(subject);
        return person != m_people.end() && !person->second.reason.empty();
    });
}

QVariant RiskModel::data(const QModelIndex& index, int role) const {
    const risk::EquivalenceClass& shown = group(index.row());
    const bool single = shown.size <= 1;
    if (role == SizeRole) {
        return static_cast<qlonglong>(shown.size);
    }
    if (role == SignRole) {
        const style::Sign sign = !single             ? style::Sign::Accepted
                                 : reasonsFor(shown) ? style::Sign::Changed
                                                     : style::Sign::OpenRequired;
        return static_cast<int>(sign);
    }
    if (role == Qt::TextAlignmentRole && index.column() == 0) {
        return static_cast<int>(Qt::AlignRight | Qt::AlignVCenter);
    }
    if (role != Qt::DisplayRole && role != Qt::ToolTipRole) {
        return {};
    }
    if (index.column() == 0) {
        return text::number(shown.size);
    }
    if (index.column() == stateColumn()) {
        return !single ? tr("not singled out") : reasonsFor(shown) ? tr("reason recorded") : tr("open");
    }
    if (index.column() == stateColumn() - 1) {
        return peopleOf(shown);
    }
    const std::string& field = m_fields[static_cast<std::size_t>(index.column() - 1)];
    QStringList values;
    for (const risk::FieldValue& value : shown.values) {
        if (value.field == field) {
            values.append(text::valueName(value));
        }
    }
    if (values.isEmpty()) {
        return QStringLiteral("–");
    }
    const QString words = values.join(QStringLiteral(", "));
    const bool undecided = std::ranges::find(shown.undecided, field) != shown.undecided.end();
    return !undecided                ? words
           : role == Qt::ToolTipRole ? tr("%1 (not decided yet: as processing would leave it)").arg(words)
                                     : words + QStringLiteral(" *");
}

QVariant RiskModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal) {
        return {};
    }
    if (role == Qt::TextAlignmentRole) {
        return static_cast<int>(section == 0 ? Qt::AlignRight | Qt::AlignVCenter
                                             : Qt::AlignLeft | Qt::AlignVCenter);
    }
    if (role != Qt::DisplayRole && role != Qt::ToolTipRole) {
        return {};
    }
    if (section == 0) {
        return tr("People");
    }
    if (section == stateColumn()) {
        return tr("State");
    }
    return section == stateColumn() - 1 ? tr("Subjects")
                                        : text::fieldName(m_fields[static_cast<std::size_t>(section - 1)]);
}

void RiskDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                         const QModelIndex& index) const {
    const style::Theme& theme = style::Theme::instance();
    const style::Tokens& t = theme.tokens();
    painter->save();
    const bool selected = (option.state & QStyle::State_Selected) != 0;
    painter->fillRect(option.rect, selected ? t.selection : t.panel);
    if (selected && index.column() == 0) {
        painter->fillRect(QRect(option.rect.left(), option.rect.top(), 3, option.rect.height()), t.accent);
    }
    painter->fillRect(QRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1), t.line);
    QRect cell = option.rect.adjusted(8, 0, -8, 0);
    const bool bad = index.column() == 0 && index.data(RiskModel::SizeRole).toLongLong() <= 1;
    painter->setFont(theme.font(style::Type::Table, bad));
    painter->setPen(bad ? t.bad : t.text);
    if (index.column() == index.model()->columnCount() - 1) {
        style::drawSign(*painter, cell, static_cast<style::Sign>(index.data(RiskModel::SignRole).toInt()));
        cell.adjust(style::signSize() + 6, 0, 0, 0);
    }
    const int align =
        index.column() == 0 ? Qt::AlignRight | Qt::AlignVCenter : Qt::AlignLeft | Qt::AlignVCenter;
    painter->drawText(
        cell, align,
        painter->fontMetrics().elidedText(index.data().toString(), Qt::ElideRight, cell.width()));
    painter->restore();
}

} // namespace kamei::ui::screens
