#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace kamei::test {

/// Bytes of small DICOM files, element by element; independent of the code under test.
class DicomBytes {
public:
    explicit DicomBytes(bool explicitVr = true, bool bigEndian = false)
        : m_explicit(explicitVr), m_big(bigEndian) {}

    DicomBytes& element(std::uint32_t tag, std::string_view vr, std::string_view value) {
        std::string padded(value);
        if (padded.size() % 2 != 0) {
            padded += vr == "UI" || vr == "OB" ? '\0' : ' ';
        }
        return raw(tag, vr, static_cast<std::uint32_t>(padded.size()), padded);
    }
    DicomBytes& number(std::uint32_t tag, std::uint16_t value) {
        std::string bytes;
        put(bytes, value, 2);
        return raw(tag, "US", 2, bytes);
    }
    /// A header with a length of its own choice, right or wrong.
    DicomBytes& raw(std::uint32_t tag, std::string_view vr, std::uint32_t length, std::string_view value) {
        put(m_bytes, tag >> 16, 2);
        put(m_bytes, tag & 0xFFFF, 2);
        if (!m_explicit || (tag >> 16) == 0xFFFE) {
            put(m_bytes, length, 4);
        } else if (isLong(vr)) {
            m_bytes += vr;
            put(m_bytes, 0, 2);
            put(m_bytes, length, 4);
        } else {
            m_bytes += vr;
            put(m_bytes, length, 2);
        }
        m_bytes += value;
        return *this;
    }
    DicomBytes& sequence(std::uint32_t tag, const DicomBytes& item, bool undefined = false) {
        DicomBytes inner(m_explicit, m_big);
        inner.raw(0xFFFEE000, "", undefined ? 0xFFFFFFFF : static_cast<std::uint32_t>(item.m_bytes.size()),
                  item.m_bytes);
        if (undefined) {
            inner.raw(0xFFFEE00D, "", 0, "").raw(0xFFFEE0DD, "", 0, "");
        }
        return raw(tag, "SQ", undefined ? 0xFFFFFFFF : static_cast<std::uint32_t>(inner.m_bytes.size()),
                   inner.m_bytes);
    }
    DicomBytes& append(std::string_view bytes) {
        m_bytes += bytes;
        return *this;
    }

    [[nodiscard]] const std::string& bytes() const { return m_bytes; }
    /// With preamble and file meta group.
    [[nodiscard]] std::string file(std::string_view transferSyntax = "1.2.840.10008.1.2.1") const {
        DicomBytes meta;
        meta.element(0x00020010, "UI", transferSyntax).element(0x00020016, "AE", "HOSPITALCT01");
        std::string out(128, 'P');
        out += "DICM";
        DicomBytes length;
        std::string four;
        put(four, static_cast<std::uint32_t>(meta.m_bytes.size()), 4, false);
        length.raw(0x00020000, "UL", 4, four);
        return out + length.m_bytes + meta.m_bytes + m_bytes;
    }

private:
    static bool isLong(std::string_view vr) {
        return vr == "OB" || vr == "OW" || vr == "SQ" || vr == "UN" || vr == "UT" || vr == "UC" ||
               vr == "UR" || vr == "OF" || vr == "OD" || vr == "OL" || vr == "OV" || vr == "SV" || vr == "UV";
    }
    void put(std::string& to, std::uint32_t value, int bytes) const { put(to, value, bytes, m_big); }
    static void put(std::string& to, std::uint32_t value, int bytes, bool big) {
        for (int i = 0; i < bytes; ++i) {
            to += static_cast<char>(value >> (8 * (big ? bytes - 1 - i : i)));
        }
    }

    bool m_explicit;
    bool m_big;
    std::string m_bytes;
};

} // namespace kamei::test
