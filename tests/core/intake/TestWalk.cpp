#include <QTemporaryDir>
#include <QTest>

#include <filesystem>
#include <fstream>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/Digest.h"
#include "core/intake/Walk.h"
#include "tests/core/intake/archive/Zips.h"

using namespace kamei;
using namespace kamei::intake;
using base::ErrorCode;
namespace fs = std::filesystem;

namespace {

QStringList walked(const fs::path& root, std::vector<fs::path> roots = {}) {
    QStringList out;
    if (roots.empty()) {
        roots = {root};
    }
    walk(roots,
         [&](Found found) {
             const std::string name =
                 found.location.path.parent_path().lexically_relative(root) / found.location.path.filename();
             out << QString::fromStdString(name.starts_with("./") ? name.substr(2) : name) +
                        (found.problem ? " " + QString::fromUtf8(base::errorWord(found.problem->code).data())
                                       : QString());
         },
         {});
    return out;
}

} // namespace

class TestWalk : public QObject {
    Q_OBJECT

private slots:
    void goesThroughFoldersInOrder() {
        QTemporaryDir folder;
        const fs::path root = folder.path().toStdString();
        fs::create_directories(root / "b/c");
        for (const char* name : {"z.txt", "a.txt", ".hidden", "b/1", "b/c/2", "b/.DS_Store"}) {
            std::ofstream(root / name) << name;
        }
        QCOMPARE(walked(root),
                 (QStringList{".hidden", "a.txt", "b/.DS_Store unknown-format", "b/1", "b/c/2", "z.txt"}));
        QCOMPARE(walked(root, {root / "z.txt", root / "b/c", root / "none"}),
                 (QStringList{"z.txt", "b/c/2", "none not-found"}));
    }

    void meetsObstacles() {
        QTemporaryDir folder;
        const fs::path root = folder.path().toStdString();
        fs::create_directories(root / "a/b");
        fs::create_directories(root / "elsewhere");
        std::ofstream(root / "elsewhere/x") << "x";
        std::ofstream(root / "a/file") << "x";
        fs::create_directory_symlink("..", root / "a/b/up");
        fs::create_directory_symlink(root, root / "a/root");
        fs::create_symlink("loop2", root / "loop1");
        fs::create_symlink("loop1", root / "loop2");
        fs::create_symlink("nowhere", root / "dangling");
        fs::create_symlink("a/file", root / "link");
        ::mkfifo((root / "pipe").c_str(), 0600);
        QCOMPARE(walked(root),
                 (QStringList{"a/file", "dangling not-found", "elsewhere/x", "link", "loop1 symlink-loop",
                              "loop2 symlink-loop", "pipe not-regular-file", "a/b/up symlink-loop",
                              "a/root symlink-loop"}));
    }

    void followsLinksToOtherFoldersOnce() {
        QTemporaryDir folder;
        const fs::path root = folder.path().toStdString();
        fs::create_directories(root / "in");
        fs::create_directories(root / "out");
        std::ofstream(root / "out/x") << "x";
        fs::create_directory_symlink("../out", root / "in/one");
        fs::create_directory_symlink("../out", root / "in/two");
        QCOMPARE(walked(root / "in"), (QStringList{"one/x"}));
    }

    void saysWhatIsUnreadable() {
        if (::geteuid() == 0) {
            QSKIP("the superuser reads everything");
        }
        QTemporaryDir folder;
        const fs::path root = folder.path().toStdString();
        fs::create_directories(root / "closed");
        ::chmod((root / "closed").c_str(), 0);
        QCOMPARE(walked(root), (QStringList{"closed permission-denied"}));
        ::chmod((root / "closed").c_str(), 0700);
    }

    void stopsWhenAsked() {
        QTemporaryDir folder;
        const fs::path root = folder.path().toStdString();
        for (int i = 0; i < 10; ++i) {
            std::ofstream(root / std::to_string(i)) << i;
        }
        std::stop_source stop;
        int count = 0;
        const std::vector<fs::path> roots{root};
        walk(
            roots,
            [&](const Found&) {
                if (++count == 3) {
                    stop.request_stop();
                }
            },
            stop.get_token());
        QCOMPARE(count, 3);
    }

    void readsSourcesAsImported() {
        QTemporaryDir folder;
        model::Source source;
        source.path = (folder.path() + "/s").toStdString();
        test::writeFile(source.path, "content");
        source.stamp = *base::fileStamp(source.path);
        QCOMPARE(QString::fromStdString(*readContent(source)), QStringLiteral("content"));
        test::writeFile(source.path, "other content");
        QCOMPARE(readContent(source).error().code, ErrorCode::SourceChanged);
        fs::remove(source.path);
        QCOMPARE(readContent(source).error().code, ErrorCode::SourceMissing);
        test::writeFile(source.path, test::makeZip({{"m.txt", "member"}}));
        source.stamp = *base::fileStamp(source.path);
        source.member = "m.txt";
        QCOMPARE(QString::fromStdString(*readContent(source)), QStringLiteral("member"));
        source.member = "gone";
        QCOMPARE(readContent(source).error().code, ErrorCode::SourceMissing);
    }
};

QTEST_GUILESS_MAIN(TestWalk)
#include "TestWalk.moc"
