#include "core/stage/StageSource.h"

#include <algorithm>

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

} // namespace

base::Expected<Staged> stageSource(const transform::Transform& transform, const model::Source& source,
                                   Batch& batch, const ResidualSearch& search) {
    auto writer = batch.create(transform.extension());
    if (!writer) {
        return tl::unexpected(writer.error());
    }
    const auto result = transform.apply(source, **writer);
    if (!result) {
        return tl::unexpected(result.error());
    }
    const auto file = (*writer)->reread();
    if (!file) {
        return tl::unexpected(file.error());
    }
    const std::span<const std::byte> data = file->bytes();
    Attack attacked = attack(
        data, ResidualSearch::Scan(search, data, contentOf(transform.extension()), result->nativePixels));
    const auto path = batch.add(std::move(*writer), attacked.sha256);
    if (!path) {
        return tl::unexpected(path.error());
    }
    return Staged{attacked.sha256, data.size(), *path, std::move(attacked.residuals)};
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
