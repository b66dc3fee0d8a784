#include "ui/screens/policy/PrivateModel.h"

#include <algorithm>

#include "core/decide/Policies.h"
#include "ui/screens/policy/PolicyWords.h"
#include "ui/style/Theme.h"
#include "ui/text/Words.h"

namespace kamei::ui::screens::policy {

using job::PrivateElement;

void PrivateModel::show(std::vector<PrivateElement> elements) {
    m_found = std::move(elements);
    arrange();
}

void PrivateModel::show(const model::Policy& policy) {
    const bool sameList = policy.privateRules == m_policy.privateRules;
    m_policy = policy;
    if (sameList) {
        if (rowCount() > 0) {
            emit dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
        }
        return;
    }
    arrange();
}

void PrivateModel::arrange() {
    std::vector<PrivateElement> rows = m_found;
    for (const model::PrivateRule& listed : m_policy.privateRules) {
        const bool used = std::ranges::any_of(m_found, [&](const PrivateElement& element) {
            const model::PrivateRule* deciding = rule(element);
            return deciding != nullptr && *deciding == listed;
        });
        if (!used) {
            PrivateElement row;
            row.device = listed.device;
            row.creator = listed.creator;
            row.group = listed.group;
            row.element = listed.element;
            row.place = decide::elementText(listed.group, listed.element);
            rows.push_back(std::move(row));
        }
    }
    // Rows stay where they are as long as there are as many: selection and place are kept.
    if (rows.size() == m_rows.size()) {
        m_rows = std::move(rows);
        if (!m_rows.empty()) {
            emit dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
        }
        return;
    }
    beginResetModel();
    m_rows = std::move(rows);
    endResetModel();
}

const PrivateElement* PrivateModel::element(int row) const {
    return row < 0 || row >= static_cast<int>(m_rows.size()) ? nullptr
                                                             : &m_rows[static_cast<std::size_t>(row)];
}

const model::PrivateRule* PrivateModel::rule(const PrivateElement& element) const {
    return m_policy.privateRule(element.creator, element.group, element.element, element.device);
}

bool PrivateModel::stays(const PrivateElement& element) const {
    const model::PrivateRule* listed = rule(element);
    return m_policy.has("safe-private") && !element.creator.empty() &&
           (listed == nullptr ? element.safeListed : listed->keep);
}

std::vector<model::Device> PrivateModel::devices() const {
    std::vector<model::Device> out;
    for (const PrivateElement& element : m_rows) {
        if (std::ranges::find(out, element.device) == out.end()) {
            out.push_back(element.device);
        }
    }
    return out;
}

int PrivateModel::rowOf(const std::string& creator, const std::string& place) const {
    const auto found = std::ranges::find_if(m_rows, [&](const PrivateElement& element) {
        return element.creator == creator && element.place == place;
    });
    return found == m_rows.end() ? -1 : static_cast<int>(found - m_rows.begin());
}

int PrivateModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int PrivateModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : ColumnCount;
}

QString PrivateModel::textOf(const PrivateElement& element, int column) const {
    switch (column) {
    case Device:
        return deviceName(element.device);
    case Creator:
        return element.creator.empty() ? tr("(no owner)") : text::fromUtf8(element.creator);
    case Place:
        return text::fromUtf8(element.place);
    case Vr:
        return text::fromUtf8(element.vr);
    case Name:
        return element.name.empty() ? tr("(not known)") : text::fromUtf8(element.name);
    case Series:
        return element.series == 0 ? tr("none here") : text::number(element.series);
    case Values: {
        QStringList values;
        for (const std::string& value : element.examples) {
            values.append(text::fromUtf8(value));
        }
        const QString count = element.distinctAtLeast ? tr("%1 or more").arg(text::number(element.distinct))
                                                      : text::number(element.distinct);
        return element.series == 0 ? QString()
                                   : QStringLiteral("%1: %2").arg(count, values.join(QStringLiteral(", ")));
    }
    case Known: {
        QStringList parts;
        if (element.safeListed) {
            parts.append(QStringLiteral("E.3.10-1"));
        }
        if (element.diffusion) {
            parts.append(tr("diffusion"));
        }
        if (element.advice != PrivateElement::Advice::None) {
            parts.append(element.advice == PrivateElement::Advice::Keep ? tr("TCIA keeps")
                                                                        : tr("TCIA removes"));
        }
        return parts.join(QStringLiteral(" · "));
    }
    default: {
        const model::PrivateRule* listed = rule(element);
        const QString what = stays(element) ? tr("Kept") : tr("Removed");
        return listed != nullptr ? tr("%1 (site)").arg(what) : what;
    }
    }
}

QVariant PrivateModel::data(const QModelIndex& index, int role) const {
    const PrivateElement* at = element(index.row());
    if (at == nullptr) {
        return {};
    }
    const bool mono = index.column() == Place || index.column() == Vr;
    switch (role) {
    case Qt::DisplayRole:
    case Qt::ToolTipRole:
    case Qt::AccessibleTextRole:
        return textOf(*at, index.column());
    case Qt::FontRole:
        return mono ? style::Theme::instance().monoFont()
                    : style::Theme::instance().font(style::Type::Table, index.column() == Now && stays(*at));
    case Qt::ForegroundRole:
        if (index.column() == Now) {
            return stays(*at) ? style::tokens().ok : style::tokens().text;
        }
        return index.column() == Name && at->name.empty() ? QVariant(style::tokens().text3) : QVariant();
    case DeviceRole:
        return deviceName(at->device);
    case DiffusionRole:
        return at->diffusion;
    default:
        return {};
    }
}

QVariant PrivateModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) {
        return {};
    }
    switch (section) {
    case Device:
        return tr("Device");
    case Creator:
        return tr("Owner of the block");
    case Place:
        return tr("Element");
    case Vr:
        return tr("VR");
    case Name:
        return tr("Name");
    case Series:
        return tr("Series");
    case Values:
        return tr("Values");
    case Known:
        return tr("Known as");
    default:
        return tr("Now");
    }
}

} // namespace kamei::ui::screens::policy
