#include "core/intake/video/Bytes.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace kamei::intake::video {

using base::ErrorCode;

namespace {
constexpr std::string_view kPlace = "intake.video.read";
}

struct Bytes::State {
    int descriptor = -1;
    std::string memory;
    std::vector<Range> ranges;
    std::vector<std::uint64_t> starts; ///< of each range in the joined bytes
    std::uint64_t size = 0;
    base::FileStamp stamp;

    State() = default;
    State(const State&) = delete;
    State& operator=(const State&) = delete;
    ~State() {
        if (descriptor >= 0) {
            ::close(descriptor);
        }
    }

    base::Expected<void> examine() {
        struct stat info {};
        if (::fstat(descriptor, &info) != 0) {
            return tl::unexpected(base::errorFromErrno(errno, kPlace));
        }
        if (!S_ISREG(info.st_mode)) {
            return base::fail(ErrorCode::NotRegularFile, kPlace);
        }
        constexpr std::int64_t kNsPerSecond = 1'000'000'000;
        stamp.size = size = static_cast<std::uint64_t>(info.st_size);
        stamp.modifiedNs =
            static_cast<std::int64_t>(info.st_mtim.tv_sec) * kNsPerSecond + info.st_mtim.tv_nsec;
        ranges = {{0, size}};
        starts = {0};
        return {};
    }
};

base::Expected<Bytes> Bytes::ofFile(const std::filesystem::path& path) {
    auto state = std::make_shared<State>();
    state->descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    if (state->descriptor < 0) {
        base::Error error = base::errorFromErrno(errno, kPlace);
        error.code = error.code == ErrorCode::PermissionDenied ? ErrorCode::NotReadable : error.code;
        return tl::unexpected(std::move(error));
    }
    if (auto known = state->examine(); !known) {
        return tl::unexpected(known.error());
    }
    Bytes out;
    out.m_state = std::move(state);
    return out;
}

base::Expected<Bytes> Bytes::ofDescriptor(int descriptor) {
    auto state = std::make_shared<State>();
    state->descriptor = ::fcntl(descriptor, F_DUPFD_CLOEXEC, 0);
    if (state->descriptor < 0) {
        return tl::unexpected(base::errorFromErrno(errno, kPlace));
    }
    if (auto known = state->examine(); !known) {
        return tl::unexpected(known.error());
    }
    Bytes out;
    out.m_state = std::move(state);
    return out;
}

base::Expected<Bytes> Bytes::ofRanges(const std::filesystem::path& path, std::vector<Range> ranges) {
    auto whole = ofFile(path);
    if (!whole) {
        return whole;
    }
    auto state = std::make_shared<State>();
    state->descriptor = ::fcntl(whole->m_state->descriptor, F_DUPFD_CLOEXEC, 0);
    if (state->descriptor < 0) {
        return tl::unexpected(base::errorFromErrno(errno, kPlace));
    }
    const std::uint64_t end = whole->size();
    state->stamp = whole->stamp();
    for (const Range& range : ranges) {
        if (range.offset > end || range.length > end - range.offset) {
            return base::fail(ErrorCode::Truncated, kPlace);
        }
        state->starts.push_back(state->size);
        state->size += range.length;
    }
    state->ranges = std::move(ranges);
    Bytes out;
    out.m_state = std::move(state);
    return out;
}

Bytes Bytes::ofMemory(std::string content) {
    auto state = std::make_shared<State>();
    state->size = content.size();
    state->memory = std::move(content);
    Bytes out;
    out.m_state = std::move(state);
    return out;
}

std::uint64_t Bytes::size() const {
    return m_state->size;
}

const base::FileStamp& Bytes::stamp() const {
    return m_state->stamp;
}

base::Expected<std::size_t> Bytes::read(std::uint64_t at, std::span<std::byte> out) const {
    const State& state = *m_state;
    if (at >= state.size || out.empty()) {
        return std::size_t{0};
    }
    const auto wanted = static_cast<std::size_t>(std::min<std::uint64_t>(out.size(), state.size - at));
    if (state.descriptor < 0) {
        std::memcpy(out.data(), state.memory.data() + at, wanted);
        return wanted;
    }
    std::size_t done = 0;
    auto range = static_cast<std::size_t>(std::upper_bound(state.starts.begin(), state.starts.end(), at) -
                                          state.starts.begin() - 1);
    while (done < wanted) {
        const std::uint64_t within = at + done - state.starts[range];
        if (within >= state.ranges[range].length) {
            ++range;
            continue;
        }
        const auto part = static_cast<std::size_t>(
            std::min<std::uint64_t>(wanted - done, state.ranges[range].length - within));
        const ssize_t got = ::pread(state.descriptor, out.data() + done, part,
                                    static_cast<off_t>(state.ranges[range].offset + within));
        if (got < 0) {
            if (errno == EINTR) {
                continue;
            }
            return tl::unexpected(base::errorFromErrno(errno, kPlace));
        }
        if (got == 0) {
            return base::fail(ErrorCode::Truncated, kPlace);
        }
        done += static_cast<std::size_t>(got);
    }
    return done;
}

} // namespace kamei::intake::video
