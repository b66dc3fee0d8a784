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

/// The translations name their contexts by class; QObject::tr asks with all namespaces before it. Class
/// names are unique in the window, so the class is enough, and rooms can move without losing sentences.
class ClassTranslator final : public QTranslator {
public:
    [[nodiscard]] QString translate(const char* context, const char* source, const char* disambiguation,
                                    int count) const override {
        const QByteArrayView whole(context);
        const qsizetype at = whole.lastIndexOf("::");
        return QTranslator::translate(at < 0 ? context : context + at + 2, source, disambiguation, count);
    }
};

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
    std::unique_ptr<QTranslator> ours = std::make_unique<ClassTranslator>();
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
