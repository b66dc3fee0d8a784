#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/Error.h"
#include "core/base/FileIo.h"
#include "core/intake/dicom/Element.h"
#include "core/intake/dicom/Tape.h"

namespace kamei::intake::dicom {

/// Where the top-level pixel data lies, in the data set's bytes.
struct PixelLocation {
    Tag tag = tags::PixelData;
    Vr vr = vr::OW;
    bool encapsulated = false;
    std::uint64_t offset = 0;  ///< native: the first sample; encapsulated: the first item's tag
    std::uint64_t length = 0;  ///< encapsulated: up to the sequence delimiter, which is left out
    std::uint32_t element = 0; ///< its place on the tape
};

/// One fragment of encapsulated pixel data; the first one is the offset table (PS3.5 A.4).
struct Fragment {
    std::uint64_t offset = 0;
    std::uint64_t length = 0;
};

/// One DICOM file open for reading: its header on a tape, its pixels at arm's length. Memory is that of
/// the header whatever the size of the file, except that a deflated data set is inflated whole.
/// Movable; const use from several threads is safe.
class Instance {
public:
    /// NotFound, NotReadable, NotRegularFile, Empty; what the header is not sound in: Truncated, Malformed,
    /// TooDeep, TooManyEntries, TooLarge; UnknownFormat when it is not DICOM.
    [[nodiscard]] static base::Expected<Instance> open(const std::filesystem::path& path);
    /// From bytes that outlive the instance. With `fileSize` larger than the bytes given, only the header
    /// is there, and elements behind the pixel data are not read.
    [[nodiscard]] static base::Expected<Instance> ofMemory(std::span<const std::byte> bytes,
                                                           std::uint64_t fileSize = 0);
    Instance(Instance&&) noexcept;
    Instance& operator=(Instance&&) noexcept;
    ~Instance();

    [[nodiscard]] const std::vector<Element>& meta() const { return m_meta; }
    /// All elements, the pixel data's own included, those behind it at the end.
    [[nodiscard]] const std::vector<Element>& elements() const { return m_elements; }
    /// First top-level element of a tag; null when there is none.
    [[nodiscard]] const Element* find(Tag tag) const;
    /// Stated transfer syntax UID; empty when none is stated.
    [[nodiscard]] const std::string& transferSyntax() const { return m_transferSyntax; }
    [[nodiscard]] Syntax syntax() const {
        return m_syntax;
    } ///< as found, which may differ from the stated one
    [[nodiscard]] bool deflated() const { return m_deflated; }
    [[nodiscard]] const std::optional<PixelLocation>& pixels() const { return m_pixels; }
    [[nodiscard]] const base::FileStamp& stamp() const {
        return m_stamp;
    } ///< of the opened file; zero for memory

    /// Bytes of a header element's value; empty for the top-level pixel data.
    [[nodiscard]] std::span<const std::byte> value(const Element& element) const;
    [[nodiscard]] std::span<const std::byte> metaValue(const Element& element) const;
    /// Value as raw characters without trailing padding; empty when the element is missing.
    [[nodiscard]] std::string_view text(Tag tag) const;
    [[nodiscard]] std::string_view text(const Element& element) const;
    /// First number of a US, SS, UL, SL, IS or DS value.
    [[nodiscard]] std::optional<std::int64_t> number(Tag tag) const;
    [[nodiscard]] std::optional<double> decimal(Tag tag, std::size_t index = 0) const;

    /// Bytes of the data set at `offset`, for pixel data. Truncated when the file has become shorter.
    [[nodiscard]] base::Expected<void> read(std::uint64_t offset, std::span<std::byte> out) const;
    /// Fragments of encapsulated pixel data, the offset table first; empty when only the header is there.
    [[nodiscard]] const std::vector<Fragment>& fragments() const { return m_fragments; }

private:
    Instance();
    [[nodiscard]] base::Expected<void> load();
    [[nodiscard]] base::Expected<void> loadDataSet(std::uint64_t begin);
    [[nodiscard]] base::Expected<void> inflateFrom(std::uint64_t begin);
    [[nodiscard]] base::Expected<void> locatePixels();
    [[nodiscard]] base::Expected<void> loadTail();
    [[nodiscard]] base::Expected<void> fill(std::uint64_t size);
    void chooseSyntax(std::uint64_t begin);

    int m_descriptor = -1;
    std::span<const std::byte> m_memory; ///< all or the beginning, when not read from a file
    std::vector<std::byte> m_buffer;     ///< beginning of the file, or the inflated data set
    std::vector<std::byte> m_tail;       ///< what follows the pixel data
    std::uint64_t m_tailBase = 0;
    std::span<const std::byte> m_head; ///< where header values lie
    std::uint64_t m_total = 0;
    base::FileStamp m_stamp;
    std::string m_metaBytes; ///< the meta group's bytes, kept when a deflated data set takes the buffer
    std::vector<Element> m_meta;
    std::vector<Element> m_elements;
    std::string m_transferSyntax;
    Syntax m_syntax;
    bool m_deflated = false;
    bool m_partial = false;
    std::optional<PixelLocation> m_pixels;
    std::vector<Fragment> m_fragments;
};

} // namespace kamei::intake::dicom
