#include <algorithm>

#include "core/intake/volume/Series.h"
#include "core/job/FacesInternals.h"

namespace kamei::job {

base::Expected<std::vector<std::string>> FramesOfReference::of(base::AssetId asset) {
    if (const auto known = m_known.find(asset.value); known != m_known.end()) {
        return known->second;
    }
    const auto row = m_session.asset(asset);
    const auto sources = m_session.sources(asset);
    if (!row || !sources) {
        return tl::unexpected(row ? sources.error() : row.error());
    }
    std::vector<std::string> out;
    if (*row && (*row)->asset.kind == model::AssetKind::DicomSeries) {
        const auto listing = intake::volume::listVolumes((*row)->asset, *sources);
        for (const auto& volume : listing ? listing->volumes : std::vector<intake::volume::VolumeInfo>()) {
            if (!volume.frameOfReference.empty() &&
                std::ranges::find(out, volume.frameOfReference) == out.end()) {
                out.push_back(volume.frameOfReference);
            }
        }
    }
    m_known.emplace(asset.value, out);
    return out;
}

base::Expected<bool> FramesOfReference::shared(base::AssetId one, base::AssetId other) {
    const auto own = of(one);
    const auto theirs = of(other);
    if (!own || !theirs) {
        return tl::unexpected(own ? theirs.error() : own.error());
    }
    return std::ranges::any_of(
        *theirs, [&](const std::string& uid) { return std::ranges::find(*own, uid) != own->end(); });
}

base::Expected<std::vector<model::Finding>> concerned(Session& session, const model::Finding& finding,
                                                      bool wholeSubject, FramesOfReference& frames) {
    auto all = faceFindings(session);
    if (!all) {
        return tl::unexpected(all.error());
    }
    std::vector<model::Finding> out{finding};
    for (model::Finding& other : *all) {
        if (other.id == finding.id || other.subject != finding.subject) {
            continue;
        }
        base::Expected<bool> same = other.asset == finding.asset || (wholeSubject && finding.subject.valid());
        if (!*same) {
            same = frames.shared(finding.asset, other.asset);
        }
        if (!same) {
            return tl::unexpected(same.error());
        }
        if (*same) {
            out.push_back(std::move(other));
        }
    }
    return out;
}

base::Expected<std::vector<model::Finding>> companions(Session& session, const model::Finding& finding,
                                                       FramesOfReference& frames) {
    const auto known = faceFindings(session);
    AssetQuery query;
    query.subject = finding.subject;
    query.kind = model::AssetKind::DicomSeries;
    const auto assets = session.assets(query);
    if (!known || !assets) {
        return tl::unexpected(known ? assets.error() : known.error());
    }
    std::vector<model::Finding> out;
    for (const AssetRow& row : *assets) {
        const bool told = std::ranges::any_of(
            *known, [&](const model::Finding& other) { return other.asset == row.asset.id; });
        if (told || row.asset.id == finding.asset) {
            continue;
        }
        const auto same = frames.shared(finding.asset, row.asset.id);
        if (!same) {
            return tl::unexpected(same.error());
        }
        if (!*same) {
            continue;
        }
        model::Finding added;
        added.asset = row.asset.id;
        added.subject = row.asset.subject;
        added.locator.kind = model::Locator::Kind::Asset;
        added.label = finding.label;
        added.rule = finding.rule;
        added.detector = "volume.face";
        added.category = finding.category;
        added.requirement = finding.requirement;
        added.suggested = model::Action::Deface;
        added.origin = model::Origin::Person;
        out.push_back(std::move(added));
    }
    return out;
}

} // namespace kamei::job
