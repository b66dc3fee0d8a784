#include "ui/text/RiskWords.h"

#include <QCoreApplication>
#include <array>
#include <utility>

#include "ui/text/Words.h"

namespace kamei::ui::text {

QString fieldName(const std::string& field) {
    static constexpr std::array<std::pair<const char*, const char*>, 17> kNames{{
        {"sex", QT_TRANSLATE_NOOP("Fields", "Sex")},
        {"age", QT_TRANSLATE_NOOP("Fields", "Age")},
        {"birth-date", QT_TRANSLATE_NOOP("Fields", "Date of birth")},
        {"birth-month", QT_TRANSLATE_NOOP("Fields", "Month of birth")},
        {"municipality", QT_TRANSLATE_NOOP("Fields", "Municipality")},
        {"region", QT_TRANSLATE_NOOP("Fields", "Region")},
        {"country", QT_TRANSLATE_NOOP("Fields", "Country")},
        {"postal-code", QT_TRANSLATE_NOOP("Fields", "Postal code")},
        {"occupation", QT_TRANSLATE_NOOP("Fields", "Occupation")},
        {"affiliation", QT_TRANSLATE_NOOP("Fields", "Affiliation")},
        {"facility", QT_TRANSLATE_NOOP("Fields", "Facility")},
        {"ethnic-group", QT_TRANSLATE_NOOP("Fields", "Ethnic group")},
        {"height", QT_TRANSLATE_NOOP("Fields", "Height")},
        {"examination-date", QT_TRANSLATE_NOOP("Fields", "Examination date")},
        {"face", QT_TRANSLATE_NOOP("Fields", "Facial surface")},
        {"chosen", QT_TRANSLATE_NOOP("Fields", "Chosen by a person")},
        {"weight", QT_TRANSLATE_NOOP("Fields", "Weight")},
    }};
    for (const auto& [word, name] : kNames) {
        if (field == word) {
            return QCoreApplication::translate("Fields", name);
        }
    }
    if (field == "religion") {
        return QCoreApplication::translate("Fields", "Religion");
    }
    return fromUtf8(field);
}

QString valueName(const risk::FieldValue& value) {
    if (value.field == "sex") {
        if (value.value == "F") {
            return QCoreApplication::translate("Fields", "female");
        }
        if (value.value == "M") {
            return QCoreApplication::translate("Fields", "male");
        }
    }
    if (value.field == "face") {
        return QCoreApplication::translate("Fields", "kept");
    }
    return fromUtf8(value.value);
}

} // namespace kamei::ui::text
