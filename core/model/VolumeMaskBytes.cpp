#include <algorithm>

#include "core/model/VolumeMask.h"

namespace kamei::model {
namespace {

using base::ErrorCode;

constexpr std::string_view kPlace = "model.volume-mask";
constexpr std::string_view kMagic = "KVM1";

void putNumber(std::string& out, std::uint64_t value) {
    while (value >= 0x80) {
        out += static_cast<char>(value | 0x80);
        value >>= 7;
    }
    out += static_cast<char>(value);
}

/// Little endian on every machine.
void putDouble(std::string& out, double value) {
    const auto bits = std::bit_cast<std::uint64_t>(value);
    for (int i = 0; i < 8; ++i) {
        out += static_cast<char>(bits >> (8 * i));
    }
}

class Reader {
public:
    explicit Reader(std::string_view bytes) : m_bytes(bytes) {}
    [[nodiscard]] bool good() const { return m_good; }
    [[nodiscard]] bool done() const { return m_at == m_bytes.size(); }
    std::uint64_t number() {
        std::uint64_t out = 0;
        for (int shift = 0; shift < 63; shift += 7) {
            if (m_at == m_bytes.size()) {
                break;
            }
            const auto one = static_cast<std::uint8_t>(m_bytes[m_at++]);
            out |= static_cast<std::uint64_t>(one & 0x7F) << shift;
            if ((one & 0x80) == 0) {
                return out;
            }
        }
        m_good = false;
        return 0;
    }
    double real() {
        if (m_bytes.size() - m_at < 8) {
            m_good = false;
            m_at = m_bytes.size();
            return 0;
        }
        std::uint64_t bits = 0;
        for (int i = 0; i < 8; ++i) {
            bits |= static_cast<std::uint64_t>(static_cast<std::uint8_t>(m_bytes[m_at++])) << (8 * i);
        }
        return std::bit_cast<double>(bits);
    }

private:
    std::string_view m_bytes;
    std::size_t m_at = 0;
    bool m_good = true;
};

} // namespace

std::string VolumeMask::bytes() const {
    std::string out(kMagic);
    for (const std::int32_t n : m_geometry.size) {
        putNumber(out, static_cast<std::uint64_t>(n));
    }
    for (const double v : m_geometry.origin) {
        putDouble(out, v);
    }
    for (const PointMm& axis : m_geometry.axes) {
        for (const double v : axis) {
            putDouble(out, v);
        }
    }
    // Runs, the first of voxels that are not taken; what follows the last taken voxel is not told.
    bool value = false;
    std::uint64_t begin = 0;
    for (std::size_t w = 0; w < m_words.size(); ++w) {
        std::uint64_t word = value ? ~m_words[w] : m_words[w];
        for (std::size_t bit = 0; word != 0;) {
            bit = static_cast<std::size_t>(std::countr_zero(word));
            putNumber(out, w * 64 + bit - begin);
            begin = w * 64 + bit;
            value = !value;
            word = (value ? ~m_words[w] : m_words[w]) & ~std::uint64_t{0} << bit;
        }
    }
    if (value) {
        putNumber(out, voxels() - begin);
    }
    return out;
}

base::Sha256 VolumeMask::digest() const {
    return base::sha256(bytes());
}

base::Expected<VolumeMask> VolumeMask::fromBytes(std::string_view bytes) {
    const auto bad = [] { return base::fail(ErrorCode::Malformed, kPlace); };
    if (!bytes.starts_with(kMagic)) {
        return bad();
    }
    Reader reader(bytes.substr(kMagic.size()));
    VolumeGeometry geometry;
    std::uint64_t total = 1;
    for (std::int32_t& n : geometry.size) {
        const std::uint64_t stated = reader.number();
        if (stated == 0 || stated > kMostVoxels / total || stated > 0x7FFFFFFF) {
            return bad();
        }
        total *= stated;
        n = static_cast<std::int32_t>(stated);
    }
    for (double& v : geometry.origin) {
        v = reader.real();
    }
    for (PointMm& axis : geometry.axes) {
        for (double& v : axis) {
            v = reader.real();
        }
    }
    if (!reader.good() || !VoxelFrame::of(geometry)) {
        return bad();
    }
    VolumeMask out(geometry);
    std::uint64_t at = 0;
    bool value = false;
    while (!reader.done()) {
        const std::uint64_t run = reader.number();
        if (!reader.good() || run > total - at) {
            return bad();
        }
        for (std::uint64_t i = at; value && i < at + run; ++i) {
            out.set(static_cast<std::size_t>(i));
        }
        at += run;
        value = !value;
    }
    return out;
}

} // namespace kamei::model
