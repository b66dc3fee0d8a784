#pragma once

#include <QList>
#include <QWidget>
#include <optional>

#include "ui/screens/audit/SampleModel.h"
#include "ui/shell/AppContext.h"

class QAction;
class QButtonGroup;
class QLabel;
class QPlainTextEdit;
class QPushButton;
class QRadioButton;
class QStackedWidget;

namespace kamei::ui::style {
class ElidedLabel;
}
namespace kamei::ui::views::attributes {
class AttributeView;
}
namespace kamei::ui::views::image {
class ImageView;
}
namespace kamei::ui::views::text {
class TextView;
}
namespace kamei::ui::screens {

/// One thing of a sample: the confirmed bytes, only to be looked at, and the judgement on them.
class ExaminePanel : public QWidget {
    Q_OBJECT

public:
    explicit ExaminePanel(shell::AppContext& context, QWidget* parent = nullptr);
    void show(const SampleRow* row);

signals:
    void judged();

protected:
    void changeEvent(QEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    enum class Page { Nothing, Text, Pictures, Attributes };
    struct Content;
    void build();
    void addActions();
    void retranslate();
    void load();
    void shown(Content content);
    void record();
    void showState();

    shell::AppContext& m_context;
    std::optional<SampleRow> m_row;
    QList<QAction*> m_actions; ///< act only while the panel is visible
    style::ElidedLabel* m_title;
    QLabel* m_hash;
    QStackedWidget* m_pages;
    QLabel* m_nothing;
    views::text::TextView* m_text;
    views::image::ImageView* m_image;
    views::attributes::AttributeView* m_attributes;
    QLabel* m_judgeTitle;
    QButtonGroup* m_choices;
    QList<QRadioButton*> m_radios;
    QLabel* m_noteTitle;
    QPlainTextEdit* m_note;
    QLabel* m_whoTitle;
    QLabel* m_who;
    QPushButton* m_record;
    quint64 m_question = 0;
    quint64 m_asked = 0;  ///< the question whose picture is waited for
    bool m_there = false; ///< it was on the screen: before that nothing is called clean
};

} // namespace kamei::ui::screens
