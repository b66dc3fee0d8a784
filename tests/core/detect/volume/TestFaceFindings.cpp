#include <QTemporaryDir>
#include <QtTest>

#include "core/demo/HeadPhantom.h"
#include "core/detect/volume/FaceFindings.h"
#include "tests/core/intake/volume/Volumes.h"

using namespace kamei;
using namespace kamei::test;

namespace {

constexpr std::int32_t kSize = 96;
constexpr std::int32_t kSlices = 76;

const demo::HeadVolume& phantom() {
    static const demo::HeadVolume head = demo::computeHead(kSize, kSlices);
    return head;
}

Point origin() {
    const double half = phantom().spacingMm * kSize / 2;
    return {-half, -half, -phantom().sliceMm * kSlices / 2};
}

double headAt(const Point& at) {
    const demo::HeadVolume& head = phantom();
    const auto x = std::lround((at[0] - origin()[0]) / head.spacingMm);
    const auto y = std::lround((at[1] - origin()[1]) / head.spacingMm);
    const auto z = std::lround((at[2] - origin()[2]) / head.sliceMm);
    if (x < 0 || y < 0 || z < 0 || x >= kSize || y >= kSize || z >= kSlices) {
        return -1000;
    }
    return head.values[static_cast<std::size_t>((z * kSize + y) * kSize + x)];
}

/// A chest: as wide as no head.
double chestAt(const Point& at) {
    return std::hypot(at[0] / 170, at[1] / 110) < 1 ? 40 : -1000;
}

std::vector<model::Source> written(const QTemporaryDir& folder, const Field& field, double reachMm,
                                   int slices, const std::string& imageType = "ORIGINAL\\PRIMARY\\AXIAL") {
    std::vector<model::Source> out;
    for (int i = 0; i < slices; ++i) {
        Slice slice;
        slice.columns = slice.rows = kSize;
        slice.columnMm = slice.rowMm = 2 * reachMm / kSize;
        slice.position = {-reachMm, -reachMm, origin()[2] + i * phantom().sliceMm};
        slice.imageType = imageType;
        slice.number = i + 1;
        out.push_back(
            saved(folder.filePath(QString("%1-%2").arg(i).arg(slices)).toStdString(), dicomOf(slice, field)));
    }
    return out;
}

} // namespace

class TestFaceFindings : public QObject {
    Q_OBJECT

private slots:
    void findings_data() {
        QTest::addColumn<QString>("what");
        QTest::addColumn<QString>("head"); // what the header says
        QTest::addColumn<QString>("expected");
        QTest::newRow("5.4.4: a head CT shows a face") << "head"
                                                       << "yes"
                                                       << "FaceSurface:face:conditional";
        QTest::newRow("whatever the header says it shows") << "head"
                                                           << "no"
                                                           << "FaceSurface:face:conditional";
        QTest::newRow("and where it says nothing") << "head"
                                                   << ""
                                                   << "FaceSurface:face:conditional";
        QTest::newRow("a chest shows none") << "chest"
                                            << "no"
                                            << "";
        QTest::newRow("nor where nothing says that it is one") << "chest"
                                                               << ""
                                                               << "";
        QTest::newRow("one slice of a head cannot be judged") << "one"
                                                              << "yes"
                                                              << "FaceSurface:unclear:conditional";
        QTest::newRow("one slice of a chest need not be") << "one"
                                                          << "no"
                                                          << "";
        QTest::newRow("localisers are listed by themselves") << "localizer"
                                                             << "yes"
                                                             << "FaceRendering:localizer:conditional";
        QTest::newRow("3D pictures as well") << "rendering"
                                             << "yes"
                                             << "FaceRendering:rendering:conditional";
        QTest::newRow("those of a chest are not") << "rendering"
                                                  << "no"
                                                  << "";
        QTest::newRow("what cannot be read is open") << "broken"
                                                     << "yes"
                                                     << "FaceSurface:unclear:conditional";
    }
    void findings() {
        QFETCH(QString, what);
        QFETCH(QString, head);
        QFETCH(QString, expected);
        QTemporaryDir folder;
        const double reach = -origin()[0];
        std::vector<model::Source> sources;
        if (what == "head") {
            sources = written(folder, headAt, reach, kSlices);
        } else if (what == "chest") {
            sources = written(folder, chestAt, 190, 40);
        } else if (what == "one") {
            sources = written(folder, headAt, reach, 1);
        } else if (what == "localizer") {
            sources = written(folder, headAt, reach, 2, "ORIGINAL\\PRIMARY\\LOCALIZER");
        } else if (what == "rendering") {
            sources = written(folder, headAt, reach, 2, "DERIVED\\SECONDARY\\AXIAL\\VRT");
        } else {
            sources = {saved(folder.filePath("broken").toStdString(), "nothing")};
        }
        const auto said = head.isEmpty() ? std::nullopt : std::optional(head == "yes");
        const auto found = detect::volume::faceFindings({}, sources, said, context());
        QVERIFY(found.has_value());
        QStringList seen;
        for (const model::Finding& finding : *found) {
            seen << QString::fromStdString(finding.label + ":" + finding.text + ":" +
                                           std::string(model::word(finding.requirement)));
            QCOMPARE(finding.origin, model::Origin::Face);
            QCOMPARE(finding.rule, std::string(detect::volume::kFaceRule));
            QCOMPARE(finding.suggested, model::Action::Keep);
            QCOMPARE(finding.state, model::DecisionState::Open);
            QVERIFY(finding.confidence > 0.25);
        }
        QCOMPARE(seen.join(' '), expected);
    }

    void localiserAmongSlices() {
        QTemporaryDir folder;
        auto sources = written(folder, headAt, -origin()[0], kSlices);
        Slice scout;
        scout.imageType = "ORIGINAL\\PRIMARY\\LOCALIZER";
        sources.push_back(saved(folder.filePath("scout").toStdString(), dicomOf(scout, headAt)));
        const auto found = detect::volume::faceFindings({}, sources, true, context());
        QVERIFY(found.has_value());
        QCOMPARE(found->size(), std::size_t{2});
        QCOMPARE(found->front().label, std::string("FaceRendering"));
        QVERIFY(found->front().locator.frames.contains(kSlices + 1));
        QVERIFY(!found->front().locator.frames.contains(kSlices));
        QCOMPARE(found->back().text, std::string("face"));
    }

    /// The policy's wish is suggested where a face was found, never by guess.
    void policyWantsItRemoved() {
        m_policy.overrides[std::string(detect::volume::kFaceRule)] = {model::Action::Deface, "training set"};
        QTemporaryDir folder;
        const auto face =
            detect::volume::faceFindings({}, written(folder, headAt, -origin()[0], kSlices), true, context());
        QVERIFY(face.has_value() && face->size() == 1);
        QCOMPARE(face->front().suggested, model::Action::Deface);
        const auto unclear =
            detect::volume::faceFindings({}, written(folder, headAt, -origin()[0], 1), true, context());
        QVERIFY(unclear.has_value() && unclear->size() == 1);
        QCOMPARE(unclear->front().suggested, model::Action::Keep);
        m_policy.overrides.clear();
    }

private:
    [[nodiscard]] detect::Context context() const { return {m_rules, m_policy, {}, {}, {}}; }

    guideline::RuleTable m_rules = *guideline::RuleTable::load();
    model::Policy m_policy;
};

QTEST_GUILESS_MAIN(TestFaceFindings)
#include "TestFaceFindings.moc"
