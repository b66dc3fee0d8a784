#pragma once

#include <cstdint>
#include <set>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "core/base/Error.h"
#include "core/job/ImportReader.h"
#include "core/job/SessionInternals.h"
#include "core/job/SubjectMatcher.h"
#include "core/transform/pseudonym/Pseudonym.h"

namespace kamei::job {

/// Puts what import read into the workspace, a batch a transaction, and assigns subjects.
///
/// Content that is there already (same SHA-256) is left alone, apart from its place when the old one is
/// gone. A changed file replaces what was read from its place. Whom a source is about says SubjectMatcher; a
/// source that names nobody takes the subject of its folder when everything else in the folder that names
/// somebody names the same person, otherwise none. What a person said of an asset stays. One thread at a
/// time.
class ImportWriter {
public:
    [[nodiscard]] static base::Expected<ImportWriter> create(Session::Internals& internals, std::string by);

    [[nodiscard]] base::Expected<void> write(std::span<ImportedFile> files);
    /// Resolves sources that could not be assigned at once. Can be left out after a cancel: the next
    /// import of the same files does it.
    [[nodiscard]] base::Expected<void> finish();

    [[nodiscard]] std::int64_t added() const { return m_added; }
    [[nodiscard]] std::int64_t unchanged() const { return m_unchanged; }
    [[nodiscard]] std::int64_t problems() const { return m_problems; }

private:
    ImportWriter(Session::Internals& internals, std::string by, transform::pseudonym::Key key,
                 SubjectMatcher matcher)
        : m_internals(internals), m_by(std::move(by)), m_key(std::move(key)), m_matcher(std::move(matcher)) {}

    struct Pending {
        base::AssetId asset;
        std::string folder;
        model::SubjectHint hint;
    };
    struct Place {
        base::AssetId asset;
        base::SubjectId subject;
        bool byHand = false; ///< model::Asset::assignedByHand
    };

    [[nodiscard]] base::Expected<void> writeOne(store::Writing& writing, ImportedFile& file);
    /// True when the file is there already and nothing has to be added.
    [[nodiscard]] base::Expected<bool> alreadyThere(store::Writing& writing, const ImportedFile& file);
    [[nodiscard]] base::Expected<void> removeSource(store::Writing& writing, const model::Source& source);
    [[nodiscard]] base::Expected<void> insert(store::Writing& writing, ImportedFile& file);
    [[nodiscard]] base::Expected<Place> assetFor(store::Writing& writing, const ImportedFile& file,
                                                 base::SubjectId subject);
    [[nodiscard]] base::Expected<base::SubjectId> subjectFor(store::Writing& writing,
                                                             const model::SubjectHint& hint);
    /// Tables and samples of several people hold the pseudonyms of all: with new people they are outdated.
    [[nodiscard]] base::Expected<void> outdateTables(store::Writing& writing);
    void note(const ImportedFile& file, const Place& place);

    Session::Internals& m_internals;
    std::string m_by;
    transform::pseudonym::Key m_key;
    SubjectMatcher m_matcher;
    std::unordered_map<std::string, Place> m_assets;
    std::unordered_map<std::string, std::set<std::int64_t>> m_folderSubjects;
    std::vector<Pending> m_pending;
    bool m_newPeople = false;
    std::int64_t m_added = 0;
    std::int64_t m_unchanged = 0;
    std::int64_t m_problems = 0;
};

} // namespace kamei::job
