#include "ui/views/surface/EglWindow.h"

#include <GL/glew.h>

#include <EGL/egl.h>
#include <EGL/eglext.h>
#include <array>
#include <vtkObjectFactory.h>

namespace kamei::ui::views::surface {

vtkStandardNewMacro(EglWindow);

bool EglWindow::contextOn(void* display) {
    if (display == EGL_NO_DISPLAY || eglInitialize(display, nullptr, nullptr) == EGL_FALSE) {
        return false;
    }
    constexpr std::array<EGLint, 11> kConfig{EGL_SURFACE_TYPE,
                                             EGL_PBUFFER_BIT,
                                             EGL_RENDERABLE_TYPE,
                                             EGL_OPENGL_BIT,
                                             EGL_RED_SIZE,
                                             8,
                                             EGL_GREEN_SIZE,
                                             8,
                                             EGL_BLUE_SIZE,
                                             8,
                                             EGL_NONE};
    constexpr std::array<EGLint, 7> kContext{EGL_CONTEXT_MAJOR_VERSION,
                                             3,
                                             EGL_CONTEXT_MINOR_VERSION,
                                             2,
                                             EGL_CONTEXT_OPENGL_PROFILE_MASK,
                                             EGL_CONTEXT_OPENGL_CORE_PROFILE_BIT,
                                             EGL_NONE};
    EGLConfig config = nullptr;
    EGLint count = 0;
    if (eglBindAPI(EGL_OPENGL_API) == EGL_FALSE ||
        eglChooseConfig(display, kConfig.data(), &config, 1, &count) == EGL_FALSE || count == 0) {
        return false;
    }
    EGLContext context = eglCreateContext(display, config, EGL_NO_CONTEXT, kContext.data());
    if (context == EGL_NO_CONTEXT) {
        return false;
    }
    if (eglMakeCurrent(display, EGL_NO_SURFACE, EGL_NO_SURFACE, context) == EGL_FALSE) {
        eglDestroyContext(display, context);
        return false;
    }
    m_display = display;
    m_context = context;
    return true;
}

bool EglWindow::createContext() {
    const auto displayOf =
        reinterpret_cast<PFNEGLGETPLATFORMDISPLAYEXTPROC>(eglGetProcAddress("eglGetPlatformDisplayEXT"));
    if (displayOf == nullptr) {
        return false;
    }
    bool made = contextOn(displayOf(EGL_PLATFORM_SURFACELESS_MESA, EGL_DEFAULT_DISPLAY, nullptr));
    const auto devicesOf =
        reinterpret_cast<PFNEGLQUERYDEVICESEXTPROC>(eglGetProcAddress("eglQueryDevicesEXT"));
    if (!made && devicesOf != nullptr) {
        std::array<EGLDeviceEXT, 8> devices{};
        EGLint count = 0;
        if (devicesOf(static_cast<EGLint>(devices.size()), devices.data(), &count) == EGL_TRUE) {
            for (EGLint i = 0; i < count && !made; ++i) {
                made = contextOn(
                    displayOf(EGL_PLATFORM_DEVICE_EXT, devices[static_cast<std::size_t>(i)], nullptr));
            }
        }
    }
    if (!made) {
        return false;
    }
    glewExperimental = GL_TRUE;
    const GLenum loaded = glewInit();
    // GLEW looks for GLX after it has loaded OpenGL's functions; there is none and none is needed.
    if (loaded != GLEW_OK && loaded != GLEW_ERROR_NO_GLX_DISPLAY) {
        destroyContext();
        return false;
    }
    GlewInitValid = true;
    SetReadyForRendering(true);
    SetOwnContext(0);
    SetMultiSamples(0); // three times the time of a frame where software draws
    SetFrameBlitModeToNoBlit();
    SetSwapBuffers(0);
    return true;
}

void EglWindow::destroyContext() {
    if (m_context == nullptr) {
        return;
    }
    MakeCurrent();
    Finalize();
    SetReadyForRendering(false);
    eglMakeCurrent(m_display, EGL_NO_SURFACE, EGL_NO_SURFACE, EGL_NO_CONTEXT);
    eglDestroyContext(m_display, m_context);
    m_context = nullptr;
}

void EglWindow::MakeCurrent() {
    if (m_context != nullptr) {
        eglMakeCurrent(m_display, EGL_NO_SURFACE, EGL_NO_SURFACE, m_context);
    }
}

bool EglWindow::IsCurrent() {
    return m_context != nullptr && eglGetCurrentContext() == m_context;
}

void EglWindow::OpenGLInitContext() {
    if (!Initialized) {
        MakeCurrent();
        Initialized = true;
        OpenGLInitState();
    }
}

} // namespace kamei::ui::views::surface
