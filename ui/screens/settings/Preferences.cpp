#include "ui/screens/settings/Preferences.h"

#include <QApplication>
#include <QSettings>
#include <algorithm>

#include "ui/text/Language.h"

namespace kamei::ui::screens {
namespace {

constexpr auto kLanguage = "language";
constexpr auto kTheme = "theme";
constexpr auto kFontSize = "fontSize";

} // namespace

Preferences Preferences::load() {
    const QSettings settings;
    Preferences loaded;
    loaded.language = settings.value(QLatin1String(kLanguage)).toString();
    const QString theme = settings.value(QLatin1String(kTheme)).toString();
    loaded.theme = theme == QLatin1String("dark")    ? style::Mode::Dark
                   : theme == QLatin1String("light") ? style::Mode::Light
                                                     : style::Mode::System;
    loaded.basePx = std::clamp(settings.value(QLatin1String(kFontSize), 13).toInt(), 11, 20);
    return loaded;
}

void Preferences::save() const {
    QSettings settings;
    settings.setValue(QLatin1String(kLanguage), language);
    settings.setValue(QLatin1String(kTheme), theme == style::Mode::Dark    ? QStringLiteral("dark")
                                             : theme == style::Mode::Light ? QStringLiteral("light")
                                                                           : QStringLiteral("system"));
    settings.setValue(QLatin1String(kFontSize), basePx);
}

void Preferences::apply(QApplication& application) const {
    text::install(text::languageFor(language));
    style::Theme::instance().apply(application, theme, basePx);
}

} // namespace kamei::ui::screens
