#pragma once

#include <memory>
#include <span>

#include "core/base/Error.h"
#include "core/model/Asset.h"
#include "core/model/Finding.h"
#include "core/transform/Transform.h"

namespace kamei::transform::text {

/// The transforms of "text", "csv", "xml" and "cda" (Guideline 4.7, 5.2.3). What findings with a decided
/// action cover is rewritten, everything else stays byte for byte:
///
/// - delete: a placeholder like [氏名] in running text, nothing where a whole cell, attribute or text node
///   goes; in CDA an attribute that would be empty goes, and what has no value left says so
///   (nullFlavor="MSK");
/// - replace: patient names and numbers by the subject's 仮ID, other values by a token that is stable in the
///   workspace, roots of CDA identifiers by a UID, dates as shift;
/// - generalise: birth dates and dates to year and month, addresses to the municipality, ages to the decade;
/// - shift, noise: dates by the subject's shift, in the notation they have;
/// - top-code: ages of 90 and over;
/// - what an action cannot be applied to (an unreadable date, an unknown address) is deleted.
///
/// Overlapping findings are treated as one range by the strictest action. In tables of several people
/// each row follows the person whose patient number it holds (Context::cohort).
///
/// compile: NotPossible (args: action) for actions that text cannot undergo, InvalidArgument for findings
/// whose place is not in a text. apply: the errors of intake::readContent and TextSource.
[[nodiscard]] base::Expected<std::unique_ptr<Transform>>
compileText(const model::Asset& asset, std::span<const model::Finding> findings, const Context& context);

/// The same for "hl7v2" and "fhir": values keep the escapes of their format, in FHIR a value of which nothing is left
/// goes with its name, ids and references to them are replaced alike (newReference), and in a file about several people
/// each part follows the person it is about.
[[nodiscard]] base::Expected<std::unique_ptr<Transform>>
compileHl7(const model::Asset& asset, std::span<const model::Finding> findings, const Context& context);
[[nodiscard]] base::Expected<std::unique_ptr<Transform>>
compileFhir(const model::Asset& asset, std::span<const model::Finding> findings, const Context& context);

} // namespace kamei::transform::text
