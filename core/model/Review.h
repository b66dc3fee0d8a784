#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "core/base/Clock.h"
#include "core/base/Digest.h"
#include "core/base/Ids.h"

namespace kamei::model {

/// What the residual search found in a staged file.
struct Residual {
    std::string kind;           ///< kind of the known identifier
    std::string encoding;       ///< "utf-8", "utf-16le", "utf-16be", "cp932", "euc-jp", "iso-2022-jp"
    std::uint64_t byteOffset = 0;
    std::string place;          ///< format-specific place, for example the attribute's path; may be empty
    std::uint64_t length = 0;   ///< bytes
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
};

/// The purpose and notice sheet: Guideline 4.9(1)(2), joint use 3.7.1, deleted information 3.8.
struct PurposeSheet {
    std::string purpose;         ///< ① purpose of use
    std::string dataItems;       ///< ② which medical data, how much
    std::string newPurpose;      ///< 3.7.1: purpose after the change
    std::string jointUse;        ///< 3.7.1: that there is joint use
    std::string jointItems;      ///< 3.7.1: items of data used jointly
    std::string jointUsers;      ///< 3.7.1: range of joint users
    std::string jointPurpose;    ///< 3.7.1: purpose of the users
    std::string responsible;     ///< 3.7.1: name, address, representative of the one responsible
    bool keepDeletedInformation = false;
    std::string keepReason;
    std::string keepUntil; ///< YYYY-MM-DD
    friend bool operator==(const PurposeSheet&, const PurposeSheet&) = default;
};

} // namespace kamei::model
