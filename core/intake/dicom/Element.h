#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kamei::intake::dicom {

/// Group in the upper, element in the lower 16 bits, so that tags sort as PS3.5 7.1 wants them.
using Tag = std::uint32_t;

[[nodiscard]] constexpr std::uint16_t groupOf(Tag tag) {
    return static_cast<std::uint16_t>(tag >> 16);
}
[[nodiscard]] constexpr std::uint16_t elementOf(Tag tag) {
    return static_cast<std::uint16_t>(tag & 0xFFFF);
}
[[nodiscard]] constexpr bool isPrivate(Tag tag) {
    return (groupOf(tag) & 1) != 0;
}
/// (gggg,0010-00FF) of an odd group: names the owner of a block (PS3.5 7.8.1).
[[nodiscard]] constexpr bool isPrivateCreator(Tag tag) {
    return isPrivate(tag) && elementOf(tag) >= 0x10 && elementOf(tag) <= 0xFF;
}

/// "(0010,0010)", upper-case hexadecimal.
[[nodiscard]] std::string tagText(Tag tag);
[[nodiscard]] std::optional<Tag> tagFromText(std::string_view text);

/// Value representation: its two letters as a number (PS3.5 6.2).
enum class Vr : std::uint16_t {};
[[nodiscard]] constexpr Vr makeVr(char a, char b) {
    return static_cast<Vr>(static_cast<std::uint16_t>(static_cast<unsigned char>(a) << 8) |
                           static_cast<unsigned char>(b));
}
[[nodiscard]] std::string vrText(Vr vr);

namespace vr {
inline constexpr Vr AE = makeVr('A', 'E'), AS = makeVr('A', 'S'), AT = makeVr('A', 'T'),
                    CS = makeVr('C', 'S'), DA = makeVr('D', 'A'), DS = makeVr('D', 'S'),
                    DT = makeVr('D', 'T'), FD = makeVr('F', 'D'), FL = makeVr('F', 'L'),
                    IS = makeVr('I', 'S'), LO = makeVr('L', 'O'), LT = makeVr('L', 'T'),
                    OB = makeVr('O', 'B'), OD = makeVr('O', 'D'), OF = makeVr('O', 'F'),
                    OL = makeVr('O', 'L'), OV = makeVr('O', 'V'), OW = makeVr('O', 'W'),
                    PN = makeVr('P', 'N'), SH = makeVr('S', 'H'), SL = makeVr('S', 'L'),
                    SQ = makeVr('S', 'Q'), SS = makeVr('S', 'S'), ST = makeVr('S', 'T'),
                    SV = makeVr('S', 'V'), TM = makeVr('T', 'M'), UC = makeVr('U', 'C'),
                    UI = makeVr('U', 'I'), UL = makeVr('U', 'L'), UN = makeVr('U', 'N'),
                    UR = makeVr('U', 'R'), US = makeVr('U', 'S'), UT = makeVr('U', 'T'),
                    UV = makeVr('U', 'V');
} // namespace vr

/// Whether the VR is one of PS3.5 2024b Table 6.2-1.
[[nodiscard]] bool isKnownVr(Vr vr);
/// Whether the explicit form has two reserved bytes and a 32-bit length (PS3.5 7.1.2).
[[nodiscard]] bool hasLongLength(Vr vr);
/// Text in the Specific Character Set: SH LO ST LT PN UC UT.
[[nodiscard]] bool isCharacterSetVr(Vr vr);
/// Any text: those and AE AS CS DA DS DT IS TM UI UR.
[[nodiscard]] bool isTextVr(Vr vr);
/// Text in which a backslash is no separator of values: ST LT UT UR.
[[nodiscard]] bool isSingleTextVr(Vr vr);
/// Numbers of a fixed size, AT included: US SS UL SL FL FD SV UV.
[[nodiscard]] bool isNumberVr(Vr vr);
/// Bytes of one number for swapping: 1 for text and bytes.
[[nodiscard]] std::size_t numberSize(Vr vr);

namespace tags {
inline constexpr Tag MediaStorageSopClass = 0x00020002, MediaStorageSopInstance = 0x00020003,
                     TransferSyntax = 0x00020010, SpecificCharacterSet = 0x00080005, ImageType = 0x00080008,
                     SopClass = 0x00080016, SopInstance = 0x00080018, StudyDate = 0x00080020,
                     AccessionNumber = 0x00080050, Modality = 0x00080060, Manufacturer = 0x00080070,
                     InstitutionName = 0x00080080, StudyDescription = 0x00081030,
                     SeriesDescription = 0x0008103E, ManufacturerModel = 0x00081090, PatientName = 0x00100010,
                     PatientId = 0x00100020, IssuerOfPatientId = 0x00100021, BirthDate = 0x00100030,
                     Sex = 0x00100040, OtherPatientIds = 0x00101000, OtherPatientNames = 0x00101001,
                     PatientAge = 0x00101010, PatientIdentityRemoved = 0x00120062,
                     DeidentificationMethod = 0x00120063, DeidentificationMethodCodes = 0x00120064,
                     BodyPartExamined = 0x00180015, SoftwareVersions = 0x00181020, StudyInstance = 0x0020000D,
                     SeriesInstance = 0x0020000E, InstanceNumber = 0x00200013, SamplesPerPixel = 0x00280002,
                     Photometric = 0x00280004, PlanarConfiguration = 0x00280006, NumberOfFrames = 0x00280008,
                     Rows = 0x00280010, Columns = 0x00280011, BitsAllocated = 0x00280100,
                     BitsStored = 0x00280101, HighBit = 0x00280102, PixelRepresentation = 0x00280103,
                     SmallestPixel = 0x00280106, LargestPixel = 0x00280107, BurnedInAnnotation = 0x00280301,
                     RecognizableFeatures = 0x00280302, TemporalModified = 0x00280303,
                     WindowCenter = 0x00281050, WindowWidth = 0x00281051, RescaleIntercept = 0x00281052,
                     RescaleSlope = 0x00281053, LossyCompression = 0x00282110,
                     EncapsulatedDocument = 0x00420011, FloatPixelData = 0x7FE00008,
                     DoublePixelData = 0x7FE00009, PixelData = 0x7FE00010, Item = 0xFFFEE000,
                     ItemEnd = 0xFFFEE00D, SequenceEnd = 0xFFFEE0DD;
} // namespace tags

/// How a data set is written (PS3.5 A). Native syntaxes differ in these two only.
struct Syntax {
    bool explicitVr = true;
    bool bigEndian = false;
    friend bool operator==(const Syntax&, const Syntax&) = default;
};

/// One element of a data set, on a flat tape in order of the file: children follow their parent.
struct Element {
    enum class Kind : std::uint8_t {
        Value,
        Sequence,  ///< followed by Item elements up to `next`
        Item,      ///< tag FFFE,E000; followed by its elements up to `next`
        Fragments, ///< encapsulated pixel data; the fragments are not on the tape
        Opaque,    ///< a value that cannot be what its attribute asks for: never to be copied, see TapeReader
    };
    Tag tag = 0;
    Vr vr = vr::UN; ///< as read; from the dictionary in implicit VR
    Kind kind = Kind::Value;
    std::uint8_t depth =
        0;         ///< 0 in the data set itself; an item and its elements are one deeper than the sequence
    Syntax syntax; ///< of the value: content of UN is implicit little endian (PS3.5 6.2.2)
    std::uint32_t next = 0;   ///< index on the tape behind this element and everything in it
    std::uint64_t offset = 0; ///< of the value in the data set's bytes
    std::uint64_t length = 0; ///< of the value in bytes, delimiters left out
};

/// One step of an attribute's path.
struct PathStep {
    static constexpr std::int32_t kNoItem = -1;  ///< the attribute itself
    static constexpr std::int32_t kAnyItem = -2; ///< "[*]"
    Tag tag = 0;
    std::int32_t item = kNoItem;
    friend bool operator==(const PathStep&, const PathStep&) = default;
};

/// "(0040,A730)[2].(0040,A160)", items counted from 0, "[*]" for every item.
[[nodiscard]] std::string pathText(const std::vector<PathStep>& path);
/// Empty for what is no path.
[[nodiscard]] std::vector<PathStep> pathFromText(std::string_view text);

} // namespace kamei::intake::dicom
