#include "core/risk/Trial.h"

#include <QTest>

using namespace kamei::risk;

namespace {

std::vector<SubjectTraits> people() {
    std::vector<SubjectTraits> out;
    const std::vector<std::array<const char*, 4>> rows{{"41", "千葉県市川市", "1958-08-17", "教員"},
                                                       {"42", "千葉県館山市", "1958-08-03", "農業"},
                                                       {"47", "千葉県市川市", "1958-09-03", "教員"},
                                                       {"91", "東京都中央区", "1934-01-01", "農業"}};
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const auto id = static_cast<std::int64_t>(i + 1);
        out.push_back({{id},
                       {{"age", rows[i][0], {id}, true},
                        {"municipality", rows[i][1], {id}, true},
                        {"birth-date", rows[i][2], {id}, true},
                        {"occupation", rows[i][3], {id}, false}}});
    }
    return out;
}

QString valuesOf(const Tried& tried, const std::string& field) {
    QStringList out;
    for (const SubjectTraits& subject : tried.subjects) {
        for (const Trait& trait : subject.traits) {
            if (trait.field == field) {
                out.append(QString::fromStdString(trait.value));
            }
        }
    }
    return out.join('|');
}

} // namespace

class TrialTest : public QObject {
    Q_OBJECT

private slots:
    void methods_data() {
        QTest::addColumn<QString>("trial");
        QTest::addColumn<QString>("values");
        QTest::addColumn<int>("changed");
        QTest::newRow("age to bands") << "age=generalise:10"
                                      << "40-49|40-49|40-49|90-99" << 4;
        QTest::newRow("municipality to prefecture") << "municipality=generalise"
                                                    << "千葉県|千葉県|千葉県|東京都" << 4;
        QTest::newRow("birth date to month") << "birth-date=generalise"
                                             << "1958-08|1958-08|1958-09|1934-01" << 4;
        QTest::newRow("top coding") << "age=top-code:90"
                                    << "41|42|47|>=90" << 1;
        QTest::newRow("bottom coding") << "age=bottom-code:42"
                                       << "<=42|<=42|47|91" << 2;
        QTest::newRow("micro-aggregation by neighbours") << "age=microaggregate:2"
                                                         << "41.5|41.5|69|69" << 4;
        QTest::newRow("field deleted") << "occupation=delete-field"
                                       << "|||" << 4;
        QTest::newRow("cells of those singled out deleted") << "age=delete-cells"
                                                            << "|||" << 4;
    }
    void methods() {
        QFETCH(QString, trial);
        QFETCH(QString, values);
        QFETCH(int, changed);
        const auto parsed = trialFromText(trial.toStdString());
        QVERIFY(parsed.has_value());
        const auto subjects = people();
        const auto done = tried(subjects, {&*parsed, 1});
        QVERIFY(done.has_value());
        QCOMPARE(valuesOf(*done, parsed->field), values);
        QCOMPARE(done->losses.size(), std::size_t{1});
        QCOMPARE(done->losses[0].changed, std::int64_t{changed});
        QCOMPARE(done->losses[0].filled, std::int64_t{4});
    }

    void lossIsWhatNoLongerTells() {
        const auto subjects = people();
        const Trial gone{"occupation", Trial::Method::DeleteField, 0};
        QCOMPARE(tried(subjects, {&gone, 1})->losses[0].lost, 1.0);
        const Trial top{"age", Trial::Method::TopCode, 90};
        QCOMPARE(tried(subjects, {&top, 1})->losses[0].lost, 0.0); // one value became one other
        const Trial band{"age", Trial::Method::Generalise, 50};
        const double half = tried(subjects, {&band, 1})->losses[0].lost;
        QVERIFY(half > 0 && half < 1);
    }

    void chanceIsRepeatableAndKeepsTheValues() {
        const auto subjects = people();
        const Trial swap{"age", Trial::Method::Swap, 1};
        const auto once = tried(subjects, {&swap, 1}, 5);
        QCOMPARE(valuesOf(*tried(subjects, {&swap, 1}, 5), "age"), valuesOf(*once, "age"));
        QStringList sorted = valuesOf(*once, "age").split('|');
        sorted.sort();
        QCOMPARE(sorted.join('|'), QString("41|42|47|91"));
        QVERIFY(valuesOf(*once, "age") != QString("41|42|47|91"));
        const Trial noise{"age", Trial::Method::Noise, 3};
        QVERIFY(valuesOf(*tried(subjects, {&noise, 1}), "age") != QString("41|42|47|91"));
    }

    void recordsGoAndCome() {
        auto subjects = people();
        subjects.push_back(subjects[0]); // a twin in all values hides the first
        subjects.back().subject = {5};
        const Trial records{"", Trial::Method::DeleteRecords, 0};
        const auto left = tried(subjects, {&records, 1});
        QCOMPARE(left->recordsDeleted, std::int64_t{3});
        QVERIFY(analyse(left->subjects, {})->singledOut.empty());
        const Trial made{"", Trial::Method::Synthesise, 200};
        const auto more = tried(subjects, {&made, 1});
        QCOMPARE(more->subjects.size(), std::size_t{205});
        QVERIFY(!more->subjects.back().subject.valid());
    }

    void refuses_data() {
        QTest::addColumn<QString>("trial");
        for (const char* trial : {"occupation=noise:3", "occupation=generalise", "unknown=delete-field",
                                  "age=noise:0", "age=swap:2", "age=microaggregate:1", "synthesise:0"}) {
            QTest::newRow(trial) << trial;
        }
    }
    void refuses() {
        QFETCH(QString, trial);
        const auto parsed = trialFromText(trial.toStdString());
        QVERIFY(parsed.has_value());
        const auto subjects = people();
        QVERIFY(!tried(subjects, {&*parsed, 1}));
    }

    void readsNoOtherWords() {
        for (const char* text : {"age=blur:3", "age=generalise:x", "", "age"}) {
            QVERIFY2(!trialFromText(text), text);
        }
    }
};

QTEST_GUILESS_MAIN(TrialTest)
#include "TrialTest.moc"
