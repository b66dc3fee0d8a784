#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <stop_token>
#include <string_view>
#include <vector>

#include "core/base/Error.h"
#include "core/guideline/RuleTable.h"
#include "core/model/Asset.h"
#include "core/model/Finding.h"
#include "core/model/Mask.h"
#include "core/model/Policy.h"
#include "core/model/Subject.h"

namespace kamei::detect {

/// A mask that was drawn for a device before: proposed for every image of that device and size.
struct DeviceTemplate {
    std::string device; ///< model::Asset::device
    std::string label;
    model::Mask mask;
    std::int64_t hits = 0; ///< assets it was accepted on
};

/// What detectors are given. References outlive the call.
struct Context {
    const guideline::RuleTable& rules;
    const model::Policy& policy;
    /// Known of the asset's subject and of the cohort (clinicians, facilities).
    std::span<const model::KnownIdentifier> known;
    std::span<const DeviceTemplate> templates;
    std::stop_token stop;
};

/// What a detector returns. Ids are unset; asset and subject of findings are filled in by the caller.
struct Detection {
    std::vector<model::Finding> findings;
    std::vector<model::KnownIdentifier> known; ///< learned from this asset (subject unset)
    /// Parts that could not be examined: each blocks release until a person decides (fail closed).
    std::vector<base::Error> unexamined;
    /// Frames with which a new scene of a clip begins, rising; unset where nobody looked.
    std::optional<std::vector<std::int32_t>> cuts{};
};

/// A detector for one format; pure and thread-safe: all sources of one asset in, findings out.
struct Detector {
    std::string_view format; ///< intake::Format::id
    base::Expected<Detection> (*detect)(const model::Asset& asset, std::span<const model::Source> sources,
                                        const Context& context);
};

/// Null when the format has no detector: the asset then needs a person (UnsupportedFormat).
[[nodiscard]] const Detector* detectorFor(std::string_view format);

} // namespace kamei::detect
