#pragma once

#include <QWidget>
#include <memory>

#include "core/job/Looking.h"
#include "ui/screens/work/AddPopup.h"
#include "ui/shell/AppContext.h"

class QFrame;
class QGridLayout;
class QLabel;
class QSpinBox;
class QStackedWidget;
class QToolButton;

namespace kamei::ui::style {
class ElidedLabel;
class KeyHints;
class Segments;
} // namespace kamei::ui::style
namespace kamei::ui::views::attributes {
class AttributeView;
}
namespace kamei::ui::views::image {
class ImageView;
}
namespace kamei::ui::views::table {
class TableView;
}

namespace kamei::ui::screens::work {

class AssetNotice;
class TextPage;

/// The middle of the Work screen: head with title, facts and the choice of sides, and the viewer that fits
/// the asset: text, table, pictures, attributes.
class AssetPage : public QWidget {
    Q_OBJECT

public:
    explicit AssetPage(shell::AppContext& context, QWidget* parent = nullptr);

    void open(const job::AssetRow& row, std::vector<model::Finding> findings, const QString& subject);
    /// The same asset with new decisions.
    void update(const job::AssetRow& row, std::vector<model::Finding> findings);
    void clear();
    void setCurrent(base::FindingId finding);
    [[nodiscard]] QString placeOf(const model::Finding& finding) const;
    /// Before, after, before: the `\` key.
    void toggleSide();
    void nextChange();
    void find();
    void focusViewer();

signals:
    void findingSelected(kamei::base::FindingId finding);
    void marked(const kamei::ui::screens::work::Marked& marked);
    /// `method`: how, as JSON of a model::Method; empty: as usual.
    void columnDecided(const std::vector<kamei::base::FindingId>& findings, kamei::model::Action action,
                       const std::string& method);
    /// Findings that a person made by choosing from a menu, decided already.
    void findingsMade(const std::vector<kamei::model::Finding>& findings);
    void excludeWanted(bool exclude);
    void placesKnown(); ///< placeOf() has new answers

protected:
    void changeEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    enum class Viewer { Nothing, Text, Table, Image, Attributes, Message };
    void build();
    void connectViewers();
    [[nodiscard]] bool hasPictures() const;
    [[nodiscard]] bool isDicom() const;
    void chooseViewer();
    void showViewer(Viewer viewer);
    void passCurrent();
    void showHead();
    void fitHead(); ///< the choices go below the title when there is no room beside it
    void loadTable(bool keepPlace);
    void loadAttributes(bool keepPlace);
    void fail(const base::Error& error);
    void markAttribute(const job::AttributeLine& line);
    void markColumn(int column, model::Category category);
    void askMethod(int column, model::Action action);
    void askSyntheticRows();
    void deleteRecord();
    void openMore();
    void retranslate();

    shell::AppContext& m_context;
    QFrame* m_head;
    QGridLayout* m_headGrid;
    QWidget* m_choices;
    QLabel* m_icon;
    QLabel* m_title;
    style::ElidedLabel* m_facts;
    QSpinBox* m_instance;
    style::Segments* m_textSides;
    style::Segments* m_tableSides;
    style::Segments* m_imageSides;
    style::Segments* m_forms;
    style::Segments* m_pictures;
    QToolButton* m_more;
    AssetNotice* m_notice;
    QStackedWidget* m_stack;
    TextPage* m_text;
    views::table::TableView* m_table;
    views::attributes::AttributeView* m_attributes;
    QWidget* m_message;
    QLabel* m_messageTitle;
    QLabel* m_messageText;
    views::image::ImageView* m_image;
    style::KeyHints* m_hints;

    job::AssetRow m_row;
    QString m_subject;
    std::vector<model::Finding> m_findings;
    Viewer m_viewer = Viewer::Nothing;
    base::FindingId m_current;
    quint64 m_generation = 0;
    quint64 m_tableGeneration = 0;
    quint64 m_attributeGeneration = 0;
    bool m_attributesLoaded = false;
};

} // namespace kamei::ui::screens::work
