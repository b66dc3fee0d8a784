#pragma once
// Private to ui/views/surface: shows VTK.

#include <QImage>
#include <list>
#include <vtkNew.h>
#include <vtkSmartPointer.h>

#include "ui/views/surface/EglWindow.h"
#include "ui/views/surface/Renderer.h"
#include "ui/views/surface/Surface.h"

class vtkActor;
class vtkLight;
class vtkPolyData;
class vtkRenderer;

namespace kamei::ui::views::surface {

struct Surface::Mesh {
    vtkSmartPointer<vtkPolyData> data;
};

/// What VTK draws with. Made, used and destroyed on the thread of the renderer.
class Scene {
public:
    Scene();
    ~Scene();
    [[nodiscard]] bool ready() const { return m_ready; }
    [[nodiscard]] QImage draw(const Picture& picture);

private:
    struct Kept {
        std::weak_ptr<const Surface> surface;
        std::shared_ptr<const Colours> colours;
        vtkSmartPointer<vtkActor> actor;
    };
    vtkActor* actorOf(const Part& part);

    bool m_ready = false;
    vtkNew<EglWindow> m_window;
    vtkNew<vtkRenderer> m_renderer;
    std::list<Kept> m_kept; ///< newest first: buffers of the graphics card stay for the next frames
};

} // namespace kamei::ui::views::surface
