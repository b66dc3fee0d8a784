#pragma once

#include <cstdint>
#include <memory>
#include <optional>

#include "core/base/Ids.h"
#include "core/job/Job.h"
#include "core/model/Mask.h"

namespace kamei::job {

/// What is to be followed through the pictures of a clip.
struct TrackSpec {
    base::AssetId asset;
    model::Mask mask;
    std::int32_t from = 1; ///< picture (from 1) on which the mask stands right
};

/// A mask with key frames behind `from`; those before it and the frames on which it is there are as they
/// were.
struct Tracked {
    model::Mask mask;
    std::int32_t reached = 0; ///< last picture on which the figure was found; it rests there from then on
    bool lost = false; ///< found no further, or a new scene begins: a person has to look behind `reached`
};

/// Follows a mask by the looks of what it covers, to its last picture, and puts the outcome into `out`.
/// Changes nothing in the workspace. A box that is lost is not let go: it stays where it was seen last, since
/// a mask that ended there would uncover what nobody looked at (fail closed). Errors: NotPossible ("last") on
/// the last picture, InvalidArgument when there is nothing of a figure in the picture, errors of decoding.
[[nodiscard]] std::unique_ptr<Job> trackJob(std::shared_ptr<Session> session, TrackSpec spec,
                                            std::shared_ptr<std::optional<Tracked>> out);

} // namespace kamei::job
