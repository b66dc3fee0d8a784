#include "core/transform/dicom/Encoder.h"

#include <algorithm>
#include <array>
#include <limits>

namespace kamei::transform::dicom {

namespace dcm = intake::dicom;
namespace vr = intake::dicom::vr;

void Encoder::head(dcm::Tag tag, dcm::Vr valueVr, std::uint32_t length) {
    std::array<char, 12> bytes{};
    std::size_t size = 0;
    const auto put = [&](std::uint32_t value, int count) {
        for (; count > 0; --count, value >>= 8) {
            bytes[size++] = static_cast<char>(value & 0xFF);
        }
    };
    put(dcm::groupOf(tag), 2);
    put(dcm::elementOf(tag), 2);
    if (!m_explicit || dcm::groupOf(tag) == 0xFFFE) {
        put(length, 4);
        m_out.append(bytes.data(), size);
        return;
    }
    // A short VR whose value has grown beyond 64 KiB is written as UN (PS3.5 6.2.2).
    if (!dcm::hasLongLength(valueVr) && length > std::numeric_limits<std::uint16_t>::max()) {
        valueVr = vr::UN;
    }
    const std::uint32_t code = static_cast<std::uint16_t>(valueVr);
    put(code >> 8, 1);
    put(code & 0xFF, 1);
    if (dcm::hasLongLength(valueVr)) {
        put(0, 2);
        put(length, 4);
    } else {
        put(length, 2);
    }
    m_out.append(bytes.data(), size);
}

void Encoder::text(dcm::Tag tag, dcm::Vr valueVr, std::string_view value) {
    const bool odd = value.size() % 2 != 0;
    head(tag, valueVr, static_cast<std::uint32_t>(value.size() + (odd ? 1 : 0)));
    m_out += value;
    if (odd) {
        m_out += valueVr == vr::UI || !dcm::isTextVr(valueVr) ? '\0' : ' ';
    }
}

void Encoder::bytes(dcm::Tag tag, dcm::Vr valueVr, std::span<const std::byte> value, bool swap) {
    const std::size_t size = value.size();
    head(tag, valueVr, static_cast<std::uint32_t>(size + size % 2));
    const std::size_t begin = m_out.size();
    m_out.append(reinterpret_cast<const char*>(value.data()), size);
    if (const std::size_t unit = dcm::numberSize(valueVr); swap && unit > 1) {
        for (std::size_t at = begin; at + unit <= begin + size; at += unit) {
            std::reverse(m_out.begin() + static_cast<std::ptrdiff_t>(at),
                         m_out.begin() + static_cast<std::ptrdiff_t>(at + unit));
        }
    }
    if (size % 2 != 0) {
        m_out += '\0';
    }
}

void Encoder::number(dcm::Tag tag, std::uint16_t value) {
    head(tag, vr::US, 2);
    m_out += static_cast<char>(value & 0xFF);
    m_out += static_cast<char>(value >> 8);
}

std::size_t Encoder::openSequence(dcm::Tag tag) {
    head(tag, vr::SQ, 0);
    return m_out.size();
}

std::size_t Encoder::openItem() {
    head(dcm::tags::Item, vr::UN, 0);
    return m_out.size();
}

void Encoder::close(std::size_t place) {
    const auto length = static_cast<std::uint32_t>(m_out.size() - place);
    for (std::size_t i = 0; i < 4; ++i) {
        m_out[place - 4 + i] = static_cast<char>(length >> (8 * i));
    }
}

} // namespace kamei::transform::dicom
