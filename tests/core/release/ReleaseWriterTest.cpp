#include "core/release/ReleaseWriter.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <fstream>
#include <sys/resource.h>
#include <sys/stat.h>

namespace fs = std::filesystem;
using namespace kamei::release;
using kamei::base::ErrorCode;
using kamei::model::AssetKind;

namespace {

/// Staged files in a folder of their own, and what a release of them is made from.
struct Fixture {
    QTemporaryDir folder;
    std::vector<ReleaseFile> files;
    ReportData report;
    fs::path out;

    Fixture() {
        out = fs::path(folder.path().toStdString()) / "lung2026-01";
        add("S-5F2A91C04E7B", AssetKind::DicomSeries, 1, "2.25.1", "dcm", std::string(300'000, 'a'));
        add("S-5F2A91C04E7B", AssetKind::DicomSeries, 1, "2.25.2", "dcm", "bb");
        add("S-5F2A91C04E7B", AssetKind::DicomSeries, 2, "2.25.3", "dcm", "c");
        add("S-5F2A91C04E7B", AssetKind::Text, 3, "text", "txt", "退院時要約");
        add("S-0123456789AB", AssetKind::Text, 4, "text", "txt", "");
        add("S-0123456789AB", AssetKind::Text, 4, "text", "txt", "again");
        add("", AssetKind::Table, 5, "table", "csv", "a,b\n");
        report.title = "肺がん診断AI 共同研究";
        report.auditHead = std::string(64, 'f');
        report.toolVersion = "0.1.0";
    }

    void add(const char* pseudonym, AssetKind kind, std::int64_t asset, const char* name,
             const char* extension, const std::string& content) {
        ReleaseFile file;
        file.sha256 = kamei::base::sha256(content);
        file.staged = fs::path(folder.path().toStdString()) / file.sha256.hex();
        std::ofstream(file.staged, std::ios::binary) << content;
        file.size = content.size();
        file.kind = kind;
        file.asset.value = asset;
        file.pseudonym = pseudonym;
        file.name = name;
        file.extension = extension;
        file.reviewer = "森田 彩";
        file.confirmedAt = 1'700'000'000'000;
        file.confirmedDigest = file.sha256;
        files.push_back(file);
    }

    kamei::base::Expected<Written> write(std::stop_token stop = {},
                                         const kamei::keys::Identity* signer = nullptr) {
        kamei::base::NoProgress progress;
        return writeRelease(out, files, report, stop, progress, signer);
    }
    /// Whatever stands beside the staged files: the release, or leftovers of one.
    [[nodiscard]] int folders() const {
        int count = 0;
        for (const auto& entry : fs::directory_iterator(folder.path().toStdString())) {
            count += entry.is_directory() ? 1 : 0;
        }
        return count;
    }
};

QStringList differences(const fs::path& folder) {
    kamei::base::NoProgress progress;
    const auto result = verifyRelease(folder, {}, progress);
    QStringList out;
    if (!result) {
        return {QString("error ") + kamei::base::errorWord(result.error().code).data()};
    }
    for (const Difference& difference : result->differences) {
        out << QString(word(difference.kind).data()) + " " + QString::fromStdString(difference.path);
    }
    return out;
}

} // namespace

class ReleaseWriterTest : public QObject {
    Q_OBJECT

private slots:
    void writesWhatWasConfirmed() {
        Fixture fixture;
        const auto written = fixture.write();
        QVERIFY(written.has_value() && !written->cancelled);
        QCOMPARE(written->files, std::int64_t{7});
        QCOMPARE(fixture.folders(), 1);
        const QStringList expected{"card.html",
                                   "data/S-0123456789AB/text-01/text-2.txt",
                                   "data/S-0123456789AB/text-01/text.txt",
                                   "data/S-5F2A91C04E7B/dicom-series-01/2.25.1.dcm",
                                   "data/S-5F2A91C04E7B/dicom-series-01/2.25.2.dcm",
                                   "data/S-5F2A91C04E7B/dicom-series-02/2.25.3.dcm",
                                   "data/S-5F2A91C04E7B/text-01/text.txt",
                                   "data/common/table-01/table.csv",
                                   "manifest.json",
                                   "manifest.sha256",
                                   "notice.html",
                                   "report.html",
                                   "report.json",
                                   "terms.html"};
        QStringList found;
        for (const auto& entry : fs::recursive_directory_iterator(fixture.out)) {
            if (entry.is_regular_file()) {
                found << QString::fromStdString(entry.path().lexically_relative(fixture.out).string());
            }
        }
        found.sort();
        QCOMPARE(found, expected);

        // Read by other programs: Qt's JSON parser and coreutils.
        QFile manifest(QString::fromStdString((fixture.out / "manifest.json").string()));
        QVERIFY(manifest.open(QIODevice::ReadOnly));
        const QByteArray text = manifest.readAll();
        const QJsonObject json = QJsonDocument::fromJson(text).object();
        QCOMPARE(json["files"].toArray().size(), 7);
        QCOMPARE(json["documents"].toArray().size(), 5);
        QCOMPARE(json["files"].toArray()[0].toObject()["confirmation"].toObject()["by"].toString(),
                 QString("森田 彩"));
        QVERIFY(!text.contains(fixture.folder.path().toUtf8())); // no path of a source or of the workspace
        QProcess sums;
        sums.setWorkingDirectory(QString::fromStdString(fixture.out.string()));
        sums.start("sha256sum", {"-c", "manifest.sha256"});
        QVERIFY(sums.waitForFinished());
        QCOMPARE(sums.exitCode(), 0);
        for (const auto& entry : json["files"].toArray()) {
            QProcess sum;
            sum.setWorkingDirectory(QString::fromStdString(fixture.out.string()));
            sum.start("sha256sum", {entry.toObject()["path"].toString()});
            QVERIFY(sum.waitForFinished());
            QCOMPARE(sum.readAllStandardOutput().left(64), entry.toObject()["sha256"].toString().toLatin1());
        }
        QVERIFY(differences(fixture.out).isEmpty());
    }

    void refuses_data() {
        QTest::addColumn<QString>("what");
        QTest::addColumn<QString>("error");
        QTest::newRow("nothing to release") << "empty"
                                            << "invalid-argument";
        QTest::newRow("a folder that is there") << "exists"
                                                << "workspace-exists";
        QTest::newRow("a dangling link that is there") << "link"
                                                       << "workspace-exists";
        QTest::newRow("a name that climbs") << "climb"
                                            << "path-refused";
        QTest::newRow("a name with a slash") << "slash"
                                             << "path-refused";
        QTest::newRow("a hidden name") << "hidden"
                                       << "path-refused";
        QTest::newRow("a pseudonym with a slash") << "pseudonym"
                                                  << "path-refused";
        QTest::newRow("a staged file that changed") << "changed"
                                                    << "workspace-damaged";
        QTest::newRow("a staged file that is gone") << "gone"
                                                    << "workspace-damaged";
        QTest::newRow("a staged file of another size") << "size"
                                                       << "workspace-damaged";
        QTest::newRow("a place that is not there") << "nowhere"
                                                   << "not-found";
    }
    void refuses() {
        QFETCH(QString, what);
        QFETCH(QString, error);
        Fixture fixture;
        int before = 0;
        ReleaseFile& last = fixture.files.back();
        if (what == "empty") {
            fixture.files.clear();
        } else if (what == "exists") {
            fs::create_directory(fixture.out);
            before = 1;
        } else if (what == "link") {
            fs::create_symlink("nowhere", fixture.out);
        } else if (what == "climb") {
            last.name = "..";
        } else if (what == "slash") {
            last.name = "a/b";
        } else if (what == "hidden") {
            last.name = ".hidden";
        } else if (what == "pseudonym") {
            last.pseudonym = "../S-1";
        } else if (what == "changed") {
            std::ofstream(last.staged) << "A,b\n";
        } else if (what == "gone") {
            fs::remove(last.staged);
        } else if (what == "size") {
            last.size += 1;
        } else if (what == "nowhere") {
            fixture.out = fixture.out / "deeper" / "out";
        }
        const auto written = fixture.write();
        QVERIFY(!written.has_value());
        QCOMPARE(QString(kamei::base::errorWord(written.error().code).data()), error);
        QCOMPARE(fixture.folders(), before);
    }

    void cancelLeavesNothing() {
        Fixture fixture;
        std::stop_source stop;
        struct StopAt final : kamei::base::ProgressSink {
            StopAt(std::stop_source& source, std::uint64_t at) : m_source(source), m_at(at) {}
            void progress(std::uint64_t done, std::uint64_t) override {
                if (done >= m_at) {
                    m_source.request_stop();
                }
            }
            void phase(std::string_view) override {}
            std::stop_source& m_source;
            std::uint64_t m_at;
        };
        for (const std::uint64_t at : {1U, 7U, 9U, 14U}) {
            std::stop_source source;
            StopAt sink(source, at);
            const auto written =
                writeRelease(fixture.out, fixture.files, fixture.report, source.get_token(), sink);
            QVERIFY(written.has_value() && written->cancelled);
            QCOMPARE(fixture.folders(), 0);
        }
        QVERIFY(fixture.write().has_value());
    }

    void fullMediumLeavesNothing() {
        Fixture fixture;
        struct rlimit before {};
        ::getrlimit(RLIMIT_FSIZE, &before);
        std::signal(SIGXFSZ, SIG_IGN);
        struct rlimit low = before;
        low.rlim_cur = 100'000;
        ::setrlimit(RLIMIT_FSIZE, &low);
        const auto written = fixture.write();
        ::setrlimit(RLIMIT_FSIZE, &before);
        QVERIFY(!written.has_value());
        QVERIFY(written.error().code == ErrorCode::NoSpace);
        QCOMPARE(fixture.folders(), 0);
    }

    void verifies_data() {
        QTest::addColumn<QString>("what");
        QTest::addColumn<QStringList>("found");
        const QString text = "data/S-5F2A91C04E7B/text-01/text.txt";
        QTest::newRow("changed file") << "change" << QStringList{"changed " + text};
        QTest::newRow("missing file") << "remove" << QStringList{"missing " + text};
        QTest::newRow("extra file") << "extra" << QStringList{"extra data/more.txt"};
        QTest::newRow("link instead of a file") << "link" << QStringList{"not-regular " + text};
        QTest::newRow("changed document") << "terms" << QStringList{"changed terms.html"};
        QTest::newRow("changed manifest") << "manifest" << QStringList{"manifest-changed manifest.json"};
        QTest::newRow("no digest of the manifest")
            << "digest" << QStringList{"manifest-changed manifest.json"};
        QTest::newRow("no manifest") << "no manifest" << QStringList{"error not-found"};
        QTest::newRow("manifest that is no JSON") << "garbage" << QStringList{"error malformed"};
        QTest::newRow("manifest that climbs") << "climb" << QStringList{"error path-refused"};
    }
    void verifies() {
        QFETCH(QString, what);
        QFETCH(QStringList, found);
        Fixture fixture;
        QVERIFY(fixture.write().has_value());
        const fs::path text = fixture.out / "data/S-5F2A91C04E7B/text-01/text.txt";
        const fs::path manifest = fixture.out / "manifest.json";
        const auto replace = [&manifest](const std::string& from, const std::string& to) {
            std::ifstream in(manifest);
            std::string all{std::istreambuf_iterator<char>(in), {}};
            all.replace(all.find(from), from.size(), to);
            std::ofstream(manifest) << all;
        };
        if (what == "change") {
            std::ofstream(text, std::ios::app) << " ";
        } else if (what == "remove") {
            fs::remove(text);
        } else if (what == "extra") {
            std::ofstream(fixture.out / "data/more.txt") << "x";
        } else if (what == "link") {
            fs::remove(text);
            fs::create_symlink(fixture.files[3].staged, text);
        } else if (what == "terms") {
            std::ofstream(fixture.out / "terms.html", std::ios::app) << " ";
        } else if (what == "manifest") {
            replace("0.1.0", "0.1.1");
        } else if (what == "digest") {
            fs::remove(fixture.out / "manifest.sha256");
        } else if (what == "no manifest") {
            fs::remove(manifest);
        } else if (what == "garbage") {
            std::ofstream(manifest) << "{";
        } else if (what == "climb") {
            replace("data/common/table-01/table.csv", "../../../etc/passwd");
        }
        QCOMPARE(differences(fixture.out), found);
    }

    void signatureHoldsForTheManifestAndNoOther_data() {
        QTest::addColumn<QString>("what");
        QTest::addColumn<QStringList>("found");
        const QStringList broken{"signature-broken manifest.sig"};
        QTest::newRow("as it was written") << "" << QStringList();
        QTest::newRow("signature taken away") << "remove" << broken;
        QTest::newRow("signature of another release") << "exchange" << broken;
        QTest::newRow("signature no JSON") << "garbage" << broken;
        QTest::newRow("signature of one bit less") << "bit" << broken;
        // Who changes the manifest and its digest still cannot sign it.
        QTest::newRow("manifest changed with its digest") << "manifest" << broken;
    }
    void signatureHoldsForTheManifestAndNoOther() {
        QFETCH(QString, what);
        QFETCH(QStringList, found);
        const auto signer = kamei::keys::Identity::generate("森田 彩", kamei::keys::Role::DataManager);
        Fixture fixture;
        QVERIFY(fixture.write({}, signer.get()).has_value());
        const fs::path signature = fixture.out / "manifest.sig";
        const auto read = [](const fs::path& file) {
            std::ifstream in(file);
            return std::string{std::istreambuf_iterator<char>(in), {}};
        };
        if (what == "remove") {
            fs::remove(signature);
        } else if (what == "exchange") {
            Fixture other;
            other.report.title = "another";
            QVERIFY(other.write({}, signer.get()).has_value());
            fs::copy_file(other.out / "manifest.sig", signature, fs::copy_options::overwrite_existing);
        } else if (what == "garbage") {
            std::ofstream(signature) << "{";
        } else if (what == "bit") {
            std::string text = read(signature);
            char& digit = text[text.rfind("\"\n}") - 1];
            digit = digit == '0' ? '1' : '0';
            std::ofstream(signature) << text;
        } else if (what == "manifest") {
            std::string text = read(fixture.out / "manifest.json");
            text.replace(text.find("0.1.0"), 5, "0.1.1");
            std::ofstream(fixture.out / "manifest.json") << text;
            std::ofstream(fixture.out / "manifest.sha256")
                << kamei::base::sha256(text).hex() << "  manifest.json\n";
        }
        QCOMPARE(differences(fixture.out), found);
        kamei::base::NoProgress progress;
        const auto verified = verifyRelease(fixture.out, {}, progress);
        QCOMPARE(verified->signer.has_value(), found.isEmpty());
        if (verified->signer) {
            QCOMPARE(verified->signer->key, signer->person().key);
        }
    }

    void unsignedReleaseWithAForeignSignatureShows() {
        Fixture fixture;
        QVERIFY(fixture.write().has_value());
        std::ofstream(fixture.out / "manifest.sig") << "{}";
        QCOMPARE(differences(fixture.out), QStringList{"extra manifest.sig"});
    }

    /// The card goes to the receiver: it names nobody who worked on the data.
    void cardNamesNobody() {
        Fixture fixture;
        fixture.report.reviewers.push_back({"森田 彩", 3});
        fixture.report.assets = fixture.report.confirmedAssets = 3;
        fixture.report.sample = ReportData::Sample{1280, 263, 263, 0, 12, 0.95, 0.0113};
        const auto card = *cardHtml(fixture.report);
        for (const char* hidden : {"森田", "S-5F2A91C04E7B"}) {
            QVERIFY(card.find(hidden) == std::string::npos);
        }
        for (const char* told :
             {"≤ 0.94 %", "Pseudonymised is not anonymous", "仮名加工は匿名化ではありません"}) {
            QVERIFY2(card.find(told) != std::string::npos, told);
        }
        QVERIFY(card.find("card.") == std::string::npos); // no key without its sentence
        const auto report = *reportHtml(fixture.report);
        QVERIFY(report.find("森田 彩") != std::string::npos);
        QVERIFY(report.find(">report.") == std::string::npos);
    }
};

QTEST_APPLESS_MAIN(ReleaseWriterTest)
#include "ReleaseWriterTest.moc"
