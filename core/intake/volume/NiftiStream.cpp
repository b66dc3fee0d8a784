#include <algorithm>
#include <cstring>
#include <fstream>
#include <zlib.h>

#include "core/intake/volume/Nifti.h"
#include "core/intake/volume/OpenSource.h"

namespace kamei::intake::volume {
namespace {

using base::ErrorCode;
constexpr std::string_view kPlace = "intake.nifti";
constexpr std::size_t kChunk = 256 * 1024;

} // namespace

/// Where raw bytes come from (file or memory), and the inflater over them.
struct NiftiStream::State {
    std::ifstream file;
    std::string owned;
    std::string_view memory;
    std::vector<std::byte> chunk;
    z_stream inflater{};
    bool compressed = false;
    bool ended = false;

    State() = default;
    State(const State&) = delete;
    State& operator=(const State&) = delete;
    ~State() {
        if (compressed) {
            inflateEnd(&inflater);
        }
    }

    std::size_t raw(std::span<std::byte> out) {
        if (file.is_open()) {
            file.read(reinterpret_cast<char*>(out.data()), static_cast<std::streamsize>(out.size()));
            return static_cast<std::size_t>(std::max<std::streamsize>(0, file.gcount()));
        }
        const std::size_t count = std::min(out.size(), memory.size());
        std::memcpy(out.data(), memory.data(), count);
        memory.remove_prefix(count);
        return count;
    }

    bool begin() {
        unsigned char magic[2] = {};
        if (file.is_open()) {
            file.read(reinterpret_cast<char*>(magic), 2);
            file.clear();
            file.seekg(0);
        } else if (memory.size() >= 2) {
            std::memcpy(magic, memory.data(), 2);
        }
        if (magic[0] != 0x1F || magic[1] != 0x8B) {
            return true;
        }
        constexpr int kGzip = 16 + MAX_WBITS;
        compressed = inflateInit2(&inflater, kGzip) == Z_OK;
        chunk.resize(kChunk);
        return compressed;
    }

    /// More compressed bytes; false at their end.
    bool refill() {
        if (inflater.avail_in > 0) {
            return true;
        }
        const std::size_t got = raw(chunk);
        inflater.next_in = reinterpret_cast<Bytef*>(chunk.data());
        inflater.avail_in = static_cast<uInt>(got);
        return got > 0;
    }
};

NiftiStream::NiftiStream() : m_state(std::make_unique<State>()) {}
NiftiStream::NiftiStream(NiftiStream&&) noexcept = default;
NiftiStream& NiftiStream::operator=(NiftiStream&&) noexcept = default;
NiftiStream::~NiftiStream() = default;

base::Expected<NiftiStream> NiftiStream::open(const model::Source& source) {
    NiftiStream out;
    if (source.member.empty()) {
        if (source.stamp != base::FileStamp{}) {
            const auto stamp = base::fileStamp(source.path);
            if (!stamp) {
                return tl::unexpected(stamp.error());
            }
            if (*stamp != source.stamp) {
                return base::fail(ErrorCode::SourceChanged, kPlace);
            }
        }
        out.m_state->file.open(source.path, std::ios::binary);
        if (!out.m_state->file.is_open()) {
            return base::fail(ErrorCode::NotReadable, kPlace);
        }
    } else {
        auto bytes = bytesOf(source);
        if (!bytes) {
            return tl::unexpected(bytes.error());
        }
        out.m_state->owned = std::move(*bytes);
        out.m_state->memory = out.m_state->owned;
    }
    if (!out.m_state->begin()) {
        return base::fail(ErrorCode::OutOfMemory, kPlace);
    }
    return out;
}

NiftiStream NiftiStream::ofMemory(std::string_view bytes) {
    NiftiStream out;
    out.m_state->memory = bytes;
    out.m_state->ended = !out.m_state->begin();
    return out;
}

bool NiftiStream::compressed() const {
    return m_state->compressed;
}

base::Expected<std::size_t> NiftiStream::readSome(std::span<std::byte> out) {
    State& state = *m_state;
    if (!state.compressed) {
        std::size_t done = 0;
        while (done < out.size()) {
            const std::size_t got = state.raw(out.subspan(done));
            if (got == 0) {
                break;
            }
            done += got;
        }
        return done;
    }
    std::size_t done = 0;
    while (done < out.size() && !state.ended) {
        if (!state.refill()) {
            state.ended = true; // the reader sees that there is less than it asked for
            break;
        }
        const std::size_t wanted = std::min<std::size_t>(out.size() - done, 1U << 30);
        state.inflater.next_out = reinterpret_cast<Bytef*>(out.data() + done);
        state.inflater.avail_out = static_cast<uInt>(wanted);
        const int result = inflate(&state.inflater, Z_NO_FLUSH);
        done += wanted - state.inflater.avail_out;
        if (result == Z_STREAM_END) {
            // Another member may follow (RFC 1952 2.2), anything else is no part of the file.
            state.ended =
                !state.refill() || *state.inflater.next_in != 0x1F || inflateReset(&state.inflater) != Z_OK;
        } else if (result != Z_OK && result != Z_BUF_ERROR) {
            return base::fail(ErrorCode::Malformed, kPlace, {"gzip"});
        }
    }
    return done;
}

base::Expected<void> NiftiStream::read(std::span<std::byte> out) {
    const auto got = readSome(out);
    if (!got) {
        return tl::unexpected(got.error());
    }
    return *got == out.size() ? base::Expected<void>() : base::fail(ErrorCode::Truncated, kPlace);
}

base::Expected<void> NiftiStream::skip(std::uint64_t bytes) {
    State& state = *m_state;
    if (!state.compressed && state.file.is_open()) {
        // Beyond the end, the next read says so.
        state.file.seekg(static_cast<std::streamoff>(bytes), std::ios::cur);
        return {};
    }
    std::vector<std::byte> away(static_cast<std::size_t>(std::min<std::uint64_t>(bytes, kChunk)));
    while (bytes > 0) {
        const auto part =
            std::span(away).first(static_cast<std::size_t>(std::min<std::uint64_t>(bytes, away.size())));
        if (auto got = read(part); !got) {
            return got;
        }
        bytes -= part.size();
    }
    return {};
}

} // namespace kamei::intake::volume
