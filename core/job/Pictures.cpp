#include "core/job/Pictures.h"

#include <algorithm>
#include <cerrno>
#include <sys/mman.h>
#include <unistd.h>

#include "core/intake/Format.h"
#include "core/job/StagedSources.h"

namespace kamei::job {
namespace {

using model::Source;

/// Bytes in memory under a path that every reader can open; nothing reaches a disk.
class MemoryFile {
public:
    ~MemoryFile() {
        if (m_descriptor >= 0) {
            ::close(m_descriptor);
        }
    }
    MemoryFile() = default;
    MemoryFile(const MemoryFile&) = delete;
    MemoryFile& operator=(const MemoryFile&) = delete;

    base::Expected<std::filesystem::path> hold(const std::string& bytes) {
        m_descriptor = ::memfd_create("preview", MFD_CLOEXEC);
        std::size_t done = 0;
        while (m_descriptor >= 0 && done < bytes.size()) {
            const ssize_t written = ::write(m_descriptor, bytes.data() + done, bytes.size() - done);
            if (written < 0 && errno != EINTR) {
                break;
            }
            done += written > 0 ? static_cast<std::size_t>(written) : 0;
        }
        if (m_descriptor < 0 || done < bytes.size()) {
            return tl::unexpected(base::errorFromErrno(errno, "job.preview"));
        }
        return std::filesystem::path("/proc/self/fd/" + std::to_string(m_descriptor));
    }

private:
    int m_descriptor = -1;
};

/// Whether a decision changes pixels, so that the source itself does not show how it will be.
bool touchesPixels(const model::Finding& finding) {
    return finding.effective() != model::Action::Keep &&
           (finding.locator.kind == model::Locator::Kind::Pixels || finding.action == model::Action::Mask ||
            finding.action == model::Action::Deface);
}

base::Expected<ShownPicture> decode(const Source& source, std::int32_t frame, bool preview) {
    auto raster = intake::decodePicture(source, frame);
    if (!raster) {
        return tl::unexpected(raster.error());
    }
    return ShownPicture{std::move(*raster), preview};
}

} // namespace

base::Expected<Pictures> Pictures::open(Session& session, base::AssetId asset, Side side) {
    const auto row = session.asset(asset);
    auto sources = session.sources(asset);
    if (!row || !sources) {
        return tl::unexpected(row ? sources.error() : row.error());
    }
    if (!*row || sources->empty()) {
        return base::fail(base::ErrorCode::NotFound, "job.pictures");
    }
    Pictures out;
    for (const Source& source : *sources) {
        out.m_frames += source.frames;
    }
    if (side == Side::After) {
        if (!(*row)->stale) {
            auto staged = stagedSources(session, asset, *sources);
            if (!staged) {
                return tl::unexpected(staged.error());
            }
            if (!staged->empty()) {
                out.m_sources = std::move(*staged);
                return out;
            }
        }
        auto compiled = compileFor(session, (*row)->asset, sources->front().format);
        if (!compiled) {
            return tl::unexpected(compiled.error());
        }
        out.m_preview = true;
        if (std::ranges::any_of((*compiled)->findings, touchesPixels)) {
            out.m_compiled = std::move(*compiled);
        }
    }
    out.m_sources = std::move(*sources);
    return out;
}

base::Expected<ShownPicture> Pictures::frame(std::int32_t number) const {
    for (const Source& source : m_sources) {
        if (number < 1 || number > source.frames) {
            number -= source.frames;
            continue;
        }
        if (m_compiled == nullptr) {
            return decode(source, number, m_preview);
        }
        auto picture = m_compiled->transform->picture(source, number);
        if (!picture) {
            return tl::unexpected(picture.error());
        }
        if (*picture) {
            return ShownPicture{std::move(**picture), m_preview};
        }
        const auto bytes = previewBytes(*m_compiled, source);
        if (!bytes) {
            return tl::unexpected(bytes.error());
        }
        MemoryFile file;
        const auto path = file.hold(*bytes);
        if (!path) {
            return tl::unexpected(path.error());
        }
        Source processed = source;
        processed.path = *path;
        processed.member.clear();
        return decode(processed, number, m_preview);
    }
    return base::fail(base::ErrorCode::NotPossible, "job.pictures");
}

base::Expected<ShownPicture> pictureOf(Session& session, base::AssetId asset, std::int32_t frame, Side side) {
    const auto pictures = Pictures::open(session, asset, side);
    return pictures ? pictures->frame(frame) : tl::unexpected(pictures.error());
}

} // namespace kamei::job
