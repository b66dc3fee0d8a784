#include "ui/screens/release/SheetDialog.h"

#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QVBoxLayout>
#include <array>

#include "ui/screens/release/SheetPanel.h"
#include "ui/style/Theme.h"
#include "ui/style/Widgets.h"
#include "ui/text/Words.h"

namespace kamei::ui::screens {

SheetDialog::SheetDialog(const model::PurposeSheet& sheet, QWidget* parent)
    : QDialog(parent), m_sheet(sheet), m_missing(style::label("small")) {
    setObjectName(QStringLiteral("sheetDialog"));
    setWindowTitle(tr("Purpose and public notice"));
    const auto px = [](int at) { return style::Theme::instance().px(at); };
    resize(px(760), px(600));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(24, 20, 24, 20);
    column->setSpacing(10);
    column->addWidget(style::label("page", windowTitle()));
    auto* intro = style::label(
        "small", tr("Steps ① and ② of the guideline (4.9) and what has to be published for joint "
                    "use (3.7.1). The notice is written from these texts."));
    intro->setWordWrap(true);
    column->addWidget(intro);

    const std::array examples{
        tr("For example: development of AI that supports the diagnosis of lung cancer"),
        tr("For example: chest CT, discharge summaries and laboratory values of 2020 to 2025, 128 people"),
        tr("For example: research and development of AI for diagnostic imaging"),
        tr("For example: the data are used jointly as pseudonymised information"),
        tr("For example: CT images, text of summaries, laboratory values, year and month of birth, sex"),
        tr("For example: name of the company or university"),
        tr("For example: development and evaluation of the program"),
        tr("For example: name, address and representative of the hospital")};
    auto* grid = new QGridLayout;
    grid->setHorizontalSpacing(16);
    grid->setVerticalSpacing(8);
    grid->setColumnStretch(1, 1);
    for (std::size_t at = 0; at < sheetFields().size(); ++at) {
        const SheetField& field = sheetFields()[at];
        const QString name = text::sheetFieldName(field.name);
        auto* caption = style::label("smalltext", name);
        caption->setWordWrap(true);
        caption->setFixedWidth(px(190));
        auto* edit = new QPlainTextEdit(text::fromUtf8(sheet.*field.value));
        edit->setObjectName(QStringLiteral("sheet.") + QLatin1String(field.name));
        edit->setAccessibleName(name);
        edit->setPlaceholderText(examples[at]);
        edit->setTabChangesFocus(true);
        edit->setMinimumHeight(px(36));
        caption->setBuddy(edit);
        grid->addWidget(caption, static_cast<int>(at), 0, Qt::AlignTop);
        grid->addWidget(edit, static_cast<int>(at), 1);
        m_fields.append(edit);
        connect(edit, &QPlainTextEdit::textChanged, this, &SheetDialog::count);
    }
    column->addLayout(grid, 1);

    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    auto* cancel = style::button("", tr("Cancel"));
    auto* save = style::button("primary", tr("Save"));
    save->setObjectName(QStringLiteral("sheet.save"));
    buttons->addWidget(m_missing, 1);
    buttons->addWidget(cancel);
    buttons->addWidget(save);
    column->addLayout(buttons);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(save, &QPushButton::clicked, this, &QDialog::accept);
    // The first empty field is where work goes on.
    for (QPlainTextEdit* edit : std::as_const(m_fields)) {
        if (edit->toPlainText().isEmpty()) {
            edit->setFocus();
            break;
        }
    }
    count();
}

void SheetDialog::count() {
    int missing = 0;
    for (const QPlainTextEdit* edit : std::as_const(m_fields)) {
        missing += edit->toPlainText().trimmed().isEmpty() ? 1 : 0;
    }
    m_missing->setText(missing == 0 ? tr("All fields are filled in.")
                                    : tr("%n fields are empty.", nullptr, missing));
    style::setProperty(m_missing, "role", missing == 0 ? "ok" : "small");
}

model::PurposeSheet SheetDialog::sheet() const {
    model::PurposeSheet edited = m_sheet;
    for (std::size_t at = 0; at < sheetFields().size(); ++at) {
        edited.*sheetFields()[at].value =
            m_fields[static_cast<qsizetype>(at)]->toPlainText().trimmed().toStdString();
    }
    return edited;
}

} // namespace kamei::ui::screens
