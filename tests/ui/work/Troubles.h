#pragma once

#include "core/base/Digest.h"
#include "tests/ui/work/Bench.h"

// Makes assets of a bench need somebody for other reasons than open findings.
namespace kamei::bench {

/// A staged file of the present decisions with these residuals.
inline void stageWith(Bench& bench, base::AssetId asset, std::vector<model::Residual> residuals) {
    const auto sources = *bench.session->sources(asset);
    const auto row = *bench.session->asset(asset);
    model::StagedFile file;
    file.source = sources.front().id;
    file.asset = asset;
    file.path = "staged/none";
    file.sha256 = base::sha256("staged " + std::to_string(asset.value));
    file.size = 10;
    file.stagedAt = base::nowMs();
    file.residuals = std::move(residuals);
    auto writing = *bench.session->internals().write();
    static_cast<void>(writing->staged.upsert({&file, 1}, row->asset.revision));
    static_cast<void>(writing.commit());
}

inline model::Residual residual(const char* kind, const char* encoding, std::uint64_t at,
                                const char* place = "") {
    model::Residual found;
    found.kind = kind;
    found.encoding = encoding;
    found.byteOffset = at;
    found.place = place;
    found.length = 8;
    return found;
}

inline bool sendBack(Bench& bench, base::AssetId asset, const char* note) {
    model::Confirmation back;
    back.asset = asset;
    back.sha256 = *bench.session->stagedDigest(asset);
    back.verdict = model::Confirmation::Verdict::SentBack;
    back.reviewer = "早瀬 綾子";
    back.note = note;
    return bench.session->confirm(back).has_value();
}

inline void changeSource(Bench& bench, base::AssetId asset) {
    std::ofstream(bench.session->sources(asset)->front().path, std::ios::app) << "later\n";
}

inline void alter(Bench& bench, base::AssetId id, const std::function<void(model::Asset&)>& how) {
    model::Asset asset = (*bench.session->asset(id))->asset;
    how(asset);
    auto writing = *bench.session->internals().write();
    static_cast<void>(writing->assets.update(asset));
    static_cast<void>(writing->assets.setProblem(id, store::ProblemOrigin::Detect, asset.problem));
    static_cast<void>(writing.commit());
}

} // namespace kamei::bench
