#include <QtTest>

#include <cstring>
#include <optional>

#include "core/intake/dicom/PixelCodec.h"
#include "core/transform/dicom/PixelStream.h"
#include "tests/core/intake/dicom/DicomBytes.h"
#include "tests/core/transform/dicom/DicomWriting.h"

using namespace kamei;
using namespace kamei::intake::dicom;
using test::DicomBytes;
using test::DicomWriting;
using transform::dicom::PixelMask;
using transform::dicom::PixelStream;

namespace {

constexpr int kRows = 16;
constexpr int kColumns = 24;
constexpr const char* kNative = "1.2.840.10008.1.2.1";
constexpr const char* kBigEndian = "1.2.840.10008.1.2.2";
constexpr const char* kRle = "1.2.840.10008.1.2.5";
constexpr const char* kJpegBaseline = "1.2.840.10008.1.2.4.50";
constexpr std::string_view kSecret = "YAMADA^TARO 1950-01-01";

std::span<const std::byte> bytesOf(const std::string& text) {
    return std::as_bytes(std::span(text.data(), text.size()));
}

struct Kind {
    int allocated = 16;
    int stored = 12;
    int high = 11;
    bool isSigned = false;
    const char* photometric = "MONOCHROME2";
    int frames = 1;
};

DicomBytes headOf(const Kind& kind, bool bigEndian = false) {
    DicomBytes out(true, bigEndian);
    out.element(0x00080016, "UI", "1.2.840.10008.5.1.4.1.1.7")
        .element(0x00080060, "CS", "OT")
        .number(0x00280002, 1)
        .element(0x00280004, "CS", kind.photometric)
        .element(0x00280008, "IS", std::to_string(kind.frames))
        .number(0x00280010, kRows)
        .number(0x00280011, kColumns)
        .number(0x00280100, static_cast<std::uint16_t>(kind.allocated))
        .number(0x00280101, static_cast<std::uint16_t>(kind.stored))
        .number(0x00280102, static_cast<std::uint16_t>(kind.high))
        .number(0x00280103, kind.isSigned ? 1 : 0);
    return out;
}

/// The stored bits of pixel `i`: every value of the range comes, negative ones too.
std::uint64_t storedAt(const Kind& kind, std::size_t i) {
    return (i * 2654435761U >> 3) & ((1ULL << kind.stored) - 1);
}

/// Cells with the stored bits in their place and `spare` beside them, where a letter might be drawn.
std::string cells(const Kind& kind, std::uint64_t spare, bool bigEndian = false) {
    const auto unit = static_cast<std::size_t>(kind.allocated / 8);
    const int low = kind.high + 1 - kind.stored;
    const std::uint64_t mask = ((1ULL << kind.stored) - 1) << low;
    std::string out;
    for (std::size_t i = 0; i < kRows * kColumns; ++i) {
        const bool drawn = i % 7 < 2;
        const std::uint64_t cell = storedAt(kind, i) << low | (drawn ? spare & ~mask : 0);
        std::string bytes(reinterpret_cast<const char*>(&cell), unit);
        if (bigEndian) {
            std::reverse(bytes.begin(), bytes.end());
        }
        out += bytes;
    }
    return out;
}

std::string encapsulated(DicomBytes head, const std::vector<std::string>& fragments, const char* syntax,
                         const std::string& table = {}) {
    DicomBytes items;
    items.raw(0xFFFEE000, "", static_cast<std::uint32_t>(table.size()), table);
    for (const std::string& fragment : fragments) {
        std::string even = fragment;
        even.resize(even.size() + even.size() % 2);
        items.raw(0xFFFEE000, "", static_cast<std::uint32_t>(even.size()), even);
    }
    items.raw(0xFFFEE0DD, "", 0, "");
    return head.raw(0x7FE00010, "OB", 0xFFFFFFFF, items.bytes()).file(syntax);
}

std::string encodedFrame(const std::string& samples, const Kind& kind, const char* syntax) {
    PixelFormat format{kRows,         kColumns, 1,     kind.allocated, kind.stored,     kind.high,
                       kind.isSigned, false,    false, false,          kind.photometric};
    const auto out = encodeFrame(bytesOf(samples), format, syntax);
    return out ? std::string(reinterpret_cast<const char*>(out->data()), out->size()) : std::string{};
}

std::string word(std::uint32_t value) {
    return {reinterpret_cast<const char*>(&value), 4};
}

std::vector<DecodedFrame> framesOf(const std::string& file) {
    std::vector<DecodedFrame> out;
    const auto instance = Instance::ofMemory(bytesOf(file));
    const auto decoder = instance ? FrameDecoder::make(*instance) : tl::unexpected(instance.error());
    for (std::int32_t f = 0; decoder && f < decoder->frames(); ++f) {
        if (auto frame = decoder->decode(f)) {
            out.push_back(std::move(*frame));
        }
    }
    return out;
}

/// The pixel data element as the stream writes it; nothing when it refuses.
std::optional<std::string> pixelsOf(const std::string& file, const std::vector<model::Mask>& masks = {}) {
    const auto instance = Instance::ofMemory(bytesOf(file));
    if (!instance) {
        return std::nullopt;
    }
    const PixelMask mask(masks, 1);
    const auto stream = PixelStream::plan(*instance, masks.empty() ? nullptr : &mask);
    test::Collected out;
    transform::Result result;
    if (!stream || !stream->write(out, 0, result)) {
        return std::nullopt;
    }
    return out.bytes;
}

/// A JPEG of one grey frame with segments of its own choice behind SOI.
std::string jpegWith(const std::string& segments) {
    // The smallest grey JPEG of 24 x 16: six blocks of one DC coefficient each.
    static const std::string tables = [] {
        std::string out("\xFF\xDB\x00\x43\x00", 5);
        out += std::string(64, '\x08');
        out += std::string("\xFF\xC0\x00\x0B\x08\x00\x10\x00\x18\x01\x01\x11\x00", 13);
        // One code each: DC category 0 and end of block, both '0'.
        out += std::string("\xFF\xC4\x00\x14\x00\x01", 6) + std::string(15, '\0') + std::string(1, '\0');
        out += std::string("\xFF\xC4\x00\x14\x10\x01", 6) + std::string(15, '\0') + std::string(1, '\0');
        out += std::string("\xFF\xDA\x00\x08\x01\x01\x00\x00\x3F\x00", 10);
        out += std::string("\x00\x0F", 2); // twelve bits of zero, filled up with ones
        return out + "\xFF\xD9";
    }();
    return "\xFF\xD8" + segments + tables;
}

std::string segment(char marker, const std::string& payload) {
    const auto length = static_cast<std::uint16_t>(payload.size() + 2);
    return std::string("\xFF") + marker + static_cast<char>(length >> 8) + static_cast<char>(length & 0xFF) +
           payload;
}

} // namespace

/// What no viewer shows and every reader of bytes finds: bits beside the stored ones, remarks in codestreams,
/// frames that nobody declared.
class TestDicomHiddenBits : public QObject {
    Q_OBJECT

private slots:
    void spareBits_data() {
        QTest::addColumn<int>("allocated");
        QTest::addColumn<int>("stored");
        QTest::addColumn<int>("high");
        QTest::addColumn<bool>("isSigned");
        QTest::addColumn<QByteArray>("syntax");
        const auto row = [](const char* name, int allocated, int stored, int high, bool isSigned,
                            const char* syntax) {
            QTest::newRow(name) << allocated << stored << high << isSigned << QByteArray(syntax);
        };
        row("overlay above 12 bits", 16, 12, 11, false, kNative);
        row("overlay above 12 signed bits", 16, 12, 11, true, kNative);
        row("overlay below 12 bits", 16, 12, 15, false, kNative);
        row("overlay on both sides", 16, 10, 12, true, kNative);
        row("one bit above 15", 16, 15, 14, false, kNative);
        row("7 of 8 bits", 8, 7, 6, false, kNative);
        row("20 of 32 bits", 32, 20, 19, false, kNative);
        row("big endian", 16, 12, 11, true, kBigEndian);
        row("RLE", 16, 12, 11, false, kRle);
        row("JPEG lossless of 16 bits", 16, 12, 11, false, "1.2.840.10008.1.2.4.70");
        row("JPEG-LS of 16 bits", 16, 12, 11, false, "1.2.840.10008.1.2.4.80");
        row("JPEG 2000 of 16 bits", 16, 12, 11, false, "1.2.840.10008.1.2.4.90");
        row("HTJ2K of 16 bits", 16, 12, 11, false, "1.2.840.10008.1.2.4.201");
        row("JPEG XL of 16 bits", 16, 12, 11, false, "1.2.840.10008.1.2.4.110");
    }
    void spareBits() {
        QFETCH(int, allocated);
        QFETCH(int, stored);
        QFETCH(int, high);
        QFETCH(bool, isSigned);
        QFETCH(QByteArray, syntax);
        const Kind kind{allocated, stored, high, isSigned};
        const bool big = syntax == kBigEndian;
        const bool native = syntax == kNative || big;
        const std::string samples = cells(kind, ~0ULL, big);
        // As an encoder that knows nothing of overlays would code them.
        const Kind whole{allocated, allocated, allocated - 1, false};
        const std::string file =
            native ? headOf(kind, big)
                         .element(0x7FE00010, allocated > 8 ? "OW" : "OB", samples)
                         .file(syntax.constData())
                   : encapsulated(headOf(kind), {encodedFrame(samples, whole, syntax.constData())},
                                  syntax.constData());
        DicomWriting writing("guideline-2024");
        const auto written = writing.written(file);
        QVERIFY(written.has_value());
        const auto frames = framesOf(*written);
        QCOMPARE(frames.size(), std::size_t{1});
        const auto unit = static_cast<std::size_t>(allocated / 8);
        const int low = high + 1 - stored;
        for (std::size_t i = 0; i < kRows * kColumns; ++i) {
            std::uint64_t cell = 0;
            std::memcpy(&cell, frames[0].samples.data() + i * unit, unit);
            const std::uint64_t value = storedAt(kind, i);
            const bool negative = isSigned && (value >> (stored - 1)) != 0;
            const std::uint64_t above = negative ? ~0ULL << (high + 1) : 0;
            const std::uint64_t inCell = allocated == 64 ? ~0ULL : (1ULL << allocated) - 1;
            QCOMPARE(cell, ((value << low) | above) & inCell);
        }
    }
    void cleanCellsAreCopied() {
        const Kind kind;
        const std::string samples = cells(kind, 0);
        const auto out = pixelsOf(headOf(kind).element(0x7FE00010, "OW", samples).file());
        QVERIFY(out.has_value());
        QVERIFY(out->ends_with(samples));
    }
    void thePaddingValueFollows() {
        const Kind kind;
        const auto file =
            headOf(kind).number(0x00280120, 0xF830).element(0x7FE00010, "OW", cells(kind, 0)).file();
        DicomWriting writing("guideline-2024");
        const auto written = writing.written(file);
        const auto after = Instance::ofMemory(bytesOf(*written));
        QCOMPARE(after->number(0x00280120), std::optional<std::int64_t>(0x830));
    }

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

    void framesThatNobodyDeclaredGo() {
        const Kind kind{8, 8, 7};
        const std::string first = jpegWith({});
        const std::string second = jpegWith(segment('\xFE', std::string(kSecret)));
        const auto out = pixelsOf(encapsulated(headOf(kind), {first, second}, kJpegBaseline));
        QVERIFY(out.has_value());
        QVERIFY(out->find(first) != std::string::npos);
        QVERIFY(out->find("YAMADA") == std::string::npos);
        QCOMPARE(out->find(std::string("\xFF\xD8", 2), out->find(first) + 2), std::string::npos);
    }
    void anOffsetTableThatIsWrongGoes() {
        const Kind kind{8, 8, 7, false, "MONOCHROME2", 2};
        const std::string jpeg = jpegWith({});
        const std::string wrong = std::string(kSecret).substr(0, 8);
        const auto out = pixelsOf(encapsulated(headOf(kind), {jpeg, jpeg}, kJpegBaseline, wrong));
        QVERIFY(out.has_value());
        QVERIFY(out->find(wrong) == std::string::npos);
        const auto even = static_cast<std::uint32_t>(jpeg.size() + jpeg.size() % 2 + 8);
        const std::string right = word(0) + word(even);
        const auto kept = pixelsOf(encapsulated(headOf(kind), {jpeg, jpeg}, kJpegBaseline, right));
        QVERIFY(kept.has_value());
        QVERIFY(kept->find(right) != std::string::npos);
    }
    void framesOverSeveralFragments_data() {
        QTest::addColumn<bool>("table");
        QTest::newRow("found by the offset table") << true;
        QTest::newRow("found by their first marker") << false;
    }
    /// Three frames, the second of which lies in two fragments; the mask falls on the third alone.
    void framesOverSeveralFragments() {
        QFETCH(bool, table);
        const Kind kind{16, 12, 11, false, "MONOCHROME2", 3};
        const char* const syntax = "1.2.840.10008.1.2.4.90";
        const std::string stream = encodedFrame(cells(kind, 0), kind, syntax);
        const std::size_t cut = stream.size() / 4 * 2;
        const auto even = static_cast<std::uint32_t>(stream.size() + stream.size() % 2);
        const std::string offsets = word(0) + word(even + 8) + word(2 * even + 24);
        const std::string file =
            encapsulated(headOf(kind), {stream, stream.substr(0, cut), stream.substr(cut), stream}, syntax,
                         table ? offsets : std::string{});
        QCOMPARE(framesOf(file).size(), std::size_t{3});
        model::Mask mask;
        mask.rect = {0, 0, kColumns, kRows};
        mask.frames = {3, 3};
        const auto out = pixelsOf(file, {mask});
        QVERIFY(out.has_value());
        const auto frames = framesOf(headOf(kind).append(*out).file(syntax));
        QCOMPARE(frames.size(), std::size_t{3});
        QVERIFY(frames[0].samples == framesOf(file)[0].samples);
        QVERIFY(frames[1].samples == framesOf(file)[1].samples);
        QVERIFY(std::ranges::all_of(frames[2].samples, [](std::byte b) { return b == std::byte{0}; }));
    }

    void paddingIsNoMaskWhereItIsBright() {
        const Kind kind;
        const auto file =
            headOf(kind).number(0x00280120, 4095).element(0x7FE00010, "OW", cells(kind, 0)).file();
        model::Mask mask;
        mask.rect = {0, 0, kColumns, kRows};
        const auto out = pixelsOf(file, {mask});
        QVERIFY(out.has_value());
        QVERIFY(out->ends_with(std::string(kRows * kColumns * 2, '\0')));
    }
    void oneBitOfMonochrome1IsBlackenedWithOnes() {
        const Kind kind{1, 1, 0, false, "MONOCHROME1", 3};
        const std::string bits(kRows * kColumns * 3 / 8, '\0');
        model::Mask mask;
        mask.rect = {0, 0, kColumns, kRows};
        mask.frames = {2, 2};
        const auto out = pixelsOf(headOf(kind).element(0x7FE00010, "OB", bits).file(), {mask});
        QVERIFY(out.has_value());
        const std::string one(kRows * kColumns / 8, '\0');
        QVERIFY(out->ends_with(one + std::string(one.size(), '\xFF') + one));
    }
    /// Eight bits in words of sixteen: pairs of bytes are turned round, in masked frames as in others.
    void bigEndianWordsOfEightBits() {
        const Kind kind{8, 8, 7, false, "MONOCHROME2", 2};
        std::string samples = cells({8, 8, 7}, 0) + cells({8, 8, 7}, 0);
        std::string turned = samples;
        for (std::size_t i = 0; i + 1 < turned.size(); i += 2) {
            std::swap(turned[i], turned[i + 1]);
        }
        model::Mask mask;
        mask.rect = {0, 0, 5, 1};
        mask.frames = {2, 2};
        const auto out =
            pixelsOf(headOf(kind, true).element(0x7FE00010, "OW", turned).file(kBigEndian), {mask});
        QVERIFY(out.has_value());
        std::fill_n(samples.begin() + kRows * kColumns, 5, '\0');
        QVERIFY(out->ends_with(samples));
    }
    /// The last byte of an odd number stands first in its word; masked frames end with a pad of their own.
    void anOddNumberOfBytesInBigEndianWords() {
        DicomBytes head(true, true);
        head.number(0x00280002, 1).element(0x00280004, "CS", "MONOCHROME2").number(0x00280010, 3);
        head.number(0x00280011, 3).number(0x00280100, 8).number(0x00280101, 8).number(0x00280102, 7);
        head.number(0x00280103, 0);
        const auto file =
            head.element(0x7FE00010, "OW", std::string("\2\1\4\3\6\5\x08\7\0\x09", 10)).file(kBigEndian);
        const std::string samples("\1\2\3\4\5\6\7\x08\x09\0", 10);
        const auto plain = pixelsOf(file);
        QVERIFY(plain.has_value());
        QVERIFY(plain->ends_with(samples));
        model::Mask mask;
        mask.rect = {0, 0, 1, 1};
        const auto out = pixelsOf(file, {mask});
        QVERIFY(out.has_value());
        QVERIFY(out->ends_with(std::string("\0", 1) + samples.substr(1)));
        QCOMPARE(out->size(), plain->size());
    }
    void oneBitInRle() {
        const Kind kind{1, 1, 0, false, "MONOCHROME2", 2};
        std::string bits;
        for (int i = 0; i < kRows * kColumns; ++i) {
            bits += static_cast<char>(i % 3 == 0);
        }
        const std::string frame = encodedFrame(bits, kind, kRle);
        const std::string file = encapsulated(headOf(kind), {frame, frame}, kRle);
        model::Mask mask;
        mask.rect = {0, 0, 3, 1};
        mask.frames = {1, 1};
        const auto out = pixelsOf(file, {mask});
        QVERIFY(out.has_value());
        const auto frames = framesOf(headOf(kind).append(*out).file(kRle));
        QCOMPARE(frames.size(), std::size_t{2});
        const auto before = bytesOf(bits);
        QVERIFY(std::ranges::equal(frames[1].samples, before));
        QCOMPARE(frames[0].samples[0], std::byte{0});
        QVERIFY(std::equal(frames[0].samples.begin() + 3, frames[0].samples.end(), before.begin() + 3));
    }
    void floatsAreMaskedWithTheirPadding() {
        const float padding = -5.5F;
        const std::string four(reinterpret_cast<const char*>(&padding), 4);
        std::string samples;
        for (int i = 0; i < kRows * kColumns; ++i) {
            const float value = static_cast<float>(i) * 0.25F;
            samples.append(reinterpret_cast<const char*>(&value), 4);
        }
        DicomBytes head = headOf({32, 32, 31});
        const auto file = head.raw(0x00280122, "FL", 4, four).element(0x7FE00008, "OF", samples).file();
        model::Mask mask;
        mask.rect = {0, 0, 1, 1};
        const auto out = pixelsOf(file, {mask});
        QVERIFY(out.has_value());
        QVERIFY(out->ends_with(four + samples.substr(4)));
    }
    void lessThanOneFrameIsRefused() {
        QVERIFY(!pixelsOf(headOf({}).element(0x7FE00010, "OW", std::string(kSecret)).file()).has_value());
    }
    void bytesThatNothingDescribesGo() {
        DicomBytes file;
        file.element(0x00080060, "CS", "OT").element(0x7FE00010, "OW", std::string(kSecret));
        const auto out = pixelsOf(file.file());
        QVERIFY(out.has_value());
        QVERIFY(out->empty());
    }
};

QTEST_GUILESS_MAIN(TestDicomHiddenBits)
#include "TestDicomHiddenBits.moc"
