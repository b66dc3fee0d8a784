#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QTest>
#include <QXmlStreamReader>

#include "core/release/Html.h"
#include "core/release/Report.h"
#include "core/release/Sentences.h"

using namespace kamei::release;
using kamei::model::Action;
using kamei::model::DecisionState;
using kamei::model::Requirement;

namespace {

ReportData data() {
    ReportData out;
    out.title = "肺がん <診断AI> & \"共同研究\"";
    out.sheet.newPurpose = "診断支援プログラムの研究開発\n<script>alert(1)</script>";
    out.sheet.jointUsers = "株式会社ミナトメディカルAI（架空）";
    out.sheet.keepDeletedInformation = true;
    out.sheet.keepReason = "山田太郎さんの照会に備える";
    out.sheet.keepUntil = "2027-03-31";
    out.policy.options = {"clean-pixel-data"};
    out.files = 1'234'567;
    out.kinds = {{kamei::model::AssetKind::DicomSeries, 12, 1946}};
    RuleCount rule;
    rule.rule = "dicom.patient-name";
    rule.itemJa = "患者の氏名";
    rule.itemEn = "Patient's Name";
    rule.requirement = Requirement::Required;
    rule.state = DecisionState::Accepted;
    rule.action = Action::Delete;
    rule.count = 41;
    out.rules.push_back(rule);
    rule.itemJa = "退けた項目";
    rule.itemEn = "overruled item";
    rule.state = DecisionState::Rejected;
    rule.action = Action::Keep;
    out.rules.push_back(rule);
    rule.itemJa = "未実施の項目";
    rule.itemEn = "unfinished item";
    rule.requirement = Requirement::Recommended;
    rule.state = DecisionState::Open;
    out.rules.push_back(rule);
    out.leftIn = 4711;
    out.leftInPlaces = 90210;
    out.reviewers = {{"森田 彩", 12}};
    return out;
}

using Page = kamei::base::Expected<std::string> (*)(const ReportData&);

} // namespace

class DocumentsTest : public QObject {
    Q_OBJECT

private slots:
    void pagesAreWellFormed_data() {
        QTest::addColumn<int>("page");
        QTest::newRow("report") << 0;
        QTest::newRow("terms") << 1;
        QTest::newRow("notice") << 2;
    }
    void pagesAreWellFormed() {
        QFETCH(int, page);
        const Page make =
            std::array<Page, 3>{reportHtml, termsHtml, noticeHtml}[static_cast<std::size_t>(page)];
        const auto html = make(data());
        QVERIFY(html.has_value());
        QString text = QString::fromStdString(*html);
        QVERIFY(!text.contains("<script"));
        QVERIFY(!text.contains("http:") && !text.contains("https:")); // no network
        QVERIFY(!text.contains("山田太郎"));                          // reasons stay in the workspace
        QVERIFY(text.contains("lang=\"ja\"") && text.contains("lang=\"en\""));
        // Every key has its sentence: none is shown by its name.
        QVERIFY(!text.contains(
            QRegularExpression(">(report|terms|notice|step|kind|action|category|requirement)\\.")));
        text.remove("<!doctype html>\n");
        text.replace("<br>", "<br/>");
        text.replace(QRegularExpression("<meta ([^>]*)>"), "<meta \\1/>");
        QXmlStreamReader reader(text);
        while (!reader.atEnd()) {
            reader.readNext();
        }
        QVERIFY2(!reader.hasError(), qPrintable(reader.errorString()));
    }

    void reportTellsWhatIsOpen() {
        const QString html = QString::fromStdString(*reportHtml(data()));
        QVERIFY(html.contains("1,234,567"));
        QVERIFY(html.contains("肺がん &lt;診断AI&gt; &amp; &quot;共同研究&quot;"));
        QCOMPARE(html.count("退けた項目"), 2); // among all, and as overruled
        QCOMPARE(html.count("unfinished item"), 2);
        QCOMPARE(html.count("患者の氏名"), 1);
        for (int step = 1; step <= 8; ++step) {
            QVERIFY(html.contains(QString("<td class=\"n\">%1</td>").arg(step)) ||
                    html.contains(QString("<td>%1</td>").arg(step)));
        }
        const QJsonObject json =
            QJsonDocument::fromJson(QByteArray::fromStdString(reportJson(data()))).object();
        QCOMPARE(json["overruled"].toArray().size(), 1);
        QCOMPARE(json["leftIn"].toObject()["findings"].toInt(), 4711);
        QCOMPARE(json["leftIn"].toObject()["places"].toInt(), 90210);
        QCOMPARE(html.count("4,711"), 2); // in both languages
        QCOMPARE(html.count("90,210"), 2);
        QCOMPARE(json["unfinished"].toArray().size(), 1);
        QCOMPARE(json["steps"].toArray().size(), 8);
        QVERIFY(!QString::fromStdString(reportJson(data())).contains("山田太郎"));
    }

    void reportSaysConfirmedOnlyOfWhatIs_data() {
        QTest::addColumn<std::int64_t>("confirmed");
        QTest::addColumn<QString>("said");
        QTest::newRow("nothing") << std::int64_t{0} << "Nothing was confirmed by eye yet.";
        QTest::newRow("a part") << std::int64_t{1} << "Only a part was confirmed by eye";
        QTest::newRow("all") << std::int64_t{3} << "The files in this data set are those bytes.";
    }
    void reportSaysConfirmedOnlyOfWhatIs() {
        QFETCH(std::int64_t, confirmed);
        QFETCH(QString, said);
        ReportData report = data();
        report.assets = 3;
        report.confirmedAssets = confirmed;
        const QString html = QString::fromStdString(*reportHtml(report));
        for (const char* sentence : {"Nothing was confirmed by eye yet.", "Only a part was confirmed by eye",
                                     "The files in this data set are those bytes."}) {
            QCOMPARE(html.contains(sentence), said == sentence);
        }
        // Who confirmed and when is asked of nobody where nothing was.
        QCOMPARE(html.contains("First confirmation"), confirmed > 0);
    }

    void noticeHasTheSixItems() {
        const QString html = QString::fromStdString(*noticeHtml(data()));
        for (const char* item :
             {"変更後の利用目的", "共同利用をする旨", "個人データの項目", "共同して利用する者の範囲",
              "利用する者の利用目的", "管理について責任を有する者"}) {
            QVERIFY2(html.contains(item), item);
        }
        QVERIFY(html.contains("&lt;script&gt;alert(1)&lt;/script&gt;"));
        QVERIFY(html.contains("（未記入）"));
    }

    void escapes_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("html");
        QTest::newRow("markup") << QByteArray("<b a='1'>\"&\"</b>")
                                << QByteArray("&lt;b a=&#39;1&#39;&gt;&quot;&amp;&quot;&lt;/b&gt;");
        QTest::newRow("line ends") << QByteArray("a\r\nb") << QByteArray("a<br>b");
        QTest::newRow("control characters") << QByteArray("a\0\x1b\x7f"
                                                          "b",
                                                          5)
                                            << QByteArray("ab");
        QTest::newRow("Japanese") << QByteArray("氏名") << QByteArray("氏名");
    }
    void escapes() {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, html);
        QCOMPARE(QByteArray::fromStdString(escaped(text.toStdString())), html);
    }

    void sentencesAreRefusedWhenBroken_data() {
        QTest::addColumn<QString>("tsv");
        QTest::newRow("no English") << "key\tja";
        QTest::newRow("empty") << "key\t\ten";
        QTest::newRow("twice") << "key\tja\ten\nkey\tja\ten";
        QTest::newRow("too many columns") << "key\tja\ten\tmore";
    }
    void sentencesAreRefusedWhenBroken() {
        QFETCH(QString, tsv);
        QVERIFY(!Sentences::parse(tsv.toStdString()).has_value());
    }
};

QTEST_APPLESS_MAIN(DocumentsTest)
#include "DocumentsTest.moc"
