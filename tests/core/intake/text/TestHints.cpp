#include <QTest>

#include "core/intake/text/Hints.h"

using namespace kamei;
using namespace kamei::intake::text;

namespace {

TextSource read(const QString& text, const char* format) {
    auto source = TextSource::read(text.toStdString(), format);
    return source ? std::move(*source) : TextSource();
}

QStringList names(const model::SubjectHint& hint) {
    QStringList out;
    for (const std::string& name : hint.names) {
        out << QString::fromStdString(name);
    }
    return out;
}

} // namespace

class TestHints : public QObject {
    Q_OBJECT

private slots:
    void readsHeadsOfTexts_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("id");
        QTest::addColumn<QStringList>("people");
        QTest::addColumn<QString>("birth");
        QTest::addColumn<QString>("sex");
        QTest::newRow("one a line")
            << QStringLiteral("退院時要約\n患者ID：00458812\n氏名：三上　陽子 様\nカナ：ミカミ　ヨウコ\n"
                              "生年月日：昭和33年8月2日（67歳）\n性別：女\n主治医：和泉 誠\n")
            << QStringLiteral("00458812") << QStringList{"三上　陽子", "ミカミ　ヨウコ"}
            << QStringLiteral("19580802") << QStringLiteral("F");
        QTest::newRow("several in one line")
            << QStringLiteral("患者番号: A-0012　氏名: 戸川 理恵（トガワ リエ）　性別: 女性　生年月日: "
                              "1970/01/05　年齢: 56歳")
            << QStringLiteral("A-0012") << QStringList{"戸川 理恵", "トガワ リエ"}
            << QStringLiteral("19700105") << QStringLiteral("F");
        QTest::newRow("english")
            << QStringLiteral("Patient ID: P99\nPatient Name: Mikami Yoko\nDOB: 08/02/1958\nSex: F\n")
            << QStringLiteral("P99") << QStringList{"Mikami Yoko"} << QStringLiteral("19580802")
            << QStringLiteral("F");
        QTest::newRow("columns by blanks")
            << QStringLiteral("氏名　　三上 陽子\n患者ID　00458812\n") << QStringLiteral("00458812")
            << QStringList{"三上 陽子"} << QString() << QString();
        QTest::newRow("a doctor's name is not the patient's")
            << QStringLiteral("主治医氏名：和泉 誠\n") << QString() << QStringList{} << QString()
            << QString();
        QTest::newRow("nothing said")
            << QStringLiteral("本日、発熱にて受診。") << QString() << QStringList{} << QString() << QString();
    }
    void readsHeadsOfTexts() {
        QFETCH(QString, text);
        QFETCH(QString, id);
        QFETCH(QStringList, people);
        QFETCH(QString, birth);
        QFETCH(QString, sex);
        const model::SubjectHint hint = subjectHint(read(text, "text"));
        QCOMPARE(QString::fromStdString(hint.patientId), id);
        QCOMPARE(names(hint), people);
        QCOMPARE(QString::fromStdString(hint.birthDate), birth);
        QCOMPARE(QString::fromStdString(hint.sex), sex);
    }

    void readsHeadersOfCda() {
        const TextSource source = read(
            QStringLiteral(
                "<ClinicalDocument "
                "xmlns=\"urn:hl7-org:v3\"><title>診療情報提供書</title><recordTarget><patientRole>"
                "<id root=\"1.2.392.100495.20.3.51.11234567890\" extension=\"00458812\"/><patient>"
                "<name use=\"IDE\"><family>三上</family><given>陽子</given></name>"
                "<name use=\"SYL\"><family>ミカミ</family><given>ヨウコ</given></name>"
                "<administrativeGenderCode code=\"F\"/><birthTime value=\"19580802\"/></patient>"
                "</patientRole></recordTarget><author><assignedAuthor><assignedPerson><name>和泉 誠</name>"
                "</assignedPerson></assignedAuthor></author></ClinicalDocument>"),
            "cda");
        const model::SubjectHint hint = subjectHint(source);
        QCOMPARE(QString::fromStdString(hint.patientId), QStringLiteral("00458812"));
        QCOMPARE(names(hint), (QStringList{"三上 陽子", "ミカミ ヨウコ"}));
        QCOMPARE(QString::fromStdString(hint.birthDate), QStringLiteral("19580802"));
        QCOMPARE(QString::fromStdString(hint.sex), QStringLiteral("F"));
        QCOMPARE(QString::fromStdString(titleOf(source)), QStringLiteral("診療情報提供書"));
    }

    void listsPeopleOfTables() {
        const TextSource source =
            read(QStringLiteral("患者ID,氏名,検査項目,値\n001,三上陽子,Hb,12.1\n001,三上陽子,WBC,5400\n"
                                "002,戸川理恵,Hb,13.0\n"),
                 "csv");
        const auto hints = tableHints(source);
        QCOMPARE(hints.size(), std::size_t(2));
        QCOMPARE(QString::fromStdString(hints[1].patientId), QStringLiteral("002"));
        QCOMPARE(names(hints[0]), (QStringList{"三上陽子"}));
    }

    void titlesAreShort() {
        QCOMPARE(QString::fromStdString(
                     titleOf(read(QStringLiteral("\n＝＝＝\n退院時要約　2026-03\n本文"), "text"))),
                 QStringLiteral("退院時要約　2026-03"));
        QCOMPARE(QString::fromStdString(titleOf(read(QString(200, QChar(u'あ')), "text"))).size(), 30);
    }
};

QTEST_GUILESS_MAIN(TestHints)
#include "TestHints.moc"
