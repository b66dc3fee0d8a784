// What the image view does for slides: deep zoom of the scan, and what the other pictures are.
#include "ui/tasks/TaskRunner.h"
#include "ui/views/image/DeepZoom.h"
#include "ui/views/image/ImageView.h"

namespace kamei::ui::views::image {

DeepZoom* ImageView::deepOf(job::Side side) const {
    return m_deep.value({m_frame, static_cast<int>(side)}, nullptr);
}

void ImageView::dropDeep(std::optional<job::Side> side) {
    for (auto it = m_deep.begin(); it != m_deep.end();) {
        if (!side || it.key().second == static_cast<int>(*side)) {
            if (*it != nullptr) {
                (*it)->deleteLater();
            }
            it = m_deep.erase(it);
        } else {
            ++it;
        }
    }
}

void ImageView::loadDeep(int frame, job::Side side) {
    auto session = m_context.session();
    const QPair<int, int> key(frame, static_cast<int>(side));
    if (!session || m_deep.contains(key)) {
        return;
    }
    m_deep.insert(key, nullptr);
    m_context.runner().look(
        this,
        [session, asset = m_asset, frame, side] {
            return job::SlideRegions::open(*session, asset, frame, side);
        },
        [this, key, side, generation = m_generation, revision = m_afterRevision](
            const base::Expected<std::shared_ptr<const job::SlideRegions>>& regions) {
            if (generation != m_generation || (side == job::Side::After && revision != m_afterRevision)) {
                return;
            }
            if (!regions || *regions == nullptr) {
                m_deep.remove(key);
                if (!regions && key.first == m_frame) {
                    m_context.showError(regions.error());
                }
                return;
            }
            auto* deep = new DeepZoom(m_context.runner(), *regions, this);
            if (m_window) {
                deep->setWindow(*m_window);
            }
            m_deep.insert(key, deep);
            if (key.first == m_frame) {
                display();
            }
        });
}

QString ImageView::roleText(int frame) const {
    const QString role = m_roles.value(frame - 1);
    return role == QLatin1String("scan")        ? tr("Scan")
           : role == QLatin1String("label")     ? tr("Label")
           : role == QLatin1String("macro")     ? tr("Whole glass")
           : role == QLatin1String("thumbnail") ? tr("Small copy of the scan")
           : role.isEmpty()                     ? QString()
                                                : tr("Picture of unknown content");
}

} // namespace kamei::ui::views::image
