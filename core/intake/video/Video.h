#pragma once

#include <cstdint>
#include <memory>
#include <stop_token>

#include "core/base/Error.h"
#include "core/intake/video/Bytes.h"
#include "core/intake/video/Index.h"
#include "core/model/Asset.h"
#include "core/model/Raster.h"

namespace kamei::intake::video {

class FrameSource;

/// A video open for looking: any frame by its number, the next one at the cost of one decoding. Belongs to
/// one thread; indexes are shared between videos of the same file.
class Video {
public:
    /// Errors of readIndex.
    [[nodiscard]] static base::Expected<std::unique_ptr<Video>> open(const Bytes& bytes,
                                                                     std::stop_token stop = {});
    ~Video();
    Video(const Video&) = delete;
    Video& operator=(const Video&) = delete;

    [[nodiscard]] const Facts& facts() const;
    [[nodiscard]] const std::shared_ptr<const Index>& index() const;
    /// Frame from 1 as 8-bit RGB, as stored: not turned by the display matrix (Facts::rotation).
    /// InvalidArgument; Malformed when it cannot be decoded.
    [[nodiscard]] base::Expected<model::Raster> frame(std::int32_t number);
    /// From the first frame, in microseconds.
    [[nodiscard]] std::int64_t timeUs(std::int32_t number) const;

private:
    Video();
    struct Parts;
    std::unique_ptr<Parts> m_parts;
};

/// Index of a file; made once for as long as the file stays the same and is among the last few.
[[nodiscard]] base::Expected<std::shared_ptr<const Index>>
indexOf(const Bytes& bytes, const std::string& name, std::stop_token stop = {});
/// How many frames cannot be decoded; all of them are, one after the other. Beyond a few it stops counting.
[[nodiscard]] base::Expected<std::int32_t>
missingFrames(const Bytes& bytes, const std::shared_ptr<const Index>& index, std::stop_token stop = {});
/// One frame of a source of format "video"; a few videos a thread stay open, so that stepping and playing
/// forward cost one decoding a frame. Errors as Video, SourceMissing.
[[nodiscard]] base::Expected<model::Raster> decodeVideoFrame(const model::Source& source, std::int32_t frame);
/// The same for bytes with a name of their own ("path\nmember"), for videos inside other files.
[[nodiscard]] base::Expected<model::Raster> decodeVideoFrame(const Bytes& bytes, const std::string& name,
                                                             std::int32_t frame);

} // namespace kamei::intake::video
