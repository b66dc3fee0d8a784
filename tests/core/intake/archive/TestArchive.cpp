#include <QTemporaryDir>
#include <QTest>

#include "core/intake/archive/Archive.h"
#include "core/intake/archive/MemberName.h"
#include "core/intake/encoding/Encoding.h"
#include "tests/core/intake/archive/Zips.h"

using namespace kamei;
using namespace kamei::intake::archive;
using base::ErrorCode;
using test::makeZip;

class TestArchive : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;
    std::string put(const std::string& bytes) {
        static int number = 0;
        std::string path = (m_folder.path() + "/").toStdString() + std::to_string(++number) + ".zip";
        test::writeFile(path, bytes);
        return path;
    }

private slots:
    void readsMembersInAnyOrder() {
        const std::string path = put(makeZip(
            {{"a.txt", "first"}, {"folder/", "", AE_IFDIR}, {"folder/b.txt", "second"}, {"c.txt", ""}}));
        const auto members = list(path);
        QVERIFY(members.has_value());
        QCOMPARE(members->size(), std::size_t(3));
        QCOMPARE(QString::fromStdString((*members)[1].name), QStringLiteral("folder/b.txt"));
        for (int i = 0; i < 2; ++i) {
            QCOMPARE(QString::fromStdString(*readMember(path, "folder/b.txt")), QStringLiteral("second"));
            QCOMPARE(QString::fromStdString(*readMember(path, "a.txt")), QStringLiteral("first"));
            QCOMPARE(QString::fromStdString(*readMember(path, "c.txt")), QString());
        }
        QCOMPARE(QString::fromStdString(*readMember(path, "a.txt", 3)), QStringLiteral("fir"));
        QCOMPARE(readMember(path, "none").error().code, ErrorCode::NotFound);
    }

    void refusesPathTricks_data() {
        QTest::addColumn<QString>("name");
        QTest::addColumn<bool>("refused");
        const auto row = [](const char* name, bool refused) {
            QTest::newRow(*name == '\0' ? "empty" : name) << QString::fromUtf8(name) << refused;
        };
        row("../etc/passwd", true);
        row("a/../../b", true);
        row("/etc/passwd", true);
        row("\\windows\\x", true);
        row("C:\\x", true);
        row("a\\..\\b", true);
        row("a!/b", true);
        row("", true);
        row("a..b/c", false);
        row("患者/一覧.csv", false);
    }
    void refusesPathTricks() {
        QFETCH(QString, name);
        QFETCH(bool, refused);
        QCOMPARE(isRefused(name.toStdString()), refused);
    }

    void listsTricksAsProblems() {
        const auto members = list(put(makeZip({{"../x.txt", "a"},
                                               {"link", "/etc/passwd", AE_IFLNK},
                                               {"same", "1"},
                                               {"same", "2"},
                                               {"ok", "b"}})));
        QVERIFY(members.has_value());
        QCOMPARE(members->size(), std::size_t(5));
        QCOMPARE((*members)[0].problem->code, ErrorCode::PathRefused);
        QCOMPARE((*members)[1].problem->code, ErrorCode::NotRegularFile);
        QVERIFY(!(*members)[2].problem);
        QCOMPARE((*members)[3].problem->code, ErrorCode::Malformed);
        QVERIFY(!(*members)[4].problem);
    }

    void opensInnerArchivesOnce() {
        const std::string deepest = makeZip({{"deep.txt", "c"}});
        const std::string inner = makeZip({{"b.txt", "inner"}, {"deepest.zip", deepest}});
        const std::string path = put(makeZip({{"a.txt", "outer"}, {"inner.zip", inner}}));
        const auto members = list(path);
        QVERIFY(members.has_value());
        QCOMPARE(members->size(), std::size_t(3));
        QCOMPARE(QString::fromStdString((*members)[1].name), QStringLiteral("inner.zip!/b.txt"));
        QCOMPARE((*members)[2].problem->code, ErrorCode::TooDeep);
        QCOMPARE(QString::fromStdString(*readMember(path, "inner.zip!/b.txt")), QStringLiteral("inner"));
    }

    void refusesBombs() {
        const auto members = list(put(makeZip({{"zeros", std::string(100U << 20, '\0')}})));
        QVERIFY(!members.has_value());
        QCOMPARE(members.error().code, ErrorCode::TooLarge);
    }

    void refusesBombsInside() {
        const std::string inner = makeZip({{"zeros", std::string(100U << 20, '\0')}});
        QCOMPARE(list(put(makeZip({{"inner.zip", inner}}))).error().code, ErrorCode::TooLarge);
    }

    void saysWhatIsEncrypted() {
        const std::string path = put(makeZip({{"a.txt", "secret"}}, "password"));
        const auto members = list(path);
        QVERIFY(members.has_value());
        QCOMPARE(members->front().problem->code, ErrorCode::Encrypted);
        QCOMPARE(readMember(path, "a.txt").error().code, ErrorCode::Encrypted);
    }

    void saysWhatIsTruncated() {
        const std::string whole = makeZip({{"a.txt", std::string(5000, 'x')}, {"b.txt", "second"}});
        for (const int percent : {10, 50, 90}) {
            const auto members =
                list(put(whole.substr(0, whole.size() * static_cast<std::size_t>(percent) / 100)));
            QVERIFY(!members.has_value());
            QCOMPARE(members.error().code, ErrorCode::Truncated);
        }
    }

    void noticesLies() {
        std::string bytes = makeZip({{"bomb", std::string(1U << 20, 'x')}});
        // The size that local header, data descriptor and central directory promise.
        for (const std::size_t at :
             {std::size_t(22), bytes.find("PK\x07\x08") + 12, bytes.find("PK\x01\x02") + 24}) {
            bytes.replace(at, 4, std::string("\5\0\0\0", 4));
        }
        const std::string path = put(bytes);
        QCOMPARE(readMember(path, "bomb").error().code, ErrorCode::Malformed);
    }

    void decodesNamesOfWindows() {
        const auto name = intake::encoding::encode("患者一覧.csv", intake::encoding::Encoding::Cp932);
        QCOMPARE(QString::fromStdString(decodedName(*name)), QStringLiteral("患者一覧.csv"));
    }
};

QTEST_GUILESS_MAIN(TestArchive)
#include "TestArchive.moc"
