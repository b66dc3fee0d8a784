#include <QTest>
#include <set>

#include "core/guideline/Steps.h"
#include "tests/core/store/Bed.h"

using namespace kamei;
using sample::Bed;

/// Findings as rows: written, found again, detected again, listed and counted.
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
};

QTEST_GUILESS_MAIN(TestFindings)
#include "TestFindings.moc"
