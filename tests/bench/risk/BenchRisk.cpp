// bench_risk [PEOPLE [MISSING_PERCENT [DOUBTS_PEOPLE]]]: the time that the risk of a cohort takes, and that
// of the doubts about whose data they are.

#include <QElapsedTimer>
#include <QTemporaryDir>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <random>

#include "core/decide/Policies.h"
#include "core/job/SessionInternals.h"
#include "core/job/SubjectDoubts.h"
#include "core/risk/Population.h"
#include "core/risk/Risk.h"

using namespace kamei;

namespace {

std::vector<risk::SubjectTraits> cohort(int people, int missing) {
    // Twelve fields with as many values as they have among people.
    static constexpr std::array<std::pair<const char*, unsigned>, 12> kFields{{{"sex", 2},
                                                                               {"age", 90},
                                                                               {"birth-month", 1080},
                                                                               {"municipality", 1700},
                                                                               {"occupation", 120},
                                                                               {"facility", 40},
                                                                               {"region", 47},
                                                                               {"country", 3},
                                                                               {"affiliation", 200},
                                                                               {"ethnic-group", 5},
                                                                               {"religion", 12},
                                                                               {"face", 1}}};
    std::mt19937 random(1);
    std::vector<risk::SubjectTraits> out;
    for (int i = 0; i < people; ++i) {
        risk::SubjectTraits one{{i + 1}, {}};
        for (const auto& [field, values] : kFields) {
            if (static_cast<int>(random() % 100) >= missing) {
                // The common values are common: the smaller of two draws.
                const auto value = std::min(random() % values, random() % values);
                one.traits.push_back({field, std::to_string(value), {i + 1}, true});
            }
        }
        out.push_back(std::move(one));
    }
    return out;
}

void doubts(int people) {
    QTemporaryDir parent;
    const auto session = *job::Session::create(parent.filePath("ws").toStdString(),
                                               {"t", "p", *decide::policyFromText("guideline-2024")});
    std::mt19937 random(2);
    static constexpr std::array kFamilies{"佐藤", "鈴木", "高橋", "田中", "伊藤", "渡辺", "山本", "中村"};
    static constexpr std::array kGivens{"花子", "太郎", "陽子", "健太", "美咲", "大輔", "明里", "修平"};
    {
        auto writing = *session->internals().write();
        for (int i = 0; i < people; ++i) {
            const std::string number = std::to_string(10'000'000 + i);
            const std::string name = std::string(kFamilies[random() % 8]) + std::to_string(random() % 500) +
                                     " " + kGivens[random() % 8] + std::to_string(random() % 50);
            const std::string birth = std::to_string(1930 + random() % 90) +
                                      std::to_string(10 + random() % 3) + std::to_string(10 + random() % 19);
            static_cast<void>(
                writing->subjects.insert({{}, 0, "k" + number, {number, "A", {name}, birth, ""}, "S", {}}));
        }
        static_cast<void>(writing.commit());
    }
    QElapsedTimer timer;
    timer.start();
    const auto found = *job::subjectDoubts(*session);
    std::printf("doubts\t%d people\t%zu doubts\t%.2f s\n", people, found.doubts.size(),
                static_cast<double>(timer.elapsed()) / 1000);
}

} // namespace

int main(int argc, char** argv) {
    const int people = argc > 1 ? std::atoi(argv[1]) : 100'000;
    const int missing = argc > 2 ? std::atoi(argv[2]) : 20;
    const auto subjects = cohort(people, missing);
    for (const int most : {3, 4}) {
        risk::Options options;
        options.maxCombination = most;
        QElapsedTimer timer;
        timer.start();
        const auto analysis = *risk::analyse(subjects, options);
        std::printf("combinations\t%d people\t12 fields\tto %d\t%zu singled out\t%.2f s\n", people, most,
                    analysis.singledOut.size(), static_cast<double>(timer.elapsed()) / 1000);
        if (most == 3) {
            std::vector<std::int64_t> sizes;
            for (const auto& group : analysis.classes) {
                sizes.push_back(static_cast<std::int64_t>(group.subjects.size()));
            }
            timer.restart();
            const auto population = *risk::populationRisk(sizes, 126'146'099);
            std::printf("population\t%.0f expected unique\t%.3f s\n", population.populationUniques,
                        static_cast<double>(timer.elapsed()) / 1000);
        }
        std::fflush(stdout);
    }
    doubts(argc > 3 ? std::atoi(argv[3]) : 1'000'000);
    return 0;
}
