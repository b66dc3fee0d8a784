#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/base/Ids.h"
#include "core/model/Finding.h"
#include "core/model/Policy.h"
#include "core/model/Review.h"
#include "core/model/Subject.h"

namespace kamei::decide {

/// Gives findings one decision. What leaves a required finding, or a face, as it is needs a reason
/// (ReasonRequired); see needsReason().
struct Decide {
    std::vector<base::FindingId> findings;
    model::DecisionState state = model::DecisionState::Accepted;
    model::Action action = model::Action::Keep; ///< for Changed; otherwise ignored
    std::string reason;
    std::string method{}; ///< JSON of a model::Method, for Accepted and Changed; empty: as usual
};

/// Puts decisions back exactly as they were (the inverse of Decide).
struct Restore {
    struct Row {
        base::FindingId finding;
        model::DecisionState state = model::DecisionState::Open;
        model::Action action = model::Action::Keep;
        std::string reason;
        std::string decidedBy;
        base::TimeMs decidedAt = 0;
        std::string method{};
    };
    std::vector<Row> rows;
};

/// Adds findings that a person made (text selections, masks). Ids are given by the workspace; a
/// finding with an id is put back under that id (the inverse of Remove).
struct Add {
    std::vector<model::Finding> findings;
};

/// Removes findings that a person made. Findings of a detector cannot be removed, only rejected.
struct Remove {
    std::vector<base::FindingId> findings;
};

/// Changes place and detail of a finding that a person made, or the mask of a finding with action Mask.
struct Reshape {
    base::FindingId finding;
    model::Locator locator;
    std::string detail;
};

/// Takes an asset out of the release, or back in. Excluding needs a reason.
struct Exclude {
    base::AssetId asset;
    bool excluded = true;
    std::string reason;
};

/// Replaces the purpose and notice sheet.
struct SetSheet {
    model::PurposeSheet sheet;
};

/// Replaces the policy. What the site's list of private elements says differently than before decides their
/// findings in all matching series; assets that the change concerns have to be examined again. Decisions of
/// persons on single findings stay.
struct SetPolicy {
    model::Policy policy;
    std::vector<Restore::Row> decisions; ///< of an inverse: put back as they were, where the finding is there
};

/// Decisions that are one to a person: those on a face and on all series that show it.
struct Together {
    using Step = std::variant<Decide, Restore, Add, Remove>;
    std::vector<Step> steps;
};

/// Says that some people of the workspace are one: everything of `from` is about `into` from now on, under
/// its pseudonym (Guideline 4.9). What was staged of all of them is outdated.
struct MergeSubjects {
    std::vector<base::SubjectId> from;
    base::SubjectId into;
    std::string reason{};
};

/// Says whom assets are about, whoever they were taken to be about before, also nobody. What was staged of
/// everybody concerned is outdated, and import does not overrule it.
struct Assign {
    std::vector<base::AssetId> assets;
    std::optional<base::SubjectId> to{}; ///< not set: a person made for them; a none id: nobody known
    std::string reason{};
};

/// Puts assets and people back exactly as they were (the inverse of the two above, and of itself).
struct Reassign {
    struct Move {
        base::AssetId asset;
        base::SubjectId subject; ///< none: nobody
        bool byHand = true;      ///< model::Asset::assignedByHand
    };
    std::vector<Move> moves;
    std::vector<model::Subject> people;
};

/// Judges two people to be two, however alike (or one person, both ids the same, to be one in spite of what
/// sources state). Needs a reason; an empty one takes it back.
struct SettleSubjects {
    base::SubjectId one;
    base::SubjectId other;
    std::string reason;
};

/// One step that a person can undo. Applying it yields the edit that takes it back.
using Edit = std::variant<Decide, Restore, Add, Remove, Reshape, Exclude, SetSheet, SetPolicy, Together,
                          MergeSubjects, Assign, Reassign, SettleSubjects>;

} // namespace kamei::decide
