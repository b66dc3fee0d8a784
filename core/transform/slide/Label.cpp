#include "core/transform/slide/Label.h"

#include <algorithm>
#include <numbers>
#include <pango/pangocairo.h>

namespace kamei::transform::slide {

model::Raster drawLabel(std::uint32_t width, std::uint32_t height, const std::string& text) {
    const auto w = static_cast<int>(width);
    const auto h = static_cast<int>(height);
    model::Raster out;
    out.width = w;
    out.height = h;
    out.channels = 3;
    out.samples.assign(std::size_t{width} * height * 3, std::byte{0xFF});
    cairo_surface_t* surface = cairo_image_surface_create(CAIRO_FORMAT_A8, w, h);
    cairo_t* cairo = cairo_create(surface);
    cairo_rectangle(cairo, 1.5, 1.5, std::max(1, w - 3), std::max(1, h - 3));
    cairo_set_line_width(cairo, 1.0);
    cairo_stroke(cairo);
    PangoLayout* layout = pango_cairo_create_layout(cairo);
    PangoFontDescription* font = pango_font_description_from_string("monospace bold");
    const double along = std::max(w, h);
    const double across = std::min(w, h);
    double size = std::clamp(across * 0.4, 6.0, 200.0);
    int textWidth = 0;
    int textHeight = 0;
    for (int pass = 0; pass < 2; ++pass) { // the second with the size that fits
        pango_font_description_set_absolute_size(font, size * PANGO_SCALE);
        pango_layout_set_font_description(layout, font);
        pango_layout_set_text(layout, text.c_str(), static_cast<int>(text.size()));
        pango_layout_get_pixel_size(layout, &textWidth, &textHeight);
        if (textWidth > along * 0.9) {
            size = std::max(4.0, size * along * 0.9 / textWidth);
        }
    }
    cairo_translate(cairo, w / 2.0, h / 2.0);
    if (h > w) {
        cairo_rotate(cairo, std::numbers::pi / 2);
    }
    cairo_move_to(cairo, -textWidth / 2.0, -textHeight / 2.0);
    pango_cairo_show_layout(cairo, layout);
    cairo_surface_flush(surface);
    const unsigned char* const ink = cairo_image_surface_get_data(surface);
    const int stride = cairo_image_surface_get_stride(surface);
    for (int y = 0; ink != nullptr && y < h; ++y) {
        for (int x = 0; x < w; ++x) {
            const auto value = static_cast<std::byte>(255 - ink[static_cast<std::ptrdiff_t>(y) * stride + x]);
            std::byte* const pixel = out.samples.data() + (std::size_t(y) * width + std::size_t(x)) * 3;
            std::fill_n(pixel, 3, value);
        }
    }
    pango_font_description_free(font);
    g_object_unref(layout);
    cairo_destroy(cairo);
    cairo_surface_destroy(surface);
    return out;
}

} // namespace kamei::transform::slide
