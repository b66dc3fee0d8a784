#include "core/stage/StageSource.h"

#include <algorithm>

#include "core/base/DigestLanes.h"
#include "core/base/FileIo.h"

namespace kamei::stage {
namespace {

// Small enough that what was hashed is still in the second-level cache when it is searched.
constexpr std::size_t kWindow = 32 * 1024;
// Bytes in memory at which a group is hashed, however few files it has.
constexpr std::uint64_t kGroupBytes = std::uint64_t{16} << 20U;

struct Attack {
    base::Sha256 sha256;
    std::vector<model::Residual> residuals;
};

/// Files in windows of the same size, for as long as each lasts.
std::vector<Attack> attack(std::span<const std::span<const std::byte>> files,
                           std::vector<ResidualSearch::Scan> scans) {
    base::Sha256Lanes hasher(files.size());
    std::size_t longest = 0;
    for (const auto& file : files) {
        longest = std::max(longest, file.size());
    }
    std::vector<std::span<const std::byte>> windows(files.size());
    for (std::size_t at = 0; at < longest; at += kWindow) {
        for (std::size_t i = 0; i < files.size(); ++i) {
            const std::size_t begin = std::min(at, files[i].size());
            windows[i] = files[i].subspan(begin, std::min(kWindow, files[i].size() - begin));
        }
        hasher.update(windows);
        for (std::size_t i = 0; i < files.size(); ++i) {
            scans[i].advanceTo(std::min(at + kWindow, files[i].size()));
        }
    }
    const auto digests = hasher.finish();
    std::vector<Attack> out;
    for (std::size_t i = 0; i < files.size(); ++i) {
        out.push_back({digests[i], scans[i].finish()});
    }
    return out;
}

/// A source's processed bytes, not yet attacked.
struct Written {
    std::unique_ptr<Batch::Writer> writer;
    std::span<const std::byte> bytes; ///< of the writer
    std::vector<transform::Result::Range> native;
    Content content = Content::Binary;
    std::string notes{};
};

base::Expected<Written> writeOut(const Work& work, Batch& batch) {
    auto writer = batch.create(work.transform.extension());
    if (!writer) {
        return tl::unexpected(writer.error());
    }
    auto result = work.transform.apply(work.source, **writer);
    if (!result) {
        return tl::unexpected(result.error());
    }
    const auto bytes = (*writer)->written();
    if (!bytes) {
        return tl::unexpected(bytes.error());
    }
    return Written{std::move(*writer), *bytes, std::move(result->nativePixels),
                   contentOf(work.transform.extension()), std::move(result->notes)};
}

base::Expected<Staged> keep(Written written, Attack attacked, Batch& batch) {
    const std::size_t size = written.bytes.size();
    const auto path = batch.add(std::move(written.writer), attacked.sha256);
    if (!path) {
        return tl::unexpected(path.error());
    }
    return Staged{attacked.sha256, size, *path, std::move(attacked.residuals), std::move(written.notes)};
}

ResidualSearch::Scan scanOf(const Written& written, const ResidualSearch& search) {
    return {search, written.bytes, written.content, written.native};
}

} // namespace

std::vector<base::Expected<Staged>> stageTogether(std::span<const Work> works, Batch& batch) {
    std::vector<base::Expected<Staged>> out;
    std::vector<Written> group;
    std::vector<std::size_t> places; // in `out`, of the group's
    std::uint64_t bytes = 0;
    for (const Work& work : works.first(std::min(works.size(), base::Sha256Lanes::kMost))) {
        auto written = writeOut(work, batch);
        if (written) {
            bytes += written->bytes.size();
            places.push_back(out.size());
            group.push_back(std::move(*written));
            out.emplace_back();
        } else {
            out.emplace_back(tl::unexpected(written.error()));
        }
        if (bytes >= kGroupBytes) {
            break;
        }
    }
    if (group.empty()) {
        return out;
    }
    std::vector<std::span<const std::byte>> files;
    std::vector<ResidualSearch::Scan> scans;
    for (std::size_t i = 0; i < group.size(); ++i) {
        files.push_back(group[i].bytes);
        scans.push_back(scanOf(group[i], works[places[i]].search));
    }
    auto attacks = attack(files, std::move(scans));
    for (std::size_t i = 0; i < group.size(); ++i) {
        out[places[i]] = keep(std::move(group[i]), std::move(attacks[i]), batch);
    }
    return out;
}

base::Expected<Staged> stageSource(const transform::Transform& transform, const model::Source& source,
                                   Batch& batch, const ResidualSearch& search) {
    const Work work{transform, source, search};
    return std::move(stageTogether({&work, 1}, batch).front());
}

base::Expected<std::vector<model::Residual>> searchStaged(const std::filesystem::path& workspace,
                                                          const model::StagedFile& file,
                                                          const ResidualSearch& search,
                                                          std::span<const transform::Result::Range> native) {
    const auto mapped = base::MappedFile::open(workspace / file.path);
    if (!mapped) {
        return tl::unexpected(mapped.error());
    }
    const std::string extension = file.path.extension().string();
    const Content content = contentOf(extension.empty() ? extension : extension.substr(1));
    const std::span<const std::byte> bytes = mapped->bytes();
    auto attacked = attack({&bytes, 1}, {ResidualSearch::Scan(search, bytes, content, native)});
    if (attacked.front().sha256 != file.sha256) {
        return base::fail(base::ErrorCode::WorkspaceDamaged, "stage.search");
    }
    return std::move(attacked.front().residuals);
}

base::Sha256 planDigest(const base::Sha256& transform, const base::Sha256& source) {
    base::Sha256Hasher hasher;
    hasher.update("kamei.plan.1");
    hasher.update(transform.bytes);
    hasher.update(source.bytes);
    return hasher.finish();
}

} // namespace kamei::stage
