#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <unistd.h>

#include "core/intake/volume/Nifti.h"
#include "core/model/Deface.h"
#include "core/transform/nifti/NiftiTransform.h"

using namespace kamei;
using intake::volume::NiftiStream;

namespace {

constexpr std::uint64_t kMost = std::uint64_t{1} << 22; // bytes of voxels: larger ones only cost time here

class Sink final : public transform::ByteSink {
public:
    base::Expected<void> write(std::span<const std::byte> data) override {
        bytes.append(reinterpret_cast<const char*>(data.data()), data.size());
        return {};
    }
    std::string bytes;
};

void require(bool truth) {
    if (!truth) {
        std::abort();
    }
}

/// The writer takes files, by their names.
class OnDisk {
public:
    explicit OnDisk(std::string_view bytes) {
        m_source.path =
            std::filesystem::temp_directory_path() / ("kamei-fuzz-" + std::to_string(::getpid()) + ".nii");
        m_source.format = "nifti";
        m_source.sha256 = base::sha256(bytes);
        std::ofstream(m_source.path, std::ios::binary)
            .write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    }
    ~OnDisk() {
        std::error_code ignored;
        std::filesystem::remove(m_source.path, ignored);
    }
    OnDisk(const OnDisk&) = delete;
    OnDisk& operator=(const OnDisk&) = delete;
    [[nodiscard]] const model::Source& source() const { return m_source; }

private:
    model::Source m_source;
};

/// Voxels as they lie in a file that was written: behind header and extender.
std::string_view voxelsOf(const std::string& written, const intake::volume::NiftiHeader& header) {
    return std::string_view(written).substr(header.bytes.size() + 4);
}

/// The whole file as it is staged; nothing where it is refused.
std::optional<std::string> staged(const model::Source& source, std::span<const model::Finding> findings,
                                  const model::VolumeMask* mask) {
    static const std::vector<std::byte> secret(32, std::byte{7});
    static const auto key = transform::pseudonym::Key::fromBytes(secret);
    static const model::Policy policy;
    model::Subject subject;
    subject.id.value = 1;
    subject.key = "|1";
    subject.pseudonym = "S-0123456789AB";
    const std::vector sources{source};
    transform::Context context{policy, *key, subject, sources, {}};
    context.volumeMasks = [mask](const base::Sha256&) -> base::Expected<model::VolumeMask> { return *mask; };
    model::Asset asset;
    asset.kind = model::AssetKind::Volume;
    const auto compiled = transform::nifti::compileNifti(asset, findings, context);
    if (!compiled) {
        return std::nullopt;
    }
    Sink sink;
    return (*compiled)->apply(source, sink) ? std::optional(std::move(sink.bytes)) : std::nullopt;
}

model::Finding removal() {
    model::Deface method;
    method.fill = 3;
    method.mask = base::sha256(std::string_view("the mask"));
    model::Finding face;
    face.locator.kind = model::Locator::Kind::Asset;
    face.label = "FaceSurface";
    face.rule = "image-content.facial-surface";
    face.state = model::DecisionState::Changed;
    face.action = model::Action::Deface;
    face.method = model::toJson(method);
    return face;
}

/// No word of the header is left, nothing follows the voxels, and a second time changes nothing.
void checkWritten(const std::string& written, const intake::volume::NiftiHeader& header) {
    require(written.size() == header.bytes.size() + 4 + header.dataBytes());
    auto stream = NiftiStream::ofMemory(written);
    const auto again = intake::volume::readNiftiHeader(stream);
    require(again.has_value());
    require(again->dims == header.dims && again->datatype == header.datatype);
    for (const auto& field : again->texts()) {
        require(again->textOf(field).empty());
    }
    const auto extensions = intake::volume::readNiftiExtensions(stream, *again);
    require(extensions.has_value() && extensions->empty());
    const OnDisk file(written);
    const auto twice = staged(file.source(), {}, nullptr);
    require(twice && *twice == written);
}

/// Voxels are those of the file bit for bit, or the fill; in the mask none stays.
void checkDefaced(const model::Source& source, const std::string& plain,
                  const intake::volume::NiftiHeader& header) {
    const std::vector sources{source};
    const auto listing = intake::volume::listVolumes({}, sources);
    if (!listing || listing->volumes.empty()) {
        return;
    }
    (void)intake::volume::readVolume(*listing, 0, sources);
    model::VolumeMask mask(listing->volumes.front().geometry);
    for (std::size_t i = 0; i < mask.voxels(); i += 5) {
        mask.set(i);
    }
    const std::vector findings{removal()};
    const auto out = staged(source, findings, &mask);
    if (!out) {
        return; // refused: nothing was written
    }
    require(out->size() == plain.size());
    const auto unit = static_cast<std::size_t>(header.bits / 8);
    const auto before = voxelsOf(plain, header);
    const auto after = voxelsOf(*out, header);
    for (std::size_t i = 0; i < before.size() / unit; ++i) {
        const bool taken = mask.test(i % mask.voxels());
        const auto now = after.substr(i * unit, unit);
        // Slices whose places say less than their numbers do take what they touch, beside the mask too.
        require(now == after.substr(0, unit) || (!taken && now == before.substr(i * unit, unit)));
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    (void)intake::volume::describeNifti({}, bytes);
    auto stream = NiftiStream::ofMemory(bytes);
    const auto header = intake::volume::readNiftiHeader(stream);
    if (!header || header->dataBytes() > kMost || header->dataAt > kMost ||
        header->volumes() * static_cast<std::uint64_t>(header->dims[2]) > 4096) {
        return 0;
    }
    (void)intake::volume::readNiftiExtensions(stream, *header);
    const auto picture = intake::volume::decodeNiftiPicture(bytes, 1);
    if (picture) {
        require(picture->samples.size() == static_cast<std::size_t>(picture->width) *
                                               static_cast<std::size_t>(picture->height) *
                                               static_cast<std::size_t>(picture->channels) *
                                               static_cast<std::size_t>((picture->bitsPerSample + 7) / 8));
    }
    const OnDisk file(bytes);
    const auto plain = staged(file.source(), {}, nullptr);
    if (!plain) {
        return 0;
    }
    checkDefaced(file.source(), *plain, *header);
    checkWritten(*plain, *header);
    return 0;
}
