#pragma once

#include <QWidget>
#include <memory>
#include <stop_token>

#include "core/job/Session.h"
#include "ui/views/surface/HeadData.h"
#include "ui/views/surface/SurfacePair.h"

class QPushButton;

namespace kamei::ui::style {
class Segments;
}
namespace kamei::ui::views::surface {

class ViewStrip;

/// A head before and after processing, side by side, only to be looked at: turntable, standard views, colours
/// by distance.
class HeadCompare : public QWidget {
    Q_OBJECT

public:
    explicit HeadCompare(tasks::TaskRunner& runner, QWidget* parent = nullptr);
    ~HeadCompare() override;

    /// Reads both when it is first seen; null: nothing.
    void show(std::shared_ptr<job::Session> session, base::AssetId asset, const QString& before,
              const QString& after);
    [[nodiscard]] SurfacePair& pair() const { return *m_pair; }

protected:
    void changeEvent(QEvent* event) override;
    void showEvent(QShowEvent* event) override;

private:
    void retranslate();
    void load();

    tasks::TaskRunner& m_runner;
    SurfaceModel* m_before;
    SurfaceModel* m_after;
    SurfacePair* m_pair;
    ViewStrip* m_strip;
    style::Segments* m_modes;
    QPushButton* m_distance;
    QPushButton* m_turn;
    std::shared_ptr<job::Session> m_session;
    base::AssetId m_asset;
    QString m_beforeNote;
    QString m_afterNote;
    std::stop_source m_stop;
    quint64 m_generation = 0;
    bool m_loaded = true;
};

} // namespace kamei::ui::views::surface
