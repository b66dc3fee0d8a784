#include "ui/screens/policy/PolicyWords.h"

#include <QCoreApplication>
#include <QStringList>
#include <algorithm>
#include <array>

#include "ui/text/Words.h"

namespace kamei::ui::screens::policy {
namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(PolicyWords)
};

struct Option {
    std::string_view id;
    const char* name;
    const char* sentence;
};

// The names are those of PS3.16 CID 7050.
constexpr std::array kOptions{
    Option{"clean-pixel-data", QT_TRANSLATE_NOOP("PolicyWords", "Clean pixel data"),
           QT_TRANSLATE_NOOP("PolicyWords",
                             "Burned-in characters are looked for, decided on, and blackened in the "
                             "pixels themselves.")},
    Option{"clean-visual-features", QT_TRANSLATE_NOOP("PolicyWords", "Clean recognizable visual features"),
           QT_TRANSLATE_NOOP("PolicyWords",
                             "Whether a face can be recognised is asked and the answer recorded.")},
    Option{"clean-graphics", QT_TRANSLATE_NOOP("PolicyWords", "Clean graphics"),
           QT_TRANSLATE_NOOP("PolicyWords",
                             "Overlays and annotations stay without what identifies; otherwise they "
                             "are removed.")},
    Option{"clean-structured-content", QT_TRANSLATE_NOOP("PolicyWords", "Clean structured content"),
           QT_TRANSLATE_NOOP("PolicyWords",
                             "Items of structured reports stay without what identifies; otherwise "
                             "they are replaced.")},
    Option{"clean-descriptors", QT_TRANSLATE_NOOP("PolicyWords", "Clean descriptors"),
           QT_TRANSLATE_NOOP("PolicyWords",
                             "Descriptions and comments are read by the text detector and stay "
                             "without identifiers; otherwise they are removed.")},
    Option{"full-dates",
           QT_TRANSLATE_NOOP("PolicyWords", "Retain longitudinal temporal information, full dates"),
           QT_TRANSLATE_NOOP("PolicyWords", "Dates and times stay as they are. Excludes modified dates.")},
    Option{"modified-dates",
           QT_TRANSLATE_NOOP("PolicyWords", "Retain longitudinal temporal information, modified dates"),
           QT_TRANSLATE_NOOP("PolicyWords",
                             "Dates move by one number of days for each person; intervals and times of "
                             "day stay. Otherwise they are removed.")},
    Option{"patient-characteristics", QT_TRANSLATE_NOOP("PolicyWords", "Retain patient characteristics"),
           QT_TRANSLATE_NOOP("PolicyWords",
                             "Sex, age, weight, height and the like stay; ages of 90 and over become "
                             "one class.")},
    Option{
        "device-identity", QT_TRANSLATE_NOOP("PolicyWords", "Retain device identity"),
        QT_TRANSLATE_NOOP("PolicyWords", "Serial numbers, station names and calibrations of devices stay.")},
    Option{"uids", QT_TRANSLATE_NOOP("PolicyWords", "Retain UIDs"),
           QT_TRANSLATE_NOOP("PolicyWords",
                             "UIDs stay; otherwise each is replaced, everywhere by the same one.")},
    Option{"safe-private", QT_TRANSLATE_NOOP("PolicyWords", "Retain safe private"),
           QT_TRANSLATE_NOOP("PolicyWords",
                             "Private elements stay when Table E.3.10-1 or the site's list of a "
                             "device keeps them; otherwise all are removed.")},
    Option{"institution-identity", QT_TRANSLATE_NOOP("PolicyWords", "Retain institution identity"),
           QT_TRANSLATE_NOOP("PolicyWords", "Name, address and department of the institution stay.")},
};

const Option* find(std::string_view id) {
    const auto found = std::ranges::find(kOptions, id, &Option::id);
    return found == kOptions.end() ? nullptr : &*found;
}

} // namespace

QString optionName(std::string_view option) {
    const Option* found = find(option);
    return found == nullptr ? text::fromUtf8(option) : Words::tr(found->name);
}

QString optionSentence(std::string_view option) {
    const Option* found = find(option);
    return found == nullptr ? QString() : Words::tr(found->sentence);
}

QString policySentence(std::string_view name) {
    if (name == "guideline-2024") {
        return Words::tr(
            "Required, recommended and conditional items of the guideline of 2024, on top of the basic "
            "profile of PS3.15 (113100).");
    }
    if (name == "guideline-2024-required") {
        return Words::tr("Only the required items of the guideline of 2024; what it recommends stays.");
    }
    return Words::tr("The basic profile of PS3.15 2024b (113100) alone, for DICOM.");
}

QString deviceName(const model::Device& device) {
    QStringList parts;
    for (const std::string* part : {&device.manufacturer, &device.model, &device.softwareVersion}) {
        parts.append(part->empty() ? QStringLiteral("–") : text::fromUtf8(*part));
    }
    return parts.join(QStringLiteral(" · "));
}

} // namespace kamei::ui::screens::policy
