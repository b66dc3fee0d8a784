#include <QTest>

#include <map>

#include "core/intake/encoding/Encoding.h"
#include "core/intake/text/TextSource.h"

using namespace kamei;
using namespace kamei::intake::text;
using base::ErrorCode;
using intake::encoding::Encoding;

namespace {

const std::string kMessage =
    "MSH|^~\\&|HIS|みなと橋総合病院|GW|RCV|20240603163012345||OUL^R22^OUL_R22|00158438|P|2.5||||||%SET%||"
    "ISO2022-1994\r"
    "PID|0001||00458812^^^MINATO^PI||三上^陽子^^^^^L^I~ミカミ^ヨウコ^^^^^L^P||19580802|F|||^^^^104-0045^JPN^"
    "H^"
    "東京都中央区築地99-1||^PRN^PH^^^^^^^^^03-0123-4567\r"
    "OBR|1|081251234567800|200812623456781|6B0100000017742^培養同定(一般細菌)^JC10|||202406030800|||D77^和泉^"
    "誠\r"
    "OBX|1|NM|3B0350000023271^CRP^JC10||0.31|mg/dL^mg/dL^UCUM|-0.30|H|||F|||202406030915\r"
    "OBX|2|TX|99Z01^コメント^L||三上さん \\T\\ 長男 \\H\\拓也\\N\\さんに説明\\.br\\続き||||||F\r"
    "ZPI|秘密|三上拓也\r";

std::string message(const std::string& set) {
    std::string out = kMessage;
    out.replace(out.find("%SET%"), 5, set);
    return out;
}

std::string encoded(const std::string& utf8, Encoding encoding) {
    const auto bytes = intake::encoding::encode(utf8, encoding);
    return bytes ? *bytes : std::string();
}

const char* kPatient =
    "{\n"
    "  \"resourceType\" : \"Patient\",  \"id\":\"p1\",\n"
    "  \"extension\": [{\"url\": \"http://hospital.example/secret\", \"valueString\": \"ZZSECRET\"}],\n"
    "  \"identifier\": [{\"system\": \"urn:oid:1.2.392.100495.20.3.51.11234567890\", \"value\": "
    "\"00458812\"}],\n"
    "  \"name\": [{\"extension\": [{\"url\": "
    "\"http://hl7.org/fhir/StructureDefinition/iso21090-EN-representation\",\n"
    "    \"valueCode\": \"IDE\"}], \"use\": \"official\", \"text\": \"三上 陽子\", \"family\": "
    "\"\\u4e09\\u4e0a\", \"given\": [\"陽子\"]}],\n"
    "  \"telecom\": [{\"system\": \"phone\", \"value\": \"03-0123-4567\"}],\n"
    "  \"gender\": \"female\", \"birthDate\": \"1958-08-02\", \"vendorName\": {\"deep\": [\"ZZVENDOR\"]},\n"
    "  \"text\": {\"status\": \"generated\", \"div\": \"<div "
    "xmlns=\\u0022http://www.w3.org/1999/xhtml\\u0022>三上 &amp; <b>長男</b></div>\"},\n"
    "  \"multipleBirthInteger\": 2\n"
    "}";

std::map<std::string, std::string> rolesOf(const TextSource& source) {
    std::map<std::string, std::string> out;
    for (const Segment& segment : source.segments()) {
        out.emplace(segment.path, segment.role);
    }
    return out;
}

const Segment& at(const TextSource& source, const std::string& path) {
    for (const Segment& segment : source.segments()) {
        if (segment.path == path) {
            return segment;
        }
    }
    qFatal("no such part");
}

std::string deep(int depth) {
    return "{\"resourceType\":\"Patient\",\"name\":" + std::string(static_cast<std::size_t>(depth), '[') +
           std::string(static_cast<std::size_t>(depth), ']') + "}";
}

} // namespace

class TestMessages : public QObject {
    Q_OBJECT

private slots:
    void everyCharacterSetComesBackByteForByte_data() {
        QTest::addColumn<QString>("set");
        QTest::addColumn<int>("encoding");
        QTest::newRow("ISO IR87 in escapes") << "~ISO IR87" << int(Encoding::Iso2022Jp);
        QTest::newRow("UNICODE UTF-8") << "UNICODE UTF-8" << int(Encoding::Utf8);
        QTest::newRow("Shift_JIS, whose second bytes look like delimiters")
            << "SHIFT_JIS" << int(Encoding::Cp932);
        QTest::newRow("nothing declared") << "" << int(Encoding::Cp932);
    }
    void everyCharacterSetComesBackByteForByte() {
        QFETCH(QString, set);
        QFETCH(int, encoding);
        // 表 and ソ end in CP932 with the byte of a backslash, ポ with that of a bar.
        const std::string text = message(set.toStdString()) + "NTE|1|L|表ソポ予\r";
        const std::string bytes = encoded(text, static_cast<Encoding>(encoding));
        const auto source = TextSource::read(bytes, "hl7v2");
        QVERIFY(source.has_value());
        QCOMPARE(int(source->encoding()), encoding);
        QVERIFY(!source->encodingDoubtful());
        QCOMPARE(*source->rewrite({}), bytes);
        QCOMPARE(source->content(at(*source, "NTE-3.1")), std::string("表ソポ予"));
        const Segment& family = at(*source, "PID-5.1");
        const auto out = source->rewrite({{family.start, family.end, "A|B^C&D~E\\F\nG"}});
        QVERIFY(out.has_value());
        const auto again = TextSource::read(*out, "hl7v2");
        QVERIFY(again.has_value());
        QCOMPARE(again->content(at(*again, "PID-5.1")), std::string("A|B^C&D~E\\F\nG"));
        QCOMPARE(again->content(at(*again, "PID-5.2")), std::string("陽子"));
        QCOMPARE(again->segments().size(), source->segments().size());
    }

    void aSetThatTheBytesDoNotHaveIsDoubtful() {
        const auto source = TextSource::read(encoded(message("UNICODE UTF-8"), Encoding::Cp932), "hl7v2");
        QVERIFY(source.has_value());
        QVERIFY(source->encodingDoubtful());
        QCOMPARE(int(source->encoding()), int(Encoding::Cp932));
    }

    void fieldsHaveTheRolesOfTheirDataTypes_data() {
        QTest::addColumn<QString>("path");
        QTest::addColumn<QString>("role");
        const auto row = [](const char* path, const char* role) { QTest::newRow(path) << path << role; };
        row("MSH-4.1", "facility.id");
        row("MSH-7.1", "document.date");
        row("MSH-9.1", "structure");
        row("MSH-10.1", "document.id");
        row("PID-3.1", "patient.id");
        row("PID-3.4", "facility.id");
        row("PID-3.5", "structure");
        row("PID-5.1", "patient.name");
        row("PID-5[2].1", "patient.kana");
        row("PID-7.1", "patient.birth-date");
        row("PID-8.1", "patient.sex");
        row("PID-11.5", "patient.postal-code");
        row("PID-11.8", "patient.address");
        row("PID-13.12", "patient.phone");
        row("OBR-2.1", "order.id");
        row("OBR-4.1", "structure");
        row("OBR-4.2", "text");
        row("OBR-7.1", "document.date");
        row("OBR-10.1", "clinician.id");
        row("OBR-10.2", "clinician.name");
        row("OBX-5.1", "structure");
        row("OBX-14.1", "document.date");
        row("ZPI", "local");
    }
    void fieldsHaveTheRolesOfTheirDataTypes() {
        QFETCH(QString, path);
        QFETCH(QString, role);
        const auto source = TextSource::read(message("UNICODE UTF-8"), "hl7v2");
        QVERIFY(source.has_value());
        QCOMPARE(QString::fromStdString(rolesOf(*source)[path.toStdString()]), role);
    }

    void aMessageSaysWhomItIsAbout() {
        const auto source = TextSource::read(message("UNICODE UTF-8"), "hl7v2");
        QCOMPARE(source->people().size(), std::size_t(1));
        const model::SubjectHint& hint = source->people().front();
        QCOMPARE(hint.patientId, std::string("00458812"));
        QCOMPARE(hint.issuer, std::string("MINATO"));
        QCOMPARE(hint.birthDate, std::string("19580802"));
        QCOMPARE(hint.sex, std::string("F"));
        QVERIFY((hint.names == std::vector<std::string>{"三上^陽子", "ミカミ^ヨウコ"}));
    }

    void severalMessagesKeepTheirPeopleApart() {
        std::string other = message("UNICODE UTF-8");
        other.replace(other.find("00458812"), 8, "00999999");
        const auto source = TextSource::read(
            "FHS|^~\\&|A\rBHS|^~\\&|A\r" + message("UNICODE UTF-8") + other + "BTS|2\rFTS|1\r", "hl7v2");
        QVERIFY(source.has_value());
        QCOMPARE(source->people().size(), std::size_t(2));
        std::map<std::string, std::int32_t> personOf;
        for (const Segment& segment : source->segments()) {
            if (segment.path == "PID-3.1") {
                personOf[source->content(segment)] = segment.person;
            }
        }
        QVERIFY(personOf["00458812"] != personOf["00999999"]);
    }

    void framesAndLineEndsStay_data() {
        QTest::addColumn<QByteArray>("bytes");
        const QByteArray text = QByteArray::fromStdString(message("~ISO IR87"));
        QTest::newRow("MLLP") << QByteArray("\x0B") + text + QByteArray("\x1C\r");
        QTest::newRow("two MLLP frames") << (QByteArray("\x0B") + text + QByteArray("\x1C\r")).repeated(2);
        QTest::newRow("CR LF") << QByteArray(text).replace('\r', "\r\n");
        QTest::newRow("LF") << QByteArray(text).replace('\r', '\n');
        QTest::newRow("lines too short to be segments") << text + QByteArray("\r \rA\rAB\r");
        QTest::newRow("no last segment terminator") << text.chopped(1);
    }
    void framesAndLineEndsStay() {
        QFETCH(QByteArray, bytes);
        const std::string jis = encoded(bytes.toStdString(), Encoding::Iso2022Jp);
        const auto source = TextSource::read(jis, "hl7v2");
        QVERIFY(source.has_value());
        QCOMPARE(*source->rewrite({}), jis);
        QCOMPARE(source->people().size(), std::size_t(1));
        QCOMPARE(source->content(at(*source, "PID-5.1")), std::string("三上"));
        QVERIFY(rolesOf(*source).contains("OBX-5.1"));
    }

    void escapesMeanWhatTheyStandFor_data() {
        QTest::addColumn<QByteArray>("written");
        QTest::addColumn<QString>("content");
        QTest::addColumn<QString>("role");
        QTest::newRow("delimiters") << QByteArray("a\\F\\b\\S\\c\\T\\d\\R\\e\\E\\f") << "a|b^c&d~e\\f"
                                    << "text";
        QTest::newRow("line breaks") << QByteArray("a\\.br\\b\\.sp+2\\c") << "a\nb\nc"
                                     << "text";
        QTest::newRow("highlighting") << QByteArray("\\H\\a\\N\\b") << "ab"
                                      << "text";
        QTest::newRow("characters by their bytes")
            << QByteArray("\\XE4B889E4B88A\\様") << QStringLiteral("三上様") << "text";
        QTest::newRow("bytes that are no text") << QByteArray("\\XFFFE\\") << "\\XFFFE\\"
                                                << "local";
        QTest::newRow("escapes of the site") << QByteArray("a\\Z12\\b") << "a\\Z12\\b"
                                             << "local";
        QTest::newRow("other character sets") << QByteArray("\\C2842\\a") << "\\C2842\\a"
                                              << "local";
        QTest::newRow("a path is no escape") << QByteArray("C:\\data\\x") << "C:\\data\\x"
                                             << "text";
        QTest::newRow("never closed") << QByteArray("a\\X4142") << "a\\X4142"
                                      << "text";
    }
    void escapesMeanWhatTheyStandFor() {
        QFETCH(QByteArray, written);
        QFETCH(QString, content);
        QFETCH(QString, role);
        const std::string bytes = "MSH|^~\\&|A|B|C|D|2024||ORU^R01|1|P|2.5||||||UNICODE UTF-8\rNTE|1|L|" +
                                  written.toStdString() + "\r";
        const auto source = TextSource::read(bytes, "hl7v2");
        QVERIFY(source.has_value());
        const Segment& note = at(*source, "NTE-3.1");
        QCOMPARE(QString::fromStdString(source->content(note)), content);
        QCOMPARE(QString::fromStdString(note.role), role);
    }

    void aRangeInsideAnEscapeTakesItWhole() {
        const std::string head = "MSH|^~\\&|A|B|C|D|2024||ORU^R01|1|P|2.5||||||UNICODE UTF-8\rNTE|1|L|";
        const auto source = TextSource::read(head + "x\\XE4B889E4B88A\\様子\r", "hl7v2");
        QVERIFY(source.has_value());
        const Segment& note = at(*source, "NTE-3.1");
        const std::int64_t from = source->toDocument(note, 2); // 上
        const std::int64_t to = source->toDocument(note, 4);   // behind 様
        QCOMPARE(*source->rewrite({{from, to, "[氏名]"}}), head + "x[氏名]子\r");
    }

    void brokenMessagesAreRefusedByName_data() {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("why");
        QTest::newRow("no header") << QByteArray("PID|1||00458812\r") << "MSH";
        QTest::newRow("a batch without messages") << QByteArray("FHS|^~\\&|A\rFTS|0\r") << "MSH";
        QTest::newRow("equal delimiters") << QByteArray("MSH|^^^^|A\rPID|1||1\r") << "delimiters";
        QTest::newRow("letters as delimiters") << QByteArray("MSH|AB\\&|A\r") << "delimiters";
        QTest::newRow("cut after three letters") << QByteArray("MSH") << "delimiters";
        QTest::newRow("two kinds of delimiters")
            << QByteArray("MSH|^~\\&|A|B\rPID|1||1\rMSH#^~\\&#A#B\rPID#1##1\r") << "delimiters";
    }
    void brokenMessagesAreRefusedByName() {
        QFETCH(QByteArray, bytes);
        QFETCH(QString, why);
        const auto source = TextSource::read(bytes.toStdString(), "hl7v2");
        QVERIFY(!source.has_value());
        QCOMPARE(int(source.error().code), int(ErrorCode::Malformed));
        QCOMPARE(QString::fromStdString(source.error().args.front()), why);
    }

    void otherDelimitersWork() {
        const auto source = TextSource::read(
            "MSH$%*?@$A$B$C$D$2024$$ADT%A01$1$P$2.5\rPID$1$$77%%%M$$三上%陽子?T?\r", "hl7v2");
        QVERIFY(source.has_value());
        QCOMPARE(source->content(at(*source, "PID-5.2")), std::string("陽子@"));
        QCOMPARE(source->people().front().names.front(), std::string("三上^陽子@"));
    }

    void oneLineOfManyMegabytesIsRead() {
        const std::string bytes = "MSH|^~\\&|A|B|C|D|2024||ORU^R01|1|P|2.5||||||UNICODE UTF-8\rOBX|1|TX|1||" +
                                  std::string(20'000'000, 'x') + "\r";
        const auto source = TextSource::read(bytes, "hl7v2");
        QVERIFY(source.has_value());
        QCOMPARE(*source->rewrite({}), bytes);
    }

    // FHIR

    void resourcesComeBackByteForByte_data() {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("as written") << QByteArray(kPatient);
        QTest::newRow("byte order mark") << QByteArray("\xEF\xBB\xBF") + kPatient;
        QTest::newRow("newline-delimited")
            << QByteArray("{\"resourceType\":\"Patient\",\"id\":\"a\"}\n{\"resourceType\":"
                          "\"Observation\",\"valueQuantity\":{\"value\":1.50e+2}}\n");
        QTest::newRow("escaped slashes")
            << QByteArray("{\"resourceType\":\"Observation\",\"subject\":{\"reference\":\"Patient\\/a\"}}");
    }
    void resourcesComeBackByteForByte() {
        QFETCH(QByteArray, bytes);
        const auto source = TextSource::read(bytes.toStdString(), "fhir");
        QVERIFY(source.has_value());
        QCOMPARE(QByteArray::fromStdString(*source->rewrite({})), bytes);
    }

    void elementsHaveTheirRoles_data() {
        QTest::addColumn<QString>("path");
        QTest::addColumn<QString>("role");
        const auto row = [](const char* path, const char* role) { QTest::newRow(path) << path << role; };
        row("Patient.id", "resource.id");
        row("Patient.extension[0]", "local");
        row("Patient.identifier[0].system", "facility.id");
        row("Patient.identifier[0].value", "patient.id");
        row("Patient.name[0].extension[0].valueCode", "structure");
        row("Patient.name[0].family", "patient.name");
        row("Patient.name[0].given[0]", "patient.name");
        row("Patient.telecom[0].value", "patient.phone");
        row("Patient.birthDate", "patient.birth-date");
        row("Patient.(other)", "local");
        row("Patient.text.div", "text");
        row("Patient.text.div/@xmlns", "structure");
        row("Patient.multipleBirthInteger", "structure");
    }
    void elementsHaveTheirRoles() {
        QFETCH(QString, path);
        QFETCH(QString, role);
        const auto source = TextSource::read(kPatient, "fhir");
        QVERIFY(source.has_value());
        QCOMPARE(QString::fromStdString(rolesOf(*source)[path.toStdString()]), role);
    }

    void aPatientSaysWhoItIs() {
        const auto source = TextSource::read(kPatient, "fhir");
        QCOMPARE(source->people().size(), std::size_t(1));
        const model::SubjectHint& hint = source->people().front();
        QCOMPARE(hint.patientId, std::string("00458812"));
        QCOMPARE(hint.birthDate, std::string("19580802"));
        QVERIFY((hint.names == std::vector<std::string>{"三上^陽子", "三上 陽子"}));
    }

    void narrativeIsReadAndWrittenThroughBothEscapes() {
        const auto source = TextSource::read(kPatient, "fhir");
        std::vector<const Segment*> parts;
        for (const Segment& segment : source->segments()) {
            if (segment.path == "Patient.text.div") {
                parts.push_back(&segment);
            }
        }
        QCOMPARE(parts.size(), std::size_t(2));
        QCOMPARE(source->content(*parts[0]), std::string("三上 & "));
        const auto out = source->rewrite({{parts[0]->start, parts[0]->end, "<\"&>"}});
        QVERIFY(out->find("/xhtml\\u0022>&lt;&quot;&amp;&gt;<b>長男</b>") != std::string::npos);
        QVERIFY(TextSource::read(*out, "fhir").has_value());
    }

    void whatIsEmptyGoesWithItsNameAndComma_data() {
        QTest::addColumn<QStringList>("gone");
        QTest::addColumn<QByteArray>("rest");
        QTest::newRow("first") << QStringList{"Patient.gender"}
                               << QByteArray(
                                      "{\"resourceType\":\"Patient\", \"name\" : [{\"given\":[\"a\", \"b\"], "
                                      "\"_given\":[null,{\"id\":\"x\"}]}] ,\"address\":[{\"city\":\"c\"}]}");
        QTest::newRow("last, and what held nothing else")
            << QStringList{"Patient.address[0].city"}
            << QByteArray("{\"resourceType\":\"Patient\",\"gender\":\"male\", \"name\" : [{\"given\":[\"a\", "
                          "\"b\"], \"_given\":[null,{\"id\":\"x\"}]}]}");
        QTest::newRow("a place in a pair of arrays is kept")
            << QStringList{"Patient.name[0].given[0]"}
            << QByteArray("{\"resourceType\":\"Patient\",\"gender\":\"male\", \"name\" : [{\"given\":[null, "
                          "\"b\"], \"_given\":[null,{\"id\":\"x\"}]}] ,\"address\":[{\"city\":\"c\"}]}");
    }
    void whatIsEmptyGoesWithItsNameAndComma() {
        QFETCH(QStringList, gone);
        QFETCH(QByteArray, rest);
        const std::string bytes =
            "{\"resourceType\":\"Patient\",\"gender\":\"male\", \"name\" : [{\"given\":[\"a\", \"b\"], "
            "\"_given\":[null,{\"id\":\"x\"}]}] ,\"address\":[{\"city\":\"c\"}]}";
        const auto source = TextSource::read(bytes, "fhir");
        QVERIFY(source.has_value());
        std::vector<TextSource::Replacement> all;
        for (const QString& path : gone) {
            const Segment& segment = at(*source, path.toStdString());
            all.push_back({segment.start, segment.end, {}});
        }
        QCOMPARE(QByteArray::fromStdString(*source->rewrite(all)), rest);
    }

    void everyMemberOfOneNameIsSeen() {
        const auto source = TextSource::read(
            "{\"resourceType\":\"Patient\",\"birthDate\":\"1958-08-02\",\"name\":[{\"family\":\"A\"}],"
            "\"name\":[{\"family\":\"B\"}],\"\\u0062irthDate\":\"1958-08-03\"}",
            "fhir");
        QVERIFY(source.has_value());
        int names = 0;
        int births = 0;
        for (const Segment& segment : source->segments()) {
            names += segment.role == "patient.name" ? 1 : 0;
            births += segment.role == "patient.birth-date" ? 1 : 0;
        }
        QCOMPARE(names, 2);
        QCOMPARE(births, 2);
    }

    void brokenJsonIsRefused_data() {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<int>("code");
        const auto row = [](const char* name, const QByteArray& bytes, ErrorCode code) {
            QTest::newRow(name) << bytes << int(code);
        };
        row("10,000 deep", QByteArray::fromStdString(deep(10'000)), ErrorCode::TooDeep);
        row("10,000 deep and cut", QByteArray(10'000, '['), ErrorCode::TooDeep);
        row("never closed", QByteArray("{\"resourceType\":\"Patient\",\"name\":[{\"family\":\"A\""),
            ErrorCode::Truncated);
        row("cut inside a string", QByteArray("{\"resourceType\":\"Pat"), ErrorCode::Truncated);
        row("a lone surrogate", QByteArray("{\"resourceType\":\"Patient\",\"gender\":\"\\ud83d more text\"}"),
            ErrorCode::Malformed);
        row("the wrong half first",
            QByteArray("{\"resourceType\":\"Patient\",\"gender\":\"\\udc00\\ud83d\"}"), ErrorCode::Malformed);
        row("an unknown escape", QByteArray("{\"resourceType\":\"Patient\",\"gender\":\"\\x41 more text\"}"),
            ErrorCode::Malformed);
        row("a comment", QByteArray("{\"resourceType\":\"Patient\" /* A */}"), ErrorCode::Malformed);
        row("a trailing comma", QByteArray("{\"resourceType\":\"Patient\",}"), ErrorCode::Malformed);
        row("two types at once",
            QByteArray("{\"resourceType\":\"Observation\",\"resourceType\":\"Patient\"}"),
            ErrorCode::Malformed);
        row("a resource of no kind", QByteArray("{\"resourceType\":\"HospitalThing\"}"),
            ErrorCode::UnsupportedFormat);
        row("a number with leading zeros",
            QByteArray("{\"resourceType\":\"Patient\",\"multipleBirthInteger\":01}"), ErrorCode::Malformed);
        row("bytes that are no UTF-8 nor anything else",
            QByteArray("{\"resourceType\":\"Patient\",\"x\":\"\xFF\xFE\x80\x01\"}"),
            ErrorCode::UnsupportedEncoding);
    }
    void brokenJsonIsRefused() {
        QFETCH(QByteArray, bytes);
        QFETCH(int, code);
        const auto source = TextSource::read(bytes.toStdString(), "fhir");
        QVERIFY(!source.has_value());
        QCOMPARE(int(source.error().code), code);
    }

    void oneLineOfManyMegabytesOfJsonIsRead() {
        std::string bytes = "{\"resourceType\":\"Bundle\",\"entry\":[";
        for (int i = 0; i < 20'000; ++i) {
            bytes += std::string(i == 0 ? "" : ",") +
                     "{\"resource\":{\"resourceType\":\"Observation\",\"valueString\":\"" +
                     std::string(500, 'x') + "\"}}";
        }
        bytes += "]}";
        const auto source = TextSource::read(bytes, "fhir");
        QVERIFY(source.has_value());
        QCOMPARE(*source->rewrite({}), bytes);
    }
};

QTEST_GUILESS_MAIN(TestMessages)
#include "TestMessages.moc"
