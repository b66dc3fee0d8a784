#include <QTest>
#include <fstream>

#include "tests/core/store/Bed.h"

using namespace kamei;
using sample::Bed;
namespace fs = std::filesystem;

/// The deleted information leaves no trace in the files of a workspace.
class TestDestruction : public QObject {
    Q_OBJECT

private slots:
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
};

QTEST_GUILESS_MAIN(TestDestruction)
#include "TestDestruction.moc"
