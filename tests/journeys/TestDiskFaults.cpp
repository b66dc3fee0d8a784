// What a person loses when the disk fills up or can only be read: nothing that was decided.

#include "CliRunner.h"

#include <QDir>
#include <QProcess>
#include <QTemporaryDir>
#include <QtTest>

class TestDiskFaults : public QObject {
    Q_OBJECT

private slots:
    void fullAndReadOnlyDiskLoseNothing() {
        QTemporaryDir folder;
        QVERIFY(QDir(folder.path()).mkdir("disk"));
        QProcess script;
        script.setProcessChannelMode(QProcess::MergedChannels);
        // A mount namespace of its own: the small disk is seen by nobody else and goes with the script.
        script.start("unshare", {"-rm", KAMEI_TESTS "/support/disk_faults.sh", journeys::program(),
                                 folder.filePath("disk")});
        if (!script.waitForStarted()) {
            QSKIP("unshare is not installed");
        }
        QVERIFY(script.waitForFinished(600'000));
        const QByteArray said = script.readAll();
        if (said.contains("SKIP") || said.contains("unshare failed") || said.contains("Operation not permitted")) {
            QSKIP("this machine allows no mount of its own to a test");
        }
        QVERIFY2(script.exitCode() == 0, said.constData());
        QCOMPARE(said.count("ok "), 15);
    }
};

QTEST_GUILESS_MAIN(TestDiskFaults)
#include "TestDiskFaults.moc"
