#pragma once
// Private to ui/views/surface: shows VTK.

#include <vtkGenericOpenGLRenderWindow.h>

namespace kamei::ui::views::surface {

/// A VTK window that is on no screen: an OpenGL context of EGL without a surface (Mesa's surfaceless
/// platform, or a device as NVIDIA offers it). Made, used and destroyed on one thread.
class EglWindow : public vtkGenericOpenGLRenderWindow {
public:
    static EglWindow* New();
    vtkTypeMacro(EglWindow, vtkGenericOpenGLRenderWindow)

        /// False where neither platform gives a context of OpenGL 3.2; then nothing can be drawn.
        [[nodiscard]] bool createContext();
    void destroyContext();

    void MakeCurrent() override;
    bool IsCurrent() override;
    int SupportsOpenGL() override { return 1; }
    vtkTypeBool IsDirect() override { return 1; }
    void OpenGLInitContext() override;

    EglWindow(const EglWindow&) = delete;
    void operator=(const EglWindow&) = delete;

protected:
    EglWindow() = default;
    ~EglWindow() override = default;

private:
    bool contextOn(void* display);

    void* m_display = nullptr;
    void* m_context = nullptr;
};

} // namespace kamei::ui::views::surface
