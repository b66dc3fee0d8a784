#include "ui/style/Theme.h"

#include <QApplication>
#include <QPalette>
#include <QStyleFactory>
#include <QStyleHints>
#include <QToolTip>
#include <algorithm>
#include <cmath>

#include "ui/style/FocusRing.h"
#include "ui/style/StyleSheet.h"

namespace kamei::ui::style {
namespace {

constexpr int kStandardPx = 13;

QColor hex(unsigned value) {
    return QColor::fromRgb(value);
}

/// Whether the desktop asked for dark: read from its palette before ours replaces it.
bool desktopIsDark() {
    static const bool dark = QApplication::palette().color(QPalette::Window).lightnessF() < 0.5F;
    return dark;
}

QPalette paletteOf(const Tokens& t) {
    QPalette p;
    p.setColor(QPalette::Window, t.window);
    p.setColor(QPalette::WindowText, t.text);
    p.setColor(QPalette::Base, t.panel);
    p.setColor(QPalette::AlternateBase, t.alternate);
    p.setColor(QPalette::Text, t.text);
    p.setColor(QPalette::PlaceholderText, t.text3);
    p.setColor(QPalette::Button, t.button);
    p.setColor(QPalette::ButtonText, t.text);
    p.setColor(QPalette::BrightText, t.bad);
    p.setColor(QPalette::ToolTipBase, t.panel);
    p.setColor(QPalette::ToolTipText, t.text);
    p.setColor(QPalette::Highlight, t.accent);
    p.setColor(QPalette::HighlightedText, t.onAccent);
    p.setColor(QPalette::Link, t.accent);
    p.setColor(QPalette::LinkVisited, t.accent);
    p.setColor(QPalette::Light, t.panel);
    p.setColor(QPalette::Midlight, t.header);
    p.setColor(QPalette::Mid, t.line);
    p.setColor(QPalette::Dark, t.control);
    p.setColor(QPalette::Shadow, t.control);
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText, QPalette::Link}) {
        p.setColor(QPalette::Disabled, role, t.disabled);
    }
    p.setColor(QPalette::Disabled, QPalette::Base, t.alternate);
    p.setColor(QPalette::Disabled, QPalette::Button, t.alternate);
    return p;
}

struct Row {
    unsigned fill;
    unsigned letter;
    unsigned light;
    unsigned dark;
    CategoryLook::Line style;
};

Row rowOf(model::Category category) {
    using L = CategoryLook::Line;
    switch (category) {
    case model::Category::Code1:
    case model::Category::Code2:
        return {0xD55E00, 0x000000, 0xB04E00, 0xF28B45, L::Double};
    case model::Category::Identifier:
        return {0x0072B2, 0xFFFFFF, 0x0072B2, 0x5BA3DE, L::Solid};
    case model::Category::QuasiIdentifier:
        return {0xE69F00, 0x000000, 0x8A5F00, 0xE8A820, L::Dash};
    case model::Category::Financial:
        return {0xCC79A7, 0x000000, 0xA0447A, 0xDE95BE, L::Wave};
    case model::Category::LinkingCode:
        return {0x009E73, 0x000000, 0x007556, 0x34BE93, L::DashDot};
    case model::Category::Contact:
        return {0x56B4E9, 0x000000, 0x1B74AB, 0x92CFF3, L::Dot};
    case model::Category::None:
        break;
    }
    return {0x7C8592, 0x000000, 0x59616E, 0xA5AEBB, L::Solid};
}

CategoryLook lookOf(model::Category category, bool dark) {
    const Row row = rowOf(category);
    CategoryLook look{hex(row.fill), hex(row.letter), hex(dark ? row.dark : row.light), hex(row.fill),
                      row.style};
    look.tint.setAlphaF(dark ? 0.30F : 0.20F);
    return look;
}

} // namespace

Theme& Theme::instance() {
    static Theme theme;
    return theme;
}

Tokens Theme::tokensOf(bool dark) {
    if (dark) {
        return {hex(0x1B1E23), hex(0x24282F), hex(0x292E36), hex(0x2F353E), hex(0x3E4550), hex(0x7F8997),
                hex(0xE7EAEF), hex(0xBAC2CD), hex(0xA5AEBB), hex(0x7D8693), hex(0xABA9F2), hex(0x17172E),
                hex(0x3B3A66), hex(0x31344A), hex(0xFF9C98), hex(0x4A2628), hex(0xF3C163), hex(0x42351C),
                hex(0x7FD69C), hex(0x1F3D2A), hex(0x303641), hex(0x1B1E23), hex(0x1E2228), hex(0x262A31)};
    }
    return {hex(0xECEEF1), hex(0xFFFFFF), hex(0xF6F7F9), hex(0xE3E6EB), hex(0xCFD4DC), hex(0x7C8592),
            hex(0x1A1E25), hex(0x474F5C), hex(0x59616E), hex(0x868E9A), hex(0x4A489B), hex(0xFFFFFF),
            hex(0xE1E0F4), hex(0xEDEDF8), hex(0xA3141D), hex(0xFBE7E7), hex(0x754800), hex(0xFCF0D6),
            hex(0x1B6436), hex(0xE2F1E7), hex(0xF8F9FA), hex(0xFFFFFF), hex(0xFFFFFF), hex(0xF0F1F4)};
}

void Theme::apply(QApplication& application, Mode mode, int basePx) {
    const bool desktopDark = desktopIsDark();
    m_mode = mode;
    m_basePx = std::clamp(basePx, 11, 20);
    m_dark = mode == Mode::Dark || (mode == Mode::System && desktopDark);
    m_tokens = tokensOf(m_dark);

    application.setStyle(QStyleFactory::create(QStringLiteral("Fusion")));
    application.setPalette(paletteOf(m_tokens));
    QToolTip::setPalette(paletteOf(m_tokens));
    application.setFont(font());
    application.setStyleSheet(styleSheet(*this));
    FocusRing::install(application);
    emit changed();
}

CategoryLook Theme::category(model::Category category) const {
    return lookOf(category, m_dark);
}

CategoryLook Theme::viewerCategory(model::Category category) const {
    return lookOf(category, true);
}

QFont Theme::font(Type type, bool bold) const {
    QFont font;
    font.setFamilies(
        {QStringLiteral("Noto Sans CJK JP"), QStringLiteral("Noto Sans"), QStringLiteral("sans-serif")});
    font.setPixelSize(px(static_cast<int>(type)));
    font.setWeight(bold ? QFont::Bold : QFont::Normal);
    return font;
}

QFont Theme::monoFont() const {
    QFont font;
    font.setFamilies({QStringLiteral("Noto Sans Mono CJK JP"), QStringLiteral("Noto Sans Mono"),
                      QStringLiteral("monospace")});
    font.setPixelSize(px(12));
    return font;
}

int Theme::px(int atStandard) const {
    return (atStandard * m_basePx + kStandardPx / 2) / kStandardPx;
}

QPen categoryPen(const CategoryLook& look, qreal width) {
    QPen pen(look.line, width);
    pen.setCapStyle(Qt::FlatCap);
    switch (look.style) {
    case CategoryLook::Line::Solid:
    case CategoryLook::Line::Double:
        break;
    case CategoryLook::Line::Dash:
        pen.setDashPattern({3.5, 2.0});
        break;
    case CategoryLook::Line::DashDot:
        pen.setDashPattern({4.5, 2.0, 1.0, 2.0});
        break;
    case CategoryLook::Line::Dot:
        pen.setDashPattern({1.0, 1.5});
        break;
    case CategoryLook::Line::Wave:
        pen.setDashPattern({7.0, 2.0});
        break;
    }
    return pen;
}

double contrast(const QColor& one, const QColor& other) {
    // WCAG 2.1, "relative luminance" and "contrast ratio".
    const auto luminance = [](const QColor& colour) {
        const auto linear = [](double c) {
            return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
        };
        return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF()) +
               0.0722 * linear(colour.blueF());
    };
    const double a = luminance(one);
    const double b = luminance(other);
    return (std::max(a, b) + 0.05) / (std::min(a, b) + 0.05);
}

} // namespace kamei::ui::style
