#include "ui/screens/people/AssignBox.h"

#include <QAbstractItemView>
#include <QComboBox>
#include <QCompleter>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

#include "ui/style/Widgets.h"
#include "ui/text/Words.h"

namespace kamei::ui::screens {
namespace {

// Beside the ids of people, which are above 0.
constexpr qlonglong kNobody = 0;
constexpr qlonglong kNew = -1;

QString personWords(const PeopleData::Person& person) {
    QStringList words{text::subjectName(person.row.number)};
    if (!person.hint.names.empty()) {
        words << evidenceValue("name", person.hint.names.front());
    }
    words << evidenceValue("birth-date", person.hint.birthDate) << text::fromUtf8(person.hint.patientId);
    words.removeAll(QString());
    return words.join(QStringLiteral("  "));
}

} // namespace

AssignBox::AssignBox(const QString& name, QWidget* parent)
    : QWidget(parent), m_person(new QComboBox), m_assign(style::button("")) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(8);
    m_person->setObjectName(name + QStringLiteral(".person"));
    m_person->setEditable(true);
    m_person->setInsertPolicy(QComboBox::NoInsert);
    m_person->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_person->completer()->setCompletionMode(QCompleter::PopupCompletion);
    m_person->completer()->setFilterMode(Qt::MatchContains);
    m_assign->setObjectName(name + QStringLiteral(".do"));
    column->addWidget(m_person);
    column->addWidget(m_assign);
    connect(m_person, &QComboBox::editTextChanged, this, &AssignBox::showButton);
    connect(m_person, &QComboBox::currentIndexChanged, this, &AssignBox::showButton);
    connect(m_assign, &QPushButton::clicked, this, &AssignBox::asked);
    retranslate();
}

void AssignBox::setPeople(const PeopleData* known, base::SubjectId from) {
    const QVariant before = from == m_from ? m_person->itemData(chosen()) : QVariant();
    m_data = known;
    m_from = from;
    const QSignalBlocker quiet(m_person);
    m_person->clear();
    m_person->addItem(tr("A new person"), kNew);
    if (from.valid()) {
        m_person->addItem(tr("Nobody known"), kNobody);
    }
    if (known != nullptr) {
        for (const auto& [id, person] : known->people) {
            if (id != from) {
                m_person->addItem(personWords(person), static_cast<qlonglong>(id.value));
            }
        }
    }
    // Of nobody's data nothing is likely: somebody has to say whose they are.
    const int same = before.isValid() ? m_person->findData(before) : -1;
    m_person->setCurrentIndex(same >= 0 ? same : from.valid() ? 0 : -1);
    if (m_person->currentIndex() < 0) {
        m_person->clearEditText();
    }
    showButton();
}

void AssignBox::setAssets(int count, bool writable) {
    m_count = count;
    m_writable = writable;
    showButton();
}

int AssignBox::chosen() const {
    const QString typed = m_person->currentText().trimmed();
    if (typed.isEmpty()) {
        return -1;
    }
    int only = -1;
    for (int row = 0; row < m_person->count(); ++row) {
        if (m_person->itemText(row) == m_person->currentText()) {
            // Two people may be written alike: then the one that was chosen in the list.
            return m_person->itemText(m_person->currentIndex()) == m_person->currentText()
                       ? m_person->currentIndex()
                       : row;
        }
        if (m_person->itemText(row).contains(typed, Qt::CaseInsensitive)) {
            only = only == -1 ? row : -2;
        }
    }
    return only < 0 ? -1 : only;
}

void AssignBox::showButton() {
    const int row = chosen();
    const qlonglong key = row < 0 ? kNew : m_person->itemData(row).toLongLong();
    QString words;
    if (row < 0) {
        words = tr("Assign %n items", nullptr, m_count);
    } else if (key == kNew) {
        words = tr("Assign %n items to a new person", nullptr, m_count);
    } else if (key == kNobody) {
        words = tr("Nobody knows whose these %n items are", nullptr, m_count);
    } else {
        const auto person = m_data->people.find({key});
        words = tr("Assign %n items to %1", nullptr, m_count)
                    .arg(text::subjectName(person == m_data->people.end() ? 0 : person->second.row.number));
    }
    m_assign->setText(words);
    m_assign->setEnabled(m_writable && m_count > 0 && row >= 0);
}

decide::Assign AssignBox::edit(std::vector<base::AssetId> assets, std::string reason) const {
    decide::Assign out{std::move(assets), {}, std::move(reason)};
    const qlonglong key = m_person->itemData(chosen()).toLongLong();
    if (key != kNew) {
        out.to = base::SubjectId{key};
    }
    return out;
}

void AssignBox::retranslate() {
    m_person->setAccessibleName(tr("Whose data these are"));
    m_person->lineEdit()->setPlaceholderText(tr("Whose? Type number, name or birth date"));
    setPeople(m_data, m_from);
}

} // namespace kamei::ui::screens
