#include "core/intake/dicom/JpegFamily.h"

#include <algorithm>
#include <array>
#include <limits>
#include <memory>
#include <mutex>
#include <string>

#include <dcmtk/config/osconfig.h>

#include <dcmtk/dcmdata/dcdatset.h>
#include <dcmtk/dcmdata/dcdeftag.h>
#include <dcmtk/dcmdata/dcpixel.h>
#include <dcmtk/dcmdata/dcpixseq.h>
#include <dcmtk/dcmdata/dcpxitem.h>
#include <dcmtk/dcmdata/dcuid.h>
#include <dcmtk/dcmimage/diregist.h>
#include <dcmtk/dcmjpeg/djdecode.h>
#include <dcmtk/dcmjpeg/djencode.h>
#include <dcmtk/dcmjpeg/djrplol.h>
#include <dcmtk/oflog/oflog.h>

namespace kamei::intake::dicom {
namespace {

using base::ErrorCode;
constexpr std::string_view kPlace = "intake.dicom.jpeg";
constexpr std::string_view kLosslessSv1 = "1.2.840.10008.1.2.4.70";
constexpr std::string_view kLossless14 = "1.2.840.10008.1.2.4.57";

struct Row {
    std::string_view uid;
    E_TransferSyntax syntax;
};
constexpr std::array<Row, 4> kSyntaxes{{{"1.2.840.10008.1.2.4.50", EXS_JPEGProcess1},
                                        {"1.2.840.10008.1.2.4.51", EXS_JPEGProcess2_4},
                                        {kLossless14, EXS_JPEGProcess14},
                                        {kLosslessSv1, EXS_JPEGProcess14SV1}}};

E_TransferSyntax syntaxOf(std::string_view uid) {
    const auto found = std::ranges::find(kSyntaxes, uid, &Row::uid);
    return found == kSyntaxes.end() ? EXS_Unknown : found->syntax;
}

/// DCMTK keeps its codecs in a list of the process; its log must not print values of a file.
void registerCodecs() {
    static std::once_flag once;
    std::call_once(once, [] {
        OFLog::configure(OFLogger::OFF_LOG_LEVEL);
        DJDecoderRegistration::registerCodecs(EDC_photometricInterpretation, EUC_default, EPC_default);
        DJEncoderRegistration::registerCodecs(ECC_lossyYCbCr, EUC_never, OFFalse, 0, 0, 0, OFTrue, ESS_444,
                                              OFTrue);
    });
}

/// Lossless processes code the samples as they are. Called RGB, DCMTK leaves YBR_FULL alone too.
PixelFormat asTheyAre(const PixelFormat& format) {
    PixelFormat out = format;
    if (out.samples == 3) {
        out.photometric = "RGB";
    }
    return out;
}

bool isLosslessProcess(E_TransferSyntax syntax) {
    return syntax != EXS_JPEGProcess1 && syntax != EXS_JPEGProcess2_4;
}

void describe(DcmDataset& dataset, const PixelFormat& format) {
    dataset.putAndInsertString(DCM_SOPClassUID, UID_SecondaryCaptureImageStorage);
    dataset.putAndInsertUint16(DCM_Rows, static_cast<Uint16>(format.rows));
    dataset.putAndInsertUint16(DCM_Columns, static_cast<Uint16>(format.columns));
    dataset.putAndInsertUint16(DCM_SamplesPerPixel, static_cast<Uint16>(format.samples));
    dataset.putAndInsertUint16(DCM_BitsAllocated, static_cast<Uint16>(format.bitsAllocated));
    dataset.putAndInsertUint16(DCM_BitsStored, static_cast<Uint16>(format.bitsStored));
    dataset.putAndInsertUint16(DCM_HighBit, static_cast<Uint16>(format.highBit));
    dataset.putAndInsertUint16(DCM_PixelRepresentation, format.isSigned ? 1 : 0);
    dataset.putAndInsertString(DCM_PhotometricInterpretation, format.photometric.c_str());
    dataset.putAndInsertString(DCM_NumberOfFrames, "1");
    if (format.samples > 1) {
        dataset.putAndInsertUint16(DCM_PlanarConfiguration, format.planar ? 1 : 0);
    }
}

void readBack(DcmDataset& dataset, PixelFormat& format) {
    Uint16 number = 0;
    OFString photometric;
    if (dataset.findAndGetUint16(DCM_PlanarConfiguration, number).good()) {
        format.planar = number == 1;
    }
    if (dataset.findAndGetOFString(DCM_PhotometricInterpretation, photometric).good()) {
        format.photometric = photometric.c_str();
    }
    if (dataset.findAndGetUint16(DCM_BitsAllocated, number).good()) {
        format.bitsAllocated = number;
    }
    if (dataset.findAndGetUint16(DCM_BitsStored, number).good()) {
        format.bitsStored = number;
    }
    if (dataset.findAndGetUint16(DCM_HighBit, number).good()) {
        format.highBit = number;
    }
}

} // namespace

bool isJpegFamily(std::string_view transferSyntax) {
    return syntaxOf(transferSyntax) != EXS_Unknown;
}

base::Expected<DecodedFrame> decodeJpegFamily(std::span<const std::byte> stream, const PixelFormat& format,
                                              std::string_view transferSyntax) {
    const E_TransferSyntax syntax = syntaxOf(transferSyntax);
    if (syntax == EXS_Unknown || stream.size() > std::numeric_limits<std::uint32_t>::max() - 2) {
        return base::fail(ErrorCode::UnsupportedTransferSyntax, kPlace, {std::string(transferSyntax)});
    }
    registerCodecs();
    try {
        DcmDataset dataset;
        describe(dataset, isLosslessProcess(syntax) ? asTheyAre(format) : format);
        auto sequence = std::make_unique<DcmPixelSequence>(DCM_PixelSequenceTag);
        sequence->insert(new DcmPixelItem(DCM_PixelItemTag));
        auto item = std::make_unique<DcmPixelItem>(DCM_PixelItemTag);
        std::vector<std::byte> even(stream.begin(), stream.end());
        even.resize(even.size() + even.size() % 2);
        item->putUint8Array(reinterpret_cast<const Uint8*>(even.data()),
                            static_cast<unsigned long>(even.size()));
        sequence->insert(item.release());
        auto pixels = std::make_unique<DcmPixelData>(DCM_PixelData);
        pixels->putOriginalRepresentation(syntax, nullptr, sequence.release());
        dataset.insert(pixels.release());
        if (dataset.chooseRepresentation(EXS_LittleEndianExplicit, nullptr).bad()) {
            return base::fail(ErrorCode::Malformed, kPlace, {std::string(transferSyntax)});
        }
        DecodedFrame out{format, {}};
        readBack(dataset, out.format);
        if (isLosslessProcess(syntax)) {
            out.format.photometric = format.photometric;
        }
        DcmElement* element = nullptr;
        if (dataset.findAndGetElement(DCM_PixelData, element).bad() || element == nullptr) {
            return base::fail(ErrorCode::Malformed, kPlace, {std::string(transferSyntax)});
        }
        const std::uint64_t wanted = out.format.frameBytes();
        const std::byte* data = nullptr;
        unsigned long have = 0;
        if (element->ident() == EVR_OW || out.format.bitsAllocated > 8) {
            const Uint16* words = nullptr;
            if (dataset.findAndGetUint16Array(DCM_PixelData, words, &have).good()) {
                data = reinterpret_cast<const std::byte*>(words);
                have *= 2;
            }
        }
        if (data == nullptr) {
            const Uint8* bytes = nullptr;
            if (dataset.findAndGetUint8Array(DCM_PixelData, bytes, &have).good()) {
                data = reinterpret_cast<const std::byte*>(bytes);
            }
        }
        if (data == nullptr || have < wanted) {
            return base::fail(ErrorCode::Malformed, kPlace, {std::string(transferSyntax)});
        }
        out.samples.assign(data, data + wanted);
        return out;
    } catch (const std::exception&) {
        return base::fail(ErrorCode::Malformed, kPlace, {std::string(transferSyntax)});
    }
}

base::Expected<std::vector<std::byte>> encodeJpegFamily(std::span<const std::byte> samples,
                                                        const PixelFormat& format,
                                                        std::string_view transferSyntax) {
    const E_TransferSyntax syntax = syntaxOf(transferSyntax);
    if (transferSyntax != kLosslessSv1 && transferSyntax != kLossless14) {
        return base::fail(ErrorCode::NotPossible, kPlace, {std::string(transferSyntax)});
    }
    registerCodecs();
    try {
        DcmDataset dataset;
        describe(dataset, asTheyAre(format));
        if (format.bitsAllocated > 8) {
            dataset.putAndInsertUint16Array(DCM_PixelData, reinterpret_cast<const Uint16*>(samples.data()),
                                            static_cast<unsigned long>(samples.size() / 2));
        } else {
            std::vector<std::byte> even(samples.begin(), samples.end());
            even.resize(even.size() + even.size() % 2);
            dataset.putAndInsertUint8Array(DCM_PixelData, reinterpret_cast<const Uint8*>(even.data()),
                                           static_cast<unsigned long>(even.size()));
        }
        const DJ_RPLossless parameter;
        if (dataset.chooseRepresentation(syntax, &parameter).bad() || !dataset.canWriteXfer(syntax)) {
            return base::fail(ErrorCode::NotPossible, kPlace, {std::string(transferSyntax)});
        }
        DcmElement* element = nullptr;
        DcmPixelSequence* sequence = nullptr;
        dataset.findAndGetElement(DCM_PixelData, element);
        auto* pixels = dynamic_cast<DcmPixelData*>(element);
        if (pixels == nullptr || pixels->getEncapsulatedRepresentation(syntax, &parameter, sequence).bad() ||
            sequence == nullptr) {
            return base::fail(ErrorCode::NotPossible, kPlace, {std::string(transferSyntax)});
        }
        std::vector<std::byte> out;
        for (unsigned long i = 1; i < sequence->card(); ++i) {
            DcmPixelItem* item = nullptr;
            Uint8* bytes = nullptr;
            if (sequence->getItem(item, i).bad() || item->getUint8Array(bytes).bad() || bytes == nullptr) {
                return base::fail(ErrorCode::NotPossible, kPlace, {std::string(transferSyntax)});
            }
            const auto* from = reinterpret_cast<const std::byte*>(bytes);
            out.insert(out.end(), from, from + item->getLength());
        }
        return out;
    } catch (const std::exception&) {
        return base::fail(ErrorCode::NotPossible, kPlace, {std::string(transferSyntax)});
    }
}

} // namespace kamei::intake::dicom
