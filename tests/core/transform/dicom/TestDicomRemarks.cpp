#include <QtTest>

#include "tests/core/transform/dicom/HiddenPixels.h"

using namespace kamei;
using namespace kamei::intake::dicom;
using namespace kamei::test::hidden;

/// Remarks in codestreams: no viewer shows them, every reader of bytes finds them.
class TestDicomRemarks : public QObject {
    Q_OBJECT

private slots:
    void remarks_data() {
        QTest::addColumn<QByteArray>("segment");
        QTest::addColumn<bool>("stays");
        const auto row = [](const char* name, char marker, std::string payload, bool stays) {
            const std::string bytes = segment(marker, payload);
            QTest::newRow(name) << QByteArray(bytes.data(), static_cast<qsizetype>(bytes.size())) << stays;
        };
        const std::string secret(kSecret);
        row("comment", '\xFE', secret, false);
        row("EXIF", '\xE1', std::string("Exif\0\0", 6) + secret, false);
        row("application of a vendor", '\xED', secret, false);
        row("thumbnail in JFIF", '\xE0', std::string("JFIF\0\1\2\0\0\1\0\1\2\2", 14) + secret.substr(0, 12),
            false);
        row("JFIF", '\xE0', std::string("JFIF\0\1\2\0\0\1\0\1\0\0", 14), true);
        row("Adobe", '\xEE', std::string("Adobe\0\x64\0\0\0\0\0", 12), true);
        row("SPIFF", '\xE8',
            std::string("SPIFF\0\2\0\0\3\0\0\0\x10\0\0\0\x18\x0A\x08\6\2\0\0\0\1\0\0\0\1", 30), true);
        row("entry of SPIFF's directory", '\xE8', std::string("\0\0\0\7", 4) + secret, false);
        row("name of an encoder", '\xFE', "CREATOR: gd-jpeg v1.0", true);
        row("name behind an encoder's", '\xFE', "CREATOR: gd-jpeg v1.0 YAMADA", false);
    }
    void remarks() {
        QFETCH(QByteArray, segment);
        QFETCH(bool, stays);
        const std::string with = jpegWith(segment.toStdString());
        QCOMPARE(framesOf(encapsulated(headOf({8, 8, 7}), {with}, kJpegBaseline)).size(), std::size_t{1});
        const auto out = pixelsOf(encapsulated(headOf({8, 8, 7}), {with}, kJpegBaseline));
        QVERIFY(out.has_value());
        QCOMPARE(out->find(with) != std::string::npos, stays);
        QVERIFY(out->find("YAMADA") == std::string::npos);
        // All else stays where it was.
        const std::string behind = with.substr(2 + static_cast<std::size_t>(segment.size()));
        QVERIFY(out->find(behind) != std::string::npos);
        const std::string table = std::string("\xFF\xD8", 2) + with.substr(2, 4);
        QVERIFY(out->find(table) != std::string::npos);
    }
    void aRemarkOverTwoFragmentsGoesWhole() {
        const std::string jpeg = jpegWith(segment('\xFE', std::string(kSecret)));
        const auto out =
            pixelsOf(encapsulated(headOf({8, 8, 7}), {jpeg.substr(0, 14), jpeg.substr(14)}, kJpegBaseline));
        QVERIFY(out.has_value());
        QVERIFY(out->find("YAM") == std::string::npos);
        QVERIFY(out->find("TARO") == std::string::npos);
    }
    void bytesBehindTheImageGo() {
        const std::string jpeg = jpegWith({});
        const auto out =
            pixelsOf(encapsulated(headOf({8, 8, 7}), {jpeg + std::string(kSecret)}, kJpegBaseline));
        QVERIFY(out.has_value());
        QVERIFY(out->find("YAMADA") == std::string::npos);
        QVERIFY(out->find(jpeg) != std::string::npos);
    }
    void commentsOfJpeg2000Go() {
        const Kind kind;
        const char* const syntax = "1.2.840.10008.1.2.4.90";
        std::string stream = encodedFrame(cells(kind, 0), kind, syntax);
        const std::size_t at = stream.find("\xFF\x90");
        const std::string comment = segment('\x64', std::string("\0\1", 2) + std::string(kSecret));
        stream.insert(at, comment);
        const auto out = pixelsOf(encapsulated(headOf(kind), {stream}, syntax));
        QVERIFY(out.has_value());
        QVERIFY(out->find("YAMADA") == std::string::npos);
        QVERIFY(out->find(stream.substr(at + comment.size())) != std::string::npos);
    }
    void commentsBehindAScanGo_data() {
        QTest::addColumn<QByteArray>("syntax");
        QTest::newRow("JPEG") << QByteArray(kJpegBaseline);
        QTest::newRow("JPEG lossless") << QByteArray("1.2.840.10008.1.2.4.70");
        QTest::newRow("JPEG-LS") << QByteArray("1.2.840.10008.1.2.4.80");
    }
    /// ISO/IEC 10918-1 B.2.4: miscellaneous segments stand before any scan, the second one too.
    void commentsBehindAScanGo() {
        QFETCH(QByteArray, syntax);
        const bool baseline = syntax == kJpegBaseline;
        const Kind kind = baseline ? Kind{8, 8, 7} : Kind{};
        std::string stream = baseline ? jpegWith({}) : encodedFrame(cells(kind, 0), kind, syntax.constData());
        const std::size_t end = stream.rfind("\xFF\xD9");
        QVERIFY(end != std::string::npos);
        const std::string image = stream.substr(0, end);
        const std::string secret(kSecret);
        stream = image + segment('\xFE', secret) + segment('\xE1', std::string("Exif\0\0", 6) + secret) +
                 stream.substr(end);
        const std::string file = encapsulated(headOf(kind), {stream}, syntax.constData());
        const auto out = pixelsOf(file);
        QVERIFY(out.has_value());
        QVERIFY(out->find("YAMADA") == std::string::npos);
        QVERIFY(out->find(image) != std::string::npos);
        if (syntax.endsWith(".80")) {
            return; // CharLS reads no segment behind a scan
        }
        const auto before = framesOf(file);
        const auto after = framesOf(headOf(kind).append(*out).file(syntax.constData()));
        QCOMPARE(before.size(), std::size_t{1});
        QCOMPARE(after.size(), std::size_t{1});
        QVERIFY(after[0].samples == before[0].samples);
    }
    /// ISO/IEC 15444-1 A.9.2: a comment may stand in the header of every tile-part.
    void commentsOfALaterTilePartGo() {
        const Kind kind;
        const char* const syntax = "1.2.840.10008.1.2.4.90";
        std::string stream = encodedFrame(cells(kind, 0), kind, syntax);
        const std::size_t end = stream.rfind("\xFF\xD9");
        const std::string image = stream.substr(0, end);
        const std::string comment = segment('\x64', std::string("\0\1", 2) + std::string(kSecret));
        std::string part("\xFF\x90\x00\x0A\x00\x00\x00\x00\x00\x00\x01\x00", 12);
        part[9] = static_cast<char>(part.size() + comment.size() + 2);
        stream = image + part + comment + std::string("\xFF\x93", 2) + stream.substr(end);
        const auto out = pixelsOf(encapsulated(headOf(kind), {stream}, syntax));
        QVERIFY(out.has_value());
        QVERIFY(out->find("YAMADA") == std::string::npos);
        QVERIFY(out->find(image) != std::string::npos);
        // Where the parts cannot be told apart nothing is copied.
        stream[image.size() + 9] = '\x05';
        QVERIFY(!pixelsOf(encapsulated(headOf(kind), {stream}, syntax)).has_value());
    }
    void boxesAroundAnImageGo_data() {
        QTest::addColumn<QByteArray>("syntax");
        QTest::addColumn<QByteArray>("type");
        for (const char* type : {"Exif", "xml ", "brob", "uuid", "free"}) {
            QTest::addRow("%s around JPEG XL", type)
                << QByteArray("1.2.840.10008.1.2.4.110") << QByteArray(type);
            QTest::addRow("%s around JPEG 2000", type)
                << QByteArray("1.2.840.10008.1.2.4.90") << QByteArray(type);
        }
    }
    void boxesAroundAnImageGo() {
        QFETCH(QByteArray, syntax);
        QFETCH(QByteArray, type);
        const bool xl = syntax.endsWith(".110");
        const Kind kind;
        const auto box = [](std::string_view name, const std::string& payload) {
            std::string out(4, '\0');
            const auto length = static_cast<std::uint32_t>(payload.size() + 8);
            for (std::size_t i = 0; i < 4; ++i) {
                out[i] = static_cast<char>(length >> (24 - 8 * i));
            }
            return out.append(name) + payload;
        };
        const std::string image = encodedFrame(cells(kind, 0), kind, syntax.constData());
        const std::string secret = box(type.toStdString(), std::string(4, '\0') + std::string(kSecret));
        const std::string head =
            xl ? box("JXL ", "\r\n\x87\n") + box("ftyp", std::string("jxl \0\0\0\0jxl ", 12))
               : box("jP  ", "\r\n\x87\n") + box("ftyp", std::string("jp2 \0\0\0\0jp2 ", 12));
        const std::string stream = head + secret + box(xl ? "jxlc" : "jp2c", image) + secret;
        const auto out = pixelsOf(encapsulated(headOf(kind), {stream}, syntax.constData()));
        QVERIFY(out.has_value());
        QVERIFY(out->find("YAMADA") == std::string::npos);
        QVERIFY(out->find(image) != std::string::npos);
        QVERIFY(out->find(head) != std::string::npos);
    }
};

QTEST_GUILESS_MAIN(TestDicomRemarks)
#include "TestDicomRemarks.moc"
