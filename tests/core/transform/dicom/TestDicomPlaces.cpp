#include <QtTest>

#include <functional>
#include <map>
#include <set>
#include <sstream>

#include "core/base/Resources.h"
#include "core/intake/dicom/Dictionary.h"
#include "core/intake/dicom/Instance.h"
#include "tests/core/intake/dicom/DicomBytes.h"
#include "tests/core/transform/dicom/DicomWriting.h"
#include "tests/core/transform/dicom/PlantedPlaces.h"

using namespace kamei;
using namespace kamei::intake::dicom;
using test::DicomBytes;
using test::DicomWriting;

namespace {

/// Numbers that the standard defines as bytes: curves, maps, meshes, tables of colours, waveforms of devices.
/// What may hold more than numbers is not among them.
const std::set<Tag> kKeptBytes{
    0x00142210, 0x00143050, 0x00143070, 0x00143080, 0x00160062, 0x00181638, 0x00221531, 0x00281201,
    0x00281202, 0x00281203, 0x00281204, 0x00281211, 0x00281212, 0x00281213, 0x00281221, 0x00281222,
    0x00281223, 0x00281224, 0x00281408, 0x00282000, 0x003A032E, 0x00640009, 0x00660016, 0x00660021,
    0x00660022, 0x00660023, 0x00660024, 0x00660025, 0x00660029, 0x00660040, 0x00660041, 0x00660042,
    0x00660043, 0x00660103, 0x00660125, 0x00660129, 0x006A0011, 0x00700256, 0x0070150D, 0x00701808,
    0x00701A07, 0x00720067, 0x00720069, 0x00720073, 0x00720075, 0x00720081, 0x00800010, 0x00800011,
    0x300A0664, 0x300A0665, 0x300A066B, 0x40101006, 0x4010106C, 0x54000110, 0x54000112, 0x5400100A,
    0x54001010, 0x56000010, 0x56000020};

/// Every attribute of the dictionary of one kind of VR, each with the same value.
DicomBytes everyAttribute(bool bytes, const std::function<std::string(std::string_view vr)>& value) {
    const auto text = base::readResource("dicom/attributes.tsv");
    std::istringstream lines(text.value_or(""));
    std::map<Tag, std::string> found;
    for (std::string line; std::getline(lines, line);) {
        if (line.empty() || line.front() == '#' || line.starts_with("tag")) {
            continue;
        }
        std::string hex = line.substr(0, 8);
        const bool repeating = hex.find('x') != std::string::npos;
        std::ranges::replace(hex, 'x', '0');
        const auto tag = static_cast<Tag>(std::stoul(hex, nullptr, 16) + (repeating ? 0x00020000 : 0));
        const std::string vr = line.substr(9, 2);
        const bool words = isTextVr(makeVr(vr[0], vr[1]));
        const bool blob =
            vr == "OB" || vr == "OW" || vr == "OF" || vr == "OD" || vr == "OL" || vr == "OV" || vr == "UN";
        const bool own = tag == tags::SpecificCharacterSet || tag == tags::SopClass ||
                         tag == tags::Modality || tag == tags::PatientName || tag == tags::PatientId ||
                         tag == tags::EncapsulatedDocument || tag == 0x00041220 || vr == "CS" || vr == "AS";
        const std::uint16_t group = groupOf(tag);
        if (group >= 8 && group != 0x7FE0 && group < 0xFFF0 && !own && (bytes ? blob : words)) {
            found.emplace(tag, vr);
        }
    }
    DicomBytes out;
    for (const auto& [tag, vr] : found) {
        out.element(tag, vr, value(vr));
    }
    return out;
}

} // namespace

/// What is planted in one place of an object does not stand in any byte of the output, or the object is
/// refused.
class TestDicomPlaces : public QObject {
    Q_OBJECT

private slots:
    void nothingPlantedSurvives_data() {
        QTest::addColumn<QString>("policy");
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QByteArray>("refusal");
        for (const test::PlantedPlace& place : test::plantedPlaces()) {
            for (const char* policy : {"guideline-2024", "dicom-basic"}) {
                QTest::newRow((place.name + ", " + policy).c_str())
                    << QString(policy) << QByteArray::fromStdString(place.file)
                    << QByteArray::fromStdString(place.refusal);
            }
        }
    }
    void nothingPlantedSurvives() {
        QFETCH(QString, policy);
        QFETCH(QByteArray, bytes);
        QFETCH(QByteArray, refusal);
        DicomWriting writing(policy.toStdString());
        const auto out = writing.written(bytes.toStdString());
        if (!out) {
            std::string found(base::errorWord(out.error().code));
            for (const std::string& argument : out.error().args) {
                found += ' ' + argument;
            }
            QCOMPARE(QByteArray::fromStdString(found), refusal);
            return;
        }
        QCOMPARE(QByteArray(), refusal);
        for (const char* needle : {"LEAK", "漏洩", "1.2.3.99", "20240311"}) {
            QCOMPARE(out->find(needle), std::string::npos);
        }
    }
    /// Each item may state its own set; one without inherits that of the level above (PS3.3 C.12.1.1.2).
    void characterSetsOfItemsBecomeUtf8() {
        const auto meaning = [](const char* set, std::string_view text) {
            DicomBytes out;
            if (*set != '\0') {
                out.element(0x00080005, "CS", set);
            }
            return out.element(0x00080100, "SH", "1")
                .element(0x00080102, "SH", "99X")
                .element(0x00080104, "LO", text);
        };
        DicomBytes in = DicomBytes()
                            .element(0x00080005, "CS", "ISO_IR 100")
                            .element(0x00080016, "UI", "1.2.840.10008.5.1.4.1.1.2")
                            .element(0x00080060, "CS", "CT");
        in.sequence(0x00082218, meaning("\\ISO 2022 IR 87", "\x1b$B6;It\x1b(B")
                                    .sequence(0x00082220, meaning("", "\x1b$B:8\x1b(B"))
                                    .sequence(0x00082229, meaning("GB18030", "\xD0\xD8")));
        in.sequence(0x00082228, meaning("", "t\xEAte"));
        DicomWriting writing("guideline-2024");
        const auto out = writing.written(in.file());
        QVERIFY(out.has_value());
        const auto again = Instance::ofMemory(std::as_bytes(std::span(out->data(), out->size())));
        QVERIFY(again.has_value());
        std::multiset<std::string> meanings;
        int sets = 0;
        for (const Element& element : again->elements()) {
            sets += element.tag == tags::SpecificCharacterSet ? 1 : 0;
            if (element.tag == 0x00080104 && element.syntax.explicitVr) {
                meanings.insert(std::string(again->text(element)));
            }
        }
        for (const char* text : {"胸部", "左", "胸", "tête"}) {
            QVERIFY2(meanings.contains(text), text);
        }
        QCOMPARE(sets, 1);
        QCOMPARE(again->text(tags::SpecificCharacterSet), std::string_view("ISO_IR 192"));
    }
    void noAttributeOfTheDictionaryIsLeftOut_data() {
        QTest::addColumn<QString>("policy");
        QTest::addColumn<bool>("nested");
        QTest::addColumn<bool>("bytes");
        for (const char* policy : {"guideline-2024", "dicom-basic"}) {
            for (const bool nested : {false, true}) {
                const std::string where = nested ? ", in an item, " : ", top level, ";
                QTest::newRow(("text" + where + policy).c_str()) << QString(policy) << nested << false;
                QTest::newRow(("bytes" + where + policy).c_str()) << QString(policy) << nested << true;
            }
        }
    }
    /// The name of the patient in each text attribute of PS3.6, and bytes in each binary one.
    void noAttributeOfTheDictionaryIsLeftOut() {
        QFETCH(QString, policy);
        QFETCH(bool, nested);
        QFETCH(bool, bytes);
        const DicomBytes all = everyAttribute(
            bytes, [](std::string_view vr) { return vr == "PN" ? "LEAKPATIENT^TARO" : "LEAKPATIENT TARO"; });
        QVERIFY(all.bytes().size() > 2'000);
        DicomBytes rest;
        rest.element(0x00100010, "PN", "LEAKPATIENT^TARO");
        rest = nested ? rest.sequence(0x00081140, all) : rest.append(all.bytes());
        DicomWriting writing(policy.toStdString());
        const auto out = writing.written(
            test::planted::head("1.2.840.10008.5.1.4.1.1.2", "CT").append(rest.bytes()).file());
        QVERIFY(out.has_value());
        const auto again = Instance::ofMemory(std::as_bytes(std::span(out->data(), out->size())));
        QVERIFY(again.has_value());
        for (const Element& element : again->elements()) {
            const bool leaf = element.kind != Element::Kind::Sequence && element.kind != Element::Kind::Item;
            const std::string_view value = again->text(element);
            if (leaf && value.find("LEAK") != std::string_view::npos && !kKeptBytes.contains(element.tag)) {
                QFAIL(tagText(element.tag).c_str());
            }
        }
    }
};

QTEST_APPLESS_MAIN(TestDicomPlaces)
#include "TestDicomPlaces.moc"
