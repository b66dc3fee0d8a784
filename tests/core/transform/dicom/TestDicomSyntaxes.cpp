#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QtTest>

#include <cmath>
#include <cstring>
#include <fstream>
#include <optional>

#include "core/intake/dicom/JpegXl.h"
#include "core/intake/dicom/PixelCodec.h"
#include "tests/core/intake/dicom/DicomBytes.h"
#include "tests/core/transform/dicom/DicomWriting.h"

using namespace kamei;
using namespace kamei::intake::dicom;
using test::DicomBytes;
using test::DicomWriting;

namespace {

constexpr int kRows = 40;
constexpr int kColumns = 56;
constexpr int kFrames = 3;
constexpr int kMaskedFrame = 1; // of 0 to 2
const model::RectPx kMask{9, 6, 21, 11};

struct Kind {
    QByteArray photometric;
    int bits = 8;
    bool isSigned = false;

    int samples() const {
        return photometric.startsWith("MONOCHROME") || photometric == "PALETTE COLOR" ? 1 : 3;
    }
    int allocated() const { return bits <= 8 ? 8 : 16; }
};

/// Values with structure and a little noise: what compresses like a picture and is nowhere constant.
int valueAt(const Kind& kind, int frame, int x, int y, int c) {
    const double wave = std::sin(0.21 * x + c) + std::cos(0.17 * y - 0.5 * frame) + 2;
    const int range = (1 << kind.bits) - 1;
    const int noise = (x * 7 + y * 13 + frame * 5 + c * 3) % 5;
    const int value = std::clamp(static_cast<int>(wave / 4.2 * range) + noise, 3, range - 1);
    return kind.isSigned ? value - (range + 1) / 2 : value;
}

std::string samplesOf(const Kind& kind) {
    std::string out;
    for (int f = 0; f < kFrames; ++f) {
        for (int y = 0; y < kRows; ++y) {
            for (int x = 0; x < kColumns; ++x) {
                for (int c = 0; c < kind.samples(); ++c) {
                    const int value =
                        kind.photometric == "PALETTE COLOR" ? 1 + (x + y + f) % 4 : valueAt(kind, f, x, y, c);
                    out += static_cast<char>(value & 0xFF);
                    if (kind.allocated() == 16) {
                        out += static_cast<char>(value >> 8 & 0xFF);
                    }
                }
            }
        }
    }
    return out;
}

DicomBytes headOf(const Kind& kind) {
    DicomBytes out;
    out.element(0x00080016, "UI", "1.2.840.10008.5.1.4.1.1.7.4")
        .element(0x00080018, "UI", "1.2.3.4.5")
        .element(0x00080060, "CS", "OT")
        .element(0x0020000D, "UI", "1.2.3.4")
        .element(0x0020000E, "UI", "1.2.3.4.1")
        .number(0x00280002, static_cast<std::uint16_t>(kind.samples()))
        .element(0x00280004, "CS", kind.photometric.toStdString());
    if (kind.samples() > 1) {
        out.number(0x00280006, 0);
    }
    out.element(0x00280008, "IS", std::to_string(kFrames))
        .number(0x00280010, kRows)
        .number(0x00280011, kColumns);
    out.number(0x00280100, static_cast<std::uint16_t>(kind.allocated()))
        .number(0x00280101, static_cast<std::uint16_t>(kind.bits))
        .number(0x00280102, static_cast<std::uint16_t>(kind.bits - 1))
        .number(0x00280103, kind.isSigned ? 1 : 0);
    if (kind.photometric == "PALETTE COLOR") {
        for (unsigned c = 0; c < 3; ++c) {
            out.raw(0x00281101 + c, "US", 6, std::string("\x10\0\0\0\x10\0", 6));
        }
        for (unsigned c = 0; c < 3; ++c) {
            std::string table(32, '\x70');
            table[10] = table[11] = 0; // entry 5 is the darkest
            out.element(0x00281201 + c, "OW", table);
        }
    }
    return out;
}

std::string nativeFile(const Kind& kind) {
    return headOf(kind).element(0x7FE00010, kind.allocated() == 16 ? "OW" : "OB", samplesOf(kind)).file();
}

std::string encapsulatedFile(const Kind& kind, const std::vector<std::vector<std::byte>>& frames,
                             const char* syntax) {
    DicomBytes items;
    items.raw(0xFFFEE000, "", 0, "");
    for (const auto& frame : frames) {
        std::string bytes(reinterpret_cast<const char*>(frame.data()), frame.size());
        bytes.resize(bytes.size() + bytes.size() % 2);
        items.raw(0xFFFEE000, "", static_cast<std::uint32_t>(bytes.size()), bytes);
    }
    items.raw(0xFFFEE0DD, "", 0, "");
    return headOf(kind).raw(0x7FE00010, "OB", 0xFFFFFFFF, items.bytes()).file(syntax);
}

std::span<const std::byte> bytesOf(const std::string& text) {
    return std::as_bytes(std::span(text.data(), text.size()));
}

std::optional<std::string> contentOf(const QString& path) {
    const auto out = base::readFile(path.toStdString(), 1ULL << 30);
    return out ? std::optional(*out) : std::nullopt;
}

/// A file run through a tool that has nothing in common with Kamei's own codecs but the standard.
std::optional<std::string> through(const QString& tool, const QStringList& options, const std::string& file) {
    QTemporaryDir folder;
    std::ofstream(folder.filePath("in.dcm").toStdString(), std::ios::binary) << file;
    QProcess process;
    process.start(tool, options + QStringList{folder.filePath("in.dcm"), folder.filePath("out.dcm")});
    if (!process.waitForFinished(60'000) || process.exitCode() != 0) {
        return std::nullopt;
    }
    return contentOf(folder.filePath("out.dcm"));
}

std::vector<DecodedFrame> framesOf(const std::string& file) {
    std::vector<DecodedFrame> out;
    const auto instance = Instance::ofMemory(bytesOf(file));
    if (!instance) {
        return out;
    }
    const auto decoder = FrameDecoder::make(*instance);
    for (std::int32_t f = 0; decoder && f < decoder->frames(); ++f) {
        auto frame = decoder->decode(f);
        if (!frame) {
            return {};
        }
        out.push_back(std::move(*frame));
    }
    return out;
}

/// The bytes of a frame as they stand in a file.
std::vector<std::byte> streamOf(const std::string& file, std::int32_t frame) {
    const auto instance = Instance::ofMemory(bytesOf(file));
    const auto decoder = FrameDecoder::make(*instance);
    return decoder ? decoder->stream(frame).value_or(std::vector<std::byte>{}) : std::vector<std::byte>{};
}

std::int64_t sampleAt(const DecodedFrame& frame, int x, int y, int c) {
    const auto unit = static_cast<std::size_t>(frame.format.bitsAllocated / 8);
    const auto pixel = static_cast<std::size_t>(y * kColumns + x);
    const auto channel = static_cast<std::size_t>(c);
    const std::size_t index = frame.format.planar
                                  ? channel * kRows * kColumns + pixel
                                  : pixel * static_cast<std::size_t>(frame.format.samples) + channel;
    std::uint64_t raw = 0;
    std::memcpy(&raw, frame.samples.data() + index * unit, unit);
    const int unused = 64 - frame.format.bitsStored;
    return frame.format.isSigned ? static_cast<std::int64_t>(raw << unused) >> unused
                                 : static_cast<std::int64_t>(raw << unused >> unused);
}

bool isInside(const model::RectPx& rect, int x, int y) {
    return x >= rect.x && x < rect.x + rect.width && y >= rect.y && y < rect.y + rect.height;
}

struct Blocks {
    int width = 1;
    int height = 1;
    bool coarse = false; ///< colour sampled more coarsely than light
};

/// What a mask takes with it in a lossy JPEG, from the sampling factors of its first frame.
Blocks blocksOf(const std::string& file) {
    const auto stream = streamOf(file, 0);
    for (std::size_t i = 0; i + 12 < stream.size(); ++i) {
        const bool frame = stream[i] == std::byte{0xFF} &&
                           (stream[i + 1] == std::byte{0xC0} || stream[i + 1] == std::byte{0xC1});
        if (frame) {
            const int factors = std::to_integer<int>(stream[i + 11]);
            const bool single = std::to_integer<int>(stream[i + 9]) == 1;
            const int h = single ? 1 : factors >> 4;
            const int v = single ? 1 : factors & 15;
            return {8 * h, 8 * v, h * v > 1};
        }
    }
    return {};
}

model::RectPx grown(const model::RectPx& rect, const Blocks& blocks) {
    const int reach = blocks.coarse ? 1 : 0;
    const int x0 = (rect.x - reach) / blocks.width * blocks.width;
    const int y0 = (rect.y - reach) / blocks.height * blocks.height;
    const int x1 = (rect.x + rect.width - 1 + reach) / blocks.width * blocks.width + blocks.width;
    const int y1 = (rect.y + rect.height - 1 + reach) / blocks.height * blocks.height + blocks.height;
    // Decoders smooth coarse colour over one pixel.
    return {x0 - reach, y0 - reach, x1 - x0 + 2 * reach, y1 - y0 + 2 * reach};
}

/// `photometric`: of the decoded samples, which a tool may have turned into RGB.
std::int64_t blackOf(const Kind& kind, std::string_view photometric, int c) {
    const std::int64_t half = std::int64_t{1} << (kind.bits - 1);
    if (photometric == "PALETTE COLOR") {
        return 5;
    }
    if (photometric.starts_with("YBR_FULL") && c > 0) {
        return half;
    }
    const std::int64_t lowest = kind.isSigned ? -half : 0;
    return photometric == "MONOCHROME1" ? lowest + 2 * half - 1 : lowest;
}

constexpr const char* kBaseline = "1.2.840.10008.1.2.4.50";
constexpr const char* kExtended = "1.2.840.10008.1.2.4.51";
constexpr const char* kLossless = "1.2.840.10008.1.2.4.57";
constexpr const char* kLosslessSv1 = "1.2.840.10008.1.2.4.70";
constexpr const char* kLs = "1.2.840.10008.1.2.4.80";
constexpr const char* kLsNear = "1.2.840.10008.1.2.4.81";
constexpr const char* kJ2k = "1.2.840.10008.1.2.4.90";
constexpr const char* kJ2kAny = "1.2.840.10008.1.2.4.91";
constexpr const char* kRle = "1.2.840.10008.1.2.5";
constexpr const char* kOurs = "";

} // namespace

/// One picture of three frames in every syntax, photometric interpretation and depth; the second frame is
/// masked.
class TestDicomSyntaxes : public QObject {
    Q_OBJECT

private slots:
    void masks_data() {
        QTest::addColumn<QByteArray>("syntax");
        QTest::addColumn<QString>("encoder"); ///< a tool with its options, or empty: Kamei's own
        QTest::addColumn<QString>("decoder");
        QTest::addColumn<QByteArray>("photometric");
        QTest::addColumn<int>("bits");
        QTest::addColumn<bool>("isSigned");
        QTest::addColumn<QByteArray>("written"); ///< transfer syntax of the output where it is another one
        const auto row = [](const char* syntax, const char* encoder, const char* decoder,
                            const char* photometric, int bits, bool isSigned = false,
                            const char* written = "") {
            QTest::addRow("%s %s %s %d%s", syntax, encoder, photometric, bits, isSigned ? " signed" : "")
                << QByteArray(syntax) << QString(encoder) << QString(decoder) << QByteArray(photometric)
                << bits << isSigned << QByteArray(written);
        };
        for (const char* grey : {"MONOCHROME1", "MONOCHROME2"}) {
            row(kBaseline, "dcmcjpeg +eb", "dcmdjpeg", grey, 8);
            row(kExtended, "dcmcjpeg +ee", "dcmdjpeg", grey, 8);
            row(kExtended, "dcmcjpeg +ee", "dcmdjpls", grey, 12, false, kLs);
            for (const int bits : {8, 10, 12, 16}) {
                row(kLossless, "dcmcjpeg +el", "dcmdjpeg", grey, bits);
                row(kLosslessSv1, "dcmcjpeg +e1", "dcmdjpeg", grey, bits);
                row(kLs, "dcmcjpls", "dcmdjpls", grey, bits);
                row(kLsNear, "dcmcjpls +en", "dcmdjpls", grey, bits);
                row(kRle, "dcmcrle", "dcmdrle", grey, bits);
                row(kJ2k, "gdcmconv --j2k", "gdcmconv --raw", grey, bits);
                row(kJ2kAny, kOurs, "gdcmconv --raw", grey, bits);
                row("1.2.840.10008.1.2.4.201", kOurs, "", grey, bits);
                row("1.2.840.10008.1.2.4.202", kOurs, "", grey, bits);
                row("1.2.840.10008.1.2.4.203", kOurs, "", grey, bits);
                row("1.2.840.10008.1.2.4.110", kOurs, "", grey, bits);
                row("1.2.840.10008.1.2.4.112", kOurs, "", grey, bits);
            }
        }
        for (const int bits : {12, 16}) {
            row(kLosslessSv1, "dcmcjpeg +e1", "dcmdjpeg", "MONOCHROME2", bits, true);
            row(kLs, "dcmcjpls", "dcmdjpls", "MONOCHROME2", bits, true);
            row(kRle, "dcmcrle", "dcmdrle", "MONOCHROME2", bits, true);
            row(kJ2k, "gdcmconv --j2k", "gdcmconv --raw", "MONOCHROME2", bits, true);
            row("1.2.840.10008.1.2.4.201", kOurs, "", "MONOCHROME2", bits, true);
            row("1.2.840.10008.1.2.4.202", kOurs, "", "MONOCHROME2", bits, true);
        }
        row(kBaseline, "dcmcjpeg +eb +s4", "dcmdjpeg", "RGB", 8);
        row(kBaseline, "dcmcjpeg +eb +s2", "dcmdjpeg", "RGB", 8);
        row(kBaseline, "dcmcjpeg +eb +n1", "dcmdjpeg", "RGB", 8);
        row(kBaseline, "dcmcjpeg +eb +cr", "dcmdjpeg", "RGB", 8);
        row(kExtended, "dcmcjpeg +ee +s4", "dcmdjpeg", "RGB", 8);
        row("1.2.840.10008.1.2.4.111", "dcmcjpeg +eb +s4", "", "RGB", 8);
        row(kJ2kAny, "gdcmconv --j2k --lossy -q 10", "gdcmconv --raw", "RGB", 8);
        row(kLossless, "dcmcjpeg +el", "dcmdjpeg", "RGB", 8);
        row(kLosslessSv1, "dcmcjpeg +e1", "dcmdjpeg", "RGB", 8);
        row(kLosslessSv1, "dcmcjpeg +e1", "dcmdjpeg", "PALETTE COLOR", 8);
        row(kLosslessSv1, kOurs, "dcmdjpeg +cn", "YBR_FULL", 8);
        row(kLs, "dcmcjpls", "dcmdjpls", "RGB", 8);
        row(kLs, "dcmcjpls", "dcmdjpls", "PALETTE COLOR", 8);
        row(kRle, "dcmcrle", "dcmdrle", "RGB", 8);
        row(kRle, "dcmcrle", "dcmdrle", "RGB", 16);
        row(kRle, "dcmcrle", "dcmdrle", "YBR_FULL", 8);
        row(kRle, "dcmcrle", "dcmdrle", "PALETTE COLOR", 8);
        row(kJ2k, "gdcmconv --j2k", "gdcmconv --raw", "RGB", 8);
        row(kJ2k, kOurs, "gdcmconv --raw", "YBR_RCT", 8);
        row("1.2.840.10008.1.2.4.201", kOurs, "", "YBR_RCT", 8);
        row("1.2.840.10008.1.2.4.202", kOurs, "", "RGB", 8);
        row("1.2.840.10008.1.2.4.110", kOurs, "", "RGB", 8);
        row("1.2.840.10008.1.2.4.112", kOurs, "", "RGB", 8);
    }

    void masks() {
        QFETCH(QByteArray, syntax);
        QFETCH(QString, encoder);
        QFETCH(QString, decoder);
        QFETCH(QByteArray, photometric);
        QFETCH(int, bits);
        QFETCH(bool, isSigned);
        QFETCH(QByteArray, written);
        const Kind kind{photometric, bits, isSigned};
        const auto source = encodedFile(kind, syntax.constData(), encoder);
        QVERIFY(source.has_value());
        const auto before = Instance::ofMemory(bytesOf(*source));
        QCOMPARE(QByteArray(before->transferSyntax().c_str()), syntax);

        DicomWriting writing("guideline-2024");
        model::Source in = writing.source(*source, "masked");
        in.frames = kFrames;
        model::Mask mask;
        mask.rect = kMask;
        mask.frames = {kMaskedFrame + 1, kMaskedFrame + 1};
        const std::vector findings{DicomWriting::maskFinding(mask)};
        test::Collected out;
        const auto result = (*writing.compile(findings, std::span(&in, 1)))->apply(in, out);
        QVERIFY(result.has_value());
        const auto after = Instance::ofMemory(bytesOf(out.bytes));
        QVERIFY(after.has_value());
        QCOMPARE(QByteArray(after->transferSyntax().c_str()), written.isEmpty() ? syntax : written);
        // What JPEG XL keeps to make a JPEG of it again (box "jbrd") may hold remarks, and goes from every frame.
        const bool keepsStreams = written.isEmpty() && syntax != QByteArrayView("1.2.840.10008.1.2.4.111");
        for (std::int32_t f = 0; keepsStreams && f < kFrames; ++f) {
            QCOMPARE(streamOf(out.bytes, f) == streamOf(*source, f), f != kMaskedFrame);
        }
        const auto was = decodedBy(decoderFor(encoder, decoder), *source);
        const auto is = decodedBy(decoder, out.bytes);
        QCOMPARE(was.size(), std::size_t{kFrames});
        QCOMPARE(is.size(), std::size_t{kFrames});
        const bool lossyJpeg = written.isEmpty() && (syntax == kBaseline || syntax == kExtended);
        const Blocks blocks = lossyJpeg ? blocksOf(*source) : Blocks{8, 8, false};
        const bool grows = lossyJpeg || syntax.endsWith("4.111");
        const model::RectPx near = grows ? grown(kMask, blocks) : kMask;
        for (std::size_t f = 0; f < kFrames; ++f) {
            for (int y = 0; y < kRows; ++y) {
                for (int x = 0; x < kColumns; ++x) {
                    for (int c = 0; c < kind.samples(); ++c) {
                        const std::int64_t value = sampleAt(is[f], x, y, c);
                        if (f == kMaskedFrame && isInside(kMask, x, y)) {
                            QCOMPARE(value, blackOf(kind, is[f].format.photometric, c));
                        } else if (f != kMaskedFrame || !isInside(near, x, y)) {
                            QCOMPARE(value, sampleAt(was[f], x, y, c));
                        }
                    }
                }
            }
        }
    }

private:
    /// The source of a row; nothing when its tool refused.
    static std::optional<std::string> encodedFile(const Kind& kind, const char* syntax,
                                                  const QString& encoder) {
        if (!encoder.isEmpty()) {
            QStringList words = encoder.split(' ');
            const QString tool = words.takeFirst();
            auto made = through(tool, words, nativeFile(kind));
            if (!made || QByteArray(syntax) != "1.2.840.10008.1.2.4.111") {
                return made;
            }
            std::vector<std::vector<std::byte>> frames;
            for (std::int32_t f = 0; f < kFrames; ++f) {
                const auto jpeg = streamOf(*made, f);
                const auto frame = jpegXlOfJpeg({reinterpret_cast<const char*>(jpeg.data()), jpeg.size()});
                if (!frame) {
                    return std::nullopt;
                }
                frames.push_back(*frame);
            }
            return encapsulatedFile(kind, frames, syntax);
        }
        std::vector<std::vector<std::byte>> frames;
        PixelFormat format{kRows,
                           kColumns,
                           kind.samples(),
                           kind.allocated(),
                           kind.bits,
                           kind.bits - 1,
                           kind.isSigned,
                           false,
                           false,
                           false,
                           kind.photometric.toStdString()};
        const std::string samples = samplesOf(kind);
        const std::size_t size = samples.size() / kFrames;
        for (std::size_t f = 0; f < kFrames; ++f) {
            const auto frame = encodeFrame(bytesOf(samples).subspan(f * size, size), format, syntax);
            if (!frame) {
                return std::nullopt;
            }
            frames.push_back(*frame);
        }
        return encapsulatedFile(kind, frames, syntax);
    }
    static QString decoderFor(const QString& encoder, const QString& decoder) {
        return encoder == "dcmcjpeg +ee" && decoder == "dcmdjpls" ? QString("dcmdjpeg") : decoder;
    }
    static std::vector<DecodedFrame> decodedBy(const QString& decoder, const std::string& file) {
        if (decoder.isEmpty()) {
            return framesOf(file);
        }
        QStringList words = decoder.split(' ');
        const QString tool = words.takeFirst();
        const auto raw = through(tool, words, file);
        return raw ? framesOf(*raw) : std::vector<DecodedFrame>{};
    }
};

QTEST_GUILESS_MAIN(TestDicomSyntaxes)
#include "TestDicomSyntaxes.moc"
