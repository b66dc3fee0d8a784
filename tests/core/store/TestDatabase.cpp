#include <SQLiteCpp/SQLiteCpp.h>

#include <QTest>
#include <fcntl.h>
#include <fstream>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/store/Connection.h"
#include "core/store/Database.h"
#include "core/store/KeyFile.h"
#include "core/store/Layout.h"
#include "core/store/Repositories.h"
#include "core/store/Schema.h"
#include "core/store/WriterLock.h"
#include "tests/core/store/Sample.h"

using namespace kamei;
using base::ErrorCode;
using store::Database;
namespace fs = std::filesystem;

namespace {

int modeOf(const fs::path& path) {
    struct stat info {};
    return ::stat(path.c_str(), &info) == 0 ? static_cast<int>(info.st_mode & 0777U) : -1;
}

store::Layout madeIn(const QTemporaryDir& parent) {
    store::Layout layout{sample::folderIn(parent)};
    return store::createFolders(layout) ? layout : store::Layout{};
}

/// A database as an earlier release left it, with one asset and three findings, one of them decided.
void makeOlder(const fs::path& file, int version) {
    SQLite::Database database(file.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
    database.exec("PRAGMA journal_mode=WAL");
    for (const auto& step : store::migrations()) {
        if (step.version <= version) {
            database.exec(std::string(step.sql));
        }
    }
    database.exec("PRAGMA application_id=" + std::to_string(store::kApplicationId));
    database.exec("PRAGMA user_version=" + std::to_string(version));
    database.exec("INSERT INTO term(text) VALUES('word')");
    database.exec("INSERT INTO asset(kind,title,modality,device,grp,imported_at,total,open0) "
                  "VALUES(4,'t','','','g',1,3,2)");
    for (int i = 0; i < 3; ++i) {
        database.exec(
            "INSERT INTO finding(asset,place,locator,text,text_hash,label,rule,detector,category,requirement,"
            "step,suggested,replacement,confidence,origin,instances,distinct_values,detail,state,action,"
            "reason,decided_by,decided_at) VALUES(1," +
            std::to_string(i) + ",'text:0-1:','x',0,1,1,1,2,0,4,1,'',1.0,0,1,1,''," + (i == 0 ? "1" : "0") +
            ",0,'','',0)");
    }
    if (version >= 2) { // from then on the sums are kept, not counted when it is opened
        database.exec("INSERT INTO asset_step VALUES(1,4,0,3,2)");
        database.exec("INSERT INTO step_total VALUES(4,0,3,2)");
    }
    if (version >= 6) { // sums over the rows, as the release of that schema left them
        store::Connection connection(file, store::Connection::Mode::Write);
        connection.sums->rebuild(connection.raw());
    }
}

/// What a child process says by its exit code.
template <class Body> int inChild(Body&& body) {
    const pid_t child = ::fork();
    if (child == 0) {
        ::_exit(body());
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

} // namespace

class TestDatabase : public QObject {
    Q_OBJECT

private slots:
    void foldersArePrivateWhateverTheUmask() {
        QTemporaryDir parent;
        const mode_t before = ::umask(0);
        const store::Layout layout = madeIn(parent);
        const auto key = store::createKey(layout.key());
        auto database = Database::create(layout.database());
        ::umask(before);
        QVERIFY(key && database);
        QCOMPARE(modeOf(layout.folder), 0700);
        QCOMPARE(modeOf(layout.staged()), 0700);
        QCOMPARE(modeOf(layout.temporary()), 0700);
        QCOMPARE(modeOf(layout.key()), 0600);
        QCOMPARE(modeOf(layout.database()), 0600);
    }

    void folderInUseIsRefused() {
        QTemporaryDir parent;
        const store::Layout layout{sample::folderIn(parent)};
        fs::create_directory(layout.folder);
        std::ofstream(layout.folder / "file") << "x";
        QCOMPARE(store::createFolders(layout).error().code, ErrorCode::WorkspaceExists);
    }

    void keyIsMadeOnceAndDestroyed() {
        QTemporaryDir parent;
        const store::Layout layout = madeIn(parent);
        QVERIFY(store::createKey(layout.key()));
        QCOMPARE(store::createKey(layout.key()).error().code, ErrorCode::WorkspaceExists);
        const auto key = store::loadKey(layout.key());
        QVERIFY(key);
        QCOMPARE(key->size(), store::kKeyBytes);
        QVERIFY(store::destroyKey(layout.key()));
        QVERIFY(store::destroyKey(layout.key())); // again is fine
        QCOMPARE(store::loadKey(layout.key()).error().code, ErrorCode::NotFound);
    }

    void keyOfWrongLengthIsDamage() {
        QTemporaryDir parent;
        const store::Layout layout = madeIn(parent);
        for (const int length : {0, 31, 33}) {
            std::ofstream(layout.key()) << std::string(static_cast<std::size_t>(length), 'k');
            QCOMPARE(store::loadKey(layout.key()).error().code, ErrorCode::WorkspaceDamaged);
        }
    }

    void secondWriterIsToldThePid() {
        QTemporaryDir parent;
        const store::Layout layout = madeIn(parent);
        auto first = store::WriterLock::acquire(layout.lock());
        QVERIFY(first);
        const auto second = store::WriterLock::acquire(layout.lock());
        QVERIFY(!second);
        QCOMPARE(second.error().code, ErrorCode::WorkspaceLocked);
        QCOMPARE(second.error().args, std::vector{std::to_string(::getpid())});
        { const store::WriterLock gone = std::move(*first); }
        QVERIFY(store::WriterLock::acquire(layout.lock()));
    }

    void olderSchemaMovesForward_data() {
        QTest::addColumn<int>("version");
        for (int version = 1; version < store::latestSchema(); ++version) {
            QTest::addRow("from version %d", version) << version;
        }
    }
    void olderSchemaMovesForward() {
        QFETCH(int, version);
        QTemporaryDir parent;
        const store::Layout layout = madeIn(parent);
        makeOlder(layout.database(), version);
        QCOMPARE(Database::open(layout.database(), Database::Access::ReadOnly).error().code,
                 ErrorCode::WorkspaceReadOnly);
        auto database = Database::open(layout.database(), Database::Access::ReadWrite);
        QVERIFY(database);
        QCOMPARE((*database)->schemaVersion(), store::latestSchema());
        auto reading = (*database)->read();
        const auto steps = (*reading)->assets.steps();
        QVERIFY(steps);
        QCOMPARE(steps->at(0).total, 3);
        QCOMPARE(steps->at(0).openAll(), 2);
        QCOMPARE(static_cast<int>((*reading)->findings.list({})->size()), 3);
    }

    void whatMayHaveBeenLostIsExaminedAgain_data() {
        QTest::addColumn<QString>("problem");
        QTest::addColumn<int>("total");
        QTest::addColumn<bool>("detected");
        QTest::addColumn<bool>("takenBackByStaging");
        const auto at = [](const char* place) {
            return QString(R"({"args":[],"code":"truncated","place":"%1"})").arg(place);
        };
        QTest::newRow("found and without problem: as it was") << QString() << 3 << true << true;
        QTest::newRow("nothing found: the search may have failed") << QString() << 0 << false << true;
        QTest::newRow("of staging: may have covered another") << at("stage.transform") << 3 << false << true;
        QTest::newRow("of detection") << at("detect.text") << 3 << false << false;
        QTest::newRow("of intake") << at("intake.describe") << 3 << false << false;
        QTest::newRow("of nobody knows where") << QStringLiteral("?") << 3 << false << false;
    }
    void whatMayHaveBeenLostIsExaminedAgain() {
        QFETCH(QString, problem);
        QFETCH(int, total);
        QFETCH(bool, detected);
        QFETCH(bool, takenBackByStaging);
        QTemporaryDir parent;
        const store::Layout layout = madeIn(parent);
        makeOlder(layout.database(), 5); // without sums over the rows, which this would break
        {
            SQLite::Database older(layout.database().string(), SQLite::OPEN_READWRITE);
            SQLite::Statement change(older, "UPDATE asset SET detected=1, total=?, troubled=?, problem=?");
            change.bind(1, total);
            change.bind(2, problem.isEmpty() ? 0 : 1);
            if (!problem.isEmpty()) {
                change.bind(3, problem.toStdString());
            }
            change.exec();
        }
        auto database = Database::open(layout.database(), Database::Access::ReadWrite);
        QVERIFY(database);
        auto writing = *(*database)->write();
        if (problem != "?") { // what is no error at all cannot be shown either
            QCOMPARE((*writing->assets.find({1}))->detected, detected);
            QCOMPARE((*writing->assets.find({1}))->asset.problem.has_value(), !problem.isEmpty());
        }
        QVERIFY(writing->assets.setProblem({1}, store::ProblemOrigin::Stage, std::nullopt));
        QCOMPARE(writing->assets.kinds()->front().problems, takenBackByStaging ? 0 : 1);
    }

    void stagedFilesKeepWhatIsToBeKnown() {
        QTemporaryDir parent;
        const store::Layout layout = madeIn(parent);
        auto database = Database::create(layout.database());
        QVERIFY(database);
        auto writing = (*database)->write();
        const auto asset =
            *(*writing)->assets.insert(sample::asset(model::AssetKind::Video, "g1", base::SubjectId{}));
        model::Source source = sample::source(asset, "s1");
        source.id = *(*writing)->sources.insert(source);
        for (const char* notes : {"video-anew sound-anew", ""}) { // staged again: as it is now
            model::StagedFile file = sample::staged(source, "bytes");
            file.notes = notes;
            QVERIFY((*writing)->staged.upsert({&file, 1}, 1));
            const auto read = (*writing)->staged.ofAsset(asset);
            QVERIFY(read && read->size() == 1);
            QCOMPARE(read->front().notes, std::string(notes));
        }
        QVERIFY(writing->commit());
    }

    void newerSchemaIsRefused() {
        QTemporaryDir parent;
        const store::Layout layout = madeIn(parent);
        QVERIFY(Database::create(layout.database()));
        SQLite::Database(layout.database().string(), SQLite::OPEN_READWRITE).exec("PRAGMA user_version=99");
        for (const auto access : {Database::Access::ReadWrite, Database::Access::ReadOnly}) {
            const auto opened = Database::open(layout.database(), access);
            QVERIFY(!opened);
            QCOMPARE(opened.error().code, ErrorCode::WorkspaceNewer);
            QCOMPARE(opened.error().args,
                     (std::vector<std::string>{"99", std::to_string(store::latestSchema())}));
        }
    }

    void damageIsNamed_data() {
        QTest::addColumn<QString>("how");
        for (const char* how : {"header", "cut", "empty", "foreign"}) {
            QTest::addRow("%s", how) << how;
        }
    }
    void damageIsNamed() {
        QFETCH(QString, how);
        QTemporaryDir parent;
        const store::Layout layout = madeIn(parent);
        QVERIFY(Database::create(layout.database()));
        if (how == "header") {
            std::fstream file(layout.database(), std::ios::in | std::ios::out | std::ios::binary);
            file << std::string(100, 'x');
        } else if (how == "cut") {
            fs::resize_file(layout.database(), fs::file_size(layout.database()) / 2);
        } else if (how == "empty") {
            fs::resize_file(layout.database(), 0);
        } else {
            SQLite::Database(layout.database().string(), SQLite::OPEN_READWRITE)
                .exec("PRAGMA application_id=7");
        }
        for (const auto access : {Database::Access::ReadWrite, Database::Access::ReadOnly}) {
            const auto opened = Database::open(layout.database(), access);
            QVERIFY(!opened);
            QCOMPARE(opened.error().code, ErrorCode::WorkspaceDamaged);
        }
    }

    void damageInsideIsFoundByTheCheck() {
        QTemporaryDir parent;
        const store::Layout layout = madeIn(parent);
        QVERIFY(Database::create(layout.database()));
        {
            std::fstream file(layout.database(), std::ios::in | std::ios::out | std::ios::binary);
            file.seekp(3 * 4096);
            file << std::string(4096, '\x5a');
        }
        auto database = Database::open(layout.database(), Database::Access::ReadOnly);
        QVERIFY(database);
        QCOMPARE((*database)->quickCheck().error().code, ErrorCode::WorkspaceDamaged);
    }

    void readerSeesTheWriterAndItsOwnMoment() {
        QTemporaryDir parent;
        const store::Layout layout = madeIn(parent);
        auto writer = Database::create(layout.database());
        auto reader = Database::open(layout.database(), Database::Access::ReadOnly);
        QVERIFY(writer && reader);
        auto before = (*reader)->read();
        QVERIFY(!(*before)->meta.get("title")->has_value());
        {
            auto writing = (*writer)->write();
            QVERIFY((*writing)->meta.set("title", "t") && writing->commit());
        }
        QVERIFY(!(*before)->meta.get("title")->has_value());
        auto after = (*reader)->read();
        QCOMPARE((*after)->meta.get("title")->value_or(""), std::string("t"));
        QCOMPARE((*reader)->write().error().code, ErrorCode::WorkspaceReadOnly);
    }

    void uncommittedIsGone() {
        QTemporaryDir parent;
        const store::Layout layout = madeIn(parent);
        auto database = Database::create(layout.database());
        {
            auto writing = (*database)->write();
            QVERIFY((*writing)->meta.set("title", "t"));
        }
        QVERIFY(!(*(*database)->read())->meta.get("title")->has_value());
    }

    void readOnlyFolderIsReadable_data() {
        QTest::addColumn<bool>("log");
        QTest::newRow("closed cleanly") << false;
        QTest::newRow("log left by a killed writer") << true;
    }
    void readOnlyFolderIsReadable() {
        QFETCH(bool, log);
        QTemporaryDir parent;
        ::chmod(parent.path().toStdString().c_str(), 0755);
        const store::Layout layout = madeIn(parent);
        QCOMPARE(inChild([&] {
                     auto database = Database::create(layout.database());
                     auto writing = (*database)->write();
                     const bool done = (*writing)->meta.set("title", "t") && writing->commit();
                     if (log) {
                         ::_exit(done ? 0 : 1); // as if killed: nothing is folded back
                     }
                     return done ? 0 : 1;
                 }),
                 0);
        constexpr uid_t kNobody = 65534;
        if (::getuid() == 0) {
            for (const auto& entry : fs::directory_iterator(layout.folder)) {
                QCOMPARE(::chown(entry.path().c_str(), kNobody, kNobody), 0);
            }
            QCOMPARE(::chown(layout.folder.c_str(), kNobody, kNobody), 0);
        }
        ::chmod(layout.folder.c_str(), 0500);
        const int outcome = inChild([&] {
            if (::getuid() == 0 && ::setuid(kNobody) != 0) {
                return 100;
            }
            if (store::folderWritable(layout.folder)) {
                return 100;
            }
            auto database = Database::open(layout.database(), Database::Access::ReadOnly);
            if (!database) {
                return 2;
            }
            auto reading = (*database)->read();
            return reading && (*reading)->meta.get("title")->value_or("") == "t" ? 0 : 3;
        });
        ::chmod(layout.folder.c_str(), 0700);
        if (outcome == 100) {
            QSKIP("this account can write everywhere");
        }
        QCOMPARE(outcome, 0);
    }

    void fullDiskIsAnErrorAndLosesNothing() {
        QTemporaryDir parent;
        const store::Layout layout = madeIn(parent);
        const int outcome = inChild([&] {
            auto database = Database::create(layout.database());
            {
                auto writing = (*database)->write();
                if (!(*writing)->meta.set("title", "t") || !writing->commit()) {
                    return 1;
                }
            }
            ::signal(SIGXFSZ, SIG_IGN);
            const rlimit limit{400 * 1024, 400 * 1024};
            ::setrlimit(RLIMIT_FSIZE, &limit);
            for (int i = 0; i < 100; ++i) {
                auto writing = (*database)->write();
                if (!writing) {
                    return 2;
                }
                auto set = (*writing)->meta.set("big-" + std::to_string(i), std::string(50'000, 'x'));
                auto done = set ? writing->commit() : set;
                if (!done) {
                    const bool clean =
                        done.error().code == ErrorCode::IoError || done.error().code == ErrorCode::NoSpace;
                    return clean && (*(*database)->read())->meta.get("title")->value_or("") == "t" ? 0 : 3;
                }
            }
            return 4;
        });
        QCOMPARE(outcome, 0);
        auto database = Database::open(layout.database(), Database::Access::ReadWrite);
        QVERIFY(database);
        QCOMPARE((*(*database)->read())->meta.get("title")->value_or(""), std::string("t"));
        QVERIFY((*database)->quickCheck());
    }

    // The numbers in the database are the places of the enumerators: moving one would change old workspaces.
    void codesStayAsTheyAre_data() {
        QTest::addColumn<QString>("words");
        QTest::addColumn<QString>("expected");
        const auto list = [](auto last) {
            QStringList out;
            using Enum = decltype(last);
            for (int i = 0; i <= static_cast<int>(last); ++i) {
                const auto word = model::word(static_cast<Enum>(i));
                out << QString::fromUtf8(word.data(), static_cast<qsizetype>(word.size()));
            }
            return out.join(' ');
        };
        QTest::newRow("category") << list(model::Category::None)
                                  << "code1 code2 identifier quasi financial link contact none";
        QTest::newRow("requirement") << list(model::Requirement::None)
                                     << "required recommended conditional none";
        QTest::newRow("action")
            << list(model::Action::Synthesise)
            << "keep delete replace generalise shift clean mask deface top-code bottom-code "
               "microaggregate swap noise synthesise";
        QTest::newRow("state") << list(model::DecisionState::Rejected) << "open accepted changed rejected";
        QTest::newRow("origin") << list(model::Origin::Person) << "rule model known device ocr face person";
        QTest::newRow("kind")
            << list(model::AssetKind::Unreadable)
            << "dicom-series dicom-video dicom-slide dicom-document text document table image video "
               "slide signal genome pdf volume unreadable";
        QTest::newRow("asset state") << list(model::AssetState::Excluded)
                                     << "imported detected decided staged confirmed sent-back excluded";
    }
    void codesStayAsTheyAre() {
        QFETCH(QString, words);
        QFETCH(QString, expected);
        QCOMPARE(words, expected);
    }
};

QTEST_GUILESS_MAIN(TestDatabase)
#include "TestDatabase.moc"
