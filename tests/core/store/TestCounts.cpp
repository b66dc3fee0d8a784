#include <QTest>
#include <map>
#include <random>

#include "core/guideline/Steps.h"
#include "tests/core/store/Bed.h"

using namespace kamei;
using sample::Bed;

namespace {

/// The sums, counted from the rows.
std::map<std::pair<int, int>, std::pair<std::int64_t, std::int64_t>> recount(const store::Repositories& rows,
                                                                             base::AssetId asset) {
    std::map<std::pair<int, int>, std::pair<std::int64_t, std::int64_t>> out;
    store::FindingFilter filter;
    filter.asset = asset;
    const auto list = rows.findings.list(filter);
    for (const auto& f : *list) {
        auto& cell = out[{guideline::stepOf(f.category, f.requirement), static_cast<int>(f.requirement)}];
        ++cell.first;
        cell.second += f.state == model::DecisionState::Open ? 1 : 0;
    }
    return out;
}

} // namespace

/// What follows from the rows at each commit: sums, states of assets, totals of people.
class TestCounts : public QObject {
    Q_OBJECT

private slots:
    void countersEqualARecountAfterAnything() {
        Bed bed;
        std::mt19937 random(7);
        const auto pick = [&](int limit) {
            return static_cast<int>(random() % static_cast<unsigned>(limit));
        };
        const std::vector assets{bed.firstText, bed.secondText, bed.nobodys};
        for (int round = 0; round < 60; ++round) {
            auto writing = *bed.database->write();
            const base::AssetId asset = assets[static_cast<std::size_t>(pick(3))];
            store::FindingFilter filter;
            filter.asset = asset;
            auto ids = *writing->findings.ids(filter);
            switch (pick(5)) {
            case 0:
            case 1: {
                std::vector<model::Finding> findings;
                for (int i = 0; i < 5; ++i) {
                    findings.push_back(sample::finding(asset, pick(1000), "t" + std::to_string(pick(9)),
                                                       static_cast<model::Category>(pick(8)),
                                                       static_cast<model::Requirement>(pick(4))));
                }
                if (pick(2) == 0) {
                    QVERIFY(writing->findings.insert(findings));
                } else {
                    QVERIFY(writing->findings.replaceDetected(asset, findings));
                }
                break;
            }
            case 2: {
                std::vector<store::Decision> decisions;
                for (const auto id : ids) {
                    decisions.push_back(
                        {id, static_cast<model::DecisionState>(pick(4)), model::Action::Keep, "", "", 0});
                }
                QVERIFY(writing->findings.decide(decisions));
                break;
            }
            case 3:
                if (!ids.empty()) {
                    QVERIFY(writing->findings.remove(std::span(ids).first(1)));
                }
                break;
            default:
                QVERIFY(writing->assets.setExcluded(asset, pick(2) == 0, "r"));
            }
            if (pick(6) == 0) {
                continue; // given up: nothing of it may stay in the sums
            }
            QVERIFY(writing.commit());
        }
        auto reading = *bed.database->read();
        store::StepTotals expected{};
        for (const auto asset : assets) {
            const store::AssetRecord record = **reading->assets.find(asset);
            store::Counts sum;
            for (const auto& [key, cell] : recount(*reading, asset)) {
                sum.total += cell.first;
                sum.open[static_cast<std::size_t>(key.second)] += cell.second;
                if (key.first >= 4 && record.asset.state != model::AssetState::Excluded) {
                    auto& step = expected[static_cast<std::size_t>(key.first - 4)];
                    step.total += cell.first;
                    step.open[static_cast<std::size_t>(key.second)] += cell.second;
                }
            }
            QVERIFY(record.findings == sum);
        }
        QVERIFY(*reading->assets.steps() == expected);
    }

    void statesFollowTheWay() {
        Bed bed;
        const base::AssetId asset = bed.firstText;
        const auto state = [&] { return bed.record(asset).asset.state; };
        const auto change = [&](auto&& body) {
            auto writing = *bed.database->write();
            QVERIFY(body(writing));
            QVERIFY(writing.commit());
        };
        QCOMPARE(state(), model::AssetState::Imported);
        model::Finding finding = sample::finding(asset, 1, "x");
        change([&](auto& w) {
            return w->findings.replaceDetected(asset, {&finding, 1}) &&
                   w->assets.setDetected(asset, base::sha256("d"));
        });
        QCOMPARE(state(), model::AssetState::Detected);
        const store::Decision accepted{
            finding.id, model::DecisionState::Accepted, model::Action::Delete, "", "me", 1};
        change([&](auto& w) { return w->findings.decide({&accepted, 1}); });
        QCOMPARE(state(), model::AssetState::Decided);
        const auto stage = [&](const std::string& content) {
            change([&](auto& w) {
                const auto file = sample::staged(bed.sources[0], content);
                return w->staged.upsert({&file, 1}, (*w->assets.find(asset))->asset.revision);
            });
        };
        stage("bytes");
        QCOMPARE(state(), model::AssetState::Staged);
        QCOMPARE(bed.record(asset).stagedDigest, base::sha256("bytes"));
        const auto say = [&](model::Confirmation::Verdict verdict, const std::string& content) {
            change([&](auto& w) {
                return w->confirmations.add({asset, base::sha256(content), verdict, "me", "", 1, 1, 1}, 0,
                                            {});
            });
        };
        say(model::Confirmation::Verdict::Confirmed, "bytes");
        QCOMPARE(state(), model::AssetState::Confirmed);
        change([&](auto& w) { return w->findings.decide({&accepted, 1}); }); // any decision makes it stale
        QCOMPARE(state(), model::AssetState::Decided);
        QVERIFY(bed.record(asset).stale);
        change([&](auto& w) {
            return w->staged.refresh(asset, base::sha256("plan"), (*w->assets.find(asset))->asset.revision);
        });
        QCOMPARE(state(), model::AssetState::Confirmed); // the same plan, the same bytes, already looked at
        stage("other bytes");
        QCOMPARE(state(), model::AssetState::Staged);
        say(model::Confirmation::Verdict::SentBack, "other bytes");
        QCOMPARE(state(), model::AssetState::SentBack);
        change([&](auto& w) { return w->assets.setExcluded(asset, true, "r"); });
        QCOMPARE(state(), model::AssetState::Excluded);
        change([&](auto& w) { return w->assets.setExcluded(asset, false, ""); });
        QCOMPARE(state(), model::AssetState::SentBack);
        change([&](auto& w) { return w->sources.insert(sample::source(asset, "one more")); });
        QCOMPARE(state(), model::AssetState::Imported);
        QCOMPARE(bed.record(asset).asset.sources, 2);
        QVERIFY(bed.record(asset).stagedDigest.isZero());
    }

    void subjectsAddUpAndCanBeSearched() {
        Bed bed;
        std::vector<model::Finding> findings{sample::finding(bed.firstText, 0, "A"),
                                             sample::finding(bed.nobodys, 0, "B")};
        bed.put(findings);
        {
            auto writing = *bed.database->write();
            QVERIFY(writing->riskReasons.set(bed.second, "rare disease is the topic"));
            QVERIFY(writing->assets.setProblem(bed.nobodys, store::ProblemOrigin::Detect,
                                               base::Error{base::ErrorCode::Malformed, {}, "x"}));
            QVERIFY(writing.commit());
        }
        auto reading = *bed.database->read();
        const auto all = *reading->subjects.totals({});
        QCOMPARE(static_cast<int>(all.size()), 3);
        QCOMPARE(all[0].findings.total, 1);
        QCOMPARE(all[1].riskReason, std::string("rare disease is the topic"));
        QVERIFY(!all[2].id.valid());
        QVERIFY(!all[0].blocked && !all[1].blocked && all[2].blocked);
        QCOMPARE(static_cast<int>(reading->subjects.totals({true, "", 0, 0, -1})->size()), 2);
        const auto byNumber = *reading->subjects.totals({false, "p-0002", 0, 0, -1});
        QCOMPARE(static_cast<int>(byNumber.size()), 1);
        QCOMPARE(byNumber[0].id, bed.second);
        const auto tables = 1U << static_cast<unsigned>(model::AssetKind::Table);
        QVERIFY(!reading->subjects.totals({false, "table", tables, 0, -1})->front().id.valid());
        // Pages: the row of nobody comes once, after the last person.
        QCOMPARE(static_cast<int>(reading->subjects.totals({false, "", 0, 0, 2})->size()), 2);
        QVERIFY(!reading->subjects.totals({false, "", 0, 2, 2})->front().id.valid());
        QVERIFY(reading->subjects.totals({false, "", 0, 3, 2})->empty());
    }
};

QTEST_GUILESS_MAIN(TestCounts)
#include "TestCounts.moc"
