#include <SQLiteCpp/SQLiteCpp.h>

#include <QTemporaryDir>
#include <QTest>

#include "core/audit/Log.h"
#include "core/store/Database.h"

using namespace kamei;
using base::ErrorCode;
using store::Database;

namespace {

constexpr int kEntries = 12;

std::filesystem::path fileIn(const QTemporaryDir& parent) {
    return std::filesystem::path(parent.path().toStdString()) / "workspace.kamei";
}

/// A log of kEntries entries; the eighth is noted with a confirmation.
std::unique_ptr<Database> made(const std::filesystem::path& file) {
    auto database = std::move(*Database::create(file));
    auto writing = *database->write();
    model::Asset asset;
    asset.kind = model::AssetKind::Text;
    const auto id = *writing->assets.insert(asset);
    for (int i = 1; i <= kEntries; ++i) {
        const auto head = audit::append(*writing, "reviewer", i == 8 ? "asset.confirmed" : "finding.decided",
                                        audit::Details()
                                            .count("count", i)
                                            .id("asset", id)
                                            .digest("sha256", {})
                                            .count("shown", 1)
                                            .count("total", 1));
        if (i == 8) {
            static_cast<void>(writing->confirmations.add(
                {id, {}, model::Confirmation::Verdict::Confirmed, "reviewer", "", 1, 1, 1}, head->number,
                head->hash));
        }
    }
    static_cast<void>(writing.commit());
    return database;
}

/// What someone does who has the file and knows SQL.
void tamper(const std::filesystem::path& file, const std::string& sql) {
    SQLite::Database database(file.string(), SQLite::OPEN_READWRITE, 1000);
    database.exec("DROP TRIGGER audit_no_update; DROP TRIGGER audit_no_delete;" + sql);
}

} // namespace

class TestLog : public QObject {
    Q_OBJECT

private slots:
    void intactChainVerifies() {
        QTemporaryDir parent;
        auto database = made(fileIn(parent));
        auto reading = *database->read();
        QCOMPARE(audit::verify(*reading)->entries, kEntries);
        QCOMPARE(audit::head(*reading)->number, kEntries);
    }

    void emptyLogVerifies() {
        QTemporaryDir parent;
        auto database = std::move(*Database::create(fileIn(parent)));
        QCOMPARE(audit::verify(**database->read())->entries, 0);
    }

    void tamperingShows_data() {
        QTest::addColumn<QString>("sql");
        QTest::addColumn<int>("firstBad");
        QTest::addColumn<QString>("kind");
        QTest::newRow("details changed")
            << "UPDATE audit SET details='{\"count\":99}' WHERE number=5" << 5 << "changed";
        QTest::newRow("person changed") << "UPDATE audit SET by='x' WHERE number=5" << 5 << "changed";
        QTest::newRow("time changed") << "UPDATE audit SET at=at+1 WHERE number=5" << 5 << "changed";
        QTest::newRow("event changed") << "UPDATE audit SET event='x' WHERE number=1" << 1 << "changed";
        QTest::newRow("details no JSON") << "UPDATE audit SET details='x' WHERE number=3" << 3 << "changed";
        QTest::newRow("hash changed")
            << "UPDATE audit SET hash=zeroblob(32) WHERE number=4" << 4 << "changed";
        QTest::newRow("one removed") << "DELETE FROM audit WHERE number=6" << 6 << "removed";
        QTest::newRow("one removed and renumbered")
            << "DELETE FROM audit WHERE number=6; UPDATE audit SET number=number-1 WHERE number>6" << 6
            << "removed";
        QTest::newRow("two swapped")
            << "UPDATE audit SET number=100 WHERE number=5; UPDATE audit SET number=5 WHERE "
               "number=6; UPDATE audit SET number=6 WHERE number=100"
            << 5 << "reordered";
        QTest::newRow("tail cut") << "DELETE FROM audit WHERE number>10" << 11 << "removed";
        QTest::newRow("tail cut, head adjusted to it")
            << "DELETE FROM audit WHERE number>6; UPDATE meta SET value=(SELECT number || ' ' || "
               "lower(hex(hash)) FROM "
               "audit ORDER BY number DESC LIMIT 1) WHERE name='audit-head'"
            << 7 << "removed";
        QTest::newRow("one inserted")
            << "UPDATE audit SET number=-number-1 WHERE number>=5; UPDATE audit SET number=-number WHERE "
               "number<0;"
               "INSERT INTO audit VALUES(5,1,'x','finding.decided','{}',zeroblob(32))"
            << 5 << "inserted";
        QTest::newRow("confirmation changed")
            << "UPDATE confirmation SET reviewer='another'" << 8 << "confirmation";
        QTest::newRow("confirmation of other bytes")
            << "UPDATE confirmation SET sha256=randomblob(32)" << 8 << "confirmation";
        QTest::newRow("confirmation removed") << "DELETE FROM confirmation" << 8 << "confirmation";
        QTest::newRow("all removed") << "DELETE FROM audit" << 1 << "removed";
        QTest::newRow("head unreadable")
            << "UPDATE meta SET value='x' WHERE name='audit-head'" << 0 << "head";
    }
    void tamperingShows() {
        QFETCH(QString, sql);
        QFETCH(int, firstBad);
        QFETCH(QString, kind);
        QTemporaryDir parent;
        auto database = made(fileIn(parent));
        tamper(fileIn(parent), sql.toStdString());
        const auto verified = audit::verify(**database->read());
        QVERIFY(!verified);
        QCOMPARE(verified.error().code, ErrorCode::AuditBroken);
        QCOMPARE(verified.error().args, (std::vector{std::to_string(firstBad), kind.toStdString()}));
    }

    void tableRefusesChanges() {
        QTemporaryDir parent;
        auto database = made(fileIn(parent));
        SQLite::Database raw(fileIn(parent).string(), SQLite::OPEN_READWRITE, 1000);
        QVERIFY_EXCEPTION_THROWN(raw.exec("UPDATE audit SET by='x'"), SQLite::Exception);
        QVERIFY_EXCEPTION_THROWN(raw.exec("DELETE FROM audit"), SQLite::Exception);
    }

    void detailsAreCanonicalAndHoldNoText() {
        const std::vector<base::FindingId> ids{{7}, {3}, {4}, {5}, {9}};
        const auto details = audit::Details()
                                 .word("rule", "PS3.15 E.1-1 (0010,0010)")
                                 .ids("findings", std::span(ids))
                                 .flag("key", true)
                                 .count("count", 5)
                                 .word("name", "山田 太郎")
                                 .word("quote", "\",\"x\":\"");
        const std::string expected = R"~({"count":5,"findings":"3-5,7,9","key":true,"name":"?","quote":"?",)~"
                                     R"~("rule":"PS3.15 E.1-1 (0010,0010)"})~";
        QCOMPARE(details.json(), expected);
    }
};

QTEST_GUILESS_MAIN(TestLog)
#include "TestLog.moc"
