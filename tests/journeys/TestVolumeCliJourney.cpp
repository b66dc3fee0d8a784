// Heads through the command line: a CT series, an MR series and a NIfTI volume, each with its face kept for a
// reason and with its face taken off, from import to the released files, which are read by hand. Nobody's
// heads. What no command writes without a person (confirmations, the sheet) is made through core.

#include "CliRunner.h"
#include "SmallCohort.h"

#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QMap>
#include <QTemporaryDir>
#include <QtEndian>
#include <QtTest>

#include "core/job/Faces.h"
#include "core/job/Looking.h"
#include "tests/support/Gzip.h"
#include "tests/support/HeadFiles.h"
#include "tests/support/Heads.h"

using namespace journeys;
using namespace kamei;

namespace {

constexpr const char* kReviewer = "Morita Aya";
constexpr const char* kReason = "soft tissue of the face is studied";

/// One head of the cohort.
struct Case {
    QString name;
    QString modality; ///< "CT", "MR"; empty: NIfTI
    bool removed = false;
};

QList<Case> cases() {
    return {{"ct-kept", "CT", false},   {"ct-removed", "CT", true},       {"mr-kept", "MR", false},
            {"mr-removed", "MR", true}, {"nifti-kept", QString(), false}, {"nifti-removed", QString(), true}};
}

model::Volume headOf(const Case& one) {
    test::HeadScan scan;
    scan.size = {80, 80, 54};
    scan.spacingMm = {2.9, 2.9, 4.0};
    scan.modality = one.modality == "CT" ? "CT" : "MR";
    return test::scanHead(scan);
}

/// Words of NIfTI headers that name people; none may come out again.
test::NiftiWords planted() {
    return {"KASOU Hanako 1958-03-04 K-4711", "/data/kasou/hanako.roi", "Kasou Hanako", "KASOU DB",
            "taken by Tanaka Ichiro for KASOU HANAKO"};
}

const QStringList kPlanted{"KASOU",  "Kasou",  "kasou",  "HANAKO", "Hanako",
                           "hanako", "K-4711", "Tanaka", "1958-03"};

/// Voxels of a NIfTI-1 file of 16 bits, by nifti1.h and nothing else.
QByteArray voxelsByHand(const QByteArray& file, std::size_t count) {
    if (file.size() < 352 || qFromLittleEndian<qint32>(file.constData()) != 348 ||
        file.mid(344, 4) != QByteArray("n+1\0", 4)) {
        return {};
    }
    const auto at = std::bit_cast<float>(qFromLittleEndian<quint32>(file.constData() + 108));
    return file.mid(static_cast<qsizetype>(at), static_cast<qsizetype>(2 * count));
}

std::size_t differing(const QByteArray& a, const QByteArray& b) {
    std::size_t out = 0;
    for (qsizetype i = 0; i + 1 < std::min(a.size(), b.size()); i += 2) {
        out += a[i] != b[i] || a[i + 1] != b[i + 1] ? 1 : 0;
    }
    return a.size() == b.size() ? out : static_cast<std::size_t>(-1);
}

} // namespace

class TestVolumeCliJourney : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void cleanup();
    void facesAreFound();
    void decisionsAreTaken();
    void stagingTakesFacesOff();
    void releasedIsWhatWasDecided();

private:
    [[nodiscard]] QString path(const QString& name) const { return m_folder.filePath(name); }
    [[nodiscard]] bool step(const QStringList& arguments, int expected = Done) {
        m_said.append(run(arguments));
        if (m_said.last().exit != expected) {
            qWarning() << arguments << m_said.last().exit << m_said.last().err
                       << m_said.last().out.left(2000);
        }
        return m_said.last().exit == expected;
    }
    /// Rows of a listing by the case whose asset they are of.
    [[nodiscard]] QMap<QString, QJsonObject> faces() const {
        QMap<QString, QJsonObject> out;
        for (const QJsonObject& row : run({"findings", path("ws"), "--json"}).rows()) {
            if (row["rule"].toString() == "image-content.facial-surface") {
                out.insert(m_assets.key(row["asset"].toInteger()), row);
            }
        }
        return out;
    }

    bool m_broken = false; ///< an earlier leg failed: what follows it means nothing
    QTemporaryDir m_folder;
    QMap<QString, qint64> m_assets;
    QList<Outcome> m_said;
};

void TestVolumeCliJourney::init() {
    if (m_broken) {
        QSKIP("an earlier leg of the journey failed");
    }
}

void TestVolumeCliJourney::cleanup() {
    m_broken = m_broken || QTest::currentTestFailed();
}

void TestVolumeCliJourney::initTestCase() {
    int number = 0;
    for (const Case& one : cases()) {
        ++number;
        const model::Volume volume = headOf(one);
        const QString folder = path("in/" + one.name);
        QDir().mkpath(folder);
        if (one.modality.isEmpty()) {
            const std::string file = test::niftiOf({&volume}, planted());
            const bool compressed = one.removed;
            const std::string bytes = compressed ? test::gzipped(file, "KASOU_Hanako.nii") : file;
            writeFile(folder + (compressed ? "/head.nii.gz" : "/head.nii"), QByteArray::fromStdString(bytes));
            continue;
        }
        test::HeadSeries series;
        series.id = "K-4711" + std::to_string(number);
        series.study = "1.2.392.999." + std::to_string(number);
        series.series = series.study + ".1";
        series.frameOfReference = series.study + ".9";
        for (int i = 0; i < volume.geometry.size[2]; ++i) {
            writeFile(folder + QString("/%1.dcm").arg(i),
                      QByteArray::fromStdString(test::dicomSlice(volume, i, series)));
        }
    }
    QVERIFY(step({"new", path("ws"), "--title", "heads", "--purpose", "test"}));
    // One after the other, so that their numbers tell them apart.
    QSet<qint64> known;
    for (const Case& one : cases()) {
        QVERIFY(step({"import", path("ws"), path("in/" + one.name)}));
        for (const QJsonObject& row : run({"assets", path("ws"), "--json"}).rows()) {
            if (!known.contains(row["asset"].toInteger())) {
                known.insert(row["asset"].toInteger());
                QVERIFY2(!m_assets.contains(one.name), "one asset a head");
                m_assets.insert(one.name, row["asset"].toInteger());
            }
        }
        QVERIFY(m_assets.contains(one.name));
    }
}

void TestVolumeCliJourney::facesAreFound() {
    QVERIFY(step({"detect", path("ws")}));
    const auto rows = faces();
    for (const Case& one : cases()) {
        const QString name = one.name;
        QVERIFY2(rows.contains(name), qPrintable(name));
        QVERIFY2(rows[name]["text"].toString() == "face", qPrintable(name + rows[name]["text"].toString()));
        QCOMPARE(rows[name]["state"].toString(), QString("open")); // a judgement, not a reflex
    }
}

void TestVolumeCliJourney::decisionsAreTaken() {
    const auto rows = faces();
    // In bulk and without a reason everything else is decided; faces are told of and stay open.
    QVERIFY(step({"decide", path("ws"), "--accept-suggested"}, Open));
    const auto said = m_said.last().rows();
    QCOMPARE(said.size(), rows.size() + 1);
    QSet<qint64> left;
    for (const QJsonObject& line : said) {
        if (line.contains("finding")) {
            QCOMPARE(line["refused"].toObject()["error"].toString(), QString("reason-required"));
            QCOMPARE(line["left"].toString(), QString("open"));
            left.insert(line["finding"].toInteger());
        }
    }
    QCOMPARE(said.last()["leftOpen"].toInteger(), qint64(rows.size()));
    QVERIFY(m_said.last().err.contains(QString("left open: %1 ").arg(rows.size()).toUtf8()));
    QSet<qint64> open;
    for (const QJsonObject& row : run({"findings", path("ws"), "--open", "--json"}).rows()) {
        open.insert(row["finding"].toInteger());
        QCOMPARE(row["rule"].toString(), QString("image-content.facial-surface"));
    }
    QCOMPARE(left, open);
    QCOMPARE(open.size(), rows.size());
    QStringList conditions;
    for (const QJsonObject& row : run({"gate", path("ws"), "--json"}).rows()) {
        conditions.append(row["condition"].toString());
    }
    QVERIFY(conditions.contains("conditional-judged"));
    for (const Case& one : cases()) {
        const QString finding = QString::number(rows[one.name]["finding"].toInteger());
        QStringList arguments{"decide", path("ws"), "--finding", finding, "--reason", kReason, "--action"};
        arguments << (one.removed ? "deface" : "keep");
        QVERIFY(step(arguments));
    }
    QVERIFY(step({"decide", path("ws"), "--accept-suggested"})); // nothing is left
    const auto decided = faces();
    for (const Case& one : cases()) {
        const QJsonObject row = decided[one.name];
        QCOMPARE(row["action"].toString(), QString(one.removed ? "deface" : "keep"));
        QVERIFY(row["state"].toString() != "open");
        QCOMPARE(row["reason"].toString(), QString(kReason));
    }
}

void TestVolumeCliJourney::stagingTakesFacesOff() {
    QVERIFY(step({"stage", path("ws")}));
    auto session = job::Session::open(path("ws").toStdString(), job::OpenMode::ReadWrite);
    QVERIFY(session.has_value());
    const auto rows = job::faces(**session);
    QVERIFY(rows.has_value());
    for (const Case& one : cases()) {
        const auto row = std::ranges::find(*rows, base::AssetId{m_assets[one.name]},
                                           [](const job::FaceRow& r) { return r.asset.id; });
        QVERIFY2(row != rows->end(), qPrintable(one.name));
        QCOMPARE(row->check.has_value(), one.removed);
        if (one.removed) {
            const job::FaceCheck& check = *row->check;
            QVERIFY2(check.changed > 1000, qPrintable(one.name));
            QCOMPARE(check.protectedChanged, std::int64_t{0});
            QCOMPARE(check.outsideChanged, std::int64_t{0});
            QCOMPARE(check.left, std::int64_t{0});
            QVERIFY2(check.verdict != "face", qPrintable(one.name));
            if (check.blocks()) { // not certain that none is left: a person says why it may go
                QVERIFY(job::overrule(**session, row->asset.id, "looked at from all sides", kReviewer));
            }
        }
    }
    // People look and confirm, which no command does.
    const auto assets = (*session)->assets({});
    for (const job::AssetRow& row : assets.value()) {
        model::Confirmation seen;
        seen.asset = row.asset.id;
        seen.sha256 = (*session)->stagedDigest(row.asset.id).value();
        seen.reviewer = kReviewer;
        seen.shown = seen.total = std::max<std::int64_t>(1, row.asset.frames);
        const auto done = (*session)->confirm(seen);
        QVERIFY2(done.has_value(), done ? "" : std::string(base::errorWord(done.error().code)).c_str());
    }
    const auto subjects = (*session)->subjects({});
    for (const job::SubjectRow& subject : subjects.value()) {
        if (subject.id.valid()) {
            QVERIFY((*session)->setRiskReason(subject.id, "invented people", kReviewer));
        }
    }
    model::PurposeSheet sheet = (*session)->sheet().value();
    for (std::string* field :
         {&sheet.purpose, &sheet.dataItems, &sheet.newPurpose, &sheet.jointUse, &sheet.jointItems,
          &sheet.jointUsers, &sheet.jointPurpose, &sheet.responsible}) {
        *field = field->empty() ? "given" : *field;
    }
    QVERIFY((*session)->apply(decide::SetSheet{sheet}, kReviewer));
}

void TestVolumeCliJourney::releasedIsWhatWasDecided() {
    QMap<QString, QStringList> staged; // by head, in the order of its sources
    for (const QJsonObject& row : run({"staged", path("ws"), "--json"}).rows()) {
        staged[m_assets.key(row["asset"].toInteger())].append(row["sha256"].toString());
    }
    const Outcome gate = run({"gate", path("ws"), "--json"});
    QVERIFY2(gate.exit == Done, gate.out.constData());
    QVERIFY(step({"release", path("ws"), path("out")}));
    QMap<QString, QByteArray> files; // by digest
    const auto released = hashes(path("out"));
    for (auto it = released.begin(); it != released.end(); ++it) {
        const QByteArray bytes = readFile(path("out/" + it.key()));
        files.insert(QString::fromLatin1(it.value()), bytes);
        for (const QString& word : kPlanted) {
            QVERIFY2(!bytes.contains(word.toLatin1()), qPrintable(it.key() + ": " + word));
            QVERIFY2(!it.key().contains(word), qPrintable(word));
        }
    }
    for (const Case& one : cases()) {
        const model::Volume before = headOf(one);
        const QStringList digests = staged[one.name];
        QVERIFY2(!digests.isEmpty(), qPrintable(one.name));
        const QByteArray old(reinterpret_cast<const char*>(before.voxels.data()),
                             static_cast<qsizetype>(2 * before.voxels.size()));
        std::size_t changed = 0;
        if (one.modality.isEmpty()) {
            QCOMPARE(digests.size(), qsizetype{1});
            const QByteArray now = voxelsByHand(files.value(digests.front()), before.voxels.size());
            changed = differing(old, now);
        } else {
            QCOMPARE(digests.size(), qsizetype{before.geometry.size[2]});
            const qsizetype plane = old.size() / before.geometry.size[2];
            QByteArray all;
            for (const QString& digest : digests) {
                all += files.value(digest).right(plane); // Pixel Data is the last element
            }
            QCOMPARE(all.size(), old.size());
            // Slices may be listed in any order: they are found by their own voxels where nothing changed.
            for (qsizetype at = 0; at < old.size(); at += plane) {
                std::size_t least = static_cast<std::size_t>(-1);
                for (qsizetype other = 0; other < all.size() && least > 0; other += plane) {
                    least = std::min(least, differing(old.mid(at, plane), all.mid(other, plane)));
                }
                changed += least;
            }
        }
        QVERIFY2(one.removed ? changed > 1000 && changed < before.voxels.size() / 2 : changed == 0,
                 qPrintable(one.name + QString(": %1").arg(changed)));
    }
    for (const Outcome& one : m_said) {
        for (const QString& word : kPlanted) {
            QVERIFY2(!one.err.contains(word.toLatin1()), "an identifier stands on stderr");
        }
    }
}

QTEST_GUILESS_MAIN(TestVolumeCliJourney)
#include "TestVolumeCliJourney.moc"
