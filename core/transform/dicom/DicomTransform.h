#pragma once

#include <memory>
#include <span>

#include "core/base/Error.h"
#include "core/model/Asset.h"
#include "core/model/Finding.h"
#include "core/transform/Transform.h"

namespace kamei::transform::dicom {

/// The transform of the format "dicom" (Guideline 4.7, 5.4.2, 5.4.3; PS3.15 2024b Annex E).
///
/// What no finding speaks of follows the profile: unknown and private attributes are removed, attributes
/// of Table E.1-1 get their action, at every nesting level. The output has an empty preamble and a fresh
/// file meta group, text in ISO_IR 192, no group lengths, elements in ascending order, and the markers of
/// PS3.15 E.1 from what was really done. Transfer syntax: as in the source, except that deflated and big
/// endian become Explicit VR Little Endian, and an object whose touched frames cannot be written back in
/// the source's syntax (JPEG of twelve bits) becomes JPEG-LS without loss. Pixel data is copied and not
/// decoded where neither masks nor bits beside the stored ones change it; see PixelStream.
///
/// apply: SourceMissing, SourceChanged; UnsupportedFormat for what intake::dicom::unopenedPart() names
/// (documents, voices, DICOMDIR; the CDA inside an object is a source of its own); UnsupportedTransferSyntax when a mask falls on pixels that cannot be decoded.
[[nodiscard]] base::Expected<std::unique_ptr<Transform>>
compileDicom(const model::Asset& asset, std::span<const model::Finding> findings, const Context& context);

} // namespace kamei::transform::dicom
