#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>

#include "core/intake/volume/Nifti.h"

namespace kamei::intake::volume {
namespace {

using base::ErrorCode;
using model::PointMm;

constexpr std::string_view kPlace = "intake.nifti";
constexpr std::size_t kFirst = 348;  // sizeof_hdr of NIfTI-1
constexpr std::size_t kSecond = 540; // of NIfTI-2
constexpr std::int64_t kMostInDimension = 1 << 24;
constexpr std::uint64_t kMostBytes = 1ULL << 40;
constexpr std::uint64_t kMostBetween = 64ULL << 20; // extensions

constexpr std::array kFirstTexts{NiftiField{"data_type", 4, 10}, NiftiField{"db_name", 14, 18},
                                 NiftiField{"descrip", 148, 80}, NiftiField{"aux_file", 228, 24},
                                 NiftiField{"intent_name", 328, 16}};
constexpr std::array kSecondTexts{NiftiField{"descrip", 240, 80}, NiftiField{"aux_file", 320, 24},
                                  NiftiField{"intent_name", 508, 16}, NiftiField{"unused_str", 525, 15}};

/// Where numbers stand: in NIfTI-1, in NIfTI-2.
class Fields {
public:
    explicit Fields(const NiftiHeader& header) : m_header(header) {}

    [[nodiscard]] std::int64_t whole(std::size_t first, std::size_t firstSize, std::size_t second,
                                     std::size_t secondSize) const {
        const bool two = m_header.second;
        const std::size_t size = two ? secondSize : firstSize;
        const std::uint64_t raw = bits(two ? second : first, size);
        const auto unused = static_cast<int>(64 - 8 * size);
        return static_cast<std::int64_t>(raw << unused) >> unused;
    }
    /// A float of NIfTI-1, a double of NIfTI-2.
    [[nodiscard]] double real(std::size_t first, std::size_t second) const {
        return m_header.second
                   ? std::bit_cast<double>(bits(second, 8))
                   : static_cast<double>(std::bit_cast<float>(static_cast<std::uint32_t>(bits(first, 4))));
    }
    [[nodiscard]] std::array<double, 4> reals(std::size_t first, std::size_t second) const {
        std::array<double, 4> out{};
        for (std::size_t i = 0; i < 4; ++i) {
            out[i] = real(first + 4 * i, second + 8 * i);
        }
        return out;
    }

private:
    [[nodiscard]] std::uint64_t bits(std::size_t at, std::size_t size) const {
        std::uint64_t out = 0;
        for (std::size_t i = 0; i < size; ++i) {
            const std::size_t index = m_header.bigEndian ? i : size - 1 - i;
            out = out << 8 | std::to_integer<std::uint64_t>(m_header.bytes[at + index]);
        }
        return out;
    }
    const NiftiHeader& m_header;
};

/// Bits of a voxel by data type (nifti1.h "DT_"); 0 for unknown ones.
std::int32_t bitsOf(std::int32_t datatype) {
    switch (datatype) {
    case 2:   // uint8
    case 256: // int8
        return 8;
    case 4:   // int16
    case 512: // uint16
        return 16;
    case 128: // RGB
        return 24;
    case 8:    // int32
    case 16:   // float
    case 768:  // uint32
    case 2304: // RGBA
        return 32;
    case 32:   // complex of floats
    case 64:   // double
    case 1024: // int64
    case 1280: // uint64
        return 64;
    case 1536: // long double
    case 1792: // complex of doubles
        return 128;
    case 2048: // complex of long doubles
        return 256;
    default:
        return 0;
    }
}

/// A 3 x 4 matrix from voxel to mm, RAS as the file has it.
using Affine = std::array<std::array<double, 4>, 3>;

Affine fromQuaternion(const Fields& fields, const std::array<double, 4>& pixdim) {
    double b = fields.real(256, 352);
    double c = fields.real(260, 360);
    double d = fields.real(264, 368);
    double a = 1 - (b * b + c * c + d * d);
    if (a < 1e-7) { // nifti1.h: half a turn
        const double scale = 1 / std::sqrt(std::max(1e-12, b * b + c * c + d * d));
        b *= scale;
        c *= scale;
        d *= scale;
        a = 0;
    } else {
        a = std::sqrt(a);
    }
    const double flip = pixdim[0] < 0 ? -1 : 1;
    const std::array<double, 3> size{pixdim[1], pixdim[2], pixdim[3] * flip};
    const std::array<std::array<double, 3>, 3> turn{
        {{a * a + b * b - c * c - d * d, 2 * (b * c - a * d), 2 * (b * d + a * c)},
         {2 * (b * c + a * d), a * a + c * c - b * b - d * d, 2 * (c * d - a * b)},
         {2 * (b * d - a * c), 2 * (c * d + a * b), a * a + d * d - c * c - b * b}}};
    Affine out{};
    for (std::size_t row = 0; row < 3; ++row) {
        for (std::size_t column = 0; column < 3; ++column) {
            out[row][column] = turn[row][column] * size[column];
        }
        out[row][3] = fields.real(268 + 4 * row, 376 + 8 * row);
    }
    return out;
}

/// In LPS: x and y of RAS turned round.
model::VolumeGeometry geometryOf(const Affine& affine, const NiftiHeader& header, double unitMm) {
    model::VolumeGeometry out;
    for (std::size_t i = 0; i < 3; ++i) {
        out.size[i] = static_cast<std::int32_t>(header.dims[i]);
        const double sign = i < 2 ? -unitMm : unitMm;
        out.origin[i] = sign * affine[i][3];
        for (std::size_t axis = 0; axis < 3; ++axis) {
            out.axes[axis][i] = sign * affine[i][axis];
        }
    }
    return out;
}

/// Why such a geometry is none; empty where it is one.
std::string defectOf(const model::VolumeGeometry& geometry) {
    for (const PointMm& axis : geometry.axes) {
        const double length = norm(axis);
        if (!std::isfinite(length) || !std::isfinite(norm(geometry.origin))) {
            return "orientation-contradictory";
        }
        if (length < 1e-4 || length > 1000) {
            return "spacing-zero";
        }
    }
    const double volume = std::abs(dot(cross(geometry.axes[0], geometry.axes[1]), geometry.axes[2]));
    const double box = norm(geometry.axes[0]) * norm(geometry.axes[1]) * norm(geometry.axes[2]);
    return volume < 0.2 * box ? "orientation-contradictory" : "";
}

bool agree(const model::VolumeGeometry& a, const model::VolumeGeometry& b) {
    for (std::size_t axis = 0; axis < 3; ++axis) {
        const double cosine =
            dot(a.axes[axis], b.axes[axis]) / std::max(1e-9, norm(a.axes[axis]) * norm(b.axes[axis]));
        if (cosine < 0.9998) { // one degree
            return false;
        }
    }
    return true;
}

void readGeometry(NiftiHeader& out, const Fields& fields) {
    const std::array<double, 4> pixdim = fields.reals(76, 104);
    const std::int64_t unit = fields.whole(123, 1, 500, 4) & 7;
    const double unitMm = unit == 1 ? 1000 : unit == 3 ? 0.001 : 1;
    const bool byMatrix = fields.whole(254, 2, 348, 4) > 0;
    const bool byTurn = fields.whole(252, 2, 344, 4) > 0;
    const Affine matrix{fields.reals(280, 400), fields.reals(296, 432), fields.reals(312, 464)};
    const auto turned = geometryOf(fromQuaternion(fields, pixdim), out, unitMm);
    if (byMatrix) {
        out.geometry = geometryOf(matrix, out, unitMm);
        out.problem = defectOf(out.geometry);
        if (byTurn && defectOf(turned).empty() && !agree(out.geometry, turned)) {
            out.notes.emplace_back("orientation-contradictory");
        }
    }
    if (byTurn && (!byMatrix || !out.problem.empty())) {
        out.geometry = turned;
        out.problem = defectOf(turned);
    }
    if (!byMatrix && !byTurn) {
        // nifti1.h "method 1": sizes only, nothing says how the patient lies.
        const Affine plain{{{pixdim[1], 0, 0, 0}, {0, pixdim[2], 0, 0}, {0, 0, pixdim[3], 0}}};
        out.geometry = geometryOf(plain, out, unitMm);
        out.problem = defectOf(out.geometry);
        out.notes.emplace_back("orientation-missing");
    }
}

std::int32_t wholeOf(std::span<const std::byte> bytes, bool big) {
    std::uint32_t out = 0;
    for (std::size_t i = 0; i < 4; ++i) {
        out = out << 8 | std::to_integer<std::uint32_t>(bytes[big ? i : 3 - i]);
    }
    return static_cast<std::int32_t>(out);
}

base::Expected<void> readFields(NiftiHeader& out) {
    const Fields fields(out);
    const std::int64_t dimensions = fields.whole(40, 2, 16, 8);
    if (dimensions < 1 || dimensions > 7) {
        return base::fail(ErrorCode::Malformed, kPlace, {"dim"});
    }
    std::uint64_t voxels = 1;
    out.dims.fill(1);
    for (std::size_t i = 0; i < static_cast<std::size_t>(dimensions); ++i) {
        out.dims[i] = fields.whole(42 + 2 * i, 2, 24 + 8 * i, 8);
        if (out.dims[i] < 1 || out.dims[i] > kMostInDimension) {
            return base::fail(ErrorCode::Malformed, kPlace, {"dim"});
        }
        voxels *= static_cast<std::uint64_t>(out.dims[i]);
        if (voxels > kMostBytes) {
            return base::fail(ErrorCode::TooLarge, kPlace, {"dim"});
        }
    }
    out.datatype = static_cast<std::int32_t>(fields.whole(70, 2, 12, 2));
    out.bits = bitsOf(out.datatype);
    if (out.bits == 0) {
        return base::fail(ErrorCode::UnsupportedFormat, kPlace, {"datatype"});
    }
    const double at = out.second ? static_cast<double>(fields.whole(0, 4, 168, 8)) : fields.real(108, 0);
    if (!(at >= static_cast<double>(out.bytes.size())) || at > static_cast<double>(kMostBetween)) {
        return base::fail(ErrorCode::Malformed, kPlace, {"vox_offset"});
    }
    out.dataAt = static_cast<std::uint64_t>(at);
    const double slope = fields.real(112, 176);
    const double intercept = fields.real(116, 184);
    if (std::isfinite(slope) && slope != 0) { // nifti1.h: 0 means that there is no scale
        out.slope = slope;
        out.intercept = std::isfinite(intercept) ? intercept : 0;
    }
    readGeometry(out, fields);
    if (out.problem.empty() && (out.datatype == 128 || out.datatype == 2304)) {
        out.problem = "colour";
    } else if (out.problem.empty() && (out.datatype == 32 || out.bits > 64)) {
        out.problem = "not-a-slice-image";
    } else if (out.problem.empty() && out.dims[2] < 2) {
        out.problem = "one-slice";
    }
    return {};
}

} // namespace

std::uint64_t NiftiHeader::voxelsOfVolume() const {
    return static_cast<std::uint64_t>(dims[0]) * static_cast<std::uint64_t>(dims[1]) *
           static_cast<std::uint64_t>(dims[2]);
}

std::uint64_t NiftiHeader::volumes() const {
    std::uint64_t out = 1;
    for (std::size_t i = 3; i < dims.size(); ++i) {
        out *= static_cast<std::uint64_t>(dims[i]);
    }
    return out;
}

std::uint64_t NiftiHeader::dataBytes() const {
    return voxelsOfVolume() * volumes() * static_cast<std::uint64_t>(bits / 8);
}

std::span<const NiftiField> NiftiHeader::texts() const {
    return second ? std::span<const NiftiField>(kSecondTexts) : std::span<const NiftiField>(kFirstTexts);
}

std::string NiftiHeader::textOf(const NiftiField& field) const {
    std::string out(reinterpret_cast<const char*>(bytes.data()) + field.offset, field.size);
    return out.substr(0, out.find('\0'));
}

base::Expected<NiftiHeader> readNiftiHeader(NiftiStream& stream) {
    NiftiHeader out;
    out.compressed = stream.compressed();
    out.bytes.resize(kFirst);
    if (auto got = stream.read(out.bytes); !got) {
        return tl::unexpected(got.error());
    }
    for (const bool big : {false, true}) {
        const std::int32_t size = wholeOf(out.bytes, big);
        if (size == static_cast<std::int32_t>(kFirst) || size == static_cast<std::int32_t>(kSecond)) {
            out.bigEndian = big;
            out.second = size == static_cast<std::int32_t>(kSecond);
        }
    }
    const std::size_t size = static_cast<std::size_t>(wholeOf(out.bytes, out.bigEndian));
    if (size != kFirst && size != kSecond) {
        return base::fail(ErrorCode::UnknownFormat, kPlace);
    }
    if (out.second) {
        out.bytes.resize(kSecond);
        if (auto got = stream.read(std::span(out.bytes).subspan(kFirst)); !got) {
            return tl::unexpected(got.error());
        }
    }
    const std::string_view magic(reinterpret_cast<const char*>(out.bytes.data()) + (out.second ? 4 : 344), 3);
    if (magic == "ni1" || magic == "ni2") {
        return base::fail(ErrorCode::UnsupportedFormat, kPlace, {"hdr-img"});
    }
    if (magic != (out.second ? "n+2" : "n+1")) {
        return base::fail(ErrorCode::UnknownFormat, kPlace);
    }
    if (auto done = readFields(out); !done) {
        return tl::unexpected(done.error());
    }
    return out;
}

base::Expected<std::vector<NiftiExtension>> readNiftiExtensions(NiftiStream& stream,
                                                                const NiftiHeader& header) {
    std::vector<NiftiExtension> out;
    std::vector<std::byte> between(static_cast<std::size_t>(header.dataAt - header.bytes.size()));
    if (auto got = stream.read(between); !got) {
        return tl::unexpected(got.error());
    }
    const auto rest = [&](std::size_t at) {
        const auto part = std::span(between).subspan(std::min(at, between.size()));
        if (std::ranges::any_of(part, [](std::byte b) { return b != std::byte{0}; })) {
            out.push_back({-1, std::string(reinterpret_cast<const char*>(part.data()), part.size())});
        }
    };
    // Four bytes, the first of which says whether extensions follow; each is a multiple of 16 bytes long.
    if (between.size() < 4 || between[0] == std::byte{0}) {
        rest(0);
        return out;
    }
    std::size_t at = 4;
    while (at + 8 <= between.size()) {
        const std::int32_t size = wholeOf(std::span(between).subspan(at), header.bigEndian);
        const std::int32_t code = wholeOf(std::span(between).subspan(at + 4), header.bigEndian);
        if (size < 8 || static_cast<std::size_t>(size) > between.size() - at) {
            break;
        }
        out.push_back({code, std::string(reinterpret_cast<const char*>(between.data()) + at + 8,
                                         static_cast<std::size_t>(size) - 8)});
        at += static_cast<std::size_t>(size);
    }
    rest(at);
    return out;
}

} // namespace kamei::intake::volume
