#include <QTest>
#include <filesystem>

#include "core/base/FileIo.h"
#include "tests/core/store/Bed.h"

using namespace kamei;

class TestStoredFaces : public QObject {
    Q_OBJECT

private slots:
    void masksAreNamedByTheirBytes() {
        sample::Bed bed;
        const std::string bytes("KVM1\0\xff\0 not text", 17);
        const base::Sha256 digest = base::sha256(bytes);
        {
            auto writing = *bed.database->write();
            QVERIFY(writing->faces.putMask(digest, bytes));
            QVERIFY(writing->faces.putMask(digest, bytes)); // once is enough
            QVERIFY(writing->faces.putMask(base::sha256("b"), "b"));
            QVERIFY(writing.commit());
        }
        QCOMPARE(**(*bed.database->read())->faces.mask(digest), bytes);
        QVERIFY(!(*(*bed.database->read())->faces.mask(base::sha256("c"))).has_value());
        QCOMPARE(**(*bed.database->read())->faces.mask(base::sha256("b")), std::string("b"));
    }

    void theLastCheckOfAnAssetCounts() {
        sample::Bed bed;
        auto writing = *bed.database->write();
        QVERIFY(!(*writing->faces.check(bed.firstText)).has_value());
        QVERIFY(writing->faces.setCheck(bed.firstText, {base::sha256("old"), "{}", 5, "", ""}));
        QVERIFY(
            writing->faces.setCheck(bed.firstText, {base::sha256("new"), "{\"score\":1}", 6, "A", "why"}));
        const auto check = *writing->faces.check(bed.firstText);
        QVERIFY(check.has_value());
        QVERIFY(check->staged == base::sha256("new") && check->overruledBy == "A" && check->reason == "why");
        QVERIFY(!(*writing->faces.check(bed.secondText)).has_value());
    }

    void destroyingLeavesNoPictureOfAFace() {
        sample::Bed bed;
        QVERIFY(store::makeEvidenceFolder(bed.layout));
        const auto file = bed.layout.evidence() / "view.png";
        QVERIFY(base::writeFileAtomically(file, "PNG"));
        {
            auto writing = *bed.database->write();
            QVERIFY(writing->faces.putMask(base::sha256("m"), "m"));
            QVERIFY(writing->faces.setCheck(bed.firstText, {base::sha256("s"), "{}", 5, "A", "why"}));
            QVERIFY(writing->faces.addEvidence({base::FindingId{7}, bed.firstText, "front",
                                                base::sha256("PNG"), "evidence/view.png", "A", 9}));
            QVERIFY(writing->destruction.eraseValues());
            QVERIFY(writing.commit());
        }
        QVERIFY(store::destroyEvidence(bed.layout));
        QVERIFY(!std::filesystem::exists(bed.layout.evidence()));
        const auto reading = bed.database->read();
        QVERIFY(!(*(*reading)->faces.mask(base::sha256("m"))).has_value());
        const auto views = *(*reading)->faces.evidence(base::FindingId{7});
        QCOMPARE(views.size(), std::size_t{1}); // that somebody looked stays
        QVERIFY(views.front().path.empty() && views.front().by == "A" &&
                views.front().sha256 == base::sha256("PNG"));
        QVERIFY((*(*reading)->faces.check(bed.firstText))->reason.empty());
        QVERIFY((*(*reading)->faces.evidence(base::FindingId{8})).empty());
    }
};

QTEST_APPLESS_MAIN(TestStoredFaces)
#include "TestStoredFaces.moc"
