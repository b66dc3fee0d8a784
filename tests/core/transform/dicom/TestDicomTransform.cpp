#include <QtTest>

#include <filesystem>

#include "core/intake/dicom/Instance.h"
#include "core/transform/dicom/Preview.h"
#include "tests/core/intake/dicom/DicomBytes.h"
#include "tests/core/transform/dicom/DicomWriting.h"

using namespace kamei;
using namespace kamei::intake::dicom;
using test::DicomBytes;
using test::DicomWriting;
namespace fs = std::filesystem;

namespace {

std::span<const std::byte> bytesOf(const std::string& text) {
    return std::as_bytes(std::span(text.data(), text.size()));
}

/// Planted everywhere where something can hide.
DicomBytes planted(bool explicitVr = true, bool bigEndian = false) {
    const auto set = [&] { return DicomBytes(explicitVr, bigEndian); };
    DicomBytes out = set();
    out.element(0x00080005, "CS", "ISO_IR 192").element(0x00080012, "DA", "20240311");
    out.element(0x00080016, "UI", "1.2.840.10008.5.1.4.1.1.2").element(0x00080018, "UI", "1.2.3.99.1");
    out.element(0x00080020, "DA", "20240311")
        .element(0x00080030, "TM", "101112.5")
        .element(0x00080050, "SH", "LEAKACC1");
    out.element(0x00080060, "CS", "CT")
        .element(0x00080080, "LO", "LEAKHOSPITAL")
        .element(0x00080090, "PN", "LEAKREF^A");
    out.element(0x0008103E, "LO", "CT of LEAKPATIENT^TARO");
    out.sequence(
        0x00081140,
        set().element(0x00081150, "UI", "1.2.840.10008.5.1.4.1.1.2").element(0x00081155, "UI", "1.2.3.99.1"),
        true);
    out.element(0x00091001, "LO", "LEAKPRIVATE")
        .element(0x00100010, "PN", "LEAKPATIENT^TARO")
        .element(0x00100020, "LO", "LEAK000123");
    out.element(0x00100030, "DA", "19400717").element(0x00101010, "AS", "083Y");
    out.sequence(0x00400275, set()
                                 .sequence(0x00321064, set().element(0x00080104, "LO", "LEAKPATIENT TARO"))
                                 .element(0x00401001, "SH", "LEAKREQ1"));
    out.element(0x0020000D, "UI", "1.2.3.99").element(0x0020000E, "UI", "1.2.3.99.5");
    out.element(0x00280004, "CS", "MONOCHROME2")
        .number(0x00280010, 2)
        .number(0x00280011, 2)
        .number(0x00280100, 16);
    out.number(0x00280101, 16).number(0x00280102, 15).number(0x00280103, 0).number(0x00280002, 1);
    out.element(0x7FE00010, "OW", std::string("\1\0\2\0\3\0\4\0", 8))
        .element(0xFFFCFFFC, "OB", "LEAKPADDING!");
    return out;
}

} // namespace

class TestDicomTransform : public QObject {
    Q_OBJECT

private slots:
    void nothingPlantedSurvives_data() {
        QTest::addColumn<QString>("policy");
        QTest::addColumn<bool>("explicitVr");
        QTest::addColumn<bool>("bigEndian");
        QTest::addColumn<QByteArray>("syntax");
        for (const char* policy : {"dicom-basic", "guideline-2024"}) {
            const QString name = policy;
            QTest::newRow(qPrintable(name + ", explicit"))
                << name << true << false << QByteArray("1.2.840.10008.1.2.1");
            QTest::newRow(qPrintable(name + ", implicit"))
                << name << false << false << QByteArray("1.2.840.10008.1.2");
            QTest::newRow(qPrintable(name + ", big endian"))
                << name << true << true << QByteArray("1.2.840.10008.1.2.2");
        }
    }
    void nothingPlantedSurvives() {
        QFETCH(QString, policy);
        QFETCH(bool, explicitVr);
        QFETCH(bool, bigEndian);
        QFETCH(QByteArray, syntax);
        DicomWriting writing(policy.toStdString());
        const auto out = writing.written(planted(explicitVr, bigEndian).file(syntax.toStdString()));
        QVERIFY(out.has_value());
        QCOMPARE(out->find("LEAK"), std::string::npos);
        QCOMPARE(out->find("1.2.3.99"), std::string::npos);
        QCOMPARE(out->find("HOSPITALCT01"), std::string::npos);
        QCOMPARE(out->find("20240311"), std::string::npos);
        QVERIFY(std::all_of(out->begin(), out->begin() + 128, [](char c) { return c == 0; }));
        const auto instance = Instance::ofMemory(bytesOf(*out));
        QVERIFY(instance.has_value());
        QCOMPARE(instance->text(tags::PatientName), std::string_view("S-000000000001"));
        QCOMPARE(instance->text(tags::PatientId), std::string_view("S-000000000001"));
        QCOMPARE(instance->text(tags::SpecificCharacterSet), std::string_view("ISO_IR 192"));
        QCOMPARE(instance->text(tags::PatientIdentityRemoved), std::string_view("YES"));
        QCOMPARE(instance->number(tags::Rows).value_or(0), std::int64_t{2});
        const std::string uid = writing.key().uid("1.2.3.99.1");
        QCOMPARE(instance->text(tags::SopInstance), std::string_view(uid));
        QCOMPARE(std::string(reinterpret_cast<const char*>(instance->metaValue(instance->meta()[3]).data()),
                             uid.size()),
                 uid);
        std::array<std::byte, 8> pixels{};
        QVERIFY(instance->read(instance->pixels()->offset, pixels).has_value());
        const std::array<std::byte, 8> expected =
            bigEndian ? std::array{std::byte{0}, std::byte{1}, std::byte{0}, std::byte{2},
                                   std::byte{0}, std::byte{3}, std::byte{0}, std::byte{4}}
                      : std::array{std::byte{1}, std::byte{0}, std::byte{2}, std::byte{0},
                                   std::byte{3}, std::byte{0}, std::byte{4}, std::byte{0}};
        QCOMPARE(pixels, expected);
    }
    void referencesStayTogether() {
        DicomWriting writing("guideline-2024");
        const auto out = writing.written(planted().file());
        const auto instance = Instance::ofMemory(bytesOf(*out));
        const Element* sequence = instance->find(0x00081140);
        QVERIFY(sequence != nullptr);
        const std::size_t at = static_cast<std::size_t>(sequence - instance->elements().data());
        QCOMPARE(instance->text(instance->elements()[at + 3]), instance->text(tags::SopInstance));
    }
    void datesMoveTogetherAndTimesStay() {
        DicomWriting writing("guideline-2024");
        const auto out = writing.written(planted().file());
        const auto instance = Instance::ofMemory(bytesOf(*out));
        const auto expected = transform::pseudonym::shiftDate("20240311", writing.key().dateShiftDays("H|1"));
        QCOMPARE(instance->text(tags::StudyDate), std::string_view(*expected));
        QCOMPARE(instance->text(0x00080012), std::string_view(*expected));
        QCOMPARE(instance->text(0x00080030), std::string_view("101112.5"));
        QCOMPARE(instance->text(tags::BirthDate), std::string_view("19400701"));
        QCOMPARE(instance->text(tags::TemporalModified), std::string_view("MODIFIED"));
    }
    void theUsefulPartOfADescriptionStays() {
        DicomWriting writing("guideline-2024");
        DicomBytes in;
        in.element(0x00080005, "CS", "ISO_IR 192")
            .element(0x00080016, "UI", "1.2.840.10008.5.1.4.1.1.2")
            .element(0x00080060, "CS", "CT");
        in.element(0x00081030, "LO", "胸部CT 造影 患者:山田太郎")
            .element(0x00100010, "PN", "YAMADA^TARO=山田^太郎");
        const auto out = writing.written(in.file());
        const auto instance = Instance::ofMemory(bytesOf(*out));
        const std::string text(instance->text(0x00081030));
        QVERIFY(text.starts_with("胸部CT 造影 患者:"));
        QVERIFY(text.find("山田") == std::string::npos);
    }
    void peopleOfNinetyLoseTheirBirthDate() {
        DicomWriting writing("guideline-2024");
        DicomBytes in;
        in.element(0x00080016, "UI", "1.2.840.10008.5.1.4.1.1.2")
            .element(0x00080020, "DA", "20240311")
            .element(0x00080060, "CS", "CT");
        in.element(0x00100010, "PN", "A^B")
            .element(0x00100030, "DA", "19300101")
            .element(0x00101010, "AS", "094Y");
        const auto out = writing.written(in.file());
        const auto instance = Instance::ofMemory(bytesOf(*out));
        QCOMPARE(instance->text(tags::BirthDate), std::string_view());
        QCOMPARE(instance->text(tags::PatientAge), std::string_view("090Y"));
    }
    void disorderAndDoublesAreSettled() {
        DicomWriting writing("guideline-2024");
        DicomBytes in;
        in.element(0x00100040, "CS", "F")
            .element(0x00080016, "UI", "1.2.840.10008.5.1.4.1.1.2")
            .element(0x00080060, "CS", "CT");
        in.element(0x00080060, "CS", "LEAK").element(0x00080000, "UL", "abcd");
        const auto out = writing.written(in.file());
        QVERIFY(out.has_value());
        QCOMPARE(out->find("LEAK"), std::string::npos);
        const auto instance = Instance::ofMemory(bytesOf(*out));
        Tag last = 0;
        for (std::size_t i = 0; i < instance->elements().size(); i = instance->elements()[i].next) {
            QVERIFY(instance->elements()[i].tag > last);
            last = instance->elements()[i].tag;
        }
        QVERIFY(instance->find(0x00080000) == nullptr);
    }
    void whatWasNotSeenAtDetectionFailsClosed() {
        // Decisions of an empty instance, applied to a full one: the profile speaks for what no finding
        // names.
        DicomWriting writing("guideline-2024");
        const model::Source full = writing.source(planted().file(), "full");
        const auto compiled = writing.compile({}, std::span(&full, 1));
        test::Collected out;
        QVERIFY((*compiled)->apply(full, out).has_value());
        QCOMPARE(out.bytes.find("LEAKPATIENT^TARO"), std::string::npos);
        QCOMPARE(out.bytes.find("LEAK000123"), std::string::npos);
        QCOMPARE(out.bytes.find("LEAKPRIVATE"), std::string::npos);
        QCOMPARE(out.bytes.find("1.2.3.99"), std::string::npos);
    }
    void rejectedFindingsKeepTheirValueAndTheMarkerSaysSo() {
        DicomWriting writing("guideline-2024");
        const model::Source in = writing.source(planted().file(), "rejected");
        auto findings = writing.accepted(std::span(&in, 1));
        for (model::Finding& f : findings) {
            if (f.label == "PatientName") {
                f.state = model::DecisionState::Rejected;
            }
        }
        test::Collected out;
        QVERIFY((*writing.compile(findings))->apply(in, out).has_value());
        const auto instance = Instance::ofMemory(bytesOf(out.bytes));
        QCOMPARE(instance->text(tags::PatientName), std::string_view("LEAKPATIENT^TARO"));
        QCOMPARE(instance->text(tags::PatientIdentityRemoved), std::string_view("NO"));
        QVERIFY(instance->find(tags::DeidentificationMethodCodes) == nullptr);
    }
    void privateDecisionsHoldForTheirCreatorOnly() {
        DicomWriting writing("guideline-2024");
        const auto file = [](const char* creator) {
            DicomBytes out;
            out.element(0x00080016, "UI", "1.2.840.10008.5.1.4.1.1.4").element(0x00080060, "CS", "MR");
            out.element(0x00190010, "LO", creator)
                .element(0x00191001, "DS", "1000")
                .element(0x00191002, "LO", "other");
            return out.file();
        };
        const model::Source mine = writing.source(file("DIFFUSION"), "mine");
        auto findings = writing.accepted(std::span(&mine, 1));
        for (model::Finding& f : findings) {
            if (f.locator.path == "(0019,1001)") {
                f.state = model::DecisionState::Changed;
                f.action = model::Action::Keep;
            }
        }
        const auto compiled = writing.compile(findings);
        test::Collected kept;
        QVERIFY((*compiled)->apply(mine, kept).has_value());
        const auto instance = Instance::ofMemory(bytesOf(kept.bytes));
        QCOMPARE(instance->text(0x00191001), std::string_view("1000"));
        QCOMPARE(instance->text(0x00190010), std::string_view("DIFFUSION"));
        QVERIFY(instance->find(0x00191002) == nullptr);
        const model::Source other = writing.source(file("SOMEBODY ELSE"), "other");
        test::Collected dropped;
        QVERIFY((*compiled)->apply(other, dropped).has_value());
        QVERIFY(Instance::ofMemory(bytesOf(dropped.bytes))->find(0x00191001) == nullptr);
    }
    void sameDecisionsSameBytes() {
        DicomWriting writing("guideline-2024");
        const model::Source in = writing.source(planted().file(), "same");
        auto findings = writing.accepted(std::span(&in, 1));
        const auto first = writing.compile(findings);
        std::reverse(findings.begin(), findings.end());
        const auto second = writing.compile(findings);
        QCOMPARE((*first)->digest(), (*second)->digest());
        test::Collected a;
        test::Collected b;
        QVERIFY((*first)->apply(in, a).has_value());
        QVERIFY((*second)->apply(in, b).has_value());
        QCOMPARE(a.bytes, b.bytes);
        findings.front().action = model::Action::Keep;
        findings.front().state = model::DecisionState::Changed;
        QVERIFY((*writing.compile(findings))->digest() != (*first)->digest());
    }
    /// Of two findings on one attribute the one that hides more stands, whichever comes first.
    void ofTwoFindingsTheStricterStands_data() {
        using model::Action;
        QTest::addColumn<int>("one");
        QTest::addColumn<int>("other");
        QTest::addColumn<QByteArray>("otherSpans"); ///< of a second cleaning
        QTest::addColumn<QByteArray>("left");       ///< part of the value that is written; empty: none of it
        const auto row = [](const char* name, Action one, Action other, const char* spans, const char* left) {
            QTest::newRow(name) << static_cast<int>(one) << static_cast<int>(other) << QByteArray(spans)
                                << QByteArray(left);
        };
        const char* const name = R"([{"start":6,"end":12,"label":"PATIENT_NAME"}])";
        row("deleted and cleaned", Action::Delete, Action::Clean, name, "");
        row("replaced and cleaned", Action::Replace, Action::Clean, name, "");
        row("deleted and kept", Action::Delete, Action::Keep, name, "");
        row("cleaned and kept", Action::Clean, Action::Keep, name, "SCOUT");
        row("cut at the top, which leaves nothing of a text, and cleaned", Action::TopCode, Action::Clean,
            name, "");
        row("cleaned twice alike", Action::Clean, Action::Clean, name, "SCOUT");
        row("cleaned twice, once of nothing", Action::Clean, Action::Clean, "[]", "");
        row("cleaned, and cleaned without having been read", Action::Clean, Action::Clean, "", "");
    }
    void ofTwoFindingsTheStricterStands() {
        QFETCH(int, one);
        QFETCH(int, other);
        QFETCH(QByteArray, otherSpans);
        QFETCH(QByteArray, left);
        const auto finding = [](int action, const QByteArray& spans) {
            model::Finding out;
            out.locator.kind = model::Locator::Kind::Attribute;
            out.locator.path = "(0008,103E)";
            out.label = "SeriesDescription";
            out.state = model::DecisionState::Changed;
            out.action = static_cast<model::Action>(action);
            out.detail = spans.isEmpty()
                             ? ""
                             : R"({"clean":[{"value":"SCOUT YAMADA","spans":)" + spans.toStdString() + "}]}";
            return out;
        };
        DicomWriting writing("guideline-2024");
        DicomBytes file;
        file.element(0x00080016, "UI", "1.2.840.10008.5.1.4.1.1.2").element(0x00080060, "CS", "CT");
        const model::Source in = writing.source(file.element(0x0008103E, "LO", "SCOUT YAMADA").file(), "two");
        std::vector findings{
            finding(one, R"([{"start":6,"end":12,"label":"PATIENT_NAME"}])"),
            finding(other, otherSpans),
        };
        for (int order = 0; order < 2; ++order) {
            test::Collected out;
            QVERIFY((*writing.compile(findings))->apply(in, out).has_value());
            QCOMPARE(out.bytes.find("YAMADA"), std::string::npos);
            QCOMPARE(out.bytes.find("SCOUT") != std::string::npos, !left.isEmpty());
            std::ranges::reverse(findings);
        }
    }
    void refusals_data() {
        QTest::addColumn<QByteArray>("file");
        QTest::addColumn<QByteArray>("code");
        const DicomBytes head = DicomBytes()
                                    .element(0x00080016, "UI", "1.2.840.10008.5.1.4.1.1.104.1")
                                    .element(0x00080060, "CS", "DOC");
        QTest::newRow("encapsulated PDF")
            << QByteArray::fromStdString(DicomBytes(head).element(0x00420011, "OB", "%PDF").file())
            << QByteArray("unsupported-format");
        QTest::newRow("DICOMDIR") << QByteArray::fromStdString(
                                         DicomBytes().element(0x00041220, "SQ", "").file())
                                  << QByteArray("unsupported-format");
        QTest::newRow("fragments in a native syntax")
            << QByteArray::fromStdString(
                   DicomBytes(head)
                       .raw(0x7FE00010, "OB", 0xFFFFFFFF,
                            DicomBytes().raw(0xFFFEE000, "", 0, "").raw(0xFFFEE0DD, "", 0, "").bytes())
                       .file())
            << QByteArray("unsupported-transfer-syntax");
        QTest::newRow("native pixels in a private syntax")
            << QByteArray::fromStdString(
                   DicomBytes(head).element(0x7FE00010, "OW", "ab").file("1.2.840.113619.5.2"))
            << QByteArray("unsupported-transfer-syntax");
    }
    void refusals() {
        QFETCH(QByteArray, file);
        QFETCH(QByteArray, code);
        DicomWriting writing("guideline-2024");
        const auto out = writing.written(file.toStdString());
        QVERIFY(!out.has_value());
        const auto word = base::errorWord(out.error().code);
        QCOMPARE(QByteArray(word.data(), static_cast<qsizetype>(word.size())), code);
    }
    void changedAndMissingSourcesAreRefused() {
        DicomWriting writing("guideline-2024");
        model::Source in = writing.source(planted().file(), "changed");
        const auto compiled = writing.compile({});
        test::Collected out;
        in.stamp.modifiedNs -= 1;
        QVERIFY((*compiled)->apply(in, out).error().code == base::ErrorCode::SourceChanged);
        in.path += ".gone";
        QVERIFY((*compiled)->apply(in, out).error().code == base::ErrorCode::SourceMissing);
        QVERIFY(out.bytes.empty());
    }
    void previewShowsBothSides() {
        DicomWriting writing("guideline-2024");
        const model::Source in = writing.source(planted().file(), "preview");
        const auto findings = writing.accepted(std::span(&in, 1));
        const auto compiled = writing.compile(findings);
        const auto lines = transform::dicom::previewDicom(in, **compiled);
        QVERIFY(lines.has_value());
        const auto line = [&](std::string_view path) {
            return *std::ranges::find(*lines, path, &transform::dicom::PreviewLine::path);
        };
        QCOMPARE(line("(0010,0010)").before, std::string("LEAKPATIENT^TARO"));
        QCOMPARE(line("(0010,0010)").after, std::string("S-000000000001"));
        QVERIFY(line("(0010,0010)").changed);
        QVERIFY(line("(0008,0080)").removed);
        QVERIFY(line("(0012,0062)").added);
        QVERIFY(line("(0009,1001)").isPrivate && line("(0009,1001)").removed);
        QVERIFY(line("(0008,1140)").isSequence);
        QVERIFY(line("(0008,1140)[0]").isItem);
        QCOMPARE(line("(0008,1140)[0].(0008,1155)").depth, 2);
        QVERIFY(!line("(7FE0,0010)").removed);
    }
    void outputNamesHoldNothingOfTheSource() {
        DicomWriting writing("guideline-2024");
        model::Source in = writing.source(planted().file(), "LEAKNAME");
        in.facts = R"({"sop":"1.2.3.99.1"})";
        const std::string name = (*writing.compile({}))->outputName(in);
        QCOMPARE(name, "S-000000000001_" + writing.key().uid("1.2.3.99.1"));
    }
    void realFilesAreWrittenAndReadBack() {
        const QByteArray chosen = qgetenv("KAMEI_SHARED");
        const fs::path samples =
            (chosen.isEmpty() ? fs::path(KAMEI_SHARED_DIR) : fs::path(chosen.toStdString())) / "data" /
            "samples" / "dicom";
        if (!fs::is_directory(samples)) {
            QSKIP("the shared sample files are not here");
        }
        int wrote = 0;
        for (const auto& entry : fs::recursive_directory_iterator(samples)) {
            if (!entry.is_regular_file()) {
                continue;
            }
            const auto content = base::readFile(entry.path(), 1ULL << 31);
            const auto before = Instance::ofMemory(bytesOf(*content));
            if (!before) {
                continue;
            }
            DicomWriting writing("guideline-2024");
            const auto out = writing.written(*content);
            if (!out) {
                QVERIFY2(out.error().code == base::ErrorCode::UnsupportedFormat ||
                             out.error().code == base::ErrorCode::UnsupportedTransferSyntax ||
                             out.error().code == base::ErrorCode::Truncated,
                         entry.path().filename().c_str());
                continue;
            }
            ++wrote;
            const auto after = Instance::ofMemory(bytesOf(*out));
            QVERIFY(after.has_value());
            const std::string_view id = before->text(tags::PatientId);
            if (id.size() > 5) {
                QCOMPARE(after->text(tags::PatientId), std::string_view("S-000000000001"));
            }
            for (const Element& element : after->elements()) {
                QVERIFY(!isPrivate(element.tag) || isPrivateCreator(element.tag) ||
                        writing.policy().has("safe-private"));
            }
        }
        QVERIFY(wrote > 290);
    }
};

QTEST_APPLESS_MAIN(TestDicomTransform)
#include "TestDicomTransform.moc"
