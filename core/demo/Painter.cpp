#include "core/demo/Painter.h"

#include <algorithm>
#include <pango/pangocairo.h>

namespace kamei::demo {

std::int32_t drawText(Canvas& canvas, std::int32_t x, std::int32_t y, double sizePx, const std::string& text,
                      std::uint8_t grey) {
    cairo_surface_t* surface = cairo_image_surface_create(CAIRO_FORMAT_A8, canvas.width, canvas.height);
    cairo_t* cairo = cairo_create(surface);
    PangoLayout* layout = pango_cairo_create_layout(cairo);
    PangoFontDescription* font = pango_font_description_from_string("Noto Sans CJK JP");
    pango_font_description_set_absolute_size(font, sizePx * PANGO_SCALE);
    pango_layout_set_font_description(layout, font);
    pango_layout_set_text(layout, text.c_str(), static_cast<int>(text.size()));
    int width = 0;
    pango_layout_get_pixel_size(layout, &width, nullptr);
    cairo_move_to(cairo, x, y);
    pango_cairo_show_layout(cairo, layout);
    cairo_surface_flush(surface);

    const unsigned char* alpha = cairo_image_surface_get_data(surface);
    const int stride = cairo_image_surface_get_stride(surface);
    for (std::int32_t row = 0; row < canvas.height; ++row) {
        for (std::int32_t column = 0; column < canvas.width; ++column) {
            const int a = alpha[static_cast<std::ptrdiff_t>(row) * stride + column];
            std::uint8_t& pixel = canvas.at(column, row);
            pixel = static_cast<std::uint8_t>((pixel * (255 - a) + grey * a) / 255);
        }
    }
    pango_font_description_free(font);
    g_object_unref(layout);
    cairo_destroy(cairo);
    cairo_surface_destroy(surface);
    return width;
}

} // namespace kamei::demo
