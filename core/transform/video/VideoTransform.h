#pragma once

#include <map>
#include <memory>
#include <span>
#include <string>

#include "core/base/Error.h"
#include "core/model/Asset.h"
#include "core/model/Finding.h"
#include "core/model/Mute.h"
#include "core/transform/Transform.h"

namespace kamei::transform::video {

/// Streams of sound that a person decided to keep: findings at "Video.Audio[1]" that were rejected or changed
/// to stay, and those that stay but for ranges that are silenced (Clean, model::Mute). Without a range that
/// can be read a stream does not stay.
[[nodiscard]] std::map<int, model::Mute> soundKept(std::span<const model::Finding> findings);
/// What it says, for digests.
[[nodiscard]] std::string textOf(const std::map<int, model::Mute>& sound);

/// The transform of "video" (Guideline 4.4, 4.7.1, 5.4.3): findings with the action mask destroy their
/// pixels; what a file says beside its pictures is left behind, decided on or not: tags, chapters, subtitles,
/// attachments, covers, data streams, other video streams, user data among the pictures. Sound is left behind
/// unless a person decided to keep its stream, as it is or with ranges silenced.
///
/// Only groups of pictures that a mask touches are coded anew (see rewrite); the container is written fresh
/// in the source's format. Frames that an edit list hides are left out, which codes the whole anew.
///
/// compile: errors of image::masksOf. apply: SourceChanged, SourceMissing, those of intake::video::readIndex
/// and rewrite. picture() shows the masked frame before it is coded: equal up to the loss of coding.
[[nodiscard]] base::Expected<std::unique_ptr<Transform>>
compileVideo(const model::Asset& asset, std::span<const model::Finding> findings, const Context& context);

} // namespace kamei::transform::video
