#include "core/stage/ContentStore.h"

#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <csignal>
#include <fstream>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/stage/StageSource.h"

namespace fs = std::filesystem;
using kamei::base::ErrorCode;
using kamei::stage::Batch;
using kamei::stage::ContentStore;

namespace {

/// A transform that writes given bytes in given pieces; of 0 bytes: lets the sink be filled, with a short
/// write before and after.
class Fixed final : public kamei::transform::Transform {
public:
    Fixed(std::string content, std::size_t piece) : m_content(std::move(content)), m_piece(piece) {}
    kamei::base::Sha256 digest() const override { return kamei::base::sha256(m_content); }
    std::string_view extension() const override { return "txt"; }
    kamei::base::Expected<kamei::transform::Result> apply(const kamei::model::Source&,
                                                          kamei::transform::ByteSink& out) const override {
        if (m_piece == 0) {
            return fill(out);
        }
        for (std::size_t at = 0; at < m_content.size(); at += m_piece) {
            const auto part = std::string_view(m_content).substr(at, m_piece);
            if (auto done = out.write(std::as_bytes(std::span(part.data(), part.size()))); !done) {
                return tl::unexpected(done.error());
            }
        }
        return kamei::transform::Result{};
    }
    std::string outputName(const kamei::model::Source&) const override { return "fixed"; }

private:
    kamei::base::Expected<kamei::transform::Result> fill(kamei::transform::ByteSink& out) const {
        const auto bytes = std::as_bytes(std::span(m_content.data(), m_content.size()));
        const std::size_t edge = std::min<std::size_t>(100, bytes.size() / 2);
        auto rest = bytes.subspan(edge, bytes.size() - 2 * edge);
        auto done = out.write(bytes.first(edge));
        if (done) {
            done =
                out.writeFilled(rest.size(), [&](std::span<std::byte> part) -> kamei::base::Expected<void> {
                    std::ranges::copy(rest.first(part.size()), part.begin());
                    rest = rest.subspan(part.size());
                    return {};
                });
        }
        if (done) {
            done = out.write(bytes.last(edge));
        }
        return done ? kamei::base::Expected<kamei::transform::Result>(kamei::transform::Result{})
                    : tl::unexpected(done.error());
    }

    std::string m_content;
    std::size_t m_piece;
};

std::size_t filesBelow(const fs::path& folder) {
    std::size_t out = 0;
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
        out += entry.is_regular_file() ? 1U : 0U;
    }
    return out;
}

std::string contentOfFile(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

// SHA-256 by another program than ours.
std::string sha256sum(const fs::path& path) {
    FILE* pipe = ::popen(("sha256sum '" + path.string() + "'").c_str(), "r");
    char hex[65] = {};
    const bool ok = pipe != nullptr && std::fread(hex, 1, 64, pipe) == 64;
    if (pipe != nullptr) {
        ::pclose(pipe);
    }
    return ok ? std::string(hex) : std::string();
}

} // namespace

class ContentStoreTest : public QObject {
    Q_OBJECT

private slots:
    void storesUnderTheDigest_data() {
        QTest::addColumn<int>("size");
        QTest::addColumn<int>("piece");
        for (const int size : {0, 1, 65535, 65536, 65537, 300'000}) {
            for (const int piece : {0, 1000, 65536, 400'000}) {
                QTest::addRow("%d bytes in pieces of %d", size, piece) << size << piece;
            }
        }
        // Beyond what is held in memory.
        constexpr int kMost = static_cast<int>(Batch::Writer::kInMemory);
        for (const int size : {kMost - 1, kMost, kMost + 1, kMost + 300'000}) {
            for (const int piece : {0, 65536, 400'000}) {
                QTest::addRow("%d bytes in pieces of %d", size, piece) << size << piece;
            }
        }
    }
    void storesUnderTheDigest() {
        QFETCH(int, size);
        QFETCH(int, piece);
        QTemporaryDir folder;
        const fs::path workspace = folder.path().toStdString();
        const auto store = ContentStore::open(workspace);
        QVERIFY(store.has_value());
        std::string content;
        for (int i = 0; i < size; ++i) {
            content += static_cast<char>(i * 7 + i / 251);
        }
        Batch batch(*store);
        const Fixed transform(content, static_cast<std::size_t>(piece));
        const auto staged = stageSource(transform, {}, batch, {});
        QVERIFY(staged.has_value());
        QVERIFY(!fs::exists(workspace / staged->path)); // not before the batch is on the medium
        QVERIFY(batch.commit().has_value());
        QCOMPARE(batch.size(), std::size_t{0});
        QVERIFY(contentOfFile(workspace / staged->path) == content);
        QCOMPARE(staged->size, static_cast<std::uint64_t>(size));
        const std::string hex = sha256sum(workspace / staged->path);
        QCOMPARE(QString::fromStdString(staged->path.string()),
                 QString::fromStdString("staged/" + hex.substr(0, 2) + "/" + hex + ".txt"));
        QCOMPARE(QString::fromStdString(staged->sha256.hex()), QString::fromStdString(hex));
        QVERIFY(store->contains(staged->sha256, "txt"));
        QCOMPARE(filesBelow(workspace / "tmp"), std::size_t{0});
        QCOMPARE(store->list()->size(), std::size_t{1});
        QVERIFY(store->remove(staged->path).has_value());
        QVERIFY(store->list()->empty());
    }

    void withoutCommitNothingRemains() {
        QTemporaryDir folder;
        const fs::path workspace = folder.path().toStdString();
        {
            Batch batch(*ContentStore::open(workspace));
            QVERIFY(stageSource(Fixed("abc", 1), {}, batch, {}).has_value());
            auto writer = batch.create("txt");
            QVERIFY(writer.has_value());
        }
        QCOMPARE(filesBelow(workspace), std::size_t{0});
    }

    void sameContentTwice() {
        QTemporaryDir folder;
        const fs::path workspace = folder.path().toStdString();
        Batch batch(*ContentStore::open(workspace));
        for (int i = 0; i < 3; ++i) {
            QVERIFY(stageSource(Fixed("same", 4), {}, batch, {}).has_value());
            QVERIFY(stageSource(Fixed("same", 2), {}, batch, {}).has_value());
            QVERIFY(batch.commit().has_value());
        }
        QCOMPARE(filesBelow(workspace), std::size_t{1});
    }

    void fullMediumLeavesNothing() {
        QTemporaryDir folder;
        const fs::path workspace = folder.path().toStdString();
        const auto store = ContentStore::open(workspace);
        Batch batch(*store);
        struct rlimit before {};
        ::getrlimit(RLIMIT_FSIZE, &before);
        std::signal(SIGXFSZ, SIG_IGN);
        struct rlimit low = before;
        low.rlim_cur = 100'000;
        ::setrlimit(RLIMIT_FSIZE, &low);
        const auto large = stageSource(Fixed(std::string(300'000, 'x'), 5000), {}, batch, {});
        const auto atOnce = stageSource(Fixed(std::string(300'000, 'x'), 300'000), {}, batch, {});
        ::setrlimit(RLIMIT_FSIZE, &before);
        QVERIFY(!large.has_value() && !atOnce.has_value());
        QVERIFY(large.error().code == ErrorCode::NoSpace);
        QVERIFY(atOnce.error().code == ErrorCode::NoSpace);
        QCOMPARE(filesBelow(workspace), std::size_t{0});
        QVERIFY(stageSource(Fixed("fits", 4), {}, batch, {}).has_value());
        QVERIFY(batch.commit().has_value());
        QCOMPARE(store->list()->size(), std::size_t{1});
    }

    void killedInTheMiddle() {
        QTemporaryDir folder;
        const fs::path workspace = folder.path().toStdString();
        for (int round = 0; round < 12; ++round) {
            const pid_t child = ::fork();
            if (child == 0) {
                const auto store = ContentStore::open(workspace);
                Batch batch(*store);
                for (int i = 0;; ++i) {
                    const std::string content(50'000, static_cast<char>('a' + (i + round) % 26));
                    if (!stageSource(Fixed(std::to_string(round * 100'000 + i) + content, 700), {}, batch,
                                     {}) ||
                        (batch.size() >= 8 && !batch.commit())) {
                        ::_exit(1);
                    }
                }
            }
            // The first one is let run until something is there, the others are hit at different moments.
            const auto begun = [&] {
                return round > 0 ||
                       (fs::exists(workspace / "staged") && filesBelow(workspace / "staged") > 0);
            };
            for (int wait = 0; wait < 30'000 && !begun(); ++wait) {
                ::usleep(1000);
            }
            ::usleep(static_cast<useconds_t>(3000 + 2500 * round));
            ::kill(child, SIGKILL);
            int status = 0;
            ::waitpid(child, &status, 0);
            QVERIFY(WIFSIGNALED(status));

            const auto store = ContentStore::open(workspace);
            QVERIFY(store.has_value());
            QCOMPARE(filesBelow(workspace / "tmp"), std::size_t{0});
            const auto objects = store->list();
            QVERIFY(objects.has_value());
            QCOMPARE(objects->size(), filesBelow(workspace / "staged"));
            for (const fs::path& path : *objects) {
                const std::string hex = kamei::base::sha256(contentOfFile(workspace / path)).hex();
                QCOMPARE(QString::fromStdString(path.stem().string()), QString::fromStdString(hex));
            }
        }
        QVERIFY(filesBelow(workspace / "staged") > 0);
    }

    void refusesForeignPaths_data() {
        QTest::addColumn<QString>("path");
        const QString hex(64, 'a');
        QTest::newRow("outside") << "../other/file.txt";
        QTest::newRow("absolute") << "/etc/passwd";
        QTest::newRow("wrong folder") << "staged/bb/" + hex + ".txt";
        QTest::newRow("no digest") << "staged/aa/x.txt";
        QTest::newRow("climbing") << "staged/aa/../aa/" + hex + ".txt";
    }
    void refusesForeignPaths() {
        QFETCH(QString, path);
        QTemporaryDir folder;
        const auto store = ContentStore::open(folder.path().toStdString());
        const auto removed = store->remove(path.toStdString());
        QVERIFY(!removed.has_value());
        QVERIFY(removed.error().code == ErrorCode::PathRefused);
    }

    void searchesWhatIsStaged() {
        QTemporaryDir folder;
        const fs::path workspace = folder.path().toStdString();
        const std::vector<kamei::model::KnownIdentifier> known{{{}, "patient-name", "山田 太郎", {}, {}}};
        const auto search = kamei::stage::ResidualSearch::build(known);
        Batch batch(*ContentStore::open(workspace));
        const auto staged = stageSource(Fixed("患者：山田太郎 様", 5), {}, batch, *search);
        QVERIFY(staged.has_value() && batch.commit().has_value());
        QCOMPARE(staged->residuals.size(), std::size_t{1});
        QCOMPARE(staged->residuals.front().byteOffset, std::uint64_t{9});

        kamei::model::StagedFile file;
        file.path = staged->path;
        file.sha256 = staged->sha256;
        QCOMPARE(searchStaged(workspace, file, *search)->size(), std::size_t{1});
        ::chmod((workspace / staged->path).c_str(), 0600);
        std::ofstream(workspace / staged->path, std::ios::app) << "!";
        const auto damaged = searchStaged(workspace, file, *search);
        QVERIFY(!damaged.has_value());
        QVERIFY(damaged.error().code == ErrorCode::WorkspaceDamaged);
    }

    void plansDiffer() {
        const auto a = kamei::base::sha256("a");
        const auto b = kamei::base::sha256("b");
        QVERIFY(kamei::stage::planDigest(a, b) != kamei::stage::planDigest(b, a));
        QVERIFY(kamei::stage::planDigest(a, b) == kamei::stage::planDigest(a, b));
    }
};

QTEST_APPLESS_MAIN(ContentStoreTest)
#include "ContentStoreTest.moc"
