#pragma once

#include <QApplication>
#include <QRect>
#include <QWidget>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>

#include "core/base/Digest.h"
#include "core/keys/Signing.h"
#include "ui/shell/MainWindow.h"
#include "ui/tasks/TaskRunner.h"
#include "ui/views/image/ImageCanvas.h"
#include "ui/views/image/ImageView.h"

/// What a person does at the real window, by mouse and keyboard: signing in, drawing masks, deciding, looking
/// and confirming. Each of these waits until the window is where it should be, and fails the test where not.
namespace journeys {

inline constexpr int kLongMs = 120'000; ///< machines that test are slow and shared

/// Lets the window work until something is so; false when it is not after so long.
[[nodiscard]] bool until(const std::function<bool()>& met, int ms = kLongMs);

/// Acts, and acts again where nothing came of it (what was acted on was not there yet), until something is
/// so.
[[nodiscard]] bool untilDone(const std::function<void()>& act, const std::function<bool()>& met);

class WindowHand {
public:
    explicit WindowHand(kamei::ui::shell::MainWindow& window) : m_window(window) {}

    [[nodiscard]] kamei::job::Session& session() const { return *m_window.context().session(); }
    [[nodiscard]] bool idle() const { return !m_window.context().runner().busy(); }
    template <class Widget> Widget* widget(const char* name) const {
        for (QWidget* top : QApplication::topLevelWidgets()) {
            if (auto* found = top->findChild<Widget*>(QLatin1String(name)); found != nullptr) {
                return found;
            }
        }
        return nullptr;
    }
    void go(kamei::ui::shell::ScreenId screen, kamei::base::AssetId asset = {},
            kamei::base::FindingId finding = {}) const;

    /// By the dialog behind the name in the upper bar; the key is made when there is none of this name.
    void signIn(const QString& name, kamei::keys::Role role, const QString& passphrase) const;
    /// By its dialog. `policy`: the base policy it starts with stays as proposed.
    void makeWorkspace(const std::filesystem::path& folder, const QString& title) const;
    void dropFolder(const std::filesystem::path& folder) const;

    /// Assets whose first source has this file name.
    [[nodiscard]] std::vector<kamei::base::AssetId> assetsOf(const std::string& file) const;
    /// A question of the detectors that asks for a look at an asset's pictures; none: an id that is not
    /// valid.
    [[nodiscard]] kamei::base::FindingId questionOf(kamei::base::AssetId asset) const;
    /// Masks that a person drew on an asset.
    [[nodiscard]] std::int64_t masksOf(kamei::base::AssetId asset) const;
    /// Draws a box over a picture of an asset, in pixels of the picture, on the frame that is shown.
    void drawBox(kamei::base::AssetId asset, const QRect& box) const;
    /// The name on frames 1 to 30, the face from 61 on (core/demo/Endoscopy); mucosa is no face.
    void maskEndoscopy(kamei::base::AssetId asset) const;
    /// Goes to what is open and presses A until nothing is; where a reason is asked for, one is typed.
    void acceptEverythingByKey() const;
    /// Space goes through pages and pictures, Enter confirms and goes on, until nothing waits for this person
    /// any more.
    void confirmEverythingByKeys(std::int64_t& confirmed) const;
    /// Writes into every empty field of the sheet of purpose and notice, in its dialog.
    void fillInTheSheet() const;
    /// Presses the buttons that release into a folder and destroy the deleted information.
    void releaseTo(const std::filesystem::path& out) const;

private:
    [[nodiscard]] kamei::ui::views::image::ImageView* pictureOf(kamei::base::AssetId asset) const;
    [[nodiscard]] std::int64_t waitingForMe() const;
    [[nodiscard]] kamei::ui::views::image::ImageCanvas* canvas() const;
    void dragOver(kamei::ui::views::image::ImageCanvas& canvas, const QRect& box) const;

    kamei::ui::shell::MainWindow& m_window;
};

/// SHA-256 of each file below a folder, by path.
[[nodiscard]] std::map<std::string, kamei::base::Sha256> digestsOf(const std::filesystem::path& folder);

} // namespace journeys
