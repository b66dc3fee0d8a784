#pragma once

#include <string>
#include <vector>

#include "core/base/Error.h"
#include "core/intake/video/Bytes.h"
#include "core/intake/video/Index.h"

namespace kamei::intake::video {

/// Something that a video says or holds beside its pictures.
/// Keys: "Video.Tag.title", "Video.Stream[1].Tag.handler_name", "Video.Program[0].Tag.service_name",
/// "Video.Chapter[0].Tag.title", "Video.Audio[1]", "Video.Subtitle[2]", "Video.Data[3]",
/// "Video.Attachment[4]", "Video.Cover[5]", "Video.OtherVideo[6]" (numbers as the container has them),
/// "Video.UserData" (SEI, user_data among the pictures), "Video.HiddenFrames" (left out by an edit list,
/// still in the file).
struct Statement {
    std::string key;
    std::string value; ///< UTF-8
};
[[nodiscard]] base::Expected<std::vector<Statement>> readStatements(const Bytes& bytes, const Index& index);

} // namespace kamei::intake::video
