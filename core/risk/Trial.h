#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/Error.h"
#include "core/risk/Risk.h"

namespace kamei::risk {

/// One of the methods of Guideline 4.7.2 tried on one field: nothing of the workspace changes.
struct Trial {
    enum class Method {
        DeleteField,   ///< 項目削除
        DeleteCells,   ///< セル削除: of those singled out by the field alone or with others
        DeleteRecords, ///< レコード削除: of those singled out
        Generalise, ///< 一般化: a number to bands of `amount`; a date to month, then year; a municipality to
                    ///< its prefecture; a postal code to its first three digits
        TopCode,        ///< トップコーディング: numbers above `amount`
        BottomCode,     ///< ボトムコーディング: numbers below `amount`
        Microaggregate, ///< ミクロアグリゲーション: numbers in groups of `amount`, each to its mean
        Swap,  ///< データ交換: the share `amount` (0..1) of the people change values among each other
        Noise, ///< ノイズ付加: numbers, normal with standard deviation `amount`
        Synthesise, ///< 疑似データ生成: `amount` artificial people with values drawn field by field
    };
    std::string field; ///< empty for DeleteRecords and Synthesise
    Method method = Method::Generalise;
    double amount = 0;
};
[[nodiscard]] std::string_view word(Trial::Method method); ///< "delete-field" ... "synthesise"
/// "age=generalise:10", "occupation=delete-field", "delete-records", "synthesise:50". InvalidArgument
/// otherwise.
[[nodiscard]] base::Expected<Trial> trialFromText(std::string_view text);

/// What a trial takes from a field.
struct FieldLoss {
    std::string field;
    std::int64_t filled = 0;  ///< people with a value before
    std::int64_t changed = 0; ///< of them with another value, or none
    std::int64_t distinctBefore = 0;
    std::int64_t distinctAfter = 0;
    double lost = 0; ///< share of the entropy of the values (Shannon) that is gone, 0..1
};

struct Tried {
    std::vector<SubjectTraits> subjects;
    std::vector<FieldLoss> losses;
    std::int64_t recordsDeleted = 0;
    std::int64_t recordsAdded = 0; ///< with invalid ids: they hide others and are nobody
};

/// Carries out trials in order. `seed` makes chance repeatable. InvalidArgument: a method that means nothing
/// for the values of its field (noise on words), an amount out of range, an unknown field.
[[nodiscard]] base::Expected<Tried> tried(std::span<const SubjectTraits> subjects,
                                          std::span<const Trial> trials, std::uint32_t seed = 1);

} // namespace kamei::risk
