#include <QDir>
#include <QDirIterator>
#include <QTest>

#include <cctype>
#include <map>
#include <set>

#include "core/intake/Format.h"
#include "core/intake/encoding/Encoding.h"
#include "tests/core/intake/archive/Zips.h"
#include "tests/core/intake/image/Pictures.h"

using namespace kamei;
using namespace kamei::intake;
using namespace std::string_literals;
using base::ErrorCode;

namespace {

QString shared() {
    const QString set = qEnvironmentVariable("KAMEI_SHARED");
    return set.isEmpty() ? QStringLiteral(KAMEI_SHARED_DEFAULT) : set;
}

const Format* recogniseBytes(const std::string& bytes, const std::string& extension) {
    const std::string head = bytes.substr(0, 4096);
    return recognise({std::as_bytes(std::span(head.data(), head.size())), bytes.size(), extension});
}

std::string cp932(const char* utf8) {
    return *encoding::encode(utf8, encoding::Encoding::Cp932);
}

} // namespace

class TestFormats : public QObject {
    Q_OBJECT

private slots:
    void messagesSayWhatTheyAreAndWhomTheyConcern_data() {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("format");
        QTest::addColumn<QString>("title");
        QTest::addColumn<QString>("number");
        QTest::addColumn<int>("people");
        const QByteArray head = "MSH|^~\\&|A|B|C|D|2024||ORU^R01|1|P|2.5\r";
        QTest::newRow("hl7 v2") << head + "PID|1||00458812^^^MINATO\r"
                                << "hl7v2"
                                << "ORU^R01"
                                << "00458812" << 0;
        QTest::newRow("hl7 v2 of two people") << head + "PID|1||00458812\r" + head + "PID|1||00461207\r"
                                              << "hl7v2"
                                              << "ORU^R01"
                                              << "" << 2;
        QTest::newRow("fhir")
            << QByteArray("{\"resourceType\":\"Patient\",\"identifier\":[{\"value\":\"00458812\"}]}")
            << "fhir"
            << "Patient"
            << "00458812" << 0;
        QTest::newRow("fhir without its patient")
            << QByteArray(
                   "{\"resourceType\":\"Observation\",\"subject\":{\"reference\":\"Patient/00458812\"}}")
            << "fhir"
            << "Observation"
            << "00458812" << 0;
    }
    void messagesSayWhatTheyAreAndWhomTheyConcern() {
        QFETCH(QByteArray, bytes);
        QFETCH(QString, format);
        QFETCH(QString, title);
        QFETCH(QString, number);
        QFETCH(int, people);
        const auto described = formatById(format.toStdString())->describe({}, bytes.toStdString());
        QVERIFY(described.has_value());
        QCOMPARE(described->kind, model::AssetKind::Document);
        QCOMPARE(QString::fromStdString(described->title), title);
        QCOMPARE(QString::fromStdString(described->subject.patientId), number);
        QCOMPARE(int(described->subjects.size()), people);
    }

    void recognisesByContent_data() {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("extension");
        QTest::addColumn<QString>("format"); // empty: none
        const auto row = [](const char* name, const std::string& bytes, const char* extension,
                            const char* format) {
            QTest::newRow(name) << QByteArray::fromStdString(bytes) << QString::fromUtf8(extension)
                                << QString::fromUtf8(format);
        };
        row("empty", "", "txt", "empty");
        row("jpeg under another name", test::makeJpeg(8, 8), "dcm", "jpeg");
        row("png", test::makePng(8, 8), "", "png");
        row("bmp", test::makeBmp(8, 8), "dib", "bmp");
        row("tiff", test::makeTiff(16, 16), "tif", "tiff");
        row("svs", test::makeTiff(16, 16, {.description = "Aperio Image Library", .artist = "x"}), "svs",
            "slide");
        row("slide of a scanner that overlaps tiles",
            test::makeTiff(16, 16, {.description = "<iScan/>", .artist = "x"}), "bif", "slide-other");
        row("text in cp932", cp932("氏名：山田太郎、本日発熱にて受診。"), "txt", "text");
        row("csv in cp932", cp932("患者ID,氏名\n1,山田\n2,鈴木\n"), "csv", "csv");
        row("csv without its name", "id,name,value\n1,a,2\n2,b,3\n3,c,4\n", "dat", "csv");
        row("tsv", "id\tname\n1\ta\n", "tsv", "csv");
        row("prose named csv", "one line of prose", "csv", "text");
        row("cda", "<?xml version=\"1.0\"?><ClinicalDocument xmlns=\"urn:hl7-org:v3\"/>", "xml", "cda");
        row("cda with prefix and comment", "<!-- x --><c:ClinicalDocument xmlns:c=\"urn:hl7-org:v3\"/>",
            "xml", "cda");
        row("xml", "<data><x/></data>", "xml", "xml");
        row("xml in utf-16", *encoding::encode("<?xml version=\"1.0\"?><data/>", encoding::Encoding::Utf16Le),
            "xml", "xml");
        row("aecg", "<AnnotatedECG xmlns=\"urn:hl7-org:v3\"/>", "xml", "aecg");
        row("ecg of a vendor", "<RestingECG/>", "xml", "ecg-xml");
        row("fhir json", "{\"resourceType\": \"Patient\"}", "txt", "fhir");
        row("fhir xml", "<Patient xmlns=\"http://hl7.org/fhir\"/>", "xml", "fhir-xml");
        row("fhir newline-delimited", "{\"resourceType\": \"Patient\"}\n{\"resourceType\": \"Patient\"}\n",
            "ndjson", "fhir");
        row("fhir behind a byte order mark", "\xEF\xBB\xBF[{\"resourceType\": \"Patient\"}]", "json", "fhir");
        row("json", "{\"a\": 1}", "json", "json");
        row("a placeholder is no json", "[氏名]さん来院。", "txt", "text");
        row("hl7 v2 in an MLLP frame",
            "\x0B"
            "MSH|^~\\&|A|B|C|D|2020||ADT^A01|1|P|2.5\r\x1C\r",
            "", "hl7v2");
        row("hl7 v2 batch with other delimiters", "FHS$%~\\&$A\rMSH$%~\\&$A\r", "", "hl7v2");
        row("hl7 v2 without its header", "PID|1||00458812\r", "hl7", "hl7v2");
        row("hl7 v2", "MSH|^~\\&|A|B|C|D|2020||ADT^A01|1|P|2.5\rPID|1||001\r", "txt", "hl7v2");
        row("vcf", "##fileformat=VCFv4.2\n#CHROM\tPOS\n", "txt", "vcf");
        row("html", "<!DOCTYPE html><html></html>", "htm", "html");
        row("rtf", "{\\rtf1 abc}", "rtf", "rtf");
        row("x12", "ISA*00*          *00*", "txt", "edi");
        row("mail", "From: a@example.com\nMIME-Version: 1.0\nContent-Transfer-Encoding: base64\n\nAAAA",
            "eml", "mail");
        row("pdf", "%PDF-1.7\n%\xE2\xE3\xCF\xD3\n", "pdf", "pdf");
        row("zip", test::makeZip({{"a.txt", "x"}}), "zip", "zip");
        row("office", test::makeZip({{"[Content_Types].xml", "<x/>"}}), "docx", "office");
        row("gzip", "\x1F\x8B\x08\0"s, "gz", "gzip");
        row("nifti", std::string(344, '\0') + "n+1\0"s, "nii", "nifti");
        row("nifti 2, whatever its name", "\x1C\x02\0\0n+2\0\r\n\x1A\n"s, "txt", "nifti");
        row("mp4",
            "\0\0\0\x18"
            "ftypisom\0\0\0\0"s,
            "mp4", "video");
        row("heic",
            "\0\0\0\x18"
            "ftypheic\0\0\0\0"s,
            "heic", "heif");
        row("random bytes", "\x01\x02\xFF\xFE\x00\x80zz"s, "bin", "");
    }
    void recognisesByContent() {
        QFETCH(QByteArray, bytes);
        QFETCH(QString, extension);
        QFETCH(QString, format);
        const Format* found = recogniseBytes(bytes.toStdString(), extension.toStdString());
        QCOMPARE(found == nullptr ? QString()
                                  : QString::fromUtf8(found->id.data(), qsizetype(found->id.size())),
                 format);
    }

    void describesWhatComesLater() {
        for (const Format& format : formats()) {
            QVERIFY(formatById(format.id) == &format);
            if (format.supported || format.id == "empty") {
                continue;
            }
            const auto description = format.describe({}, "x");
            QVERIFY(!description.has_value());
            QCOMPARE(description.error().code, ErrorCode::UnsupportedFormat);
            QCOMPARE(QString::fromStdString(description.error().args.front()),
                     QString::fromStdString(std::string(format.id)));
        }
        QCOMPARE(formatById("empty")->describe({}, "").error().code, ErrorCode::Empty);
        QVERIFY(formatById("nothing") == nullptr);
    }

    void describesTextAndTables() {
        const auto text =
            formatById("text")->describe({}, cp932("退院時要約\n患者ID：0012\n氏名：三上　陽子\n"));
        QVERIFY(text.has_value());
        QCOMPARE(text->kind, model::AssetKind::Text);
        QCOMPARE(QString::fromStdString(text->title), QStringLiteral("退院時要約"));
        QCOMPARE(QString::fromStdString(text->facts), QStringLiteral("{\"encoding\":\"cp932\"}"));
        QCOMPARE(QString::fromStdString(text->subject.patientId), QStringLiteral("0012"));
        const auto many = formatById("csv")->describe({}, "患者ID,氏名\n1,三上\n2,戸川\n");
        QVERIFY(many.has_value());
        QVERIFY(many->subject.empty());
        QCOMPARE(many->subjects.size(), std::size_t(2));
        const auto one = formatById("csv")->describe({}, "患者ID,値\n1,5\n1,6\n");
        QCOMPARE(QString::fromStdString(one->subject.patientId), QStringLiteral("1"));
        const auto embedded = formatById("cda")->describe(
            {}, "<ClinicalDocument xmlns=\"urn:hl7-org:v3\"><component><nonXMLBody><text "
                "representation=\"B64\">QUJD</text></nonXMLBody></component></ClinicalDocument>");
        QCOMPARE(embedded->doubts.front().code, ErrorCode::UnsupportedFormat);
    }

    void describesPictures() {
        const auto tiff = formatById("tiff")->describe({}, test::makeTiff(16, 16, {.pages = 3}));
        QVERIFY(tiff.has_value());
        QCOMPARE(tiff->frames, 3);
        const std::string jpeg = test::makeJpeg(64, 64);
        QCOMPARE(formatById("jpeg")->describe({}, jpeg.substr(0, jpeg.size() / 2)).error().code,
                 ErrorCode::Truncated);
    }

    void samplesAreWhatTheyAre_data() {
        QTest::addColumn<QString>("path");
        QTest::addColumn<QString>("format");
        QTest::newRow("none") << QString() << QString();
        static const std::map<QString, QString> kFolders{
            {"text/cda", "cda xml"},
            {"text/en", "text"},
            {"text/fhir", "fhir"},
            {"text/ja", "csv"},
            {"pdf", "pdf"},
            {"vcf", "vcf text"},
            {"video", "video dicom image"},
            {"photo", "jpeg png tiff heif text"},
            {"wsi", "slide tiff"},
            {"waveform", "aecg edf scp-ecg mfer nihon-kohden-eeg philips-sierra-ecg"},
            {"text/jahis", "text csv empty"},
            {"dicom", "dicom"},
            {"text/ssmix2", "hl7v2"}};
        for (const auto& [folder, formatList] : kFolders) {
            QDirIterator files(shared() + "/data/samples/" + folder, QDir::Files,
                               QDirIterator::Subdirectories);
            int number = 0;
            while (files.hasNext()) {
                const QString path = files.next();
                QTest::newRow(qPrintable(folder + " " + QString::number(++number))) << path << formatList;
            }
        }
    }
    void samplesAreWhatTheyAre() {
        QFETCH(QString, path);
        QFETCH(QString, format);
        if (path.isEmpty()) {
            if (!QDir(shared() + "/data/samples").exists()) {
                QSKIP("the shared samples are not here");
            }
            return;
        }
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const std::string bytes = file.readAll().toStdString();
        const Format* found = recogniseBytes(bytes, QFileInfo(path).suffix().toLower().toStdString());
        const QString id = found == nullptr
                               ? QStringLiteral("none")
                               : QString::fromUtf8(found->id.data(), qsizetype(found->id.size()));
        if (!format.split(' ').contains(id)) {
            qInfo("%s: %s", qPrintable(QFileInfo(path).fileName()), qPrintable(id));
        }
        if (found != nullptr && found->id != "dicom") {
            const auto description = found->describe({path.toStdString(), {}}, bytes);
            // Files that are broken on purpose are told so; all others of a supported format are described.
            const QString name = QFileInfo(path).fileName();
            const bool broken = name == "exif-samples__corrupted.jpg" || name == "example-4.1-bnd.vcf" ||
                                name == "healforcescpecg__63.SCP";
            QVERIFY2(description.has_value() == (found->supported && !broken), qPrintable(name));
            QVERIFY(description.has_value() || found->supported || found->id == "empty" ||
                    description.error().code == ErrorCode::UnsupportedFormat);
        }
        const bool exact = format == "cda xml" || format == "csv" || format == "pdf" || format == "hl7v2" ||
                           format == "fhir";
        QVERIFY2(!exact || format.split(' ').contains(id), qPrintable(id));
    }
};

QTEST_GUILESS_MAIN(TestFormats)
#include "TestFormats.moc"
