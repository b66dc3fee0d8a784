#include "core/stage/StageSource.h"

#include <algorithm>

#include "core/base/DigestPair.h"
#include "core/base/FileIo.h"

namespace kamei::stage {
namespace {

// Small enough that what was hashed is still in the second-level cache when it is searched.
constexpr std::size_t kWindow = 64 * 1024;

struct Attack {
    base::Sha256 sha256;
    std::vector<model::Residual> residuals;
};

Attack attack(std::span<const std::byte> data, ResidualSearch::Scan scan) {
    base::Sha256Hasher hasher;
    for (std::size_t at = 0; at < data.size(); at += kWindow) {
        const std::size_t size = std::min(kWindow, data.size() - at);
        hasher.update(data.subspan(at, size));
        scan.advanceTo(at + size);
    }
    return {hasher.finish(), scan.finish()};
}

/// Two files in windows of the same size, for as long as both last.
std::array<Attack, 2> attackPair(const std::array<std::span<const std::byte>, 2>& data,
                                 std::array<ResidualSearch::Scan, 2> scans) {
    base::Sha256Pair hasher;
    const std::size_t longest = std::max(data[0].size(), data[1].size());
    const auto window = [](std::span<const std::byte> all, std::size_t at) {
        const std::size_t begin = std::min(at, all.size());
        return all.subspan(begin, std::min(kWindow, all.size() - begin));
    };
    for (std::size_t at = 0; at < longest; at += kWindow) {
        hasher.update(window(data[0], at), window(data[1], at));
        for (std::size_t i = 0; i < scans.size(); ++i) {
            scans[i].advanceTo(std::min(at + kWindow, data[i].size()));
        }
    }
    const auto digests = hasher.finish();
    return {Attack{digests[0], scans[0].finish()}, Attack{digests[1], scans[1].finish()}};
}

/// A source's processed bytes, not yet attacked.
struct Written {
    std::unique_ptr<Batch::Writer> writer;
    std::span<const std::byte> bytes; ///< of the writer
    std::vector<transform::Result::Range> native;
    Content content = Content::Binary;
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
                   contentOf(work.transform.extension())};
}

base::Expected<Staged> keep(Written written, Attack attacked, Batch& batch) {
    const std::size_t size = written.bytes.size();
    const auto path = batch.add(std::move(written.writer), attacked.sha256);
    if (!path) {
        return tl::unexpected(path.error());
    }
    return Staged{attacked.sha256, size, *path, std::move(attacked.residuals)};
}

ResidualSearch::Scan scanOf(const Written& written, const ResidualSearch& search) {
    return {search, written.bytes, written.content, written.native};
}

base::Expected<Staged> attackAndKeep(Written written, const ResidualSearch& search, Batch& batch) {
    Attack attacked = attack(written.bytes, scanOf(written, search));
    return keep(std::move(written), std::move(attacked), batch);
}

} // namespace

base::Expected<Staged> stageSource(const transform::Transform& transform, const model::Source& source,
                                   Batch& batch, const ResidualSearch& search) {
    auto written = writeOut({transform, source, search}, batch);
    if (!written) {
        return tl::unexpected(written.error());
    }
    return attackAndKeep(std::move(*written), search, batch);
}

std::array<base::Expected<Staged>, 2> stagePair(const std::array<Work, 2>& work, Batch& batch) {
    auto first = writeOut(work[0], batch);
    auto second = writeOut(work[1], batch);
    if (!first || !second) {
        const auto alone = [&](base::Expected<Written>& written, const Work& one) -> base::Expected<Staged> {
            if (!written) {
                return tl::unexpected(written.error());
            }
            return attackAndKeep(std::move(*written), one.search, batch);
        };
        return {alone(first, work[0]), alone(second, work[1])};
    }
    auto attacked = attackPair({first->bytes, second->bytes},
                               {scanOf(*first, work[0].search), scanOf(*second, work[1].search)});
    return {keep(std::move(*first), std::move(attacked[0]), batch),
            keep(std::move(*second), std::move(attacked[1]), batch)};
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
    Attack attacked = attack(mapped->bytes(), ResidualSearch::Scan(search, mapped->bytes(), content, native));
    if (attacked.sha256 != file.sha256) {
        return base::fail(base::ErrorCode::WorkspaceDamaged, "stage.search");
    }
    return std::move(attacked.residuals);
}

base::Sha256 planDigest(const base::Sha256& transform, const base::Sha256& source) {
    base::Sha256Hasher hasher;
    hasher.update("kamei.plan.1");
    hasher.update(transform.bytes);
    hasher.update(source.bytes);
    return hasher.finish();
}

} // namespace kamei::stage
