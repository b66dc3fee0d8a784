// A workspace that goes on from the kept deleted information of another: the same people are the same people,
// who may not open it does not, and nothing of it lies in clear outside the two workspaces.

#include <QTemporaryDir>
#include <QtTest>
#include <fstream>

#include "core/base/FileIo.h"
#include "core/job/Job.h"
#include "core/job/Predecessor.h"
#include "core/job/Sealing.h"
#include "core/job/SessionInternals.h"
#include "core/job/SubjectDoubts.h"
#include "core/keys/Sealed.h"
#include "core/transform/pseudonym/Pseudonym.h"

using namespace kamei;
namespace fs = std::filesystem;

namespace {

constexpr const char* kPassphrase = "a passphrase of the hospital";
constexpr const char* kReason = "a second delivery";

void write(const fs::path& file, const std::string& text) {
    fs::create_directories(file.parent_path());
    std::ofstream(file, std::ios::binary) << text;
}

/// A letter about a fictional person.
std::string letter(const char* number, const char* name, const char* birth) {
    return std::string("患者ID：") + number + "\n氏名：" + name + "　様\n生年月日：" + birth +
           "\n2026年3月2日に受診。経過は良好。\n";
}

base::Redacted passphrase(const char* text = kPassphrase) {
    return {"passphrase", text};
}

} // namespace

class TestContinue : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void samePersonSameIdAndShift();
    void withoutItEverybodyIsNew();
    void mergedAndSettledPeopleStaySo();
    void openingIsPutDownThereAndHere();
    void refusals_data();
    void refusals();
    void whatIsNotWholeIsNotGoneOnFrom_data();
    void whatIsNotWholeIsNotGoneOnFrom();
    void nothingLiesInClearOutside();

private:
    [[nodiscard]] fs::path path(const char* name) const {
        return fs::path(m_folder->path().toStdString()) / name;
    }
    std::shared_ptr<job::Session> made(const char* name, std::shared_ptr<const job::Predecessor> from) const;
    void import(const std::shared_ptr<job::Session>& session, const char* folder) const;
    [[nodiscard]] static std::vector<model::Subject> withData(job::Session& session);
    void sealAndClose(std::shared_ptr<job::Session> session, const std::string& keepUntil) const;
    [[nodiscard]] auto opened(const char* text = kPassphrase) const {
        return job::openPredecessor(path("first.deleted-information"), passphrase(text), "Morita", kReason);
    }

    std::unique_ptr<QTemporaryDir> m_once;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::map<std::string, std::pair<std::string, int>> m_first; ///< number: 仮ID and shift in the first
};

std::shared_ptr<job::Session> TestContinue::made(const char* name,
                                                 std::shared_ptr<const job::Predecessor> from) const {
    const job::NewWorkspace what{"title", "purpose", {}};
    auto session = from ? job::createFrom(path(name), what, *from) : job::Session::create(path(name), what);
    return session ? *session : nullptr;
}

void TestContinue::import(const std::shared_ptr<job::Session>& session, const char* folder) const {
    base::NoProgress quiet;
    QVERIFY(job::importJob(session, {{path(folder)}, 1, "tester"})->run({}, quiet).has_value());
    QVERIFY(job::detectJob(session, {})->run({}, quiet).has_value());
}

std::vector<model::Subject> TestContinue::withData(job::Session& session) {
    std::vector<model::Subject> out;
    const auto rows = session.assets({}).value();
    for (const job::AssetRow& row : rows) {
        out.push_back(session.subject(row.asset.subject).value().value());
    }
    return out;
}

int shiftOf(job::Session& session, const model::Subject& subject) {
    const auto key = transform::pseudonym::Key::fromBytes(session.internals().key()->span());
    return key->dateShiftDays(subject.key);
}

void TestContinue::sealAndClose(std::shared_ptr<job::Session> session, const std::string& keepUntil) const {
    model::PurposeSheet sheet;
    sheet.keepDeletedInformation = true;
    sheet.keepReason = "linkage";
    sheet.keepUntil = keepUntil;
    QVERIFY(session->apply(decide::SetSheet{sheet}, "tester"));
    QVERIFY(job::sealDeletedInformation(*session, passphrase()));
}

/// The first workspace, made and sealed once; each test gets a copy of its own.
void TestContinue::initTestCase() {
    m_folder = std::make_unique<QTemporaryDir>();
    qputenv("XDG_DATA_HOME", m_folder->filePath("home").toUtf8());
    write(path("a/one.txt"), letter("K0047731", "榎本 周平", "1961年7月23日"));
    write(path("a/two.txt"), letter("K0051200", "倉持 千尋", "1978年1月9日"));
    const auto first = made("first", nullptr);
    QVERIFY(first);
    import(first, "a");
    for (const model::Subject& subject : withData(*first)) {
        m_first[subject.hint.patientId] = {subject.pseudonym, shiftOf(*first, subject)};
    }
    QCOMPARE(m_first.size(), std::size_t{2});
    sealAndClose(first, "2999-12-31");
    m_once = std::move(m_folder);
}

void TestContinue::init() {
    m_folder = std::make_unique<QTemporaryDir>();
    qputenv("XDG_DATA_HOME", m_folder->filePath("home").toUtf8());
    fs::copy(m_once->path().toStdString(), m_folder->path().toStdString(), fs::copy_options::recursive);
    write(path("b/later.txt"), letter("K0047731", "榎本 周平", "1961年7月23日") + "再診。");
    write(path("b/new.txt"), letter("K0066013", "室伏 大輔", "1950年11月30日"));
}

void TestContinue::samePersonSameIdAndShift() {
    const auto from = opened();
    QVERIFY(from);
    const auto second = made("second", *from);
    QVERIFY(second);
    // Nobody of the first is counted before there are data of them.
    QCOMPARE(second->overview()->subjects, std::int64_t{0});
    QVERIFY(second->subjects({})->empty());
    import(second, "b");
    QCOMPARE(second->overview()->subjects, std::int64_t{2});
    for (const model::Subject& subject : withData(*second)) {
        if (subject.hint.patientId == "K0047731") {
            QCOMPARE(subject.pseudonym, m_first["K0047731"].first);
            QCOMPARE(shiftOf(*second, subject), m_first["K0047731"].second);
        } else {
            QCOMPARE(subject.hint.patientId, std::string("K0066013"));
            for (const auto& [number, before] : m_first) {
                QVERIFY(subject.pseudonym != before.first);
            }
        }
    }
    QVERIFY(second->verifyAll());
}

void TestContinue::withoutItEverybodyIsNew() {
    const auto second = made("second", nullptr);
    import(second, "b");
    for (const model::Subject& subject : withData(*second)) {
        QVERIFY(subject.pseudonym != m_first["K0047731"].first);
    }
}

void TestContinue::mergedAndSettledPeopleStaySo() {
    std::string into;
    {
        const auto first = *job::Session::open(path("first"), job::OpenMode::ReadWrite);
        const auto people = withData(*first);
        // One person with two numbers, and a look that says so.
        QVERIFY(first->apply(decide::MergeSubjects{{people[1].id}, people[0].id, "one person"}, "tester"));
        QVERIFY(first->apply(decide::SettleSubjects{people[0].id, people[0].id, "two numbers"}, "tester"));
        QVERIFY(job::sealDeletedInformation(*first, passphrase()));
        into = people[0].pseudonym;
    }
    write(path("b/third.txt"), letter("K0051200", "倉持 千尋", "1978年1月9日") + "再々診。");
    const auto second = made("second", *opened());
    QVERIFY(second);
    import(second, "b");
    QCOMPARE(second->overview()->subjects, std::int64_t{2}); // the merged one, and the new one
    int found = 0;
    for (const model::Subject& subject : withData(*second)) {
        found += subject.pseudonym == into ? 1 : 0;
    }
    QCOMPARE(found, 2);
    QCOMPARE(job::subjectDoubts(*second)->open(), std::int64_t{0});
}

void TestContinue::openingIsPutDownThereAndHere() {
    QVERIFY(!opened("another passphrase"));
    const auto from = opened();
    QVERIFY(from);
    const auto second = made("second", *from);
    const auto here = second->audit({})->front();
    QCOMPARE(here.event, std::string("deleted-information.continued"));
    QCOMPARE(here.by, std::string("Morita"));
    QVERIFY(here.details.find((*from)->sealed.hex()) != std::string::npos);
    QVERIFY(here.details.find(kReason) == std::string::npos); // its digest
    QCOMPARE(*job::continuesUntil(*second), std::string("2999-12-31"));
    const auto there = *(*job::Session::open(path("first"), job::OpenMode::ReadOnly))->audit({});
    QCOMPARE(there[0].event, std::string("deleted-information.opened"));
    QCOMPARE(there[1].event, std::string("deleted-information.refused"));
}

void TestContinue::refusals_data() {
    QTest::addColumn<QString>("from");
    QTest::addColumn<QString>("word");
    QTest::newRow("wrong passphrase") << "first.deleted-information"
                                      << "permission-denied";
    QTest::newRow("no reason") << "first.deleted-information"
                               << "reason-required";
    QTest::newRow("the key was destroyed and nothing was kept") << "destroyed"
                                                                << "not-possible continue-destroyed";
    QTest::newRow("not released yet") << "unreleased"
                                      << "not-possible continue-unreleased";
    QTest::newRow("kept longer than its day") << "past.deleted-information"
                                              << "not-possible continue-past";
    QTest::newRow("no workspace") << "a"
                                  << "workspace-missing";
    QTest::newRow("not there") << "nothing"
                               << "not-found";
    QTest::newRow("not sealed") << "a/one.txt"
                                << "malformed";
}

void TestContinue::refusals() {
    QFETCH(QString, from);
    QFETCH(QString, word);
    for (const char* name : {"destroyed", "unreleased"}) {
        QVERIFY(made(name, nullptr));
    }
    fs::remove(path("destroyed") / "key");
    sealAndClose(made("past", nullptr), "2020-01-01");
    const bool wrong = word == "permission-denied";
    const auto refused = job::openPredecessor(path(from.toUtf8().constData()),
                                              passphrase(wrong ? "another passphrase" : kPassphrase),
                                              "Morita", word == "reason-required" ? " " : kReason);
    QVERIFY(!refused);
    QString said = QString::fromUtf8(base::errorWord(refused.error().code).data());
    for (const std::string& argument : refused.error().args) {
        said += ' ' + QString::fromStdString(argument);
    }
    QVERIFY2(said.startsWith(word), qPrintable(said));
}

void TestContinue::whatIsNotWholeIsNotGoneOnFrom_data() {
    QTest::addColumn<QByteArray>("find");
    QTest::addColumn<QByteArray>("put");
    QTest::newRow("another pseudonym")
        << QByteArray("\"pseudonym\":\"S-") << QByteArray("\"pseudonym\":\"S-0");
    QTest::newRow("another shift") << QByteArray("\"shiftDays\":") << QByteArray("\"shiftDays\":1");
    QTest::newRow("a short key") << QByteArray("\"key\":\"") << QByteArray("\"key\":\"0");
    QTest::newRow("a later version") << QByteArray("\"version\":1") << QByteArray("\"version\":2");
    QTest::newRow("merged into nobody") << QByteArray("\"mergedInto\":0") << QByteArray("\"mergedInto\":9");
    QTest::newRow("no JSON") << QByteArray("{") << QByteArray("");
    QTest::newRow("no people") << QByteArray("\"subjects\":") << QByteArray("\"subjects2\":");
}

void TestContinue::whatIsNotWholeIsNotGoneOnFrom() {
    QFETCH(QByteArray, find);
    QFETCH(QByteArray, put);
    const fs::path file = path("first.deleted-information");
    const auto content = base::readFile(file, 1U << 30).value();
    const auto plain = keys::unseal(std::as_bytes(std::span(content)), passphrase());
    QVERIFY(plain);
    QByteArray text(reinterpret_cast<const char*>(plain->span().data()), qsizetype(plain->size()));
    const qsizetype at = text.indexOf(find);
    QVERIFY(at >= 0);
    text.replace(at, find.size(), put);
    const auto sealed =
        keys::seal(std::as_bytes(std::span(text.constData(), std::size_t(text.size()))), passphrase());
    QVERIFY(base::writeFileAtomically(
        file, std::string_view(reinterpret_cast<const char*>(sealed->data()), sealed->size())));
    const auto refused = opened();
    QVERIFY(!refused);
    QCOMPARE(refused.error().code, base::ErrorCode::Malformed);
}

void TestContinue::nothingLiesInClearOutside() {
    const auto from = opened();
    const auto second = made("second", *from);
    QVERIFY(second);
    std::string key;
    for (const std::byte b : (*from)->key.span()) {
        key += QString("%1").arg(std::to_integer<int>(b), 2, 16, QChar('0')).toStdString();
    }
    const std::string raw(reinterpret_cast<const char*>((*from)->key.span().data()), (*from)->key.size());
    int files = 0;
    for (const auto& entry : fs::recursive_directory_iterator(m_folder->path().toStdString())) {
        const std::string name = entry.path().string();
        const bool inside = name.starts_with(path("first/").string()) ||
                            name.starts_with(path("second/").string()) ||
                            name.starts_with(path("a").string()) || name.starts_with(path("b").string());
        if (!entry.is_regular_file() || inside) {
            continue;
        }
        ++files;
        const std::string content = base::readFile(entry.path(), 1U << 30).value();
        for (const std::string& secret : {std::string("K0047731"), std::string("榎本"), key, raw}) {
            QVERIFY2(content.find(secret) == std::string::npos, "something sealed lies in clear");
        }
    }
    QVERIFY(files >= 1); // the sealed file at least
    // In its workspace the key is the user's alone.
    const auto mode = fs::status(path("second") / "key").permissions();
    QCOMPARE(mode & (fs::perms::group_all | fs::perms::others_all), fs::perms::none);
}

QTEST_GUILESS_MAIN(TestContinue)
#include "TestContinue.moc"
