// Private to core/intake/image, core/intake/slide and core/transform/image: libtiff's handle over memory.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <tiffio.h>

#include "core/base/Error.h"

namespace kamei::intake::image {

/// Closes a TIFF handle.
struct TiffCloser {
    void operator()(TIFF* tiff) const { TIFFClose(tiff); }
};
using TiffHandle = std::unique_ptr<TIFF, TiffCloser>;

/// A TIFF in memory: read from `input`, or written into `output` while that is open for writing. The
/// object must outlive its handle.
class TiffMemory {
public:
    explicit TiffMemory(std::string_view input) : m_input(input) {}
    TiffMemory() : m_writing(true) {}
    TiffMemory(const TiffMemory&) = delete;
    TiffMemory& operator=(const TiffMemory&) = delete;

    /// Null when it cannot be opened. `big` writes BigTIFF; `bigEndian` is the byte order of what is written.
    [[nodiscard]] TiffHandle open(bool big = false, bool bigEndian = false);
    [[nodiscard]] std::string& output() { return m_output; }
    [[nodiscard]] std::string_view input() const { return m_writing ? std::string_view(m_output) : m_input; }
    /// Whether libtiff tried to read behind the end.
    [[nodiscard]] bool readPastEnd() const { return m_pastEnd; }

private:
    friend struct TiffCallbacks;
    std::string_view m_input;
    std::string m_output;
    std::uint64_t m_at = 0;
    bool m_writing = false;
    bool m_pastEnd = false;
};

} // namespace kamei::intake::image
