#pragma once

#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "core/model/Locator.h"
#include "core/model/Raster.h"

namespace kamei::tests {

/// What lies under the letters.
enum class Ground { Black, Noise, Speckle, XRay, Endoscopy, Paper };

/// How letters are drawn.
struct Ink {
    double red = 1;
    double green = 1;
    double blue = 1;
    bool outlined = false; ///< with a dark border, as endoscopes draw them
    bool smooth = true;    ///< anti-aliased
};

struct Lettering {
    std::string text;
    std::string font; ///< as Pango names it
    double sizePx = 20;
    Ink ink;
};

/// A line as it was drawn: what its ink covers.
struct Drawn {
    model::RectPx rect;
    std::string text;
};

struct BurnedPicture {
    model::Raster raster;
    std::vector<Drawn> lines;
};

/// A background without a letter on it: grey (one channel) for X-ray, ultrasound, noise; colour otherwise.
[[nodiscard]] model::Raster ground(Ground kind, std::int32_t width, std::int32_t height, std::uint32_t seed);

/// Draws each line somewhere free on the picture.
[[nodiscard]] BurnedPicture burned(model::Raster raster, const std::vector<Lettering>& lines,
                                   std::uint32_t seed);

/// Blurs a little, as scaling and compression do.
void soften(model::Raster& raster);

/// Lines as devices burn them in: names, numbers, dates, facilities of fictional people.
[[nodiscard]] std::vector<Lettering> someLetterings(Ground kind, int count, std::uint32_t seed);

} // namespace kamei::tests
