#pragma once

#include <optional>
#include <string_view>

namespace kamei::model {

/// Kinds of description, Guideline 4.3. `None` is what falls in no kind.
enum class Category { Code1, Code2, Identifier, QuasiIdentifier, Financial, LinkingCode, Contact, None };

/// How strongly the guideline asks for processing (5.2.3): 必須, 推奨, なし～推奨, なし.
enum class Requirement { Required, Recommended, Conditional, None };

/// What is done with a finding (Guideline 4.7). `Clean` takes identifiers out of free text and leaves
/// the rest; `Replace` puts a pseudonymous value; `Shift` moves a date by the subject's shift.
enum class Action {
    Keep,
    Delete,
    Replace,
    Generalise,
    Shift,
    Clean,
    Mask,
    Deface,
    TopCode,
    BottomCode,
    Microaggregate,
    Swap,
    Noise,
    Synthesise,
};

/// What a person said of a finding. Accepted: the suggestion; Changed: another action; Rejected: not
/// an identifier, left as it is.
enum class DecisionState { Open, Accepted, Changed, Rejected };

/// Where a finding comes from.
enum class Origin { Rule, Model, Known, Device, Ocr, Face, Person };

/// Kinds of asset; the words stand in the command line's output: they never change.
enum class AssetKind {
    DicomSeries,
    DicomVideo,
    DicomSlide,
    DicomDocument,
    Text,
    Document,
    Table,
    Image,
    Video,
    Slide,
    Signal,
    Genome,
    Pdf,
    Volume,
    Unreadable,
};

/// Where an asset stands on its way: imported, detected, decided (nothing open), staged (present
/// decisions written), confirmed (present SHA-256 looked at), sent back, excluded from release.
enum class AssetState { Imported, Detected, Decided, Staged, Confirmed, SentBack, Excluded };

/// Whether the asset comes as DICOM files: their attributes leave with it, whatever else it shows.
[[nodiscard]] bool isDicom(AssetKind kind);

[[nodiscard]] std::string_view word(Category value);
[[nodiscard]] std::string_view word(Requirement value);
[[nodiscard]] std::string_view word(Action value);
[[nodiscard]] std::string_view word(DecisionState value);
[[nodiscard]] std::string_view word(Origin value);
[[nodiscard]] std::string_view word(AssetKind value);
[[nodiscard]] std::string_view word(AssetState value);

[[nodiscard]] std::optional<Category> categoryFromWord(std::string_view text);
[[nodiscard]] std::optional<Requirement> requirementFromWord(std::string_view text);
[[nodiscard]] std::optional<Action> actionFromWord(std::string_view text);
[[nodiscard]] std::optional<DecisionState> decisionStateFromWord(std::string_view text);
[[nodiscard]] std::optional<AssetKind> assetKindFromWord(std::string_view text);

} // namespace kamei::model
