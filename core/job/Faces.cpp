#include "core/job/Faces.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <nlohmann/json.hpp>
#include <utility>

#include "core/intake/volume/Series.h"
#include "core/job/FacesInternals.h"
#include "core/job/StagePlanner.h"
#include "core/job/StagedSources.h"

namespace kamei::job {
namespace {

using base::ErrorCode;

constexpr std::string_view kPlace = "job.faces";

base::Expected<std::shared_ptr<const model::Volume>> readOne(Session& session, base::AssetId id, bool staged,
                                                             const std::stop_token& stop) {
    const auto row = session.asset(id);
    auto sources = session.sources(id);
    if (!row || !sources) {
        return tl::unexpected(row ? sources.error() : row.error());
    }
    if (!*row) {
        return base::fail(ErrorCode::NotFound, kPlace);
    }
    if (staged) {
        sources = stagedSources(session, id, std::move(*sources));
        if (!sources) {
            return tl::unexpected(sources.error());
        }
        if (sources->empty()) {
            return base::fail(ErrorCode::NotPossible, kPlace, {"not-staged"});
        }
    }
    const auto index = judgedVolume(session, id);
    if (!index) {
        return tl::unexpected(index.error());
    }
    auto volume = intake::volume::readVolume((*row)->asset, *sources, stop, nullptr, *index);
    if (!volume) {
        return tl::unexpected(volume.error());
    }
    return std::make_shared<const model::Volume>(std::move(*volume));
}

} // namespace

std::string toJson(const FaceCheck& check) {
    return nlohmann::json{{"verdict", check.verdict},
                          {"score", check.score},
                          {"views", check.views},
                          {"found", check.found},
                          {"meanMm", check.meanMm},
                          {"mostMm", check.mostMm},
                          {"changed", check.changed},
                          {"protectedChanged", check.protectedChanged},
                          {"outsideChanged", check.outsideChanged},
                          {"left", check.left},
                          {"volumes", check.volumes},
                          {"judged", check.judged},
                          {"notes", check.notes}}
        .dump();
}

base::Expected<std::optional<FaceCheck>> storedCheck(const store::Repositories& stores, base::AssetId asset) {
    const auto row = stores.faces.check(asset);
    if (!row || !*row) {
        return row ? base::Expected<std::optional<FaceCheck>>(std::nullopt) : tl::unexpected(row.error());
    }
    FaceCheck out;
    try {
        const auto json = nlohmann::json::parse((*row)->result);
        out.verdict = json.at("verdict").get<std::string>();
        out.score = json.at("score").get<double>();
        out.views = json.at("views").get<std::int32_t>();
        out.found = json.at("found").get<std::int32_t>();
        out.meanMm = json.at("meanMm").get<double>();
        out.mostMm = json.at("mostMm").get<double>();
        out.changed = json.at("changed").get<std::int64_t>();
        out.protectedChanged = json.at("protectedChanged").get<std::int64_t>();
        out.outsideChanged = json.at("outsideChanged").get<std::int64_t>();
        out.left = json.value("left", std::int64_t{0}); // these three: not in checks of the first version
        out.volumes = json.value("volumes", 1);
        out.judged = json.value("judged", 1);
        out.notes = json.at("notes").get<std::vector<std::string>>();
    } catch (const nlohmann::json::exception&) {
        return base::fail(ErrorCode::WorkspaceDamaged, kPlace);
    }
    out.staged = (*row)->staged;
    out.at = (*row)->at;
    out.overruledBy = (*row)->overruledBy;
    out.overruleReason = (*row)->reason;
    return std::optional(std::move(out));
}

base::Expected<std::vector<model::Finding>> faceFindings(Session& session,
                                                         std::optional<base::AssetId> asset) {
    FindingQuery query;
    query.rule = std::string(kFaceRule);
    query.asset = asset;
    auto found = session.findings(query);
    if (found) {
        std::erase_if(*found, [](const model::Finding& f) { return f.label != kFaceLabel; });
    }
    return found;
}

base::Expected<std::size_t> judgedVolume(Session& session, base::AssetId asset) {
    const auto findings = faceFindings(session, asset);
    if (!findings) {
        return tl::unexpected(findings.error());
    }
    for (const model::Finding& finding : *findings) {
        const auto detail = nlohmann::json::parse(finding.detail, nullptr, false);
        if (detail.is_object() && detail.contains("volume") && detail["volume"].is_number_unsigned()) {
            return detail["volume"].get<std::size_t>();
        }
    }
    return std::size_t{0};
}

bool willDeface(const model::Finding& finding) {
    return asStaged({finding}).front().effective() == model::Action::Deface;
}

base::Expected<base::Sha256> putMask(Session& session, const model::VolumeMask& mask) {
    const std::string bytes = mask.bytes();
    const base::Sha256 digest = base::sha256(bytes);
    auto writing = session.internals().write();
    if (!writing) {
        return tl::unexpected(writing.error());
    }
    if (auto put = (*writing)->faces.putMask(digest, bytes); !put) {
        return tl::unexpected(put.error());
    }
    if (auto done = writing->commit(); !done) {
        return tl::unexpected(done.error());
    }
    return digest;
}

base::Expected<model::VolumeMask> loadMask(Session& session, const base::Sha256& digest) {
    auto reading = session.internals().read();
    if (!reading) {
        return tl::unexpected(reading.error());
    }
    const auto bytes = (*reading)->faces.mask(digest);
    if (!bytes) {
        return tl::unexpected(bytes.error());
    }
    if (!*bytes || base::sha256(**bytes) != digest) {
        return base::fail(*bytes ? ErrorCode::WorkspaceDamaged : ErrorCode::NotFound, kPlace, {"mask"});
    }
    return model::VolumeMask::fromBytes(**bytes);
}

std::function<base::Expected<model::VolumeMask>(const base::Sha256&)> volumeMasksOf(Session& session) {
    return [&session](const base::Sha256& digest) { return loadMask(session, digest); };
}

base::Expected<std::vector<FaceRow>> faces(Session& session) {
    auto findings = faceFindings(session);
    if (!findings) {
        return tl::unexpected(findings.error());
    }
    std::map<std::int64_t, std::int64_t> numbers;
    std::vector<FaceRow> out;
    for (model::Finding& finding : *findings) {
        const auto asset = session.asset(finding.asset);
        if (!asset) {
            return tl::unexpected(asset.error());
        }
        if (!*asset) {
            continue;
        }
        FaceRow row;
        row.asset = (*asset)->asset;
        row.excluded = row.asset.state == model::AssetState::Excluded;
        row.detail = finding.detail;
        const auto detail = nlohmann::json::parse(finding.detail, nullptr, false);
        if (detail.is_object()) {
            const auto text = [&](const char* name) {
                return detail.contains(name) && detail[name].is_string() ? detail[name].get<std::string>()
                                                                         : std::string();
            };
            const auto number = [&](const char* name) {
                return detail.contains(name) && detail[name].is_number() ? detail[name].get<double>() : 0.0;
            };
            row.verdict = text("verdict");
            row.score = number("score");
            row.threshold = number("threshold");
        }
        if (finding.subject.valid() && !numbers.contains(finding.subject.value)) {
            const auto subject = session.subject(finding.subject);
            numbers[finding.subject.value] = subject && *subject ? (*subject)->number : 0;
        }
        row.subjectNumber = finding.subject.valid() ? numbers[finding.subject.value] : 0;
        const auto digest = session.stagedDigest(finding.asset);
        auto reading = session.internals().read();
        if (!reading) {
            return tl::unexpected(reading.error());
        }
        auto check = (*reading)->faces.check(finding.asset);
        if (!check) {
            return tl::unexpected(check.error());
        }
        if (*check && digest && (*check)->staged == *digest) {
            auto stored = storedCheck(**reading, finding.asset);
            if (!stored) {
                return tl::unexpected(stored.error());
            }
            row.check = std::move(*stored);
        }
        row.finding = std::move(finding);
        out.push_back(std::move(row));
    }
    return out;
}

base::Expected<std::shared_ptr<const model::Volume>> volumeOf(Session& session, base::AssetId asset,
                                                              std::stop_token stop) {
    return readOne(session, asset, false, stop);
}

base::Expected<std::shared_ptr<const model::Volume>> stagedVolumeOf(Session& session, base::AssetId asset,
                                                                    std::stop_token stop) {
    return readOne(session, asset, true, stop);
}

namespace {

base::Expected<std::optional<model::VolumeMask>>
namedMask(Session& session, const model::Finding& finding,
          std::optional<base::Sha256> model::Deface::*digest) {
    const auto method = model::defaceFromJson(finding.method);
    if (!method || !((*method).*digest)) {
        return method ? base::Expected<std::optional<model::VolumeMask>>(std::nullopt)
                      : tl::unexpected(method.error());
    }
    auto mask = loadMask(session, *((*method).*digest));
    return mask ? base::Expected<std::optional<model::VolumeMask>>(std::move(*mask))
                : tl::unexpected(mask.error());
}

} // namespace

base::Expected<std::optional<model::VolumeMask>> maskOf(Session& session, const model::Finding& finding) {
    return namedMask(session, finding, &model::Deface::mask);
}

base::Expected<std::optional<model::VolumeMask>> behindOf(Session& session, const model::Finding& finding) {
    return namedMask(session, finding, &model::Deface::behind);
}

base::Expected<std::optional<model::VolumeMask>> coverOf(Session& session, const model::Finding& finding) {
    return namedMask(session, finding, &model::Deface::cover);
}

model::Volume defaced(const model::Volume& volume, const model::VolumeMask& mask,
                      const model::VolumeMask& cover, const model::Deface& method) {
    model::Volume out = volume;
    const auto stored = [&volume](double value) {
        const double voxel = volume.slope != 0 ? (value - volume.intercept) / volume.slope : value;
        return static_cast<std::int16_t>(std::clamp(std::round(voxel), -32768.0, 32767.0));
    };
    const std::int16_t fill = stored(method.fill);
    const std::int16_t covered = stored(method.coverValue.value_or(method.fill));
    for (std::size_t i = 0; i < out.voxels.size() && i < mask.voxels(); ++i) {
        if (mask.test(i)) {
            out.voxels[i] = i < cover.voxels() && cover.test(i) ? covered : fill;
        }
    }
    return out;
}

base::Expected<void> addEvidence(Session& session, base::FindingId id, const std::string& view,
                                 const std::string& png, const std::string& by) {
    constexpr std::string_view kSignature("\x89PNG\r\n\x1a\n", 8);
    constexpr std::size_t kMost = 32 << 20;
    if (!png.starts_with(kSignature) || png.size() > kMost) {
        return base::fail(ErrorCode::InvalidArgument, kPlace, {"png"});
    }
    const auto finding = session.finding(id);
    if (!finding) {
        return tl::unexpected(finding.error());
    }
    if (!*finding) {
        return base::fail(ErrorCode::NotFound, kPlace);
    }
    auto& internals = session.internals();
    store::Faces::Evidence row{id, (*finding)->asset, view, base::sha256(png), {}, by, base::nowMs()};
    const std::string name = row.sha256.hex() + ".png";
    row.path = "evidence/" + name;
    auto writing = internals.write();
    if (!writing) {
        return tl::unexpected(writing.error());
    }
    if (auto made = store::makeEvidenceFolder(internals.layout); !made) {
        return made;
    }
    if (auto wrote = base::writeFileAtomically(internals.layout.evidence() / name, png); !wrote) {
        return wrote;
    }
    const auto details = audit::Details()
                             .id("finding", id)
                             .id("asset", row.asset)
                             .digest("sha256", row.sha256)
                             .word("view", view);
    for (auto done :
         {(*writing)->faces.addEvidence(row), internals.log(*writing, by, "face.evidence", details)}) {
        if (!done) {
            return done;
        }
    }
    return writing->commit();
}

} // namespace kamei::job
