#pragma once

#include <QColor>
#include <QImage>
#include <QObject>
#include <QPointer>
#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "ui/views/surface/Camera.h"
#include "ui/views/surface/Surface.h"

namespace kamei::ui::views::surface {

/// A surface in a picture. Its owner stays the caller; the renderer keeps what the card needs of it while it
/// lives.
struct Part {
    std::shared_ptr<const Surface> surface;
    std::shared_ptr<const Colours> colours = {}; ///< instead of `colour`; as many as points
    QColor colour = {};
    double opacity = 1;
};

/// All that a picture depends on.
struct Picture {
    QSize size; ///< device pixels
    Pose pose;
    std::vector<Part> parts;
    QColor back;
    QColor backTop;
    /// Draws without OpenGL where there is none; called on the renderer's thread. May be empty.
    std::function<QImage()> instead = {};
};
/// What Picture::instead may call: the surface of a volume by casting rays in software (detect/volume), grey,
/// in parallel projection, enlarged to `size`.
[[nodiscard]] QImage castRays(const model::Volume& volume, double threshold, const Pose& pose,
                              const QSize& size, const QColor& back);

/// Draws surfaces, one picture after another, on a thread of its own: neither the window nor the jobs wait
/// for it. One for the process, owned by the application object; GUI thread only.
class Renderer : public QObject {
    Q_OBJECT

public:
    [[nodiscard]] static Renderer& instance();
    ~Renderer() override;

    /// Called on the GUI thread with the picture, null where there is no OpenGL; not at all when the receiver
    /// is gone. A picture that waits for the same receiver and slot is replaced.
    void draw(QObject* receiver, int slot, Picture picture, std::function<void(const QImage&)> done);

private:
    explicit Renderer(QObject* parent);
    struct Wish {
        const QObject* receiver;
        int slot;
        Picture picture;
        QPointer<QObject> alive;
        std::function<void(const QImage&)> done;
    };
    void run(const std::stop_token& stop);

    std::mutex m_mutex;
    std::condition_variable_any m_wake;
    std::deque<Wish> m_wishes;
    std::jthread m_thread;
};

} // namespace kamei::ui::views::surface
