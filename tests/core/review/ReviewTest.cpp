#include <QTest>

#include <numeric>
#include <set>

#include "core/review/AuditSample.h"
#include "core/review/Confirm.h"

using namespace kamei::review;
using kamei::base::ErrorCode;
using kamei::base::Sha256;
using kamei::model::AssetKind;
using kamei::model::Confirmation;

namespace {

// Counts all samples one by one: P(X <= leaks) by exact fractions of small numbers.
double counted(int population, int leaking, int sample, int leaks) {
    double good = 0;
    double all = 0;
    for (unsigned bits = 0; bits < (1U << population); ++bits) {
        if (std::popcount(bits) == sample) {
            all += 1;
            good += std::popcount(bits & ((1U << leaking) - 1U)) <= leaks ? 1 : 0;
        }
    }
    return good / all;
}

} // namespace

class ReviewTest : public QObject {
    Q_OBJECT

private slots:
    void everyKindHasARule() {
        for (int kind = 0; kind <= static_cast<int>(AssetKind::Unreadable); ++kind) {
            QCOMPARE(lookRuleFor(static_cast<AssetKind>(kind)).has_value(),
                     static_cast<AssetKind>(kind) != AssetKind::Unreadable);
        }
        QVERIFY(lookRuleFor(AssetKind::DicomSeries)->overviewSuffices);
        QVERIFY(!lookRuleFor(AssetKind::Image)->overviewSuffices);
    }

    void confirms_data() {
        QTest::addColumn<QString>("change");
        QTest::addColumn<QString>("refused");
        QTest::newRow("all seen") << ""
                                  << "";
        QTest::newRow("no name") << "reviewer"
                                 << "invalid-argument reviewer";
        QTest::newRow("not everything was on screen") << "shown"
                                                      << "not-possible shown";
        QTest::newRow("nothing was on screen") << "none"
                                               << "not-possible shown";
        QTest::newRow("other bytes") << "digest"
                                     << "not-possible digest";
        QTest::newRow("decisions changed since") << "stale"
                                                 << "not-possible stale";
        QTest::newRow("an identifier is still in it") << "residual"
                                                      << "not-possible residual";
        QTest::newRow("unreadable") << "unreadable"
                                    << "not-possible kind";
        QTest::newRow("sent back with a note") << "sent back"
                                               << "";
        QTest::newRow("sent back without a note") << "sent back mute"
                                                  << "reason-required";
    }
    void confirms() {
        QFETCH(QString, change);
        QFETCH(QString, refused);
        Confirmation confirmation;
        confirmation.sha256 = kamei::base::sha256("x");
        confirmation.reviewer = "森田 彩";
        confirmation.shown = confirmation.total = 3;
        Present present{AssetKind::Text, confirmation.sha256, true, 0};
        if (change == "reviewer") {
            confirmation.reviewer = " ";
        } else if (change == "shown") {
            confirmation.shown = 2;
        } else if (change == "none") {
            confirmation.shown = confirmation.total = 0;
        } else if (change == "digest") {
            present.digest = kamei::base::sha256("y");
        } else if (change == "stale") {
            present.current = false;
        } else if (change == "residual") {
            present.residuals = 1;
        } else if (change == "unreadable") {
            present.kind = AssetKind::Unreadable;
        } else if (change.startsWith("sent back")) {
            confirmation.verdict = Confirmation::Verdict::SentBack;
            confirmation.shown = 1;
            present.residuals = 1;
            confirmation.note = change.endsWith("mute") ? "" : "氏名が残っている";
        }
        const auto result = check(confirmation, present);
        QCOMPARE(result.has_value(), refused.isEmpty());
        if (!result) {
            QString text = QString::fromUtf8(kamei::base::errorWord(result.error().code).data());
            for (const std::string& argument : result.error().args) {
                text += " " + QString::fromStdString(argument);
            }
            QCOMPARE(text, refused);
        }
    }

    void boundAgreesWithCounting_data() {
        QTest::addColumn<int>("population");
        QTest::addColumn<double>("confidence");
        for (const int population : {1, 5, 9, 12}) {
            for (const double confidence : {0.8, 0.95, 0.99}) {
                QTest::addRow("%d items at %.2f", population, confidence) << population << confidence;
            }
        }
    }
    void boundAgreesWithCounting() {
        QFETCH(int, population);
        QFETCH(double, confidence);
        for (int sample = 0; sample <= population; ++sample) {
            for (int leaks = 0; leaks <= sample; ++leaks) {
                int expected = leaks;
                for (int leaking = leaks; leaking <= population - (sample - leaks); ++leaking) {
                    expected = counted(population, leaking, sample, leaks) > 1 - confidence - 1e-9 ? leaking
                                                                                                   : expected;
                }
                QCOMPARE(*upperBound(population, sample, leaks, confidence),
                         static_cast<std::int64_t>(expected));
            }
        }
    }

    void knownBounds() {
        QCOMPARE(*upperBound(1000, 1000, 3, 0.95), std::int64_t{3}); // everything was looked at
        QCOMPARE(*upperBound(1000, 0, 0, 0.95), std::int64_t{1000});
        // "Rule of three": about 3 / n of a large population.
        const std::int64_t bound = *upperBound(1'000'000, 300, 0, 0.95);
        QVERIFY(bound > 9'800 && bound < 10'000);
        QVERIFY(!upperBound(10, 11, 0, 0.95).has_value());
        QVERIFY(!upperBound(10, 5, 6, 0.95).has_value());
        QVERIFY(!upperBound(10, 5, 1, 1.0).has_value());
    }

    void sampleIsLargeEnough() {
        for (const std::int64_t tolerated : {0, 1, 10, 100}) {
            const std::int64_t size = *sampleSize(1946, tolerated, 0.95);
            QVERIFY(*upperBound(1946, size, 0, 0.95) <= tolerated);
            QVERIFY(size == 0 || *upperBound(1946, size - 1, 0, 0.95) > tolerated);
        }
        QCOMPARE(*sampleSize(50, 50, 0.95), std::int64_t{0});
    }

    void drawsFairly() {
        const Sha256 seed = kamei::base::sha256("audit 2026-11");
        QVERIFY(*drawSample(1000, 50, seed) == *drawSample(1000, 50, seed));
        QVERIFY(*drawSample(1000, 50, seed) != *drawSample(1000, 50, kamei::base::sha256("other")));
        std::vector<int> counts(10, 0);
        for (int i = 0; i < 3000; ++i) {
            const auto drawn = *drawSample(10, 3, kamei::base::sha256(std::to_string(i)));
            QCOMPARE(std::set<std::int64_t>(drawn.begin(), drawn.end()).size(), std::size_t{3});
            for (const std::int64_t number : drawn) {
                ++counts[static_cast<std::size_t>(number)];
            }
        }
        for (const int count : counts) {
            QVERIFY(count > 780 && count < 1020); // 900 expected, 5 standard deviations
        }
        QVERIFY(drawSample(0, 0, seed)->empty());
        QVERIFY(!drawSample(3, 4, seed).has_value());
    }
};

QTEST_APPLESS_MAIN(ReviewTest)
#include "ReviewTest.moc"
