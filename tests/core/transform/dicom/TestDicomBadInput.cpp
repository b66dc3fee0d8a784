#include <QtTest>

#include "core/intake/dicom/Instance.h"
#include "tests/core/intake/dicom/DicomBytes.h"
#include "tests/core/transform/dicom/DicomWriting.h"

using namespace kamei;
using namespace kamei::intake::dicom;
using test::DicomBytes;
using test::DicomWriting;

namespace {

constexpr std::uint32_t kUndefined = 0xFFFFFFFF;
constexpr const char* kImplicit = "1.2.840.10008.1.2";
constexpr const char* kExplicit = "1.2.840.10008.1.2.1";
constexpr const char* kBigEndian = "1.2.840.10008.1.2.2";
constexpr const char* kDeflated = "1.2.840.10008.1.2.1.99";

std::span<const std::byte> bytesOf(const std::string& text) {
    return std::as_bytes(std::span(text.data(), text.size()));
}

/// Up to the patient: what follows is the row's own.
DicomBytes head(bool explicitVr = true, bool bigEndian = false) {
    DicomBytes out(explicitVr, bigEndian);
    out.element(0x00080005, "CS", "ISO_IR 192").element(0x00080016, "UI", "1.2.840.10008.5.1.4.1.1.7");
    return out.element(0x00080018, "UI", "1.2.3.99.1").element(0x00080060, "CS", "OT");
}

DicomBytes withPatient(bool explicitVr = true, bool bigEndian = false) {
    return head(explicitVr, bigEndian)
        .element(0x00100010, "PN", "LEAKPATIENT^TARO")
        .element(0x00100020, "LO", "LEAK000123");
}

std::uint32_t sizeOf(const DicomBytes& bytes) {
    return static_cast<std::uint32_t>(bytes.bytes().size());
}

/// One item of defined length around a person's name and a request.
DicomBytes item(bool explicitVr) {
    const DicomBytes inner = DicomBytes(explicitVr)
                                 .element(0x00080050, "SH", "LEAKACC")
                                 .element(0x00100010, "PN", "LEAKPATIENT^TARO")
                                 .element(0x00321033, "LO", "LEAKWARD");
    return DicomBytes(explicitVr).raw(0xFFFEE000, "", sizeOf(inner), inner.bytes());
}

DicomBytes delimited(const DicomBytes& items) {
    return DicomBytes(items).raw(0xFFFEE0DD, "", 0, "");
}

std::string nested(int levels) {
    DicomBytes inner;
    inner.element(0x0040A160, "UT", "LEAKPATIENT^TARO");
    for (int i = 0; i < levels; ++i) {
        DicomBytes outer;
        outer.sequence(0x0040A730, inner, true);
        inner = outer;
    }
    return head().append(inner.bytes()).file();
}

std::string withPreamble(std::string file, std::string_view preamble) {
    std::ranges::copy(preamble, file.begin());
    return file;
}

/// An element whose VR is two characters of no VR, with the short form of the length.
std::string brokenVr(std::uint32_t tag, std::string_view letters, std::string_view value) {
    std::string out = DicomBytes().raw(tag, "LO", static_cast<std::uint32_t>(value.size()), value).bytes();
    return out.replace(4, 2, letters);
}

} // namespace

/// Each row plants LEAK... in a place that bad input has. Either the file is refused with a code and the
/// element, or it is written without a byte of what was planted, readable and in ascending order.
class TestDicomBadInput : public QObject {
    Q_OBJECT

private:
    static void row(const char* name, const std::string& file, const char* refusal = "") {
        QTest::newRow(name) << QByteArray::fromStdString(file) << QByteArray(refusal);
    }
    static void truncatedAndOverlong() {
        const std::string patient = withPatient().bytes();
        row("cut inside a value", DicomBytes().append(patient.substr(0, patient.size() - 3)).file(),
            "truncated (0010,0020)");
        row("cut inside an element's header", withPatient().append(std::string("\x10\0\x30\0D", 5)).file());
        row("cut behind the file meta group", DicomBytes().file(), "truncated");
        row("value longer than the file", head().raw(0x00100010, "PN", 500, "LEAKPATIENT^TARO").file(),
            "truncated (0010,0010)");
        row("a number that swallows what follows",
            head()
                .raw(0x00280010, "US", 22, DicomBytes().element(0x00321033, "LO", "LEAKWARD01LEAK").bytes())
                .file());
        row("a number that swallows what follows, implicit",
            head(false)
                .raw(0x00280010, "US", 22,
                     DicomBytes(false).element(0x00321033, "LO", "LEAKWARD01LEAK").bytes())
                .file(kImplicit));
        row("a number of odd length", head().raw(0x00280010, "US", 7, "LEAK123").file());
        row("a number declared UN that holds text", head().element(0x00280010, "UN", "LEAKWARD").file());
        row("a number declared OW that holds text", head().element(0x00280011, "OW", "LEAKWARD").file());
        row("a pointer to attributes that holds text", head().element(0x00280009, "AT", "LEAK12").file());
        row("text of odd length", head().raw(0x00100010, "PN", 5, "LEAK1").file());
        row("text behind a NUL",
            withPatient().element(0x00180015, "CS", std::string("CHEST\0LEAK", 10)).file());
        row("a group length that is text", head().raw(0x00100000, "UL", 4, "LEAK").file());
    }
    static void sequences() {
        row("1,000 levels of sequences", nested(1000), "too-deep (0040,A730)");
        row("sequence that is never closed",
            head().raw(0x00081140, "SQ", kUndefined, item(true).bytes()).file(), "truncated (0008,1140)");
        row("item that is never closed",
            head()
                .raw(0x00081140, "SQ", kUndefined,
                     DicomBytes()
                         .raw(0xFFFEE000, "", kUndefined,
                              DicomBytes().element(0x00080050, "SH", "LEAKACC").bytes())
                         .bytes())
                .file(),
            "truncated (0008,0050)");
        row("item longer than its sequence",
            head()
                .element(0x00081140, "SQ", DicomBytes().raw(0xFFFEE000, "", 0x7FFFFFFE, "LEAK").bytes())
                .file(),
            "malformed (0008,1140)");
        row("sequence inside a sequence longer than its item",
            head().sequence(0x00081140, DicomBytes().raw(0x00081199, "SQ", 0xFFFFFFF0, "LEAK")).file(),
            "malformed (0008,1140)");
        row("item longer than its sequence by one element",
            withPatient()
                .raw(0x00321064, "SQ", 8, DicomBytes().raw(0xFFFEE000, "", 16, "").bytes())
                .element(0x00321033, "LO", "LEAKWARD")
                .file(),
            "malformed (0032,1064)");
        row("sequence whose value is text", head().element(0x00081140, "SQ", "LEAKPATIENT^TARO").file(),
            "malformed (0008,1140)");
        row("text of undefined length", head().raw(0x0040A160, "UT", kUndefined, "LEAKPATIENT").file(),
            "malformed (0040,A160)");
        row("bytes of undefined length that are no pixels",
            withPatient()
                .raw(0x00420020, "OB", kUndefined,
                     delimited(DicomBytes().raw(0xFFFEE000, "", 12, "LEAKDOCUMENT")).bytes())
                .file());
        row("private bytes of undefined length",
            withPatient()
                .element(0x00430010, "LO", "GEMS_PARM_01")
                .raw(0x0043106F, "OB", kUndefined,
                     delimited(DicomBytes().raw(0xFFFEE000, "", 12, "LEAKDOCUMENT")).bytes())
                .file());
        row("delimiters where nothing is open",
            head()
                .raw(0xFFFEE00D, "", 0, "")
                .raw(0xFFFEE0DD, "", 0, "")
                .append(DicomBytes().element(0x00100010, "PN", "LEAKPATIENT^TARO").bytes())
                .file());
        row("a delimiter with content", head().raw(0xFFFEE00D, "", 12, "LEAKDOCUMENT").file(),
            "truncated (454C,4B41)");
        row("an item without a sequence", head().raw(0xFFFEE000, "", 12, "LEAKDOCUMENT").file(),
            "malformed (FFFE,E000)");
        row("sequence delimiter inside an item",
            head()
                .raw(0x00081140, "SQ", kUndefined,
                     DicomBytes()
                         .raw(0xFFFEE000, "", kUndefined,
                              DicomBytes().element(0x00080050, "SH", "LEAKACC").bytes())
                         .raw(0xFFFEE0DD, "", 0, "")
                         .bytes())
                .element(0x00100010, "PN", "LEAKPATIENT^TARO")
                .file());
    }
    static void unknownContent() {
        for (const bool explicitItems : {false, true}) {
            const std::string kind = explicitItems ? ", explicit inside" : ", implicit inside (CP-246)";
            row(("UN with a sequence" + kind).c_str(),
                head().element(0x00400275, "UN", item(explicitItems).bytes()).file());
            row(("UN with a sequence of undefined length" + kind).c_str(),
                head().raw(0x00400275, "UN", kUndefined, delimited(item(explicitItems)).bytes()).file());
            row(("private UN with items" + kind).c_str(),
                withPatient()
                    .element(0x00430010, "LO", "GEMS_PARM_01")
                    .element(0x0043106F, "UN", item(explicitItems).bytes())
                    .file());
            row(("private sequence of undefined length" + kind).c_str(),
                withPatient(explicitItems)
                    .element(0x00430010, "LO", "GEMS_PARM_01")
                    .raw(0x0043106F, "UN", kUndefined, delimited(item(explicitItems)).bytes())
                    .file(explicitItems ? kExplicit : kImplicit));
        }
        row("UN that holds half a sequence",
            head()
                .element(0x00400275, "UN", DicomBytes().raw(0xFFFEE000, "", 400, "LEAKPATIENT").bytes())
                .file());
        row("a name declared UN", head().element(0x00100010, "UN", "LEAKPATIENT^TARO").file());
        row("a name declared OB", head().element(0x00100010, "OB", "LEAKPATIENT^TARO").file());
        row("a name declared US", head().element(0x00100010, "US", "LEAKPATIENT^TARO").file());
        row("a name declared SQ", head().element(0x00100010, "SQ", item(true).bytes()).file());
        row("a sequence declared UT", head().element(0x00081140, "UT", "LEAKPATIENT^TARO").file());
        row("a sequence declared OB", head().element(0x00081140, "OB", "LEAKPATIENT^TARO").file());
        row("bytes declared LT", head().element(0x00281201, "LT", "LEAKPATIENT^TARO").file());
        row("a code declared UT",
            head()
                .element(0x00080064, "UT", "leak: \xE5\xB1\xB1\xE7\x94\xB0 Patient: LEAKPATIENT TARO")
                .file());
        for (const auto& [name, letters] :
             std::vector<std::pair<std::string, std::string>>{{"VR of question marks", "??"},
                                                              {"VR of blanks", "  "},
                                                              {"VR of zeros", std::string(2, '\0')},
                                                              {"VR of no edition", "ZZ"}}) {
            row((name + " on a name").c_str(), head()
                                                   .append(brokenVr(0x00100010, letters, "LEAKPATIENT^TARO"))
                                                   .element(0x00100020, "LO", "LEAK000123")
                                                   .file());
            row((name + " on a number").c_str(),
                head().append(brokenVr(0x00280010, letters, "LEAKWARD")).file());
        }
        row("pixel data inside an item",
            withPatient().sequence(0x00081140, DicomBytes().element(0x7FE00010, "OW", "LEAKPIXELS")).file());
        row("a document inside an item",
            withPatient()
                .sequence(0x00081140, DicomBytes().element(0x00420011, "OB", "LEAKDOCUMENT"))
                .file());
    }
    static void pixels() {
        const auto picture = [](std::uint16_t rows, std::uint16_t columns, const char* frames) {
            DicomBytes out = withPatient();
            out.number(0x00280002, 1)
                .element(0x00280004, "CS", "MONOCHROME2")
                .element(0x00280008, "IS", frames);
            out.number(0x00280010, rows).number(0x00280011, columns).number(0x00280100, 8);
            return out.number(0x00280101, 8).number(0x00280102, 7).number(0x00280103, 0);
        };
        row("bytes behind the last frame",
            picture(2, 2, "1").element(0x7FE00010, "OB", "\1\2\3\4LEAKBEHIND").file());
        row("a last frame of which only a part is there",
            picture(2, 5, "2").element(0x7FE00010, "OB", "\1\2\3\4\5\6\7\10\11\12LEAKPART").file());
        row("absurd rows and columns", picture(65535, 65535, "1").element(0x7FE00010, "OB", "LEAK").file(),
            "too-large (0028,0010)");
        row("absurd number of frames",
            picture(2, 2, "2147483647").element(0x7FE00010, "OB", "\1\2\3\4").file());
        row("frames that are no number", picture(2, 2, "LEAK").element(0x7FE00010, "OB", "\1\2\3\4").file());
        for (const char* syntax : {"1.2.840.10008.1.2.1.98", "1.2.840.10008.1.2.8.1"}) {
            // Encapsulated Uncompressed, Deflated Image Frame Compression (PS3.6 2024b Table A-1)
            const DicomBytes items =
                DicomBytes().raw(0xFFFEE000, "", 0, "").raw(0xFFFEE000, "", 10, "LEAKPIXELS");
            row((std::string("frames that nothing here decodes, ") + syntax).c_str(),
                picture(2, 5, "1").raw(0x7FE00010, "OB", kUndefined, delimited(items).bytes()).file(syntax),
                (std::string("unsupported-transfer-syntax ") + syntax).c_str());
        }
        row("a picture of nothing", picture(0, 0, "1").element(0x7FE00010, "OB", "LEAK").file(),
            "malformed (0028,0010)");
    }
    static void orderAndDoubles() {
        row("a name twice", withPatient().element(0x00100010, "PN", "LEAKOTHER^JIRO").file());
        row("a code twice", withPatient().element(0x00080060, "CS", "LEAK").file());
        row("a code twice inside an item",
            withPatient()
                .sequence(0x00081140,
                          DicomBytes().element(0x00080060, "CS", "OT").element(0x00080060, "CS", "LEAK"))
                .file());
        row("descending order", DicomBytes()
                                    .element(0x00100020, "LO", "LEAK000123")
                                    .element(0x00100010, "PN", "LEAKPATIENT^TARO")
                                    .element(0x00080060, "CS", "OT")
                                    .file());
        row("character set behind the name",
            DicomBytes()
                .element(0x00080060, "CS", "OT")
                .element(0x00100010, "PN", "LEAKPATIENT^TARO=\xE5\xB1\xB1\xE7\x94\xB0")
                .element(0x00080005, "CS", "ISO_IR 192")
                .file());
        row("private block without owner", withPatient().element(0x00431010, "LO", "LEAKPRIVATE").file());
        row("private owner behind its block", withPatient()
                                                  .element(0x00431010, "LO", "LEAKPRIVATE")
                                                  .element(0x00430010, "LO", "LEAKOWNER")
                                                  .file());
    }
    static void syntaxes() {
        row("explicit, declared implicit", withPatient().file(kImplicit));
        row("implicit, declared explicit", withPatient(false).file(kExplicit));
        row("big endian, declared little", withPatient(true, true).file(kExplicit));
        row("little endian, declared big", withPatient().file(kBigEndian));
        row("declared deflated, is not", withPatient().file(kDeflated));
        row("declared deflated, is noise",
            DicomBytes().append(std::string(60, '\xA7') + "LEAK").file(kDeflated), "malformed");
        row("transfer syntax of nobody", withPatient().file("1.2.3.4.5"),
            "unsupported-transfer-syntax 1.2.3.4.5");
        row("no preamble and no meta group", withPatient().bytes());
        row("no preamble and no meta group, implicit", withPatient(false).bytes());
        row("meta group without preamble", withPatient().file().substr(132));
        row("implicit behind the third element",
            head().append(DicomBytes(false).element(0x00100010, "PN", "LEAKPATIENT^TARO").bytes()).file());
    }
    static void aroundTheDataSet() {
        row("executable in the preamble", withPreamble(withPatient().file(), "MZ\x90LEAKEXECUTABLE"));
        row("TIFF in the preamble",
            withPreamble(withPatient().file(), std::string_view("II*\0\x08\0\0\0LEAKTIFF", 16)));
        row("titles and private information in the meta group",
            DicomBytes()
                .append(withPatient().file().substr(0, 132))
                .element(0x00020010, "UI", kExplicit)
                .element(0x00020016, "AE", "LEAKSOURCE")
                .element(0x00020017, "AE", "LEAKSENDER")
                .element(0x00020018, "AE", "LEAKRECEIVER")
                .element(0x00020026, "UR", "https://leak.LEAK")
                .element(0x00020100, "UI", "1.2.3.99")
                .element(0x00020102, "OB", "LEAKPRIVATE")
                .append(withPatient().bytes())
                .bytes());
        row("a second meta group behind the first",
            DicomBytes()
                .append(DicomBytes().file())
                .append(DicomBytes().element(0x00080060, "CS", "OT").file(kBigEndian).substr(132))
                .append(withPatient().bytes())
                .bytes());
        row("group 2 inside the data set",
            DicomBytes().element(0x00080060, "CS", "OT").element(0x00020016, "AE", "LEAKSOURCE").file());
        row("command group inside the data set",
            head().element(0x00000600, "AE", "LEAKMOVE").element(0x00001030, "AE", "LEAKORIGIN").file());
        row("groups that no standard has", head()
                                               .element(0x00010010, "LO", "LEAKONE")
                                               .element(0x00041500, "CS", "LEAKFILE")
                                               .element(0x00071010, "LO", "LEAKSEVEN")
                                               .file());
        row("group FFFF", withPatient().element(0xFFFF1010, "LO", "LEAKLAST").file());
        row("trailing padding", withPatient().element(0xFFFCFFFC, "OB", "LEAKPADDING!").file());
        row("zeros behind the data set", withPatient().append(std::string(300, '\0')).file());
        row("text behind the data set", withPatient().append("LEAK: printed by a person").file(),
            "truncated (454C,4B41)");
        row("a second file behind the first", withPatient().append(withPatient().file()).file(),
            "truncated (5050,5050)");
        row("attributes of a later edition", withPatient().element(0x0010FFF0, "LO", "LEAKFUTURE").file());
    }

private slots:
    void nothingUnreadIsCopiedThrough_data() {
        QTest::addColumn<QByteArray>("file");
        QTest::addColumn<QByteArray>("refusal");
        truncatedAndOverlong();
        sequences();
        unknownContent();
        orderAndDoubles();
        pixels();
        syntaxes();
        aroundTheDataSet();
    }
    void nothingUnreadIsCopiedThrough() {
        QFETCH(QByteArray, file);
        QFETCH(QByteArray, refusal);
        DicomWriting writing("guideline-2024");
        const auto out = writing.written(file.toStdString());
        if (!out) {
            std::string found(base::errorWord(out.error().code));
            for (const std::string& argument : out.error().args) {
                found += ' ' + argument;
            }
            QCOMPARE(QByteArray::fromStdString(found), refusal);
            return;
        }
        QCOMPARE(QByteArray(), refusal);
        QCOMPARE(out->find("LEAK"), std::string::npos);
        QCOMPARE(out->find("1.2.3.99"), std::string::npos);
        const auto again = Instance::ofMemory(bytesOf(*out));
        QVERIFY(again.has_value());
        Tag last = 0;
        for (std::size_t i = 0; i < again->elements().size(); i = again->elements()[i].next) {
            QVERIFY(again->elements()[i].tag > last);
            last = again->elements()[i].tag;
        }
    }
};

QTEST_APPLESS_MAIN(TestDicomBadInput)
#include "TestDicomBadInput.moc"
