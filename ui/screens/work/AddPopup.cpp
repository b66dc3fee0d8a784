#include "ui/screens/work/AddPopup.h"

#include <QCheckBox>
#include <QKeyEvent>
#include <QLabel>
#include <QListWidget>
#include <QPainter>
#include <QVBoxLayout>

#include "core/detect/text/TextDetector.h"
#include "ui/screens/work/RulePopup.h"
#include "ui/style/Badges.h"
#include "ui/style/Theme.h"
#include "ui/style/Widgets.h"
#include "ui/text/Words.h"

namespace kamei::ui::screens::work {
namespace {

using detect::text::Label;

// The most frequent ones first: what people add by hand are mostly names and places that detection missed.
constexpr Label kLabels[] = {
    Label::PatientName,  Label::FamilyName, Label::ClinicianName, Label::OtherName,  Label::Facility,
    Label::Organization, Label::Address,    Label::Municipality,  Label::PostalCode, Label::Date,
    Label::BirthDate,    Label::Age,        Label::Sex,           Label::Occupation, Label::Phone,
    Label::Email,        Label::Url,        Label::ChartNo,       Label::ExamId,     Label::InsuranceNo,
    Label::MyNumber,     Label::PassportNo, Label::LicenseNo,     Label::PensionNo,  Label::ResidentCode,
    Label::CreditCard,   Label::OtherNo,
};

constexpr model::Category kCategories[] = {
    model::Category::Identifier, model::Category::QuasiIdentifier, model::Category::Code2,
    model::Category::Financial,  model::Category::LinkingCode,     model::Category::Contact,
};

QIcon squareOf(model::Category category, qreal ratio) {
    const int size = style::categorySize();
    QPixmap pixmap(QSize(size, size) * ratio);
    pixmap.setDevicePixelRatio(ratio);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    style::drawCategory(painter, QRectF(0, 0, size, size), category);
    return QIcon(pixmap);
}

bool inText(const model::Finding& finding) {
    return finding.locator.kind == model::Locator::Kind::Text ||
           finding.locator.kind == model::Locator::Kind::Cell;
}

} // namespace

AddPopup::AddPopup(Marked marked, QWidget* parent)
    : QFrame(parent, Qt::Popup), m_marked(std::move(marked)), m_list(new QListWidget),
      m_everywhere(new QCheckBox) {
    setAttribute(Qt::WA_DeleteOnClose);
    setObjectName(QStringLiteral("addPopup"));
    setProperty("surface", QStringLiteral("card"));
    setFixedWidth(style::Theme::instance().px(280));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(8, 8, 8, 8);
    column->setSpacing(6);
    auto* title = style::label("strong", tr("Add as a finding"));
    auto* text = new style::ElidedLabel("small");
    text->setText(ui::text::fromUtf8(m_marked.draft.text).simplified());
    m_list->setObjectName(QStringLiteral("addList"));
    m_list->setAccessibleName(tr("What it is"));
    m_list->setIconSize(QSize(style::categorySize(), style::categorySize()));
    m_list->setUniformItemSizes(true);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_everywhere->setObjectName(QStringLiteral("addEverywhere"));
    m_everywhere->setText(
        tr("All %n places in this text", nullptr, static_cast<int>(m_marked.elsewhere.size()) + 1));
    m_everywhere->setVisible(!m_marked.elsewhere.empty());
    m_everywhere->setChecked(true);
    column->addWidget(title);
    column->addWidget(text);
    column->addWidget(m_list, 1);
    column->addWidget(m_everywhere);
    fill();
    connect(m_list, &QListWidget::itemClicked, this,
            [this](QListWidgetItem* item) { choose(m_list->row(item)); });
}

void AddPopup::fill() {
    const auto add = [this](const QString& words, model::Category category, int code) {
        auto* item = new QListWidgetItem(squareOf(category, devicePixelRatioF()), words, m_list);
        item->setData(Qt::UserRole, code);
        item->setData(Qt::AccessibleTextRole,
                      words + QStringLiteral(", ") + ui::text::categoryName(category));
        item->setSizeHint(QSize(10, style::Theme::instance().px(26)));
    };
    if (inText(m_marked.draft)) {
        for (const Label label : kLabels) {
            add(ui::text::labelName(detect::text::labelWord(label)), detect::text::ruleFor(label).category,
                static_cast<int>(label));
        }
    } else {
        for (const model::Category category : kCategories) {
            add(ui::text::categoryName(category), category, static_cast<int>(category));
        }
    }
    m_list->setCurrentRow(0);
}

void AddPopup::choose(int row) {
    const QListWidgetItem* item = m_list->item(row);
    if (item == nullptr) {
        return;
    }
    model::Finding finding = m_marked.draft;
    finding.detector = "person";
    finding.origin = model::Origin::Person;
    finding.state = model::DecisionState::Accepted;
    const int code = item->data(Qt::UserRole).toInt();
    if (inText(finding)) {
        const auto label = static_cast<Label>(code);
        const auto rule = detect::text::ruleFor(label);
        finding.label = detect::text::labelWord(label);
        finding.rule = rule.rule;
        finding.category = rule.category;
        finding.requirement = rule.requirement;
        finding.suggested = rule.action == model::Action::Keep ? model::Action::Delete : rule.action;
    } else {
        finding.category = static_cast<model::Category>(code);
        // Marked by hand: identifiers and codes must go (Guideline 4.8.1), the rest is recommended.
        const bool must = finding.category == model::Category::Identifier ||
                          finding.category == model::Category::Code2 ||
                          finding.category == model::Category::Financial;
        finding.requirement = must ? model::Requirement::Required : model::Requirement::Recommended;
        finding.suggested = model::Action::Delete;
    }
    finding.action = finding.suggested;
    std::vector<model::Finding> findings{finding};
    if (m_everywhere->isVisibleTo(this) && m_everywhere->isChecked()) {
        for (const model::Locator& place : m_marked.elsewhere) {
            findings.push_back(finding);
            findings.back().locator = place;
        }
    }
    emit chosen(findings);
    close();
}

void AddPopup::openHere() {
    const int height = style::Theme::instance().px(inText(m_marked.draft) ? 360 : 230);
    resize(width(), height);
    const QRect at = m_marked.globalAt;
    QPoint place(at.left(), at.bottom() + 4);
    if (insideScreen(place, size()).y() < place.y()) {
        place.setY(at.top() - height - 4); // no room below the text
    }
    move(insideScreen(place, size()));
    setFocusProxy(m_list);
    QWidget::show();
    m_list->setFocus(Qt::PopupFocusReason);
}

void AddPopup::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
        choose(m_list->currentRow());
    } else {
        QFrame::keyPressEvent(event);
    }
}

} // namespace kamei::ui::screens::work
