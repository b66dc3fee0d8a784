#pragma once

#include "core/demo/Painter.h"
#include "core/demo/People.h"

namespace kamei::demo {

/// One frame (from 0) of a computed ultrasound sweep of 640 x 480 pixels: a fan with moving chambers, the
/// device's scale, and burned in at the top: name, ID, birth date, facility, date, physician.
[[nodiscard]] Canvas ultrasoundFrame(const Person& person, int frame, int frames);

/// A computed chest X-ray of 900 x 1024 pixels (bright is dense) with name and ID burned in at a corner.
[[nodiscard]] Canvas chestXRay(const Person& person);

/// The text burned into ultrasoundFrame, line by line, for the answer key.
[[nodiscard]] std::vector<std::string> ultrasoundText(const Person& person);

} // namespace kamei::demo
