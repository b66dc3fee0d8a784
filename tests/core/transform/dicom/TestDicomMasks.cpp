#include <QtTest>

#include <cstring>
#include <filesystem>

#include "core/intake/dicom/PixelCodec.h"
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

struct Kind {
    const char* photometric = "MONOCHROME2";
    int samples = 1;
    int bits = 8;
    bool isSigned = false;
    bool planar = false;
    int frames = 1;
};

constexpr int kRows = 6;
constexpr int kColumns = 8;

std::string picture(const Kind& kind, bool bigEndian = false) {
    DicomBytes out(true, bigEndian);
    out.element(0x00080016, "UI", "1.2.840.10008.5.1.4.1.1.7")
        .element(0x00080060, "CS", "OT")
        .number(0x00280002, static_cast<std::uint16_t>(kind.samples));
    out.element(0x00280004, "CS", kind.photometric);
    if (kind.samples > 1) {
        out.number(0x00280006, kind.planar ? 1 : 0);
    }
    out.element(0x00280008, "IS", std::to_string(kind.frames))
        .number(0x00280010, kRows)
        .number(0x00280011, kColumns);
    const auto allocated = static_cast<std::uint16_t>(kind.bits == 1 ? 1 : (kind.bits + 7) / 8 * 8);
    out.number(0x00280100, allocated).number(0x00280101, static_cast<std::uint16_t>(kind.bits));
    out.number(0x00280102, static_cast<std::uint16_t>(kind.bits - 1))
        .number(0x00280103, kind.isSigned ? 1 : 0);
    std::string palette;
    if (std::string_view(kind.photometric) == "PALETTE COLOR") {
        for (int c = 0; c < 3; ++c) {
            DicomBytes three(true, bigEndian);
            three.number(0x00281101, 16).number(0x00281101, 0).number(0x00281101, 16);
            std::string descriptor;
            for (int i = 0; i < 3; ++i) {
                descriptor += three.bytes().substr(static_cast<std::size_t>(10 * i + 8), 2);
            }
            out.raw(0x00281101U + static_cast<unsigned>(c), "US", 6, descriptor);
        }
        for (int c = 0; c < 3; ++c) {
            std::string data(32, '\x70');
            data[2 * 5] = data[2 * 5 + 1] = 0; // entry 5 is the darkest
            out.element(0x00281201U + static_cast<unsigned>(c), "OW", data);
        }
    }
    const std::size_t count =
        static_cast<std::size_t>(kRows * kColumns * kind.frames) * static_cast<std::size_t>(kind.samples);
    std::string pixels(kind.bits == 1 ? (count + 7) / 8 : count * (allocated / 8), '\0');
    for (std::size_t i = 0; i < pixels.size(); ++i) {
        pixels[i] = static_cast<char>(std::string_view(kind.photometric) == "PALETTE COLOR" ? 1 + i % 4
                                                                                            : 0x11 + i * 7);
    }
    return out.element(0x7FE00010, allocated > 8 ? "OW" : "OB", pixels)
        .file(bigEndian ? "1.2.840.10008.1.2.2" : "1.2.840.10008.1.2.1");
}

model::Mask rectangle(std::int32_t x, std::int32_t y, std::int32_t width, std::int32_t height) {
    model::Mask out;
    out.rect = {x, y, width, height};
    return out;
}

struct Outcome {
    std::string bytes;
    int differentOutside = 0;
    int sameInside = 0;
    int inside = 0;
};

/// Bits that are stored, as numbers of the cell's bytes.
std::uint64_t storedBits(const DecodedFrame& frame, std::size_t at, std::size_t unit) {
    std::uint64_t cell = 0;
    std::memcpy(&cell, frame.samples.data() + at, unit);
    const int stored = frame.format.bitsStored;
    return stored >= 64 ? cell
                        : cell >> (frame.format.highBit + 1 - stored) & ((std::uint64_t{1} << stored) - 1);
}

/// Compares every sample of both files, frame by frame. Pixels as near as `reach` to the mask, which blocks
/// of a lossy JPEG may take with it, are not compared.
base::Expected<Outcome> masked(const std::string& file, const model::Mask& mask, std::int32_t reach = 0) {
    DicomWriting writing("guideline-2024");
    model::Source in = writing.source(file, "masked");
    const std::vector findings{DicomWriting::maskFinding(mask)};
    const auto before = Instance::ofMemory(bytesOf(file));
    const auto decoder = FrameDecoder::make(*before);
    if (!decoder) {
        return tl::unexpected(decoder.error());
    }
    in.frames = decoder->frames();
    const auto compiled = writing.compile(findings, std::span(&in, 1));
    test::Collected out;
    const auto result = (*compiled)->apply(in, out);
    if (!result) {
        return tl::unexpected(result.error());
    }
    Outcome outcome{std::move(out.bytes), 0, 0, 0};
    const auto after = Instance::ofMemory(bytesOf(outcome.bytes));
    if (!after) {
        return tl::unexpected(after.error());
    }
    const auto again = FrameDecoder::make(*after);
    if (!again) {
        return tl::unexpected(again.error());
    }
    for (std::int32_t f = 0; f < decoder->frames(); ++f) {
        const auto a = decoder->decode(f);
        const auto b = again->decode(f);
        if (!a || !b || a->samples.size() != b->samples.size()) {
            return base::fail(base::ErrorCode::Internal, "test");
        }
        const auto bitmap = model::rasterise({mask}, f + 1, a->format.columns, a->format.rows);
        model::Mask wide = mask;
        wide.rect = {mask.rect.x - reach, mask.rect.y - reach, mask.rect.width + 2 * reach,
                     mask.rect.height + 2 * reach};
        const auto near = model::rasterise({wide}, f + 1, a->format.columns, a->format.rows);
        const auto unit = static_cast<std::size_t>(std::max(1, a->format.bitsAllocated / 8));
        const std::size_t pixels = bitmap.inside.size();
        const std::size_t channels = a->samples.size() / unit / pixels;
        for (std::size_t p = 0; p < pixels && channels > 0; ++p) {
            bool same = true;
            for (std::size_t c = 0; c < channels; ++c) {
                const std::size_t at = (a->format.planar ? c * pixels + p : p * channels + c) * unit;
                same = same && storedBits(*a, at, unit) == storedBits(*b, at, unit);
            }
            if (bitmap.inside[p] != 0) {
                ++outcome.inside;
                outcome.sameInside += same ? 1 : 0;
            } else if (near.inside[p] == 0) {
                outcome.differentOutside += same ? 0 : 1;
            }
        }
    }
    return outcome;
}

} // namespace

class TestDicomMasks : public QObject {
    Q_OBJECT

private slots:
    void nativePixels_data() {
        QTest::addColumn<QByteArray>("photometric");
        QTest::addColumn<int>("samples");
        QTest::addColumn<int>("bits");
        QTest::addColumn<bool>("isSigned");
        QTest::addColumn<bool>("planar");
        QTest::addColumn<int>("frames");
        QTest::addColumn<bool>("bigEndian");
        QTest::newRow("8 bits") << QByteArray("MONOCHROME2") << 1 << 8 << false << false << 1 << false;
        QTest::newRow("MONOCHROME1") << QByteArray("MONOCHROME1") << 1 << 8 << false << false << 1 << false;
        QTest::newRow("12 of 16 bits")
            << QByteArray("MONOCHROME2") << 1 << 12 << false << false << 1 << false;
        QTest::newRow("16 bits signed")
            << QByteArray("MONOCHROME2") << 1 << 16 << true << false << 1 << false;
        QTest::newRow("32 bits") << QByteArray("MONOCHROME2") << 1 << 32 << false << false << 1 << false;
        QTest::newRow("16 bits big endian")
            << QByteArray("MONOCHROME2") << 1 << 16 << false << false << 2 << true;
        QTest::newRow("RGB by pixel") << QByteArray("RGB") << 3 << 8 << false << false << 1 << false;
        QTest::newRow("RGB by plane") << QByteArray("RGB") << 3 << 8 << false << true << 1 << false;
        QTest::newRow("YBR_FULL") << QByteArray("YBR_FULL") << 3 << 8 << false << false << 1 << false;
        QTest::newRow("PALETTE COLOR")
            << QByteArray("PALETTE COLOR") << 1 << 8 << false << false << 1 << false;
        QTest::newRow("three frames") << QByteArray("MONOCHROME2") << 1 << 8 << false << false << 3 << false;
        QTest::newRow("one bit") << QByteArray("MONOCHROME2") << 1 << 1 << false << false << 3 << false;
    }
    void nativePixels() {
        QFETCH(QByteArray, photometric);
        QFETCH(int, samples);
        QFETCH(int, bits);
        QFETCH(bool, isSigned);
        QFETCH(bool, planar);
        QFETCH(int, frames);
        QFETCH(bool, bigEndian);
        const Kind kind{photometric.constData(), samples, bits, isSigned, planar, frames};
        const auto out = masked(picture(kind, bigEndian), rectangle(2, 1, 3, 2));
        QVERIFY(out.has_value());
        QCOMPARE(out->differentOutside, 0);
        QCOMPARE(out->inside, 6 * frames);
        if (bits > 1) {
            QCOMPARE(out->sameInside, 0);
        }
        const auto after = Instance::ofMemory(bytesOf(out->bytes));
        QCOMPARE(after->text(tags::BurnedInAnnotation), std::string_view("NO"));
    }
    void onlyTheFramesOfTheRange() {
        model::Mask mask = rectangle(0, 0, 8, 6);
        mask.frames = {2, 2};
        const auto out = masked(picture({"MONOCHROME2", 1, 8, false, false, 3}), mask);
        QVERIFY(out.has_value());
        QCOMPARE(out->differentOutside, 0);
        QCOMPARE(out->inside, 48);
    }
    void withoutSourcesARangeFallsOnEveryFrame() {
        DicomWriting writing("guideline-2024");
        const model::Source in = writing.source(picture({"MONOCHROME2", 1, 8, false, false, 3}), "range");
        model::Mask mask = rectangle(0, 0, 8, 6);
        mask.frames = {2, 2};
        const std::vector findings{DicomWriting::maskFinding(mask)};
        test::Collected out;
        QVERIFY((*writing.compile(findings))->apply(in, out).has_value());
        const auto after = Instance::ofMemory(bytesOf(out.bytes));
        const auto decoder = FrameDecoder::make(*after);
        for (int f = 0; f < 3; ++f) {
            QVERIFY(std::ranges::all_of(decoder->decode(f)->samples,
                                        [](std::byte b) { return b == std::byte{0}; }));
        }
    }
    void acceptedWithoutAMaskHidesEverything() {
        DicomWriting writing("guideline-2024");
        const model::Source in = writing.source(picture({}), "whole");
        model::Finding f = DicomWriting::maskFinding(rectangle(0, 0, 0, 0));
        f.origin = model::Origin::Rule;
        f.detail.clear();
        test::Collected out;
        QVERIFY((*writing.compile(std::vector{f}))->apply(in, out).has_value());
        const auto after = Instance::ofMemory(bytesOf(out.bytes));
        QVERIFY(std::ranges::all_of(FrameDecoder::make(*after)->decode(0)->samples,
                                    [](std::byte b) { return b == std::byte{0}; }));
    }
    /// A decision that no writing of DICOM carries out is refused: passed over, it would count as done.
    void whatCannotBeDoneIsRefused_data() {
        using Kind = model::Locator::Kind;
        using model::Action;
        QTest::addColumn<int>("kind");
        QTest::addColumn<int>("action");
        QTest::addColumn<bool>("possible");
        const auto row = [](const char* name, Kind kind, Action action, bool possible) {
            QTest::newRow(name) << static_cast<int>(kind) << static_cast<int>(action) << possible;
        };
        row("pixels are deleted", Kind::Pixels, Action::Delete, false);
        row("pixels are cleaned", Kind::Pixels, Action::Clean, false);
        row("pixels are masked", Kind::Pixels, Action::Mask, true);
        row("pixels are kept", Kind::Pixels, Action::Keep, true);
        row("the whole asset is masked", Kind::Asset, Action::Mask, false);
        row("the whole asset is kept", Kind::Asset, Action::Keep, true);
        row("a range of text is deleted", Kind::Text, Action::Delete, false);
        row("a cell is deleted", Kind::Cell, Action::Delete, false);
        row("a column is replaced", Kind::Column, Action::Replace, false);
        row("a file's name is deleted", Kind::FileName, Action::Delete, true);
        row("what a stream says is deleted", Kind::Metadata, Action::Delete, true);
    }
    void whatCannotBeDoneIsRefused() {
        QFETCH(int, kind);
        QFETCH(int, action);
        QFETCH(bool, possible);
        DicomWriting writing("guideline-2024");
        model::Finding finding = DicomWriting::maskFinding(rectangle(0, 0, 2, 2));
        finding.locator.kind = static_cast<model::Locator::Kind>(kind);
        finding.action = static_cast<model::Action>(action);
        finding.state = model::DecisionState::Changed;
        const auto compiled = writing.compile(std::vector{finding});
        QCOMPARE(compiled.has_value(), possible);
        if (!possible) {
            QCOMPARE(compiled.error().code, base::ErrorCode::NotPossible);
            QCOMPARE(compiled.error().args, std::vector{std::string(model::word(finding.action))});
        }
    }
    void framesThatAreNotThereAreRefused() {
        std::string file = picture({"MONOCHROME2", 1, 8, false, false, 1});
        const std::size_t at = file.find(std::string("\x28\0\x08\0IS\x02\0", 8));
        QVERIFY(at != std::string::npos);
        file.replace(at + 8, 2, "99");
        QVERIFY(!masked(file, rectangle(0, 0, 1, 1)).has_value());
    }
    /// Real files in every syntax: outside the mask what is decoded stays bit for bit.
    void realFiles_data() {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QByteArray>("syntax");
        const auto row = [](const char* name, const char* syntax) {
            QTest::newRow(name) << QString(name) << QByteArray(syntax);
        };
        const char* const same = "";
        row("pydicom/pydicom__CT_small.dcm", same);
        row("pydicom/pydicom__MR_small_RLE.dcm", same);
        row("pydicom/pydicom__SC_rgb_rle_2frame.dcm", same);
        row("pydicom/pydicom__SC_rgb_rle_16bit_2frame.dcm", same);
        row("pydicom/pydicom__MR_small_jp2klossless.dcm", same);
        row("pydicom/pydicom__JPEG2000.dcm", same);
        row("pydicom/pydicom__693_J2KI.dcm", same);
        row("pydicom/pydicom__MR_small_jpeg_ls_lossless.dcm", same);
        row("pydicom/pydicom__JPEGLSNearLossless_16.dcm", same);
        row("wg04/dicom-test-files__CT1_JPLL", same);
        row("wg04/dicom-test-files__MR1_JLSN", same);
        row("wg04/dicom-test-files__MR1_JLSL", same);
        row("pydicom-data/pydicom-data__JLSL_RGB_ILV0.dcm", same);
        row("pydicom-data/pydicom-data__liver_nonbyte_aligned_rle.dcm", same);
        row("pydicom/pydicom__SC_rgb_small_odd_big_endian.dcm", "1.2.840.10008.1.2.1");
        row("wg04/dicom-test-files__NM1_J2KI", same);
        row("wg04/dicom-test-files__US1_RLE", same);
        row("wg04/dicom-test-files__MR1_JPLY", "1.2.840.10008.1.2.4.80");
        row("pydicom/pydicom__JPGExtended.dcm", "1.2.840.10008.1.2.4.80");
        row("pydicom/pydicom__SC_rgb_jpeg_dcmtk.dcm", same);
        row("pydicom/pydicom__examples_ybr_color.dcm", same);
        row("pydicom/pydicom__examples_palette.dcm", same);
        row("pydicom/pydicom__image_dfl.dcm", "1.2.840.10008.1.2.1");
        row("pydicom/pydicom__MR_small_bigendian.dcm", "1.2.840.10008.1.2.1");
        row("pydicom-data/pydicom-data__liver.dcm", same);
        row("pydicom-data/pydicom-data__emri_small_RLE.dcm", same);
        row("pydicom-data/pydicom-data__SC_ybr_full_uncompressed.dcm", same);
        row("pydicom/pydicom__SC_ybr_full_422_uncompressed.dcm", same);
    }
    void realFiles() {
        QFETCH(QString, name);
        QFETCH(QByteArray, syntax);
        const QByteArray chosen = qgetenv("KAMEI_SHARED");
        const fs::path path =
            (chosen.isEmpty() ? fs::path(KAMEI_SHARED_DIR) : fs::path(chosen.toStdString())) / "data" /
            "samples" / "dicom" / name.toStdString();
        if (!fs::exists(path)) {
            QSKIP("the shared sample file is not here");
        }
        const auto content = base::readFile(path, 1ULL << 31);
        const auto before = Instance::ofMemory(bytesOf(*content));
        const bool smaller = before->number(tags::Rows).value_or(0) < 10;
        const bool blocks = before->transferSyntax() == "1.2.840.10008.1.2.4.50";
        const auto out =
            masked(*content, smaller ? rectangle(0, 0, 2, 1) : rectangle(5, 7, 20, 9), blocks ? 17 : 0);
        QVERIFY(out.has_value());
        QVERIFY(out->inside > 0);
        // Two pixels of YBR_FULL_422 share their colour: the neighbour of a masked one changes with it.
        if (!name.contains("422")) {
            QCOMPARE(out->differentOutside, 0);
        }
        const auto after = Instance::ofMemory(bytesOf(out->bytes));
        QCOMPARE(QByteArray(after->transferSyntax().c_str()),
                 syntax.isEmpty() ? QByteArray(before->transferSyntax().c_str()) : syntax);
    }
};

QTEST_APPLESS_MAIN(TestDicomMasks)
#include "TestDicomMasks.moc"
