// kill -9 at fifty points over all phases: nothing is lost, nothing partial stays, the same command resumes.

#include "CliRunner.h"
#include "SmallCohort.h"

#include <QCryptographicHash>
#include <QDir>
#include <QElapsedTimer>
#include <QMap>
#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QtTest>

using namespace journeys;

namespace {

constexpr int kPoints = 50;
constexpr quint32 kSeed = 20241121;
constexpr int kCopies = 60; ///< of the small cohort's person, so that each phase takes a while

struct Phase {
    const char* name;
    QStringList arguments; ///< the workspace is added after the first
};

QStringList withWorkspace(const Phase& phase, const QString& ws) {
    QStringList out = phase.arguments;
    out.insert(1, ws);
    return out;
}

/// All that a workspace says of assets, findings and staged files, without numbers that depend on the order
/// of work.
QStringList standing(const QString& ws) {
    QStringList out;
    QMap<qint64, QString> assets;
    for (const QJsonObject& row : run({"assets", ws, "--json"}).rows()) {
        QStringList sources;
        for (const auto source : row["sources"].toArray()) {
            sources.append(source.toString());
        }
        assets.insert(row["asset"].toInteger(), sources.join(','));
        out.append("asset " + sources.join(',') + ' ' + row["kind"].toString() + ' ' +
                   row["state"].toString() + ' ' + row["subject"].toString());
    }
    for (QJsonObject row : run({"findings", ws, "--json"}).rows()) {
        const QString asset = assets.value(row["asset"].toInteger());
        row.remove("finding");
        row.remove("asset");
        out.append("finding " + asset + ' ' + QJsonDocument(row).toJson(QJsonDocument::Compact));
    }
    for (const QJsonObject& row : run({"staged", ws, "--json"}).rows()) {
        out.append("staged " + row["source"].toString() + ' ' + row["sha256"].toString());
    }
    out.sort();
    return out;
}

/// What must hold at any moment, killed or not.
QString violation(const QString& ws) {
    if (const Outcome log = run({"audit", ws, "--verify"}); log.exit != 0) {
        return "the audit log does not verify: " + log.err;
    }
    for (const QJsonObject& row : run({"staged", ws, "--json"}).rows()) {
        const QByteArray bytes = readFile(row["staged"].toString());
        const QByteArray digest = QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toHex();
        if (digest != row["sha256"].toString().toLatin1()) {
            return "a staged file is not what its row says";
        }
    }
    const auto objects = hashes(ws + "/staged");
    for (auto it = objects.begin(); it != objects.end(); ++it) {
        if (!it.key().contains(it.value())) {
            return "a partial object lies in staged/";
        }
    }
    return {};
}

} // namespace

class TestKillAndResume : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void killed_data();
    void killed();
    void cleanupTestCase();

private:
    int m_interrupted = 0; ///< commands that were still running when the signal came
    QTemporaryDir m_folder;
    QString m_cohort;
    QList<Phase> m_phases;
    QList<QString> m_before;      ///< workspace before each phase
    QList<QStringList> m_after;   ///< standing after each phase, undisturbed
    QList<qint64> m_milliseconds; ///< how long each phase takes undisturbed
};

void TestKillAndResume::initTestCase() {
    m_cohort = m_folder.filePath("cohort");
    for (int i = 0; i < kCopies; ++i) {
        const QString folder = m_cohort + QString("/%1").arg(i, 3, 10, QChar('0'));
        writeSmallCohort(folder);
        // Other bytes each time: the same content would be recognised as already imported.
        for (const char* name : {"/note.txt", "/summary.txt", "/labs.csv"}) {
            writeFile(folder + name, readFile(folder + name) + QString("%1\n").arg(i).toLatin1());
        }
        writeFile(folder + "/report.xml",
                  readFile(folder + "/report.xml") + QString("<!-- %1 -->\n").arg(i).toLatin1());
        QFile::remove(folder + "/IM0001");
    }
    writeSmallCohort(m_cohort + "/dicom");
    m_phases = {{"import", {"import", m_cohort}},
                {"detect", {"detect"}},
                {"decide", {"decide", "--accept-suggested", "--reason", "one slice shows no face"}},
                {"stage", {"stage"}}};
    const QString ws = m_folder.filePath("undisturbed");
    QCOMPARE(run({"new", ws}).exit, 0);
    for (const Phase& phase : m_phases) {
        m_before.append(m_folder.filePath(QString("before-") + phase.name));
        copyFolder(ws, m_before.last());
        QElapsedTimer timer;
        timer.start();
        const Outcome outcome = run(withWorkspace(phase, ws));
        m_milliseconds.append(timer.elapsed());
        QVERIFY2(outcome.exit == 0 || outcome.exit == 1, outcome.err.constData());
        m_after.append(standing(ws));
        QVERIFY(!m_after.last().isEmpty());
    }
    QCOMPARE(violation(ws), QString());
}

void TestKillAndResume::killed_data() {
    QTest::addColumn<int>("phase");
    QTest::addColumn<double>("moment");
    QRandomGenerator random(kSeed);
    for (int point = 0; point < kPoints; ++point) {
        const int phase = point % 4;
        const double moment = random.generateDouble();
        QTest::addRow("%s, point %d",
                      qPrintable(QString(QStringList{"import", "detect", "decide", "stage"}[phase])), point)
            << phase << moment;
    }
}

void TestKillAndResume::killed() {
    QFETCH(int, phase);
    QFETCH(double, moment);
    const QString ws = m_folder.filePath("killed");
    QDir(ws).removeRecursively();
    copyFolder(m_before[phase], ws);
    const QStringList command = withWorkspace(m_phases[phase], ws);
    m_interrupted += runAndKill(command, int(moment * double(m_milliseconds[phase]))) ? 1 : 0;
    QCOMPARE(violation(ws), QString());
    const Outcome resumed = run(command);
    QVERIFY2(resumed.exit == 0 || resumed.exit == 1, resumed.err.constData());
    QCOMPARE(violation(ws), QString());
    // The same key, the same decisions: the same bytes, as if nothing had happened.
    QCOMPARE(standing(ws), m_after[phase]);
    if (phase == 3) {
        QCOMPARE(hashes(ws + "/staged").size(), hashes(m_folder.filePath("undisturbed") + "/staged").size());
    }
    QCOMPARE(hashes(ws + "/tmp").size(), 0);
}

void TestKillAndResume::cleanupTestCase() {
    qInfo() << m_interrupted << "of" << kPoints << "commands were interrupted; undisturbed, the phases took"
            << m_milliseconds << "ms";
    // The moments are spread over each phase; when most come too late, the test no longer tests.
    QVERIFY(m_interrupted >= kPoints / 2);
}

QTEST_GUILESS_MAIN(TestKillAndResume)
#include "TestKillAndResume.moc"
