#include <QtTest>

#include <algorithm>
#include <fstream>
#include <string>

#include "core/detect/attribute/AttributeDetector.h"
#include "tests/core/intake/dicom/DicomBytes.h"

using namespace kamei;
using model::Action;
using test::DicomBytes;

namespace {

model::Policy guidelinePolicy() {
    model::Policy out;
    out.options = {"clean-pixel-data",         "clean-visual-features", "clean-graphics",
                   "clean-structured-content", "clean-descriptors",     "modified-dates",
                   "patient-characteristics",  "device-identity",       "safe-private"};
    return out;
}

DicomBytes instance(int number) {
    DicomBytes out;
    out.element(0x00080005, "CS", "ISO_IR 192").element(0x00080016, "UI", "1.2.840.10008.5.1.4.1.1.2");
    out.element(0x00080018, "UI", "1.2.3." + std::to_string(number))
        .element(0x00080020, "DA", "20240311")
        .element(0x00080060, "CS", "CT");
    out.element(0x00080090, "PN", "REFER^RED").element(0x00081030, "LO", "胸部CT 造影 患者:山田太郎");
    out.element(0x00100010, "PN", "YAMADA^TAROU=山田^太郎=やまだ^たろう")
        .element(0x00100020, "LO", "1234500");
    out.element(0x00100030, "DA", "19400717")
        .sequence(0x00101002, DicomBytes().element(0x00100020, "LO", "OLD00001"));
    out.element(0x00180015, "CS", "CHEST").element(0x00191001, "LO", "private");
    return out;
}

} // namespace

class TestAttributeDetector : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;
    model::Policy m_policy = guidelinePolicy();
    guideline::RuleTable m_rules = *guideline::RuleTable::load();

    model::Source write(const DicomBytes& bytes, const QString& name) {
        const QString path = m_folder.filePath(name);
        std::ofstream(path.toStdString(), std::ios::binary) << bytes.file();
        model::Source out;
        out.path = path.toStdString();
        out.format = "dicom";
        return out;
    }
    detect::Detection detect(const std::vector<model::Source>& sources, const model::Asset& asset = {},
                             std::span<const detect::DeviceTemplate> templates = {}) {
        const detect::Context context{m_rules, m_policy, {}, templates, {}};
        auto found = detect::attribute::detectDicom(asset, sources, context);
        return found ? std::move(*found) : detect::Detection{};
    }
    static const model::Finding* find(const detect::Detection& in, std::string_view path) {
        const auto found = std::ranges::find_if(
            in.findings, [&](const model::Finding& f) { return f.locator.path == path; });
        return found == in.findings.end() ? nullptr : &*found;
    }

private slots:
    void oneFindingForAllInstances() {
        std::vector<model::Source> sources;
        for (int i = 0; i < 5; ++i) {
            sources.push_back(write(instance(i), QString("one%1").arg(i)));
        }
        const detect::Detection found = detect(sources);
        QVERIFY(found.unexamined.empty());
        const auto* uid = find(found, "(0008,0018)");
        QVERIFY(uid != nullptr);
        QCOMPARE(uid->instances, std::int64_t{5});
        QCOMPARE(uid->distinctValues, std::int64_t{5});
        QCOMPARE(uid->text, std::string("1.2.3.0"));
        QVERIFY(uid->suggested == Action::Replace);
        const auto* name = find(found, "(0010,0010)");
        QVERIFY(name != nullptr);
        QCOMPARE(name->distinctValues, std::int64_t{1});
        QCOMPARE(name->rule, std::string("dicom.patient-name"));
        QCOMPARE(name->label, std::string("PatientName"));
        QVERIFY(find(found, "(0010,1002)") != nullptr); // removed as a whole
        QVERIFY(find(found, "(0010,1002)[0].(0010,0020)") == nullptr);
        QVERIFY(find(found, "(0019,1001)")->suggested == Action::Delete);
    }
    void knownIdentifiersOfEveryScriptAndLevel() {
        const detect::Detection found = detect({write(instance(1), "known")});
        const auto knows = [&](std::string_view kind, std::string_view value) {
            return std::ranges::any_of(found.known,
                                       [&](const auto& k) { return k.kind == kind && k.value == value; });
        };
        QVERIFY(knows("patient-name", "YAMADA^TAROU"));
        QVERIFY(knows("patient-name", "山田^太郎"));
        QVERIFY(knows("patient-name", "やまだ^たろう"));
        QVERIFY(knows("patient-id", "1234500"));
        QVERIFY(knows("patient-id", "OLD00001"));
        QVERIFY(knows("birth-date", "19400717"));
        QVERIFY(knows("clinician", "REFER^RED"));
    }
    void knownNumbersInKeptTextAreSeenUnderOtherSpans() {
        // Device Label stays under Retain Device Identity; what the rule for "ID:" finds in it is the
        // number that stands where a name belongs (Order Entered By): known, below the rule in rank.
        const auto labelled = [](std::string_view text) {
            DicomBytes bytes;
            bytes.element(0x00080016, "UI", "1.2.840.10008.5.1.4.1.1.2").element(0x00080018, "UI", "1.2.3.1");
            bytes.element(0x00100020, "LO", "1234500").element(0x00402009, "SH", "52261994-1");
            return bytes.element(0x3010002D, "LO", text);
        };
        const detect::Detection found = detect({write(labelled("冠動脈CTA ID:52261994-1"), "label")});
        const auto* label = find(found, "(3010,002D)");
        QVERIFY(label != nullptr);
        QVERIFY(label->suggested == Action::Clean);
        QVERIFY(label->origin == model::Origin::Known);
        const detect::Detection stays = detect({write(labelled("冠動脈CTA ID:7654321"), "other")});
        QVERIFY(find(stays, "(3010,002D)")->suggested == Action::Keep);
    }
    void anObjectOfNoClassLosesWhatTheTableRemoves() {
        DicomBytes bytes;
        bytes.element(0x00080018, "UI", "1.2.3.1").element(0x00100020, "LO", "1234500");
        bytes.sequence(0x04000561, DicomBytes().element(0x00181002, "UI", "1.2.3.9"));
        const detect::Detection found = detect({write(bytes, "class")});
        const auto* former = find(found, "(0400,0561)");
        QVERIFY(former != nullptr);
        QVERIFY(former->suggested == Action::Delete);
        QVERIFY(find(found, "(0400,0561)[0].(0018,1002)") == nullptr); // removed as a whole
    }
    void namesInDescriptionsAreFound() {
        const detect::Detection found = detect({write(instance(1), "text")});
        const auto* description = find(found, "(0008,1030)");
        QVERIFY(description != nullptr);
        QVERIFY(description->suggested == Action::Clean);
        QVERIFY(description->requirement == model::Requirement::Required);
        QVERIFY(description->detail.find("\"start\"") != std::string::npos);
        QVERIFY(description->detail.find("胸部CT 造影 患者:山田太郎") != std::string::npos);
    }
    void manyItemsAreMerged() {
        const auto withItems = [](int count) {
            DicomBytes items;
            for (int i = 0; i < count; ++i) {
                const DicomBytes item = DicomBytes().element(0x00081155, "UI", "1.2.9." + std::to_string(i));
                items.raw(0xFFFEE000, "", static_cast<std::uint32_t>(item.bytes().size()), item.bytes());
            }
            return DicomBytes()
                .element(0x00080016, "UI", "1.2.840.10008.5.1.4.1.1.2")
                .element(0x00081140, "SQ", items.bytes());
        };
        const detect::Detection few = detect({write(withItems(8), "few")});
        QVERIFY(find(few, "(0008,1140)[7].(0008,1155)") != nullptr);
        const detect::Detection many =
            detect({write(withItems(3), "some"), write(withItems(9), "many"), write(withItems(2), "less")});
        const auto* merged = find(many, "(0008,1140)[*].(0008,1155)");
        QVERIFY(merged != nullptr);
        QCOMPARE(merged->distinctValues, std::int64_t{9});
        QCOMPARE(merged->instances, std::int64_t{3});
        QVERIFY(find(many, "(0008,1140)[0].(0008,1155)") == nullptr);
    }
    void tooManyTextsAreDeleted() {
        std::vector<model::Source> sources;
        for (int i = 0; i < 205; ++i) {
            sources.push_back(write(DicomBytes()
                                        .element(0x00080060, "CS", "CT")
                                        .element(0x00204000, "LT", "note " + std::to_string(i)),
                                    QString("many%1").arg(i)));
        }
        QVERIFY(find(detect(sources), "(0020,4000)")->suggested == Action::Delete);
    }
    void undecodableTextIsDeleted() {
        const DicomBytes bytes = DicomBytes()
                                     .element(0x00080005, "CS", "ISO_IR 192")
                                     .element(0x00080060, "CS", "CT")
                                     .element(0x00204000, "LT", "\xFF\xFE\x80");
        QVERIFY(find(detect({write(bytes, "undecodable")}), "(0020,4000)")->suggested == Action::Delete);
    }
    void agesOfNinetyAreTopCoded() {
        const auto aged = [](const char* age) {
            return DicomBytes().element(0x00080060, "CS", "CT").element(0x00101010, "AS", age);
        };
        QVERIFY(find(detect({write(aged("089Y"), "young")}), "(0010,1010)")->suggested == Action::Keep);
        QVERIFY(find(detect({write(aged("090Y"), "old")}), "(0010,1010)")->suggested == Action::TopCode);
    }
    void burnedInText_data() {
        QTest::addColumn<QByteArray>("modality");
        QTest::addColumn<QByteArray>("annotation");
        QTest::addColumn<QByteArray>("sopClass");
        QTest::addColumn<bool>("asks");
        const QByteArray ct("1.2.840.10008.5.1.4.1.1.2");
        QTest::newRow("US, nothing stated") << QByteArray("US") << QByteArray() << ct << true;
        QTest::newRow("US, stated NO") << QByteArray("US") << QByteArray("NO") << ct << false;
        QTest::newRow("CT, nothing stated") << QByteArray("CT") << QByteArray() << ct << false;
        QTest::newRow("CT, stated YES") << QByteArray("CT") << QByteArray("YES") << ct << true;
        QTest::newRow("SC, stated nonsense") << QByteArray("SC") << QByteArray("MAYBE") << ct << true;
        // PS3.4 2024b B.5: captures of screens, whatever the modality says, or when nothing does.
        for (const char* capture : {"1.2.840.10008.5.1.4.1.1.7", "1.2.840.10008.5.1.4.1.1.7.4"}) {
            const QByteArray uid(capture);
            QTest::addRow("%s without a modality", capture) << QByteArray() << QByteArray() << uid << true;
            QTest::addRow("%s of a CT", capture) << QByteArray("CT") << QByteArray() << uid << true;
            QTest::addRow("%s, stated NO", capture) << QByteArray() << QByteArray("NO") << uid << false;
        }
    }
    void burnedInText() {
        QFETCH(QByteArray, modality);
        QFETCH(QByteArray, annotation);
        QFETCH(QByteArray, sopClass);
        QFETCH(bool, asks);
        DicomBytes bytes = DicomBytes()
                               .element(0x00080016, "UI", sopClass.toStdString())
                               .element(0x00080060, "CS", modality.toStdString())
                               .number(0x00280010, 30)
                               .number(0x00280011, 40);
        if (!annotation.isEmpty()) {
            bytes.element(0x00280301, "CS", annotation.toStdString());
        }
        model::Asset asset;
        asset.kind = model::AssetKind::DicomSeries;
        asset.modality = modality.toStdString();
        const detect::Detection found = detect({write(bytes, "burned")}, asset);
        const auto look =
            std::ranges::find(found.findings, "image-content.burned-in-text", &model::Finding::rule);
        QCOMPARE(look != found.findings.end(), asks);
        if (asks) {
            QVERIFY(look->suggested == Action::Mask);
            QVERIFY(look->requirement == model::Requirement::Required);
            QCOMPARE(look->locator.rect.width, 40);
            QCOMPARE(look->locator.rect.height, 30);
        }
    }
    void masksOfTheDeviceAreProposed() {
        model::Asset asset;
        asset.kind = model::AssetKind::DicomSeries;
        asset.modality = "US";
        asset.device = "A|B|C|30x40|RGB|US";
        detect::DeviceTemplate row;
        row.device = asset.device;
        row.mask.rect = {1, 2, 3, 4};
        detect::DeviceTemplate other = row;
        other.device = "X";
        const std::vector templates{row, other};
        const detect::Detection found =
            detect({write(DicomBytes().element(0x00080060, "CS", "US"), "template")}, asset, templates);
        QCOMPARE(std::ranges::count(found.findings, model::Origin::Device, &model::Finding::origin),
                 std::ptrdiff_t{1});
    }
    void facesInHeadVolumesWantAJudgement_data() {
        QTest::addColumn<QByteArray>("modality");
        QTest::addColumn<QByteArray>("part");
        QTest::addColumn<QByteArray>("description");
        QTest::addColumn<bool>("asks");
        QTest::newRow("CT head") << QByteArray("CT") << QByteArray("HEAD") << QByteArray() << true;
        QTest::newRow("CT chest") << QByteArray("CT") << QByteArray("CHEST") << QByteArray() << false;
        QTest::newRow("MR, description in Japanese")
            << QByteArray("MR") << QByteArray() << QByteArray("頭部MRI") << true;
        QTest::newRow("MR, nothing said") << QByteArray("MR") << QByteArray() << QByteArray() << true;
        QTest::newRow("X-ray of the skull")
            << QByteArray("DX") << QByteArray("SKULL") << QByteArray() << false;
    }
    void facesInHeadVolumesWantAJudgement() {
        QFETCH(QByteArray, modality);
        QFETCH(QByteArray, part);
        QFETCH(QByteArray, description);
        QFETCH(bool, asks);
        DicomBytes bytes = DicomBytes()
                               .element(0x00080005, "CS", "ISO_IR 192")
                               .element(0x00080060, "CS", modality.toStdString());
        bytes.element(0x0008103E, "LO", description.toStdString())
            .element(0x00180015, "CS", part.toStdString());
        model::Asset asset;
        asset.kind = model::AssetKind::DicomSeries;
        asset.modality = modality.toStdString();
        const detect::Detection found = detect({write(bytes, "face")}, asset);
        const auto face = std::ranges::find(found.findings, model::Origin::Face, &model::Finding::origin);
        QCOMPARE(face != found.findings.end(), asks);
        if (asks) {
            QVERIFY(face->requirement == model::Requirement::Conditional);
            QVERIFY(face->suggested == Action::Keep);
        }
    }
    void whatCannotBeReadIsReported() {
        model::Source missing;
        missing.path = m_folder.filePath("nowhere").toStdString();
        const detect::Detection found = detect({write(instance(1), "fine"), missing});
        QCOMPARE(found.unexamined.size(), std::size_t{1});
        const DicomBytes pdf =
            DicomBytes().element(0x00080060, "CS", "DOC").element(0x00420011, "OB", "%PDF-1.4");
        QCOMPARE(detect({write(pdf, "pdf")}).unexamined.size(), std::size_t{1});
    }
};

QTEST_APPLESS_MAIN(TestAttributeDetector)
#include "TestAttributeDetector.moc"
