#include "core/intake/dicom/ByteOrder.h"
#include "core/intake/dicom/Dictionary.h"
#include "core/intake/dicom/Tape.h"

namespace kamei::intake::dicom {
namespace {

using base::ErrorCode;

constexpr std::string_view kPlace = "intake.dicom.parse";

} // namespace

base::Expected<std::optional<std::uint64_t>> readMeta(std::span<const std::byte> bytes,
                                                      std::uint64_t position, std::uint64_t total,
                                                      std::vector<Element>& tape) {
    // The group ends where the next group begins; its length element is missing or wrong too often.
    std::uint64_t end = position;
    const Dictionary& dictionary = Dictionary::shared();
    while (end < total) {
        if (total - end < 8) {
            return base::fail(ErrorCode::Truncated, kPlace, {"(0002)"});
        }
        if (end + 12 > bytes.size() && bytes.size() < total) {
            return std::optional<std::uint64_t>{};
        }
        const std::byte* p = bytes.data() + end;
        if (number(p, 2, false) != 2) {
            break;
        }
        const Tag tag = 2U << 16 | number(p + 2, 2, false);
        if (tag == 0x00020000 && !tape.empty()) {
            break; // a second group behind the first speaks for nothing and is no part of a data set
        }
        const bool explicitVr = isUpper(p[4]) && isUpper(p[5]);
        Element element;
        element.tag = tag;
        element.vr =
            explicitVr ? makeVr(static_cast<char>(p[4]), static_cast<char>(p[5])) : dictionary.vrOf(tag);
        const bool longForm = explicitVr && hasLongLength(element.vr);
        if (longForm && total - end < 12) {
            return base::fail(ErrorCode::Truncated, kPlace, {tagText(tag)});
        }
        element.length = longForm     ? number(p + 8, 4, false)
                         : explicitVr ? number(p + 6, 2, false)
                                      : number(p + 4, 4, false);
        element.offset = end + (longForm ? 12 : 8);
        if (element.length > total - element.offset) {
            return base::fail(ErrorCode::Truncated, kPlace, {tagText(tag)});
        }
        end = element.offset + element.length;
        if (end > bytes.size()) {
            return std::optional<std::uint64_t>{};
        }
        element.next = static_cast<std::uint32_t>(tape.size() + 1);
        if (tape.size() > 1000) {
            return base::fail(ErrorCode::TooManyEntries, kPlace, {tagText(tag)});
        }
        tape.push_back(element);
    }
    return std::optional(end);
}

std::optional<Syntax> guessSyntax(std::span<const std::byte> firstBytes) {
    if (firstBytes.size() < 8) {
        return std::nullopt;
    }
    const std::byte* p = firstBytes.data();
    const std::uint32_t group = number(p, 2, false);
    const bool bigEndian = group >= 0x100 && number(p, 2, true) < 0x100;
    const bool letters =
        isUpper(p[4]) && isUpper(p[5]) && isKnownVr(makeVr(static_cast<char>(p[4]), static_cast<char>(p[5])));
    if (!letters && bigEndian) {
        return std::nullopt; // implicit big endian is no transfer syntax
    }
    return Syntax{letters, bigEndian};
}

} // namespace kamei::intake::dicom
