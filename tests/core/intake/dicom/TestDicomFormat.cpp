#include <QtTest>

#include <filesystem>
#include <string>

#include "core/intake/dicom/DicomFormat.h"
#include "core/intake/dicom/Dictionary.h"
#include "core/intake/dicom/PixelCodec.h"
#include "core/intake/dicom/Unopened.h"
#include "tests/core/intake/dicom/DicomBytes.h"

using namespace kamei;
using namespace kamei::intake::dicom;
using test::DicomBytes;
namespace fs = std::filesystem;

namespace {

fs::path samples() {
    const QByteArray chosen = qgetenv("KAMEI_SHARED");
    const fs::path shared = chosen.isEmpty() ? fs::path(KAMEI_SHARED_DIR) : fs::path(chosen.toStdString());
    return shared / "data" / "samples" / "dicom";
}

std::span<const std::byte> bytesOf(const std::string& text) {
    return std::as_bytes(std::span(text.data(), text.size()));
}

bool looks(const std::string& bytes) {
    intake::Sample sample;
    sample.head = bytesOf(bytes).first(std::min<std::size_t>(bytes.size(), 4096));
    sample.size = bytes.size();
    return looksLikeDicom(sample);
}

DicomBytes picture(const char* photometric, std::uint16_t samples, std::uint16_t bits,
                   const std::string& pixels) {
    DicomBytes out;
    out.element(0x00080016, "UI", "1.2.840.10008.5.1.4.1.1.7").element(0x00080060, "CS", "OT");
    out.number(0x00280002, samples).element(0x00280004, "CS", photometric);
    if (samples > 1) {
        out.number(0x00280006, 0);
    }
    out.number(0x00280010, 1).number(0x00280011, 2).number(0x00280100, bits).number(0x00280101, bits);
    out.number(0x00280102, static_cast<std::uint16_t>(bits - 1)).number(0x00280103, 0);
    return out.element(0x7FE00010, "OW", pixels);
}

} // namespace

class TestDicomFormat : public QObject {
    Q_OBJECT

private slots:
    void recognisesByContent_data() {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<bool>("dicom");
        const DicomBytes set = DicomBytes()
                                   .element(0x00080005, "CS", "ISO_IR 100")
                                   .element(0x00080016, "UI", "1.2.3")
                                   .element(0x00080060, "CS", "CT");
        DicomBytes implicit(false);
        implicit.element(0x00080005, "CS", "ISO_IR 100")
            .element(0x00080016, "UI", "1.2.3")
            .element(0x00080060, "CS", "CT");
        const auto row = [](const char* name, const std::string& bytes, bool dicom) {
            QTest::newRow(name) << QByteArray::fromStdString(bytes) << dicom;
        };
        row("with preamble", set.file(), true);
        row("without preamble, explicit", set.bytes(), true);
        row("without preamble, implicit", implicit.bytes(), true);
        row("plain text", "Patient: none. This is a text file of some length, no more.", false);
        row("Japanese text", "患者の氏名などを書いた文章です。もう少し長くします。", false);
        row("zeros", std::string(500, '\0'), false);
        row("PNG", std::string("\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 16) + std::string(100, 'x'), false);
        row("empty", "", false);
    }
    void recognisesByContent() {
        QFETCH(QByteArray, bytes);
        QFETCH(bool, dicom);
        QCOMPARE(looks(bytes.toStdString()), dicom);
    }
    void recognisesAnIndexByItsClass_data() {
        QTest::addColumn<QByteArray>("file");
        QTest::addColumn<bool>("index");
        const auto with = [](const char* sopClass) {
            return QByteArray::fromStdString(std::string(128, '\0') + "DICM" +
                                             DicomBytes()
                                                 .element(0x00020002, "UI", sopClass)
                                                 .element(0x00020010, "UI", "1.2.840.10008.1.2.1")
                                                 .element(0x00041130, "CS", "DISC")
                                                 .bytes());
        };
        QTest::newRow("Media Storage Directory") << with("1.2.840.10008.1.3.10") << true;
        QTest::newRow("CT Image") << with("1.2.840.10008.5.1.4.1.1.2") << false;
        QTest::newRow("no class") << with("") << false;
        QTest::newRow("cut inside the class") << with("1.2.840.10008.1.3.10").left(150) << false;
        QTest::newRow("no meta group") << QByteArray("1.2.840.10008.1.3.10") << false;
    }
    void recognisesAnIndexByItsClass() {
        QFETCH(QByteArray, file);
        QFETCH(bool, index);
        const std::string bytes = file.toStdString();
        intake::Sample sample;
        sample.head = bytesOf(bytes);
        sample.size = bytes.size();
        QCOMPARE(looksLikeDirectory(sample), index);
    }
    void opensTheDocumentInside_data() {
        QTest::addColumn<QByteArray>("file");
        QTest::addColumn<QByteArray>("document");
        const auto object = [](const char* sopClass, const char* type, std::string bytes, int stated) {
            DicomBytes out =
                DicomBytes().element(0x00080016, "UI", sopClass).element(0x00420011, "OB", bytes);
            out.element(0x00420012, "LO", type);
            if (stated >= 0) {
                out.raw(0x00420015, "UL", 4, std::string{static_cast<char>(stated), 0, 0, 0});
            }
            return QByteArray::fromStdString(out.file());
        };
        const char* cda = "1.2.840.10008.5.1.4.1.1.104.2";
        QTest::newRow("even length") << object(cda, "text/XML", "<a/>", 4) << QByteArray("<a/>");
        QTest::newRow("odd length, stated") << object(cda, "text/XML", "<ab/>", 5) << QByteArray("<ab/>");
        QTest::newRow("odd length, not stated")
            << object(cda, "text/XML", "<ab/>", -1) << QByteArray("<ab/>");
        QTest::newRow("wrong length stated") << object(cda, "text/XML", "<abc/>", 2) << QByteArray("<abc/>");
        QTest::newRow("by its type alone") << object("1.2.3", "text/xml", "<a/>", 4) << QByteArray("<a/>");
        QTest::newRow("PDF") << object("1.2.840.10008.5.1.4.1.1.104.1", "application/pdf", "%PDF", 4)
                             << QByteArray("%PDF");
        QTest::newRow("STL") << object("1.2.840.10008.5.1.4.1.1.104.3", "model/stl", "soli", 4)
                             << QByteArray();
        QTest::newRow("no document") << QByteArray::fromStdString(
                                            DicomBytes().element(0x00080016, "UI", cda).file())
                                     << QByteArray();
    }
    void opensTheDocumentInside() {
        QFETCH(QByteArray, file);
        QFETCH(QByteArray, document);
        const std::string bytes = file.toStdString();
        const auto instance = Instance::ofMemory(bytesOf(bytes));
        QVERIFY(instance.has_value());
        QCOMPARE(QByteArray::fromStdString(documentInside(*instance).value_or("")), document);
    }
    void describes() {
        DicomBytes out;
        out.element(0x00080005, "CS", "ISO_IR 192")
            .element(0x00080016, "UI", "1.2.840.10008.5.1.4.1.1.2")
            .element(0x00080018, "UI", "1.2.3.4");
        out.element(0x00080060, "CS", "CT")
            .element(0x00080070, "LO", "Maker")
            .element(0x0008103E, "LO", "頭部 単純");
        out.element(0x00100010, "PN", "TEST^ONE=試験^一=しけん^いち")
            .element(0x00100020, "LO", "000123")
            .element(0x00100021, "LO", "HOSP");
        out.element(0x00100030, "DA", "19700131")
            .element(0x00100040, "CS", "F")
            .element(0x0020000E, "UI", "1.2.3")
            .element(0x00200013, "IS", "17");
        out.number(0x00280002, 1)
            .element(0x00280004, "CS", "MONOCHROME2")
            .number(0x00280010, 2)
            .number(0x00280011, 2);
        out.number(0x00280100, 16).number(0x00280101, 12).element(0x7FE00010, "OW", "12345678");
        const std::string file = out.file();
        const auto d = describeDicom({{}, {}}, file);
        QVERIFY(d.has_value());
        QVERIFY(d->kind == model::AssetKind::DicomSeries);
        QCOMPARE(d->group, std::string("1.2.3"));
        QCOMPARE(d->title, std::string("頭部 単純"));
        QCOMPARE(d->order, std::int64_t{17});
        QCOMPARE(d->frames, 1);
        QCOMPARE(d->device, std::string("Maker|||2x2|MONOCHROME2|CT"));
        QCOMPARE(d->subject.patientId, std::string("000123"));
        QCOMPARE(d->subject.issuer, std::string("HOSP"));
        QCOMPARE(d->subject.names.size(), std::size_t{3});
        QCOMPARE(d->subject.names[1], std::string("試験^一"));
        QCOMPARE(d->subject.birthDate, std::string("19700131"));
        QVERIFY(d->facts.find(R"("sop":"1.2.3.4")") != std::string::npos);
        QVERIFY(d->facts.find(R"("bits":12)") != std::string::npos);
    }
    void statedFramesNeverExceedTheData() {
        DicomBytes out =
            DicomBytes().element(0x00280008, "IS", "2000000000").number(0x00280010, 2).number(0x00280011, 2);
        const std::string file = out.number(0x00280100, 8).element(0x7FE00010, "OW", "12345678").file();
        QCOMPARE(describeDicom({{}, {}}, file)->frames, 2);
    }
    void decodesColours_data() {
        QTest::addColumn<QByteArray>("photometric");
        QTest::addColumn<int>("samples");
        QTest::addColumn<QByteArray>("pixels");
        QTest::addColumn<QByteArray>("expected");
        QTest::newRow("MONOCHROME2") << QByteArray("MONOCHROME2") << 1 << QByteArray("\x10\x20", 2)
                                     << QByteArray("\x10\x20", 2);
        QTest::newRow("RGB") << QByteArray("RGB") << 3 << QByteArray("\x01\x02\x03\x04\x05\x06", 6)
                             << QByteArray("\x01\x02\x03\x04\x05\x06", 6);
        QTest::newRow("YBR_FULL grey")
            << QByteArray("YBR_FULL") << 3 << QByteArray("\x40\x80\x80\x50\x80\x80", 6)
            << QByteArray("\x40\x40\x40\x50\x50\x50", 6);
        QTest::newRow("YBR_FULL_422") << QByteArray("YBR_FULL_422") << 3 << QByteArray("\x40\x50\x80\x80", 4)
                                      << QByteArray("\x40\x40\x40\x50\x50\x50", 6);
    }
    void decodesColours() {
        QFETCH(QByteArray, photometric);
        QFETCH(int, samples);
        QFETCH(QByteArray, pixels);
        QFETCH(QByteArray, expected);
        const std::string file =
            picture(photometric.constData(), static_cast<std::uint16_t>(samples), 8, pixels.toStdString())
                .file();
        const auto raster = decodeDicomPicture(bytesOf(file), 1);
        QVERIFY(raster.has_value());
        const QByteArray got(reinterpret_cast<const char*>(raster->samples.data()),
                             static_cast<qsizetype>(raster->samples.size()));
        QCOMPARE(got, expected);
        QVERIFY(!decodeDicomPicture(bytesOf(file), 2));
        QVERIFY(!decodeDicomPicture(bytesOf(file), 0));
    }
    void absurdGeometryIsRefused_data() {
        QTest::addColumn<uint>("tag");
        QTest::addColumn<int>("value");
        QTest::newRow("no rows") << 0x00280010U << 0;
        QTest::newRow("no columns") << 0x00280011U << 0;
        QTest::newRow("three bits allocated") << 0x00280100U << 3;
        QTest::newRow("more bits stored than allocated") << 0x00280101U << 12;
        QTest::newRow("nine samples") << 0x00280002U << 9;
        QTest::newRow("more pixels than data") << 0x00280010U << 60'000;
    }
    void absurdGeometryIsRefused() {
        QFETCH(uint, tag);
        QFETCH(int, value);
        std::string bytes = picture("MONOCHROME2", 1, 8, "ab").bytes();
        const std::string head{static_cast<char>(tag >> 16 & 0xFF),
                               static_cast<char>(tag >> 24),
                               static_cast<char>(tag & 0xFF),
                               static_cast<char>(tag >> 8 & 0xFF),
                               'U',
                               'S'};
        const std::size_t at = bytes.find(head);
        QVERIFY(at != std::string::npos);
        bytes[at + 8] = static_cast<char>(value & 0xFF);
        bytes[at + 9] = static_cast<char>(value >> 8);
        const std::string file = DicomBytes().append(bytes).file();
        QVERIFY(!decodeDicomPicture(bytesOf(file), 1));
    }
    void rleGoesThereAndBack() {
        PixelFormat format;
        format.rows = 7;
        format.columns = 13;
        format.samples = 3;
        format.bitsAllocated = 16;
        std::vector<std::byte> samples(static_cast<std::size_t>(format.frameBytes()));
        for (std::size_t i = 0; i < samples.size(); ++i) {
            samples[i] = static_cast<std::byte>(i % 11 < 5 ? 7 : i * 31);
        }
        const auto stream = encodeRle(samples, format);
        QCOMPARE(stream.size() % 2, std::size_t{0});
        QCOMPARE(*decodeRle(stream, format), samples);
        for (std::size_t size = 0; size < stream.size(); ++size) {
            (void)decodeRle(std::span(stream).first(size), format); // must not read beyond its end
        }
    }
    void realFilesAreReadOrRefused() {
        if (!fs::is_directory(samples())) {
            QSKIP("the shared sample files are not here");
        }
        int read = 0;
        int pictures = 0;
        for (const auto& entry : fs::recursive_directory_iterator(samples())) {
            if (!entry.is_regular_file()) {
                continue;
            }
            const auto content = base::readFile(entry.path(), 1ULL << 31);
            QVERIFY(content.has_value());
            const auto d = describeDicom({entry.path(), {}}, *content);
            read += d ? 1 : 0;
            if (d && d->frames > 0 && decodeDicomPicture(bytesOf(*content), 1)) {
                ++pictures;
            }
        }
        qInfo("%d files read, first picture of %d decoded", read, pictures);
        QVERIFY(read >= 300);
        QVERIFY(pictures >= 200);
    }
};

QTEST_APPLESS_MAIN(TestDicomFormat)
#include "TestDicomFormat.moc"
