#include <QtTest>

#include <cstring>
#include <map>

#include "core/intake/dicom/PixelCodec.h"
#include "core/model/Deface.h"
#include "core/model/VolumeMask.h"
#include "tests/core/intake/dicom/DicomBytes.h"
#include "tests/core/transform/dicom/DicomWriting.h"

using namespace kamei;
using test::Collected;
using test::DicomBytes;
using test::DicomWriting;
namespace dcm = kamei::intake::dicom;

namespace {

constexpr std::string_view kExplicit = "1.2.840.10008.1.2.1";
constexpr int kColumns = 24;
constexpr int kRows = 20;
constexpr int kSlices = 6;

struct Series {
    std::string modality = "CT";
    std::string syntax = std::string(kExplicit);
    std::string imageType = "ORIGINAL\\PRIMARY\\AXIAL";
    int columns = kColumns;
    int rows = kRows;
    int slices = kSlices;
    double spacingMm = 2;
    double sliceMm = 3;
    bool isSigned = true;
    double slope = 1;
    double intercept = 0;
    bool placed = true;
};

int storedAt(int slice, int x, int y) {
    return (x * 31 + y * 17 + slice * 101) % 900 + 40;
}

std::string samplesOf(const Series& s, int slice) {
    std::string out;
    for (int y = 0; y < s.rows; ++y) {
        for (int x = 0; x < s.columns; ++x) {
            const int value = storedAt(slice, x, y);
            out += static_cast<char>(value & 0xFF);
            out += static_cast<char>(value >> 8 & 0xFF);
        }
    }
    return out;
}

std::string placeOf(const Series& s, int slice) {
    return "0\\0\\" + std::to_string(slice * s.sliceMm);
}

DicomBytes headOf(const Series& s, int slice, int frames = 1) {
    DicomBytes d;
    d.element(0x00080008, "CS", s.imageType).element(0x00080016, "UI", "1.2.840.10008.5.1.4.1.1.2");
    d.element(0x00080018, "UI", "1.2.3." + std::to_string(slice + 1)).element(0x00080060, "CS", s.modality);
    d.element(0x0020000D, "UI", "1.2.3").element(0x0020000E, "UI", "1.2.3.4");
    d.element(0x00200013, "IS", std::to_string(slice + 1));
    if (s.placed && frames == 1) {
        d.element(0x00200032, "DS", placeOf(s, slice)).element(0x00200037, "DS", "1\\0\\0\\0\\1\\0");
    }
    d.element(0x00200052, "UI", "1.2.3.9");
    d.number(0x00280002, 1).element(0x00280004, "CS", "MONOCHROME2");
    if (frames > 1) {
        d.element(0x00280008, "IS", std::to_string(frames));
    }
    d.number(0x00280010, static_cast<std::uint16_t>(s.rows))
        .number(0x00280011, static_cast<std::uint16_t>(s.columns));
    if (frames == 1) {
        d.element(0x00280030, "DS", std::to_string(s.spacingMm) + "\\" + std::to_string(s.spacingMm));
    }
    d.number(0x00280100, 16).number(0x00280101, 16).number(0x00280102, 15);
    d.number(0x00280103, s.isSigned ? 1 : 0);
    d.raw(0x00280106, s.isSigned ? "SS" : "US", 2, std::string("\x28\x00", 2));
    d.raw(0x00280107, s.isSigned ? "SS" : "US", 2, std::string("\x00\x10", 2));
    if (frames == 1) {
        d.element(0x00281052, "DS", std::to_string(s.intercept))
            .element(0x00281053, "DS", std::to_string(s.slope));
    }
    return d;
}

dcm::PixelFormat formatOf(const Series& s) {
    dcm::PixelFormat out;
    out.rows = s.rows;
    out.columns = s.columns;
    out.bitsAllocated = out.bitsStored = 16;
    out.highBit = 15;
    out.isSigned = s.isSigned;
    out.photometric = "MONOCHROME2";
    return out;
}

std::string fileOf(const Series& s, int slice) {
    DicomBytes d = headOf(s, slice);
    const std::string native = samplesOf(s, slice);
    if (s.syntax == kExplicit) {
        return d.element(0x7FE00010, "OW", native).file(s.syntax);
    }
    const auto stream =
        dcm::encodeFrame(std::as_bytes(std::span(native.data(), native.size())), formatOf(s), s.syntax);
    std::string frame(reinterpret_cast<const char*>(stream->data()), stream->size());
    frame.append(frame.size() % 2, '\0');
    DicomBytes items;
    items.raw(0xFFFEE000, "", 0, "").raw(0xFFFEE000, "", static_cast<std::uint32_t>(frame.size()), frame);
    items.raw(0xFFFEE0DD, "", 0, "");
    return d.raw(0x7FE00010, "OB", 0xFFFFFFFF, items.bytes()).file(s.syntax);
}

/// All slices in one object: Enhanced CT (PS3.3 2024b C.7.6.16).
std::string enhancedOf(const Series& s) {
    DicomBytes d = headOf(s, 0, s.slices);
    DicomBytes shared;
    shared.sequence(0x00209116, DicomBytes().element(0x00200037, "DS", "1\\0\\0\\0\\1\\0"));
    shared.sequence(
        0x00289110,
        DicomBytes()
            .element(0x00180050, "DS", std::to_string(s.sliceMm))
            .element(0x00280030, "DS", std::to_string(s.spacingMm) + "\\" + std::to_string(s.spacingMm)));
    shared.sequence(0x00289145, DicomBytes()
                                    .element(0x00281052, "DS", "0")
                                    .element(0x00281053, "DS", "1")
                                    .element(0x00281054, "LO", "HU"));
    d.sequence(0x52009229, shared);
    std::string items;
    std::string native;
    for (int i = 0; i < s.slices; ++i) {
        DicomBytes frame;
        frame.sequence(0x00209113, DicomBytes().element(0x00200032, "DS", placeOf(s, i)));
        DicomBytes item;
        item.raw(0xFFFEE000, "", static_cast<std::uint32_t>(frame.bytes().size()), frame.bytes());
        items += item.bytes();
        native += samplesOf(s, i);
    }
    d.raw(0x52009230, "SQ", static_cast<std::uint32_t>(items.size()), items);
    return d.element(0x7FE00010, "OW", native).file(kExplicit);
}

model::VolumeGeometry geometryOf(const Series& s) {
    return {{s.columns, s.rows, s.slices},
            {0, 0, 0},
            {model::PointMm{s.spacingMm, 0, 0}, {0, s.spacingMm, 0}, {0, 0, s.sliceMm}}};
}

/// A ball in the middle of the volume of `s`.
model::VolumeMask ballIn(const Series& s) {
    model::VolumeMask out(geometryOf(s));
    out.paintSphere(out.geometry().at(s.columns / 2.0, s.rows / 3.0, s.slices / 2.0 - 1), 7, true);
    return out;
}

constexpr int kCover = 40;

struct Written {
    std::vector<std::string> files;
    std::vector<std::vector<std::byte>> frames; ///< decoded again
    base::Error error;
};

Written deface(const std::vector<std::string>& in, const model::VolumeMask& mask, double fill,
               int framesEach = 1, bool withMask = true, const model::VolumeMask* cover = nullptr) {
    DicomWriting writing("guideline-2024");
    std::vector<model::Source> sources;
    for (std::size_t i = 0; i < in.size(); ++i) {
        sources.push_back(writing.source(in[i], "s" + std::to_string(i)));
        sources.back().frames = framesEach;
    }
    writing.asset().kind = model::AssetKind::DicomSeries;
    std::vector<model::Finding> findings = writing.accepted(sources);
    std::erase_if(findings, [](const model::Finding& f) { return f.rule == "image-content.facial-surface"; });
    model::Finding face;
    face.locator.kind = model::Locator::Kind::Asset;
    face.label = "FaceSurface";
    face.rule = "image-content.facial-surface";
    face.requirement = model::Requirement::Conditional;
    face.suggested = face.action = model::Action::Deface;
    face.state = model::DecisionState::Accepted;
    model::Deface method;
    method.fill = fill;
    if (withMask) {
        method.mask = mask.digest();
    }
    if (cover != nullptr) {
        method.cover = cover->digest();
        method.coverValue = kCover;
    }
    face.method = model::toJson(method);
    findings.push_back(face);
    transform::Context context{writing.policy(), writing.key(), writing.subject(), sources};
    context.volumeMasks = [&](const base::Sha256& digest) -> base::Expected<model::VolumeMask> {
        if (cover != nullptr && digest == cover->digest()) {
            return *cover;
        }
        return digest == mask.digest() ? base::Expected<model::VolumeMask>(mask)
                                       : base::fail(base::ErrorCode::NotFound, "test");
    };
    Written out;
    const auto compiled = transform::dicom::compileDicom(writing.asset(), findings, context);
    if (!compiled) {
        out.error = compiled.error();
        return out;
    }
    for (const model::Source& source : sources) {
        Collected sink;
        if (const auto done = (*compiled)->apply(source, sink); !done) {
            out.error = done.error();
            return out;
        }
        const auto instance =
            dcm::Instance::ofMemory(std::as_bytes(std::span(sink.bytes.data(), sink.bytes.size())));
        const auto decoder = dcm::FrameDecoder::make(*instance);
        for (std::int32_t f = 0; f < decoder->frames(); ++f) {
            out.frames.push_back(decoder->decode(f)->samples);
        }
        out.files.push_back(std::move(sink.bytes));
    }
    return out;
}

int sampleAt(const std::vector<std::byte>& samples, std::size_t pixel) {
    std::int16_t value = 0;
    std::memcpy(&value, samples.data() + 2 * pixel, 2);
    return value;
}

std::vector<std::string> filesOf(const Series& s) {
    std::vector<std::string> out;
    for (int i = 0; i < s.slices; ++i) {
        out.push_back(fileOf(s, i));
    }
    return out;
}

/// Every sample outside the mask as it was, every one inside the fill, or what covers.
void compare(const Series& s, const Written& out, const model::VolumeMask& mask, int fill,
             const model::VolumeMask* cover = nullptr) {
    QVERIFY2(out.error.args.empty(), out.error.args.empty() ? "" : out.error.args.back().c_str());
    QCOMPARE(out.frames.size(), static_cast<std::size_t>(s.slices));
    std::size_t wrong = 0;
    for (int z = 0; z < s.slices; ++z) {
        for (int y = 0; y < s.rows; ++y) {
            for (int x = 0; x < s.columns; ++x) {
                const auto pixel = static_cast<std::size_t>(y * s.columns + x);
                const std::size_t voxel = mask.indexOf(x, y, z);
                const int inside = cover != nullptr && cover->test(voxel) ? kCover : fill;
                const int wanted = mask.test(voxel) ? inside : storedAt(z, x, y);
                wrong += sampleAt(out.frames[static_cast<std::size_t>(z)], pixel) == wanted ? 0 : 1;
            }
        }
    }
    QCOMPARE(wrong, std::size_t{0});
    QVERIFY(mask.count() > 100);
}

} // namespace

class TestDicomFaces : public QObject {
    Q_OBJECT

private slots:
    void onlyTheMaskChanges_data() {
        QTest::addColumn<QString>("syntax");
        QTest::addColumn<bool>("isSigned");
        QTest::addColumn<double>("intercept");
        QTest::addColumn<int>("fill");
        const auto row = [](const char* name, const char* syntax, bool isSigned, double intercept, int fill) {
            QTest::newRow(name) << QString::fromLatin1(syntax) << isSigned << intercept << fill;
        };
        row("native", "1.2.840.10008.1.2.1", true, 0, -1000);
        row("native, unsigned with rescale", "1.2.840.10008.1.2.1", false, -1024, 24);
        row("unsigned without room for air: the lowest", "1.2.840.10008.1.2.1", false, 0, 0);
        row("RLE", "1.2.840.10008.1.2.5", true, 0, -1000);
        row("JPEG lossless", "1.2.840.10008.1.2.4.70", true, 0, -1000);
        row("JPEG-LS", "1.2.840.10008.1.2.4.80", true, 0, -1000);
        row("JPEG 2000", "1.2.840.10008.1.2.4.90", true, 0, -1000);
    }
    void onlyTheMaskChanges() {
        QFETCH(QString, syntax);
        QFETCH(bool, isSigned);
        QFETCH(double, intercept);
        QFETCH(int, fill);
        Series s;
        s.syntax = syntax.toStdString();
        s.isSigned = isSigned;
        s.intercept = intercept;
        const model::VolumeMask mask = ballIn(s);
        compare(s, deface(filesOf(s), mask, -1000), mask, fill);
    }

    /// What covers is a part of the mask: beside it, it changes nothing.
    void theCoverTakesItsOwnValue() {
        const Series s;
        const model::VolumeMask mask = ballIn(s);
        model::VolumeMask cover(mask.geometry());
        cover.paintSphere(mask.geometry().at(s.columns / 2.0 + 3, s.rows / 3.0, s.slices / 2.0 - 1), 6, true);
        QVERIFY(*mask.overlap(cover) > 20);
        QVERIFY(*mask.overlap(cover) < cover.count());
        compare(s, deface(filesOf(s), mask, -1000, 1, true, &cover), mask, -1000, &cover);
        compare(s, deface({enhancedOf(s)}, mask, -1000, s.slices, true, &cover), mask, -1000, &cover);
    }

    void enhancedMultiFrame() {
        const Series s;
        const model::VolumeMask mask = ballIn(s);
        compare(s, deface({enhancedOf(s)}, mask, -1000, s.slices), mask, -1000);
    }

    void slicesInAnyOrder() {
        const Series s;
        const model::VolumeMask mask = ballIn(s);
        auto files = filesOf(s);
        std::ranges::reverse(files);
        Written out = deface(files, mask, -1000);
        std::ranges::reverse(out.frames);
        compare(s, out, mask, -1000);
    }

    void anotherSeriesOfTheFrameOfReferenceIsCoveredAsWidelyAsItsVoxels() {
        const Series ct;
        Series pet;
        pet.modality = "PT";
        pet.columns = 12;
        pet.rows = 10;
        pet.slices = 4;
        pet.spacingMm = 4;
        pet.sliceMm = 5;
        const model::VolumeMask mask = ballIn(ct);
        const Written out = deface(filesOf(pet), mask, 0);
        QVERIFY2(out.error.args.empty(), "refused");
        const auto onto = mask.resampled(geometryOf(pet));
        std::size_t inside = 0;
        for (int z = 0; z < pet.slices; ++z) {
            for (int y = 0; y < pet.rows; ++y) {
                for (int x = 0; x < pet.columns; ++x) {
                    const int value = sampleAt(out.frames[static_cast<std::size_t>(z)],
                                               static_cast<std::size_t>(y * pet.columns + x));
                    const bool taken = onto->test(onto->indexOf(x, y, z));
                    QCOMPARE(value, taken ? 0 : storedAt(z, x, y));
                    inside += taken ? 1 : 0;
                }
            }
        }
        QVERIFY(inside > 20);
    }

    void whatIsSaidOfIt() {
        const Series s;
        const Written out = deface(filesOf(s), ballIn(s), -1000);
        QVERIFY(!out.files.empty());
        const auto instance =
            dcm::Instance::ofMemory(std::as_bytes(std::span(out.files[2].data(), out.files[2].size())));
        const auto text = [&](dcm::Tag tag) {
            const auto* element = instance->find(tag);
            if (element == nullptr) {
                return std::string();
            }
            const auto raw = instance->value(*element);
            return std::string(reinterpret_cast<const char*>(raw.data()), raw.size());
        };
        QVERIFY(text(0x00280302).starts_with("NO"));               // PS3.3 C.7.6.1
        QVERIFY(out.files[2].find("113102") != std::string::npos); // PS3.16 CID 7050
        QVERIFY(text(0x00082111).find("Facial surface") != std::string::npos);
        QVERIFY(instance->find(0x00280106) == nullptr && instance->find(0x00280107) == nullptr);
    }

    void whatCannotBePlacedIsRefused_data() {
        QTest::addColumn<QString>("why");
        QTest::newRow("no mask could be made") << "no-mask";
        QTest::newRow("slices without a position") << "position-missing";
    }
    void whatCannotBePlacedIsRefused() {
        QFETCH(QString, why);
        Series s;
        const model::VolumeMask mask = ballIn(s);
        s.placed = why != "position-missing";
        const Written out = deface(filesOf(s), mask, -1000, 1, why != "no-mask");
        QVERIFY(out.files.empty());
        QVERIFY(out.error.code == base::ErrorCode::NotPossible);
        QCOMPARE(out.error.args.front(), std::string("deface"));
    }

    void picturesOfTheHeadGoAsAWhole() {
        const Series s;
        auto files = filesOf(s);
        Series scout = s;
        scout.imageType = "ORIGINAL\\PRIMARY\\LOCALIZER";
        files.push_back(fileOf(scout, 40));
        const Written out = deface(files, ballIn(s), -1000);
        QCOMPARE(out.frames.size(), files.size());
        for (std::size_t pixel = 0; pixel < static_cast<std::size_t>(kColumns * kRows); ++pixel) {
            QCOMPARE(sampleAt(out.frames.back(), pixel), -32768);
        }
    }
};

QTEST_APPLESS_MAIN(TestDicomFaces)
#include "TestDicomFaces.moc"
