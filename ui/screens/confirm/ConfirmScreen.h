#pragma once

#include <QSet>
#include <memory>

#include "ui/screens/Screen.h"
#include "ui/screens/confirm/ConfirmListModel.h"
#include "ui/screens/confirm/ConfirmPanel.h"

class QComboBox;
class QLabel;
class QListView;
class QScrollBar;
class QStackedWidget;

namespace kamei::ui::style {
class Meter;
class Segments;
} // namespace kamei::ui::style
namespace kamei::ui::views::attributes {
class AttributeView;
}
namespace kamei::ui::views::image {
class ImageView;
}
namespace kamei::ui::views::surface {
class HeadCompare;
}
namespace kamei::ui::views::text {
class TextView;
}
namespace kamei::ui::screens::confirm {

class ContactSheet;

/// The staged bytes, one asset after another: looked at, confirmed for their SHA-256, or sent back with a
/// note. Confirming is possible only once everything was on the screen (Guideline 5.2.2, 目視による確認).
class ConfirmScreen : public Screen {
    Q_OBJECT

public:
    explicit ConfirmScreen(shell::AppContext& context, QWidget* parent = nullptr);
    void enter(const shell::Route& route) override;

protected:
    void changeEvent(QEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    enum class Page { Nothing, Pictures, Sheet, Text, Attributes, Surface };
    // Segments above pictures; those before are modes of comparison.
    static constexpr int kSheet = 4;
    static constexpr int kAttributes = 5;
    static constexpr int kSurface = 6;
    /// How the data are gone through to their end.
    enum class Reading { Pictures, Text, Attributes };
    void buildList();
    void buildViewer();
    void addActions();
    void connectAll();
    void retranslate();
    void lookOn(int by); ///< to what was not shown yet: a page or a picture, forward (1) or back (-1)
    void showPicture(int frame);
    void reload(base::AssetId select);
    void fillProgress();
    void select(const QModelIndex& index);
    void load();
    void showPictures();
    void showText();
    void showAttributes();
    void showSurface();
    void overrule(const QString& reason);
    void clearLooks(); ///< nothing of the present data was on the screen yet
    [[nodiscard]] bool isRead() const { return m_reading != Reading::Pictures; }
    [[nodiscard]] QScrollBar* scrollBar() const; ///< of what is read from the top to the end
    void showSegments(bool pictures);
    void setMode(int id);
    void showOriginalText(bool shown);
    [[nodiscard]] std::string seen() const; ///< model::Confirmation::seen
    void attributesShown(); ///< notes that the tree of what is shown as pictures was on the screen
    [[nodiscard]] bool lacksAttributes() const; ///< pictures of DICOM whose attributes nobody opened
    void toggleMode(int id);
    void pictureShown(int frame);
    void scrolled();
    void updateOutstanding();
    [[nodiscard]] int reached() const; ///< percent of what is read that was on the screen without a gap
    void confirm();
    void sendBack();
    void record(model::Confirmation::Verdict verdict);
    void goOn();
    [[nodiscard]] static bool waitsForMe(const QModelIndex& index);
    [[nodiscard]] QModelIndex nextForMe(int after) const; ///< round the list; the row itself where none waits

    QList<QAction*> m_actions; ///< act only while the screen is visible
    ConfirmListModel* m_model;
    QListView* m_list;
    QLabel* m_listTitle;
    QComboBox* m_order;
    QLabel* m_count;
    QLabel* m_tally;
    style::Meter* m_meter;
    QLabel* m_title;
    style::Segments* m_pictureModes;
    style::Segments* m_textModes;
    QStackedWidget* m_pages;
    views::image::ImageView* m_image;
    ContactSheet* m_strip;
    ContactSheet* m_sheet;
    QWidget* m_picturePage;
    QLabel* m_stripTitle;
    QLabel* m_shownCount;
    style::Meter* m_shownMeter;
    views::text::TextView* m_before;
    views::text::TextView* m_after;
    views::attributes::AttributeView* m_attributes;
    views::surface::HeadCompare* m_surface;
    QLabel* m_nothing;
    ConfirmPanel* m_panel;

    base::AssetId m_asset;
    base::AssetId m_wanted;
    std::optional<ConfirmFacts> m_current;
    quint64 m_generation = 0; ///< of the facts: each reload
    quint64 m_content = 0;    ///< of what is read: only where other bytes are shown
    QSet<int> m_shown;        ///< frames
    int m_total = 0;
    bool m_there = false;           ///< what is read stands on the page, and is of m_current
    bool m_sawOriginal = false;     ///< the original stood on the screen too
    bool m_sawSheet = false;        ///< the sheet of all pictures was used
    bool m_attributesThere = false; ///< beside pictures: they are read
    bool m_sawAttributes = false;
    bool m_entered = false; ///< the screen was come to: what waits is shown rather than what was shown last
    int m_reached = 0;      ///< how far it was scrolled without a gap, in units of scrollBar()
    Reading m_reading = Reading::Pictures;
};

} // namespace kamei::ui::screens::confirm
