#include <QDir>
#include <QFile>
#include <QTest>
#include <zlib.h>

#include "core/intake/Describe.h"
#include "core/intake/pdf/PdfDocument.h"
#include "core/intake/pdf/Statements.h"
#include "tests/core/intake/pdf/PdfMaker.h"

using namespace kamei;
using namespace kamei::intake::pdf;
using test::makePdf;
using test::PdfMaker;
using test::pdfStream;

namespace {

std::string deflated(const std::string& data) {
    uLongf size = compressBound(static_cast<uLong>(data.size()));
    std::string out(size, '\0');
    compress2(reinterpret_cast<Bytef*>(out.data()), &size, reinterpret_cast<const Bytef*>(data.data()),
              static_cast<uLong>(data.size()), 1);
    out.resize(size);
    return out;
}

/// A stream that unpacks to `mebibytes` MiB of zeros.
std::string bomb(std::size_t mebibytes) {
    return deflated(std::string(mebibytes << 20, '\0'));
}

/// Forms that draw the next form ten times each: 10^12 steps.
std::string formsInForms() {
    test::PdfParts parts;
    parts.content = "/X0 Do";
    parts.resources = "/XObject << /X0 6 0 R >>";
    std::string draws;
    for (int i = 0; i < 10; ++i) {
        draws += "/N Do ";
    }
    for (int level = 0; level < 12; ++level) {
        const std::string next = std::to_string(7 + level) + " 0 R";
        parts.objects.push_back(pdfStream(
            "/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /N " + next + " >> >>",
            draws));
    }
    parts.objects.push_back(pdfStream("/Type /XObject /Subtype /Form /BBox [0 0 9 9]", "0 0 5 5 re f"));
    return makePdf(parts);
}

std::string formInItself() {
    test::PdfParts parts;
    parts.content = "/X Do";
    parts.resources = "/XObject << /X 6 0 R >>";
    parts.objects.push_back(pdfStream(
        "/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 6 0 R >> >>", "/X Do"));
    return makePdf(parts);
}

std::string pageTree(const std::string& kids) {
    PdfMaker maker;
    maker.add("<< /Type /Catalog /Pages 2 0 R >>");
    maker.add("<< /Type /Pages /Kids [" + kids + "] /Count 1 >>");
    return maker.file(1);
}

} // namespace

class TestPdfDocument : public QObject {
    Q_OBJECT

private slots:
    void refusesWithTheReason_data() {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("code");
        const auto row = [](const char* name, const std::string& bytes, const char* code) {
            QTest::newRow(name) << QByteArray::fromStdString(bytes) << QString::fromLatin1(code);
        };
        const auto box = [](const char* value) {
            test::PdfParts parts;
            parts.box = value;
            return makePdf(parts);
        };
        const auto content = [](const std::string& value, const std::string& entries) {
            PdfMaker maker;
            maker.add("<< /Type /Catalog /Pages 2 0 R >>");
            maker.add("<< /Type /Pages /Kids [3 0 R] /Count 1 >>");
            maker.add("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 99 99] /Contents 4 0 R >>");
            maker.addStream(entries, value);
            return maker.file(1);
        };
        const std::string sound = makePdf();
        row("no header", "plain text", "malformed");
        row("header only", "%PDF-1.7\n", "truncated");
        row("cut in half", sound.substr(0, sound.size() / 2), "truncated");
        row("last line missing", sound.substr(0, sound.size() - 40), "truncated");
        std::string moved = sound;
        moved.insert(20, "xxxxxxxx");
        row("cross-reference beside its objects", moved, "malformed");
        row("asks for a password",
            makePdf({.trailer =
                         "/ID [<00><00>] /Encrypt << /Filter /Standard /V 1 /R 2 /P -4 "
                         "/O (12345678901234567890123456789012) /U (12345678901234567890123456789012) >>"}),
            "encrypted");
        row("no page", pageTree(""), "empty");
        row("page tree in a circle", pageTree("2 0 R"), "malformed");
        row("page larger than 200 inches", box("/MediaBox [0 0 20000 20000]"), "too-large");
        row("page of too many pixels", box("/MediaBox [0 0 14000 14000]"), "too-large");
        row("page without area", box("/MediaBox [0 0 0 842]"), "malformed");
        row("page without size", box(""), "malformed");
        row("page of infinite size", box("/MediaBox [0 0 1e999 10]"), "malformed");
        row("nothing of the page is shown", box("/MediaBox [0 0 99 99] /CropBox [200 200 300 300]"),
            "malformed");
        row("turned by no right angle", box("/MediaBox [0 0 99 99] /Rotate 45"), "malformed");
        row("form that only XFA describes",
            makePdf(
                {.catalogue = "/AcroForm << /XFA 6 0 R /Fields [] >>", .objects = {pdfStream("", "<xdp/>")}}),
            "unsupported-format");
        row("stream of 600 MiB", content(bomb(600), "/Filter /FlateDecode"), "too-large");
        row("content of 80 MiB", content(bomb(80), "/Filter /FlateDecode"), "too-large");
        row("packed twice", content(deflated(bomb(20)), "/Filter [/FlateDecode /FlateDecode]"), "too-deep");
        row("objects in 100 MiB", content(bomb(100), "/Type /ObjStm /N 1 /First 4 /Filter /FlateDecode"),
            "too-large");
        row("forms that draw forms", formsInForms(), "too-large");
        row("form that draws itself", formInItself(), "too-large");
        row("content that does not unpack", content("no deflated data", "/Filter /FlateDecode"), "malformed");
        row("content of an unknown packing", content("abc", "/Filter /NewDecode"), "malformed");
    }
    void refusesWithTheReason() {
        QFETCH(QByteArray, bytes);
        QFETCH(QString, code);
        const auto document = PdfDocument::open(bytes.toStdString());
        base::Expected<void> outcome;
        if (!document) {
            outcome = tl::unexpected(document.error());
        } else if (const auto raster = document->draw(1); !raster) {
            outcome = tl::unexpected(raster.error());
        }
        QVERIFY(!outcome.has_value());
        QCOMPARE(QString::fromStdString(std::string(base::errorWord(outcome.error().code))), code);
        for (const std::string& argument :
             outcome.error().args) { // no patient data: words and numbers of ours
            QVERIFY(argument.size() < 24);
        }
    }

    void describesWithoutNaming() {
        test::PdfParts parts;
        parts.trailer = "/Info << /Title (SATO HANAKO) >>";
        parts.content = "BT /F 24 Tf 60 700 Td (Patient ID: 000123) Tj ET";
        const auto description = intake::describePdf({}, makePdf(parts));
        QVERIFY(description.has_value());
        QCOMPARE(description->kind, model::AssetKind::Pdf);
        QCOMPARE(description->frames, 1);
        QVERIFY(description->title.find("SATO") == std::string::npos);
        QCOMPARE(description->subject.patientId, std::string("000123"));
        // What cannot be drawn is refused where it comes in, not when it is looked at.
        QCOMPARE(intake::describePdf({}, formsInForms()).error().code, base::ErrorCode::TooLarge);
    }

    void statesWhatPagesDoNotShow_data() {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("key");
        const auto row = [](const char* name, const test::PdfParts& parts, const char* key) {
            QTest::newRow(name) << QByteArray::fromStdString(makePdf(parts)) << QString::fromLatin1(key);
        };
        row("document information", {.trailer = "/Info << /Author (LEAK) >>"}, "Pdf.Info.Author");
        row("own entry of the information", {.trailer = "/Info << /Patient (LEAK) >>"}, "Pdf.Info.Patient");
        row("XMP of the document",
            {.catalogue = "/Metadata 6 0 R",
             .objects = {pdfStream(
                 "/Type /Metadata /Subtype /XML",
                 "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF "
                 "xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\"><rdf:Description "
                 "xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><dc:creator><rdf:Seq><rdf:li>LEAK"
                 "</rdf:li></rdf:Seq></dc:creator></rdf:Description></rdf:RDF></x:xmpmeta>")}},
            "Pdf.Xmp.dc:creator");
        row("XMP as attributes",
            {.catalogue = "/Metadata 6 0 R",
             .objects = {pdfStream(
                 "/Type /Metadata /Subtype /XML",
                 "<rdf:RDF xmlns:rdf=\"r\"><rdf:Description xmlns:p=\"p\" p:Owner=\"LEAK\"/>"
                 "</rdf:RDF>")}},
            "Pdf.Xmp.p:Owner");
        row("broken XMP of a picture",
            {.objects = {pdfStream("/Type /Metadata /Subtype /XML", "<a><b></a>LEAK")}}, "Pdf.Unreadable");
        row("attached file",
            {.catalogue = "/Names << /EmbeddedFiles << /Names [(n) 6 0 R] >> >>",
             .objects = {"<< /Type /Filespec /F (LEAK.txt) /EF << /F 7 0 R >> >>",
                         pdfStream("/Type /EmbeddedFile", "inside")}},
            "Pdf.Attachment");
        row("value of a field",
            {.page = "/Annots [6 0 R]",
             .catalogue = "/AcroForm << /Fields [6 0 R] >>",
             .objects = {"<< /Type /Annot /Subtype /Widget /Rect [0 0 9 9] /FT /Tx /T (n) /V (LEAK) >>"}},
            "Pdf.Form");
        row("who signed",
            {.catalogue = "/AcroForm << /Fields [6 0 R] >>",
             .objects = {"<< /FT /Sig /T (s) /V << /Type /Sig /Filter /A /Name (LEAK) >> >>"}},
            "Pdf.Signature");
        row("comment on the page",
            {.page = "/Annots [<< /Type /Annot /Subtype /Text /Rect [0 0 9 9] /T (LEAK) /Contents (c) >>]"},
            "Pdf.Annotation");
        row("link",
            {.page = "/Annots [<< /Subtype /Link /Rect [0 0 9 9] /A << /S /URI /URI (http://h/LEAK) >> >>]"},
            "Pdf.Link");
        row("script", {.catalogue = "/OpenAction << /S /JavaScript /JS (app.alert\\('LEAK'\\)) >>"},
            "Pdf.Script");
        row("program to start", {.catalogue = "/OpenAction << /S /Launch /F (LEAK.exe) >>"}, "Pdf.Action");
        row("outline",
            {.catalogue = "/Outlines 6 0 R",
             .objects = {"<< /First 7 0 R /Last 7 0 R /Count 1 >>", "<< /Title (LEAK) /Parent 6 0 R >>"}},
            "Pdf.Outline");
        row("page label", {.catalogue = "/PageLabels << /Nums [0 << /P (LEAK-) /S /D >>] >>"},
            "Pdf.PageLabel");
        row("named destination", {.catalogue = "/Names << /Dests << /Names [(LEAK) [3 0 R /Fit]] >> >>"},
            "Pdf.Destination");
        row("named destination of PDF 1.1", {.catalogue = "/Dests << /LEAK [3 0 R /Fit] >>"},
            "Pdf.Destination");
        row("layer",
            {.catalogue = "/OCProperties << /OCGs [6 0 R] /D << >> >>",
             .objects = {"<< /Type /OCG /Name (LEAK) >>"}},
            "Pdf.Layer");
        row("alternate text",
            {.catalogue = "/StructTreeRoot 6 0 R",
             .objects = {"<< /Type /StructTreeRoot /K 7 0 R >>", "<< /S /Figure /P 6 0 R /Alt (LEAK) >>"}},
            "Pdf.AlternateText");
        row("data of a maker", {.page = "/PieceInfo << /LEAK << >> >>"}, "Pdf.PieceInfo");
        row("thumbnail",
            {.page = "/Thumb 6 0 R",
             .objects = {pdfStream("/Width 1 /Height 1 /BitsPerComponent 8 /ColorSpace /DeviceGray", "x")}},
            "Pdf.Thumbnail");
        row("identifier", {.trailer = "/ID [<4C45414B><4C45414B>]"}, "Pdf.DocumentId");
        row("object that nothing leads to",
            {.objects = {"<< /Type /Annot /Subtype /Text /Contents (LEAK) >>"}}, "Pdf.Annotation");
        std::string updated = makePdf();
        const std::size_t table = updated.rfind("startxref") + 10;
        const std::string start = updated.substr(table, updated.find('\n', table) - table);
        const std::size_t place = updated.size();
        updated += "4 0 obj\n<< /Length 0 >>\nstream\n\nendstream\nendobj\nxref\n4 1\n";
        char line[32];
        std::snprintf(line, sizeof line, "%010zu 00000 n \n", place);
        const std::size_t second = updated.size() - 9;
        updated += std::string(line) + "trailer\n<< /Size 6 /Root 1 0 R /Prev " + start + " >>\nstartxref\n" +
                   std::to_string(second) + "\n%%EOF\n";
        QTest::newRow("earlier revision")
            << QByteArray::fromStdString(updated) << QStringLiteral("Pdf.EarlierVersion");
    }
    void statesWhatPagesDoNotShow() {
        QFETCH(QByteArray, bytes);
        QFETCH(QString, key);
        const auto document = PdfDocument::open(bytes.toStdString());
        QVERIFY(document.has_value());
        bool stated = false;
        QStringList all;
        for (const Statement& statement : readStatements(bytes.toStdString())) {
            all << QString::fromStdString(statement.key);
            stated = stated || all.back() == key;
        }
        QVERIFY2(stated, qPrintable(all.join(' ')));
    }

    void placesWordsWhereTheyAreDrawn_data() {
        QTest::addColumn<QString>("box");
        QTest::newRow("upright") << "/MediaBox [0 0 300 200]";
        QTest::newRow("origin elsewhere") << "/MediaBox [-50 -20 250 180]";
        QTest::newRow("turned by 90") << "/MediaBox [0 0 300 200] /Rotate 90";
        QTest::newRow("turned by 180") << "/MediaBox [0 0 300 200] /Rotate 180";
        QTest::newRow("turned by 270") << "/MediaBox [0 0 300 200] /Rotate -90";
        QTest::newRow("cropped") << "/MediaBox [0 0 300 200] /CropBox [30 40 290 190]";
        QTest::newRow("cropped and turned") << "/MediaBox [0 0 300 200] /CropBox [30 40 290 190] /Rotate 90";
    }
    void placesWordsWhereTheyAreDrawn() {
        QFETCH(QString, box);
        test::PdfParts parts;
        parts.content = "BT /F 18 Tf 60 90 Td (HANAKO) Tj ET";
        parts.box = box.toStdString();
        const auto document = PdfDocument::open(makePdf(parts));
        QVERIFY(document.has_value());
        const auto words = document->words(1);
        const auto raster = document->draw(1);
        QVERIFY(words.has_value() && raster.has_value());
        QCOMPARE(words->size(), std::size_t(1));
        QCOMPARE(textOf(*words), std::string("HANAKO\n"));
        QCOMPARE(raster->channels, 1);
        model::RectPx place = words->front().box;
        // Strokes reach out of their box by less than detection adds to it.
        place = {place.x - 2, place.y - 2, place.width + 4, place.height + 4};
        int inside = 0;
        int outside = 0;
        for (int y = 0; y < raster->height; ++y) {
            for (int x = 0; x < raster->width; ++x) {
                const bool dark = std::to_integer<int>(
                                      raster->samples[static_cast<std::size_t>(y * raster->width + x)]) < 128;
                const bool in =
                    x >= place.x && x < place.x + place.width && y >= place.y && y < place.y + place.height;
                inside += dark && in ? 1 : 0;
                outside += dark && !in ? 1 : 0;
            }
        }
        QVERIFY(inside > 100);
        QCOMPARE(outside, 0);
        for (const Character& character : words->front().characters) {
            QVERIFY(isVisible({{character}, character.box, true, true}, *raster));
        }
    }

    void placesPicturesWhereTheyAreDrawn_data() { placesWordsWhereTheyAreDrawn_data(); }
    void placesPicturesWhereTheyAreDrawn() {
        QFETCH(QString, box);
        test::PdfParts parts;
        parts.content = "q 40 0 0 30 60 90 cm /P Do Q";
        parts.resources = "/XObject << /P 6 0 R >>";
        parts.box = box.toStdString();
        parts.objects.push_back(
            pdfStream("/Subtype /Image /Width 1 /Height 1 /BitsPerComponent 8 /ColorSpace /DeviceGray",
                      std::string(1, '\0')));
        const auto document = PdfDocument::open(makePdf(parts));
        QVERIFY(document.has_value());
        const auto marks = document->marks(1);
        const auto raster = document->draw(1);
        QVERIFY(marks.has_value() && raster.has_value());
        QCOMPARE(marks->pictures.size(), std::size_t(1));
        const model::RectPx& place = marks->pictures.front();
        for (int y = 0; y < raster->height; ++y) {
            for (int x = 0; x < raster->width; ++x) {
                const bool dark = std::to_integer<int>(
                                      raster->samples[static_cast<std::size_t>(y * raster->width + x)]) < 128;
                const bool in =
                    x >= place.x && x < place.x + place.width && y >= place.y && y < place.y + place.height;
                QVERIFY(!dark || in);
            }
        }
        QVERIFY(place.width < 90 && place.height < 90);
    }

    void knowsWhatCannotBeSeen_data() {
        QTest::addColumn<QString>("content");
        QTest::newRow("white on white") << "1 g BT /F 24 Tf 60 700 Td (HIDDEN) Tj ET";
        QTest::newRow("under a bar") << "BT /F 24 Tf 60 700 Td (HIDDEN) Tj ET 0 g 50 690 200 40 re f";
        QTest::newRow("without paint") << "BT 3 Tr /F 24 Tf 60 700 Td (HIDDEN) Tj ET";
        QTest::newRow("beyond the page") << "BT /F 24 Tf 60 -300 Td (HIDDEN) Tj ET";
    }
    void knowsWhatCannotBeSeen() {
        QFETCH(QString, content);
        const auto document = PdfDocument::open(makePdf({.content = content.toStdString()}));
        QVERIFY(document.has_value());
        const auto words = document->words(1);
        const auto anywhere = document->words(1, true);
        const auto raster = document->draw(1);
        QVERIFY(words.has_value() && anywhere.has_value() && raster.has_value());
        QCOMPARE(textOf(*anywhere), std::string("HIDDEN\n"));
        for (const Word& word : *words) {
            QVERIFY(!isVisible(word, *raster));
        }
    }

    void findsFieldsThatAreFilledIn_data() {
        QTest::addColumn<QString>("field");
        QTest::addColumn<bool>("found");
        QTest::newRow("text") << "/FT /Tx /V (SATO)" << true;
        QTest::newRow("choice") << "/FT /Ch /V (SATO)" << true;
        QTest::newRow("value of the field above") << "/Parent 7 0 R" << true;
        QTest::newRow("value only drawn") << "/FT /Tx /AP << /N 8 0 R >>" << true;
        QTest::newRow("empty text") << "/FT /Tx" << false;
        QTest::newRow("box to tick") << "/FT /Btn /V /Yes" << false;
    }
    void findsFieldsThatAreFilledIn() {
        QFETCH(QString, field);
        QFETCH(bool, found);
        test::PdfParts parts;
        parts.page = "/Annots [6 0 R]";
        parts.catalogue = "/AcroForm << /Fields [6 0 R] >>";
        parts.objects = {"<< /Subtype /Widget /Rect [100 100 200 120] " + field.toStdString() + " >>",
                         "<< /FT /Tx /T (name) /V (SATO) >>",
                         pdfStream("/Subtype /Form /BBox [0 0 100 20] /Resources << /Font << /F 5 0 R >> >>",
                                   "BT /F 12 Tf 2 4 Td (SATO) Tj ET")};
        const auto document = PdfDocument::open(makePdf(parts));
        QVERIFY(document.has_value());
        const auto marks = document->marks(1);
        QVERIFY(marks.has_value());
        QCOMPARE(marks->fields.size(), std::size_t(found ? 1 : 0));
        if (found) {
            QVERIFY(marks->fields.front().box.width >= 208 && marks->fields.front().box.height >= 41);
        }
    }

    void doesNotTrustFontsThatSayNothing_data() {
        QTest::addColumn<QString>("font");
        QTest::addColumn<bool>("reads");
        QTest::newRow("standard") << "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>" << true;
        QTest::newRow("composite of unknown glyphs")
            << "<< /Type /Font /Subtype /Type0 /BaseFont /A /Encoding /Identity-H /DescendantFonts [<< /Type "
               "/Font "
               "/Subtype /CIDFontType2 /BaseFont /A /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) "
               "/Supplement 0 >> >>] >>"
            << false;
        QTest::newRow("numbered glyphs")
            << "<< /Type /Font /Subtype /Type1 /BaseFont /A /Encoding << /Differences [65 /g12 /g13] >> >>"
            << false;
    }
    void doesNotTrustFontsThatSayNothing() {
        QFETCH(QString, font);
        QFETCH(bool, reads);
        test::PdfParts parts;
        parts.content = "BT /F 24 Tf 60 700 Td (ABAB) Tj ET";
        parts.font = font.toStdString();
        const auto document = PdfDocument::open(makePdf(parts));
        QVERIFY(document.has_value());
        const auto marks = document->marks(1);
        QVERIFY(marks.has_value());
        QCOMPARE(!marks->unreadableFont, reads);
    }

    void opensSamples_data() {
        QTest::addColumn<QString>("path");
        QTest::newRow("none") << QString();
        const QString set = qEnvironmentVariable("KAMEI_SHARED");
        QDir folder((set.isEmpty() ? QStringLiteral(KAMEI_SHARED_DEFAULT) : set) + "/data/samples/pdf");
        int number = 0;
        for (const QString& name : folder.entryList({"*.pdf"}, QDir::Files)) {
            QTest::newRow(qPrintable(QString::number(++number))) << folder.filePath(name);
        }
    }
    void opensSamples() {
        QFETCH(QString, path);
        if (path.isEmpty()) {
            QSKIP("rows below where the shared samples are");
        }
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const auto document = PdfDocument::open(file.readAll().toStdString());
        QVERIFY(document.has_value());
        for (std::int32_t page = 1; page <= document->pages(); ++page) {
            const auto raster = document->draw(page);
            QVERIFY(raster.has_value());
            QVERIFY(std::abs(raster->width - document->size(page).widthPx) <= 1);
            QVERIFY(document->words(page, true).has_value());
        }
    }
};

QTEST_GUILESS_MAIN(TestPdfDocument)
#include "TestPdfDocument.moc"
