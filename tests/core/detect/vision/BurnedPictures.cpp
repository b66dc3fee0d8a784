#include "BurnedPictures.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <pango/pangocairo.h>

namespace kamei::tests {
namespace {

using model::Raster;
using model::RectPx;

double uniform(std::mt19937& random, double low, double high) {
    return low + (high - low) * static_cast<double>(random()) / static_cast<double>(std::mt19937::max());
}

std::byte level(double value) {
    return static_cast<std::byte>(std::clamp(std::lround(value), 0L, 255L));
}

/// Noise with structure of `cell` pixels, 0..1.
class Texture {
public:
    Texture(double cell, std::uint32_t seed) : m_cell(cell) {
        std::mt19937 random(seed);
        for (double& value : m_values) {
            value = uniform(random, 0, 1);
        }
    }
    double at(double x, double y) const {
        const double u = x / m_cell;
        const double v = y / m_cell;
        const auto i = static_cast<int>(u);
        const auto j = static_cast<int>(v);
        const double s = u - i;
        const double t = v - j;
        return (knot(i, j) * (1 - s) + knot(i + 1, j) * s) * (1 - t) +
               (knot(i, j + 1) * (1 - s) + knot(i + 1, j + 1) * s) * t;
    }

private:
    double knot(int i, int j) const { return m_values[static_cast<std::size_t>((i * 73 + j * 151) & 4095)]; }
    double m_cell;
    std::array<double, 4096> m_values{};
};

struct Rgb {
    double r = 0;
    double g = 0;
    double b = 0;
};

Rgb pixelOf(Ground kind, double x, double y, double width, double height, const Texture& coarse,
            const Texture& fine, std::mt19937& random) {
    const double u = x / width - 0.5;
    const double v = y / height;
    switch (kind) {
    case Ground::Black:
        return {4, 4, 4};
    case Ground::Noise: {
        const double grey = 60 + 40 * coarse.at(x, y) + uniform(random, -25, 25);
        return {grey, grey, grey};
    }
    case Ground::Speckle: { // an ultrasound fan: multiplicative noise within a sector
        const double angle = std::atan2(u * width, (v + 0.05) * height);
        const double radius = std::hypot(u * width, (v + 0.05) * height) / height;
        if (std::abs(angle) > 0.65 || radius > 0.98 || radius < 0.08) {
            return {2, 2, 2};
        }
        const double rayleigh = std::sqrt(-2 * std::log(std::max(1e-6, uniform(random, 0, 1))));
        const double grey =
            (20 + 90 * coarse.at(x, y)) * (0.35 + 0.45 * rayleigh) * (0.6 + 0.4 * fine.at(x, y));
        return {grey, grey, grey};
    }
    case Ground::XRay: {
        const double lungs =
            std::exp(-((std::abs(u) - 0.22) * (std::abs(u) - 0.22) / 0.012 + (v - 0.45) * (v - 0.45) / 0.08));
        const double ribs = 12 * std::sin(v * 45 + std::abs(u) * 18) * lungs;
        const double grey =
            190 - 130 * lungs + 30 * coarse.at(x, y) + ribs - 60 * std::abs(u) + uniform(random, -5, 5);
        return {grey, grey, grey};
    }
    case Ground::Endoscopy: {
        const double radius = std::hypot(u, (v - 0.5) * height / width);
        if (radius > 0.42) {
            return {3, 3, 3};
        }
        const double light = 1 - radius;
        const double fold = 0.5 + 0.5 * std::sin(12 * coarse.at(x, y) + 10 * radius);
        return {(150 + 60 * fold) * light + uniform(random, -4, 4),
                (60 + 40 * fold) * light + uniform(random, -4, 4),
                (55 + 25 * fold) * light + uniform(random, -4, 4)};
    }
    case Ground::Paper: {
        const double grey = 238 + 8 * coarse.at(x, y) + uniform(random, -2, 2);
        return {grey, grey, grey - 4};
    }
    }
    return {};
}

bool isGrey(Ground kind) {
    return kind == Ground::Black || kind == Ground::Noise || kind == Ground::Speckle || kind == Ground::XRay;
}

struct Coverage {
    std::vector<std::uint8_t> alpha;
    std::vector<std::uint8_t> border;
    RectPx ink;
};

Coverage drawn(const Lettering& line, std::int32_t width, std::int32_t height, int x, int y) {
    Coverage out;
    cairo_surface_t* surface = cairo_image_surface_create(CAIRO_FORMAT_A8, width, height);
    cairo_t* cairo = cairo_create(surface);
    PangoLayout* layout = pango_cairo_create_layout(cairo);
    PangoFontDescription* font = pango_font_description_from_string(line.font.c_str());
    pango_font_description_set_absolute_size(font, line.sizePx * PANGO_SCALE);
    pango_layout_set_font_description(layout, font);
    cairo_font_options_t* options = cairo_font_options_create();
    cairo_font_options_set_antialias(options, line.ink.smooth ? CAIRO_ANTIALIAS_GRAY : CAIRO_ANTIALIAS_NONE);
    pango_cairo_context_set_font_options(pango_layout_get_context(layout), options);
    pango_layout_set_text(layout, line.text.c_str(), static_cast<int>(line.text.size()));
    PangoRectangle ink{};
    pango_layout_get_pixel_extents(layout, &ink, nullptr);
    const auto take = [&](std::vector<std::uint8_t>& into) {
        cairo_surface_flush(surface);
        const unsigned char* data = cairo_image_surface_get_data(surface);
        const int stride = cairo_image_surface_get_stride(surface);
        for (std::int32_t row = 0; row < height; ++row) {
            into.insert(into.end(), data + static_cast<std::ptrdiff_t>(row) * stride,
                        data + static_cast<std::ptrdiff_t>(row) * stride + width);
        }
    };
    cairo_move_to(cairo, x - ink.x, y - ink.y);
    pango_cairo_show_layout(cairo, layout);
    take(out.alpha);
    if (line.ink.outlined) {
        cairo_move_to(cairo, x - ink.x, y - ink.y);
        pango_cairo_layout_path(cairo, layout);
        cairo_set_line_width(cairo, std::max(2.0, line.sizePx / 8));
        cairo_stroke(cairo);
        take(out.border);
    }
    out.ink = {x, y, ink.width, ink.height};
    cairo_font_options_destroy(options);
    pango_font_description_free(font);
    g_object_unref(layout);
    cairo_destroy(cairo);
    cairo_surface_destroy(surface);
    return out;
}

void blend(Raster& raster, const Coverage& over, const Ink& ink) {
    const auto channels = static_cast<std::size_t>(raster.channels);
    std::array<double, 3> colour{ink.red * 255, ink.green * 255, ink.blue * 255};
    if (channels == 1) {
        colour[0] = *std::ranges::max_element(colour);
    }
    for (std::size_t i = 0; i < over.alpha.size(); ++i) {
        for (std::size_t c = 0; c < channels; ++c) {
            std::byte& sample = raster.samples[i * channels + c];
            auto value = static_cast<double>(std::to_integer<int>(sample));
            if (!over.border.empty()) {
                value *= 1 - over.border[i] / 255.0;
            }
            const double a = over.alpha[i] / 255.0;
            sample = level(value * (1 - a) + colour[c] * a);
        }
    }
}

bool overlaps(const RectPx& a, const RectPx& b, int room) {
    return a.x < b.x + b.width + room && b.x < a.x + a.width + room && a.y < b.y + b.height + room &&
           b.y < a.y + a.height + room;
}

} // namespace

Raster ground(Ground kind, std::int32_t width, std::int32_t height, std::uint32_t seed) {
    Raster out;
    out.width = width;
    out.height = height;
    out.channels = isGrey(kind) ? 1 : 3;
    const Texture coarse(60, seed + 1);
    const Texture fine(5, seed + 2);
    std::mt19937 random(seed);
    out.samples.reserve(static_cast<std::size_t>(width) * static_cast<std::size_t>(height) *
                        static_cast<std::size_t>(out.channels));
    for (std::int32_t y = 0; y < height; ++y) {
        for (std::int32_t x = 0; x < width; ++x) {
            const Rgb colour = pixelOf(kind, x, y, width, height, coarse, fine, random);
            out.samples.push_back(level(colour.r));
            if (out.channels == 3) {
                out.samples.push_back(level(colour.g));
                out.samples.push_back(level(colour.b));
            }
        }
    }
    return out;
}

BurnedPicture burned(Raster raster, const std::vector<Lettering>& lines, std::uint32_t seed) {
    BurnedPicture out{std::move(raster), {}};
    std::mt19937 random(seed);
    for (const Lettering& line : lines) {
        const RectPx size = drawn(line, 8, 8, 0, 0).ink;
        for (int attempt = 0; attempt < 60; ++attempt) {
            RectPx place = size;
            if (place.width + 8 > out.raster.width || place.height + 8 > out.raster.height) {
                break;
            }
            place.x = static_cast<int>(uniform(random, 3, out.raster.width - place.width - 4));
            place.y = static_cast<int>(uniform(random, 3, out.raster.height - place.height - 4));
            const bool free = std::ranges::none_of(
                out.lines, [&](const Drawn& other) { return overlaps(place, other.rect, size.height); });
            if (!free) {
                continue;
            }
            const Coverage over = drawn(line, out.raster.width, out.raster.height, place.x, place.y);
            blend(out.raster, over, line.ink);
            out.lines.push_back({over.ink, line.text});
            break;
        }
    }
    return out;
}

void soften(Raster& raster) {
    const std::vector<std::byte> from = raster.samples;
    const auto stride = static_cast<std::ptrdiff_t>(raster.width) * raster.channels;
    const auto value = [&](std::ptrdiff_t i) {
        return std::to_integer<int>(from[static_cast<std::size_t>(
            std::clamp<std::ptrdiff_t>(i, 0, static_cast<std::ptrdiff_t>(from.size()) - 1))]);
    };
    for (std::ptrdiff_t i = 0; i < static_cast<std::ptrdiff_t>(from.size()); ++i) {
        const int sum = 4 * value(i) + value(i - raster.channels) + value(i + raster.channels) +
                        value(i - stride) + value(i + stride);
        raster.samples[static_cast<std::size_t>(i)] = static_cast<std::byte>(sum / 8);
    }
}

std::vector<Lettering> someLetterings(Ground kind, int count, std::uint32_t seed) {
    static const std::array<std::string, 14> kTexts{"水野 節子",
                                                    "ID: 00458812",
                                                    "1951/08/19",
                                                    "TOGAWA RIE",
                                                    "静和会中央病院",
                                                    "2026-03-10 11:02",
                                                    "MIZUNO^SETSUKO 74Y F",
                                                    "患者ID 0045-8812",
                                                    "森本 太郎 様 65歳 男",
                                                    "Sato Hanako",
                                                    "A260310-0042",
                                                    "S19.11.03 生",
                                                    "Seiwa Chuo Hosp.",
                                                    "カトウ ジロウ"};
    static const std::array<std::string, 8> kFonts{
        "Noto Sans CJK JP", "Noto Serif CJK JP", "Noto Sans Mono CJK JP", "Noto Sans CJK JP Bold",
        "DejaVu Sans",      "DejaVu Serif",      "DejaVu Sans Mono",      "DejaVu Sans Bold"};
    static const std::array<Ink, 6> kLight{Ink{},
                                           Ink{1, 1, 0.1},
                                           Ink{0.2, 1, 0.3},
                                           Ink{0.3, 0.95, 1},
                                           Ink{0.82, 0.82, 0.82},
                                           Ink{1, 1, 1, false, false}};
    std::mt19937 random(seed);
    std::vector<Lettering> out;
    for (int i = 0; i < count; ++i) {
        Lettering line;
        line.text = kTexts[random() % kTexts.size()];
        line.font = kFonts[random() % kFonts.size()];
        line.sizePx = uniform(random, 10, 40);
        line.ink = kLight[random() % kLight.size()];
        switch (kind) {
        case Ground::Paper:
            line.ink = random() % 2 == 0 ? Ink{0, 0, 0} : Ink{0.1, 0.1, 0.5};
            break;
        case Ground::Endoscopy:
            line.ink.outlined = random() % 2 == 0;
            break;
        case Ground::XRay: // on a light ground devices write with a border, or black
            if (random() % 3 == 0) {
                line.ink = Ink{0, 0, 0};
            } else {
                line.ink = Ink{};
                line.ink.outlined = true;
            }
            break;
        case Ground::Noise:
            if (random() % 4 == 0) {
                line.ink = Ink{0, 0, 0};
                line.ink.smooth = true;
            }
            break;
        default:
            break;
        }
        out.push_back(line);
    }
    return out;
}

} // namespace kamei::tests
