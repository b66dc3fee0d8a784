#include <QtTest>

#include "tests/core/transform/dicom/HiddenPixels.h"

using namespace kamei;
using namespace kamei::intake::dicom;
using namespace kamei::test::hidden;
using test::DicomBytes;
using test::DicomWriting;

/// What no viewer shows and every reader of bytes finds: bits beside the stored ones, frames that
/// nobody declared.
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
