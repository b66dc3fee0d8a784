#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/Error.h"
#include "core/intake/Format.h"
#include "core/intake/volume/Series.h"
#include "core/model/Raster.h"

namespace kamei::intake::volume {

/// Bytes of a NIfTI file from its beginning to its end, inflated where it is compressed; of a plain file only
/// what is asked for is held. A reader of our own: niftiio opens files only, by their names, and writes
/// what it reads of them to the terminal.
class NiftiStream {
public:
    /// As opening the source does; Malformed where its compression is broken (then when reading).
    [[nodiscard]] static base::Expected<NiftiStream> open(const model::Source& source);
    /// Of bytes that outlive the stream.
    [[nodiscard]] static NiftiStream ofMemory(std::string_view bytes);
    NiftiStream(NiftiStream&&) noexcept;
    NiftiStream& operator=(NiftiStream&&) noexcept;
    ~NiftiStream();

    [[nodiscard]] bool compressed() const;
    /// As many bytes as there are, at most out.size().
    [[nodiscard]] base::Expected<std::size_t> readSome(std::span<std::byte> out);
    /// All of `out`: Truncated when there is less.
    [[nodiscard]] base::Expected<void> read(std::span<std::byte> out);
    [[nodiscard]] base::Expected<void> skip(std::uint64_t bytes);

private:
    NiftiStream();
    struct State;
    std::unique_ptr<State> m_state;
};

/// A text field of the header.
struct NiftiField {
    std::string_view name; ///< as the standard names it: "descrip"
    std::size_t offset = 0;
    std::size_t size = 0;
};

/// What the header of a NIfTI-1 or NIfTI-2 file says (nifti1.h of 2003, nifti2.h of 2011; both byte orders).
struct NiftiHeader {
    bool second = false; ///< NIfTI-2
    bool bigEndian = false;
    bool compressed = false;
    std::vector<std::byte> bytes;       ///< 348 or 540
    std::array<std::int64_t, 7> dims{}; ///< at least 1 each
    std::int32_t datatype = 0;
    std::int32_t bits = 0; ///< of a voxel
    std::uint64_t dataAt = 0;
    double slope = 1;
    double intercept = 0;
    model::VolumeGeometry geometry; ///< LPS, mm; voxels in the order of the file
    std::string problem; ///< why it is no volume, a word of Listing::problems; empty when it is one
    std::vector<std::string>
        notes; ///< for VolumeInfo::notes: "orientation-missing" "orientation-contradictory"

    [[nodiscard]] std::uint64_t voxelsOfVolume() const;
    [[nodiscard]] std::uint64_t volumes() const;
    [[nodiscard]] std::uint64_t dataBytes() const; ///< of all volumes
    /// Fields that hold words: data_type, db_name (NIfTI-1), descrip, aux_file, intent_name, unused_str
    /// (NIfTI-2).
    [[nodiscard]] std::span<const NiftiField> texts() const;
    [[nodiscard]] std::string textOf(const NiftiField& field) const; ///< up to its first zero
};

/// Reads the header; the stream stands behind it then. UnknownFormat when it is none, UnsupportedFormat for
/// headers whose voxels are in a file of their own (.hdr and .img), Malformed (args: the field) for sizes
/// that cannot be.
[[nodiscard]] base::Expected<NiftiHeader> readNiftiHeader(NiftiStream& stream);

/// An extension: what stands between header and voxels (code 4: AFNI, 6: comment, 2: DICOM, ...).
struct NiftiExtension {
    std::int32_t code = 0;
    std::string content;
};
/// What stands between the header and the voxels, read from where readNiftiHeader() stopped: extensions as
/// far as they are sound, and whatever other bytes there are, as one of code -1. The stream stands at the
/// voxels then.
[[nodiscard]] base::Expected<std::vector<NiftiExtension>> readNiftiExtensions(NiftiStream& stream,
                                                                              const NiftiHeader& header);

/// Format row "nifti".
[[nodiscard]] base::Expected<Description> describeNifti(const Location& location, std::string_view content);
/// One slice as it lies in the file (frame from 1: slices of the first volume, then of the next).
[[nodiscard]] base::Expected<model::Raster> decodeNiftiPicture(const model::Source& source,
                                                               std::int32_t frame);
[[nodiscard]] base::Expected<model::Raster> decodeNiftiPicture(std::string_view content, std::int32_t frame);

/// For listVolumes() and readVolume().
[[nodiscard]] base::Expected<Listing> listNifti(std::span<const model::Source> sources);
[[nodiscard]] base::Expected<model::Volume> readNifti(const Listing& listing, std::size_t index,
                                                      std::span<const model::Source> sources);

} // namespace kamei::intake::volume
