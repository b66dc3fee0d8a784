#include "core/transform/nifti/NiftiTransform.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstring>
#include <limits>

#include "core/base/FileIo.h"
#include "core/intake/volume/Nifti.h"
#include "core/transform/text/People.h"
#include "core/transform/volume/FrameCuts.h"

namespace kamei::transform::nifti {
namespace {

using base::ErrorCode;
using intake::volume::NiftiHeader;
using intake::volume::NiftiStream;

constexpr std::string_view kPlace = "transform.nifti.apply";
/// Changes whenever the same decisions give other bytes than before.
constexpr std::string_view kVersion = "transform.nifti/1";
constexpr std::size_t kExtender = 4; // nifti1.h: four bytes behind the header, zero without extensions

/// Fields of NIfTI-1 that only ANALYZE used: extents, session_error, regular, glmax and glmin.
struct Unused {
    std::size_t at;
    std::size_t size;
};
constexpr std::array kUnused{Unused{32, 4}, Unused{36, 2}, Unused{38, 1}, Unused{140, 4}, Unused{144, 4}};
constexpr std::size_t kOffset1 = 108;
constexpr std::size_t kOffset2 = 168;

void put(std::vector<std::byte>& bytes, std::size_t at, std::uint64_t value, std::size_t size, bool big) {
    for (std::size_t i = 0; i < size; ++i) {
        bytes[at + (big ? size - 1 - i : i)] = static_cast<std::byte>(value >> (8 * i));
    }
}

/// The header without words, then the extender that says that nothing follows it.
std::vector<std::byte> cleaned(const NiftiHeader& header) {
    std::vector<std::byte> out = header.bytes;
    for (const auto& field : header.texts()) {
        std::fill_n(out.begin() + static_cast<std::ptrdiff_t>(field.offset), field.size, std::byte{0});
    }
    const std::size_t data = out.size() + kExtender;
    if (header.second) {
        put(out, kOffset2, data, 8, header.bigEndian);
    } else {
        for (const Unused& field : kUnused) {
            std::fill_n(out.begin() + static_cast<std::ptrdiff_t>(field.at), field.size, std::byte{0});
        }
        const auto at = std::bit_cast<std::uint32_t>(static_cast<float>(data));
        put(out, kOffset1, at, 4, header.bigEndian);
    }
    out.resize(data);
    return out;
}

/// A number as a voxel of the file; false for types that hold none.
bool asVoxel(double value, const NiftiHeader& header, std::vector<std::byte>& out) {
    const auto whole = [&](double low, double high) {
        const double bounded = std::clamp(std::round(value), low, high);
        const auto bits = bounded < 0 ? static_cast<std::uint64_t>(static_cast<std::int64_t>(bounded))
                                      : static_cast<std::uint64_t>(bounded);
        put(out, 0, bits, out.size(), header.bigEndian);
        return true;
    };
    out.assign(static_cast<std::size_t>(header.bits / 8), std::byte{0});
    switch (header.datatype) {
    case 2:
        return whole(0, 255);
    case 256:
        return whole(-128, 127);
    case 4:
        return whole(-32'768, 32'767);
    case 512:
        return whole(0, 65'535);
    case 8:
        return whole(-2'147'483'648.0, 2'147'483'647.0);
    case 768:
        return whole(0, 4'294'967'295.0);
    case 1024: // doubles hold these exactly up to here
        return whole(-9'007'199'254'740'992.0, 9'007'199'254'740'992.0);
    case 1280:
        return whole(0, 9'007'199'254'740'992.0);
    case 16:
        put(out, 0, std::bit_cast<std::uint32_t>(static_cast<float>(value)), 4, header.bigEndian);
        return true;
    case 64:
        put(out, 0, std::bit_cast<std::uint64_t>(value), 8, header.bigEndian);
        return true;
    default:
        return false;
    }
}

class NiftiTransform final : public Transform {
public:
    NiftiTransform(const model::Asset& asset, const Context& context,
                   std::unique_ptr<const volume::FrameCuts> cuts)
        : m_key(context.key), m_people(asset, context), m_cuts(std::move(cuts)) {
        for (const model::Source& source : context.sources) {
            m_sources.push_back(source.sha256);
        }
    }

    [[nodiscard]] base::Sha256 digest() const override {
        base::Sha256Hasher hasher;
        hasher.update(std::string(kVersion) + '\n' + m_key.fingerprint() + '\n');
        hasher.update(m_people.description());
        if (m_cuts != nullptr) {
            hasher.update(m_cuts->digest().bytes);
        }
        return hasher.finish();
    }
    [[nodiscard]] std::string_view extension() const override { return "nii"; }
    [[nodiscard]] std::string outputName(const model::Source& source) const override {
        return m_people.subject().pseudonym + '_' + m_key.token("output-name", source.sha256.hex(), "V");
    }

    [[nodiscard]] base::Expected<Result> apply(const model::Source& source, ByteSink& out) const override {
        auto stream = NiftiStream::open(source);
        if (!stream) {
            return tl::unexpected(stream.error());
        }
        const auto header = intake::volume::readNiftiHeader(*stream);
        if (!header) {
            return tl::unexpected(header.error());
        }
        if (auto done = stream->skip(header->dataAt - header->bytes.size()); !done) {
            return tl::unexpected(done.error());
        }
        const std::vector<std::byte> head = cleaned(*header);
        if (auto done = out.write(head); !done) {
            return tl::unexpected(done.error());
        }
        if (auto done = writeSlices(*stream, *header, source, out); !done) {
            return tl::unexpected(done.error());
        }
        // Asked again: the file may have been replaced while it was read.
        const auto stamp = base::fileStamp(source.path);
        if (source.stamp != base::FileStamp{} && (!stamp || *stamp != source.stamp)) {
            return base::fail(ErrorCode::SourceChanged, kPlace);
        }
        Result result;
        result.nativePixels.push_back({head.size(), header->dataBytes()});
        return result;
    }

private:
    base::Expected<void> writeSlices(NiftiStream& stream, const NiftiHeader& header,
                                     const model::Source& source, ByteSink& out) const {
        const auto slices = static_cast<std::uint64_t>(header.dims[2]) * header.volumes();
        const std::uint64_t plane = static_cast<std::uint64_t>(header.dims[0]) *
                                    static_cast<std::uint64_t>(header.dims[1]) *
                                    static_cast<std::uint64_t>(header.bits / 8);
        const auto index =
            static_cast<std::size_t>(std::ranges::find(m_sources, source.sha256) - m_sources.begin());
        if (m_cuts != nullptr && index >= m_sources.size()) {
            return base::fail(ErrorCode::InvalidArgument, kPlace, {"source"});
        }
        if (m_cuts == nullptr) {
            return out.writeFilled(plane * slices,
                                   [&](std::span<std::byte> part) { return stream.read(part); });
        }
        std::vector<std::byte> samples(static_cast<std::size_t>(plane));
        for (std::uint64_t slice = 0; slice < slices; ++slice) {
            if (auto got = stream.read(samples); !got) {
                return got;
            }
            const auto frame = static_cast<std::int32_t>(slice);
            if (m_cuts->touches(index, frame)) {
                if (auto cut = takeOff(header, index, frame, samples); !cut) {
                    return cut;
                }
            }
            if (auto done = out.write(samples); !done) {
                return done;
            }
        }
        return {};
    }

    base::Expected<void> takeOff(const NiftiHeader& header, std::size_t source, std::int32_t frame,
                                 std::vector<std::byte>& samples) const {
        const auto cut = m_cuts->on(source, frame);
        if (!cut) {
            return tl::unexpected(cut.error());
        }
        std::vector<std::byte> voxel;
        std::vector<std::byte> cover;
        if (!asVoxel(cut->black ? 0 : cut->stored, header, voxel) ||
            !asVoxel(cut->coverStored, header, cover) ||
            cut->inside.inside.size() * voxel.size() != samples.size()) {
            return base::fail(ErrorCode::NotPossible, kPlace, {"deface", "datatype"});
        }
        for (std::size_t i = 0; i < cut->inside.inside.size(); ++i) {
            if (cut->inside.inside[i] != 0) {
                std::ranges::copy(cut->covers(i) ? cover : voxel,
                                  samples.begin() + static_cast<std::ptrdiff_t>(i * voxel.size()));
            }
        }
        return {};
    }

    const pseudonym::Key& m_key;
    text::People m_people;
    std::unique_ptr<const volume::FrameCuts> m_cuts;
    std::vector<base::Sha256> m_sources;
};

} // namespace

base::Expected<std::unique_ptr<Transform>>
compileNifti(const model::Asset& asset, std::span<const model::Finding> findings, const Context& context) {
    auto cuts = volume::FrameCuts::make(asset, findings, context);
    if (!cuts) {
        return tl::unexpected(cuts.error());
    }
    return std::make_unique<NiftiTransform>(asset, context, std::move(*cuts));
}

} // namespace kamei::transform::nifti
