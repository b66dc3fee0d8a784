#include "core/demo/DicomWriter.h"

#include <array>
#include <cstdio>
#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dcdeftag.h>
#include <dcmtk/dcmdata/dcpath.h>
#include <dcmtk/dcmdata/dctk.h>

#include "core/intake/encoding/Encoding.h"

namespace kamei::demo {
namespace {

DcmTagKey keyOf(std::string_view tag) {
    unsigned group = 0;
    unsigned element = 0;
    std::sscanf(std::string(tag).c_str(), "%4x,%4x", &group, &element);
    return {static_cast<Uint16>(group), static_cast<Uint16>(element)};
}

} // namespace

struct DicomWriter::State {
    DcmFileFormat file;
    Charset charset;

    /// The element at a path; null when the path is none.
    [[nodiscard]] DcmElement* at(const std::string& path) {
        DcmPathProcessor paths;
        OFList<DcmPath*> found;
        if (paths.findOrCreatePath(file.getDataset(), path.c_str(), OFTrue).bad() ||
            paths.getResults(found) == 0) {
            return nullptr;
        }
        DcmPathNode* const last = found.front()->back();
        return dynamic_cast<DcmElement*>(last->m_obj);
    }

    /// UTF-8 in the data set's character set. JIS goes back to ASCII before each delimiter (PS3.5 6.1.2.5.3).
    [[nodiscard]] std::string encoded(const std::string& value) const {
        if (charset == Charset::Utf8) {
            return value;
        }
        std::string out;
        std::size_t start = 0;
        while (start <= value.size()) {
            const std::size_t stop = std::min(value.find_first_of("^=\\\n", start), value.size());
            out += intake::encoding::encode(value.substr(start, stop - start),
                                            intake::encoding::Encoding::Iso2022Jp)
                       .value_or("?");
            if (stop < value.size()) {
                out += value[stop];
            }
            start = stop + 1;
        }
        return out;
    }
};

DicomWriter::DicomWriter(Charset charset) : m_state(std::make_unique<State>()) {
    m_state->charset = charset;
    m_state->file.getDataset()->putAndInsertString(
        DCM_SpecificCharacterSet, charset == Charset::Utf8 ? "ISO_IR 192" : "\\ISO 2022 IR 87");
}
DicomWriter::~DicomWriter() = default;
DicomWriter::DicomWriter(DicomWriter&&) noexcept = default;

void DicomWriter::set(std::string_view tag, const std::string& value, std::string_view path) {
    DcmItem* item = m_state->file.getDataset();
    if (!path.empty()) {
        m_state->file.getDataset()->findOrCreateSequenceItem(keyOf(path), item, 0);
    }
    item->putAndInsertString(DcmTag(keyOf(tag)), m_state->encoded(value).c_str());
}

void DicomWriter::setAt(const std::string& path, const std::string& value) {
    if (DcmElement* const element = m_state->at(path)) {
        element->putString(m_state->encoded(value).c_str());
    }
}

void DicomWriter::setOverlay(std::uint16_t rows, std::uint16_t columns, std::span<const std::uint8_t> bits) {
    DcmDataset* dataset = m_state->file.getDataset();
    setNumber("6000,0010", rows);
    setNumber("6000,0011", columns);
    set("6000,0040", "G");
    constexpr std::array<Sint16, 2> kOrigin{1, 1};
    dataset->putAndInsertSint16Array(DcmTag(0x6000, 0x0050, EVR_SS), kOrigin.data(), kOrigin.size());
    setNumber("6000,0100", 1);
    setNumber("6000,0102", 0);
    std::vector<Uint8> packed((bits.size() + 15) / 16 * 2);
    for (std::size_t i = 0; i < bits.size(); ++i) {
        if (bits[i] != 0) {
            packed[i / 8] = static_cast<Uint8>(packed[i / 8] | 1U << (i % 8));
        }
    }
    dataset->putAndInsertUint8Array(DcmTag(0x6000, 0x3000, EVR_OB), packed.data(), packed.size());
}

void DicomWriter::setNumber(std::string_view tag, std::uint16_t value) {
    m_state->file.getDataset()->putAndInsertUint16(DcmTag(keyOf(tag)), value);
}

void DicomWriter::setName(std::string_view tag, const std::string& romaji, const std::string& kanji,
                          const std::string& kana) {
    set(tag, romaji + "=" + kanji + "=" + kana);
}

void DicomWriter::setPrivate(std::uint16_t group, std::string_view creator, std::uint8_t element,
                             std::string_view vr, const std::string& value) {
    DcmDataset* dataset = m_state->file.getDataset();
    const std::string name(creator);
    dataset->putAndInsertString(DcmTag(group, 0x0010, EVR_LO), name.c_str());
    const DcmVR type(std::string(vr).c_str());
    const DcmTag tag(group, static_cast<Uint16>(0x1000 + element), type);
    if (type.getEVR() == EVR_UN || type.getEVR() == EVR_OB) {
        dataset->putAndInsertUint8Array(tag, reinterpret_cast<const Uint8*>(value.data()), value.size());
    } else {
        dataset->putAndInsertString(tag, m_state->encoded(value).c_str());
    }
}

void DicomWriter::setPixels8(std::span<const std::uint8_t> pixels) {
    m_state->file.getDataset()->putAndInsertUint8Array(DCM_PixelData, pixels.data(), pixels.size());
}

void DicomWriter::setPixels16(std::span<const std::int16_t> pixels) {
    m_state->file.getDataset()->putAndInsertUint16Array(
        DCM_PixelData, reinterpret_cast<const Uint16*>(pixels.data()), pixels.size());
}

base::Expected<void> DicomWriter::save(const std::filesystem::path& path) {
    m_state->file.getMetaInfo()->putAndInsertString(DCM_SourceApplicationEntityTitle, "CT2HOSP");
    const OFCondition status =
        m_state->file.saveFile(path.c_str(), EXS_LittleEndianExplicit, EET_ExplicitLength, EGL_recalcGL);
    if (status.bad()) {
        return base::fail(base::ErrorCode::IoError, "demo.dicom");
    }
    return {};
}

} // namespace kamei::demo
