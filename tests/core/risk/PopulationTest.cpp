#include "core/risk/Population.h"

#include <QTest>
#include <algorithm>
#include <cmath>
#include <map>
#include <random>

using namespace kamei::risk;

class PopulationTest : public QObject {
    Q_OBJECT

private slots:
    void municipalities() {
        const auto populations = Populations::load();
        QVERIFY(populations.has_value());
        QCOMPARE(populations->of("東京都千代田区"), std::int64_t{66758});
        QCOMPARE(populations->of("千代田区"), std::int64_t{66758}); // no other place has that name
        QCOMPARE(populations->of("中央区"), std::int64_t{169318});  // wards of cities bear the city's name
        QCOMPARE(populations->of("府中市"), std::int64_t{0});       // Tokyo and Hiroshima
        QCOMPARE(populations->of("ない町"), std::int64_t{0});
        // Towns and villages are named with their district where addresses are.
        QCOMPARE(populations->of("北海道石狩郡新篠津村"), std::int64_t{3046});
        QCOMPARE(populations->of("北海道新篠津村"), std::int64_t{3046});
        // 126.1 million in the census of 2020: cities and their wards are counted once.
        QVERIFY(std::abs(static_cast<double>(populations->japan()) - 126'146'099.0) < 0.002 * 126'146'099.0);
        QVERIFY(populations->prefecture("東京都") > 13'900'000 &&
                populations->prefecture("東京都") < 14'200'000);
    }

    void behindTheCohort() {
        const auto populations = *Populations::load();
        const auto analysis = [](const char* place) {
            SubjectTraits one{{1}, {{"municipality", "東京都千代田区", {1}, true}}};
            SubjectTraits other{{2}, {{"sex", "F", {2}, true}}};
            if (place[0] != 0) {
                other.traits.push_back({"municipality", place, {2}, true});
            }
            const std::vector people{one, other};
            return *analyse(people, {});
        };
        QCOMPARE(populationBehind(analysis("東京都千代田区"), populations), std::int64_t{66758});
        QCOMPARE(populationBehind(analysis("東京都中央区"), populations), std::int64_t{66758 + 169318});
        QCOMPARE(populationBehind(analysis("ない町"), populations), populations.japan());
        QCOMPARE(populationBehind(analysis(""), populations), populations.japan()); // one tells no place
    }

    void bounds() {
        const std::vector<std::int64_t> alone(20, 1);
        const auto all = populationRisk(alone, 1000);
        QVERIFY(all && !all->fitted);
        QCOMPARE(all->shareUnique, 1.0); // nothing to fit: fail closed
        const std::vector<std::int64_t> mixed{1, 1, 2, 3};
        QCOMPARE(populationRisk(mixed, 7)->shareUnique, 1.0); // the cohort is everybody
        QVERIFY(!populationRisk(mixed, 6));
        const std::vector<std::int64_t> hidden{3, 4};
        QCOMPARE(populationRisk(hidden, 1000)->populationUniques, 0.0);
    }

    // A population whose people share values as Pitman's formula says (Chinese restaurant process); a tenth
    // of it is the cohort. The estimate has to come near the truth.
    void estimates_data() {
        QTest::addColumn<double>("theta");
        QTest::addColumn<double>("alpha");
        QTest::newRow("many alike") << 50.0 << 0.3;
        QTest::newRow("half and half") << 200.0 << 0.5;
        QTest::newRow("many alone") << 400.0 << 0.7;
    }
    void estimates() {
        QFETCH(double, theta);
        QFETCH(double, alpha);
        constexpr int kPopulation = 40'000;
        constexpr int kCohort = 4'000;
        std::mt19937 random(7);
        std::vector<int> person; // class of each
        std::vector<std::int64_t> classes;
        for (int i = 0; i < kPopulation; ++i) {
            const double fresh = (theta + alpha * static_cast<double>(classes.size())) / (theta + i);
            if (std::uniform_real_distribution<>(0, 1)(random) < fresh) {
                person.push_back(static_cast<int>(classes.size()));
                classes.push_back(1);
                continue;
            }
            // Of those there a class is drawn by its size less alpha.
            for (;;) {
                const int like = person[random() % person.size()];
                const auto size = static_cast<double>(classes[static_cast<std::size_t>(like)]);
                if (std::uniform_real_distribution<>(0, 1)(random) < (size - alpha) / size) {
                    person.push_back(like);
                    ++classes[static_cast<std::size_t>(like)];
                    break;
                }
            }
        }
        const auto truth = static_cast<double>(std::ranges::count(classes, 1));
        std::ranges::shuffle(person, random);
        std::map<int, std::int64_t> cohort;
        for (int i = 0; i < kCohort; ++i) {
            ++cohort[person[static_cast<std::size_t>(i)]];
        }
        std::vector<std::int64_t> sizes;
        for (const auto& [number, size] : cohort) {
            sizes.push_back(size);
        }
        const auto risk = populationRisk(sizes, kPopulation);
        QVERIFY(risk && risk->fitted);
        QVERIFY2(risk->populationUniques > 0.75 * truth && risk->populationUniques < 1.33 * truth,
                 qPrintable(QString("%1 of %2").arg(risk->populationUniques).arg(truth)));
        QVERIFY2(std::abs(risk->alpha - alpha) < 0.12, qPrintable(QString::number(risk->alpha)));
        QVERIFY(risk->shareUnique > 0 && risk->shareUnique <= 1);
    }
};

QTEST_GUILESS_MAIN(PopulationTest)
#include "PopulationTest.moc"
