#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/base/Error.h"
#include "core/job/Session.h"
#include "core/model/Policy.h"

namespace kamei::job {

/// A private element of one device over the whole workspace: what a person needs to decide once
/// (Guideline 5.4.2; PS3.15 2024b E.3.10).
struct PrivateElement {
    model::Device device;
    std::string creator; ///< empty: its block has no owner, nothing can keep it
    std::uint16_t group = 0;
    std::uint8_t element = 0; ///< low byte
    std::string place;        ///< "(0019,xx0C)"
    std::string vr;           ///< as which it is understood
    std::string name;         ///< in English, empty when no dictionary knows it
    enum class Advice { None, Keep, Remove };
    Advice advice = Advice::None; ///< of the knowledge base of The Cancer Imaging Archive
    bool safeListed = false;      ///< PS3.15 Table E.3.10-1
    bool diffusion = false;       ///< b-values and gradients: Guideline 5.4.2's example
    std::int64_t series = 0;
    std::int64_t instances = 0;
    std::int64_t distinct = 0;              ///< values over the cohort
    bool distinctAtLeast = false;           ///< there may be more
    std::vector<std::string> examples;      ///< first values, at most 8
    std::int64_t kept = 0;                  ///< series in which it stays, treated by its VR
    std::int64_t removed = 0;               ///< series in which it goes
    std::int64_t open = 0;                  ///< of both: nobody has decided
    std::optional<model::PrivateRule> rule; ///< the row of the site's list that decides
    base::AssetId firstAsset;
    base::FindingId firstFinding;
};

/// All of them, by device, creator, place. Only top-level ones and those in sequences that stay: of a
/// sequence that goes as a whole the sequence itself is listed.
[[nodiscard]] base::Expected<std::vector<PrivateElement>> privateElements(const Session& session);

} // namespace kamei::job
