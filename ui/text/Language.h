#pragma once

#include <QString>

namespace kamei::ui::text {

/// Languages of the window: "ja" (first) and "en".
enum class Language { Japanese, English };

/// The language for a stored setting ("ja", "en") or, when that is empty, for the system's locale:
/// Japanese unless the locale names another language than Japanese or none.
[[nodiscard]] Language languageFor(const QString& setting);
/// "ja" or "en".
[[nodiscard]] QString code(Language language);
/// Installs the translations of one language, ours and Qt's own; open windows are retranslated
/// through QEvent::LanguageChange. GUI thread.
void install(Language language);
/// The one installed last.
[[nodiscard]] Language current();
[[nodiscard]] inline bool japanese() {
    return current() == Language::Japanese;
}

} // namespace kamei::ui::text
