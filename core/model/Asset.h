#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "core/base/Clock.h"
#include "core/base/Digest.h"
#include "core/base/Error.h"
#include "core/base/FileIo.h"
#include "core/base/Ids.h"
#include "core/model/Vocabulary.h"

namespace kamei::model {

/// One file (or one member of an archive) that was imported. Never written to.
struct Source {
    base::SourceId id;
    base::AssetId asset;
    std::filesystem::path path; ///< absolute
    std::string member;         ///< name inside an archive; empty for a plain file
    base::FileStamp stamp;
    base::Sha256 sha256;
    std::string format; ///< id of the format row, for example "dicom", "text", "csv", "cda", "jpeg"
    /// Format-specific facts that later steps need without opening the file, as JSON: for DICOM
    /// {"sop","class","ts","number","frames","rows","columns","photometric","bits"}; for text {"encoding"}.
    std::string facts;
    std::int64_t order = 0; ///< place in the asset (instance number, else order of import)
    std::int32_t frames = 0; ///< pictures in this source; 0 when it has none
};

/// What is decided on and looked at as one: a DICOM series, a document, a table, a picture.
struct Asset {
    base::AssetId id;
    base::SubjectId subject; ///< none: of several people or of nobody known
    AssetKind kind = AssetKind::Unreadable;
    AssetState state = AssetState::Imported;
    std::string title;    ///< what the window shows: description or kind, never the file's name; may be identifying
    std::string modality; ///< DICOM modality, else empty
    std::string device;   ///< "manufacturer|model|software|rows x columns|photometric|modality", else empty
    std::string group;    ///< what binds its sources: Series Instance UID, else the source's SHA-256
    std::int64_t sources = 0;
    std::int64_t frames = 0;
    std::int64_t revision = 0; ///< grows with every decision or mask that touches the asset
    std::optional<base::Error> problem; ///< why it is unreadable or needs a person
    base::TimeMs importedAt = 0;
    bool several = false; ///< what it holds names several people: it can be no one person's
    bool assignedByHand = false; ///< a person said whose it is, or that nobody knows: import leaves it so
};

} // namespace kamei::model
