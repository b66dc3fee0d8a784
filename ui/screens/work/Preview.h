#pragma once

#include <QString>

#include "core/guideline/RuleTable.h"
#include "core/job/Session.h"
#include "core/model/Finding.h"

namespace kamei::ui::screens::work {

// A finding in the words and rich text of the detail panel.

/// The original, on at most a few lines.
[[nodiscard]] QString valueHtml(const model::Finding& finding);
/// A line below an address in a municipality of few people (Guideline 4.6.1); empty for all else.
[[nodiscard]] QString residentsHtml(const model::Finding& finding);
/// "Guideline 5.2.3, patient name" with a link to the row of the rule table; other sources by name.
[[nodiscard]] QString ruleHtml(const model::Finding& finding, const guideline::RuleTable* rules);
/// Which part found it and on what ground; `from` names the source of a known identifier, `taken` says how
/// often the template of a device was taken, below 0 when that is not known.
[[nodiscard]] QString evidenceText(const model::Finding& finding, const QString& from, std::int64_t taken);
/// On how many assets a person took what the same template of the device proposed; 0 for other findings. Any
/// thread but the GUI's.
[[nodiscard]] std::int64_t timesTaken(const job::Session& session, const model::Finding& finding);
/// Asset and place from which a known identifier was learned; empty for other findings. Any thread but the
/// GUI's.
[[nodiscard]] QString knownFrom(const job::Session& session, const model::Finding& finding);
/// What would stand there after an action; the subject's pseudonym where that is written.
[[nodiscard]] QString previewHtml(const model::Finding& finding, model::Action action,
                                  const QString& pseudonym);

} // namespace kamei::ui::screens::work
