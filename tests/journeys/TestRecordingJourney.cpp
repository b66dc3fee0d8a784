// Recordings through the command line: imported, found in, staged, and nothing planted is left in the bytes.

#include "CliRunner.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QtTest>

#include "tests/core/transform/signal/MferBytes.h"
#include "tests/core/transform/signal/ScpBytes.h"

using namespace journeys;
using namespace std::string_literals;
using kamei::test::MferBytes;
using kamei::test::ScpBytes;

class TestRecordingJourney : public QObject {
    Q_OBJECT

private slots:
    void stagedWithoutWhatWasPlanted_data() {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QByteArrayList>("planted");
        QTest::addColumn<QByteArray>("samples");
        const auto bytes = [](const std::string& text) { return QByteArray::fromStdString(text); };
        QTest::newRow("SCP-ECG") << "rest.scp" << bytes(ScpBytes{}.bytes())
                                 << QByteArrayList{"Yamada",
                                                   "Taro",
                                                   "Kuroda",
                                                   "0045881200",
                                                   "Morimoto",
                                                   "Minato",
                                                   bytes(ScpBytes::day(1969, 6, 30)),
                                                   "ECG-2021-77"}
                                 << bytes("\xC8\0\xC4\x09\0\0Yam\x80\xFF\0\1\2\3\4\5\6"s);
        const MferBytes mfer;
        QTest::newRow("MFER") << "monitor.mwf" << bytes(mfer.bytes())
                              << QByteArrayList{"山田",     "太郎",   "ヤマダ",
                                                "00458812", "Yamada", bytes(mfer.day(1969, 6, 30))}
                              << bytes(MferBytes::waveform());
    }
    void stagedWithoutWhatWasPlanted() {
        QFETCH(QString, name);
        QFETCH(QByteArray, bytes);
        QFETCH(QByteArrayList, planted);
        QFETCH(QByteArray, samples);
        const QTemporaryDir folder;
        const QString ws = folder.filePath("ws");
        writeFile(folder.filePath("in/" + name), bytes);
        QCOMPARE(run({"new", ws, "--title", "journey", "--purpose", "test"}).exit, int(Done));
        QCOMPARE(run({"import", ws, folder.filePath("in")}).exit, int(Done));
        QCOMPARE(run({"detect", ws}).exit, int(Done));
        const auto assets = run({"assets", ws, "--json"}).rows();
        QCOMPARE(assets.size(), 1);
        QCOMPARE(assets.front()["kind"].toString(), QString("signal"));
        QVERIFY(!assets.front()["subject"].toString().isEmpty());
        QCOMPARE(run({"decide", ws, "--accept-suggested", "--reason", "test"}).exit, int(Done));
        const Outcome done = run({"stage", ws});
        QVERIFY2(done.exit == Done, done.err.constData());
        const auto staged = run({"staged", ws, "--json"}).rows();
        QCOMPARE(staged.size(), 1);
        QCOMPARE(staged.front()["residual"].toArray().size(), 0);
        const QString path = staged.front()["staged"].toString();
        QVERIFY2(path.endsWith(name.right(4)), qPrintable(path));
        const QByteArray after = readFile(path);
        QCOMPARE(after.size(), bytes.size());
        for (const QByteArray& one : planted) {
            QVERIFY(bytes.contains(one));
            QVERIFY2(!after.contains(one), one.constData());
        }
        QVERIFY(bytes.contains(samples) && after.contains(samples));
    }
};

QTEST_GUILESS_MAIN(TestRecordingJourney)
#include "TestRecordingJourney.moc"
