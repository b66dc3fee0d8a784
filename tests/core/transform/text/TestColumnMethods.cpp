#include <QTemporaryDir>
#include <QTest>

#include <fstream>

#include "core/base/FileIo.h"
#include "core/intake/encoding/Encoding.h"
#include "core/transform/text/TextTransform.h"

using namespace kamei;
using namespace kamei::transform;
using model::Action;
using Kind = model::Locator::Kind;

namespace {

class MemorySink final : public ByteSink {
public:
    base::Expected<void> write(std::span<const std::byte> data) override {
        bytes.append(reinterpret_cast<const char*>(data.data()), data.size());
        return {};
    }
    std::string bytes;
};

model::Finding decided(Kind kind, Action action, const char* method, const char* label = "") {
    model::Finding out;
    out.locator.kind = kind;
    out.label = label;
    out.suggested = out.action = action;
    out.state = model::DecisionState::Accepted;
    out.method = method;
    return out;
}

model::Finding column(std::int32_t number, Action action, const char* method = "", const char* label = "") {
    model::Finding out = decided(Kind::Column, action, method, label);
    out.locator.column = number;
    return out;
}

/// The cell in which a word stands.
model::Finding cell(const QString& table, const QString& word, Action action, const char* method) {
    model::Finding out = decided(Kind::Cell, action, method, "PATIENT_NAME");
    out.locator.start = table.indexOf(word);
    out.locator.end = out.locator.start + word.size();
    return out;
}

} // namespace

/// Guideline 4.7.2 on tables as files: what is processed, and that the rest stays byte for byte.
class TestColumnMethods : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;
    pseudonym::Key m_key = pseudonym::Key::random();

    base::Expected<std::string> run(const std::string& bytes, const std::vector<model::Finding>& findings) {
        model::Source source;
        source.path = m_folder.filePath("source").toStdString();
        source.format = "csv";
        std::ofstream(source.path, std::ios::binary) << bytes;
        source.sha256 = base::sha256(bytes);
        source.stamp = *base::fileStamp(source.path);
        model::Asset asset;
        asset.kind = model::AssetKind::Table;
        const model::Policy policy;
        const model::Subject subject;
        const Context context{policy, m_key, subject, {}, {}};
        auto transform = text::compileText(asset, findings, context);
        if (!transform) {
            return tl::unexpected(transform.error());
        }
        MemorySink sink;
        if (auto done = (*transform)->apply(source, sink); !done) {
            return tl::unexpected(done.error());
        }
        return sink.bytes;
    }

private slots:
    void columnsAreProcessed_data() {
        QTest::addColumn<QString>("before");
        QTest::addColumn<int>("number");
        QTest::addColumn<int>("action");
        QTest::addColumn<QString>("method");
        QTest::addColumn<QString>("after");
        const auto row = [](const char* name, const char* before, int number, Action action,
                            const char* method, const char* after) {
            QTest::newRow(name) << QString::fromUtf8(before) << number << static_cast<int>(action)
                                << QString::fromUtf8(method) << QString::fromUtf8(after);
        };
        row("一般化 (丸め), 引用符と改行はそのまま", "ID,身長,備考\r\n1,\"172.4\",a\r\n2,168.9,\"b,c\"\r\n",
            1, Action::Generalise, R"({"to":"multiple","width":5})",
            "ID,身長,備考\r\n1,\"170\",a\r\n2,170,\"b,c\"\r\n");
        row("トップコーディング, タブ区切り", "体重\t性別\n61\tM\n151\tF\n75\tM\n", 0, Action::TopCode,
            R"({"bound":100})", "体重\t性別\n61\tM\n100\tF\n75\tM\n");
        row("ミクロアグリゲーション, 短い行", "a,b\n1,10\n2\n3,20\n4,30\n", 1, Action::Microaggregate,
            R"({"size":3})", "a,b\n1,20\n2\n3,20\n4,20\n");
        row("数でない値は残さない", "a,b\n1,10\n2,12歳\n3,30\n", 1, Action::BottomCode, R"({"bound":20})",
            "a,b\n1,20\n2,\n3,30\n");
        row("方法のない一般化は読めない値を残さない", "a,b\n1,主婦\n2,農業\n3,会社員\n", 1,
            Action::Generalise, "", "a,b\n1,\n2,\n3,\n");
    }
    void columnsAreProcessed() {
        QFETCH(QString, before);
        QFETCH(int, number);
        QFETCH(int, action);
        QFETCH(QString, method);
        const auto out =
            run(before.toStdString(), {column(number, static_cast<Action>(action), qPrintable(method))});
        QVERIFY(out.has_value());
        QTEST(QString::fromStdString(*out), "after");
    }

    void agesKeepTheirOwnTopCode() {
        const auto out = run("年齢,x\n45,1\n93,2\n101,3\n", {column(0, Action::TopCode, "", "AGE")});
        QCOMPARE(QString::fromStdString(*out), QStringLiteral("年齢,x\n45,1\n90,2\n90,3\n"));
        const auto lower =
            run("年齢,x\n45,1\n93,2\n85,3\n", {column(0, Action::TopCode, R"({"bound":80})", "AGE")});
        QCOMPARE(QString::fromStdString(*lower), QStringLiteral("年齢,x\n45,1\n80,2\n80,3\n"));
    }

    void recordsAreRemoved_data() { // 4.7.2 レコード削除
        QTest::addColumn<QString>("before");
        QTest::addColumn<QString>("word");
        QTest::addColumn<QString>("after");
        QTest::newRow("in the middle") << QStringLiteral("id,n\n1,山田\n2,佐藤\n3,鈴木\n")
                                       << QStringLiteral("佐藤") << QStringLiteral("id,n\n1,山田\n3,鈴木\n");
        QTest::newRow("quoted, with a line break")
            << QStringLiteral("id,n\r\n\"1\",\"山\r\n田\"\r\n2,佐藤\r\n") << QStringLiteral("1")
            << QStringLiteral("id,n\r\n2,佐藤\r\n");
        QTest::newRow("the last one") << QStringLiteral("id,n\n1,山田\n2,佐藤") << QStringLiteral("佐藤")
                                      << QStringLiteral("id,n\n1,山田\n");
    }
    void recordsAreRemoved() {
        QFETCH(QString, before);
        QFETCH(QString, word);
        const auto out =
            run(before.toStdString(), {cell(before, word, Action::Delete, R"({"record":true})")});
        QVERIFY(out.has_value());
        QTEST(QString::fromStdString(*out), "after");
    }
    void aRemovedRecordTakesItsOtherDecisionsAlong() {
        const QString table = QStringLiteral("n,h\n山田,170\n佐藤,180\n鈴木,190\n高橋,200\n");
        const auto out =
            run(table.toStdString(), {cell(table, "佐藤", Action::Delete, R"({"record":true})"),
                                      column(0, Action::Replace, "", "PATIENT_NAME"),
                                      column(1, Action::Generalise, R"({"to":"multiple","width":50})")});
        QVERIFY(out.has_value());
        const QString text = QString::fromStdString(*out);
        QCOMPARE(text.count('\n'), 4);
        QVERIFY(!text.contains(QStringLiteral("佐藤")) && !text.contains(QStringLiteral("山田")));
        QCOMPARE(text.count(",150\n"), 1);
        QCOMPARE(text.count(",200\n"), 2);
    }

    void artificialRecordsAreAdded() { // 4.7.2 疑似データ生成
        const QString table = QStringLiteral("患者ID,性別,\"所見\"\r\n0011,M,\"a,b\"\r\n0012,F,\"c\"\r\n");
        const auto bytes = intake::encoding::encode(table.toStdString(), intake::encoding::Encoding::Cp932);
        const auto out = run(*bytes, {decided(Kind::Asset, Action::Synthesise, R"({"rows":30})"),
                                      column(0, Action::Replace, "", "CHART_NO")});
        QVERIFY(out.has_value());
        const auto text = intake::encoding::decode(*out, intake::encoding::Encoding::Cp932);
        const QStringList lines = QString::fromStdString(*text).split("\r\n", Qt::SkipEmptyParts);
        QCOMPARE(lines.size(), 33);
        std::set<QString> people;
        for (int i = 1; i < lines.size(); ++i) {
            const QStringList cells = lines.at(i).split(',');
            people.insert(cells.first());
            QVERIFY(cells.at(1) == "M" || cells.at(1) == "F");
            QVERIFY(lines.at(i).endsWith("\"a,b\"") || lines.at(i).endsWith("\"c\""));
        }
        QCOMPARE(people.size(), std::size_t{32}); // no artificial record bears the number of a person
        const auto again = run(*bytes, {decided(Kind::Asset, Action::Synthesise, R"({"rows":30})"),
                                        column(0, Action::Replace, "", "CHART_NO")});
        QVERIFY(*again == *out);
    }

    void cellFindingsStandAboveTheColumn() {
        // A name that slipped into a column of numbers goes, whatever is done with the numbers.
        const QString table = QStringLiteral("a,b\n1,10\n2,20 山田\n3,30\n4,40\n");
        model::Finding name = cell(table, "山田", Action::Delete, "");
        const auto out = run(table.toStdString(), {name, column(1, Action::Swap)});
        QVERIFY(out.has_value());
        QVERIFY(!QString::fromStdString(*out).contains(QStringLiteral("山田")) ||
                !QString::fromStdString(*out).contains(QStringLiteral("2,20 山田")));
    }

    void aMethodThatCannotBeReadStopsIt() {
        const auto out = run("a,b\n1,10\n", {column(1, Action::Microaggregate, R"({"size":0})")});
        QVERIFY(!out.has_value());
        QCOMPARE(out.error().code, base::ErrorCode::InvalidArgument);
    }
};

QTEST_APPLESS_MAIN(TestColumnMethods)
#include "TestColumnMethods.moc"
