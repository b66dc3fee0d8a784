// What is left of the deleted information when the purpose sheet says that it is kept: sealed with a
// passphrase, opened and destroyed with a record.

#include "core/job/Sealing.h"
#include "core/keys/Sealed.h"
#include "tests/core/job/ReleaseBench.h"

#include <QDir>
#include <QDirIterator>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

using namespace kamei;
using test::contentOf;
using test::kPassphrase;

class TestKeptInformation : public test::ReleaseBench {
    Q_OBJECT

private slots:
    void init() { makeSession(); }
    void needsAPassphrase_data();
    void needsAPassphrase();
    void isSealed();
};

void TestKeptInformation::needsAPassphrase_data() {
    QTest::addColumn<QString>("passphrase");
    QTest::addColumn<bool>("fileThere");
    QTest::addColumn<QString>("error");
    QTest::newRow("none") << QString() << false << "passphrase-required";
    QTest::newRow("eleven characters in more bytes")
        << QStringLiteral("あいうえおかきくけこさ") << false << "passphrase-required";
    QTest::newRow("somebody else's file in its place")
        << QString::fromUtf8(kPassphrase) << true << "workspace-exists";
}

void TestKeptInformation::needsAPassphrase() {
    QFETCH(QString, passphrase);
    QFETCH(bool, fileThere);
    QFETCH(QString, error);
    model::PurposeSheet sheet;
    sheet.keepDeletedInformation = true;
    QVERIFY(m_session->apply(decide::SetSheet{sheet}, "tester").has_value());
    if (fileThere) {
        QFile other(sealed());
        QVERIFY(other.open(QIODevice::WriteOnly) && other.write("mine") == 4);
    }
    const QString out = m_folder->filePath("out");
    const auto refused =
        job::releaseJob(m_session, releaseTo(out, passphrase.toUtf8().constData()))->run({}, m_progress);
    QVERIFY(!refused.has_value());
    QCOMPARE(QString::fromUtf8(base::errorWord(refused.error().code).data()), error);
    QVERIFY(!QDir(out).exists());
    QCOMPARE(contentOf(sealed()), fileThere ? QByteArray("mine") : QByteArray());
    QVERIFY(QFile::exists(m_folder->filePath("ws/key")));
}

void TestKeptInformation::isSealed() {
    (void)run(job::importJob(m_session, {{m_cohort.toStdString()}, 0, "tester"}));
    (void)run(job::detectJob(m_session, {}));
    decideAll();
    (void)run(job::stageJob(m_session, {}));
    openTheGate(true);
    const QByteArray key = contentOf(m_folder->filePath("ws/key")).toHex();
    const QString out = m_folder->filePath("out");
    QCOMPARE(run(job::releaseJob(m_session, releaseTo(out, kPassphrase))).done, std::int64_t{5});

    QVERIFY(!QFile::exists(m_folder->filePath("ws/key")));
    QDirIterator released(out, QDir::Files, QDirIterator::Subdirectories);
    while (released.hasNext()) {
        QVERIFY(!contentOf(released.next()).startsWith("kamei-sealed"));
    }
    QCOMPARE(QFile::permissions(sealed()) & (QFile::ReadGroup | QFile::ReadOther), QFile::Permissions());
    const QByteArray bytes = contentOf(sealed());
    QVERIFY(!bytes.contains("榎本") && !bytes.contains(key));
    const auto content = std::as_bytes(std::span(bytes.constData(), std::size_t(bytes.size())));
    const auto wrong = keys::unseal(content, base::Redacted("passphrase", "another passphrase"));
    QVERIFY(!wrong.has_value() && wrong.error().code == base::ErrorCode::PermissionDenied);
    const auto opened = keys::unseal(content, base::Redacted("passphrase", kPassphrase));
    QVERIFY(opened.has_value());
    const QByteArray plain(reinterpret_cast<const char*>(opened->span().data()), qsizetype(opened->size()));
    const QJsonObject root = QJsonDocument::fromJson(plain).object();
    QCOMPARE(root["key"].toString().toLatin1(), key);
    QCOMPARE(root["keepUntil"].toString(), QStringLiteral("2999-12-31"));
    QVERIFY(!root["subjects"].toArray().isEmpty() && !root["findings"].toArray().isEmpty());
    QCOMPARE(root["sources"].toArray().size(), 5);
    QVERIFY(plain.contains("榎本") && plain.contains("K0047731"));

    // Once more after the end: what is sealed stays as it is, and needs no passphrase any more.
    QVERIFY(run(job::releaseJob(m_session, releaseTo(out, ""))).unchanged > 0);
    QCOMPARE(contentOf(sealed()), bytes);

    // It is recalled, every opening and every wrong passphrase is put down, and its destruction is provable.
    QCOMPARE(m_session->info()->keptUntil, std::string("2999-12-31"));
    m_session.reset();
    const std::filesystem::path file = sealed().toStdString();
    QVERIFY(
        job::openSealed(file, base::Redacted("passphrase", kPassphrase), "Morita", "a recall of a device"));
    QVERIFY(!job::openSealed(file, base::Redacted("passphrase", "another passphrase"), "Morita", ""));
    m_session = *job::Session::open(m_folder->filePath("ws").toStdString(), job::OpenMode::ReadWrite);
    const auto entries = *m_session->audit({});
    QCOMPARE(entries[0].event, std::string("deleted-information.refused"));
    QCOMPARE(entries[1].event, std::string("deleted-information.opened"));
    QCOMPARE(entries[1].by, std::string("Morita"));
    QVERIFY(job::destroySealed(*m_session, "Morita"));
    QVERIFY(!QFile::exists(sealed()));
    QVERIFY(m_session->info()->keptUntil.empty());
    QCOMPARE(job::destroySealed(*m_session, "Morita").error().code, base::ErrorCode::NotFound);
    const QJsonObject record =
        QJsonDocument::fromJson(contentOf(m_folder->filePath("ws/destruction-of-kept.json"))).object();
    const auto last = m_session->audit({})->front();
    QCOMPARE(last.event, std::string("deleted-information.sealed-destroyed"));
    QCOMPARE(record["auditHash"].toString().toStdString(), last.hash);
    QVERIFY(record["destroyed"].toString().contains(QString::fromStdString(
        base::sha256(std::string_view(bytes.constData(), std::size_t(bytes.size()))).hex())));
    QVERIFY(QFile::exists(m_folder->filePath("ws/destruction.json")));
    QVERIFY(m_session->verifyAll());
}

QTEST_GUILESS_MAIN(TestKeptInformation)
#include "TestKeptInformation.moc"
