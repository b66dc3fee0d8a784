#include <QElapsedTimer>
#include <QTest>
#include <fstream>
#include <map>
#include <random>
#include <set>

#include "core/guideline/Steps.h"
#include "core/store/Database.h"
#include "core/store/Layout.h"
#include "core/store/Repositories.h"
#include "tests/core/store/Sample.h"

using namespace kamei;
using base::ErrorCode;
using store::Database;
namespace fs = std::filesystem;

namespace {

/// A workspace with a database and two people with one text each.
struct Bed {
    QTemporaryDir parent;
    store::Layout layout{sample::folderIn(parent)};
    std::unique_ptr<Database> database;
    base::SubjectId first;
    base::SubjectId second;
    base::AssetId firstText;
    base::AssetId secondText;
    base::AssetId nobodys;
    std::vector<model::Source> sources;

    Bed() {
        if (!store::createFolders(layout)) {
            return;
        }
        database = std::move(*Database::create(layout.database()));
        auto writing = *database->write();
        first = *writing->subjects.insert({{}, 0, "a|1", {"1", "a", {"山田 太郎"}, "19500102", "M"}, "S-1"});
        second = *writing->subjects.insert({{}, 0, "a|2", {"2", "a", {"佐藤 花子"}, "", ""}, "S-2"});
        firstText = *writing->assets.insert(sample::asset(model::AssetKind::Text, "g1", first));
        secondText = *writing->assets.insert(sample::asset(model::AssetKind::Text, "g2", second));
        nobodys = *writing->assets.insert(sample::asset(model::AssetKind::Table, "g3"));
        for (const auto asset : {firstText, secondText, nobodys}) {
            model::Source source = sample::source(asset, "s" + std::to_string(asset.value));
            source.id = *writing->sources.insert(source);
            sources.push_back(source);
        }
        static_cast<void>(writing.commit());
    }

    void put(std::vector<model::Finding>& findings) {
        auto writing = *database->write();
        QVERIFY(writing->findings.insert(findings));
        QVERIFY(writing.commit());
    }
    store::AssetRecord record(base::AssetId id) { return **(*database->read())->assets.find(id); }
};

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

class TestFindings : public QObject {
    Q_OBJECT

private slots:
    void findingComesBackAsItWas() {
        Bed bed;
        model::Finding f = sample::finding(bed.firstText, 120, "山田 太郎");
        f.subject = bed.first;
        f.locator.path = "/ClinicalDocument/title";
        f.replacement = "x";
        f.confidence = 0.25;
        f.origin = model::Origin::Model;
        f.instances = 3;
        f.distinctValues = 2;
        f.detail = R"({"clean":[]})";
        std::vector findings{f};
        bed.put(findings);
        const auto back = **(*bed.database->read())->findings.find(findings[0].id);
        QCOMPARE(back.subject, bed.first);
        QCOMPARE(model::toText(back.locator), model::toText(f.locator));
        QCOMPARE(back.text, f.text);
        QCOMPARE(back.label, f.label);
        QCOMPARE(back.rule, f.rule);
        QCOMPARE(back.detector, f.detector);
        QCOMPARE(back.replacement, f.replacement);
        QCOMPARE(back.confidence, f.confidence);
        QCOMPARE(back.origin, f.origin);
        QCOMPARE(back.instances, f.instances);
        QCOMPARE(back.distinctValues, f.distinctValues);
        QCOMPARE(back.detail, f.detail);
    }

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

    void detectingAgainKeepsDecisionsOfTheSame() {
        Bed bed;
        std::vector first{sample::finding(bed.firstText, 0, "A"), sample::finding(bed.firstText, 10, "B"),
                          sample::finding(bed.firstText, 20, "C")};
        {
            auto writing = *bed.database->write();
            QVERIFY(writing->findings.replaceDetected(bed.firstText, first));
            const store::Decision decision{
                first[1].id, model::DecisionState::Changed, model::Action::Replace, "why", "who", 9};
            QVERIFY(writing->findings.decide({&decision, 1}));
            model::Finding own = sample::finding(bed.firstText, 40, "D");
            own.origin = model::Origin::Person;
            QVERIFY(writing->findings.insert({&own, 1}));
            QVERIFY(writing.commit());
        }
        const std::int64_t revision = bed.record(bed.firstText).asset.revision;
        std::vector second{sample::finding(bed.firstText, 10, "B"),
                           sample::finding(bed.firstText, 20, "other"),
                           sample::finding(bed.firstText, 0, "A")};
        {
            auto writing = *bed.database->write();
            const auto replaced = writing->findings.replaceDetected(bed.firstText, second);
            QVERIFY(replaced);
            QCOMPARE(replaced->kept, 2);
            QCOMPARE(replaced->added, 1);
            QCOMPARE(replaced->removed, 1);
            QVERIFY(writing.commit());
        }
        QVERIFY(bed.record(bed.firstText).asset.revision > revision);
        auto reading = *bed.database->read();
        const auto kept = **reading->findings.find(first[1].id);
        QCOMPARE(kept.state, model::DecisionState::Changed);
        QCOMPARE(kept.action, model::Action::Replace);
        QCOMPARE(kept.reason, std::string("why"));
        store::FindingFilter filter;
        filter.asset = bed.firstText;
        QCOMPARE(*reading->findings.count(filter), 4); // the person's own is still there
        const std::int64_t same = bed.record(bed.firstText).asset.revision;
        auto writing = *bed.database->write();
        QVERIFY(writing->findings.replaceDetected(bed.firstText, second));
        QVERIFY(writing.commit());
        QCOMPARE(bed.record(bed.firstText).asset.revision, same); // nothing differs
    }

    void movedMaskIsKnownAgain() {
        Bed bed;
        model::Finding mask = sample::finding(bed.firstText, 0, "");
        mask.locator = {};
        mask.locator.kind = model::Locator::Kind::Pixels;
        mask.locator.rect = {1, 2, 3, 4};
        const model::Finding asFound = mask;
        auto writing = *bed.database->write();
        QVERIFY(writing->findings.replaceDetected(bed.firstText, {&mask, 1}));
        model::Locator moved = mask.locator;
        moved.rect.x = 50;
        QVERIFY(writing->findings.reshape(mask.id, moved, "{}"));
        model::Finding again = asFound;
        const auto replaced = writing->findings.replaceDetected(bed.firstText, {&again, 1});
        QCOMPARE(replaced->kept, 1);
        QCOMPARE((*writing->findings.find(mask.id))->locator.rect.x, 50);
    }

    void pagesComeInOrderOfPlace() {
        Bed bed;
        std::vector<model::Finding> findings;
        for (const int start : {500, 3, 77, 12, 4000, 0}) {
            findings.push_back(sample::finding(bed.secondText, start, "x"));
        }
        findings.push_back(sample::finding(bed.firstText, 9, "x"));
        bed.put(findings);
        auto reading = *bed.database->read();
        std::vector<std::int64_t> starts;
        for (int offset = 0; offset < 8; offset += 2) {
            store::FindingFilter filter;
            filter.offset = offset;
            filter.limit = 2;
            const auto page = reading->findings.list(filter);
            for (const auto& f : *page) {
                starts.push_back(f.locator.start);
            }
        }
        QCOMPARE(starts, (std::vector<std::int64_t>{9, 0, 3, 12, 77, 500, 4000}));
    }

    void filtersAndCountsAgree_data() {
        QTest::addColumn<int>("which");
        for (int i = 0; i < 10; ++i) {
            QTest::addRow("filter %d", i) << i;
        }
    }
    void filtersAndCountsAgree() {
        QFETCH(int, which);
        Bed bed;
        std::vector<model::Finding> findings;
        for (int i = 0; i < 64; ++i) {
            auto f = sample::finding(i % 3 == 0   ? bed.firstText
                                     : i % 3 == 1 ? bed.secondText
                                                  : bed.nobodys,
                                     i, "x", static_cast<model::Category>(i % 8),
                                     static_cast<model::Requirement>(i % 4));
            f.subject = i % 3 == 0   ? bed.first
                        : i % 3 == 1 ? bed.second
                        : i % 5 == 0 ? bed.first
                                     : base::SubjectId{};
            f.state = i % 7 == 0 ? model::DecisionState::Accepted : model::DecisionState::Open;
            findings.push_back(f);
        }
        bed.put(findings);
        store::FindingFilter filter;
        const auto fits = [&](const model::Finding& f) {
            switch (which) {
            case 0:
                filter.asset = bed.firstText;
                return f.asset == bed.firstText;
            case 1:
                filter.subject = bed.first;
                return f.subject == bed.first;
            case 2:
                filter.category = model::Category::Contact;
                return f.category == model::Category::Contact;
            case 3:
                filter.requirement = model::Requirement::Required;
                return f.requirement == model::Requirement::Required;
            case 4:
                filter.state = model::DecisionState::Accepted;
                return f.state == model::DecisionState::Accepted;
            case 5:
                filter.step = 6;
                return guideline::stepOf(f.category, f.requirement) == 6;
            case 6:
                filter.openOnly = true;
                filter.step = 4;
                return f.state == model::DecisionState::Open &&
                       guideline::stepOf(f.category, f.requirement) == 4;
            case 7:
                filter.openOnly = true;
                filter.includeExcluded = false;
                return f.state == model::DecisionState::Open;
            case 8:
                filter.subject = base::SubjectId{};
                return !f.subject.valid();
            default:
                filter.asset = bed.secondText;
                filter.openOnly = true;
                return f.asset == bed.secondText && f.state == model::DecisionState::Open;
            }
        };
        std::set<base::FindingId> expected;
        for (const auto& f : findings) {
            if (fits(f)) {
                expected.insert(f.id);
            }
        }
        auto reading = *bed.database->read();
        const auto ids = *reading->findings.ids(filter);
        QVERIFY(!expected.empty());
        QVERIFY(std::set(ids.begin(), ids.end()) == expected);
        QCOMPARE(*reading->findings.count(filter), static_cast<std::int64_t>(expected.size()));
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

    void alikeFindsValueAndRule() {
        Bed bed;
        std::vector<model::Finding> f{
            sample::finding(bed.firstText, 0, "A"),  sample::finding(bed.firstText, 9, "A"),
            sample::finding(bed.secondText, 0, "A"), sample::finding(bed.secondText, 9, "B"),
            sample::finding(bed.nobodys, 0, "A"),
        };
        f[1].label = "OTHER_NAME";
        f[4].subject = bed.first; // a row of the first person in a table of several
        bed.put(f);
        auto reading = *bed.database->read();
        const auto ids = [&](store::AlikeBy by, std::optional<base::AssetId> asset,
                             std::optional<base::SubjectId> subject) {
            return *reading->findings.alike(f[0].id, by, asset, subject);
        };
        using store::AlikeBy;
        using Ids = std::vector<base::FindingId>;
        QCOMPARE(ids(AlikeBy::Value, {}, {}), (Ids{f[0].id, f[1].id, f[2].id, f[4].id}));
        QCOMPARE(ids(AlikeBy::Value, {}, bed.first), (Ids{f[0].id, f[1].id, f[4].id}));
        QCOMPARE(ids(AlikeBy::Rule, bed.firstText, {}), (Ids{f[0].id}));
        QCOMPARE(ids(AlikeBy::Rule, {}, bed.first), (Ids{f[0].id, f[4].id}));
        QCOMPARE(ids(AlikeBy::Rule, {}, {}), (Ids{f[0].id, f[2].id, f[3].id, f[4].id}));
    }

    void destructionLeavesNoValueInAnyFile() {
        const std::vector<std::string> planted{"PLANTEDNAME",        "PLANTEDHINT",   "PLANTEDKNOWN",
                                               "PLANTEDPATH",        "PLANTEDTITLE",  "PLANTEDDETAIL",
                                               "PLANTEDNOTE",        "PLANTEDGROUP",  "PLANTEDFACT",
                                               "PLANTEDREPLACEMENT", "PLANTEDREMOVED"};
        Bed bed;
        {
            auto writing = *bed.database->write();
            const auto subject = *writing->subjects.insert(
                {{}, 0, "PLANTEDHINT|1", {"PLANTEDHINT", "", {"PLANTEDHINT^X"}, "", ""}, "S-3"});
            auto asset = sample::asset(model::AssetKind::Text, "PLANTEDGROUP", subject);
            asset.title = "PLANTEDTITLE";
            const auto id = *writing->assets.insert(asset);
            auto source = sample::source(id, "PLANTEDPATH/file");
            source.facts = R"({"sop":"PLANTEDFACT"})";
            QVERIFY(writing->sources.insert(source));
            std::vector<model::Finding> findings;
            for (int i = 0; i < 500; ++i) {
                auto f = sample::finding(id, i, "PLANTEDNAME" + std::to_string(i));
                f.detail = R"({"clean":[{"value":"PLANTEDDETAIL"}]})";
                f.replacement = "PLANTEDREPLACEMENT";
                findings.push_back(f);
            }
            findings.push_back(sample::finding(id, 9000, "PLANTEDREMOVED"));
            findings.back().locator = {};
            findings.back().locator.kind = model::Locator::Kind::FileName;
            findings.back().locator.path = "PLANTEDPATH";
            QVERIFY(writing->findings.insert(findings));
            const std::vector<model::KnownIdentifier> known{
                {subject, "patient-name", "PLANTEDKNOWN", id, "text:0-1:"}};
            QVERIFY(writing->known.add(known));
            QVERIFY(writing->confirmations.add(
                {id, base::sha256("x"), model::Confirmation::Verdict::SentBack, "me", "PLANTEDNOTE", 1, 1, 1},
                0, {}));
            QVERIFY(writing.commit());
        }
        const auto present = [&](const std::string& needle) {
            for (const auto& entry : fs::recursive_directory_iterator(bed.layout.folder)) {
                if (!entry.is_regular_file()) {
                    continue;
                }
                std::ifstream file(entry.path(), std::ios::binary);
                const std::string content((std::istreambuf_iterator<char>(file)), {});
                if (content.find(needle) != std::string::npos) {
                    return true;
                }
            }
            return false;
        };
        for (const auto& needle : planted) {
            QVERIFY2(present(needle), needle.c_str());
        }
        {
            auto writing = *bed.database->write();
            const auto destroyed = writing->destruction.eraseValues();
            QVERIFY(destroyed);
            QCOMPARE(destroyed->findings, 501);
            QCOMPARE(destroyed->known, 1);
            QVERIFY(writing.commit());
        }
        QVERIFY(bed.database->compact());
        for (const auto& needle : planted) {
            QVERIFY2(!present(needle), needle.c_str());
        }
        auto reading = *bed.database->read();
        QCOMPARE(*reading->findings.count({}), 501);
        QCOMPARE(reading->findings.list({})->front().rule, std::string("clinical-text.patient-name"));
    }

    void subjectsAddUpAndCanBeSearched() {
        Bed bed;
        std::vector<model::Finding> findings{sample::finding(bed.firstText, 0, "A"),
                                             sample::finding(bed.nobodys, 0, "B")};
        bed.put(findings);
        {
            auto writing = *bed.database->write();
            QVERIFY(writing->riskReasons.set(bed.second, "rare disease is the topic"));
            QVERIFY(writing.commit());
        }
        auto reading = *bed.database->read();
        const auto all = *reading->subjects.totals({});
        QCOMPARE(static_cast<int>(all.size()), 3);
        QCOMPARE(all[0].findings.total, 1);
        QCOMPARE(all[1].riskReason, std::string("rare disease is the topic"));
        QVERIFY(!all[2].id.valid());
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

QTEST_GUILESS_MAIN(TestFindings)
#include "TestFindings.moc"
