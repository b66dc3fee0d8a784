#include "ui/screens/risk/RiskData.h"

#include <QCoreApplication>
#include <utility>

#include "core/job/Assessment.h"
#include "ui/text/Words.h"

namespace kamei::ui::screens {

namespace {

struct Trials {
    Q_DECLARE_TR_FUNCTIONS(Trials)
};

void withoutArtificial(risk::Analysis& analysis) {
    for (risk::EquivalenceClass& group : analysis.classes) {
        std::erase_if(group.subjects, [](base::SubjectId id) { return !id.valid(); });
    }
    std::erase_if(analysis.classes,
                  [](const risk::EquivalenceClass& group) { return group.subjects.empty(); });
    std::erase_if(analysis.singledOut, [](const risk::SingledOut& one) { return !one.subject.valid(); });
}

} // namespace

base::Expected<RiskData> readRisk(job::Session& session) {
    auto traits = job::cohortTraits(session);
    if (!traits) {
        return tl::unexpected(traits.error());
    }
    auto analysis = risk::analyse(*traits, {});
    const auto subjects = session.subjects({});
    if (!analysis || !subjects) {
        return tl::unexpected(analysis ? subjects.error() : analysis.error());
    }
    RiskData data{std::move(*analysis),
                  {},
                  std::make_shared<const std::vector<risk::SubjectTraits>>(std::move(*traits)),
                  {},
                  {},
                  0};
    for (const job::SubjectRow& row : *subjects) {
        data.people[row.id] = {row.number, row.riskReason};
    }
    const auto population = job::analysePopulation(data.analysis);
    if (!population) {
        return tl::unexpected(population.error());
    }
    data.population = *population;
    return data;
}

base::Expected<RiskData> seen(const RiskData& full, const std::vector<std::string>& fields,
                              const std::vector<std::string>& trials) {
    std::vector<risk::Trial> wanted;
    for (const std::string& text : trials) {
        if (text.empty()) {
            continue;
        }
        auto trial = risk::trialFromText(text);
        if (!trial) {
            return tl::unexpected(trial.error());
        }
        wanted.push_back(std::move(*trial));
    }
    auto tried = risk::tried(*full.subjects, wanted);
    if (!tried) {
        return tl::unexpected(tried.error());
    }
    risk::Options options;
    options.fields = fields;
    auto analysis = risk::analyse(tried->subjects, options);
    if (!analysis) {
        return tl::unexpected(analysis.error());
    }
    withoutArtificial(*analysis);
    RiskData out{std::move(*analysis), full.people, {}, {}, std::move(tried->losses), tried->recordsDeleted};
    const auto population = job::analysePopulation(out.analysis, full.population.population);
    if (!population) {
        return tl::unexpected(population.error());
    }
    out.population = *population;
    return out;
}

std::vector<TrialChoice> trialsFor(const std::string& field) {
    const QString name = text::fromUtf8(field);
    std::vector<TrialChoice> out{{{}, Trials::tr("as decided")}};
    const auto add = [&](const char* method, const QString& words) {
        out.push_back({name + QLatin1Char('=') + QLatin1String(method), words});
    };
    if (field == "age" || field == "height" || field == "weight") {
        add("generalise:5", Trials::tr("bands of 5"));
        add("generalise:10", Trials::tr("bands of 10"));
        add("generalise:20", Trials::tr("bands of 20"));
        add("top-code:85", Trials::tr("top coding at 85"));
        add("bottom-code:20", Trials::tr("bottom coding at 20"));
        add("microaggregate:3", Trials::tr("micro-aggregation by 3"));
        add("noise:2", Trials::tr("noise, deviation 2"));
    } else if (field == "birth-date" || field == "birth-month" || field == "examination-date") {
        add("generalise", Trials::tr("one step coarser"));
    } else if (field == "municipality") {
        add("generalise", Trials::tr("to the prefecture"));
    } else if (field == "postal-code") {
        add("generalise", Trials::tr("first three digits"));
    }
    add("swap:0.2", Trials::tr("swap a fifth"));
    add("delete-cells", Trials::tr("delete cells of those singled out"));
    add("delete-field", Trials::tr("delete"));
    return out;
}

std::vector<TrialChoice> recordTrials() {
    return {{{}, Trials::tr("records as they are")},
            {QStringLiteral("delete-records"), Trials::tr("delete records of those singled out")},
            {QStringLiteral("synthesise:50"), Trials::tr("add 50 artificial records")},
            {QStringLiteral("synthesise:500"), Trials::tr("add 500 artificial records")}};
}

} // namespace kamei::ui::screens
