#include "ui/views/surface/Renderer.h"

#include <QCoreApplication>
#include <QPainter>
#include <algorithm>
#include <cmath>
#include <numbers>

#include "core/detect/volume/Surface.h"
#include "ui/views/surface/Scene.h"

namespace kamei::ui::views::surface {
namespace {

constexpr int kMostRays = 256; ///< on a side: more takes too long to turn by

} // namespace

QImage castRays(const model::Volume& volume, double threshold, const Pose& pose, const QSize& size,
                const QColor& back) {
    double away = 0;
    for (std::size_t i = 0; i < 3; ++i) {
        away += (pose.eye[i] - pose.focus[i]) * (pose.eye[i] - pose.focus[i]);
    }
    detect::volume::SurfaceView view;
    view.centre = pose.focus;
    view.towards = pose.forward;
    view.up = pose.up;
    view.sideMm = 2 * std::sqrt(away) * std::tan(pose.viewAngleDeg / 2 * std::numbers::pi / 180);
    view.sizePx = std::clamp(size.height(), 1, kMostRays);
    view.threshold = threshold;
    const model::Raster seen = detect::volume::render(volume, view);
    const QImage grey(reinterpret_cast<const uchar*>(seen.samples.data()), seen.width, seen.height,
                      seen.width, QImage::Format_Grayscale8);
    QImage out(size, QImage::Format_RGB32);
    out.fill(back);
    QPainter painter(&out);
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    // As high as the picture, in its middle.
    painter.drawImage(QRectF((size.width() - size.height()) / 2.0, 0, size.height(), size.height()), grey);
    return out;
}

Renderer& Renderer::instance() {
    static QPointer<Renderer> renderer;
    if (!renderer) {
        renderer = new Renderer(QCoreApplication::instance());
    }
    return *renderer;
}

Renderer::Renderer(QObject* parent)
    : QObject(parent), m_thread([this](const std::stop_token& stop) { run(stop); }) {}

Renderer::~Renderer() {
    m_thread.request_stop();
    m_thread.join(); // before the rest goes that it uses
}

void Renderer::draw(QObject* receiver, int slot, Picture picture, std::function<void(const QImage&)> done) {
    const std::scoped_lock lock(m_mutex);
    Wish wish{receiver, slot, std::move(picture), receiver, std::move(done)};
    const auto waiting = std::ranges::find_if(
        m_wishes, [&](const Wish& other) { return other.receiver == receiver && other.slot == slot; });
    if (waiting != m_wishes.end()) {
        *waiting = std::move(wish);
    } else {
        m_wishes.push_back(std::move(wish));
    }
    m_wake.notify_one();
}

void Renderer::run(const std::stop_token& stop) {
    Scene scene; // the context belongs to this thread
    while (true) {
        std::unique_lock lock(m_mutex);
        if (!m_wake.wait(lock, stop, [this] { return !m_wishes.empty(); })) {
            return;
        }
        auto wish = std::make_shared<Wish>(std::move(m_wishes.front()));
        m_wishes.pop_front();
        lock.unlock();
        QImage image = scene.draw(wish->picture);
        if (image.isNull() && wish->picture.instead) {
            image = wish->picture.instead();
        }
        wish->picture = {};
        QMetaObject::invokeMethod(
            this,
            [wish = std::move(wish), image = std::move(image)] {
                if (wish->alive) {
                    wish->done(image);
                }
            },
            Qt::QueuedConnection);
    }
}

} // namespace kamei::ui::views::surface
