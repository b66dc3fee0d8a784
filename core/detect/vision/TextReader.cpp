#include "core/detect/vision/TextReader.h"

#include <algorithm>
#include <dlfcn.h>
#include <memory>
#include <opencv2/imgproc.hpp>
#include <tesseract/baseapi.h>

#include "core/detect/vision/Planes.h"
#include "core/detect/vision/TextLines.h"

namespace kamei::detect::vision {
namespace {

constexpr double kReadHeight = 44; // of a line with its margins, in pixels, as Tesseract reads best
constexpr const char* kLanguages = "jpn+eng";

/// Tesseract spreads a line over four threads of its own, which spin; the rooms above have spread pictures
/// over all there are. The library is asked for at run time, so that nothing here needs a compiler with
/// OpenMP.
void useOneThread() {
    if (void* const found = dlsym(RTLD_DEFAULT, "omp_set_max_active_levels"); found != nullptr) {
        reinterpret_cast<void (*)(int)>(found)(0);
    }
}

/// Tesseract with its data loaded; not shared between threads.
class Engine {
public:
    Engine() {
        useOneThread();
        m_ready = m_api.Init(nullptr, kLanguages, tesseract::OEM_LSTM_ONLY) == 0;
        if (m_ready) {
            m_api.SetVariable("debug_file", "/dev/null");
        }
    }
    Engine(const Engine&) = delete;
    Engine& operator=(const Engine&) = delete;
    ~Engine() { m_api.End(); }

    [[nodiscard]] bool ready() const { return m_ready; }

    Reading read(const cv::Mat& line, tesseract::PageSegMode mode) {
        m_api.SetPageSegMode(mode);
        m_api.SetImage(line.data, line.cols, line.rows, 1, static_cast<int>(line.step));
        m_api.SetSourceResolution(150);
        const std::unique_ptr<char[]> text(m_api.GetUTF8Text());
        Reading out;
        out.text = text ? text.get() : "";
        out.confidence = std::clamp(m_api.MeanTextConf() / 100.0, 0.0, 1.0);
        m_api.Clear();
        while (!out.text.empty() && static_cast<unsigned char>(out.text.back()) <= ' ') {
            out.text.pop_back();
        }
        std::ranges::replace(out.text, '\n', ' ');
        return out;
    }

private:
    tesseract::TessBaseAPI m_api;
    bool m_ready = false;
};

Engine& engine() {
    thread_local Engine mine;
    return mine;
}

Reading better(Reading a, Reading b) {
    const auto weight = [](const Reading& r) { return r.confidence * (r.text.empty() ? 0.0 : 1.0); };
    return weight(a) >= weight(b) ? std::move(a) : std::move(b);
}

/// A line, and as a block where it is high enough for two lines that touch.
Reading readUpright(const cv::Mat& letters, int thick) {
    Reading line = engine().read(letters, tesseract::PSM_SINGLE_LINE);
    constexpr double kSure = 0.5;
    constexpr int kTwoLines = 20;
    if (line.confidence < kSure && thick >= kTwoLines) {
        return better(std::move(line), engine().read(letters, tesseract::PSM_SINGLE_BLOCK));
    }
    return line;
}

Reading readOne(const cv::Mat& plane, const TextBox& box) {
    const int thick = std::max(1, box.vertical ? box.rect.width : box.rect.height);
    const int room = std::max(3, thick / 4);
    const cv::Rect place = cv::Rect(box.rect.x - room, box.rect.y - room, box.rect.width + 2 * room,
                                    box.rect.height + 2 * room) &
                           cv::Rect(0, 0, plane.cols, plane.rows);
    if (place.area() == 0) {
        return {};
    }
    cv::Mat letters;
    cv::bitwise_not(plane(place), letters); // Tesseract was trained on dark letters
    const double scale = std::clamp(kReadHeight / (thick + 2 * room), 0.2, 4.0);
    cv::resize(letters, letters, {}, scale, scale, scale > 1 ? cv::INTER_CUBIC : cv::INTER_AREA);
    cv::normalize(letters, letters, 0, 255, cv::NORM_MINMAX);
    if (!box.vertical) {
        return readUpright(letters, thick);
    }
    cv::Mat turned;
    cv::rotate(letters, turned, cv::ROTATE_90_CLOCKWISE);
    Reading clockwise = readUpright(turned, thick);
    cv::rotate(letters, turned, cv::ROTATE_90_COUNTERCLOCKWISE);
    return better(std::move(clockwise), readUpright(turned, thick));
}

} // namespace

base::Expected<std::vector<Reading>> readOn(const std::vector<cv::Mat>& planes,
                                            const std::vector<TextBox>& boxes) {
    std::vector<Reading> out;
    if (boxes.empty()) {
        return out;
    }
    if (!engine().ready()) {
        return base::fail(base::ErrorCode::NotFound, "detect.vision.read", {"tessdata"});
    }
    for (const TextBox& box : boxes) {
        out.push_back(readOne(planes.at(box.plane), box));
    }
    return out;
}

base::Expected<std::vector<Reading>> readTextBoxes(const model::Raster& raster,
                                                   const std::vector<TextBox>& boxes) {
    if (!isSound(raster)) {
        return base::fail(base::ErrorCode::InvalidArgument, "detect.vision.read");
    }
    try {
        return readOn(letterPlanes(raster), boxes);
    } catch (const cv::Exception&) {
        return base::fail(base::ErrorCode::Internal, "detect.vision.read");
    }
}

} // namespace kamei::detect::vision
