#include <QtTest>

#include "tests/core/transform/dicom/WrittenHeaders.h"

using namespace kamei;
using namespace kamei::intake::dicom;
using namespace kamei::test::headers;
using model::Action;
using test::DicomBytes;
using test::DicomWriting;

/// Consistency and free text of written headers. Rows of Table E.1-1 have a test of their own.
class TestDicomHeaders : public QObject {
    Q_OBJECT

private slots:
    void everyReferenceFollows_data() {
        QTest::addColumn<QByteArray>("object");
        QTest::addColumn<int>("references");
        const auto row = [](const char* name, const DicomBytes& bytes, int references) {
            QTest::newRow(name) << QByteArray::fromStdString(bytes.file()) << references;
        };
        const auto reference = [] {
            return DicomBytes().element(0x00081150, "UI", kCt).element(0x00081155, "UI", kTarget);
        };
        row("nested reference", head().sequence(0x00081115, DicomBytes().sequence(0x00081199, reference())),
            1);
        row("SR, UIDREF content item",
            head(kSr).sequence(0x0040A730, textItem("UIDREF", 0x0040A124, "UI", kTarget)), 1);
        row("SR, image three levels down",
            head(kSr).sequence(
                0x0040A730, DicomBytes().sequence(
                                0x0040A730, DicomBytes().sequence(
                                                0x0040A730, DicomBytes().sequence(0x00081199, reference())))),
            1);
        row("SR and KO, evidence",
            head(kSr).sequence(0x0040A375, DicomBytes()
                                               .sequence(0x00081115, DicomBytes()
                                                                         .sequence(0x00081199, reference())
                                                                         .element(0x0020000E, "UI", kTarget))
                                               .element(0x0020000D, "UI", kTarget)),
            3);
        row("RT structure set, frame of reference and contour images",
            head("1.2.840.10008.5.1.4.1.1.481.3")
                .sequence(0x30060010,
                          DicomBytes()
                              .element(0x00200052, "UI", kTarget)
                              .sequence(0x30060012, DicomBytes().sequence(
                                                        0x30060014, DicomBytes()
                                                                        .element(0x0020000E, "UI", kTarget)
                                                                        .sequence(0x30060016, reference()))))
                .sequence(0x30060020, DicomBytes().element(0x30060024, "UI", kTarget)),
            4);
        row("presentation state",
            head("1.2.840.10008.5.1.4.1.1.11.1")
                .sequence(0x00081115,
                          DicomBytes().sequence(0x00081140, reference()).element(0x0020000E, "UI", kTarget)),
            2);
        row("segmentation, functional groups",
            head("1.2.840.10008.5.1.4.1.1.66.4")
                .sequence(0x52009230,
                          DicomBytes()
                              .sequence(0x00089124, DicomBytes().sequence(0x00082112, reference()))
                              .sequence(0x00081140, reference())),
            2);
        row("dimension organization",
            head()
                .sequence(0x00209221, DicomBytes().element(0x00209164, "UI", kTarget))
                .sequence(0x00209222, DicomBytes().element(0x00209164, "UI", kTarget)),
            2);
        row("several values of one attribute",
            head().element(0x00080058, "UI", (std::string(kTarget) + "\\1.2.840.10008.1.1").c_str()), 1);
    }
    void everyReferenceFollows() {
        QFETCH(QByteArray, object);
        QFETCH(int, references);
        DicomWriting writing("guideline-2024");
        const auto out = writing.written(object.toStdString());
        QVERIFY(out.has_value());
        QCOMPARE(count(*out, kTarget), 0);
        // Beside the references: the instance itself, in file meta and data set.
        QCOMPARE(count(*out, writing.key().uid(kTarget)), references + 2);
        QVERIFY(out->find(kCt) != std::string::npos || object.indexOf(kCt) < 0); // classes stay
    }
    void framesOfReferenceStayCommon() {
        DicomWriting writing("guideline-2024");
        const auto first = writing.written(head().element(0x00200052, "UI", "1.2.392.5.5").file());
        const auto second = writing.written(
            head("1.2.840.10008.5.1.4.1.1.481.2").element(0x00200052, "UI", "1.2.392.5.5").file());
        const std::string uid = writing.key().uid("1.2.392.5.5");
        QVERIFY(first->find(uid) != std::string::npos && second->find(uid) != std::string::npos);
        const auto atlas = writing.written(head().element(0x00200052, "UI", "1.2.840.10008.1.4.1.1").file());
        QVERIFY(atlas->find("1.2.840.10008.1.4.1.1") != std::string::npos); // PS3.6 Table A-2: nobody's
    }
    void datesOfOneEventStayTogether() {
        DicomWriting writing("guideline-2024");
        DicomBytes in = head();
        in.element(0x00080022, "DA", "20240101").element(0x0008002A, "DT", "20240101235959.5+0900");
        in.element(0x00080032, "TM", "235959.5").element(0x00080201, "SH", "+0900");
        in.element(0x00181078, "DT", "20240102000001").element(0x00209251, "FD", "12345678");
        const auto out = writing.written(in.file());
        const auto read = Instance::ofMemory(bytesOf(*out));
        const auto days = writing.key().dateShiftDays("H|1");
        const std::string day = *transform::pseudonym::shiftDate("20240101", days);
        QCOMPARE(read->text(0x00080022), std::string_view(day));
        QCOMPARE(read->text(0x0008002A), std::string_view(day + "235959.5+0900"));
        QCOMPARE(read->text(0x00080032), std::string_view("235959.5"));
        QCOMPARE(read->text(0x00080201), std::string_view("+0900"));
        QCOMPARE(read->text(0x00181078),
                 std::string_view(*transform::pseudonym::shiftDate("20240102", days) + "000001"));
    }
    void agesAndBirthDates_data() {
        QTest::addColumn<QByteArray>("birth");
        QTest::addColumn<QByteArray>("age");
        QTest::addColumn<QByteArray>("dateTag");
        QTest::addColumn<QString>("birthAfter");
        QTest::addColumn<QString>("ageAfter");
        const auto row = [](const char* name, const char* birth, const char* age, const char* tag,
                            const char* b, const char* a) {
            QTest::newRow(name) << QByteArray(birth) << QByteArray(age) << QByteArray(tag) << QString(b)
                                << QString(a);
        };
        row("an adult", "19400717", "083Y", "00080020", "19400701", "083Y");
        row("ninety by the age", "", "094Y", "00080020", "", "090Y");
        row("ninety by the dates", "19330101", "", "00080020", "", "");
        row("ninety by the series' date alone", "19330101", "", "00080021", "", "");
        row("ninety by the day the instance was made", "19330101", "", "00080012", "", "");
        row("an age without a date", "19400717", "083Y", "", "19400701", "083Y");
        row("an infant: the month would lie behind the moved study", "20240301", "010D", "00080020", "",
            "010D");
        row("an age that is none", "19400717", "TARO", "00080020", "19400701", "");
    }
    void agesAndBirthDates() {
        QFETCH(QByteArray, birth);
        QFETCH(QByteArray, age);
        QFETCH(QByteArray, dateTag);
        QFETCH(QString, birthAfter);
        QFETCH(QString, ageAfter);
        DicomBytes in = head();
        if (!dateTag.isEmpty()) {
            in.element(dateTag.toUInt(nullptr, 16), "DA", "20240311");
        }
        in.element(0x00100030, "DA", birth.toStdString()).element(0x00101010, "AS", age.toStdString());
        DicomWriting writing("guideline-2024");
        const auto out = writing.written(in.file());
        const auto read = Instance::ofMemory(bytesOf(*out));
        QCOMPARE(valuesOf(*read, 0x00100030), birthAfter);
        QCOMPARE(valuesOf(*read, 0x00101010), ageAfter);
    }
    /// Identifiers leave, the useful part stays (PS3.15 E.3.6 Clean Descriptors, E.3.4 Clean Structured
    /// Content).
    void freeText_data() {
        QTest::addColumn<uint>("tag");
        QTest::addColumn<QByteArray>("vr");
        QTest::addColumn<QByteArray>("value");
        QTest::addColumn<QByteArray>("stays");
        QTest::addColumn<QByteArray>("goes");
        const auto row = [](const char* name, uint tag, const char* vr, const char* value, const char* stays,
                            const char* goes) {
            QTest::newRow(name) << tag << QByteArray(vr) << QByteArray(value) << QByteArray(stays)
                                << QByteArray(goes);
        };
        row("description", 0x00081030, "LO", "胸部CT 造影 患者:山田太郎", "胸部CT 造影 患者:", "山田");
        row("several values", 0x00181030, "LO", "胸部\\患者:山田太郎\\造影", "造影", "山田");
        row("comment with a backslash", 0x00204000, "LT", "左\\右 山田太郎 異常なし", "異常なし", "山田");
        row("a text that no table names", 0x00181250, "SH", "KNEE", "KNEE", "\xFF");
        row("a code that is no code", 0x00180015, "CS", "CHEST^YAMADA", "\xFF", "YAMADA");
        row("a name in capitals in a code", 0x00185100, "CS", "YAMADA TARO", "\xFF", "YAMADA");
        row("a code in small letters", 0x00180015, "CS", "Head/Neck", "Head/Neck", "\xFF");
        row("a telephone number as a number", 0x00101020, "DS", "061-955-7386", "\xFF", "955");
        row("a chart number as a number", 0x00180050, "DS", "7654321", "\xFF", "7654321");
        row("a number", 0x00180050, "DS", "5.000000", "5.000000", "\xFF");
        row("a long number in a comment", 0x00204000, "LT", "検査 46671732 異常なし", "異常なし", "46671732");
        row("a UID in a description", 0x00082111, "ST", "made from 1.2.392.200036.99.77.1 by MPR", "by MPR",
            kTarget);
        row("a UID of the standard in a description", 0x00082111, "ST", "syntax 1.2.840.10008.1.2.4.70",
            "1.2.840.10008.1.2.4.70", "\xFF");
        row("a version is no date", 0x00181020, "LO", "R6.1", "R6.1", "\xFF");
        row("a name among versions", 0x00181020, "LO", "R6.1\\YAMADA TARO", "R6.1", "YAMADA");
        row("a decimal in a description", 0x00082111, "ST", "factor 0.12345678", "0.12345678", "\xFF");
    }
    void freeText() {
        QFETCH(uint, tag);
        QFETCH(QByteArray, vr);
        QFETCH(QByteArray, value);
        QFETCH(QByteArray, stays);
        QFETCH(QByteArray, goes);
        std::map<Tag, DicomBytes> all;
        all[0x00100010] = DicomBytes().element(0x00100010, "PN", "YAMADA^TARO=山田^太郎");
        all[0x00100020] = DicomBytes().element(0x00100020, "LO", "7654321");
        all[tag] = DicomBytes().element(tag, vr.toStdString(), value.toStdString());
        DicomBytes in = head();
        for (const auto& [at, bytes] : all) {
            in.append(bytes.bytes());
        }
        DicomWriting writing("guideline-2024");
        const auto out = writing.written(in.file());
        QVERIFY(out.has_value());
        QVERIFY2(goes == "\xFF" || out->find(goes.toStdString()) == std::string::npos, "what must go");
        QVERIFY2(stays == "\xFF" || out->find(stays.toStdString()) != std::string::npos, "what should stay");
    }
    void contentItems() {
        DicomBytes in = head(kSr);
        in.element(0x00100010, "PN", "YAMADA^TARO=山田^太郎");
        const auto items = [&](std::initializer_list<DicomBytes> list) {
            std::string bytes;
            for (const DicomBytes& item : list) {
                bytes +=
                    DicomBytes()
                        .raw(0xFFFEE000, "", static_cast<std::uint32_t>(item.bytes().size()), item.bytes())
                        .bytes();
            }
            return bytes;
        };
        in.element(0x0040A730, "SQ",
                   items({textItem("TEXT", 0x0040A160, "UT", "右肺に結節 患者:山田太郎 経過観察"),
                          textItem("PNAME", 0x0040A123, "PN", "SATO^HANAKO"),
                          DicomBytes()
                              .element(0x0040A040, "CS", "CODE")
                              .sequence(0x0040A043, code("121005", "DCM", "Observer Type"))
                              .sequence(0x0040A168, code("T-28000", "SRT", "Lung"))}));
        DicomWriting writing("guideline-2024");
        const auto out = writing.written(in.file());
        const auto read = Instance::ofMemory(bytesOf(*out));
        const QString text = valuesOf(*read, 0x0040A160);
        QVERIFY(text.contains("右肺に結節") && text.contains("経過観察") && !text.contains("山田"));
        QVERIFY(out->find("SATO") == std::string::npos);
        QCOMPARE(valuesOf(*read, 0x00080100).section('|', 0, 0), QString("113100"));
        QVERIFY(valuesOf(*read, 0x00080100).contains("T-28000")); // a code is no examination number
        QVERIFY(valuesOf(*read, 0x00080104).contains("Observer Type"));
    }
    /// PS3.15 Table E.1-1 says X, the IOD type 1 or 2C: what identifies is gone, the object conforms.
    void whatAnIodDemandsIsThere() {
        DicomWriting writing("dicom-basic");
        const auto state = writing.written(
            head("1.2.840.10008.5.1.4.1.1.11.1").element(0x00700082, "DA", "20240311").file());
        QCOMPARE(valuesOf(*Instance::ofMemory(bytesOf(*state)), 0x00700082), QString("19000101"));
        const auto animal = writing.written(
            head().element(0x00102201, "LO", "dog").element(0x00102297, "PN", "LEAK^A").file());
        const auto read = Instance::ofMemory(bytesOf(*animal));
        QVERIFY(read->find(0x00102297) != nullptr);
        QCOMPARE(valuesOf(*read, 0x00102297), QString());
        const auto human = writing.written(head().element(0x00102297, "PN", "LEAK^A").file());
        QVERIFY(Instance::ofMemory(bytesOf(*human))->find(0x00102297) == nullptr);
    }
    void birthDatesInItems() {
        DicomWriting writing("guideline-2024");
        const auto out = writing.written(
            head().sequence(0x00400275, DicomBytes().element(0x00100030, "DA", "19400717")).file());
        QCOMPARE(valuesOf(*Instance::ofMemory(bytesOf(*out)), 0x00100030), QString("19400701"));
    }
    void namesOfNobodyTeachNothing() {
        DicomWriting writing("guideline-2024");
        const auto out = writing.written(
            head().element(0x00081070, "PN", "UNKNOWN").element(0x00089208, "CS", "UNKNOWN").file());
        QCOMPARE(valuesOf(*Instance::ofMemory(bytesOf(*out)), 0x00089208), QString("UNKNOWN"));
    }
    void otherSetsThanDeclaredAreReadAndExamined() {
        DicomWriting writing("guideline-2024");
        DicomBytes in;
        in.element(0x00080016, "UI", kCt).element(0x00080018, "UI", kTarget).element(0x00080060, "CS", "CT");
        in.element(0x0008103E, "LO", "\x8B\xB9\x95\x94 \x91\xA2\x89\x65"); // 胸部 造影 in Shift_JIS
        const auto out = writing.written(in.file());
        QCOMPARE(valuesOf(*Instance::ofMemory(bytesOf(*out)), 0x0008103E), QString("胸部 造影"));
    }
    void oneInvalidNumberCostsItself() {
        DicomWriting writing("guideline-2024");
        const model::Source good = writing.source(head().element(0x00101020, "DS", "1.75").file(), "number");
        const model::Source bad =
            writing.source(head().element(0x00101020, "DS", "061-955-7386").file(), "phone");
        const std::array both{good, bad};
        const auto findings = writing.accepted(both);
        const auto compiled = writing.compile(findings, both);
        test::Collected first;
        test::Collected second;
        QVERIFY((*compiled)->apply(good, first).has_value() && (*compiled)->apply(bad, second).has_value());
        QCOMPARE(valuesOf(*Instance::ofMemory(bytesOf(first.bytes)), 0x00101020), QString("1.75"));
        QVERIFY(second.bytes.find("955") == std::string::npos);
    }
    void unreadableValuesCostThemselves() {
        DicomWriting writing("guideline-2024");
        const model::Source good = writing.source(head().element(0x0008103E, "LO", "CHEST").file(), "good");
        const model::Source bad =
            writing.source(head().element(0x0008103E, "LO", "\xFF\xFELEAK\x80").file(), "bad");
        const std::array both{good, bad};
        const auto findings = writing.accepted(both);
        const auto compiled = writing.compile(findings, both);
        test::Collected first;
        test::Collected second;
        QVERIFY((*compiled)->apply(good, first).has_value() && (*compiled)->apply(bad, second).has_value());
        QVERIFY(first.bytes.find("CHEST") != std::string::npos);
        QVERIFY(second.bytes.find("LEAK") == std::string::npos);
    }

    /// PS3.15 E.1.1 and PS3.16 CID 7050: what is stated was done.
    void sequencesThatAPolicyKeepsAreLookedThrough() {
        DicomWriting writing("dicom-basic");
        writing.policy().overrides["PS3.15 E.1-1 (0040,0275)"] = {Action::Keep, "a reason"};
        DicomBytes item = DicomBytes().element(0x00321060, "LO", "LEAK").element(0x00400007, "LO", "LEAK");
        item.number(0x00280010, 7);
        const auto out = writing.written(head().sequence(0x00400275, item).file());
        const auto read = Instance::ofMemory(bytesOf(*out));
        QVERIFY(read->find(0x00400275) != nullptr);
        QVERIFY(out->find("LEAK") == std::string::npos);
    }
};

QTEST_APPLESS_MAIN(TestDicomHeaders)
#include "TestDicomHeaders.moc"
