#include "core/intake/genome/Inflate.h"

#include <algorithm>
#include <zlib.h>

namespace kamei::intake::genome {
namespace {

using base::ErrorCode;

constexpr std::string_view kPlace = "intake.genome.inflate";
constexpr std::size_t kStep = std::size_t{256} << 10;
constexpr int kGzipOnly = 16 + MAX_WBITS;

struct Stream {
    z_stream z{};
    bool open = false;
    ~Stream() {
        if (open) {
            inflateEnd(&z);
        }
    }
};

} // namespace

bool isGzip(std::string_view bytes) {
    return bytes.starts_with("\x1F\x8B\x08");
}

base::Expected<Inflated> inflate(std::string_view gzip, std::size_t limit) {
    Stream stream;
    if (inflateInit2(&stream.z, kGzipOnly) != Z_OK) {
        return base::fail(ErrorCode::OutOfMemory, kPlace);
    }
    stream.open = true;
    Inflated out;
    std::string part(std::min(kStep, limit + 1), '\0');
    std::size_t at = 0;
    bool ended = false;
    while (true) {
        if (stream.z.avail_in == 0) {
            const std::size_t piece = std::min(kStep, gzip.size() - at);
            // zlib does not write to its input.
            stream.z.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(gzip.data() + at));
            stream.z.avail_in = static_cast<uInt>(piece);
            at += piece;
        }
        if (stream.z.avail_in == 0) {
            return ended ? base::Expected<Inflated>(std::move(out))
                         : base::fail(ErrorCode::Truncated, kPlace);
        }
        if (ended) { // another member, or zeros with which some programs pad
            if (inflateReset(&stream.z) != Z_OK) {
                return base::fail(ErrorCode::Malformed, kPlace);
            }
            ended = false;
        }
        stream.z.next_out = reinterpret_cast<Bytef*>(part.data());
        stream.z.avail_out = static_cast<uInt>(part.size());
        const int done = ::inflate(&stream.z, Z_NO_FLUSH);
        if (done != Z_OK && done != Z_STREAM_END && done != Z_BUF_ERROR) {
            return base::fail(ErrorCode::Malformed, kPlace);
        }
        ended = done == Z_STREAM_END;
        out.bytes.append(part, 0, part.size() - stream.z.avail_out);
        if (out.bytes.size() > limit) {
            out.bytes.resize(limit);
            out.whole = false;
            return out;
        }
    }
}

std::string peek(std::string_view head, std::size_t limit) {
    Stream stream;
    if (!isGzip(head) || inflateInit2(&stream.z, kGzipOnly) != Z_OK) {
        return {};
    }
    stream.open = true;
    std::string out(limit, '\0');
    stream.z.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(head.data()));
    stream.z.avail_in = static_cast<uInt>(head.size());
    stream.z.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.z.avail_out = static_cast<uInt>(out.size());
    (void)::inflate(&stream.z, Z_SYNC_FLUSH);
    out.resize(limit - stream.z.avail_out);
    return out;
}

} // namespace kamei::intake::genome
