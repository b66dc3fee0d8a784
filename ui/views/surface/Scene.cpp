#include "ui/views/surface/Scene.h"

#include <algorithm>
#include <vtkActor.h>
#include <vtkCamera.h>
#include <vtkLight.h>
#include <vtkPointData.h>
#include <vtkPolyData.h>
#include <vtkPolyDataMapper.h>
#include <vtkProperty.h>
#include <vtkRenderer.h>
#include <vtkUnsignedCharArray.h>

namespace kamei::ui::views::surface {
namespace {

constexpr std::size_t kKept = 8; ///< surfaces whose buffers stay on the card
constexpr int kPeels = 6;        ///< layers of what is seen through

vtkSmartPointer<vtkLight> lamp(double x, double y, double z, double strength) {
    auto light = vtkSmartPointer<vtkLight>::New();
    light->SetLightTypeToCameraLight();
    light->SetPosition(x, y, z);
    light->SetFocalPoint(0, 0, 0);
    light->SetIntensity(strength);
    return light;
}

} // namespace

Scene::Scene() {
    m_ready = m_window->createContext();
    if (!m_ready) {
        return;
    }
    m_renderer->SetAutomaticLightCreation(0);
    m_renderer->AddLight(lamp(0, 0, 1, 0.75));        // from where one looks
    m_renderer->AddLight(lamp(-0.8, 1.0, 0.7, 0.45)); // above, from the left: features cast shape
    m_renderer->SetGradientBackground(true);
    m_window->AddRenderer(m_renderer);
}

Scene::~Scene() {
    m_kept.clear();
    m_renderer->RemoveAllViewProps();
    m_window->RemoveRenderer(m_renderer);
    m_window->destroyContext();
}

vtkActor* Scene::actorOf(const Part& part) {
    std::erase_if(m_kept, [](const Kept& kept) { return kept.surface.expired(); });
    auto found = std::ranges::find_if(m_kept, [&](const Kept& kept) {
        return kept.surface.lock() == part.surface && kept.colours == part.colours;
    });
    if (found == m_kept.end()) {
        vtkNew<vtkPolyData> data;
        data->ShallowCopy(part.surface->mesh().data);
        vtkNew<vtkPolyDataMapper> mapper;
        mapper->ScalarVisibilityOff();
        if (part.colours && part.colours->size() == static_cast<std::size_t>(part.surface->points())) {
            vtkNew<vtkUnsignedCharArray> colours;
            colours->SetNumberOfComponents(3);
            colours->SetArray(const_cast<unsigned char*>(part.colours->data()->data()),
                              static_cast<vtkIdType>(part.colours->size() * 3), 1);
            data->GetPointData()->SetScalars(colours);
            mapper->ScalarVisibilityOn();
            mapper->SetColorModeToDirectScalars();
        }
        mapper->SetInputData(data);
        auto actor = vtkSmartPointer<vtkActor>::New();
        actor->SetMapper(mapper);
        m_kept.push_front({part.surface, part.colours, actor});
        while (m_kept.size() > kKept) {
            m_kept.pop_back();
        }
        found = m_kept.begin();
    } else {
        m_kept.splice(m_kept.begin(), m_kept, found);
        found = m_kept.begin();
    }
    vtkProperty* look = found->actor->GetProperty();
    look->SetInterpolationToPhong();
    look->SetColor(part.colour.redF(), part.colour.greenF(), part.colour.blueF());
    look->SetAmbient(0.08);
    look->SetDiffuse(0.85);
    look->SetSpecular(0.12);
    look->SetSpecularPower(18);
    look->SetOpacity(part.opacity);
    return found->actor;
}

QImage Scene::draw(const Picture& picture) {
    const int w = picture.size.width();
    const int h = picture.size.height();
    if (!m_ready || w <= 0 || h <= 0) {
        return {};
    }
    m_renderer->RemoveAllViewProps();
    bool seenThrough = false;
    for (const Part& part : picture.parts) {
        if (part.surface && part.surface->triangles() > 0) {
            m_renderer->AddActor(actorOf(part));
            seenThrough = seenThrough || part.opacity < 1;
        }
    }
    m_renderer->SetUseDepthPeeling(seenThrough);
    m_renderer->SetMaximumNumberOfPeels(kPeels);
    m_renderer->SetOcclusionRatio(0.02);
    m_renderer->SetBackground(picture.back.redF(), picture.back.greenF(), picture.back.blueF());
    m_renderer->SetBackground2(picture.backTop.redF(), picture.backTop.greenF(), picture.backTop.blueF());
    vtkCamera* camera = m_renderer->GetActiveCamera();
    camera->SetPosition(picture.pose.eye.data());
    camera->SetFocalPoint(picture.pose.focus.data());
    camera->SetViewUp(picture.pose.up.data());
    camera->SetViewAngle(picture.pose.viewAngleDeg);
    m_window->SetSize(w, h);
    m_window->MakeCurrent();
    m_renderer->ResetCameraClippingRange();
    m_window->Render();
    vtkNew<vtkUnsignedCharArray> pixels;
    m_window->GetRGBACharPixelData(0, 0, w - 1, h - 1, 0, pixels);
    if (pixels->GetNumberOfValues() < static_cast<vtkIdType>(w) * h * 4) {
        return {};
    }
    return QImage(pixels->GetPointer(0), w, h, w * 4, QImage::Format_RGBX8888).mirrored();
}

} // namespace kamei::ui::views::surface
