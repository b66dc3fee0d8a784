#include "ui/screens/work/WorkRoute.h"

#include <QCoreApplication>
#include <algorithm>
#include <array>

#include "core/guideline/Steps.h"
#include "ui/text/Words.h"

namespace kamei::ui::screens::work {
namespace {

using Group = models::TreeQuery::Group;
using model::Requirement;
using Opens = WorkRoute::Opens;

struct Tr {
    Q_DECLARE_TR_FUNCTIONS(WorkRoute)
};

/// A word of Route::filter with what it stands for, and what is said when there is none of it.
template <class Meaning> struct Word {
    const char* word;
    Meaning meaning;
    const char* nothing;
};
constexpr std::array<Word<Group>, 4> kLists{{
    {"unreadable", Group::Unreadable,
     QT_TRANSLATE_NOOP("WorkRoute", "Nothing unreadable is left to settle.")},
    {"sent-back", Group::SentBack, QT_TRANSLATE_NOOP("WorkRoute", "Nothing is sent back at present.")},
    {"residual", Group::Residual,
     QT_TRANSLATE_NOOP("WorkRoute", "The residual search found nothing in the processed files.")},
    {"changed", Group::Changed, QT_TRANSLATE_NOOP("WorkRoute", "All sources are as they were at import.")},
}};
constexpr std::array<Word<Requirement>, 3> kRequirements{{
    {"required", Requirement::Required, QT_TRANSLATE_NOOP("WorkRoute", "No required finding is open.")},
    {"recommended", Requirement::Recommended,
     QT_TRANSLATE_NOOP("WorkRoute", "No recommended finding is open.")},
    {"conditional", Requirement::Conditional,
     QT_TRANSLATE_NOOP("WorkRoute", "No finding is left to be judged.")},
}};
constexpr QLatin1String kKind("kind:");

template <class Words> auto find(const Words& words, const QString& filter) -> decltype(words.data()) {
    const auto found = std::find_if(words.begin(), words.end(), [&filter](const auto& entry) {
        return filter == QLatin1String(entry.word);
    });
    return found == words.end() ? nullptr : &*found;
}

std::optional<model::AssetKind> kindOf(const QString& filter) {
    return filter.startsWith(kKind) ? model::assetKindFromWord(filter.mid(kKind.size()).toStdString())
                                    : std::nullopt;
}

/// Steps 1 to 3 have no findings: a filter for them would hide everything.
bool hasFindings(int step) {
    return step >= 4;
}

models::FindingFilter only(Requirement requirement) {
    models::FindingFilter filter;
    filter.required = requirement == Requirement::Required;
    filter.recommended = requirement == Requirement::Recommended;
    filter.judge = requirement == Requirement::Conditional;
    filter.others = filter.done = false;
    return filter;
}

/// A group in which every asset has its place, unless the present one is such.
void showEverything(models::TreeQuery& tree) {
    tree.openOnly = false;
    tree.filter.clear();
    if (tree.isList()) {
        tree.group = Group::Subject;
    }
}

} // namespace

WorkRoute workRoute(const shell::Route& route, const models::TreeQuery& now) {
    WorkRoute way;
    way.tree = now;
    if (const auto* list = find(kLists, route.filter)) {
        showEverything(way.tree);
        way.tree.group = list->meaning;
        way.findings = models::FindingFilter{};
        way.opens = Opens::Row;
        return way;
    }
    if (const auto kind = kindOf(route.filter)) {
        showEverything(way.tree);
        way.tree.group = Group::Kind;
        way.findings = models::FindingFilter{};
        way.kind = kind;
        way.opens = Opens::OfKind;
        return way;
    }
    const auto* asked = find(kRequirements, route.filter);
    const bool toStep = hasFindings(route.step);
    if (route.openOnly || asked != nullptr || toStep || route.subject.valid() || route.asset.valid() ||
        route.finding.valid()) {
        showEverything(way.tree);
    }
    if (asked != nullptr || toStep) {
        way.findings = asked != nullptr ? only(asked->meaning) : models::FindingFilter{};
        way.findings->step = toStep ? route.step : 0;
        way.findings->done = way.findings->done && !route.openOnly;
    }
    const bool named = route.finding.valid() || (route.asset.valid() && asked == nullptr);
    way.opens = named ? Opens::Named : Opens::Finding;
    way.first.openOnly = route.openOnly || !toStep; // a step that is done shows what was decided
    way.first.limit = 1;
    if (route.asset.valid()) {
        way.first.asset = route.asset;
    }
    if (route.subject.valid()) {
        way.first.subject = route.subject;
    }
    if (toStep) {
        way.first.step = route.step;
    }
    if (asked != nullptr) {
        way.first.requirement = asked->meaning;
    }
    return way;
}

WorkPlace placeOf(const job::Session& session, const WorkRoute& route) {
    if (route.opens == Opens::OfKind) {
        job::AssetQuery query;
        query.kind = route.kind;
        query.openOnly = true;
        auto rows = session.assets(query);
        if (rows && rows->empty()) {
            query.openOnly = false;
            query.limit = 1;
            rows = session.assets(query);
        }
        if (!rows || rows->empty()) {
            return {};
        }
        const auto required = std::find_if(rows->begin(), rows->end(), [](const job::AssetRow& row) {
            return row.findings.openRequired > 0;
        });
        // As the tree orders them.
        const bool urgent = route.tree.openFirst && required != rows->end();
        return {(urgent ? *required : rows->front()).asset.id, {}};
    }
    job::FindingQuery query = route.first;
    auto found = session.findings(query);
    if (query.asset && found && found->empty()) {
        query.asset.reset(); // settled since the route was made
        found = session.findings(query);
    }
    if (query.subject && !query.requirement && found && found->empty()) {
        query.openOnly = false; // everything of the person is decided: there is still something to see
        found = session.findings(query);
    }
    return found && !found->empty() ? WorkPlace{found->front().asset, found->front().id} : WorkPlace{};
}

QString nothingAt(const shell::Route& route) {
    if (const auto* list = find(kLists, route.filter)) {
        return Tr::tr(list->nothing);
    }
    if (const auto* asked = find(kRequirements, route.filter)) {
        return Tr::tr(asked->nothing);
    }
    if (const auto kind = kindOf(route.filter)) {
        return Tr::tr("There is no asset of this kind: %1.").arg(text::kindName(*kind));
    }
    if (hasFindings(route.step)) {
        return Tr::tr("Step %1 has no findings: %2.")
            .arg(text::stepNumber(route.step), text::stepName(route.step));
    }
    return {};
}

} // namespace kamei::ui::screens::work
