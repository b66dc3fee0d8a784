#pragma once

#include <QtTest>

#include <span>
#include <string>

#include "core/intake/dicom/Instance.h"
#include "tests/core/intake/dicom/DicomBytes.h"
#include "tests/core/transform/dicom/DicomWriting.h"

// Headers to be written, and what is looked for in written ones.
namespace kamei::test::headers {

using namespace kamei::intake::dicom;

inline constexpr const char* kCt = "1.2.840.10008.5.1.4.1.1.2";
inline constexpr const char* kSr = "1.2.840.10008.5.1.4.1.1.88.33";
inline constexpr const char* kTarget = "1.2.392.200036.99.77.1"; ///< the UID that everything refers to

inline std::span<const std::byte> bytesOf(const std::string& text) {
    return std::as_bytes(std::span(text.data(), text.size()));
}

inline DicomBytes head(const char* sopClass = kCt) {
    DicomBytes out;
    out.element(0x00080005, "CS", "ISO_IR 192").element(0x00080016, "UI", sopClass);
    return out.element(0x00080018, "UI", kTarget).element(0x00080060, "CS", "CT");
}

inline DicomBytes code(const char* value, const char* scheme, const char* meaning) {
    DicomBytes out;
    return out.element(0x00080100, "SH", value)
        .element(0x00080102, "SH", scheme)
        .element(0x00080104, "LO", meaning);
}

inline DicomBytes textItem(const char* type, std::uint32_t tag, const char* vr, const char* value) {
    DicomBytes out;
    out.element(0x0040A040, "CS", type).sequence(0x0040A043, code("121071", "DCM", "Finding"));
    if (tag < 0x0040A043) {
        return DicomBytes().element(tag, vr, value).append(out.bytes());
    }
    return out.element(tag, vr, value);
}

inline int count(const std::string& where, const std::string& what) {
    int out = 0;
    for (std::size_t at = where.find(what); at != std::string::npos; at = where.find(what, at + 1)) {
        ++out;
    }
    return out;
}

/// Every value of a tag at any level, with a bar between.
inline QString valuesOf(const Instance& in, Tag tag) {
    QStringList out;
    for (const Element& element : in.elements()) {
        if (element.tag == tag && element.kind == Element::Kind::Value) {
            const auto text = in.text(element);
            out << QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
        }
    }
    return out.join('|');
}

inline QStringList methodCodes(const Instance& in) {
    QStringList out;
    const Element* sequence = in.find(tags::DeidentificationMethodCodes);
    const auto& tape = in.elements();
    for (auto i = sequence == nullptr ? 0 : static_cast<std::size_t>(sequence - tape.data()) + 1;
         sequence != nullptr && i < sequence->next; ++i) {
        if (tape[i].tag == 0x00080100) {
            const auto text = in.text(tape[i]);
            out << QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
        }
    }
    return out;
}

} // namespace kamei::test::headers
