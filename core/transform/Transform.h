#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/Digest.h"
#include "core/base/Error.h"
#include "core/model/Asset.h"
#include "core/model/Finding.h"
#include "core/model/Policy.h"
#include "core/model/Raster.h"
#include "core/model/Subject.h"
#include "core/model/VolumeMask.h"
#include "core/transform/pseudonym/Pseudonym.h"

namespace kamei::transform {

/// Where processed bytes go, in order.
class ByteSink {
public:
    virtual ~ByteSink() = default;
    [[nodiscard]] virtual base::Expected<void> write(std::span<const std::byte> data) = 0;

    /// Puts the next bytes of the output into `part`, all of it.
    using Fill = std::function<base::Expected<void>(std::span<std::byte> part)>;
    /// Appends `size` bytes that `fill` makes part by part, in order: into the sink's own memory where it has
    /// some, so that they are moved once.
    [[nodiscard]] virtual base::Expected<void> writeFilled(std::uint64_t size, const Fill& fill) {
        thread_local std::vector<std::byte> memory(kPart);
        while (size > 0) {
            const auto part =
                std::span(memory).first(static_cast<std::size_t>(std::min<std::uint64_t>(size, kPart)));
            if (auto filled = fill(part); !filled) {
                return filled;
            }
            if (auto written = write(part); !written) {
                return written;
            }
            size -= part.size();
        }
        return {};
    }
    /// Bytes of a part, but for the last one; stays in the second-level cache while it is made and moved on.
    static constexpr std::size_t kPart = 128 * 1024;
};

/// What shapes the output of one asset. References outlive the compiled transform.
struct Context {
    const model::Policy& policy;
    const pseudonym::Key& key;
    const model::Subject& subject; ///< an empty subject (id none) when nobody is known
    /// All sources of the asset in order: tells which frames of the asset a source holds. Without them a
    /// mask on a range of frames falls on every frame.
    std::span<const model::Source> sources = {};
    /// People that rows of a table may be about, told apart by hint.patientId; so that a person has the same
    /// pseudonym and shift in a table of many as elsewhere. May be empty.
    std::span<const model::Subject> cohort = {};
    /// Folder of the workspace for files without a name, where an output is too large for memory and not
    /// written in order; empty: such an output is made in memory (a preview of a workspace that cannot be
    /// written to).
    std::filesystem::path scratch = {};
    /// The mask over a volume that a finding's method names by its digest (model::Deface); empty: none can be
    /// had, and an asset from which a face is to be taken off is refused.
    std::function<base::Expected<model::VolumeMask>(const base::Sha256&)> volumeMasks = {};
};

/// Facts about the processed file that the residual search and the writer of names need.
struct Result {
    /// Byte ranges of native (uncompressed) pixel data in the output, in which only long forms of an
    /// identifier count as found; empty when there are none, and then everything is searched alike.
    struct Range {
        std::uint64_t offset = 0;
        std::uint64_t length = 0;
    };
    std::vector<Range> nativePixels;
    /// What a reviewer has to know of the way in which it was written, in stable words apart by spaces; see
    /// model::StagedFile::notes.
    std::string notes{};
};

/// Parts of one processed picture that is too large to be had as a whole; thread-safe.
class Regions {
public:
    virtual ~Regions() = default;
    /// As intake::slide::Slide::readRegion; equal to what decoding the output gives.
    [[nodiscard]] virtual base::Expected<model::Raster> region(std::size_t level, std::int64_t x,
                                                               std::int64_t y, std::uint32_t width,
                                                               std::uint32_t height) const = 0;
};

/// The decisions of one asset, compiled once and applied to each of its sources; thread-safe.
class Transform {
public:
    virtual ~Transform() = default;
    /// Digest of everything that shapes the output beside the source's bytes: two equal digests give
    /// equal bytes for equal sources.
    [[nodiscard]] virtual base::Sha256 digest() const = 0;
    /// File extension of the output, with no dot in it ("dcm", "txt", "csv", "xml", "jpg", "png", "tif",
    /// "mp4").
    [[nodiscard]] virtual std::string_view extension() const = 0;
    /// Writes the processed source. Verifies the source's SHA-256 or stamp: SourceChanged, SourceMissing.
    /// The residual search reads the bytes as they are written and decodes nothing: text must not leave under
    /// compression or encryption, unless this transform has itself seen to it that none is left there.
    [[nodiscard]] virtual base::Expected<Result> apply(const model::Source& source, ByteSink& out) const = 0;
    /// One picture of the output (frame of the source, from 1), where it can be made without the rest of it;
    /// nothing where apply() has to be asked. Equal to what decoding the output gives.
    [[nodiscard]] virtual base::Expected<std::optional<model::Raster>> picture(const model::Source& source,
                                                                               std::int32_t frame) const {
        static_cast<void>(source);
        static_cast<void>(frame);
        return std::optional<model::Raster>();
    }
    /// The same by parts, for frames of slides; null for pictures that come as a whole.
    [[nodiscard]] virtual base::Expected<std::unique_ptr<Regions>> regions(const model::Source& source,
                                                                           std::int32_t frame) const {
        static_cast<void>(source);
        static_cast<void>(frame);
        return std::unique_ptr<Regions>();
    }
    /// Release name of the output without extension; derived from the pseudonym and new UIDs only.
    [[nodiscard]] virtual std::string outputName(const model::Source& source) const = 0;
    /// Rule under which the asset is deleted as a whole, so that the output is only the record of it; else
    /// empty.
    [[nodiscard]] virtual std::string_view deletedUnder() const { return {}; }
};

/// The transform of one format.
struct TransformRow {
    std::string_view format; ///< intake::Format::id
    base::Expected<std::unique_ptr<Transform>> (*compile)(const model::Asset& asset,
                                                          std::span<const model::Finding> findings,
                                                          const Context& context);
};

/// Null when the format cannot be processed: the asset cannot be staged (UnsupportedFormat).
[[nodiscard]] const TransformRow* transformFor(std::string_view format);
/// The decisions of an asset, compiled for its sources of one format: the record of its deletion where it is
/// deleted as a whole, else by the row of the format (UnsupportedFormat without one, args: format).
[[nodiscard]] base::Expected<std::unique_ptr<Transform>> compile(std::string_view format,
                                                                 const model::Asset& asset,
                                                                 std::span<const model::Finding> findings,
                                                                 const Context& context);

} // namespace kamei::transform
