#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "core/base/Clock.h"
#include "core/base/Digest.h"
#include "core/base/Ids.h"
#include "core/model/Vocabulary.h"

namespace kamei::model {

/// What the residual search found in a staged file.
struct Residual {
    std::string kind;     ///< kind of the known identifier
    std::string encoding; ///< "utf-8", "utf-16le", "utf-16be", "cp932", "euc-jp", "iso-2022-jp"
    std::uint64_t byteOffset = 0;
    std::string place;        ///< format-specific place, for example the attribute's path; may be empty
    std::uint64_t length = 0; ///< bytes
};

/// A processed file in the workspace, named by its content.
struct StagedFile {
    base::SourceId source;
    base::AssetId asset;
    std::filesystem::path path; ///< relative to the workspace
    base::Sha256 sha256;
    std::uint64_t size = 0;
    base::Sha256 plan; ///< digest of all decisions that shaped it; stale when the present plan differs
    base::TimeMs stagedAt = 0;
    std::vector<Residual> residuals;
    /// How it was written, where that is not what was to be expected; stable words apart by spaces:
    /// "video-anew" (all pictures of a video were coded anew, since pieces of it did not hold), "sound-anew" (a
    /// stream of sound was, with silence in ranges).
    std::string notes{};
};

/// What a person said after looking at an asset's staged bytes.
struct Confirmation {
    enum class Verdict { Confirmed, SentBack };
    base::AssetId asset;
    base::Sha256 sha256; ///< of the staged file, or over the staged SHA-256 of all files in order
    Verdict verdict = Verdict::Confirmed;
    std::string reviewer;
    std::string note;
    std::int64_t shown = 0; ///< pictures, pages or parts that were on screen
    std::int64_t total = 0;
    base::TimeMs at = 0;
    /// What was shown, in words of the product: "frames" "overview" "pages" "whole", and "original" where the
    /// original was on the screen too; joined by "+".
    std::string seen = {};
    /// Public key (hexadecimal) that signed its entry of the audit log; empty without; read, never written.
    std::string signer = {};
    [[nodiscard]] bool isSigned() const { return !signer.empty(); }
};

/// What an examiner says of one thing drawn into a sample.
enum class Judgement {
    None,
    Clean,  ///< nothing in it identifies a person
    Leak,   ///< something does
    Unsure, ///< a second opinion is wanted; counts as a leak until there is one
};

/// A random sample of confirmed data, drawn to be examined.
struct AuditSample {
    /// One kind of data: how much of it there was, how much was drawn.
    struct Stratum {
        AssetKind kind = AssetKind::Unreadable;
        std::int64_t population = 0;
        std::int64_t drawn = 0;
        friend bool operator==(const Stratum&, const Stratum&) = default;
    };
    std::int64_t id = 0;
    base::Sha256 seed;
    double confidence = 0.95; ///< wanted, 0..1
    double tolerated = 0.01;  ///< share of leaks that a sample without any shall exclude
    std::string drawnBy;
    base::TimeMs drawnAt = 0;
    std::vector<Stratum> strata;
};

struct AuditItem {
    std::int64_t sample = 0;
    std::int64_t position = 0; ///< in the order in which it is to be looked at, from 1
    base::AssetId asset;
    base::Sha256 sha256; ///< staged digest when it was drawn
    Judgement judgement = Judgement::None;
    std::string note = {};
    std::string judgedBy = {};
    base::TimeMs judgedAt = 0;
    bool sentBack = false;
};

/// The purpose and notice sheet: Guideline 4.9(1)(2), joint use 3.7.1, deleted information 3.8.
struct PurposeSheet {
    std::string purpose;      ///< ① purpose of use
    std::string dataItems;    ///< ② which medical data, how much
    std::string newPurpose;   ///< 3.7.1: purpose after the change
    std::string jointUse;     ///< 3.7.1: that there is joint use
    std::string jointItems;   ///< 3.7.1: items of data used jointly
    std::string jointUsers;   ///< 3.7.1: range of joint users
    std::string jointPurpose; ///< 3.7.1: purpose of the users
    std::string responsible;  ///< 3.7.1: name, address, representative of the one responsible
    bool keepDeletedInformation = false;
    std::string keepReason;
    std::string keepUntil; ///< YYYY-MM-DD
    /// What people wrote beside: "basis.provider" "basis.stage" "basis.aim" "basis.recipient" (words of
    /// guideline::Situation), "contract.1" ... (3.7.2: what was agreed), "need.<label>" (4.9(8): for what the
    /// purpose needs a kept item). Without empty values.
    std::map<std::string, std::string> notes = {};
    friend bool operator==(const PurposeSheet&, const PurposeSheet&) = default;
};

} // namespace kamei::model
