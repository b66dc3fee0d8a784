#pragma once

#include <cstdint>
#include <stop_token>
#include <string>
#include <vector>

#include "core/base/Error.h"
#include "core/intake/text/TextSource.h"
#include "core/job/Session.h"
#include "core/model/Raster.h"

namespace kamei::job {

/// Which side of the processing is looked at. After is the staged file when it reflects the present
/// decisions, else a preview made from the source with them (`Shown::preview`).
enum class Side { Before, After };

/// One line of the attribute view; children of sequences follow their parent, `depth` tells the level.
struct AttributeLine {
    std::string path; ///< "(0040,0275)[0].(0040,1001)"; items: "(0040,0275)[0]"
    std::string tag;  ///< "(0040,1001)"; empty for an item
    std::string vr;
    std::string keyword; ///< standard keyword; "" for private or unknown
    std::string name;    ///< in English: of the standard, or of the dictionary of private elements
    std::string creator; ///< private elements: owner of the block
    int depth = 0;
    bool isPrivate = false;
    bool isSequence = false;
    bool isItem = false;
    std::string before; ///< decoded value, UTF-8, at most 2,000 code points; binary as "n bytes"
    std::string after;  ///< what stands there after processing; meaningless when removed
    bool removed = false;
    bool added = false;   ///< only in the output (for example PatientIdentityRemoved)
    bool changed = false;
    bool varies = false;  ///< differs between the instances of the series
    base::FindingId finding; ///< none when nothing is decided on it
};

/// Attributes of one instance of a DICOM asset, before and after side by side. After is read from the staged
/// file when it reflects the present decisions, else what they would make of the source.
[[nodiscard]] base::Expected<std::vector<AttributeLine>> attributes(Session& session, base::AssetId asset,
                                                                    std::int64_t sourceIndex);
/// Attributes of all instances, one after another, each under an item "#[n]" where there are several: whoever
/// confirms an asset that has no picture confirms all of them.
[[nodiscard]] base::Expected<std::vector<AttributeLine>> attributesOfAll(Session& session, base::AssetId asset);

/// A text-like asset (text, csv, xml, cda) on one side. NotPossible ("sources") when there are several of it;
/// WorkspaceDamaged when the staged bytes are not those that were recorded.
struct ShownText {
    intake::text::TextSource source;
    bool preview = false;
};
[[nodiscard]] base::Expected<ShownText> textOf(Session& session, base::AssetId asset, Side side);

/// A picture of an asset; frames are counted from 1 over all its sources in order.
struct ShownPicture {
    model::Raster raster;
    bool preview = false;
};
[[nodiscard]] base::Expected<ShownPicture> pictureOf(Session& session, base::AssetId asset, std::int32_t frame,
                                                     Side side);

/// One picture made of all frames of a series, in which burned-in characters stand out. It is as large as the
/// largest frame; smaller ones lie at its upper left, and such as are kept in another way (colour among grey)
/// are fitted to the first: no frame is left out.
struct SeriesOverview {
    model::Raster maximum;
    model::Raster minimum;
    model::Raster variation; ///< maximum - minimum
    model::Raster mean;
    std::int32_t frames = 0;
};
[[nodiscard]] base::Expected<SeriesOverview> overviewOf(Session& session, base::AssetId asset, Side side,
                                                        std::stop_token stop);

} // namespace kamei::job
