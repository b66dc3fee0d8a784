#include "ui/screens/risk/RiskData.h"

#include <QCoreApplication>
#include <array>
#include <utility>

#include "core/job/Assessment.h"
#include "ui/text/Words.h"

namespace kamei::ui::screens {

base::Expected<RiskData> readRisk(job::Session& session) {
    auto analysis = job::analyseRisk(session);
    if (!analysis) {
        return tl::unexpected(analysis.error());
    }
    const auto subjects = session.subjects({});
    if (!subjects) {
        return tl::unexpected(subjects.error());
    }
    RiskData data{std::move(*analysis), {}};
    for (const job::SubjectRow& row : *subjects) {
        data.people[row.id] = {row.number, row.riskReason};
    }
    return data;
}

base::Expected<risk::Analysis> narrowed(const risk::Analysis& full, const std::vector<std::string>& fields) {
    std::vector<risk::SubjectTraits> people;
    for (const risk::EquivalenceClass& group : full.classes) {
        for (const base::SubjectId subject : group.subjects) {
            risk::SubjectTraits traits{subject, {}};
            for (const risk::FieldValue& value : group.values) {
                traits.traits.push_back({value.field, value.value,
                                         group.assets.empty() ? base::AssetId{} : group.assets.front(),
                                         true});
            }
            people.push_back(std::move(traits));
        }
    }
    risk::Options options;
    options.fields = fields;
    return risk::analyse(people, options);
}

QString fieldName(const std::string& field) {
    static constexpr std::array<std::pair<const char*, const char*>, 14> kNames{{
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
    return text::fromUtf8(field);
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
    return text::fromUtf8(value.value);
}

} // namespace kamei::ui::screens
