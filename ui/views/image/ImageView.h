#pragma once

#include <QHash>
#include <QImage>
#include <QStringList>
#include <QWidget>
#include <optional>
#include <stop_token>

#include "core/job/Looking.h"
#include "ui/shell/AppContext.h"
#include "ui/views/image/ImageCanvas.h"
#include "ui/views/image/RasterImage.h"

class QAction;
class QLabel;
class QScrollArea;
class QTimer;
class QToolButton;

namespace kamei::ui::style {
class Segments;
}
namespace kamei::ui::views::image {

class ClipBar;
class FrameBar;
class MaskBar;
class OverviewStrip;
class SoundBar;
class Timeline;
struct Clip;
struct SoundItem;

/// The pictures of an asset: looking through the frames, drawing masks, comparing before and after, the
/// series overview. Masks are findings; drawing one adds a finding through the undo stack.
class ImageView : public QWidget {
    Q_OBJECT

public:
    explicit ImageView(shell::AppContext& context, QWidget* parent = nullptr);
    ~ImageView() override;

    void show(base::AssetId asset);
    [[nodiscard]] base::AssetId asset() const { return m_asset; }
    void setFrame(int frame);
    [[nodiscard]] int frame() const { return m_frame; }
    /// The masks as they were last read from the workspace.
    [[nodiscard]] const std::vector<MaskItem>& masks() const { return m_items; }
    void setSide(job::Side side);
    void setCompare(Compare mode);
    /// Only looking: no tools, no masks (for the confirmation of staged bytes).
    void setReadOnly(bool readOnly);

public slots:
    void selectFinding(kamei::base::FindingId finding);

signals:
    void findingSelected(kamei::base::FindingId finding);
    void frameShown(int frame); ///< the picture of this frame, on the wanted side, is on the screen

protected:
    void changeEvent(QEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    /// A decoded picture with the image made of it.
    struct Shown {
        std::shared_ptr<const model::Raster> raster;
        QImage image;
        bool preview = false;
    };
    void addTools();
    /// Pages of a document rather than pictures that a device took.
    [[nodiscard]] bool showsPages() const;
    void offerTools(); ///< those that do something here
    void addActions();
    void setActionsEnabled(bool enabled);
    QToolButton* addTool(Tool tool, const QString& id, const QString& icon);
    void retranslate();
    void setTool(Tool tool);
    void reload();
    void reloadMasks();
    void load(int frame, job::Side side);
    void display();
    void loadOverview();
    void showOverview(int index);
    void dragWindow(double widthSteps, double centerSteps);
    void addMask(const model::Mask& mask);
    void changeMask(base::FindingId finding, const model::Mask& mask) { changeMaskAs(finding, mask, {}); }
    /// `text` names the step in the Edit menu; empty: the usual words.
    void changeMaskAs(base::FindingId finding, const model::Mask& mask, const QString& text);
    void eraseMask(base::FindingId finding);
    void applyToDevice(base::FindingId finding, bool keepTemplate);
    void updateInfo();
    /// Frames that are scans of a slide, opened for deep zoom; others come as a whole.
    [[nodiscard]] bool isScan(int frame) const { return frame <= m_scans; }
    void loadDeep(int frame, job::Side side);
    void dropDeep(std::optional<job::Side> side);
    [[nodiscard]] DeepZoom* deepOf(job::Side side) const;
    /// What a frame of a slide shows, in words; empty for other pictures.
    [[nodiscard]] QString roleText(int frame) const;
    void addTimeline();
    void showClip(bool isClip, const Clip& clip);
    void loadCuts(); ///< looks for new scenes where nobody has
    void stopCuts();
    void goToCut(int direction);
    void loadTimes(); ///< of the clip's frames; a long file takes a while
    void updateClip();
    /// A figure as it shall stand on the present frame: a key frame where the mask moves.
    void reshapeFigure(base::FindingId finding, const model::Mask& figure);
    static void putKey(model::Mask& mask, const model::TrackKey& key);
    void setKey();
    void removeKey();
    void setRangeEnd(bool first);
    [[nodiscard]] bool soundSelected() const;
    void addSoundBar();
    void showSounds();
    void silence(base::FindingId finding, int first, int last);
    void setSilenceEnd(bool first);
    void decideSound(const SoundItem& sound);
    /// Follows what the selected mask covers from the present frame on.
    void trackMask();
    [[nodiscard]] bool wants(job::Side side) const;
    [[nodiscard]] std::optional<MaskItem> itemOf(base::FindingId finding) const;

    shell::AppContext& m_context;
    ImageCanvas* m_canvas;
    QWidget* m_tools;
    FrameBar* m_frames;
    MaskBar* m_maskBar;
    OverviewStrip* m_overview;
    Timeline* m_timeline = nullptr;
    QScrollArea* m_timelineArea = nullptr;
    ClipBar* m_clipBar = nullptr;
    SoundBar* m_soundBar = nullptr;
    std::shared_ptr<const Clip> m_clip;
    std::stop_source m_cutsStop;
    bool m_cutsWanted = false; ///< they are not known yet
    int m_silenceBegun = 0;    ///< frame; 0: none
    bool m_isClip = false;
    QLabel* m_info;
    QHash<int, QToolButton*> m_toolButtons;
    QHash<int, QAction*> m_actions;
    QHash<QString, QAction*> m_clipActions;
    QToolButton* m_visible = nullptr;
    QTimer* m_flicker;

    base::AssetId m_asset;
    std::optional<job::AssetRow> m_row;
    std::vector<model::Finding> m_findings;
    std::vector<MaskItem> m_items;
    base::FindingId m_selected;
    base::FindingId m_scrolledTo;       ///< its row was brought into view
    std::optional<model::Mask> m_drawn; ///< just drawn and not read back yet
    int m_frame = 1;
    int m_frameCount = 1;
    int m_sameDevice = 0;
    quint64 m_generation = 0;                 ///< results of an older one are dropped
    quint64 m_asked = 0;                      ///< the same for findings
    quint64 m_afterRevision = 0;              ///< the same for processed pictures, which decisions change
    QHash<QPair<int, int>, Shown> m_cache;    ///< (frame, side); a few frames around the present one
    QHash<QPair<int, int>, DeepZoom*> m_deep; ///< (frame, side)
    int m_scans = 0;                          ///< frames 1..m_scans are scans of a slide
    QStringList m_roles;                      ///< of the frames of a slide
    std::optional<Window> m_window;
    std::optional<job::SeriesOverview> m_series;
    int m_overviewIndex = -1;
    bool m_readOnly = false;
    bool m_flickerAfter = false;
};

} // namespace kamei::ui::views::image
