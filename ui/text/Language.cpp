#include "ui/text/Language.h"

#include <QCoreApplication>
#include <QLibraryInfo>
#include <QLocale>
#include <QTranslator>
#include <array>
#include <memory>

namespace kamei::ui::text {
namespace {

Language s_current = Language::English; // the language of the sources

} // namespace

Language languageFor(const QString& setting) {
    const QString wanted = setting.isEmpty() ? QLocale::system().name() : setting;
    // "C" is what a machine without any locale reports.
    return wanted.startsWith(QLatin1String("ja")) || wanted == QLatin1String("C") ? Language::Japanese
                                                                                  : Language::English;
}

QString code(Language language) {
    return language == Language::Japanese ? QStringLiteral("ja") : QStringLiteral("en");
}

void install(Language language) {
    static std::array<std::unique_ptr<QTranslator>, 2> installed;
    for (auto& translator : installed) {
        if (translator) {
            QCoreApplication::removeTranslator(translator.get());
        }
    }
    s_current = language;
    QLocale::setDefault(QLocale(language == Language::Japanese ? QLocale::Japanese : QLocale::English));
    auto qt = std::make_unique<QTranslator>();
    if (qt->load(QStringLiteral("qtbase_") + code(language),
                 QLibraryInfo::path(QLibraryInfo::TranslationsPath))) {
        QCoreApplication::installTranslator(qt.get());
    }
    auto ours = std::make_unique<QTranslator>();
    if (ours->load(QStringLiteral(":/i18n/kamei_%1.qm").arg(code(language)))) {
        QCoreApplication::installTranslator(ours.get());
    }
    installed[0] = std::move(qt);
    installed[1] = std::move(ours);
}

Language current() {
    return s_current;
}

} // namespace kamei::ui::text
