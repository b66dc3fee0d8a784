#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

#include "core/base/Clock.h"
#include "core/base/Digest.h"
#include "core/base/Error.h"
#include "core/base/Ids.h"
#include "core/base/Progress.h"
#include "core/keys/Signing.h"
#include "core/model/Vocabulary.h"
#include "core/release/Report.h"

namespace kamei::release {

/// One staged and confirmed file that goes out, byte for byte.
struct ReleaseFile {
    std::filesystem::path staged; ///< absolute path of the staged object
    base::Sha256 sha256;          ///< what was confirmed
    std::uint64_t size = 0;
    model::AssetKind kind = model::AssetKind::Unreadable;
    base::AssetId asset;   ///< groups files into folders; not written
    std::string pseudonym; ///< 仮ID of the subject; empty: of several people or nobody known
    std::string name;      ///< transform::Transform::outputName
    std::string extension; ///< without dot
    std::string deletedUnder =
        {}; ///< transform::Transform::deletedUnder: the file is the record of a deletion
    /// Part of the DICOM file-set of the release, see DicomDir.
    bool inFileSet = false;
    /// The confirmation of the asset: by whom, when, bound to which digest.
    std::string reviewer;
    base::TimeMs confirmedAt = 0;
    base::Sha256 confirmedDigest;
};

/// How writing ended. Cancelled: nothing is left.
struct Written {
    bool cancelled = false;
    std::int64_t files = 0; ///< data files
    std::uint64_t bytes = 0;
    base::Sha256 manifest; ///< of manifest.json
    /// Files of the file-set that its directory does not list, see writeDicomDir(): they are there all the
    /// same.
    std::int64_t unlisted = 0;
};

/// Looks at the directory of the file-set before it is kept, byte for byte; an error keeps everything back.
using ExamineDirectory = std::function<base::Expected<void>(std::span<const std::byte> bytes)>;

/// Told on the way, so that the caller can put down what a killed run was about to do; an error ends the run
/// with nothing left.
struct Milestones {
    std::function<base::Expected<void>(const std::filesystem::path& partial)> begun{};
    ExamineDirectory directory{};
    /// All is written and compared; the rename comes next.
    std::function<base::Expected<void>(const base::Sha256& manifest)> ready{};
};

/// Writes the data set so that `out` is there whole or not at all:
///
///   out/data/<pseudonym>/<kind>-<nn>/<name>.<ext>   (data/common/... without pseudonym)
///   out/data/DICOMDIR  out/data/DICOM/PA<n>/SE<n>/IM<n>   (files of the file-set: PS3.10 2024b 8.2, 8.6)
///   out/manifest.json  manifest.sha256  manifest.sig (when `signer` is given)  report.html  report.json
///   card.html  terms.html  notice.html
///
/// It is made as out's neighbour "<name>.partial-XXXXXX"; all files are synced, read back from the medium and
/// compared with the confirmed SHA-256, then the folder is renamed. No source paths, no originals, no order
/// of import. The DICOMDIR is made of the files as they were written, given to `milestones.directory`, and listed in the
/// manifest among the documents. `files` come in the order of their assets. Errors: InvalidArgument (nothing
/// to write), PathRefused (a name that is no plain file name), WorkspaceExists (out is there already),
/// WorkspaceDamaged (a staged object does not have its digest), IoError (what was read back differs),
/// NoSpace. After an error nothing is left.
[[nodiscard]] base::Expected<Written>
writeRelease(const std::filesystem::path& out, std::span<const ReleaseFile> files, const ReportData& report,
             std::stop_token stop, base::ProgressSink& progress, const keys::Identity* signer = nullptr,
             const Milestones& milestones = {});

/// One difference between a released folder and its manifest.
struct Difference {
    enum class Kind { Missing, Extra, Changed, NotRegular, ManifestChanged, SignatureBroken };
    Kind kind = Kind::Changed;
    std::string path; ///< relative to the folder
};
[[nodiscard]] std::string_view word(Difference::Kind kind); ///< "missing" "extra" "changed" "not-regular"
                                                            ///< "manifest-changed" "signature-broken"

struct Verification {
    std::int64_t files = 0; ///< listed in the manifest
    std::uint64_t bytes = 0;
    std::vector<Difference> differences; ///< empty: the data set is as it was written
    bool cancelled = false;
    /// Who signed the manifest, when somebody did and the signature holds. Whose key it is has to be known
    /// from elsewhere: compare the fingerprint.
    std::optional<keys::Person> signer = std::nullopt;
};
/// Checks a released data set without the workspace. Errors: NotFound (no manifest), Malformed (it cannot be
/// read), PathRefused (it names a path outside the folder).
[[nodiscard]] base::Expected<Verification> verifyRelease(const std::filesystem::path& folder,
                                                         std::stop_token stop, base::ProgressSink& progress);

} // namespace kamei::release
