#include <QTest>

#include <array>
#include <cmath>
#include <numeric>
#include <set>

#include "core/review/AuditSample.h"
#include "core/review/Behind.h"
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
        QTest::newRow("a picture without a picture") << "no pictures"
                                                     << "not-possible shown";
        QTest::newRow("a series without pictures is read") << "read series"
                                                           << "";
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
        } else if (change == "no pictures") {
            present.kind = AssetKind::Image;
        } else if (change == "read series") {
            present.kind = AssetKind::DicomSeries;
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

    void whoStandsBehind_data() {
        QTest::addColumn<QString>("said"); // name, key and what they did, in order
        QTest::addColumn<int>("people");
        QTest::addColumn<int>("signers");
        QTest::newRow("nobody") << "" << 0 << 0;
        QTest::newRow("one by name") << "Mori,,ok" << 1 << 0;
        QTest::newRow("one name, other spaces") << "森田 彩,,ok;森田　彩,,ok" << 1 << 0;
        QTest::newRow("two names") << "Mori,,ok;Sato,,ok" << 2 << 0;
        QTest::newRow("two names with one key") << "Mori,AA,ok;Sato,AA,ok" << 1 << 1;
        QTest::newRow("one name with two keys") << "Mori,AA,ok;Mori,BB,ok" << 1 << 1;
        QTest::newRow("one by a key in between") << "Mori,AA,ok;Sato,BB,ok;Mori,BB,ok" << 1 << 1;
        QTest::newRow("two people, each with two keys")
            << "Mori,AA,ok;Sato,CC,ok;Mori,BB,ok;Sato,DD,ok" << 2 << 2;
        QTest::newRow("two signed, one of them also not") << "Mori,AA,ok;Sato,BB,ok;Mori,,ok;Ito,,ok" << 3 << 2;
        QTest::newRow("signed and unsigned by one person") << "Mori,,ok;Mori,AA,ok" << 1 << 1;
        QTest::newRow("sent back in between") << "Mori,AA,ok;Sato,BB,back;Mori,AA,ok" << 1 << 1;
        QTest::newRow("other bytes") << "Mori,AA,other;Sato,BB,ok" << 1 << 1;
    }
    void whoStandsBehind() {
        QFETCH(QString, said);
        std::vector<Confirmation> all;
        for (const QString& one : said.split(';', Qt::SkipEmptyParts)) {
            const QStringList parts = one.split(',');
            Confirmation confirmation;
            confirmation.reviewer = parts[0].toStdString();
            confirmation.signer = parts[1].toStdString();
            confirmation.sha256 = kamei::base::sha256(parts[2] == "other" ? "y" : "x");
            confirmation.verdict =
                parts[2] == "back" ? Confirmation::Verdict::SentBack : Confirmation::Verdict::Confirmed;
            all.push_back(confirmation);
        }
        const Behind behind = peopleBehind(all, kamei::base::sha256("x"));
        QTEST(static_cast<int>(behind.people), "people");
        QTEST(static_cast<int>(behind.signers), "signers");
    }

    void policyAsksOfPeople_data() {
        QTest::addColumn<QString>("said"); // a b: confirmed; A B: signed; x: other bytes; -: sent back
        QTest::addColumn<bool>("signatures");
        QTest::addColumn<bool>("second");
        QTest::addColumn<QString>("lacks");
        QTest::newRow("one person is enough where nothing is asked for") << "a" << false << false << "";
        QTest::newRow("nobody confirmed: that is another condition") << "" << true << true << "";
        QTest::newRow("a second person is missing") << "a" << false << true << "second";
        QTest::newRow("the same person twice is one") << "aa" << false << true << "second";
        QTest::newRow("two people") << "ab" << false << true << "";
        QTest::newRow("the second looked at other bytes") << "ax" << false << true << "second";
        QTest::newRow("sent back: everybody again") << "ab-a" << false << true << "second";
        QTest::newRow("sent back and both again") << "ab-ab" << false << true << "";
        QTest::newRow("unsigned does not count") << "a" << true << false << "signature";
        QTest::newRow("signed counts") << "aA" << true << false << "";
        QTest::newRow("of two only one signed") << "Ab" << true << true << "second";
        QTest::newRow("both signed") << "AB" << true << true << "";
        QTest::newRow("signed before it was sent back") << "A-a" << true << false << "signature";
    }
    void policyAsksOfPeople() {
        QFETCH(QString, said);
        QFETCH(bool, signatures);
        QFETCH(bool, second);
        QFETCH(QString, lacks);
        std::vector<Confirmation> all;
        for (const QChar who : said) {
            Confirmation one;
            one.sha256 = kamei::base::sha256(who == 'x' ? "before" : "now");
            one.verdict = who == '-' ? Confirmation::Verdict::SentBack : Confirmation::Verdict::Confirmed;
            one.reviewer = QString(who).toLower().toStdString();
            one.signer = who.isUpper() ? QString(who).toStdString() : std::string();
            all.push_back(one);
        }
        kamei::model::Policy policy;
        policy.signatures = signatures;
        if (second) {
            policy.secondPerson = {AssetKind::Image};
        }
        const auto standing = standingOf(all, kamei::base::sha256("now"), AssetKind::Image, policy);
        QCOMPARE(standing.lacksSignature, lacks == "signature");
        QCOMPARE(standing.lacksSecondPerson, lacks == "second");
        policy.secondPerson = {AssetKind::Text}; // of another kind nothing is asked
        QVERIFY(!standingOf(all, kamei::base::sha256("now"), AssetKind::Image, policy).lacksSecondPerson);
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

    /// For every way in which more leaks than the bound may lie among the parts, so few found are improbable.
    void boundOverPartsHoldsForEveryWayTheLeaksMayLie_data() {
        QTest::addColumn<std::vector<int>>("judged");
        QTest::addColumn<double>("confidence");
        for (const double confidence : {0.8, 0.95}) {
            for (const std::vector<int>& judged : {std::vector<int>{3, 2, 2},
                                                   {5, 2, 1},
                                                   {6, 5, 4},
                                                   {1, 1, 1},
                                                   {6, 0, 3},
                                                   {2, 5, 0},
                                                   {5, 4, 3}}) {
                QTest::addRow("%d %d %d of 6 5 4 at %.2f", judged[0], judged[1], judged[2], confidence)
                    << judged << confidence;
            }
        }
    }
    void boundOverPartsHoldsForEveryWayTheLeaksMayLie() {
        QFETCH(std::vector<int>, judged);
        QFETCH(double, confidence);
        const std::vector<int> sizes{6, 5, 4};
        const auto choose = [](int n, int k) {
            return k < 0 || k > n ? 0.0
                                  : std::round(std::exp(std::lgamma(n + 1.0) - std::lgamma(k + 1.0) -
                                                        std::lgamma(n - k + 1.0)));
        };
        const auto exactly = [&](std::size_t h, int leaking, int found) {
            return choose(leaking, found) * choose(sizes[h] - leaking, judged[h] - found) /
                   choose(sizes[h], judged[h]);
        };
        const auto atMost = [&](const std::array<int, 3>& leaking, int found) {
            double sum = 0;
            for (int a = 0; a <= found; ++a) {
                for (int b = 0; a + b <= found; ++b) {
                    for (int c = 0; a + b + c <= found; ++c) {
                        sum +=
                            exactly(0, leaking[0], a) * exactly(1, leaking[1], b) * exactly(2, leaking[2], c);
                    }
                }
            }
            return sum;
        };
        for (int a = 0; a <= judged[0]; ++a) {
            for (int b = 0; b <= judged[1]; ++b) {
                for (int c = 0; c <= judged[2]; ++c) {
                    const std::array parts{Part{6, judged[0], a}, Part{5, judged[1], b},
                                           Part{4, judged[2], c}};
                    const auto bound = upperBound(parts, confidence);
                    QVERIFY(bound && *bound >= a + b + c);
                    for (int i = a; i <= 6 - judged[0] + a; ++i) {
                        for (int j = b; j <= 5 - judged[1] + b; ++j) {
                            for (int k = c; k <= 4 - judged[2] + c; ++k) {
                                if (i + j + k > *bound) {
                                    QVERIFY(atMost({i, j, k}, a + b + c) <= 1 - confidence + 1e-9);
                                }
                            }
                        }
                    }
                }
            }
        }
    }

    void samplesOfPartsAreLargeEnoughAndNoLargerThanNeeded() {
        const std::array<std::int64_t, 5> sizes{900, 300, 60, 15, 5}; // 1,280 as in the design
        const auto drawn = *allocate(sizes, 12, 0.95);                // 1 %
        std::int64_t all = 0;
        std::vector<Part> parts;
        for (std::size_t i = 0; i < sizes.size(); ++i) {
            QVERIFY(drawn[i] >= 1);
            all += drawn[i];
            parts.push_back({sizes[i], drawn[i], 0});
        }
        QVERIFY(*upperBound(parts, 0.95) <= 12);
        // A simple random sample needs 263; parts cost little more.
        QCOMPARE(*sampleSize(1280, 12, 0.95), std::int64_t{263});
        QVERIFY2(all < 280, std::to_string(all).c_str());
        QCOMPARE((*allocate(std::array<std::int64_t, 2>{3, 2}, 0, 0.95)), (std::vector<std::int64_t>{3, 2}));
        QVERIFY(!allocate(sizes, 12, 0.5));
        QVERIFY(!upperBound(parts, 0.5));
    }

    /// Clopper & Pearson 1934, one-sided 95 %.
    void rateBoundIsThatOfClopperAndPearson() {
        QVERIFY(std::abs(*rateBound(59, 0, 0.95) - (1 - std::pow(0.05, 1.0 / 59))) < 1e-9);
        QVERIFY(std::abs(*rateBound(100, 3, 0.95) - 0.0757) < 1e-4);
        QCOMPARE(*rateBound(0, 0, 0.95), 1.0);
        QCOMPARE(*rateBound(4, 4, 0.95), 1.0);
        QVERIFY(!rateBound(3, 4, 0.95));
    }

    void picturesAreCountedByWhoChecks() {
        Confirmation confirmation;
        confirmation.sha256 = kamei::base::sha256("x");
        confirmation.reviewer = "森田 彩";
        confirmation.shown = confirmation.total = 3;
        Present present{AssetKind::DicomSeries, confirmation.sha256, true, 24};
        QCOMPARE(check(confirmation, present).error().args, std::vector<std::string>{"shown"});
        confirmation.shown = confirmation.total = 24;
        QVERIFY(check(confirmation, present));
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
