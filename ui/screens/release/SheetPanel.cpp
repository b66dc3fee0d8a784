#include "ui/screens/release/SheetPanel.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QVBoxLayout>

#include "ui/style/Badges.h"
#include "ui/style/Theme.h"
#include "ui/style/Widgets.h"
#include "ui/text/Words.h"

namespace kamei::ui::screens {

const std::vector<SheetField>& sheetFields() {
    using S = model::PurposeSheet;
    static const std::vector<SheetField> kFields{
        {"purpose", &S::purpose},           {"dataItems", &S::dataItems},    {"newPurpose", &S::newPurpose},
        {"jointUse", &S::jointUse},         {"jointItems", &S::jointItems},  {"jointUsers", &S::jointUsers},
        {"jointPurpose", &S::jointPurpose}, {"responsible", &S::responsible}};
    return kFields;
}

SheetPanel::SheetPanel(QWidget* parent) : QWidget(parent) {
    setObjectName(QStringLiteral("release.sheet"));
    const auto px = [](int at) { return style::Theme::instance().px(at); };
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    for (std::size_t at = 0; at < sheetFields().size(); ++at) {
        auto* frame = style::surface("bar");
        frame->setFixedHeight(px(26));
        auto* row = new QHBoxLayout(frame);
        row->setContentsMargins(12, 0, 12, 0);
        row->setSpacing(8);
        const Row made{new style::Badge, new style::ElidedLabel("smalltext"),
                       new style::ElidedLabel("smalltext")};
        made.name->setFixedWidth(px(250));
        row->addWidget(made.sign);
        row->addWidget(made.name);
        row->addWidget(made.value, 1);
        column->addWidget(frame);
        m_rows.append(made);
    }
    show({});
}

void SheetPanel::show(const model::PurposeSheet& sheet) {
    m_sheet = sheet;
    for (std::size_t at = 0; at < sheetFields().size(); ++at) {
        const SheetField& field = sheetFields()[at];
        const QString value = text::fromUtf8(sheet.*field.value).simplified();
        const Row& row = m_rows[static_cast<qsizetype>(at)];
        row.sign->showSign(value.isEmpty() ? style::Sign::OpenRequired : style::Sign::Accepted);
        row.name->setText(text::sheetFieldName(field.name));
        row.value->setText(value.isEmpty() ? tr("not filled in") : value);
        style::setProperty(row.value, "role", value.isEmpty() ? "smallbad" : "smalltext");
    }
}

void SheetPanel::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) {
        show(m_sheet);
    }
    QWidget::changeEvent(event);
}

} // namespace kamei::ui::screens
