#pragma once

#include <QTimer>
#include <stop_token>

#include "ui/screens/Screen.h"
#include "ui/screens/face/FaceData.h"
#include "ui/screens/face/FacePanel.h"
#include "ui/views/surface/Camera.h"

class QComboBox;
class QLabel;
class QListView;

namespace kamei::ui::screens::face {

class FaceListModel;
class FaceViewer;
class MaskEditor;

/// Heads whose surface could be recognised: seen, judged, and where the face goes, what goes with it
/// (Guideline 5.4.4).
class FaceScreen : public Screen {
    Q_OBJECT

public:
    explicit FaceScreen(shell::AppContext& context, QWidget* parent = nullptr);
    ~FaceScreen() override;
    void enter(const shell::Route& route) override;

protected:
    void changeEvent(QEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    QWidget* buildList();
    void addActions();
    void connectAll();
    void retranslate();
    void read();
    void showRows(std::vector<FaceRow> rows);
    void showCounts();
    void select(base::AssetId asset);
    void move(int by);
    void moveToOpen();
    void showNotice();
    void showRegionNotes();
    void readScope();
    void loadHead();
    void showHead(HeadData head);
    void loadRegion(bool stored);
    void showRegion(Region region);
    void removalChanged(const model::Deface& removal);
    void showAfter();
    void choiceChanged();
    void decide();
    void strokeDone();
    void keepEvidence();
    void fillPanel();
    [[nodiscard]] const FaceRow* current() const;

    QList<QAction*> m_actions; ///< act only while the screen is visible
    FaceListModel* m_model;
    QListView* m_list;
    QLabel* m_listTitle;
    QLabel* m_listCount;
    QComboBox* m_order;
    QLabel* m_tally;
    MaskEditor* m_editor;
    FaceViewer* m_viewer;
    FacePanel* m_panel;

    base::AssetId m_asset;
    base::AssetId m_wanted;
    FaceContext m_context;
    std::optional<HeadData> m_head;
    std::optional<base::Error> m_failure; ///< why there is no head to see
    std::optional<Region> m_region;
    model::Deface m_removal;
    quint64 m_generation = 0;   ///< of the head
    quint64 m_regionNumber = 0; ///< of what is taken
    bool m_touched = false;     ///< the removal is another than the one that was decided
    std::stop_source m_stop;
    QTimer m_soon;
    QTimer m_afterSoon;
    bool m_busy = false;
    bool m_again = false;
};

} // namespace kamei::ui::screens::face
