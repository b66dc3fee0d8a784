#pragma once

#include <QString>
#include <vector>

#include "core/model/Finding.h"
#include "core/model/Mute.h"

namespace kamei::ui::views::image {

/// A stream of sound of a clip, and what is decided of it.
struct SoundItem {
    enum class Fate { Removed, SilentInParts, Whole };

    base::FindingId finding;
    int number = 0; ///< among the streams of sound of the clip, from 1; 0 where there is only one
    Fate fate = Fate::Removed;
    bool open = true;    ///< nobody has decided: it leaves no more than a removed one
    bool unsaid = false; ///< a draft: marked, but not decided yet
    model::Mute mute;    ///< ranges that are silent; SilentInParts only
    QString reason;
    bool removalSuggested = true;

    friend bool operator==(const SoundItem&, const SoundItem&) = default;
};

[[nodiscard]] QString nameOf(const SoundItem& sound);  ///< "Sound", "Sound 2"
[[nodiscard]] QString wordsOf(const SoundItem& sound); ///< what becomes of it

/// The streams of sound among the findings of an asset that may be kept, in order.
[[nodiscard]] std::vector<SoundItem> soundItems(const std::vector<model::Finding>& findings);

} // namespace kamei::ui::views::image
