#pragma once

#include <QAbstractScrollArea>
#include <QHash>
#include <QImage>
#include <QSet>

#include "core/job/Looking.h"
#include "ui/shell/AppContext.h"

namespace kamei::ui::screens::confirm {

/// The staged pictures of an asset side by side. Pictures that were on the screen carry an eye. Tiles at
/// least `kCountsFrom` wide count as shown once they were wholly visible; smaller ones only tell what was.
class ContactSheet : public QAbstractScrollArea {
    Q_OBJECT

public:
    static constexpr int kCountsFrom = 200; // device-independent pixels: names burned in are readable

    explicit ContactSheet(shell::AppContext& context, QWidget* parent = nullptr);

    void show(base::AssetId asset, int frames);
    void setTileWidth(int width);
    void setCurrent(int frame);
    void markShown(int frame);

signals:
    void chosen(int frame);
    void tileShown(int frame);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void showEvent(QShowEvent* event) override;

private:
    [[nodiscard]] int columns() const;
    [[nodiscard]] QRect tile(int frame) const; ///< in viewport()
    void updateRange();
    void request(int frame);

    shell::AppContext& m_context;
    base::AssetId m_asset;
    int m_frames = 0;
    int m_current = 1;
    int m_width = 92;
    double m_aspect = 0.75;
    quint64 m_generation = 0;
    QHash<int, QImage> m_pictures;
    QSet<int> m_requested;
    QSet<int> m_shown;
};

} // namespace kamei::ui::screens::confirm
