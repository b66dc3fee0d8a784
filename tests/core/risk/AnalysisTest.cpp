#include "core/risk/Risk.h"

#include <QElapsedTimer>
#include <QTest>

#include <bit>
#include <map>
#include <random>
#include <set>

using namespace kamei::risk;
using kamei::base::AssetId;
using kamei::base::SubjectId;

namespace {

using Values = std::map<std::string, std::string>;

SubjectTraits person(std::int64_t id, const Values& values) {
    SubjectTraits out{SubjectId{id}, {}};
    for (const auto& [field, value] : values) {
        out.traits.push_back({field, value, AssetId{id * 10}, true});
    }
    return out;
}

std::vector<SubjectTraits> cohort(std::size_t people, std::size_t fields, std::uint32_t values, int missing,
                                  std::uint32_t seed) {
    std::mt19937 random(seed);
    std::vector<SubjectTraits> out;
    for (std::size_t i = 0; i < people; ++i) {
        Values traits;
        for (std::size_t field = 0; field < fields; ++field) {
            if (static_cast<int>(random() % 100) >= missing) {
                // Few values in the first fields, many in the last, as sex and occupation.
                traits["f" + std::to_string(10 + field)] = std::to_string(random() % (values + 3 * field));
            }
        }
        out.push_back(person(static_cast<std::int64_t>(i + 1), traits));
    }
    return out;
}

Values valuesOf(const SubjectTraits& subject) {
    Values out;
    for (const Trait& trait : subject.traits) {
        out[trait.field] = trait.value;
    }
    return out;
}

bool shows(const Values& values, const Values& part) {
    for (const auto& [field, value] : part) {
        const auto it = values.find(field);
        if (it == values.end() || it->second != value) {
            return false;
        }
    }
    return true;
}

// Straight from the definition: all parts of all people, counted one by one.
std::set<Values> bruteForce(const std::vector<Values>& all, std::size_t index, std::size_t most) {
    std::vector<std::pair<std::string, std::string>> own(all[index].begin(), all[index].end());
    std::set<Values> unique;
    for (std::size_t size = 1; size <= most; ++size) {
        for (std::uint32_t bits = 1; bits < (1U << own.size()); ++bits) {
            if (static_cast<std::size_t>(std::popcount(bits)) != size) {
                continue;
            }
            Values part;
            for (std::size_t i = 0; i < own.size(); ++i) {
                if ((bits >> i & 1U) != 0) {
                    part.insert(own[i]);
                }
            }
            const auto count =
                std::ranges::count_if(all, [&part](const Values& other) { return shows(other, part); });
            const bool minimal =
                std::ranges::none_of(unique, [&part](const Values& less) { return shows(part, less); });
            if (count == 1 && minimal) {
                unique.insert(part);
            }
        }
    }
    return unique;
}

} // namespace

class AnalysisTest : public QObject {
    Q_OBJECT

private slots:
    void agreesWithBruteForce_data() {
        QTest::addColumn<int>("people");
        QTest::addColumn<int>("fields");
        QTest::addColumn<int>("values");
        QTest::addColumn<int>("missing");
        QTest::addColumn<int>("most");
        QTest::newRow("nobody") << 0 << 3 << 2 << 0 << 3;
        QTest::newRow("one person") << 1 << 3 << 2 << 0 << 3;
        QTest::newRow("few people, few values") << 12 << 4 << 2 << 0 << 3;
        QTest::newRow("many alike") << 150 << 4 << 2 << 0 << 4;
        QTest::newRow("many alike, gaps") << 150 << 5 << 2 << 30 << 4;
        QTest::newRow("many values") << 80 << 6 << 9 << 10 << 3;
        QTest::newRow("mostly gaps") << 60 << 7 << 3 << 80 << 5;
        QTest::newRow("single fields only") << 60 << 5 << 20 << 0 << 1;
    }
    void agreesWithBruteForce() {
        QFETCH(int, people);
        QFETCH(int, fields);
        QFETCH(int, values);
        QFETCH(int, missing);
        QFETCH(int, most);
        for (std::uint32_t seed = 1; seed <= 5; ++seed) {
            const auto subjects = cohort(static_cast<std::size_t>(people), static_cast<std::size_t>(fields),
                                         static_cast<std::uint32_t>(values), missing, seed);
            std::vector<Values> all;
            std::ranges::transform(subjects, std::back_inserter(all), valuesOf);
            Options options;
            options.maxCombination = most;
            options.maxPerSubject = 100'000;
            const auto analysis = analyse(subjects, options);
            QVERIFY(analysis.has_value());

            std::map<std::int64_t, std::set<Values>> found;
            for (const SingledOut& single : analysis->singledOut) {
                auto& sets = found[single.subject.value];
                for (const auto& combination : single.combinations) {
                    Values part;
                    for (const FieldValue& value : combination) {
                        part[value.field] = value.value;
                    }
                    sets.insert(part);
                }
            }
            std::map<std::int64_t, std::int64_t> sizes;
            for (const EquivalenceClass& group : analysis->classes) {
                for (const SubjectId subject : group.subjects) {
                    sizes[subject.value] = group.size;
                }
            }
            for (std::size_t i = 0; i < all.size(); ++i) {
                const auto id = static_cast<std::int64_t>(i + 1);
                const auto expected =
                    std::ranges::count_if(all, [&](const Values& other) { return shows(other, all[i]); });
                QCOMPARE(sizes.at(id), static_cast<std::int64_t>(expected));
                QCOMPARE(found.contains(id), expected == 1 && !all[i].empty());
                if (found.contains(id)) {
                    QVERIFY(found[id] == bruteForce(all, i, static_cast<std::size_t>(most)));
                } else {
                    QVERIFY(bruteForce(all, i, static_cast<std::size_t>(most)).empty());
                }
            }
        }
    }

    void whoShowsLessIsHidden() {
        const std::vector<SubjectTraits> subjects{
            person(1, {{"sex", "F"}, {"birth-month", "1958-08"}}),
            person(2, {{"sex", "F"}, {"birth-month", "1958-08"}, {"occupation", "教員"}}),
            person(3, {{"sex", "M"}}), person(4, {{"sex", "M"}}), person(5, {})};
        const auto analysis = analyse(subjects, {});
        QVERIFY(analysis.has_value());
        QCOMPARE(analysis->singledOut.size(), std::size_t{1});
        const SingledOut& single = analysis->singledOut.front();
        QCOMPARE(single.subject.value, std::int64_t{2});
        QCOMPARE(single.combinations.size(), std::size_t{1});
        QVERIFY((single.combinations.front() == std::vector<FieldValue>{{"occupation", "教員"}}));
        QCOMPARE(single.assets.front().value, std::int64_t{20});
        QCOMPARE(analysis->classes.front().size, std::int64_t{1});
        QCOMPARE(analysis->classes.back().size, std::int64_t{5});
    }

    void severalValuesOfOneField() {
        std::vector<SubjectTraits> subjects{person(1, {{"age", "45"}, {"facility", "A"}}),
                                            person(2, {{"age", "45"}, {"facility", "A"}})};
        subjects[0].traits.push_back({"age", "72", AssetId{7}, false}); // a relative's, in free text
        QVERIFY(analyse(subjects, {})->singledOut.empty());
        subjects[0].traits.push_back({"facility", "B", AssetId{7}, false});
        const auto analysis = analyse(subjects, {});
        QCOMPARE(analysis->singledOut.size(), std::size_t{2});
        QCOMPARE(QString::fromStdString(analysis->singledOut[0].combinations[0][0].value), QString("A / B"));
        QCOMPARE(analysis->singledOut[0].assets.size(), std::size_t{2});
    }

    void chosenFields() {
        const std::vector<SubjectTraits> subjects{
            person(1, {{"sex", "F"}, {"weight", "61.5"}, {"age", "40"}}),
            person(2, {{"sex", "F"}, {"weight", "70.0"}, {"age", "41"}})};
        Options onlySex;
        onlySex.fields = {"sex"};
        const auto analysis = analyse(subjects, onlySex);
        QVERIFY(analysis->singledOut.empty());
        QCOMPARE(analysis->fields.size(), std::size_t{3});
        QVERIFY(!analysis->fields.front().used && analysis->fields[1].used);
        const auto usual = analyse(subjects, {});
        QCOMPARE(usual->singledOut[0].combinations.size(), std::size_t{1}); // age, not weight
        Options bad;
        bad.maxCombination = 6;
        QVERIFY(!analyse(subjects, bad).has_value());
    }

    void cancels() {
        std::stop_source stop;
        stop.request_stop();
        const auto subjects = cohort(100, 5, 3, 0, 1);
        QVERIFY(analyse(subjects, {}, stop.get_token())->cancelled);
    }

    void largeCohort() {
        const auto subjects = cohort(100'000, 12, 2, 20, 9);
        QElapsedTimer timer;
        timer.start();
        const auto analysis = analyse(subjects, {});
        QVERIFY(analysis.has_value());
        qInfo("100,000 subjects, 12 fields, combinations of 3: %lld ms, %zu singled out", timer.elapsed(),
              analysis->singledOut.size());
    }
};

QTEST_APPLESS_MAIN(AnalysisTest)
#include "AnalysisTest.moc"
