// Sealed deleted information opened on the command line: whole under its passphrase, else not a byte of it.

#include "CliRunner.h"

#include <QJsonDocument>
#include <QTemporaryDir>
#include <QtTest>

#include "core/job/Sealing.h"

using namespace journeys;
using namespace kamei;

namespace {

constexpr const char* kPassphrase = "a passphrase of the hospital";
constexpr const char* kJapanese = "ja_JP.UTF-8";

/// KAMEI_PASSPHRASE for programs started within a scope; unset where it is empty.
class PassphraseInEnvironment {
public:
    explicit PassphraseInEnvironment(const QByteArray& value) {
        value.isEmpty() ? qunsetenv("KAMEI_PASSPHRASE") : qputenv("KAMEI_PASSPHRASE", value);
    }
    ~PassphraseInEnvironment() { qunsetenv("KAMEI_PASSPHRASE"); }
    PassphraseInEnvironment(const PassphraseInEnvironment&) = delete;
    PassphraseInEnvironment& operator=(const PassphraseInEnvironment&) = delete;
};

} // namespace

class TestUnseal : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void opensUnderItsPassphrase_data();
    void opensUnderItsPassphrase();
    void refusesWithASentence_data();
    void refusesWithASentence();
    void passphraseIsNoArgument();
    void newWorkspaceGoesOn_data();
    void newWorkspaceGoesOn();

private:
    [[nodiscard]] QString path(const QString& name) const { return m_folder.filePath(name); }
    QTemporaryDir m_folder;
    QString m_file;
};

void TestUnseal::initTestCase() {
    const auto session = job::Session::create(path("ws").toStdString(), {"検証用の題名", "test", {}});
    QVERIFY(session.has_value());
    QVERIFY(job::sealDeletedInformation(**session, base::Redacted("passphrase", kPassphrase)).has_value());
    m_file = QString::fromStdString(job::sealedFile(**session).string());
    const QByteArray whole = readFile(m_file);
    QVERIFY(whole.size() > 200);

    writeFile(path("secret-name.cut"), whole.left(whole.size() - 1));
    writeFile(path("secret-name.head"), whole.left(40));
    QByteArray altered = whole;
    altered[altered.size() - 30] = static_cast<char>(altered.at(altered.size() - 30) ^ 1);
    writeFile(path("secret-name.altered"), altered);
    QByteArray greedy = whole; // asks for more memory than sealing ever does
    greedy[15 + 8 + 5] = '\x7f';
    writeFile(path("secret-name.greedy"), greedy);
    writeFile(path("secret-name.txt"), "氏名 榎本\n" + QByteArray(400, 'x'));
    writeFile(path("secret-name.empty"), {});
}

void TestUnseal::opensUnderItsPassphrase_data() {
    QTest::addColumn<QByteArray>("environment");
    QTest::addColumn<QByteArray>("input");
    QTest::newRow("environment") << QByteArray(kPassphrase) << QByteArray();
    QTest::newRow("standard input") << QByteArray() << QByteArray(kPassphrase) + '\n';
    QTest::newRow("no line end") << QByteArray() << QByteArray(kPassphrase);
    QTest::newRow("standard input goes first") << QByteArray("another") << QByteArray(kPassphrase) + "\r\n";
}

void TestUnseal::opensUnderItsPassphrase() {
    QFETCH(QByteArray, environment);
    QFETCH(QByteArray, input);
    const PassphraseInEnvironment set(environment);
    QStringList arguments{"unseal", m_file};
    if (!input.isEmpty()) {
        arguments << "--passphrase-stdin";
    }
    const Outcome opened = run(arguments, input);
    QVERIFY2(opened.exit == Done, opened.err.constData());
    QCOMPARE(opened.err, QByteArray());
    const auto rows = opened.rows(); // one line
    QCOMPARE(rows.size(), 1);
    QCOMPARE(rows[0]["format"].toString(), QString("kamei-deleted-information"));
    QCOMPARE(rows[0]["title"].toString(), QString("検証用の題名"));
    QCOMPARE(rows[0]["key"].toString().toLatin1(), readFile(path("ws/key")).toHex());
    QVERIFY(opened.out.endsWith("}\n"));
}

void TestUnseal::refusesWithASentence_data() {
    QTest::addColumn<QString>("file");
    QTest::addColumn<QByteArray>("passphrase");
    QTest::addColumn<int>("exit");
    QTest::addColumn<QString>("english");
    QTest::addColumn<QString>("japanese");
    const QByteArray right(kPassphrase);
    const QString wrong = "not the one under which";
    const QString wrongJa = "パスフレーズが封印時のものと異なるか";
    const QString other = "not a file of sealed deleted information";
    const QString otherJa = "封印された削除情報等のファイルではないか";
    const auto row = [](const char* name) -> QTestData& { return QTest::newRow(name); };
    row("wrong passphrase") << "ws.deleted-information" << QByteArray("another phrase") << int(Unreadable)
                            << wrong << wrongJa;
    row("no passphrase") << "ws.deleted-information" << QByteArray() << int(Open) << "KAMEI_PASSPHRASE"
                         << "KAMEI_PASSPHRASE";
    row("truncated") << "secret-name.cut" << right << int(Unreadable) << wrong << wrongJa;
    row("truncated in its head") << "secret-name.head" << right << int(Unreadable) << other << otherJa;
    row("altered") << "secret-name.altered" << right << int(Unreadable) << wrong << wrongJa;
    row("forged limits") << "secret-name.greedy" << right << int(Unreadable) << other << otherJa;
    row("not a sealed file") << "secret-name.txt" << right << int(Unreadable) << other << otherJa;
    row("empty") << "secret-name.empty" << right << int(Unreadable) << other << otherJa;
    row("not there") << "secret-name.none" << right << int(Unreadable) << "not found"
                     << "見つかりません";
    row("a folder") << "ws" << right << int(Unreadable) << "not a regular file"
                    << "通常のファイルではありません";
}

void TestUnseal::refusesWithASentence() {
    QFETCH(QString, file);
    QFETCH(QByteArray, passphrase);
    QFETCH(int, exit);
    QFETCH(QString, english);
    QFETCH(QString, japanese);
    const PassphraseInEnvironment set(passphrase);
    for (const auto& [language, expected] : {std::pair("C", english), std::pair(kJapanese, japanese)}) {
        const Outcome refused = run({"unseal", path(file)}, {}, language);
        QVERIFY2(refused.exit == exit, refused.err.constData());
        QCOMPARE(refused.out, QByteArray());
        QVERIFY2(QString::fromUtf8(refused.err).contains(expected), refused.err.constData());
        QVERIFY(!refused.err.contains("secret-name") && !refused.err.contains(kPassphrase));
    }
}

void TestUnseal::passphraseIsNoArgument() {
    for (const QStringList& arguments :
         {QStringList{"unseal", m_file, kPassphrase},
          QStringList{"unseal", m_file, "--passphrase", kPassphrase}, QStringList{"unseal"}}) {
        const Outcome refused = run(arguments);
        QCOMPARE(refused.exit, int(Usage));
        QCOMPARE(refused.out, QByteArray());
    }
}

void TestUnseal::newWorkspaceGoesOn_data() {
    QTest::addColumn<QString>("from");
    QTest::addColumn<QByteArray>("passphrase");
    QTest::addColumn<QString>("reason");
    QTest::addColumn<bool>("made");
    QTest::addColumn<QString>("said");
    const QByteArray right(kPassphrase);
    QTest::newRow("under its passphrase") << "ws.deleted-information" << right << "more data" << true << "";
    QTest::newRow("by the folder of its workspace") << "ws" << right << "more data" << true << "";
    QTest::newRow("wrong passphrase") << "ws.deleted-information" << QByteArray("another phrase")
                                      << "more data" << false << "permission-denied";
    QTest::newRow("no reason") << "ws.deleted-information" << right << "" << false << "reason-required";
    QTest::newRow("the key was destroyed") << "destroyed" << right << "more data" << false
                                           << "cannot get the same pseudonyms and date shifts again";
    QTest::newRow("not released") << "unreleased" << right << "more data" << false << "still has its key";
}

void TestUnseal::newWorkspaceGoesOn() {
    QFETCH(QString, from);
    QFETCH(QByteArray, passphrase);
    QFETCH(QString, reason);
    QFETCH(bool, made);
    QFETCH(QString, said);
    for (const char* name : {"destroyed", "unreleased"}) {
        if (!QFile::exists(path(name))) {
            QCOMPARE(run({"new", path(name)}).exit, int(Done));
        }
    }
    QFile::remove(path("destroyed/key"));
    const PassphraseInEnvironment set(passphrase);
    const QString folder = path(QString("next-%1").arg(QTest::currentDataTag()).replace(' ', '-'));
    const Outcome outcome =
        run({"new", folder, "--continue", path(from), "--by", "Morita", "--reason", reason});
    QVERIFY2((outcome.exit == Done) == made, outcome.err.constData());
    QVERIFY2(outcome.err.contains(said.toUtf8()), outcome.err.constData());
    QCOMPARE(QFile::exists(folder), made);
    if (made) {
        QCOMPARE(readFile(folder + "/key"),
                 readFile(path("ws/key"))); // what everything pseudonymous follows from
        QVERIFY(run({"audit", folder}).out.contains("deleted-information.continued"));
        QCOMPARE(run({"audit", folder, "--verify"}).exit, int(Done));
    }
}

QTEST_GUILESS_MAIN(TestUnseal)
#include "TestUnseal.moc"
