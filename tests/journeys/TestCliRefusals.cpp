// What the command line refuses: broken and hostile input, a second writer, wrong arguments; and how it says
// so.

#include "CliRunner.h"
#include "SmallCohort.h"

#include <QDir>
#include <QJsonObject>
#include <QProcess>
#include <QSet>
#include <QTemporaryDir>
#include <QtTest>
#include <sys/stat.h>
#include <unistd.h>

using namespace journeys;

class TestCliRefusals : public QObject {
    Q_OBJECT

private slots:
    void badInputsBecomeRows_data();
    void badInputsBecomeRows();
    void hostileArchiveWritesNothingOutside();
    void secondWriterIsTold();
    void exitCodes_data();
    void exitCodes();
    void errorsAreSentences_data();
    void errorsAreSentences();
};

void TestCliRefusals::badInputsBecomeRows_data() {
    QTest::addColumn<QString>("name");
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QStringList>("errors");
    const QByteArray dicm = QByteArray(128, '\0') + "DICM";
    QTest::newRow("empty file") << "a.txt" << QByteArray() << QStringList{"empty"};
    QTest::newRow("binary noise") << "a.bin"
                                  << QByteArray("\x00\x01\x02\xff\xfe\x07\x00\x13garbage\x00\x00", 18)
                                  << QStringList{"unknown-format"};
    QTest::newRow("DICOM cut in its header") << "a" << dicm + QByteArray("\x02\x00\x00\x00UL\x04\x00\xc8", 9)
                                             << QStringList{"truncated", "malformed"};
    QTest::newRow("XML with entities")
        << "a.xml" << QByteArray("<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY x \"y\">]><a>&x;</a>")
        << QStringList{"entity-refused"};
    QTest::newRow("XML nested too deeply")
        << "a.xml"
        << "<?xml version=\"1.0\"?>" + QByteArray("<a>").repeated(20000) + QByteArray("</a>").repeated(20000)
        << QStringList{"too-deep", "malformed"};
    QTest::newRow("broken zip") << "a.zip" << QByteArray("PK\x03\x04") + QByteArray(40, '\x11')
                                << QStringList{"truncated", "malformed"};
    QTest::newRow("PNG that is none") << "a.png" << QByteArray("\x89PNG\r\n\x1a\n") + QByteArray(20, '\0')
                                      << QStringList{"truncated", "malformed"};
}

void TestCliRefusals::badInputsBecomeRows() {
    QFETCH(QString, name);
    QFETCH(QByteArray, content);
    QFETCH(QStringList, errors);
    const QTemporaryDir folder;
    const QString cohort = folder.filePath("in");
    writeSmallCohort(cohort);
    writeFile(cohort + "/bad/" + name, content);
    const QString ws = folder.filePath("ws");
    QCOMPARE(run({"new", ws}).exit, int(Done));
    const Outcome imported = run({"import", ws, cohort});
    QVERIFY(!imported.crashed);
    QCOMPARE(imported.exit, int(Unreadable));
    QStringList seen;
    int readable = 0;
    for (const QJsonObject& asset : run({"assets", ws, "--json"}).rows()) {
        if (asset["kind"].toString() == "unreadable") {
            seen.append(asset["problem"].toObject()["error"].toString());
        } else {
            ++readable;
        }
    }
    QCOMPARE(readable, 5); // the rest went on
    QCOMPARE(seen.size(), 1);
    QVERIFY2(errors.contains(seen.first()), qPrintable(seen.first()));
    // A second import does not add it again.
    QCOMPARE(run({"import", ws, cohort}).exit, int(Unreadable));
    QCOMPARE(run({"assets", ws, "--json"}).rows().size(), 6);
}

void TestCliRefusals::hostileArchiveWritesNothingOutside() {
    const QTemporaryDir folder;
    const QString cohort = folder.filePath("in");
    QDir().mkpath(cohort);
    // A zip with a member "../escape.txt", stored, made byte for byte.
    const QByteArray name = "../escape.txt";
    const QByteArray text = "out of here";
    const auto le = [](quint32 value, int bytes) {
        QByteArray out;
        for (int i = 0; i < bytes; ++i) {
            out.append(char(value >> (8 * i)));
        }
        return out;
    };
    quint32 crc = 0xffffffffU;
    for (const char c : text) {
        crc ^= quint8(c);
        for (int i = 0; i < 8; ++i) {
            crc = (crc >> 1) ^ ((crc & 1U) != 0 ? 0xedb88320U : 0U);
        }
    }
    crc = ~crc;
    const QByteArray common = le(20, 2) + le(0, 2) + le(0, 2) + le(0, 2) + le(0x21, 2) + le(crc, 4) +
                              le(quint32(text.size()), 4) + le(quint32(text.size()), 4) +
                              le(quint32(name.size()), 2);
    const QByteArray local = "PK\x03\x04" + common + le(0, 2) + name + text;
    const QByteArray central = "PK\x01\x02" + le(20, 2) + common + le(0, 2) + le(0, 2) + le(0, 2) + le(0, 2) +
                               le(0, 4) + le(0, 4) + name;
    const QByteArray end = "PK\x05\x06" + le(0, 2) + le(0, 2) + le(1, 2) + le(1, 2) +
                           le(quint32(central.size()), 4) + le(quint32(local.size()), 4) + le(0, 2);
    writeFile(cohort + "/a.zip", local + central + end);
    // And links that lead in a circle, a pipe nobody writes to.
    QVERIFY(::symlink("loop", (cohort + "/loop").toLocal8Bit().constData()) == 0);
    QVERIFY(::symlink(cohort.toLocal8Bit().constData(), (cohort + "/self").toLocal8Bit().constData()) == 0);
    QVERIFY(::mkfifo((cohort + "/pipe").toLocal8Bit().constData(), 0600) == 0);
    const QString ws = folder.filePath("ws");
    QCOMPARE(run({"new", ws}).exit, int(Done));
    const Outcome imported = run({"import", ws, cohort});
    QVERIFY(!imported.crashed);
    QCOMPARE(imported.exit, int(Unreadable));
    QSet<QString> errors;
    for (const QJsonObject& asset : run({"assets", ws, "--json"}).rows()) {
        errors.insert(asset["problem"].toObject()["error"].toString());
    }
    QVERIFY(errors.contains("path-refused"));
    QVERIFY(errors.contains("symlink-loop"));
    QVERIFY(errors.contains("not-regular-file"));
    QVERIFY(!QFile::exists(folder.filePath("escape.txt")));
    QVERIFY(!QFile::exists(folder.filePath("ws/../escape.txt")));
}

void TestCliRefusals::secondWriterIsTold() {
    const QTemporaryDir folder;
    const QString cohort = folder.filePath("in");
    writeSmallCohort(cohort);
    const QString ws = folder.filePath("ws");
    QCOMPARE(run({"new", ws}).exit, int(Done));
    QCOMPARE(run({"import", ws, cohort}).exit, int(Done));
    QProcess first;
    first.start(program(), {"decide", ws, "--from", "-"});
    QVERIFY(first.waitForStarted());
    // Before the first has opened it, the second would win.
    QTRY_VERIFY(readFile(ws + "/lock").contains(QByteArray::number(first.processId())));
    QCOMPARE(run({"detect", ws}).exit, int(Workspace));
    QCOMPARE(run({"assets", ws, "--json"}).exit, int(Done)); // reading goes on beside it
    first.closeWriteChannel();
    QVERIFY(first.waitForFinished());
    QCOMPARE(run({"detect", ws}).exit, int(Done));
}

void TestCliRefusals::exitCodes_data() {
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<int>("expected");
    const QString none = "/nonexistent/workspace";
    QTest::newRow("no command") << QStringList{} << int(Usage);
    QTest::newRow("unknown command") << QStringList{"confirm", none} << int(Usage);
    QTest::newRow("help") << QStringList{"--help"} << int(Done);
    QTest::newRow("missing argument") << QStringList{"import", none} << int(Usage);
    QTest::newRow("no workspace") << QStringList{"assets", none, "--json"} << int(Workspace);
    QTest::newRow("bad shard") << QStringList{"stage", none, "--shard", "3/2"} << int(Usage);
    QTest::newRow("bad policy") << QStringList{"new", "/tmp/never-made", "--policy", "no-such-policy"}
                                << int(Usage);
    QTest::newRow("version") << QStringList{"version"} << int(Done);
    QTest::newRow("formats") << QStringList{"formats"} << int(Done);
    QTest::newRow("policies") << QStringList{"policies"} << int(Done);
    QTest::newRow("verify nothing") << QStringList{"verify", none} << int(Unreadable);
}

void TestCliRefusals::exitCodes() {
    QFETCH(QStringList, arguments);
    QFETCH(int, expected);
    const Outcome outcome = run(arguments);
    QVERIFY2(outcome.exit == expected, outcome.err.constData());
}

void TestCliRefusals::errorsAreSentences_data() {
    QTest::addColumn<QString>("language");
    QTest::addColumn<QString>("expected");
    QTest::newRow("English") << "en_US.UTF-8"
                             << "not a workspace";
    QTest::newRow("Japanese") << "ja_JP.UTF-8"
                              << "ワークスペースではありません";
}

void TestCliRefusals::errorsAreSentences() {
    QFETCH(QString, language);
    QFETCH(QString, expected);
    const QTemporaryDir folder;
    const Outcome outcome = run({"assets", folder.filePath("secret-name")}, {}, language);
    QCOMPARE(outcome.exit, int(Workspace));
    QVERIFY(QString::fromUtf8(outcome.err).contains(expected));
    QVERIFY(!outcome.err.contains("secret-name"));
}

QTEST_GUILESS_MAIN(TestCliRefusals)
#include "TestCliRefusals.moc"
