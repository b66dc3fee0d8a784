#pragma once

#include <QString>
#include <cstdint>
#include <string_view>

#include "core/base/Clock.h"
#include "core/guideline/RuleTable.h"
#include "core/keys/Signing.h"
#include "core/model/Vocabulary.h"
#include "core/release/Gate.h"

namespace kamei::ui::text {

// Words for the codes of core, in the reader's language (glossary of the guideline).

[[nodiscard]] QString categoryName(model::Category value);
/// One letter for the square: 符 識 準 財 結 絡, or P I Q F L C.
[[nodiscard]] QString categoryLetter(model::Category value);
[[nodiscard]] QString requirementName(model::Requirement value);
/// Short form for the pill: 必須 推奨 要判断 保持.
[[nodiscard]] QString requirementPill(model::Requirement value);
[[nodiscard]] QString actionName(model::Action value);
[[nodiscard]] QString stateName(model::DecisionState value);
[[nodiscard]] QString originName(model::Origin value);
[[nodiscard]] QString kindName(model::AssetKind value);
/// Icon of resources/icons for a kind.
[[nodiscard]] QString kindIcon(model::AssetKind value);
[[nodiscard]] QString assetStateName(model::AssetState value);
/// The condition as a statement that holds when it is met.
[[nodiscard]] QString conditionName(release::Condition value);
/// In what capacity somebody works.
[[nodiscard]] QString roleName(keys::Role value);
/// Title of a step of the guideline, 1..8, without its number.
[[nodiscard]] QString stepName(int step);
/// "①".."⑧".
[[nodiscard]] QString stepNumber(int step);
/// What an event word of the audit log means; the word itself when it is not known.
[[nodiscard]] QString auditEventName(const QString& word);
/// A job's word ("import") as what is going on ("Importing").
[[nodiscard]] QString jobName(const QString& word);
/// A phase's word ("search") as what is going on.
[[nodiscard]] QString phaseName(const QString& word);
/// The item of a rule in the reader's language.
[[nodiscard]] QString ruleName(const guideline::Rule& rule);
/// What a text or column label stands for ("PATIENT_NAME" -> patient's name); attribute keywords and unknown
/// labels come back as they are.
[[nodiscard]] QString labelName(std::string_view label);
/// Kind of a known identifier ("patient-name").
[[nodiscard]] QString identifierKindName(std::string_view kind);
/// Empty field of the purpose sheet, by its name in model::PurposeSheet.
[[nodiscard]] QString sheetFieldName(std::string_view field);

/// "P-0007".
[[nodiscard]] QString subjectName(std::int64_t number);
/// A count with the language's grouping.
[[nodiscard]] QString number(std::int64_t value);
/// Local date and time to the minute, "2026-11-21 09:48".
[[nodiscard]] QString dateTime(base::TimeMs time);
/// "18.6 MB".
[[nodiscard]] QString bytes(std::uint64_t size);
/// "02:10" left; empty while unknown (negative).
[[nodiscard]] QString remaining(int seconds);
[[nodiscard]] QString fromUtf8(std::string_view text);

} // namespace kamei::ui::text
