#include "core/job/SubjectEdits.h"

#include <algorithm>
#include <iterator>
#include <map>
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

/// Takes out of `hint` what only `gone` state, and fills what is missing from `left`.
void forget(model::SubjectHint& hint, const std::vector<store::Claim>& gone,
            const std::vector<store::Claim>& left) {
    const auto state = [](const std::vector<store::Claim>& claims, std::string model::SubjectHint::*field,
                          const std::string& value) {
        return std::ranges::any_of(claims, [&](const auto& claim) { return claim.hint.*field == value; });
    };
    for (const auto field :
         {&model::SubjectHint::patientId, &model::SubjectHint::birthDate, &model::SubjectHint::sex}) {
        const std::string value = hint.*field;
        if (state(gone, field, value) && !state(left, field, value)) {
            (hint.*field).clear();
        }
    }
    if (hint.patientId.empty()) {
        hint.issuer.clear();
    }
    const auto name = [](const std::vector<store::Claim>& claims, const std::string& value) {
        return std::ranges::any_of(claims, [&](const auto& claim) {
            return std::ranges::find(claim.hint.names, value) != claim.hint.names.end();
        });
    };
    std::erase_if(hint.names,
                  [&](const std::string& value) { return name(gone, value) && !name(left, value); });
    for (const store::Claim& claim : left) {
        (void)SubjectMatcher::merge(hint, claim.hint);
    }
}

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

    Expected<void> move(const Reassign::Move& to) {
        const auto record = m_writing->assets.find(to.asset);
        if (!record || !*record) {
            return record ? base::fail(ErrorCode::NotFound, kPlace) : tl::unexpected(record.error());
        }
        model::Asset asset = (*record)->asset;
        m_inverse.moves.push_back({asset.id, asset.subject, asset.assignedByHand});
        m_concerned.insert(asset.subject);
        m_concerned.insert(to.subject);
        m_moved.insert(asset.id);
        asset.subject = to.subject;
        asset.assignedByHand = to.byHand;
        if (auto done = m_writing->assets.update(asset); !done) {
            return done;
        }
        return m_writing->known.reassign(asset.id, to.subject);
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

    /// A person is told by what their sources state: also by that of new ones.
    Expected<void> gains(base::SubjectId id,
                         const std::map<base::SubjectId, std::vector<store::Claim>>& gone) {
        if (!id.valid()) {
            return {};
        }
        auto known = person(id);
        if (!known) {
            return tl::unexpected(known.error());
        }
        known->mergedInto = {};
        for (const auto& [from, claims] : gone) {
            for (const store::Claim& claim : claims) {
                (void)SubjectMatcher::merge(known->hint, claim.hint);
            }
        }
        return change(*known);
    }

    /// What a person's other sources do not state goes with those that stated it. Of whom none states
    /// anything any more, all stays known: the next import must find them by something.
    Expected<void> loses(base::SubjectId id, const std::vector<store::Claim>& gone) {
        if (!id.valid()) {
            return {};
        }
        auto known = person(id);
        const auto left = m_writing->claims.ofSubject(id);
        if (!known || !left) {
            return tl::unexpected(known ? left.error() : known.error());
        }
        if (!left->empty()) {
            forget(known->hint, gone, *left);
        }
        return change(*known);
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

/// Whose the assets become: the person asked for, nobody, or a person made for them.
Expected<base::SubjectId> target(const Session::Internals& internals, store::Writing& writing,
                                 const decide::Assign& edit) {
    if (edit.to && !edit.to->valid()) {
        return base::SubjectId{};
    }
    if (edit.to) {
        const auto found = writing->subjects.find(*edit.to);
        if (!found || !*found) {
            return found ? base::fail(ErrorCode::NotFound, kPlace) : tl::unexpected(found.error());
        }
        if ((*found)->mergedInto.valid()) {
            return base::fail(ErrorCode::NotPossible, kPlace, {"merged"});
        }
        return *edit.to;
    }
    const auto secret = internals.key();
    if (!secret) {
        return tl::unexpected(secret.error());
    }
    const auto key = transform::pseudonym::Key::fromBytes(secret->span());
    if (!key) {
        return tl::unexpected(key.error());
    }
    const auto first = writing->assets.find(edit.assets.front());
    if (!first || !*first) {
        return first ? base::fail(ErrorCode::NotFound, kPlace) : tl::unexpected(first.error());
    }
    model::Subject made;
    // Of nothing that the person's other records share; stored, so that it stays. Taken back, the new person
    // is nobody again: whoever looks like it is the one it came from.
    made.mergedInto = (*first)->asset.subject;
    made.key = "split|" + std::to_string(edit.assets.front().value) + '|' + std::to_string(base::nowMs());
    made.pseudonym = key->pseudonymId(made.key);
    return writing->subjects.insert(made);
}

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
            if (auto done = mover.move({asset, edit.into}); !done) {
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

Expected<SubjectsEdited> assign(const Session::Internals& internals, store::Writing& writing,
                                const decide::Assign& edit) {
    Mover mover(writing);
    if (edit.assets.empty()) {
        return base::fail(ErrorCode::InvalidArgument, kPlace);
    }
    const auto to = target(internals, writing, edit);
    if (!to) {
        return tl::unexpected(to.error());
    }
    std::map<base::SubjectId, std::vector<store::Claim>> gone; // what goes with the data, by who loses them
    for (const base::AssetId id : edit.assets) {
        const auto record = writing->assets.find(id);
        auto claims = writing->claims.ofAsset(id);
        if (!record || !claims) {
            return tl::unexpected(record ? claims.error() : record.error());
        }
        if (!*record) {
            return base::fail(ErrorCode::NotFound, kPlace);
        }
        const model::Asset& asset = (*record)->asset;
        if (asset.subject == *to) {
            return base::fail(ErrorCode::InvalidArgument, kPlace);
        }
        if (asset.several) {
            // Searched for one person's identifiers alone, it would keep those of the others.
            return base::fail(ErrorCode::NotPossible, kPlace, {"several"});
        }
        std::ranges::move(*claims, std::back_inserter(gone[asset.subject]));
        if (auto done = mover.move({id, *to}); !done) {
            return tl::unexpected(done.error());
        }
    }
    // What sources state goes where they go, so that the next import tells people apart.
    if (auto done = mover.gains(*to, gone); !done) {
        return tl::unexpected(done.error());
    }
    for (const auto& [id, claims] : gone) {
        if (auto done = mover.loses(id, claims); !done) {
            return tl::unexpected(done.error());
        }
    }
    auto out = mover.finish();
    if (out) {
        out->into = *to;
    }
    return out;
}

Expected<SubjectsEdited> reassign(store::Writing& writing, const Reassign& edit) {
    Mover mover(writing);
    for (const Reassign::Move& move : edit.moves) {
        if (auto done = mover.move(move); !done) {
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
