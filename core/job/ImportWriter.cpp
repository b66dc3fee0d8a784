#include "core/job/ImportWriter.h"

#include <filesystem>
#include <utility>

namespace kamei::job {
namespace {

namespace fs = std::filesystem;

/// A source of several people: whatever else lies in its folder is not thereby one person's.
constexpr std::int64_t kSeveral = -1;

std::string folderOf(const ImportedFile& file) {
    if (file.member.empty()) {
        return file.path.parent_path().string();
    }
    return (file.path / fs::path(file.member).parent_path()).string();
}

bool namesSeveral(const ImportedFile& file) {
    return !file.problem && file.description.subjects.size() > 1;
}

/// What binds a source that could not be read: its place, so that two empty files are two rows.
std::string unreadableGroup(const ImportedFile& file) {
    return "place:" + base::sha256(file.path.string() + std::string(1, char{0}) + file.member).hex();
}

} // namespace

base::Expected<ImportWriter> ImportWriter::create(Session::Internals& internals, std::string by) {
    auto secret = internals.key();
    if (!secret) {
        return tl::unexpected(secret.error());
    }
    auto key = transform::pseudonym::Key::fromBytes(secret->span());
    if (!key) {
        return tl::unexpected(key.error());
    }
    auto reading = internals.read();
    if (!reading) {
        return tl::unexpected(reading.error());
    }
    const auto subjects = (*reading)->subjects.all();
    if (!subjects) {
        return tl::unexpected(subjects.error());
    }
    return ImportWriter(internals, std::move(by), std::move(*key), SubjectMatcher(*subjects));
}

base::Expected<void> ImportWriter::write(std::span<ImportedFile> files) {
    const std::int64_t added = m_added;
    const std::int64_t problems = m_problems;
    {
        auto writing = m_internals.write();
        if (!writing) {
            return tl::unexpected(writing.error());
        }
        for (ImportedFile& file : files) {
            if (auto done = writeOne(*writing, file); !done) {
                return done;
            }
        }
        if (m_added != added) {
            const auto details =
                audit::Details().count("sources", m_added - added).count("problems", m_problems - problems);
            if (auto logged = m_internals.log(*writing, m_by, "import.sources", details); !logged) {
                return logged;
            }
        }
        if (auto done = outdateTables(*writing); !done) {
            return done;
        }
        if (auto done = writing->commit(); !done) {
            return done;
        }
    }
    if (m_added != added) {
        m_internals.notify({Change::Kind::Assets, {}});
    }
    return {};
}

base::Expected<void> ImportWriter::writeOne(store::Writing& writing, ImportedFile& file) {
    const auto there = alreadyThere(writing, file);
    if (!there) {
        return tl::unexpected(there.error());
    }
    if (file.problem && file.leftBehind.empty()) {
        ++m_problems;
    }
    if (*there) {
        ++m_unchanged;
        return {};
    }
    ++m_added;
    return insert(writing, file);
}

base::Expected<bool> ImportWriter::alreadyThere(store::Writing& writing, const ImportedFile& file) {
    if (!file.problem) {
        auto same = writing->sources.findByDigest(file.sha256);
        if (!same) {
            return tl::unexpected(same.error());
        }
        if (*same) {
            model::Source& source = **same;
            const auto record = writing->assets.find(source.asset);
            if (!record) {
                return tl::unexpected(record.error());
            }
            const bool unreadable = !*record || (*record)->asset.kind == model::AssetKind::Unreadable;
            if (!unreadable) {
                std::error_code error;
                const bool samePlace = source.path == file.path && source.member == file.member;
                if ((samePlace && source.stamp != file.stamp) ||
                    (!samePlace && !fs::exists(source.path, error))) {
                    source.path = file.path;
                    source.member = file.member;
                    source.stamp = file.stamp;
                    if (auto done = writing->sources.update(source); !done) {
                        return tl::unexpected(done.error());
                    }
                }
                model::Asset asset = (*record)->asset;
                if (asset.sources == 1 && asset.several != namesSeveral(file)) { // not known of older imports
                    asset.several = namesSeveral(file);
                    if (auto done = writing->assets.update(asset); !done) {
                        return tl::unexpected(done.error());
                    }
                }
                note(file, {asset.id, asset.subject, asset.assignedByHand});
                return true;
            }
            // It can be read now: a newer version of the program, or a repaired decoder.
            if (auto done = removeSource(writing, source); !done) {
                return tl::unexpected(done.error());
            }
        }
    }
    const auto before = writing->sources.findByPath(file.path, file.member);
    if (!before) {
        return tl::unexpected(before.error());
    }
    if (!*before) {
        return false;
    }
    if (file.problem && (*before)->sha256 == file.sha256 && (*before)->stamp == file.stamp) {
        return true;
    }
    if (auto done = removeSource(writing, **before); !done) {
        return tl::unexpected(done.error());
    }
    return false;
}

base::Expected<void> ImportWriter::removeSource(store::Writing& writing, const model::Source& source) {
    if (auto done = writing->sources.remove(source.id); !done) {
        return done;
    }
    const auto left = writing->sources.ofAsset(source.asset);
    if (!left) {
        return tl::unexpected(left.error());
    }
    if (!left->empty()) {
        return {};
    }
    std::erase_if(m_assets, [&](const auto& entry) { return entry.second.asset == source.asset; });
    std::erase_if(m_pending, [&](const Pending& pending) { return pending.asset == source.asset; });
    return writing->assets.remove(source.asset);
}

base::Expected<base::SubjectId> ImportWriter::subjectFor(store::Writing& writing,
                                                         const model::SubjectHint& hint) {
    if (const auto found = m_matcher.find(hint)) {
        model::Subject subject = *m_matcher.subject(*found);
        if (SubjectMatcher::merge(subject.hint, hint)) {
            if (auto done = writing->subjects.update(subject); !done) {
                return tl::unexpected(done.error());
            }
            m_matcher.add(subject);
        }
        return *found;
    }
    model::Subject subject;
    subject.key = m_matcher.freeKeyOf(hint);
    if (subject.key.empty()) {
        return base::SubjectId{};
    }
    subject.hint = hint;
    subject.pseudonym = m_key.pseudonymId(subject.key);
    const auto id = writing->subjects.insert(subject);
    if (!id) {
        return tl::unexpected(id.error());
    }
    subject.id = *id;
    m_matcher.add(subject);
    m_newPeople = true;
    return *id;
}

base::Expected<void> ImportWriter::outdateTables(store::Writing& writing) {
    if (!std::exchange(m_newPeople, false)) {
        return {};
    }
    for (const model::AssetKind kind : {model::AssetKind::Table, model::AssetKind::Genome}) {
        store::AssetFilter filter;
        filter.kind = kind;
        const auto records = writing->assets.list(filter);
        if (!records) {
            return tl::unexpected(records.error());
        }
        for (const store::AssetRecord& record : *records) {
            // What is not staged needs no telling.
            if (!record.stale) {
                if (auto done = writing->assets.touch(record.asset.id); !done) {
                    return done;
                }
            }
        }
    }
    return {};
}

base::Expected<ImportWriter::Place> ImportWriter::assetFor(store::Writing& writing, const ImportedFile& file,
                                                           base::SubjectId subject) {
    model::Asset asset;
    asset.subject = subject;
    asset.kind = file.problem ? model::AssetKind::Unreadable : file.description.kind;
    asset.group = file.problem ? unreadableGroup(file) : file.description.group;
    if (asset.group.empty()) {
        asset.group = file.sha256.hex();
    }
    const auto find = [&]() -> base::Expected<std::optional<Place>> {
        const std::string key = std::string(model::word(asset.kind)) + '|' + asset.group;
        if (const auto known = m_assets.find(key); known != m_assets.end()) {
            return std::optional(known->second);
        }
        const auto record = writing->assets.findByGroup(asset.kind, asset.group);
        if (!record) {
            return tl::unexpected(record.error());
        }
        if (!*record) {
            return std::optional<Place>();
        }
        const Place place{(*record)->asset.id, (*record)->asset.subject, (*record)->asset.assignedByHand};
        m_assets.insert_or_assign(key, place);
        return std::optional(place);
    };
    auto found = find();
    if (found && *found && subject.valid() && (*found)->subject.valid() && (*found)->subject != subject) {
        // One series UID on two people is an error of the archive: they must not share decisions or a
        // pseudonym.
        asset.group += "|subject " + std::to_string(subject.value);
        found = find();
    }
    if (!found) {
        return tl::unexpected(found.error());
    }
    if (*found) {
        return **found;
    }
    asset.title = file.description.title;
    if (file.problem) {
        // Whoever has to replace it must know which file it is.
        asset.title = file.member.empty() ? file.path.filename().string() : file.member;
    }
    asset.modality = file.description.modality;
    asset.device = file.description.device;
    asset.problem = file.problem;
    asset.importedAt = base::nowMs();
    asset.several = namesSeveral(file);
    const auto id = writing->assets.insert(asset);
    if (!id) {
        return tl::unexpected(id.error());
    }
    if (!file.leftBehind.empty()) {
        if (auto done = writing->assets.setExcluded(*id, true, file.leftBehind); !done) {
            return tl::unexpected(done.error());
        }
    }
    const Place place{*id, subject};
    m_assets.insert_or_assign(std::string(model::word(asset.kind)) + '|' + asset.group, place);
    return place;
}

base::Expected<void> ImportWriter::insert(store::Writing& writing, ImportedFile& file) {
    base::SubjectId subject;
    if (!file.problem && !file.description.subject.patientId.empty()) {
        const auto known = subjectFor(writing, file.description.subject);
        if (!known) {
            return tl::unexpected(known.error());
        }
        subject = *known;
    }
    auto place = assetFor(writing, file, subject);
    if (!place) {
        return tl::unexpected(place.error());
    }
    if (subject.valid() && !place->subject.valid()) {
        place->subject = subject;
    }
    model::Source source;
    source.asset = place->asset;
    source.path = file.path;
    source.member = file.member;
    source.stamp = file.stamp;
    source.sha256 = file.sha256;
    source.format = file.format;
    source.facts = std::move(file.description.facts);
    source.order = file.description.order;
    source.frames = file.description.frames;
    const auto id = writing->sources.insert(source);
    if (!id) {
        return tl::unexpected(id.error());
    }
    // All of them, of every source: the asset is in doubt for as long as one of its sources is.
    for (const base::Error& doubt : file.description.doubts) {
        if (auto done = writing->assets.addDoubt(place->asset, *id, doubt); !done) {
            return done;
        }
    }
    if (!file.problem && !namesSeveral(file)) {
        if (auto done = writing->claims.add(place->asset, file.description.subject); !done) {
            return done;
        }
    }
    note(file, *place);
    return {};
}

void ImportWriter::note(const ImportedFile& file, const Place& place) {
    if (file.problem) {
        return;
    }
    const std::string folder = folderOf(file);
    // Who put back to nobody what the folder stood for said that the folder stands for no one.
    if (namesSeveral(file) || (place.byHand && !place.subject.valid())) {
        m_folderSubjects[folder].insert(kSeveral);
    } else if (place.subject.valid()) {
        m_folderSubjects[folder].insert(place.subject.value);
    } else {
        m_pending.push_back({place.asset, folder, file.description.subject});
    }
}

base::Expected<void> ImportWriter::finish() {
    if (m_pending.empty()) {
        return {};
    }
    {
        auto writing = m_internals.write();
        if (!writing) {
            return tl::unexpected(writing.error());
        }
        std::int64_t named = 0;
        std::int64_t byFolder = 0;
        const auto assign = [&](base::AssetId id, base::SubjectId subject) -> base::Expected<void> {
            const auto record = (*writing)->assets.find(id);
            if (!record || !*record || (*record)->asset.subject.valid()) {
                return record ? base::Expected<void>() : tl::unexpected(record.error());
            }
            model::Asset asset = (*record)->asset;
            asset.subject = subject;
            if (auto done = (*writing)->assets.update(asset); !done) {
                return done;
            }
            return (*writing)->assets.setUndetected(id);
        };
        // Who is named first: they decide what a folder stands for.
        for (Pending& pending : m_pending) {
            if (pending.hint.empty()) {
                continue;
            }
            const auto subject = subjectFor(*writing, pending.hint);
            if (!subject) {
                return tl::unexpected(subject.error());
            }
            // A name that fits nobody for certain still says that the folder is not surely one person's.
            m_folderSubjects[pending.folder].insert(subject->valid() ? subject->value : kSeveral);
            if (subject->valid()) {
                ++named;
                if (auto done = assign(pending.asset, *subject); !done) {
                    return done;
                }
            }
        }
        for (const Pending& pending : m_pending) {
            const auto& people = m_folderSubjects[pending.folder];
            if (!pending.hint.empty() || people.size() != 1 || *people.begin() == kSeveral) {
                continue;
            }
            ++byFolder;
            if (auto done = assign(pending.asset, base::SubjectId{*people.begin()}); !done) {
                return done;
            }
        }
        m_pending.clear();
        if (auto done = outdateTables(*writing); !done) {
            return done;
        }
        const auto details = audit::Details().count("by-name", named).count("by-folder", byFolder);
        if (auto logged = m_internals.log(*writing, m_by, "import.subjects", details); !logged) {
            return logged;
        }
        if (auto done = writing->commit(); !done) {
            return done;
        }
    }
    m_internals.notify({Change::Kind::Assets, {}});
    return {};
}

} // namespace kamei::job
