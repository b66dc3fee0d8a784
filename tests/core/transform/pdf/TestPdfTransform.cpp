#include <QDir>
#include <QFile>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>
#include <qpdf/Buffer.hh>
#include <qpdf/QPDF.hh>

#include "core/intake/image/Image.h"
#include "core/intake/pdf/PdfDocument.h"
#include "core/intake/pdf/Statements.h"
#include "core/transform/pdf/PlainJpeg.h"
#include "core/transform/pdf/Writing.h"
#include "tests/core/intake/image/Pictures.h"
#include "tests/core/intake/pdf/PdfMaker.h"

using namespace kamei;
using namespace kamei::transform::pdf;
using intake::pdf::PdfDocument;
using test::makePdf;
using test::pdfStream;

namespace {

model::Mask rectangle(int x, int y, int width, int height, model::FrameRange frames = {}) {
    model::Mask mask;
    mask.rect = {x, y, width, height};
    mask.frames = frames;
    return mask;
}

/// Everything that can be read in a file: each object as qpdf writes it, each stream unpacked, and the bytes.
std::string allOf(const std::string& bytes) {
    std::string out = bytes;
    const auto file = QPDF::create();
    file->processMemoryFile("output", bytes.data(), bytes.size());
    for (QPDFObjectHandle object : file->getAllObjects()) {
        out += object.isStream() ? object.getDict().unparseResolved() : object.unparseResolved();
        if (object.isStream()) {
            auto filter = object.getDict().getKey("/Filter");
            const bool coded = filter.isName() && filter.getName() == "/DCTDecode";
            const auto data = coded ? object.getRawStreamData() : object.getStreamData(qpdf_dl_generalized);
            out.append(reinterpret_cast<const char*>(data->getBuffer()), data->getSize());
        }
    }
    return out + file->getTrailer().unparseResolved();
}

/// Two pages, each with its own word.
std::string twoPages() {
    test::PdfMaker maker;
    maker.add("<< /Type /Catalog /Pages 2 0 R >>");
    maker.add("<< /Type /Pages /Kids [3 0 R 6 0 R] /Count 2 >>");
    maker.add("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 200] /Contents 4 0 R /Resources << /Font << "
              "/F 5 0 R "
              ">> >> >>");
    maker.addStream("", "BT /F 18 Tf 60 90 Td (HANAKO) Tj ET");
    maker.add("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>");
    maker.add("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 200] /Contents 7 0 R /Resources << /Font << "
              "/F 5 0 R "
              ">> >> >>");
    maker.addStream("", "1 0 0 rg BT /F 18 Tf 60 90 Td (YAMADA) Tj ET");
    return maker.file(1);
}

test::PdfParts planted(const char* place) {
    const std::string where = place;
    test::PdfParts parts;
    const auto object = [&](const std::string& body) { parts.objects.push_back(body); };
    if (where == "document information") {
        parts.trailer = "/Info << /Author (LEAK) /LEAK (x) >>";
    } else if (where == "identifier") {
        parts.trailer = "/ID [(LEAKLEAKLEAKLEAK) (LEAKLEAKLEAKLEAK)]";
    } else if (where == "XMP") {
        parts.catalogue = "/Metadata 6 0 R";
        object(pdfStream("/Type /Metadata /Subtype /XML", "<a>LEAK</a>"));
    } else if (where == "XMP of the page") {
        parts.page = "/Metadata 6 0 R";
        object(pdfStream("/Type /Metadata /Subtype /XML", "<a>LEAK</a>"));
    } else if (where == "attachment") {
        parts.catalogue = "/Names << /EmbeddedFiles << /Names [(LEAK) 6 0 R] >> >>";
        object("<< /Type /Filespec /F (LEAK.txt) /EF << /F 7 0 R >> >>");
        object(pdfStream("/Type /EmbeddedFile", "LEAK inside"));
    } else if (where == "associated file of a page") {
        parts.page = "/AF [6 0 R]";
        object("<< /Type /Filespec /F (LEAK.txt) /EF << /F 7 0 R >> >>");
        object(pdfStream("/Type /EmbeddedFile", "LEAK inside"));
    } else if (where == "comment") {
        parts.page = "/Annots [<< /Subtype /Text /Rect [0 0 9 9] /T (LEAK) /Contents (LEAK) >>]";
    } else if (where == "free text on the page") {
        parts.page =
            "/Annots [<< /Subtype /FreeText /Rect [50 50 300 90] /DA (/F 12 Tf) /Contents (LEAK) /AP << /N "
            "6 0 R >> >>]";
        object(pdfStream("/Subtype /Form /BBox [0 0 250 40] /Resources << /Font << /F 5 0 R >> >>",
                         "BT /F 12 Tf 5 5 Td (LEAK) Tj ET"));
    } else if (where == "field that is not drawn") {
        parts.page = "/Annots [6 0 R]";
        parts.catalogue = "/AcroForm << /Fields [6 0 R] >>";
        object("<< /Subtype /Widget /Rect [0 0 9 9] /FT /Tx /T (LEAK) /V (LEAK) >>");
    } else if (where == "signature") {
        parts.page = "/Annots [6 0 R]";
        parts.catalogue = "/AcroForm << /Fields [6 0 R] /SigFlags 3 >>";
        object("<< /Subtype /Widget /Rect [0 0 9 9] /FT /Sig /T (s) /V << /Type /Sig /Name (LEAK) >> >>");
    } else if (where == "XFA") {
        parts.page = "/Annots [7 0 R]";
        parts.catalogue = "/AcroForm << /XFA 6 0 R /Fields [7 0 R] >>";
        object(pdfStream("", "<xdp>LEAK</xdp>"));
        object("<< /Subtype /Widget /Rect [0 0 9 9] /FT /Tx /T (t) >>");
    } else if (where == "script") {
        parts.catalogue = "/OpenAction << /S /JavaScript /JS (LEAK) >>";
    } else if (where == "action of the page") {
        parts.page = "/AA << /O << /S /URI /URI (http://LEAK) >> >>";
    } else if (where == "outline") {
        parts.catalogue = "/Outlines 6 0 R";
        object("<< /First 7 0 R /Last 7 0 R /Count 1 >>");
        object("<< /Title (LEAK) /Parent 6 0 R /Dest [3 0 R /Fit] >>");
    } else if (where == "page label") {
        parts.catalogue = "/PageLabels << /Nums [0 << /P (LEAK-) /S /D >>] >>";
    } else if (where == "named destination") {
        parts.catalogue = "/Names << /Dests << /Names [(LEAK) [3 0 R /Fit]] >> >>";
    } else if (where == "layer that is off") {
        parts.catalogue = "/OCProperties << /OCGs [6 0 R] /D << /OFF [6 0 R] >> >>";
        parts.resources = "/Properties << /L 6 0 R >>";
        parts.content =
            "/OC /L BDC BT /F 24 Tf 60 600 Td (LEAK) Tj ET EMC BT /F 24 Tf 60 700 Td (Plain) Tj ET";
        object("<< /Type /OCG /Name (LEAK) >>");
    } else if (where == "alternate text in the content") {
        parts.content = "/Span << /ActualText (LEAK) >> BDC BT /F 24 Tf 60 700 Td (Plain) Tj ET EMC";
    } else if (where == "comment in the content") {
        parts.content = "% LEAK\nBT /F 24 Tf 60 700 Td (Plain) Tj ET";
    } else if (where == "property list") {
        parts.resources = "/Properties << /L << /Name (LEAK) >> >>";
        parts.content = "/X /L BDC BT /F 24 Tf 60 700 Td (Plain) Tj ET EMC";
    } else if (where == "structure") {
        parts.catalogue = "/StructTreeRoot 6 0 R";
        object("<< /Type /StructTreeRoot /K << /S /P /Alt (LEAK) >> >>");
    } else if (where == "data of a maker") {
        parts.page = "/PieceInfo << /LEAK << /Private (LEAK) >> >>";
    } else if (where == "thumbnail") {
        parts.page = "/Thumb 6 0 R";
        object(pdfStream("/Width 4 /Height 1 /BitsPerComponent 8 /ColorSpace /DeviceGray", "LEAK"));
    } else if (where == "object that nothing leads to") {
        object("(LEAK)");
    } else if (where == "unknown entry of the page") {
        parts.page = "/New << /LEAK (LEAK) >>";
    } else if (where == "unknown entry of a font") {
        parts.font = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /New (LEAK) >>";
    } else if (where == "comment of a picture") {
        parts.content = "q 40 0 0 30 60 90 cm /P Do Q";
        parts.resources = "/XObject << /P 6 0 R >>";
        std::string jpeg = test::makeJpeg(32, 32);
        jpeg.insert(2, std::string("\xFF\xFE\x00\x06", 4) + "LEAK");
        object(pdfStream(
            "/Subtype /Image /Width 32 /Height 32 /BitsPerComponent 8 /ColorSpace /DeviceRGB /Filter "
            "/DCTDecode",
            jpeg));
    } else if (where == "behind the end of a picture") {
        parts.content = "q 40 0 0 30 60 90 cm /P Do Q";
        parts.resources = "/XObject << /P 6 0 R >>";
        object(pdfStream(
            "/Subtype /Image /Width 32 /Height 32 /BitsPerComponent 8 /ColorSpace /DeviceRGB /Filter "
            "/DCTDecode",
            test::makeJpeg(32, 32) + "LEAK"));
    } else if (where == "behind the rows of a picture") {
        parts.content = "q 40 0 0 30 60 90 cm /P Do Q";
        parts.resources = "/XObject << /P 6 0 R >>";
        object(pdfStream("/Subtype /Image /Width 1 /Height 1 /BitsPerComponent 8 /ColorSpace /DeviceGray",
                         "xLEAK"));
    } else if (where == "XMP of a picture") {
        parts.content = "q 40 0 0 30 60 90 cm /P Do Q";
        parts.resources = "/XObject << /P 6 0 R >>";
        object(pdfStream(
            "/Subtype /Image /Width 1 /Height 1 /BitsPerComponent 8 /ColorSpace /DeviceGray /Metadata 7 "
            "0 R",
            "x"));
        object(pdfStream("/Type /Metadata /Subtype /XML", "<a>LEAK</a>"));
    } else if (where == "white text") {
        parts.content = "1 g BT /F 24 Tf 60 600 Td (LEAK) Tj ET 0 g BT /F 24 Tf 60 700 Td (Plain) Tj ET";
    } else if (where == "text under a bar") {
        parts.content = "BT /F 24 Tf 60 600 Td (LEAK) Tj ET 0 g 50 590 200 40 re f";
    } else if (where == "text without paint") {
        parts.content = "BT /F 24 Tf 60 700 Td (Plain) Tj 3 Tr 0 -5 Td (LEAK) Tj ET";
    } else if (where == "text beyond the page") {
        parts.content = "BT /F 24 Tf 60 -100 Td (LEAK) Tj ET";
    } else if (where == "text that is cut off") {
        parts.content = "BT /F 24 Tf 60 700 Td (LEAK) Tj ET";
        parts.box = "/MediaBox [0 0 595 842] /CropBox [0 0 595 600]";
    } else if (where == "form that is not drawn") {
        parts.resources = "/XObject << /X 6 0 R >>";
        object(
            pdfStream("/Subtype /Form /BBox [0 0 99 99] /PieceInfo << /A (LEAK) >>", "% LEAK\n0 0 5 5 re f"));
    }
    return parts;
}

constexpr const char* kPlaces[] = {"document information",
                                   "identifier",
                                   "XMP",
                                   "XMP of the page",
                                   "attachment",
                                   "associated file of a page",
                                   "comment",
                                   "free text on the page",
                                   "field that is not drawn",
                                   "signature",
                                   "XFA",
                                   "script",
                                   "action of the page",
                                   "outline",
                                   "page label",
                                   "named destination",
                                   "layer that is off",
                                   "alternate text in the content",
                                   "comment in the content",
                                   "property list",
                                   "structure",
                                   "data of a maker",
                                   "thumbnail",
                                   "object that nothing leads to",
                                   "unknown entry of the page",
                                   "unknown entry of a font",
                                   "comment of a picture",
                                   "behind the end of a picture",
                                   "behind the rows of a picture",
                                   "XMP of a picture",
                                   "white text",
                                   "text under a bar",
                                   "text without paint",
                                   "text beyond the page",
                                   "text that is cut off",
                                   "form that is not drawn"};

} // namespace

class TestPdfTransform : public QObject {
    Q_OBJECT

private slots:
    void leavesBehindWhatIsNotSeen_data() {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<bool>("masked");
        for (const char* place : kPlaces) {
            const QByteArray bytes = QByteArray::fromStdString(makePdf(planted(place)));
            QTest::newRow(qPrintable(QString::fromLatin1(place) + ", without a mask")) << bytes << false;
            QTest::newRow(qPrintable(QString::fromLatin1(place) + ", with a mask")) << bytes << true;
        }
    }
    void leavesBehindWhatIsNotSeen() {
        QFETCH(QByteArray, bytes);
        QFETCH(bool, masked);
        const std::string source = bytes.toStdString();
        QVERIFY(allOf(source).find("LEAK") != std::string::npos ||
                source.find("/ID [(LEAK") != std::string::npos);
        std::string out;
        if (!masked) {
            auto clean = cleaned(source);
            QVERIFY(clean.has_value());
            out = clean->value_or(std::string());
        }
        if (out.empty()) {
            auto pictures =
                pictured(source, masked ? std::vector{rectangle(9, 9, 9, 9)} : std::vector<model::Mask>{}, 1);
            QVERIFY(pictures.has_value());
            out = *pictures;
        }
        QVERIFY(allOf(out).find("LEAK") == std::string::npos);
        for (const auto& statement : intake::pdf::readStatements(out)) {
            QCOMPARE(QString::fromStdString(statement.key), QStringLiteral("Pdf.DocumentId"));
        }
    }

    void makesPicturesWhereContentMaySayMore_data() {
        QTest::addColumn<QByteArray>("bytes");
        for (const char* place : {"layer that is off", "white text", "text under a bar", "text without paint",
                                  "text beyond the page", "text that is cut off", "field that is not drawn",
                                  "behind the rows of a picture"}) {
            QTest::newRow(place) << QByteArray::fromStdString(makePdf(planted(place)));
        }
        const auto row = [](const char* name, const test::PdfParts& parts) {
            QTest::newRow(name) << QByteArray::fromStdString(makePdf(parts));
        };
        row("picture in the content",
            {.content = "q 40 0 0 40 60 90 cm BI /W 1 /H 1 /BPC 8 /CS /G ID x EI Q"});
        row("font of numbered glyphs", {.font = "<< /Type /Font /Subtype /Type1 /BaseFont /A /Encoding << "
                                                "/Differences [65 /g12 /g13] >> >>"});
    }
    void makesPicturesWhereContentMaySayMore() {
        QFETCH(QByteArray, bytes);
        const auto clean = cleaned(bytes.toStdString());
        QVERIFY(clean.has_value());
        QVERIFY(!clean->has_value());
    }

    void keepsContentThatIsSeen_data() {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("text") << QByteArray::fromStdString(makePdf());
        QTest::newRow("two pages") << QByteArray::fromStdString(twoPages());
        QTest::newRow("with document information")
            << QByteArray::fromStdString(makePdf(planted("document information")));
        QTest::newRow("with an outline") << QByteArray::fromStdString(makePdf(planted("outline")));
        test::PdfParts cmap;
        cmap.font = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding "
                    "/ToUnicode 6 0 R >>";
        cmap.objects = {
            pdfStream("", "1 begincodespacerange <00> <FF> endcodespacerange 1 beginbfrange <20> <7E> <0020> "
                          "endbfrange\n%%EOF\n")};
        QTest::newRow("font with a CMap that ends like a file") << QByteArray::fromStdString(makePdf(cmap));
        QTest::newRow("with a picture")
            << QByteArray::fromStdString(makePdf(planted("comment of a picture")));
    }
    void keepsContentThatIsSeen() {
        QFETCH(QByteArray, bytes);
        const auto clean = cleaned(bytes.toStdString());
        QVERIFY(clean.has_value() && clean->has_value());
        const auto before = PdfDocument::open(bytes.toStdString());
        const auto after = PdfDocument::open(**clean);
        QVERIFY(before.has_value() && after.has_value());
        QCOMPARE(after->pages(), before->pages());
        for (std::int32_t page = 1; page <= before->pages(); ++page) {
            QCOMPARE(intake::pdf::textOf(*after->words(page)), intake::pdf::textOf(*before->words(page)));
            QVERIFY(after->draw(page)->samples == before->draw(page)->samples);
        }
        for (const auto& statement : intake::pdf::readStatements(**clean)) {
            QCOMPARE(QString::fromStdString(statement.key), QStringLiteral("Pdf.DocumentId"));
        }
    }

    void burnsMasksIntoTheirPage() {
        const std::string source = twoPages();
        const auto out = pictured(source, {rectangle(100, 150, 60, 90, {5, 5})}, 4);
        QVERIFY(out.has_value());
        const auto before = PdfDocument::open(source);
        const auto after = PdfDocument::open(*out);
        QVERIFY(before.has_value() && after.has_value());
        QCOMPARE(after->pages(), 2);
        QVERIFY(after->draw(1)->samples == before->draw(1)->samples);
        const auto one = before->draw(2);
        const auto other = after->draw(2);
        QCOMPARE(other->width, one->width);
        QCOMPARE(other->height, one->height);
        QCOMPARE(other->channels, 3);
        for (int y = 0; y < one->height; ++y) {
            for (int x = 0; x < one->width; ++x) {
                const bool in = x >= 100 && x < 160 && y >= 150 && y < 240;
                for (int c = 0; c < 3; ++c) {
                    const auto at = static_cast<std::size_t>((y * one->width + x) * 3 + c);
                    const auto wanted = in ? std::byte{0} : one->samples[at];
                    QVERIFY(other->samples[at] == wanted);
                }
            }
        }
        QVERIFY(after->words(1)->empty() && after->words(2, true)->empty());
    }

    void previewsThePageThatIsWritten() {
        const std::string source = twoPages();
        const std::vector<model::Mask> masks{rectangle(100, 150, 200, 90, {2, 2})};
        const auto written = PdfDocument::open(pictured(source, masks, 1).value());
        QVERIFY(written.has_value());
        for (std::int32_t page = 1; page <= 2; ++page) {
            QVERIFY(picturedPage(source, masks, 1, page)->samples == written->draw(page)->samples);
        }
        QVERIFY(!picturedPage(source, masks, 1, 3).has_value());
    }

    void givesTheSameBytesAgain() {
        const std::string source = twoPages();
        QVERIFY(pictured(source, {rectangle(1, 1, 9, 9)}, 1).value() ==
                pictured(source, {rectangle(1, 1, 9, 9)}, 1).value());
        QVERIFY(pictured(source, {rectangle(1, 1, 9, 9)}, 1).value() !=
                pictured(source, {rectangle(1, 1, 8, 9)}, 1).value());
        QVERIFY(cleaned(source).value() == cleaned(source).value());
    }

    void keepsCodedDataOfPictures() {
        const std::string jpeg = test::makeJpeg(40, 24);
        const auto plain = plainJpeg(jpeg);
        QVERIFY(plain.has_value());
        QVERIFY(intake::image::decode(*plain, "jpeg", 1)->samples ==
                intake::image::decode(jpeg, "jpeg", 1)->samples);
        QVERIFY(!plainJpeg(jpeg.substr(0, jpeg.size() / 2)).has_value());
        QVERIFY(!plainJpeg("no picture").has_value());
    }

    /// Other readers find nothing in either kind of output, and no fault with it.
    void satisfiesOtherReaders() {
        const QString qpdf = QStandardPaths::findExecutable("qpdf");
        const QString text = QStandardPaths::findExecutable("pdftotext");
        const QString mutool = QStandardPaths::findExecutable("mutool");
        const QString exif = QStandardPaths::findExecutable("exiftool");
        if (qpdf.isEmpty() || text.isEmpty() || mutool.isEmpty() || exif.isEmpty()) {
            QSKIP("qpdf, pdftotext, mutool and exiftool are not all here");
        }
        QTemporaryDir folder;
        const auto said = [](const QString& program, const QStringList& arguments, int* code = nullptr) {
            QProcess process;
            process.start(program, arguments);
            process.waitForFinished();
            if (code != nullptr) {
                *code = process.exitCode();
            }
            return QString::fromUtf8(process.readAllStandardOutput() + process.readAllStandardError());
        };
        for (const char* place : {"document information", "attachment", "outline", "comment of a picture"}) {
            const std::string source = makePdf(planted(place));
            const std::string outputs[] = {**cleaned(source), *pictured(source, {rectangle(1, 1, 9, 9)}, 1)};
            for (const std::string& bytes : outputs) {
                const QString path = folder.filePath("out.pdf");
                QFile file(path);
                QVERIFY(file.open(QIODevice::WriteOnly));
                file.write(bytes.data(), qint64(bytes.size()));
                file.close();
                int code = 1;
                QVERIFY(said(qpdf, {"--check", path}, &code).contains("No syntax or stream encoding errors"));
                QCOMPARE(code, 0);
                QVERIFY(!said(qpdf, {"--qdf", "--object-streams=disable", path, "-"}).contains("LEAK"));
                QVERIFY(!said(text, {path, "-"}).contains("LEAK"));
                QVERIFY(!said(mutool, {"info", path}).contains("error"));
                const QString metadata = said(exif, {"-a", "-G1", path});
                QVERIFY(!metadata.contains("LEAK") && !metadata.contains("Author") &&
                        !metadata.contains("[XMP"));
            }
        }
    }
};

QTEST_GUILESS_MAIN(TestPdfTransform)
#include "TestPdfTransform.moc"
