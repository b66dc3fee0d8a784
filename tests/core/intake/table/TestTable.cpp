#include <QTest>

#include "core/intake/table/Table.h"

using namespace kamei::intake::table;

class TestTable : public QObject {
    Q_OBJECT

private slots:
    void detectsDialects_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<bool>("strict");
        QTest::addColumn<QString>("delimiter"); // empty: no table
        QTest::addColumn<bool>("header");
        const auto row = [](const char* name, const char* text, bool strict, const char* delimiter,
                            bool header) {
            QTest::newRow(name) << QString::fromUtf8(text) << strict << QString::fromUtf8(delimiter)
                                << header;
        };
        row("comma", "患者ID,氏名\n1,三上\n2,戸川\n", false, ",", true);
        row("tab", "id\tname\tvalue\n1\ta\t2\n", false, "\t", true);
        row("semicolon with commas in values", "id;name;v\n1;a,b;2\n2;c,d;3\n", false, ";", true);
        row("no header", "1,2,3\n4,5,6\n7,8,9\n", true, ",", false);
        row("quoted line breaks", "id,note\n1,\"a\nb\"\n2,\"c\nd\"\n", false, ",", true);
        row("prose", "The patient, aged 67, was seen.\nHe had fever, cough.\nNo rash.\n", true, "", false);
        row("japanese prose", "本日、発熱にて受診。\n咳、痰なし。\n", true, "", false);
        row("one line", "a,b,c\n", false, "", false);
        row("ragged rows", "id,name,value\n1,a\n2,b,3,4\n3,c,5\n", false, ",", true);
    }
    void detectsDialects() {
        QFETCH(QString, text);
        QFETCH(bool, strict);
        QFETCH(QString, delimiter);
        QFETCH(bool, header);
        const auto dialect = detectDialect(text.toStdString(), strict);
        if (delimiter.isEmpty() || text == QStringLiteral("a,b,c\n")) {
            if (delimiter.isEmpty() && strict) {
                QVERIFY(!dialect.has_value());
            }
            return;
        }
        QVERIFY(dialect.has_value());
        QCOMPARE(QString(QChar(dialect->delimiter)), delimiter);
        QCOMPARE(dialect->hasHeader, header);
    }

    void readsCells_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QStringList>("expected"); // row|column|content
        QTest::newRow("empty cells") << QStringLiteral("a,,c\n,\n")
                                     << QStringList{"0|0|a", "0|1|", "0|2|c", "1|0|", "1|1|"};
        QTest::newRow("doubled quotes")
            << QStringLiteral("\"a \"\"b\"\"\",c") << QStringList{"0|0|a \"b\"", "0|1|c"};
        QTest::newRow("quoted line break")
            << QStringLiteral("\"a\r\nb\",c\r\nd,e") << QStringList{"0|0|a\r\nb", "0|1|c", "1|0|d", "1|1|e"};
        QTest::newRow("quote that never closes")
            << QStringLiteral("\"a,b\nc,d") << QStringList{"0|0|\"a", "0|1|b", "1|0|c", "1|1|d"};
        QTest::newRow("blank line") << QStringLiteral("a,b\n\nc,d\n")
                                    << QStringList{"0|0|a", "0|1|b", "2|0|c", "2|1|d"};
        QTest::newRow("old line ends")
            << QStringLiteral("a,b\rc,d") << QStringList{"0|0|a", "0|1|b", "1|0|c", "1|1|d"};
    }
    void readsCells() {
        QFETCH(QString, text);
        QFETCH(QStringList, expected);
        const std::string utf8 = text.toStdString();
        QStringList found;
        for (const Cell& cell : cells(utf8, Dialect{})) {
            found << QStringLiteral("%1|%2|%3")
                         .arg(cell.row)
                         .arg(cell.column)
                         .arg(QString::fromStdString(cellText(utf8, cell)));
        }
        QCOMPARE(found, expected);
    }

    void proposesRoles_data() {
        QTest::addColumn<QString>("header");
        QTest::addColumn<QStringList>("values");
        QTest::addColumn<QString>("role");
        const auto row = [](const char* header, QStringList values, const char* role) {
            QTest::newRow(*header == '\0' ? role : header)
                << QString::fromUtf8(header) << values << QString::fromUtf8(role);
        };
        row("患者ID", {}, "patient.id");
        row("カルテ番号", {}, "patient.id");
        row("患者氏名", {}, "patient.name");
        row("氏名（カナ）", {}, "patient.kana");
        row("フリガナ", {}, "patient.kana");
        row("生年月日", {}, "patient.birth-date");
        row("性別", {}, "patient.sex");
        row("年齢", {}, "patient.age");
        row("住所", {}, "patient.address");
        row("郵便番号", {}, "patient.postal-code");
        row("電話番号", {}, "patient.phone");
        row("メールアドレス", {}, "patient.email");
        row("被保険者番号", {}, "insurance.number");
        row("主治医", {}, "clinician.name");
        row("担当医コード", {}, "clinician.id");
        row("医療機関名", {}, "facility.name");
        row("医療機関コード", {}, "facility.id");
        row("家族電話", {}, "family.phone");
        row("検査日", {}, "document.date");
        row("検体番号", {}, "document.id");
        row("所見", {}, "text");
        row("Patient_ID", {}, "patient.id");
        row("PatientName", {}, "patient.name");
        row("Date of Birth", {}, "patient.birth-date");
        row("DOB", {}, "patient.birth-date");
        row("Tel", {}, "patient.phone");
        row("Platelet", {}, "");
        row("薬剤名", {}, "");
        row("検査項目", {}, "");
        row("日数", {}, "");
        row("", {"03-0123-4567", "090-0123-4567"}, "patient.phone");
        row("", {"104-0045", "530-0001"}, "patient.postal-code");
        row("", {"a@example.com", "b@example.jp"}, "patient.email");
        row("", {"2026-03-05", "2026-04-01"}, "document.date");
        row("", {"東京都中央区築地99", "大阪府大阪市北区99"}, "patient.address");
    }
    void proposesRoles() {
        QFETCH(QString, header);
        QFETCH(QStringList, values);
        QFETCH(QString, role);
        std::vector<std::string> list;
        for (const QString& value : values) {
            list.push_back(value.toStdString());
        }
        QCOMPARE(QString::fromStdString(columnRole(header.toStdString(), list)), role);
    }
};

QTEST_GUILESS_MAIN(TestTable)
#include "TestTable.moc"
