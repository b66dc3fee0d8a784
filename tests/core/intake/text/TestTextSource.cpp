#include <QDir>
#include <QDirIterator>
#include <QTest>

#include <map>

#include "core/intake/encoding/Unicode.h"
#include "core/intake/text/TextSource.h"

using namespace kamei;
using namespace kamei::intake::text;
using base::ErrorCode;
using intake::encoding::Encoding;

namespace {

QString shared() {
    const QString set = qEnvironmentVariable("KAMEI_SHARED");
    return set.isEmpty() ? QStringLiteral(KAMEI_SHARED_DEFAULT) : set;
}

std::string nested(int depth) {
    std::string out;
    for (int i = 0; i < depth; ++i) {
        out += "<a>";
    }
    for (int i = 0; i < depth; ++i) {
        out += "</a>";
    }
    return out;
}

const char* kCda = R"(<?xml version="1.0" encoding="UTF-8"?>
<ClinicalDocument xmlns="urn:hl7-org:v3"><typeId root="2.16.840.1.113883.1.3" extension="POCD_HD000040"/>
<id root="1.2.3" extension="DOC1"/><title>退院時要約</title><effectiveTime value="20260305"/>
<recordTarget><patientRole><id root="1.2.392.100495.20.3.51.11234567890" extension="00458812"/>
<addr><postalCode>104-0045</postalCode><streetAddressLine>東京都中央区築地99-1</streetAddressLine></addr>
<telecom value="tel:03-0123-4567"/><patient><name use="IDE">三上 陽子</name><name use="SYL">ミカミ ヨウコ</name>
<administrativeGenderCode code="F" codeSystem="2.16.840.1.113883.5.1"/><birthTime value="19580802"/>
<guardian><guardianPerson><name>三上 拓也</name></guardianPerson></guardian></patient>
<providerOrganization><name>みなと橋総合病院</name></providerOrganization></patientRole></recordTarget>
<author><time value="20260306"/><assignedAuthor><id root="1.2.9" extension="D77"/><assignedPerson><name>和泉 誠</name></assignedPerson>
<representedOrganization><name>みなと橋総合病院 内科</name></representedOrganization></assignedAuthor></author>
<legalAuthenticator><assignedEntity><assignedPerson><name>佐久間 一</name></assignedPerson></assignedEntity></legalAuthenticator>
<participant typeCode="IND"><associatedEntity classCode="NOK"><associatedPerson><name>三上 花</name></associatedPerson></associatedEntity></participant>
<component><structuredBody><component><section><text>長男 拓也さん同席 &amp; 説明</text></section></component></structuredBody></component>
</ClinicalDocument>)";

} // namespace

class TestTextSource : public QObject {
    Q_OBJECT

private slots:
    void rewritesInEveryEncoding_data() {
        QTest::addColumn<int>("encoding");
        QTest::newRow("utf-8") << int(Encoding::Utf8);
        QTest::newRow("cp932") << int(Encoding::Cp932);
        QTest::newRow("euc-jp") << int(Encoding::EucJp);
        QTest::newRow("iso-2022-jp") << int(Encoding::Iso2022Jp);
    }
    void rewritesInEveryEncoding() {
        QFETCH(int, encoding);
        const QString text = QStringLiteral("患者は三上陽子さん、電話は03-0123-4567です。①髙橋～\r\n");
        const auto bytes = intake::encoding::encode(text.toStdString(), static_cast<Encoding>(encoding));
        auto source = TextSource::read(*bytes, "text");
        QVERIFY(source.has_value());
        QCOMPARE(int(source->encoding()), encoding);
        const auto same = source->rewrite({});
        QCOMPARE(QByteArray::fromStdString(*same), QByteArray::fromStdString(*bytes));
        const auto out = source->rewrite({{3, 7, "[氏名]"}, {13, 25, "[電話]"}});
        QVERIFY(out.has_value());
        const auto back = intake::encoding::decode(*out, static_cast<Encoding>(encoding));
        QVERIFY(back.has_value());
        QCOMPARE(QString::fromStdString(*back),
                 QStringLiteral("患者は[氏名]さん、電話は[電話]です。①髙橋～\r\n"));
    }

    void namesRolesOfCda_data() {
        QTest::addColumn<QString>("content");
        QTest::addColumn<QString>("role");
        const auto row = [](const char* content, const char* role) {
            QTest::newRow(content) << QString::fromUtf8(content) << QString::fromUtf8(role);
        };
        row("三上 陽子", "patient.name");
        row("ミカミ ヨウコ", "patient.kana");
        row("00458812", "patient.id");
        row("1.2.392.100495.20.3.51.11234567890", "facility.id");
        row("19580802", "patient.birth-date");
        row("F", "patient.sex");
        row("104-0045", "patient.postal-code");
        row("東京都中央区築地99-1", "patient.address");
        row("tel:03-0123-4567", "patient.phone");
        row("三上 拓也", "family.name");
        row("三上 花", "family.name");
        row("みなと橋総合病院", "facility.name");
        row("みなと橋総合病院 内科", "facility.name");
        row("和泉 誠", "clinician.name");
        row("D77", "clinician.id");
        row("佐久間 一", "clinician.name");
        row("20260305", "document.date");
        row("20260306", "document.date");
        row("DOC1", "document.id");
        row("POCD_HD000040", "structure");
        row("長男 拓也さん同席 & 説明", "text");
        row("退院時要約", "text");
    }
    void namesRolesOfCda() {
        QFETCH(QString, content);
        QFETCH(QString, role);
        const auto source = TextSource::read(kCda, "cda");
        QVERIFY(source.has_value());
        for (const Segment& segment : source->segments()) {
            if (QString::fromStdString(source->content(segment)) == content) {
                QCOMPARE(QString::fromStdString(segment.role), role);
                return;
            }
        }
        QFAIL("no such segment");
    }

    void escapesWhatItWrites() {
        const std::string xml = "<a b='x&amp;y' c=\"z\">p&lt;q<![CDATA[r<s]]><!-- t --></a>";
        const auto source = TextSource::read(xml, "xml");
        QVERIFY(source.has_value());
        std::vector<TextSource::Replacement> all;
        for (const Segment& segment : source->segments()) {
            all.push_back({segment.start, segment.end, "<'\"&]]>--"});
        }
        QCOMPARE(all.size(), std::size_t(5));
        const auto out = source->rewrite(all);
        QVERIFY(out.has_value());
        QCOMPARE(
            QString::fromStdString(*out),
            QStringLiteral(
                "<a b='&lt;&apos;&quot;&amp;]]&gt;--' c=\"&lt;&apos;&quot;&amp;]]&gt;--\">"
                "&lt;&apos;&quot;&amp;]]&gt;--<![CDATA[<'\"&]]]]><![CDATA[>--]]><!--<'\"&]]>- ---></a>"));
        QVERIFY(TextSource::read(*out, "xml").has_value());
    }

    void mapsPlacesThroughEscapes() {
        const auto source = TextSource::read("<a>x&amp;山&#x7530;z</a>", "xml");
        const Segment& segment = source->segments().front();
        QCOMPARE(QString::fromStdString(source->content(segment)), QStringLiteral("x&山田z"));
        QCOMPARE(source->toDocument(segment, 0), 3);
        QCOMPARE(source->toDocument(segment, 2), 9);
        QCOMPARE(source->toDocument(segment, 4), 18);
        const auto out = source->rewrite({{9, 12, "N"}}); // cuts into the reference: it goes as a whole
        QCOMPARE(QString::fromStdString(*out), QStringLiteral("<a>x&amp;Nz</a>"));
    }

    void keepsMarkupThatAReplacementCrosses() {
        const auto source = TextSource::read("<n><f>山田</f><g>太郎</g></n>", "xml");
        const auto out = source->rewrite({{6, 17, "S-1"}});
        QVERIFY(out.has_value());
        QCOMPARE(QString::fromStdString(*out), QStringLiteral("<n><f>S-1</f><g></g></n>"));
        QCOMPARE(source->rewrite({{0, 2, "x"}}).error().code, ErrorCode::InvalidArgument);
    }

    void quotesCells() {
        const auto source =
            TextSource::read("id,name,note\n1,Yamada Taro,plain text\n2,\"a \"\"b\"\"\",x\n", "csv");
        QVERIFY(source.has_value());
        QVERIFY(source->hasHeader());
        std::map<std::pair<std::int64_t, int>, Segment> cells;
        for (const Segment& cell : source->segments()) {
            cells[{cell.row, cell.column}] = cell;
        }
        const Segment bare = cells[{1, 1}];
        const Segment quoted = cells[{2, 1}];
        QCOMPARE(QString::fromStdString(source->content(quoted)), QStringLiteral("a \"b\""));
        const auto out = source->rewrite({{bare.start, bare.start + 6, "A,B"},
                                          {bare.end - 4, bare.end, "C"},
                                          {quoted.start, quoted.start + 1, "\""}});
        QVERIFY(out.has_value());
        QCOMPARE(QString::fromStdString(*out),
                 QStringLiteral("id,name,note\n1,\"A,B C\",plain text\n2,\"\"\" \"\"b\"\"\",x\n"));
    }

    void refusesHostileXml_data() {
        QTest::addColumn<QByteArray>("xml");
        QTest::addColumn<int>("code");
        QTest::newRow("billion laughs")
            << QByteArray("<!DOCTYPE l [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;\">]><l>&b;</l>")
            << int(ErrorCode::EntityRefused);
        QTest::newRow("external entity")
            << QByteArray("<!DOCTYPE f [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><f>&x;</f>")
            << int(ErrorCode::EntityRefused);
        QTest::newRow("parameter entity")
            << QByteArray("<!DOCTYPE f [<!ENTITY % p SYSTEM \"http://example.org/\"> %p;]><f/>")
            << int(ErrorCode::EntityRefused);
        QTest::newRow("undeclared entity") << QByteArray("<f>&x;</f>") << int(ErrorCode::EntityRefused);
        QTest::newRow("entity in an attribute")
            << QByteArray("<f a='&x;'/>") << int(ErrorCode::EntityRefused);
        QTest::newRow("forbidden character by number")
            << QByteArray("<f>&#0;</f>") << int(ErrorCode::EntityRefused);
        QTest::newRow("deep nesting") << QByteArray::fromStdString(nested(257)) << int(ErrorCode::TooDeep);
        QTest::newRow("very deep nesting")
            << QByteArray::fromStdString(nested(200000)) << int(ErrorCode::TooDeep);
        QTest::newRow("cut in a tag") << QByteArray("<a><b c=\"d") << int(ErrorCode::Truncated);
        QTest::newRow("cut in a text") << QByteArray("<a>bc") << int(ErrorCode::Truncated);
        QTest::newRow("crossed tags") << QByteArray("<a><b></a></b>") << int(ErrorCode::Malformed);
        QTest::newRow("two roots") << QByteArray("<a/><b/>") << int(ErrorCode::Malformed);
        QTest::newRow("text before the root") << QByteArray("x<a/>") << int(ErrorCode::Malformed);
        QTest::newRow("no root") << QByteArray("<!-- a -->") << int(ErrorCode::Malformed);
    }
    void refusesHostileXml() {
        QFETCH(QByteArray, xml);
        QFETCH(int, code);
        const auto source = TextSource::read(xml.toStdString(), "xml");
        QVERIFY(!source.has_value());
        QCOMPARE(int(source.error().code), code);
    }

    void takesDeepButAllowedXml() { QVERIFY(TextSource::read(nested(256), "xml").has_value()); }

    void believesXmlDeclarations() {
        const std::string utf8 = "<?xml version=\"1.0\" encoding=\"Shift_JIS\"?><氏名>髙</氏名>";
        const auto bytes = intake::encoding::encode(utf8, Encoding::Cp932);
        const auto source = TextSource::read(*bytes, "xml");
        QVERIFY(source.has_value());
        QCOMPARE(int(source->encoding()), int(Encoding::Cp932));
        QVERIFY(!source->encodingDoubtful());
        QCOMPARE(QString::fromStdString(source->segments().front().role), QStringLiteral("patient.name"));
    }

    void samplesComeBackByteForByte_data() {
        QTest::addColumn<QString>("path");
        QTest::newRow("none") << QString();
        QDirIterator files(shared() + "/data/samples/text", QDir::Files, QDirIterator::Subdirectories);
        int number = 0;
        while (files.hasNext()) {
            const QString path = files.next();
            QTest::newRow(qPrintable(QString::number(++number))) << path;
        }
    }
    void samplesComeBackByteForByte() {
        QFETCH(QString, path);
        if (path.isEmpty()) {
            if (!QDir(shared() + "/data/samples/text").exists()) {
                QSKIP("the shared samples are not here");
            }
            return;
        }
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const std::string bytes = file.readAll().toStdString();
        const char* format = path.endsWith(".xml") ? "cda" : path.endsWith(".csv") ? "csv" : "text";
        const auto source = TextSource::read(bytes, format);
        if (!source) {
            QVERIFY2(path.endsWith(".ncpdp") || path.contains("OML"),
                     base::errorWord(source.error().code).data());
            return;
        }
        QVERIFY(*source->rewrite({}) == bytes);
        // Writing every segment's own content again changes nothing a reader would see.
        std::vector<TextSource::Replacement> all;
        for (const Segment& segment : source->segments()) {
            QVERIFY(segment.start <= segment.end && segment.end <= source->length());
            all.push_back({segment.start, segment.end, source->content(segment)});
        }
        const auto again = TextSource::read(*source->rewrite(all), format);
        QVERIFY(again.has_value());
        QCOMPARE(again->segments().size(), source->segments().size());
        for (std::size_t i = 0; i < again->segments().size(); ++i) {
            QVERIFY(again->content(again->segments()[i]) == source->content(source->segments()[i]));
        }
    }
};

QTEST_GUILESS_MAIN(TestTextSource)
#include "TestTextSource.moc"
