#include "core/job/SubjectEdits.h"

#include <algorithm>
#include <utility>

#include "core/base/Blank.h"
#include "core/job/SubjectMatcher.h"
#include "core/transform/pseudonym/Pseudonym.h"

namespace kamei::job {
namespace {

using base::ErrorCode;
using base::Expected;
using decide::Reassign;

constexpr std::string_view kPlace = "job.subjects";

/// Moves assets and changes people within a transaction, and remembers how it was.
class Mover {
public:
    explicit Mover(store::Writing& writing) : m_writing(writing) {}

    Expected<model::Subject> person(base::SubjectId id) {
        auto found = m_writing->subjects.find(id);
        if (!found) {
            return tl::unexpected(found.error());
        }
        if (!*found) {
            return base::fail(ErrorCode::NotFound, kPlace);
        }
        return std::move(**found);
    }

    Expected<void> change(const model::Subject& after) {
        auto before = person(after.id);
        if (!before) {
            return tl::unexpected(before.error());
        }
        m_inverse.people.push_back(std::move(*before));
        m_concerned.insert(after.id);
        return m_writing->subjects.update(after);
    }

    Expected<void> move(base::AssetId id, base::SubjectId to) {
        const auto record = m_writing->assets.find(id);
        if (!record || !*record) {
            return record ? base::fail(ErrorCode::NotFound, kPlace) : tl::unexpected(record.error());
        }
        model::Asset asset = (*record)->asset;
        m_inverse.moves.push_back({id, asset.subject});
        m_concerned.insert(asset.subject);
        m_concerned.insert(to);
        m_moved.insert(id);
        asset.subject = to;
        if (auto done = m_writing->assets.update(asset); !done) {
            return done;
        }
        return m_writing->known.reassign(id, to);
    }

    Expected<std::vector<base::AssetId>> assetsOf(base::SubjectId id) {
        store::AssetFilter filter;
        filter.subject = id;
        const auto records = m_writing->assets.list(filter);
        if (!records) {
            return tl::unexpected(records.error());
        }
        std::vector<base::AssetId> out;
        for (const store::AssetRecord& record : *records) {
            out.push_back(record.asset.id);
        }
        return out;
    }

    /// What the sources of a person's assets state together, `first` before it.
    Expected<model::SubjectHint> stated(base::SubjectId id, model::SubjectHint first = {}) {
        const auto claims = m_writing->claims.ofSubject(id);
        if (!claims) {
            return tl::unexpected(claims.error());
        }
        for (const store::Claim& claim : *claims) {
            (void)SubjectMatcher::merge(first, claim.hint);
        }
        return first;
    }

    /// Everybody concerned has to be examined and staged again: what is searched in their data has changed.
    Expected<SubjectsEdited> finish() {
        SubjectsEdited out{{}, m_moved, m_moved};
        for (const base::SubjectId id : m_concerned) {
            if (!id.valid()) {
                continue;
            }
            const auto assets = assetsOf(id);
            if (!assets) {
                return tl::unexpected(assets.error());
            }
            out.outdated.insert(assets->begin(), assets->end());
        }
        // Tables and samples of several people hold the pseudonyms of all of them.
        for (const model::AssetKind kind : {model::AssetKind::Table, model::AssetKind::Genome}) {
            store::AssetFilter filter;
            filter.kind = kind;
            const auto records = m_writing->assets.list(filter);
            if (!records) {
                return tl::unexpected(records.error());
            }
            for (const store::AssetRecord& record : *records) {
                out.outdated.insert(record.asset.id);
            }
        }
        for (const base::AssetId id : out.outdated) {
            auto done = m_writing->assets.setUndetected(id);
            if (done) {
                done = m_writing->assets.touch(id);
            }
            if (!done) {
                return tl::unexpected(done.error());
            }
        }
        // Put back in the reverse order, so that what was changed twice ends as it began.
        std::ranges::reverse(m_inverse.people);
        std::ranges::reverse(m_inverse.moves);
        out.inverse = std::move(m_inverse);
        return out;
    }

private:
    store::Writing& m_writing;
    Reassign m_inverse;
    std::set<base::AssetId> m_moved;
    std::set<base::SubjectId> m_concerned;
};

} // namespace

Expected<SubjectsEdited> mergeSubjects(store::Writing& writing, const decide::MergeSubjects& edit) {
    Mover mover(writing);
    auto into = mover.person(edit.into);
    if (!into) {
        return tl::unexpected(into.error());
    }
    if (into->mergedInto.valid()) {
        return base::fail(ErrorCode::NotPossible, kPlace, {"merged"});
    }
    if (edit.from.empty() || std::ranges::find(edit.from, edit.into) != edit.from.end()) {
        return base::fail(ErrorCode::InvalidArgument, kPlace);
    }
    for (const base::SubjectId id : edit.from) {
        auto from = mover.person(id);
        const auto assets = mover.assetsOf(id);
        if (!from || !assets) {
            return tl::unexpected(from ? assets.error() : from.error());
        }
        if (from->mergedInto.valid()) {
            return base::fail(ErrorCode::NotPossible, kPlace, {"merged"});
        }
        for (const base::AssetId asset : *assets) {
            if (auto done = mover.move(asset, edit.into); !done) {
                return tl::unexpected(done.error());
            }
        }
        from->mergedInto = edit.into;
        (void)SubjectMatcher::merge(into->hint, from->hint);
        if (auto done = mover.change(*from); !done) {
            return tl::unexpected(done.error());
        }
    }
    if (auto done = mover.change(*into); !done) {
        return tl::unexpected(done.error());
    }
    return mover.finish();
}

Expected<SubjectsEdited> splitSubject(const Session::Internals& internals, store::Writing& writing,
                                      const decide::SplitSubject& edit) {
    Mover mover(writing);
    if (edit.assets.empty()) {
        return base::fail(ErrorCode::InvalidArgument, kPlace);
    }
    base::SubjectId into = edit.into;
    if (!into.valid()) {
        const auto secret = internals.key();
        if (!secret) {
            return tl::unexpected(secret.error());
        }
        const auto key = transform::pseudonym::Key::fromBytes(secret->span());
        if (!key) {
            return tl::unexpected(key.error());
        }
        model::Subject made;
        const auto first = writing->assets.find(edit.assets.front());
        if (!first || !*first) {
            return first ? base::fail(ErrorCode::NotFound, kPlace) : tl::unexpected(first.error());
        }
        // Of nothing that the person's other records share; stored, so that it stays. Taken back, the new
        // person is nobody again: whoever looks like it is the one it came from.
        made.mergedInto = (*first)->asset.subject;
        made.key = "split|" + std::to_string(edit.assets.front().value) + '|' + std::to_string(base::nowMs());
        made.pseudonym = key->pseudonymId(made.key);
        const auto id = writing->subjects.insert(made);
        if (!id) {
            return tl::unexpected(id.error());
        }
        into = *id;
    } else if (const auto target = mover.person(into); !target || target->mergedInto.valid()) {
        return target ? base::fail(ErrorCode::NotPossible, kPlace, {"merged"})
                      : tl::unexpected(target.error());
    }
    std::set<base::SubjectId> left;
    for (const base::AssetId asset : edit.assets) {
        const auto record = writing->assets.find(asset);
        if (!record || !*record) {
            return record ? base::fail(ErrorCode::NotFound, kPlace) : tl::unexpected(record.error());
        }
        if ((*record)->asset.subject == into) {
            return base::fail(ErrorCode::InvalidArgument, kPlace);
        }
        left.insert((*record)->asset.subject);
        if (auto done = mover.move(asset, into); !done) {
            return tl::unexpected(done.error());
        }
    }
    // What sources state goes where they go, so that the next import tells the two apart.
    left.insert(into);
    for (const base::SubjectId id : left) {
        if (!id.valid()) {
            continue;
        }
        auto person = mover.person(id);
        auto hint = mover.stated(id);
        if (!person || !hint) {
            return tl::unexpected(person ? hint.error() : person.error());
        }
        if (id == into) {
            person->mergedInto = {};
        }
        if (!hint->empty()) {
            person->hint = std::move(*hint);
        }
        if (auto done = mover.change(*person); !done) {
            return tl::unexpected(done.error());
        }
    }
    return mover.finish();
}

Expected<SubjectsEdited> reassign(store::Writing& writing, const Reassign& edit) {
    Mover mover(writing);
    for (const Reassign::Move& move : edit.moves) {
        if (auto done = mover.move(move.asset, move.subject); !done) {
            return tl::unexpected(done.error());
        }
    }
    for (const model::Subject& person : edit.people) {
        if (auto done = mover.change(person); !done) {
            return tl::unexpected(done.error());
        }
    }
    return mover.finish();
}

Expected<decide::SettleSubjects> settleSubjects(store::Writing& writing, const decide::SettleSubjects& edit) {
    Mover mover(writing);
    for (const base::SubjectId id : {edit.one, edit.other}) {
        if (auto person = mover.person(id); !person) {
            return tl::unexpected(person.error());
        }
    }
    const auto settled = writing->claims.settled();
    if (!settled) {
        return tl::unexpected(settled.error());
    }
    const auto pair = std::minmax(edit.one, edit.other);
    const auto before = settled->find({pair.first, pair.second});
    if (edit.reason.empty() ? before == settled->end() : base::isBlank(edit.reason)) {
        return base::fail(ErrorCode::ReasonRequired, kPlace);
    }
    decide::SettleSubjects inverse{pair.first, pair.second,
                                   before == settled->end() ? std::string() : before->second};
    if (auto done = writing->claims.settle({pair.first, pair.second}, edit.reason); !done) {
        return tl::unexpected(done.error());
    }
    return inverse;
}

} // namespace kamei::job
